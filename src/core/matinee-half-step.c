/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-half-step.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "matinee-error.h"

#define NO_ROW G_MAXUINT64

/**
 * matinee_half_step_view:
 * @step: a half-step
 * @view: (out caller-allocates): the same, seen from the side that moves
 *
 * Sorts out which arrays are read and which are written.
 */
void
matinee_half_step_view (const MatineeHalfStep *step, MatineeHalfStepView *view)
{
  const MatineeFactors *factors = step->factors;
  gboolean users = step->side == MATINEE_USERS;

  view->ratings = step->ratings;
  view->n_factors = factors->n_factors;
  view->stride = factors->stride;
  view->mean = factors->mean;
  for (guint i = 0; i < MATINEE_MAX_LEVELS; i++)
    view->levels[i] = (float) ((double) step->ratings->levels[i] - factors->mean);
  view->fixed = users ? factors->movie_factors : factors->user_factors;
  view->fixed_biases = users ? factors->movie_biases : factors->user_biases;
  view->moving = users ? factors->user_factors : factors->movie_factors;
  view->moving_biases = users ? factors->user_biases : factors->movie_biases;
  view->regularization = step->regularization;
  view->bias_regularization = step->bias_regularization;
  view->count_exponent = step->count_exponent;
}

/**
 * matinee_half_step_weight:
 * @count_exponent: ν
 * @n: ratings of an entity
 *
 * Returns: n^ν, by which the penalty of the entity is multiplied
 */
double
matinee_half_step_weight (double count_exponent, gsize n)
{
  if (count_exponent == 0.0)
    return 1.0;
  if (count_exponent == 0.5)
    return sqrt ((double) n);
  if (count_exponent == 1.0)
    return (double) n;
  return pow ((double) n, count_exponent);
}

/**
 * matinee_half_step_clear_row:
 * @view: a half-step
 * @row: a row of the side that moves
 *
 * Makes a row without ratings zero, which is its minimiser.
 */
void
matinee_half_step_clear_row (const MatineeHalfStepView *view, guint32 row)
{
  memset (view->moving + row * view->stride, 0, view->stride * sizeof (float));
  view->moving_biases[row] = 0.0f;
}

/**
 * matinee_failed_row_init:
 * @failed: (out caller-allocates): no row
 *
 * Begins with no row.
 */
void
matinee_failed_row_init (MatineeFailedRow *failed)
{
  atomic_init (&failed->lowest, NO_ROW);
}

/**
 * matinee_failed_row_note:
 * @failed: the lowest row so far
 * @row: another
 *
 * Keeps the lower one, so that the message is the same for any number of
 * threads. Safe from any thread.
 */
void
matinee_failed_row_note (MatineeFailedRow *failed, guint32 row)
{
  guint64 lowest = atomic_load_explicit (&failed->lowest, memory_order_relaxed);

  while (row < lowest && !atomic_compare_exchange_weak (&failed->lowest, &lowest, row))
    ;
}

/**
 * matinee_half_step_conclude:
 * @step: a half-step that ended
 * @failed: rows that could not be solved
 * @stopped: whether somebody asked to stop
 * @error: return location
 *
 * Turns how a half-step ended into an error.
 *
 * Returns: %TRUE when all rows were solved; else %FALSE with
 *   %MATINEE_ERROR_CANCELLED or %MATINEE_ERROR_DIVERGED
 */
gboolean
matinee_half_step_conclude (const MatineeHalfStep *step, MatineeFailedRow *failed, gboolean stopped, GError **error)
{
  guint64 row = atomic_load_explicit (&failed->lowest, memory_order_relaxed);

  if (stopped)
    {
      matinee_error_set_cancelled (error);
      return FALSE;
    }
  if (row == NO_ROW)
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DIVERGED,
               step->side == MATINEE_USERS
                   ? _ ("The factors of user number %" PRIu64 " became infinite or not a number with "
                        "regularization %g. Raise the regularization and train again.")
                   : _ ("The factors of movie number %" PRIu64 " became infinite or not a number with "
                        "regularization %g. Raise the regularization and train again."),
               row + 1, step->regularization);
  return FALSE;
}
