/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-factors.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-memory.h"

/* Rows begin on cache lines: 64 bytes are 16 floats. */
#define FLOATS_PER_LINE (MATINEE_ALIGNMENT / sizeof (float))

/**
 * matinee_factors_stride:
 * @n_factors: k
 *
 * Returns: floats from one row of factors to the next
 */
gsize
matinee_factors_stride (guint n_factors)
{
  return ((gsize) n_factors + FLOATS_PER_LINE - 1) / FLOATS_PER_LINE * FLOATS_PER_LINE;
}

static gboolean
alloc_side (guint32 n, gsize stride, float **rows, float **biases, GError **error)
{
  const char *what = _ ("the factors");

  /* n·stride can't overflow: 32 bits times a small number. */
  *rows = matinee_alloc0 ((gsize) n * stride, sizeof (float), what, error);
  if (*rows == NULL)
    return FALSE;
  *biases = matinee_alloc0 (n, sizeof (float), what, error);
  return *biases != NULL;
}

/**
 * matinee_factors_new:
 * @n_users: number of users
 * @n_movies: number of movies
 * @n_factors: k, 1 … 512
 * @error: return location
 *
 * Makes a model in which all is zero.
 *
 * Returns: (transfer full) (nullable): factors to be freed with
 *   matinee_factors_free(), or %NULL with %MATINEE_ERROR_MEMORY
 */
MatineeFactors *
matinee_factors_new (guint32 n_users, guint32 n_movies, guint n_factors, GError **error)
{
  g_autoptr (MatineeFactors) factors = g_new0 (MatineeFactors, 1);

  factors->n_users = n_users;
  factors->n_movies = n_movies;
  factors->n_factors = n_factors;
  factors->stride = matinee_factors_stride (n_factors);
  if (!alloc_side (n_users, factors->stride, &factors->user_factors, &factors->user_biases, error)
      || !alloc_side (n_movies, factors->stride, &factors->movie_factors, &factors->movie_biases, error))
    return NULL;
  return g_steal_pointer (&factors);
}

/**
 * matinee_factors_copy:
 * @factors: a model
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a copy, or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
MatineeFactors *
matinee_factors_copy (const MatineeFactors *factors, GError **error)
{
  MatineeFactors *copy = matinee_factors_new (factors->n_users, factors->n_movies, factors->n_factors, error);

  if (copy != NULL)
    matinee_factors_assign (copy, factors);
  return copy;
}

/**
 * matinee_factors_assign:
 * @to: a model of the same shape
 * @from: a model
 *
 * Copies all numbers.
 */
void
matinee_factors_assign (MatineeFactors *to, const MatineeFactors *from)
{
  g_return_if_fail (to->n_users == from->n_users && to->n_movies == from->n_movies && to->n_factors == from->n_factors);

  to->mean = from->mean;
  memcpy (to->user_factors, from->user_factors, from->n_users * from->stride * sizeof (float));
  memcpy (to->user_biases, from->user_biases, from->n_users * sizeof (float));
  memcpy (to->movie_factors, from->movie_factors, from->n_movies * from->stride * sizeof (float));
  memcpy (to->movie_biases, from->movie_biases, from->n_movies * sizeof (float));
}

/**
 * matinee_factors_free:
 * @factors: (nullable) (transfer full): a model
 *
 * Frees it.
 */
void
matinee_factors_free (MatineeFactors *factors)
{
  if (factors == NULL)
    return;
  matinee_free (factors->user_factors);
  matinee_free (factors->user_biases);
  matinee_free (factors->movie_factors);
  matinee_free (factors->movie_biases);
  g_free (factors);
}

/**
 * matinee_factors_predict:
 * @factors: a model
 * @user: row of a user
 * @movie: row of a movie
 *
 * Computes r̂ = μ + b_u + b_i + x_u·y_i in float64, not clipped. O(k).
 *
 * Returns: the prediction
 */
double
matinee_factors_predict (const MatineeFactors *factors, guint32 user, guint32 movie)
{
  const float *x = factors->user_factors + user * factors->stride;
  const float *y = factors->movie_factors + movie * factors->stride;
  double sum = factors->mean + (double) factors->user_biases[user] + (double) factors->movie_biases[movie];

  for (guint f = 0; f < factors->n_factors; f++)
    sum += (double) x[f] * (double) y[f];
  return sum;
}

/**
 * matinee_factors_is_learnt:
 * @factors: a model
 * @side: users or movies
 * @row: one of them
 *
 * Whether anything was learnt of a row: without training ratings all of it is zero,
 * where the solver has a closed form. O(k).
 *
 * Returns: whether its bias or one of its factors is not zero
 */
gboolean
matinee_factors_is_learnt (const MatineeFactors *factors, MatineeSide side, guint32 row)
{
  const float *x = (side == MATINEE_USERS ? factors->user_factors : factors->movie_factors) + row * factors->stride;

  for (guint f = 0; f < factors->n_factors; f++)
    if (x[f] != 0.0f)
      return TRUE;
  return (side == MATINEE_USERS ? factors->user_biases : factors->movie_biases)[row] != 0.0f;
}

/**
 * matinee_factors_get_usual_bias:
 * @factors: a model
 * @side: users or movies
 *
 * What to assume of a user or a movie that the model does not know. With a mean that
 * is nothing, as for those without training ratings; a model without one has it in
 * its biases, so that it is their mean. O(rows).
 *
 * Returns: the bias
 */
double
matinee_factors_get_usual_bias (const MatineeFactors *factors, MatineeSide side)
{
  const float *biases = side == MATINEE_USERS ? factors->user_biases : factors->movie_biases;
  guint32 n = side == MATINEE_USERS ? factors->n_users : factors->n_movies;
  double sum = 0.0;

  if (factors->mean != 0.0 || n == 0)
    return 0.0;
  for (guint32 row = 0; row < n; row++)
    sum += (double) biases[row];
  return sum / n;
}
