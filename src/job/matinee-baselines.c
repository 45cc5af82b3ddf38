/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-baselines.h"

#include <glib/gi18n-lib.h>

#include "matinee-memory.h"
#include "matinee-solver.h"

typedef float MatineeBiases;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeBiases, matinee_free)

static void
add_errors (MatineeBaselines *baselines, const MatineeSplit *split, const MatineeSparse *ratings,
            const float *user_biases, const float *movie_biases)
{
  for (guint32 user = 0; user < ratings->n_rows; user++)
    for (gsize i = ratings->offsets[user]; i < ratings->offsets[user + 1]; i++)
      {
        double rating = (double) matinee_sparse_value (ratings, i);
        double deviation = (double) user_biases[user] + (double) movie_biases[ratings->columns[i]];

        matinee_errors_add (&baselines->mean, rating, split->train_mean, (double) split->low, (double) split->high);
        matinee_errors_add (&baselines->biases, rating, split->train_mean + deviation, (double) split->low,
                            (double) split->high);
      }
}

/**
 * matinee_baselines_compute:
 * @baselines: (out caller-allocates): the errors
 * @split: ratings
 * @params: λ_b and ν are used
 * @pool: (nullable): threads
 * @stop: (nullable): honoured within 50 ms while fitting
 * @error: return location
 *
 * Computes what a model is measured against. O(ratings).
 *
 * Returns: %FALSE with %MATINEE_ERROR_CANCELLED or %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_baselines_compute (MatineeBaselines *baselines, const MatineeSplit *split, const MatineeParams *params,
                           MatineePool *pool, MatineeStop *stop, GError **error)
{
  const MatineeSparse *ratings = split->test_by_user->n_entries > 0 ? split->test_by_user : split->train_by_user;
  g_autoptr (MatineeBiases) user_biases = NULL;
  g_autoptr (MatineeBiases) movie_biases = NULL;
  MatineePenalty penalty;

  *baselines = (MatineeBaselines){ 0 };
  user_biases = matinee_alloc (split->train_by_user->n_rows, sizeof *user_biases, _ ("the baselines"), error);
  if (user_biases == NULL)
    return FALSE;
  movie_biases = matinee_alloc (split->train_by_user->n_columns, sizeof *movie_biases, _ ("the baselines"), error);
  if (movie_biases == NULL)
    return FALSE;
  matinee_solver_get_row_penalty (params, &penalty);
  if (!matinee_bias_only_fit (split, &penalty, pool, stop, user_biases, movie_biases, error))
    return FALSE;
  add_errors (baselines, split, ratings, user_biases, movie_biases);
  return TRUE;
}
