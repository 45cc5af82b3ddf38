/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-bias-only.h"

#include "matinee-error.h"
#include "matinee-half-step.h"

/* Both sides in turn; after so many the biases no longer move in what is shown. */
#define SWEEPS 10

/* Rows in one task: under a millisecond for most. */
#define ROWS_PER_TASK ((gsize) 256)

typedef struct
{
  const MatineeSparse *ratings;
  const MatineePenalty *penalty;
  double mean;
  float *own;
  const float *others;
  MatineeStop *stop;
} Sweep;

/* b = Σ (r − μ − b') / (n + n^ν λ_b) */
static void
fit_rows (gsize task, guint worker, gpointer data)
{
  const Sweep *sweep = data;
  const MatineeSparse *ratings = sweep->ratings;
  guint32 end = (guint32) MIN ((task + 1) * ROWS_PER_TASK, ratings->n_rows);

  for (guint32 row = (guint32) (task * ROWS_PER_TASK); row < end; row++)
    {
      gsize n = matinee_sparse_row_length (ratings, row);
      double weight = matinee_half_step_weight (sweep->penalty->count_exponent, n);
      double sum = 0.0;

      if (matinee_stop_requested (sweep->stop))
        return;
      for (gsize entry = ratings->offsets[row]; entry < ratings->offsets[row + 1]; entry++)
        sum += (double) matinee_sparse_value (ratings, entry) - sweep->mean
               - (double) sweep->others[ratings->columns[entry]];
      sweep->own[row] = n == 0 ? 0.0f : (float) (sum / ((double) n + weight * sweep->penalty->bias_regularization));
    }
}

static gboolean
run_sweep (Sweep *sweep, MatineePool *pool)
{
  return matinee_pool_run (pool, (sweep->ratings->n_rows + ROWS_PER_TASK - 1) / ROWS_PER_TASK, fit_rows, sweep,
                           sweep->stop)
         && !matinee_stop_requested (sweep->stop);
}

/**
 * matinee_bias_only_fit:
 * @split: ratings; those of the training are used
 * @penalty: λ_b and ν; λ does not matter
 * @pool: (nullable): threads
 * @stop: (nullable): honoured within 50 ms
 * @user_biases: (out) (array n_users): b_u
 * @movie_biases: (out) (array n_movies): b_i
 * @error: return location
 *
 * Fits the model without factors, r̂ = μ + b_u + b_i: the exact objective with
 * k = 0, by ten rounds of users and movies in turn (the baseline of Koren 2008,
 * doi:10.1145/1401890.1401944). O(ratings). The same bits for any number of threads.
 *
 * Returns: %TRUE, or %FALSE with %MATINEE_ERROR_CANCELLED
 */
gboolean
matinee_bias_only_fit (const MatineeSplit *split, const MatineePenalty *penalty, MatineePool *pool, MatineeStop *stop,
                       float *user_biases, float *movie_biases, GError **error)
{
  Sweep users = { split->train_by_user, penalty, split->train_mean, user_biases, movie_biases, stop };
  Sweep movies = { split->train_by_movie, penalty, split->train_mean, movie_biases, user_biases, stop };

  for (guint32 movie = 0; movie < split->train_by_movie->n_rows; movie++)
    movie_biases[movie] = 0.0f;
  for (guint sweep = 0; sweep < SWEEPS; sweep++)
    if (!run_sweep (&users, pool) || !run_sweep (&movies, pool))
      {
        matinee_error_set_cancelled (error);
        return FALSE;
      }
  return TRUE;
}
