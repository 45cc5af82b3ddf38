/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

char *matinee_films_export_text (GListModel *films);
gboolean matinee_films_export_csv (GPtrArray *films, const char *path, GError **error);
GPtrArray *matinee_films_export_copy (GListModel *films);
GtkPrintOperation *matinee_films_export_print (GListModel *films, const char *heading);

G_END_DECLS
