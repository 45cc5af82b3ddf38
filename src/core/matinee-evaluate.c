/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-evaluate.h"

#include <math.h>

#include "matinee-kernels.h"
#include "matinee-memory.h"

/* Fixed parts, so that the order of the sums depends on the data alone. */
#define PARTS 512

typedef struct
{
  const MatineeFactors *factors;
  const MatineeSparse *ratings;
  double low;
  double high;
  const MatineeKernels *kernels;
  MatineeStop *stop;
  MatineeErrors sums[PARTS];
} Work;

/* The row that holds an entry: the last whose offset is not after it. */
static guint32
find_row (const MatineeSparse *ratings, gsize entry)
{
  guint32 low = 0;
  guint32 high = ratings->n_rows;

  while (high - low > 1)
    {
      guint32 middle = low + (high - low) / 2;

      if (ratings->offsets[middle] <= entry)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* Predictions at a time. */
#define BLOCK 256

static void
evaluate_row (const Work *work, guint32 row, gsize entry, gsize end, MatineeErrors *errors)
{
  const MatineeFactors *factors = work->factors;
  const MatineeSparse *ratings = work->ratings;
  const guint32 *columns = ratings->columns;
  float products[BLOCK] __attribute__ ((aligned (MATINEE_ALIGNMENT)));
  double base = factors->mean + (double) factors->user_biases[row];

  for (; entry < end; entry += BLOCK)
    {
      gsize n = MIN (BLOCK, end - entry);

      work->kernels->predict (factors->movie_factors, factors->stride, factors->stride, columns + entry, n,
                              factors->user_factors + row * factors->stride, products);
      for (gsize i = 0; i < n; i++)
        matinee_errors_add (errors, (double) matinee_sparse_value (ratings, entry + i),
                            base + (double) factors->movie_biases[columns[entry + i]] + (double) products[i], work->low,
                            work->high);
    }
}

static void
evaluate_part (gsize task, guint worker, gpointer data)
{
  Work *work = data;
  const MatineeSparse *ratings = work->ratings;
  gsize entry = ratings->n_entries * task / PARTS;
  gsize end = ratings->n_entries * (task + 1) / PARTS;
  MatineeErrors errors = { 0 };

  if (entry == end)
    return;
  for (guint32 row = find_row (ratings, entry); entry < end; row++)
    {
      gsize row_end = MIN (ratings->offsets[row + 1], end);

      if (matinee_stop_requested (work->stop))
        return;
      evaluate_row (work, row, entry, row_end, &errors);
      entry = row_end;
    }
  work->sums[task] = errors;
}

/**
 * matinee_evaluate:
 * @factors: a model
 * @ratings_by_user: ratings to predict, users as rows
 * @low: the lowest rating on the file's scale
 * @high: the highest
 * @pool: (nullable): threads
 * @stop: (nullable): honoured within 50 ms
 * @errors: (out caller-allocates): the sums
 *
 * Predicts every rating, products in float32, and sums up the errors in
 * float64, in an order that doesn't depend on the number of threads. O(n k),
 * bound by memory.
 *
 * Returns: %FALSE if stopped; @errors is then of no use
 */
gboolean
matinee_evaluate (const MatineeFactors *factors, const MatineeSparse *ratings_by_user, double low, double high,
                  MatineePool *pool, MatineeStop *stop, MatineeErrors *errors)
{
  Work work = { factors, ratings_by_user, low, high, matinee_kernels_best (), stop, { { 0 } } };

  *errors = (MatineeErrors){ 0 };
  if (!matinee_pool_run (pool, PARTS, evaluate_part, &work, stop) || matinee_stop_requested (stop))
    return FALSE;
  for (guint i = 0; i < PARTS; i++)
    {
      errors->n += work.sums[i].n;
      errors->squared += work.sums[i].squared;
      errors->absolute += work.sums[i].absolute;
      errors->squared_clipped += work.sums[i].squared_clipped;
      errors->absolute_clipped += work.sums[i].absolute_clipped;
    }
  return TRUE;
}

/**
 * matinee_errors_add:
 * @errors: sums
 * @rating: r
 * @prediction: r̂
 * @low: the lowest rating on the file's scale
 * @high: the highest
 *
 * Adds the error of one prediction.
 */
void
matinee_errors_add (MatineeErrors *errors, double rating, double prediction, double low, double high)
{
  double error = rating - prediction;
  double clipped = rating - CLAMP (prediction, low, high);

  errors->n++;
  errors->squared += error * error;
  errors->absolute += fabs (error);
  errors->squared_clipped += clipped * clipped;
  errors->absolute_clipped += fabs (clipped);
}

static double
mean_of (double sum, gsize n)
{
  return n > 0 ? sum / (double) n : NAN;
}

/**
 * matinee_errors_mse:
 * @errors: sums
 *
 * Returns: Σ (r − r̂)² / n, or not a number without ratings
 */
double
matinee_errors_mse (const MatineeErrors *errors)
{
  return mean_of (errors->squared, errors->n);
}

/**
 * matinee_errors_rmse:
 * @errors: sums
 *
 * Returns: the root of the mean squared error, or not a number without ratings
 */
double
matinee_errors_rmse (const MatineeErrors *errors)
{
  return sqrt (mean_of (errors->squared, errors->n));
}

/**
 * matinee_errors_mae:
 * @errors: sums
 *
 * Returns: the mean absolute error, or not a number without ratings
 */
double
matinee_errors_mae (const MatineeErrors *errors)
{
  return mean_of (errors->absolute, errors->n);
}

/**
 * matinee_errors_rmse_clipped:
 * @errors: sums
 *
 * Returns: the root mean squared error of predictions clipped to the file's
 *   scale, or not a number without ratings
 */
double
matinee_errors_rmse_clipped (const MatineeErrors *errors)
{
  return sqrt (mean_of (errors->squared_clipped, errors->n));
}

/**
 * matinee_errors_mae_clipped:
 * @errors: sums
 *
 * Returns: the mean absolute error of predictions clipped to the file's scale,
 *   or not a number without ratings
 */
double
matinee_errors_mae_clipped (const MatineeErrors *errors)
{
  return mean_of (errors->absolute_clipped, errors->n);
}
