/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-careful.h"

#include "matinee-row-system.h"

/*
 * One row in float64, for systems that float32 can't factorise: no penalty
 * and too few ratings, ratings of 1e30, factors nearly dependent. Plain and
 * slow, because it is rare.
 */

/* Ratings between two looks at the stop flag: under a millisecond at k = 512. */
#define STOP_INTERVAL 8

/**
 * matinee_careful_scratch:
 * @n_factors: k
 *
 * Returns: how many doubles of scratch matinee_careful_row() needs
 */
gsize
matinee_careful_scratch (guint n_factors)
{
  return matinee_row_system_size (n_factors);
}

static void
write_row (const MatineeRowSystem *system, const MatineeHalfStepView *view, guint32 row)
{
  float *x = view->moving + row * view->stride;

  for (guint f = 0; f < view->n_factors; f++)
    x[f] = (float) system->solution[f];
  view->moving_biases[row] = (float) system->solution[view->n_factors];
}

/**
 * matinee_careful_row:
 * @view: a half-step
 * @row: a row of the side that moves, with at least one rating
 * @scratch: (array): as many doubles as matinee_careful_scratch() says, on a
 *   32-byte boundary
 * @stop: (nullable): looked at every millisecond or so
 *
 * Solves one row in float64, as matinee_row_system_solve() does. O(n k² + k³).
 *
 * Returns: what became of the row
 */
MatineeRowResult
matinee_careful_row (const MatineeHalfStepView *view, guint32 row, double *scratch, MatineeStop *stop)
{
  const MatineeSparse *ratings = view->ratings;
  double weight = matinee_half_step_weight (view->count_exponent, matinee_sparse_row_length (ratings, row));
  MatineeRowSystem system;
  MatineeRowResult result;

  matinee_row_system_init (&system, view->n_factors, scratch);
  for (gsize entry = ratings->offsets[row]; entry < ratings->offsets[row + 1]; entry++)
    {
      guint32 column = ratings->columns[entry];
      double t = (double) matinee_sparse_value (ratings, entry) - view->mean - (double) view->fixed_biases[column];

      if (entry % STOP_INTERVAL == 0 && matinee_stop_requested (stop))
        return MATINEE_ROW_STOPPED;
      matinee_row_system_add (&system, view->fixed + column * view->stride, t);
    }
  matinee_row_system_penalize (&system, weight * view->regularization, weight * view->bias_regularization);
  result = matinee_row_system_solve (&system, stop);
  if (result == MATINEE_ROW_SOLVED)
    write_row (&system, view, row);
  return result;
}
