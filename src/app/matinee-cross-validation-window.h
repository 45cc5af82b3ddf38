/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-param-row.h"
#include "matinee-session.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_CROSS_VALIDATION_WINDOW (matinee_cross_validation_window_get_type ())

G_DECLARE_FINAL_TYPE (MatineeCrossValidationWindow, matinee_cross_validation_window, MATINEE, CROSS_VALIDATION_WINDOW,
                      AdwWindow)

MatineeCrossValidationWindow *matinee_cross_validation_window_new (GtkWindow *parent, MatineeSession *session);
void matinee_cross_validation_window_run (MatineeCrossValidationWindow *self);
MatineeParamRow *matinee_cross_validation_window_get_row (MatineeCrossValidationWindow *self);
guint matinee_cross_validation_window_get_n_folds (MatineeCrossValidationWindow *self);
const char *matinee_cross_validation_window_get_summary (MatineeCrossValidationWindow *self);

G_END_DECLS
