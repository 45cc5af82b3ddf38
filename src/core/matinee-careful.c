/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-careful.h"

#include <math.h>
#include <string.h>

/*
 * One row in float64, for systems that float32 can't factorise: no penalty
 * and too few ratings, ratings of 1e30, factors nearly dependent. Plain and
 * slow, because it is rare.
 *
 * The system has order m = k + 1, with the bias first. Its upper triangle is
 * kept in a (row-major, j ≥ i), the Cholesky factor is written below the
 * diagonal, and its diagonal apart, so that a second attempt needs no second
 * sum over the ratings.
 */
typedef struct
{
  gsize order;
  double *a;
  double *diagonal;
  double *right;
  double *solution;
  double *z;
} System;

/* Ratings, or columns, between two looks at the stop flag: under a
 * millisecond at k = 512. */
#define STOP_INTERVAL 8

/* A pivot that lost this share of its diagonal is rounding noise. */
#define SINGULAR 1e-13

/* Attempts with a growing ridge, each a hundred times the last. */
#define RIDGE_FIRST 1e-11
#define RIDGE_GROWTH 100.0
#define RIDGE_ATTEMPTS 4

/**
 * matinee_careful_scratch:
 * @n_factors: k
 *
 * Returns: how many doubles of scratch matinee_careful_row() needs
 */
gsize
matinee_careful_scratch (guint n_factors)
{
  gsize order = (gsize) n_factors + 1;

  return order * (order + 4);
}

static void
system_init (System *system, guint n_factors, double *scratch)
{
  system->order = (gsize) n_factors + 1;
  system->a = scratch;
  system->diagonal = system->a + system->order * system->order;
  system->right = system->diagonal + system->order;
  system->solution = system->right + system->order;
  system->z = system->solution + system->order;
  memset (scratch, 0, matinee_careful_scratch (n_factors) * sizeof (double));
}

/* a += z zᵀ (upper triangle), right += z t */
static void
system_add (System *system, double t)
{
  gsize m = system->order;

  for (gsize i = 0; i < m; i++)
    {
      double *row = system->a + i * m;
      double zi = system->z[i];

      for (gsize j = i; j < m; j++)
        row[j] += zi * system->z[j];
      system->right[i] += zi * t;
    }
}

static gboolean
system_sum (System *system, const MatineeHalfStepView *view, guint32 row, MatineeStop *stop)
{
  const MatineeSparse *ratings = view->ratings;

  system->z[0] = 1.0;
  for (gsize entry = ratings->offsets[row]; entry < ratings->offsets[row + 1]; entry++)
    {
      guint32 column = ratings->columns[entry];
      const float *y = view->fixed + column * view->stride;
      double t = (double) matinee_sparse_value (ratings, entry) - view->mean - (double) view->fixed_biases[column];

      if (entry % STOP_INTERVAL == 0 && matinee_stop_requested (stop))
        return FALSE;
      for (guint f = 0; f < view->n_factors; f++)
        system->z[f + 1] = (double) y[f];
      system_add (system, t);
    }
  return TRUE;
}

/* One row of the factor after another: l_ij = (a_ij − Σ l_ip l_jp) / l_jj */
static MatineeRowResult
system_factorise (System *system, double ridge, MatineeStop *stop)
{
  gsize m = system->order;

  for (gsize i = 0; i < m; i++)
    {
      double *li = system->a + i * m;
      double pivot = li[i] + ridge;

      if (i % STOP_INTERVAL == 0 && matinee_stop_requested (stop))
        return MATINEE_ROW_STOPPED;
      for (gsize j = 0; j < i; j++)
        {
          const double *lj = system->a + j * m;
          double sum = lj[i];

          for (gsize p = 0; p < j; p++)
            sum -= li[p] * lj[p];
          li[j] = sum / system->diagonal[j];
          pivot -= li[j] * li[j];
        }
      if (!isfinite (pivot) || pivot <= SINGULAR * (li[i] + ridge))
        return MATINEE_ROW_FAILED;
      system->diagonal[i] = sqrt (pivot);
    }
  return MATINEE_ROW_SOLVED;
}

/* L w = right, then Lᵀ x = w */
static gboolean
system_solve (System *system)
{
  gsize m = system->order;
  double *x = system->solution;

  for (gsize i = 0; i < m; i++)
    {
      double sum = system->right[i];

      for (gsize p = 0; p < i; p++)
        sum -= system->a[i * m + p] * x[p];
      x[i] = sum / system->diagonal[i];
    }
  for (gsize i = m; i-- > 0;)
    {
      x[i] /= system->diagonal[i];
      for (gsize p = 0; p < i; p++)
        x[p] -= system->a[i * m + p] * x[i];
    }
  for (gsize i = 0; i < m; i++)
    if (!isfinite ((float) x[i]))
      return FALSE;
  return TRUE;
}

static void
write_row (const System *system, const MatineeHalfStepView *view, guint32 row)
{
  float *x = view->moving + row * view->stride;

  view->moving_biases[row] = (float) system->solution[0];
  for (guint f = 0; f < view->n_factors; f++)
    x[f] = (float) system->solution[f + 1];
}

/**
 * matinee_careful_row:
 * @view: a half-step
 * @row: a row of the side that moves, with at least one rating
 * @scratch: (array): as many doubles as matinee_careful_scratch() says
 * @stop: (nullable): looked at every millisecond or so
 *
 * Solves one row in float64. A singular system, which only no penalty makes,
 * gets the smallest ridge that lets it be factorised: of all minimisers that
 * is about the shortest.
 * O(n k² + k³).
 *
 * Returns: what became of the row
 */
MatineeRowResult
matinee_careful_row (const MatineeHalfStepView *view, guint32 row, double *scratch, MatineeStop *stop)
{
  System system;
  double largest = 0.0;
  double ridge = 0.0;
  double weight = matinee_half_step_weight (view->count_exponent, matinee_sparse_row_length (view->ratings, row));

  system_init (&system, view->n_factors, scratch);
  if (!system_sum (&system, view, row, stop))
    return MATINEE_ROW_STOPPED;
  for (gsize i = 0; i < system.order; i++)
    {
      double *diagonal = &system.a[i * system.order + i];

      *diagonal += weight * (i == 0 ? view->bias_regularization : view->regularization);
      largest = MAX (largest, *diagonal);
    }
  for (guint attempt = 0; attempt <= RIDGE_ATTEMPTS; attempt++)
    {
      MatineeRowResult result = system_factorise (&system, ridge, stop);

      if (result == MATINEE_ROW_STOPPED)
        return result;
      if (result == MATINEE_ROW_SOLVED)
        {
          if (!system_solve (&system))
            return MATINEE_ROW_FAILED;
          write_row (&system, view, row);
          return MATINEE_ROW_SOLVED;
        }
      ridge = attempt == 0 ? RIDGE_FIRST * largest : ridge * RIDGE_GROWTH;
    }
  return MATINEE_ROW_FAILED;
}
