/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cg.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "matinee-kernels.h"
#include "matinee-memory.h"
#include "matinee-row-tasks.h"

/*
 * One row by conjugate gradients: with w = [b; x], z_i = [1; y_i] and
 * D = n^ν diag(λ_b, λ, …, λ), solve (Σ z zᵀ + D) w = Σ z t from the w that is
 * there. Products Σ z (z·p) are made from the rated rows, O(n k), and never a
 * k × k matrix. Rows that fit in the cache are gathered once for all steps.
 */

/* Floats of gathered rows: half of a second-level cache of a megabyte. */
#define PANEL_FLOATS ((gsize) 1 << 17)

/* Ratings summed in float32 before the sum goes on in float64, and between
 * two looks at the stop flag. */
#define CHUNK ((gsize) 512)

/* Below this share of the right side's square a residual is rounding noise:
 * going on could only shake the row. */
#define NOISE ((double) FLT_EPSILON * FLT_EPSILON)

/* A vector [b; x], or of that shape; x padded to whole cache lines. */
typedef struct
{
  double bias;
  float *x;
} Vector;

typedef struct
{
  float *panel;
  float *targets;
  float *part;
  double *sum;
  Vector solution;
  Vector residual;
  Vector direction;
  Vector product;
} Scratch;

typedef struct
{
  MatineeHalfStepView view;
  const MatineeKernels *kernels;
  MatineeStop *stop;
  MatineeFailedRow failed;
  atomic_int stopped;
  MatineeRowTasks *tasks;
  guint n_inner;
  gsize scratch_floats;
  float *scratch;
  gsize panel_rows;
} Work;

/* What is read of the rows that one row is made of. */
typedef struct
{
  const float *rows;
  const guint32 *columns;
  gsize from;
  gsize n;
  double factor_ridge;
  double bias_ridge;
} Row;

static gsize
scratch_floats (const Work *work)
{
  gsize stride = work->view.stride;

  return work->panel_rows * stride + MAX (work->panel_rows, CHUNK) + 16 + 5 * stride + 2 * stride;
}

static void
scratch_init (const Work *work, guint worker, Scratch *scratch)
{
  gsize stride = work->view.stride;
  float *at = work->scratch + worker * work->scratch_floats;

  scratch->sum = (double *) at;
  scratch->part = at + 2 * stride;
  scratch->solution.x = scratch->part + stride;
  scratch->residual.x = scratch->solution.x + stride;
  scratch->direction.x = scratch->residual.x + stride;
  scratch->product.x = scratch->direction.x + stride;
  scratch->panel = scratch->product.x + stride;
  scratch->targets = scratch->panel + work->panel_rows * stride;
}

static double
dot (const Work *work, const Vector *a, const Vector *b)
{
  return a->bias * b->bias + (double) work->kernels->dot (a->x, b->x, work->view.stride);
}

/* a += c b */
static void
add_scaled (const Work *work, Vector *a, double c, const Vector *b)
{
  a->bias += c * b->bias;
  for (gsize f = 0; f < work->view.stride; f++)
    a->x[f] += (float) c * b->x[f];
}

/* p = r + β p */
static void
turn (const Work *work, Vector *p, double beta, const Vector *r)
{
  p->bias = r->bias + beta * p->bias;
  for (gsize f = 0; f < work->view.stride; f++)
    p->x[f] = r->x[f] + (float) beta * p->x[f];
}

/* Residuals of ratings from + first …, padded with zeros. */
static void
fill_targets (const Work *work, const Row *row, gsize first, gsize n, float *targets)
{
  for (gsize i = 0; i < n; i++)
    targets[i] = matinee_half_step_residual (&work->view, row->from + first + i);
  for (gsize i = n; i % MATINEE_MAX_LANES != 0; i++)
    targets[i] = 0.0f;
}

/* out = Σ z (z·v) + D v, or with @residual Σ z (t − z·v) − D v. %FALSE if stopped. */
static gboolean
multiply (const Work *work, Scratch *scratch, const Row *row, const Vector *v, gboolean residual, Vector *out)
{
  gsize stride = work->view.stride;
  double sign = residual ? -1.0 : 1.0;

  memset (scratch->sum, 0, stride * sizeof (double));
  out->bias = sign * row->bias_ridge * v->bias;
  for (gsize first = 0; first < row->n; first += CHUNK)
    {
      gsize n = MIN (CHUNK, row->n - first);
      const guint32 *columns = row->columns != NULL ? row->columns + first : NULL;
      const float *rows = row->columns != NULL ? row->rows : row->rows + first * stride;

      if (matinee_stop_requested (work->stop))
        return FALSE;
      if (residual)
        fill_targets (work, row, first, n, scratch->targets);
      out->bias += (double) work->kernels->normal (rows, stride, stride, columns, n, v->x, (float) v->bias,
                                                   residual ? scratch->targets : NULL, scratch->part);
      for (gsize f = 0; f < stride; f++)
        scratch->sum[f] += (double) scratch->part[f];
    }
  for (gsize f = 0; f < stride; f++)
    out->x[f] = (float) (scratch->sum[f] + sign * row->factor_ridge * (double) v->x[f]);
  return TRUE;
}

/* Hestenes and Stiefel's iteration; stops early where nothing is left to gain. */
static MatineeRowResult
iterate (const Work *work, Scratch *scratch, const Row *row)
{
  Vector *w = &scratch->solution;
  Vector *r = &scratch->residual;
  Vector *p = &scratch->direction;
  Vector *q = &scratch->product;
  double rr, least;

  if (!multiply (work, scratch, row, w, TRUE, r))
    return MATINEE_ROW_STOPPED;
  rr = dot (work, r, r);
  if (!isfinite (rr))
    return MATINEE_ROW_FAILED;
  memcpy (p->x, r->x, work->view.stride * sizeof (float));
  p->bias = r->bias;
  least = NOISE * rr;
  for (guint i = 0; i < work->n_inner && rr > least; i++)
    {
      double curvature, step, before = rr;

      if (!multiply (work, scratch, row, p, FALSE, q))
        return MATINEE_ROW_STOPPED;
      curvature = dot (work, p, q);
      if (!isfinite (curvature))
        return MATINEE_ROW_FAILED;
      if (curvature <= 0)
        break;
      /* Exact along p also when rounding has cost the directions their
       * conjugacy: so no step goes uphill. */
      step = dot (work, p, r) / curvature;
      add_scaled (work, w, step, p);
      add_scaled (work, r, -step, q);
      rr = dot (work, r, r);
      turn (work, p, rr / before, r);
    }
  return MATINEE_ROW_SOLVED;
}

static MatineeRowResult
write_solution (const Work *work, guint32 row, const Vector *w)
{
  const MatineeHalfStepView *view = &work->view;
  float nothing = 0.0f * (float) w->bias;

  for (gsize f = 0; f < view->stride; f++)
    nothing += 0.0f * w->x[f];
  if (nothing != 0.0f)
    return MATINEE_ROW_FAILED;
  memcpy (view->moving + row * view->stride, w->x, view->stride * sizeof (float));
  view->moving_biases[row] = (float) w->bias;
  return MATINEE_ROW_SOLVED;
}

static MatineeRowResult
solve_row (const Work *work, Scratch *scratch, guint32 number)
{
  const MatineeHalfStepView *view = &work->view;
  const MatineeSparse *ratings = view->ratings;
  gsize n = matinee_sparse_row_length (ratings, number);
  double weight = matinee_half_step_weight (view->count_exponent, n);
  Row row = { view->fixed, ratings->columns + ratings->offsets[number], ratings->offsets[number], n,
              weight * view->regularization, weight * view->bias_regularization };
  MatineeRowResult result;

  if (n == 0)
    {
      matinee_half_step_clear_row (view, number);
      return MATINEE_ROW_SOLVED;
    }
  if (n <= work->panel_rows)
    {
      work->kernels->gather (scratch->panel, view->stride, view->stride, view->fixed, view->stride, row.columns, n);
      row.rows = scratch->panel;
      row.columns = NULL;
    }
  memcpy (scratch->solution.x, view->moving + number * view->stride, view->stride * sizeof (float));
  scratch->solution.bias = (double) view->moving_biases[number];
  result = iterate (work, scratch, &row);
  return result == MATINEE_ROW_SOLVED ? write_solution (work, number, &scratch->solution) : result;
}

static void
solve_rows (gsize task, guint worker, gpointer data)
{
  Work *work = data;
  Scratch scratch;
  guint32 end = matinee_row_tasks_end (work->tasks, task);

  scratch_init (work, worker, &scratch);
  for (guint32 row = matinee_row_tasks_begin (work->tasks, task); row < end; row++)
    {
      MatineeRowResult result
          = matinee_stop_requested (work->stop) ? MATINEE_ROW_STOPPED : solve_row (work, &scratch, row);

      if (result == MATINEE_ROW_FAILED)
        matinee_failed_row_note (&work->failed, row);
      if (result == MATINEE_ROW_STOPPED)
        {
          atomic_store_explicit (&work->stopped, 1, memory_order_relaxed);
          return;
        }
    }
}

/**
 * matinee_cg_half_step:
 * @step: what to do
 * @n_inner: steps of conjugate gradients for each row, at least 1
 * @pool: (nullable): threads
 * @stop: (nullable): honoured within 50 ms
 * @error: return location
 *
 * Moves one side of the model towards the minimiser of the same objective as
 * matinee_exact_half_step(), each row by @n_inner steps of conjugate gradients
 * (Hestenes, Stiefel 1952, doi:10.6028/jres.049.044) from where it is, as
 * Takács, Pilászy and Tikk 2011 (doi:10.1145/2043932.2043987) proposed. The
 * objective never rises. Same bits for any number of threads.
 * O(ratings k n_inner).
 *
 * Returns: %TRUE, or %FALSE with %MATINEE_ERROR_MEMORY,
 *   %MATINEE_ERROR_DIVERGED when a row became infinite (it keeps its old
 *   numbers, all others are new) or %MATINEE_ERROR_CANCELLED
 */
gboolean
matinee_cg_half_step (const MatineeHalfStep *step, guint n_inner, MatineePool *pool, MatineeStop *stop,
                      GError **error)
{
  Work work = { .stop = stop, .n_inner = MAX (n_inner, 1) };
  gboolean complete;

  matinee_half_step_view (step, &work.view);
  matinee_failed_row_init (&work.failed);
  work.kernels = step->kernels != NULL ? step->kernels : matinee_kernels_best ();
  work.panel_rows = PANEL_FLOATS / work.view.stride;
  work.scratch_floats = scratch_floats (&work);
  work.tasks = matinee_row_tasks_new (step->ratings, G_MAXSIZE, error);
  if (work.tasks == NULL)
    return FALSE;
  work.scratch = matinee_alloc0 (matinee_pool_get_n_threads (pool), work.scratch_floats * sizeof (float),
                                 _ ("the solver"), error);
  if (work.scratch == NULL)
    {
      matinee_row_tasks_free (work.tasks);
      return FALSE;
    }
  complete = matinee_pool_run (pool, matinee_row_tasks_get_n (work.tasks), solve_rows, &work, stop);
  matinee_free (work.scratch);
  matinee_row_tasks_free (work.tasks);
  return matinee_half_step_conclude (step, &work.failed, !complete || atomic_load (&work.stopped) != 0, error);
}
