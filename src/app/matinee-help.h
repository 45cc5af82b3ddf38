/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MATINEE_TYPE_HELP (matinee_help_get_type ())

G_DECLARE_FINAL_TYPE (MatineeHelp, matinee_help, MATINEE, HELP, AdwWindow)

GtkWidget *matinee_help_new (GtkWindow *parent);

G_END_DECLS
