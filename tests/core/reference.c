/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference.h"

#include <math.h>

ReferenceModel *
reference_model_new (guint32 n_users, guint32 n_movies, guint k)
{
  ReferenceModel *model = g_new0 (ReferenceModel, 1);

  model->n_users = n_users;
  model->n_movies = n_movies;
  model->k = k;
  model->user_factors = g_new0 (double, (gsize) n_users *k);
  model->user_biases = g_new0 (double, n_users);
  model->movie_factors = g_new0 (double, (gsize) n_movies *k);
  model->movie_biases = g_new0 (double, n_movies);
  return model;
}

ReferenceModel *
reference_model_from_factors (const MatineeFactors *factors)
{
  ReferenceModel *model = reference_model_new (factors->n_users, factors->n_movies, factors->n_factors);

  model->mean = factors->mean;
  for (guint32 u = 0; u < model->n_users; u++)
    {
      model->user_biases[u] = (double) factors->user_biases[u];
      for (guint f = 0; f < model->k; f++)
        model->user_factors[u * model->k + f] = (double) factors->user_factors[u * factors->stride + f];
    }
  for (guint32 i = 0; i < model->n_movies; i++)
    {
      model->movie_biases[i] = (double) factors->movie_biases[i];
      for (guint f = 0; f < model->k; f++)
        model->movie_factors[i * model->k + f] = (double) factors->movie_factors[i * factors->stride + f];
    }
  return model;
}

void
reference_model_to_factors (const ReferenceModel *model, MatineeFactors *factors)
{
  factors->mean = model->mean;
  for (guint32 u = 0; u < model->n_users; u++)
    {
      factors->user_biases[u] = (float) model->user_biases[u];
      for (guint f = 0; f < model->k; f++)
        factors->user_factors[u * factors->stride + f] = (float) model->user_factors[u * model->k + f];
    }
  for (guint32 i = 0; i < model->n_movies; i++)
    {
      factors->movie_biases[i] = (float) model->movie_biases[i];
      for (guint f = 0; f < model->k; f++)
        factors->movie_factors[i * factors->stride + f] = (float) model->movie_factors[i * model->k + f];
    }
}

void
reference_model_free (ReferenceModel *model)
{
  if (model == NULL)
    return;
  g_free (model->user_factors);
  g_free (model->user_biases);
  g_free (model->movie_factors);
  g_free (model->movie_biases);
  g_free (model);
}

/* Gauss elimination with pivoting on [A | b], so that it shares nothing with
 * what it checks. */
static void
solve (double *a, double *b, guint m)
{
  for (guint p = 0; p < m; p++)
    {
      guint best = p;

      for (guint i = p + 1; i < m; i++)
        if (fabs (a[i * m + p]) > fabs (a[best * m + p]))
          best = i;
      for (guint j = 0; j < m && best != p; j++)
        {
          double t = a[p * m + j];

          a[p * m + j] = a[best * m + j];
          a[best * m + j] = t;
        }
      if (best != p)
        {
          double t = b[p];

          b[p] = b[best];
          b[best] = t;
        }
      for (guint i = p + 1; i < m; i++)
        {
          double factor = a[i * m + p] / a[p * m + p];

          for (guint j = p; j < m; j++)
            a[i * m + j] -= factor * a[p * m + j];
          b[i] -= factor * b[p];
        }
    }
  for (guint i = m; i-- > 0;)
    {
      for (guint j = i + 1; j < m; j++)
        b[i] -= a[i * m + j] * b[j];
      b[i] /= a[i * m + i];
    }
}

static void
solve_row (const MatineeSparse *ratings, guint32 row, guint k, double mean, const double *fixed,
           const double *fixed_biases, const ReferencePenalty *penalty, double *x, double *bias)
{
  guint m = k + 1;
  g_autofree double *a = g_new0 (double, (gsize) m *m);
  g_autofree double *b = g_new0 (double, m);
  g_autofree double *z = g_new0 (double, m);
  gsize n = matinee_sparse_row_length (ratings, row);
  double weight = pow ((double) n, penalty->count_exponent);

  for (gsize e = ratings->offsets[row]; e < ratings->offsets[row + 1]; e++)
    {
      guint32 column = ratings->columns[e];
      double t = (double) matinee_sparse_value (ratings, e) - mean - fixed_biases[column];

      z[0] = 1.0;
      for (guint f = 0; f < k; f++)
        z[f + 1] = fixed[(gsize) column * k + f];
      for (guint i = 0; i < m; i++)
        {
          for (guint j = 0; j < m; j++)
            a[i * m + j] += z[i] * z[j];
          b[i] += z[i] * t;
        }
    }
  for (guint i = 0; i < m; i++)
    a[i * m + i] += weight * (i == 0 ? penalty->bias_regularization : penalty->regularization);
  solve (a, b, m);
  *bias = b[0];
  for (guint f = 0; f < k; f++)
    x[f] = b[f + 1];
}

void
reference_half_step (ReferenceModel *model, const MatineeSparse *ratings, MatineeSide side,
                     const ReferencePenalty *penalty)
{
  gboolean users = side == MATINEE_USERS;
  double *moving = users ? model->user_factors : model->movie_factors;
  double *moving_biases = users ? model->user_biases : model->movie_biases;
  const double *fixed = users ? model->movie_factors : model->user_factors;
  const double *fixed_biases = users ? model->movie_biases : model->user_biases;
  guint k = model->k;

  for (guint32 row = 0; row < ratings->n_rows; row++)
    {
      double *x = moving + (gsize) row * k;

      if (matinee_sparse_row_length (ratings, row) > 0)
        {
          solve_row (ratings, row, k, model->mean, fixed, fixed_biases, penalty, x, &moving_biases[row]);
          continue;
        }
      moving_biases[row] = 0.0;
      for (guint f = 0; f < k; f++)
        x[f] = 0.0;
    }
}

double
reference_predict (const ReferenceModel *model, guint32 user, guint32 movie)
{
  double sum = model->mean + model->user_biases[user] + model->movie_biases[movie];

  for (guint f = 0; f < model->k; f++)
    sum += model->user_factors[(gsize) user * model->k + f] * model->movie_factors[(gsize) movie * model->k + f];
  return sum;
}

double
reference_fit (const ReferenceModel *model, const MatineeSparse *by_user)
{
  double sum = 0.0;

  for (guint32 u = 0; u < by_user->n_rows; u++)
    for (gsize e = by_user->offsets[u]; e < by_user->offsets[u + 1]; e++)
      {
        double error = (double) matinee_sparse_value (by_user, e) - reference_predict (model, u, by_user->columns[e]);

        sum += error * error;
      }
  return sum;
}

static double
side_penalty (const MatineeSparse *ratings, const double *rows, const double *biases, guint k,
              const ReferencePenalty *penalty)
{
  double sum = 0.0;

  for (guint32 row = 0; row < ratings->n_rows; row++)
    {
      gsize n = matinee_sparse_row_length (ratings, row);
      double squares = 0.0;

      for (guint f = 0; f < k; f++)
        squares += rows[(gsize) row * k + f] * rows[(gsize) row * k + f];
      if (n > 0)
        sum += pow ((double) n, penalty->count_exponent)
               * (penalty->regularization * squares + penalty->bias_regularization * biases[row] * biases[row]);
    }
  return sum;
}

double
reference_penalty (const ReferenceModel *model, const MatineeSparse *by_user, const MatineeSparse *by_movie,
                   const ReferencePenalty *penalty)
{
  return side_penalty (by_user, model->user_factors, model->user_biases, model->k, penalty)
         + side_penalty (by_movie, model->movie_factors, model->movie_biases, model->k, penalty);
}
