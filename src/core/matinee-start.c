/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-start.h"

#include "matinee-random.h"

#define ROWS_PER_TASK 512

/* The streams of random numbers: one for each entity, users and movies apart. */
#define USER_STREAM ((guint64) 1 << 32)
#define MOVIE_STREAM ((guint64) 2 << 32)

typedef struct
{
  const MatineeSolverRun *run;
  double factor_scale;
  double bias_scale;
  gsize n_user_tasks;
} Start;

static void
start_row (const Start *start, float *factors, float *bias, guint64 stream)
{
  guint n_factors = start->run->factors->n_factors;
  guint64 seed = start->run->params->seed;

  for (guint f = 0; f < n_factors; f++)
    factors[f] = (float) (start->factor_scale * matinee_random_normal (seed, stream, f));
  /* Counters up to 511 are the factors', so that the bias is the same for any
   * number of them. */
  *bias = start->bias_scale > 0
              ? (float) (start->bias_scale * matinee_random_normal (seed, stream, MATINEE_MAX_FACTORS))
              : 0.0f;
}

static void
start_task (gsize task, guint worker, gpointer data)
{
  const Start *start = data;
  MatineeFactors *factors = start->run->factors;
  gboolean users = task < start->n_user_tasks;
  const MatineeSparse *ratings = users ? start->run->split->train_by_user : start->run->split->train_by_movie;
  guint32 first = (guint32) ((users ? task : task - start->n_user_tasks) * ROWS_PER_TASK);
  guint32 end = MIN (ratings->n_rows - first, ROWS_PER_TASK) + first;
  float *rows = users ? factors->user_factors : factors->movie_factors;
  float *biases = users ? factors->user_biases : factors->movie_biases;

  for (guint32 row = first; row < end; row++)
    if (matinee_sparse_row_length (ratings, row) > 0)
      start_row (start, rows + row * factors->stride, biases + row, (users ? USER_STREAM : MOVIE_STREAM) + row);
}

/**
 * matinee_start_random:
 * @run: what is to be trained; its factors are all zero
 * @factor_scale: standard deviation of the factors
 * @bias_scale: standard deviation of the biases
 *
 * Gives each user and movie with training ratings random first factors and a
 * random first bias. Those without stay zero: nothing is known of them, so they
 * must not add noise to the predictions. A number depends on the seed, the entity
 * and the factor only.
 */
void
matinee_start_random (const MatineeSolverRun *run, double factor_scale, double bias_scale)
{
  Start start = {
    .run = run,
    .factor_scale = factor_scale,
    .bias_scale = bias_scale,
    .n_user_tasks = ((gsize) run->factors->n_users + ROWS_PER_TASK - 1) / ROWS_PER_TASK,
  };
  gsize n_movie_tasks = ((gsize) run->factors->n_movies + ROWS_PER_TASK - 1) / ROWS_PER_TASK;

  matinee_pool_run (run->pool, start.n_user_tasks + n_movie_tasks, start_task, &start, NULL);
}
