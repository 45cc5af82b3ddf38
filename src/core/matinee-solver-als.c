/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "matinee-cg.h"
#include "matinee-exact.h"
#include "matinee-solver.h"
#include "matinee-start.h"

/* Alternating least squares with joint biases: Zhou, Wilkinson, Schreiber, Pan:
 * Large-scale parallel collaborative filtering for the Netflix prize, AAIM 2008,
 * DOI 10.1007/978-3-540-68880-8_32. Two solvers share its objective, which can rise
 * with neither: one goes to the exact minimum over one side, the other towards it by
 * a few conjugate-gradient steps from where the side was (Takács, Pilászy, Tikk:
 * Applications of the conjugate gradient method for implicit feedback collaborative
 * filtering, RecSys 2011, DOI 10.1145/2043932.2043987). */

static void
prepare (const MatineeSolverRun *run)
{
  run->factors->mean = run->split->train_mean;
  matinee_start_random (run, run->params->factor_scale, 0.0);
}

static MatineeHalfStep
describe_step (const MatineeSolverRun *run, guint number)
{
  MatineeSide side = number % 2 == 0 ? MATINEE_USERS : MATINEE_MOVIES;

  return (MatineeHalfStep){
    .ratings = side == MATINEE_USERS ? run->split->train_by_user : run->split->train_by_movie,
    .factors = run->factors,
    .side = side,
    .regularization = run->params->regularization,
    .bias_regularization = run->params->bias_regularization,
    .count_exponent = run->params->count_exponent,
  };
}

static gboolean
exact_half_step (const MatineeSolverRun *run, guint number, double *gradient_norm, GError **error)
{
  MatineeHalfStep step = describe_step (run, number);

  return matinee_exact_half_step (&step, run->pool, run->stop, error);
}

static gboolean
cg_half_step (const MatineeSolverRun *run, guint number, double *gradient_norm, GError **error)
{
  MatineeHalfStep step = describe_step (run, number);

  return matinee_cg_half_step (&step, run->params->n_inner, run->pool, run->stop, error);
}

static double
penalty (const MatineeSolverRun *run)
{
  return matinee_exact_penalty (run->factors, run->split->train_by_user->offsets, run->split->train_by_movie->offsets,
                                run->params->regularization, run->params->bias_regularization,
                                run->params->count_exponent, run->pool);
}

#define USES_ALS                                                                                                       \
  (MATINEE_USES_ALWAYS | 1 << MATINEE_PARAM_REGULARIZATION | 1 << MATINEE_PARAM_BIAS_REGULARIZATION                    \
   | 1 << MATINEE_PARAM_COUNT_EXPONENT)

const MatineeSolver matinee_solver_exact = {
  .id = "exact",
  .title = N_ ("Exact least squares"),
  .description = N_ ("Solves each user and each movie exactly in turn; the objective never rises."),
  .uses = USES_ALS,
  .half_steps = 2,
  .has_gradient = FALSE,
  .diverged_hint = N_ ("raise the regularization"),
  .prepare = prepare,
  .half_step = exact_half_step,
  .penalty = penalty,
};

const MatineeSolver matinee_solver_cg = {
  .id = "cg",
  .title = N_ ("Conjugate gradient"),
  .description = N_ ("Comes close to the exact solution in a few steps: faster with many factors."),
  .uses = USES_ALS | 1 << MATINEE_PARAM_INNER,
  .half_steps = 2,
  .has_gradient = FALSE,
  .diverged_hint = N_ ("raise the regularization"),
  .prepare = prepare,
  .half_step = cg_half_step,
  .penalty = penalty,
};
