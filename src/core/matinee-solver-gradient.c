/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-exact.h"
#include "matinee-memory.h"
#include "matinee-solver.h"
#include "matinee-start.h"

/* Alternating gradient steps: users move in iterations 1, 3, 5 …, movies in 2, 4,
 * 6 …; the prediction has no mean. For each row u, with e = r − b_u − b_i − x_u·y_i,
 *
 *   g_x = Σ (−2 e y_i + 2 λ x_u),   g_b = Σ −2 e,
 *   x_u ← x_u − s η g_x,            b_u ← b_u − s η g_b,
 *
 * which descends Σ (e² + λ (‖x_u‖² + ‖y_i‖²)): each rating pays for its factors,
 * biases are free. */
#define USER_STEP 0.45
#define MOVIE_STEP 0.40

#define ROWS_PER_TASK 64
#define LANES 16

/* The stop flag is looked at after so many ratings: under a millisecond of work
 * at 512 factors. */
#define RATINGS_PER_LOOK 1024

typedef struct
{
  const MatineeSolverRun *run;
  const MatineeSparse *ratings;
  float *factors;
  float *biases;
  const float *other_factors;
  const float *other_biases;
  double rate;
  double *norms;
  atomic_int diverged;
} GradientStep;

/* x·y over a padded row, in a fixed order: lane l sums elements l, l + 16, … */
static float
dot (const float *x, const float *y, gsize stride)
{
  float lanes[LANES] = { 0 };
  float sum = 0;

  for (gsize f = 0; f < stride; f += LANES)
    for (gsize l = 0; l < LANES; l++)
      lanes[l] += x[f + l] * y[f + l];
  for (gsize l = 0; l < LANES; l++)
    sum += lanes[l];
  return sum;
}

/* Moves one row along its gradient. Returns FALSE, with the row as it was, when a
 * number is no longer finite or when asked to stop. */
static gboolean
move_row (GradientStep *step, guint32 row)
{
  gsize stride = step->run->factors->stride;
  guint n_factors = step->run->factors->n_factors;
  const MatineeSparse *ratings = step->ratings;
  float *x = step->factors + row * stride;
  double gradient[MATINEE_MAX_FACTORS] = { 0 };
  double bias_gradient = 0;
  double shrink = 2.0 * step->run->params->regularization * (double) matinee_sparse_row_length (ratings, row);
  double norm = 0;

  for (gsize j = ratings->offsets[row]; j < ratings->offsets[row + 1]; j++)
    {
      guint32 column = ratings->columns[j];
      const float *y = step->other_factors + column * stride;
      double e = (double) matinee_sparse_value (ratings, j) - step->biases[row] - step->other_biases[column]
                 - dot (x, y, stride);

      for (guint f = 0; f < n_factors; f++)
        gradient[f] -= 2.0 * e * y[f];
      bias_gradient -= 2.0 * e;
      if (j % RATINGS_PER_LOOK == 0 && matinee_stop_requested (step->run->stop))
        return FALSE;
    }
  for (guint f = 0; f < n_factors; f++)
    {
      gradient[f] += shrink * x[f];
      norm += gradient[f] * gradient[f];
    }
  norm += bias_gradient * bias_gradient;
  step->norms[row] = norm;
  /* The largest step that float32 can still take. */
  if (!(sqrt (norm) * step->rate < G_MAXFLOAT / 4))
    {
      atomic_store (&step->diverged, 1);
      return FALSE;
    }
  for (guint f = 0; f < n_factors; f++)
    x[f] = (float) (x[f] - step->rate * gradient[f]);
  step->biases[row] = (float) (step->biases[row] - step->rate * bias_gradient);
  return TRUE;
}

static void
move_task (gsize task, guint worker, gpointer data)
{
  GradientStep *step = data;
  guint32 first = (guint32) (task * ROWS_PER_TASK);
  guint32 end = MIN (step->ratings->n_rows - first, ROWS_PER_TASK) + first;

  for (guint32 row = first; row < end; row++)
    if (matinee_sparse_row_length (step->ratings, row) > 0 && !move_row (step, row))
      return;
}

static void
prepare (const MatineeSolverRun *run)
{
  run->factors->mean = 0;
  matinee_start_random (run, run->params->factor_scale, run->params->bias_scale);
}

static gboolean
half_step (const MatineeSolverRun *run, guint number, double *gradient_norm, GError **error)
{
  MatineeFactors *factors = run->factors;
  gboolean users = number % 2 == 0;
  GradientStep step = {
    .run = run,
    .ratings = users ? run->split->train_by_user : run->split->train_by_movie,
    .factors = users ? factors->user_factors : factors->movie_factors,
    .biases = users ? factors->user_biases : factors->movie_biases,
    .other_factors = users ? factors->movie_factors : factors->user_factors,
    .other_biases = users ? factors->movie_biases : factors->user_biases,
    .rate = run->params->learning_rate * (users ? USER_STEP : MOVIE_STEP),
  };
  guint32 n_rows = step.ratings->n_rows;
  double sum = 0;
  gboolean finished;

  step.norms = matinee_alloc0 (n_rows, sizeof *step.norms, _ ("the gradient"), error);
  if (step.norms == NULL)
    return FALSE;
  finished
      = matinee_pool_run (run->pool, ((gsize) n_rows + ROWS_PER_TASK - 1) / ROWS_PER_TASK, move_task, &step, run->stop);
  for (guint32 row = 0; row < n_rows; row++)
    sum += step.norms[row];
  matinee_free (step.norms);
  *gradient_norm = sqrt (sum);
  if (atomic_load (&step.diverged))
    {
      g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_DIVERGED, _ ("The gradient became infinite"));
      return FALSE;
    }
  if (!finished || matinee_stop_requested (run->stop))
    {
      matinee_error_set_cancelled (error);
      return FALSE;
    }
  return TRUE;
}

static double
penalty (const MatineeSolverRun *run)
{
  return matinee_exact_penalty (run->factors, run->split->train_by_user->offsets, run->split->train_by_movie->offsets,
                                run->params->regularization, 0.0, 1.0, run->pool);
}

/* Each rating pays for its factors: λ n ‖x‖². */
static void
row_penalty (const MatineeParams *params, MatineePenalty *penalty)
{
  *penalty = (MatineePenalty){ .regularization = params->regularization, .count_exponent = 1.0 };
}

const MatineeSolver matinee_solver_gradient = {
  .id = "gradient",
  .title = N_ ("Alternating gradient"),
  .description = N_ ("Takes one gradient step at a time, users and movies in turn, as the classic script does."),
  .uses = MATINEE_USES_ALWAYS | 1 << MATINEE_PARAM_LEARNING_RATE | 1 << MATINEE_PARAM_REGULARIZATION
          | 1 << MATINEE_PARAM_BIAS_SCALE,
  .half_steps = 1,
  .has_gradient = TRUE,
  .diverged_hint = N_ ("lower the learning rate"),
  .prepare = prepare,
  .half_step = half_step,
  .penalty = penalty,
  .row_penalty = row_penalty,
};
