/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-fans.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "matinee-kernels.h"
#include "matinee-memory.h"
#include "matinee-top-n.h"

static MatineeFans *
fans_alloc (gsize n, GError **error)
{
  g_autoptr (MatineeFans) fans = g_new0 (MatineeFans, 1);

  fans->items = matinee_alloc (n, sizeof *fans->items, _ ("the list of users"), error);
  return fans->items != NULL ? g_steal_pointer (&fans) : NULL;
}

static int
compare_fans (gconstpointer a, gconstpointer b)
{
  const MatineeFan *x = a, *y = b;

  if (x->rating != y->rating)
    return x->rating < y->rating ? 1 : -1;
  if (x->prediction != y->prediction)
    return x->prediction < y->prediction ? 1 : -1;
  return (x->user > y->user) - (x->user < y->user);
}

/**
 * matinee_fans_new_given:
 * @model: a model
 * @by_movie: ratings, movies as rows
 * @movie: a film
 * @n: how many users to list
 * @error: return location
 *
 * Lists who rated a film highest; equal ratings by the prediction, then by index.
 * O(n_i (k + log n_i)) for a film with n_i ratings.
 *
 * Returns: (transfer full) (nullable): the list, or %NULL with %MATINEE_ERROR_MEMORY
 */
MatineeFans *
matinee_fans_new_given (const MatineeModel *model, const MatineeSparse *by_movie, guint32 movie, guint n,
                        GError **error)
{
  gsize from = by_movie->offsets[movie];
  gsize length = matinee_sparse_row_length (by_movie, movie);
  MatineeFans *fans = fans_alloc (length, error);

  if (fans == NULL)
    return NULL;
  for (gsize j = 0; j < length; j++)
    {
      guint32 user = by_movie->columns[from + j];

      fans->items[j] = (MatineeFan){ .user = user,
                                     .rating = matinee_sparse_value (by_movie, from + j),
                                     .prediction = matinee_model_predict (model, user, movie) };
    }
  qsort (fans->items, length, sizeof *fans->items, compare_fans);
  fans->n = (guint) MIN (length, n);
  return fans;
}

/**
 * matinee_fans_new_predicted:
 * @model: a model
 * @by_user: (nullable): ratings, users as rows: where the given ratings stand
 * @movie: a film
 * @n: how many users to list
 * @error: return location
 *
 * Lists whom the model expects to like a film most, whether they have seen it
 * or not. O(users × (k + log n)).
 *
 * Returns: (transfer full) (nullable): the list, or %NULL with %MATINEE_ERROR_MEMORY
 */
MatineeFans *
matinee_fans_new_predicted (const MatineeModel *model, const MatineeSparse *by_user, guint32 movie, guint n,
                            GError **error)
{
  const MatineeFactors *factors = model->factors;
  const MatineeKernels *kernels = matinee_kernels_best ();
  const float *y = factors->movie_factors + movie * factors->stride;
  g_autoptr (MatineeTopN) top = matinee_top_n_new (n, factors->n_users, error);
  MatineeFans *fans;

  if (top == NULL)
    return NULL;
  for (guint32 user = 0; user < factors->n_users; user++)
    matinee_top_n_offer (top, user,
                         kernels->dot (factors->user_factors + user * factors->stride, y, factors->stride)
                             + factors->user_biases[user]);
  matinee_top_n_sort (top);
  fans = fans_alloc (top->n, error);
  if (fans == NULL)
    return NULL;
  for (; fans->n < top->n; fans->n++)
    {
      MatineeFan *fan = &fans->items[fans->n];

      fan->user = top->items[fans->n].movie;
      fan->prediction = matinee_model_predict (model, fan->user, movie);
      if (by_user == NULL || !matinee_sparse_contains (by_user, fan->user, movie, &fan->rating))
        fan->rating = NAN;
    }
  return fans;
}

/**
 * matinee_fans_free:
 * @fans: (nullable) (transfer full): a list
 *
 * Frees it.
 */
void
matinee_fans_free (MatineeFans *fans)
{
  if (fans == NULL)
    return;
  matinee_free (fans->items);
  g_free (fans);
}
