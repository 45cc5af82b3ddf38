/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-half-step.h"

G_BEGIN_DECLS

gsize matinee_careful_scratch (guint n_factors);
MatineeRowResult matinee_careful_row (const MatineeHalfStepView *view, guint32 row, double *scratch, MatineeStop *stop);

G_END_DECLS
