/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdatomic.h>

#include "matinee-factors.h"
#include "matinee-sparse.h"
#include "matinee-stop.h"
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
 * @kernels: (nullable): the instruction set to use, for tests and measuring;
 *   %NULL for the best that this processor has
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
  const MatineeKernels *kernels;
} MatineeHalfStep;

/**
 * MatineeHalfStepView:
 * @ratings: the ratings, with the side that moves as rows
 * @n_factors: k
 * @stride: floats from one row of factors to the next
 * @mean: μ
 * @levels: the rating minus μ that each code stands for
 * @fixed: factors of the side that stays
 * @fixed_biases: its biases
 * @moving: factors of the side that moves
 * @moving_biases: its biases
 * @regularization: λ
 * @bias_regularization: λ_b
 * @count_exponent: ν
 *
 * A #MatineeHalfStep seen from the side that moves, as solvers read it.
 */
typedef struct
{
  const MatineeSparse *ratings;
  guint n_factors;
  gsize stride;
  double mean;
  float levels[MATINEE_MAX_LEVELS];
  const float *fixed;
  const float *fixed_biases;
  float *moving;
  float *moving_biases;
  double regularization;
  double bias_regularization;
  double count_exponent;
} MatineeHalfStepView;

/**
 * MatineeRowResult:
 * @MATINEE_ROW_SOLVED: the row was written
 * @MATINEE_ROW_FAILED: the numbers became infinite; the row is as it was
 * @MATINEE_ROW_STOPPED: somebody asked to stop; the row is as it was
 *
 * What became of one row.
 */
typedef enum
{
  MATINEE_ROW_SOLVED,
  MATINEE_ROW_FAILED,
  MATINEE_ROW_STOPPED
} MatineeRowResult;

/**
 * MatineeFailedRow:
 *
 * The lowest row that failed, kept by several threads at once.
 */
typedef struct
{
  atomic_uint_least64_t lowest;
} MatineeFailedRow;

/**
 * matinee_half_step_residual:
 * @view: a half-step
 * @entry: a rating
 *
 * Returns: r − μ − b of the side that stays
 */
static inline float
matinee_half_step_residual (const MatineeHalfStepView *view, gsize entry)
{
  const MatineeSparse *ratings = view->ratings;
  float centred = ratings->codes != NULL ? view->levels[ratings->codes[entry]]
                                         : (float) ((double) ratings->values[entry] - view->mean);

  return centred - view->fixed_biases[ratings->columns[entry]];
}

void matinee_half_step_view (const MatineeHalfStep *step, MatineeHalfStepView *view);
double matinee_half_step_weight (double count_exponent, gsize n);
void matinee_half_step_clear_row (const MatineeHalfStepView *view, guint32 row);
void matinee_failed_row_init (MatineeFailedRow *failed);
void matinee_failed_row_note (MatineeFailedRow *failed, guint32 row);
gboolean matinee_half_step_conclude (const MatineeHalfStep *step, MatineeFailedRow *failed, gboolean stopped,
                                     GError **error);

G_END_DECLS
