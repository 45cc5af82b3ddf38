/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "matinee-exact.h"
#include "matinee-solver.h"
#include "matinee-start.h"

/* Alternating least squares with joint biases: Zhou, Wilkinson, Schreiber, Pan:
 * Large-scale parallel collaborative filtering for the Netflix prize, AAIM 2008,
 * DOI 10.1007/978-3-540-68880-8_32. Each half-step is the exact minimum over one
 * side, so the objective can never rise. */

static void
prepare (const MatineeSolverRun *run)
{
  run->factors->mean = run->split->train_mean;
  matinee_start_random (run, run->params->factor_scale, 0.0);
}

static gboolean
half_step (const MatineeSolverRun *run, guint number, double *gradient_norm, GError **error)
{
  MatineeSide side = number % 2 == 0 ? MATINEE_USERS : MATINEE_MOVIES;
  MatineeHalfStep step = {
    .ratings = side == MATINEE_USERS ? run->split->train_by_user : run->split->train_by_movie,
    .factors = run->factors,
    .side = side,
    .regularization = run->params->regularization,
    .bias_regularization = run->params->bias_regularization,
    .count_exponent = run->params->count_exponent,
  };

  return matinee_exact_half_step (&step, run->pool, run->stop, error);
}

static double
penalty (const MatineeSolverRun *run)
{
  return matinee_exact_penalty (run->factors, run->split->train_by_user->offsets, run->split->train_by_movie->offsets,
                                run->params->regularization, run->params->bias_regularization,
                                run->params->count_exponent, run->pool);
}

const MatineeSolver matinee_solver_exact = {
  .id = "exact",
  .title = N_ ("Exact least squares"),
  .description = N_ ("Solves each user and each movie exactly in turn; the objective never rises."),
  .uses = MATINEE_USES_ALWAYS | 1 << MATINEE_PARAM_REGULARIZATION | 1 << MATINEE_PARAM_BIAS_REGULARIZATION
          | 1 << MATINEE_PARAM_COUNT_EXPONENT,
  .half_steps = 2,
  .has_gradient = FALSE,
  .diverged_hint = N_ ("raise the regularization"),
  .prepare = prepare,
  .half_step = half_step,
  .penalty = penalty,
};
