/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-params.h"
#include "matinee-session.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_PARAM_ROW (matinee_param_row_get_type ())

G_DECLARE_FINAL_TYPE (MatineeParamRow, matinee_param_row, MATINEE, PARAM_ROW, AdwActionRow)

GtkWidget *matinee_param_row_new (MatineeParamId id);
void matinee_param_row_bind (MatineeParamRow *self, MatineeSession *session);
double matinee_param_row_get_value (MatineeParamRow *self);
void matinee_param_row_set_value (MatineeParamRow *self, double value);
GtkSpinButton *matinee_param_row_get_spin_button (MatineeParamRow *self);

G_END_DECLS
