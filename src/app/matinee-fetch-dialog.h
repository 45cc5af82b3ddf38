/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-settings.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_FETCH_DIALOG (matinee_fetch_dialog_get_type ())

G_DECLARE_FINAL_TYPE (MatineeFetchDialog, matinee_fetch_dialog, MATINEE, FETCH_DIALOG, AdwWindow)

MatineeFetchDialog *matinee_fetch_dialog_new (GtkWindow *parent, MatineeSettings *settings);
const char *matinee_fetch_dialog_get_page (MatineeFetchDialog *self);

G_END_DECLS
