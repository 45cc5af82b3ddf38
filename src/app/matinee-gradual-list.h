/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GListModel *matinee_gradual_list_new (GListModel *model, GtkScrolledWindow *scroller);
void matinee_gradual_list_begin_anew (GListModel *list);
void matinee_gradual_list_grow_to (GListModel *list, guint position);

G_END_DECLS
