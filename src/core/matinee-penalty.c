/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-exact.h"

/* The order of a sum must not depend on the number of threads: so the parts
 * are fixed, and added up in order. */
#define PARTS 128

typedef struct
{
  const MatineeFactors *factors;
  const gsize *user_offsets;
  const gsize *movie_offsets;
  double regularization;
  double bias_regularization;
  double count_exponent;
  double sums[2 * PARTS];
} Work;

static double
row_penalty (const Work *work, const float *row, float bias)
{
  double squares = 0.0;

  for (guint f = 0; f < work->factors->n_factors; f++)
    squares += (double) row[f] * (double) row[f];
  return work->regularization * squares + work->bias_regularization * (double) bias * (double) bias;
}

static void
sum_part (gsize task, guint worker, gpointer data)
{
  Work *work = data;
  const MatineeFactors *factors = work->factors;
  gboolean users = task < PARTS;
  gsize part = users ? task : task - PARTS;
  gsize n = users ? factors->n_users : factors->n_movies;
  const gsize *offsets = users ? work->user_offsets : work->movie_offsets;
  const float *rows = users ? factors->user_factors : factors->movie_factors;
  const float *biases = users ? factors->user_biases : factors->movie_biases;
  double sum = 0.0;

  for (gsize row = n * part / PARTS; row < n * (part + 1) / PARTS; row++)
    if (offsets[row + 1] > offsets[row])
      sum += matinee_half_step_weight (work->count_exponent, offsets[row + 1] - offsets[row])
             * row_penalty (work, rows + row * factors->stride, biases[row]);
  work->sums[task] = sum;
}

/**
 * matinee_exact_penalty:
 * @factors: a model
 * @user_offsets: (array n_users+1): offsets of the training ratings by user
 * @movie_offsets: (array n_movies+1): offsets of the training ratings by movie
 * @regularization: λ
 * @bias_regularization: λ_b
 * @count_exponent: ν
 * @pool: (nullable): threads
 *
 * Computes Σ n^ν (λ‖x‖² + λ_b b²) over all users and movies with training
 * ratings, in float64 and always in the same order. The objective of the
 * exact and cg solvers is this plus Σ (r − r̂)² of matinee_evaluate().
 * O((users + movies) k).
 *
 * Returns: the penalty
 */
double
matinee_exact_penalty (const MatineeFactors *factors, const gsize *user_offsets, const gsize *movie_offsets,
                       double regularization, double bias_regularization, double count_exponent, MatineePool *pool)
{
  Work work = { factors, user_offsets, movie_offsets, regularization, bias_regularization, count_exponent, { 0 } };
  double sum = 0.0;

  matinee_pool_run (pool, 2 * PARTS, sum_part, &work, NULL);
  for (guint i = 0; i < 2 * PARTS; i++)
    sum += work.sums[i];
  return sum;
}
