/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-half-step.h"
#include "matinee-pool.h"

G_BEGIN_DECLS

gboolean matinee_exact_half_step (const MatineeHalfStep *step, MatineePool *pool, MatineeStop *stop, GError **error);
double matinee_exact_penalty (const MatineeFactors *factors, const gsize *user_offsets, const gsize *movie_offsets,
                              double regularization, double bias_regularization, double count_exponent,
                              MatineePool *pool);

G_END_DECLS
