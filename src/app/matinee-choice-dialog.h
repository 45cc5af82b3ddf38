/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-session.h"

G_BEGIN_DECLS

GtkWidget *matinee_choice_dialog_new (GtkWindow *parent, MatineeSession *session, GFile *archive, GPtrArray *choices);
GtkListBox *matinee_choice_dialog_get_list (AdwMessageDialog *dialog);

G_END_DECLS
