/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-factors.h"
#include "matinee-pool.h"
#include "matinee-sparse.h"
#include "matinee-types.h"

G_BEGIN_DECLS

/**
 * MatineeHalfStep:
 * @ratings: the training ratings, with the side that moves as rows
 * @factors: the model; the rows of @side are written, the others only read
 * @side: which side moves
 * @regularization: λ ≥ 0, on factors
 * @bias_regularization: λ_b ≥ 0, on biases
 * @count_exponent: ν in 0 … 1; the penalty of an entity with n training
 *   ratings is multiplied by n^ν
 *
 * One half-step of alternating least squares: for each row u with ratings,
 * with z_i = [1; y_i], (Σ z zᵀ + n^ν diag(λ_b, λ, …, λ)) [b_u; x_u]
 * = Σ z (r − μ − b_i). Rows without ratings become zero.
 */
typedef struct
{
  const MatineeSparse *ratings;
  MatineeFactors *factors;
  MatineeSide side;
  double regularization;
  double bias_regularization;
  double count_exponent;
} MatineeHalfStep;

gboolean matinee_exact_half_step (const MatineeHalfStep *step, MatineePool *pool, MatineeStop *stop, GError **error);

G_END_DECLS
