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
 * Rows by conjugate gradients: with w = [b; x], z_i = [1; y_i] and
 * D = n^ν diag(λ_b, λ, …, λ), solve (Σ z zᵀ + D) w = Σ z t from the w that is
 * there. Products Σ z (z·p) are made from the rated rows, O(n k), and never a
 * k × k matrix.
 *
 * What counts is to read the rated rows from the cache, several times. A row with
 * few ratings gathers them once for all steps, and fetches those of the next
 * row meanwhile. Rows with many go through their steps together, a group at a
 * time, over one block of columns after the other: what the first has
 * brought into the cache the others use.
 */

/* Floats of gathered rows, or of a block of columns: a megabyte, which
 * second-level caches have. */
#define CACHED_FLOATS ((gsize) 1 << 18)

/* Rows of a group, and about how many ratings it may have. */
#define GROUP_ROWS ((gsize) 16)
#define GROUP_LENGTH ((gsize) 1 << 18)

/* The first so many of a group find most of a block not in the cache yet. */
#define FETCHING_SYSTEMS 4

/* Below this share of the first residual's square only rounding noise is left:
 * going on could only shake the row. */
#define NOISE ((double) FLT_EPSILON * FLT_EPSILON)

/* A vector [b; x], or of that shape; x padded to whole cache lines. */
typedef struct
{
  double bias;
  float *x;
} Vector;

/* One system on its way. */
typedef struct
{
  guint32 row;
  const guint32 *columns;
  gsize from;
  gsize n;
  gsize next;
  double factor_ridge;
  double bias_ridge;
  double squares;
  double least;
  gboolean done;
  MatineeRowResult result;
  Vector solution;
  Vector residual;
  Vector direction;
  Vector product;
  double *sum;
} System;

typedef struct
{
  float *panel;
  float *targets;
  float *part;
  float *sums;
  gboolean gathered;
  System systems[GROUP_ROWS];
  gsize fetched;
} Scratch;

typedef struct
{
  MatineeHalfStepView view;
  const MatineeKernels *kernels;
  MatineeStop *stop;
  MatineeFailedRow failed;
  atomic_int stopped;
  MatineeRowTasks *tasks;
  guint32 *long_rows;
  gsize n_long_rows;
  guint32 *groups;
  gsize n_groups;
  guint n_inner;
  gsize cached_rows;
  gsize scratch_floats;
  float *memory;
  Scratch *scratch;
} Work;

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
  work->kernels->scale_add (a->x, 1.0f, (float) c, b->x, work->view.stride);
}

/* p = r + β p */
static void
turn (const Work *work, Vector *p, double beta, const Vector *r)
{
  p->bias = r->bias + beta * p->bias;
  work->kernels->scale_add (p->x, (float) beta, 1.0f, r->x, work->view.stride);
}

/* Residuals of a system's ratings first …, padded with zeros. */
static void
fill_targets (const Work *work, const System *system, gsize first, gsize n, float *targets)
{
  for (gsize i = 0; i < n; i++)
    targets[i] = matinee_half_step_residual (&work->view, system->from + first + i);
  for (gsize i = n; i % MATINEE_MAX_LANES != 0; i++)
    targets[i] = 0.0f;
}

/* Adds Σ z (z·v), or with @residual Σ z (t − z·v), over n ratings, which others
 * have brought into the cache unless they are to @fetch. */
static void
add_products (const Work *work, Scratch *scratch, System *system, gsize n, gboolean residual, gboolean fetch)
{
  const MatineeHalfStepView *view = &work->view;
  const Vector *v = residual ? &system->solution : &system->direction;
  Vector *out = residual ? &system->residual : &system->product;

  if (n == 0)
    return;
  if (residual)
    fill_targets (work, system, system->next, n, scratch->targets);
  out->bias += (double) work->kernels->normal (view->fixed, view->stride, view->stride, system->columns + system->next,
                                               n, v->x, (float) v->bias, residual ? scratch->targets : NULL,
                                               scratch->part, fetch);
  for (gsize f = 0; f < view->stride; f++)
    system->sum[f] += (double) scratch->part[f];
  system->next += n;
}

static void
begin_products (const Work *work, System *system, const Vector *v, double sign, Vector *out)
{
  memset (system->sum, 0, work->view.stride * sizeof (double));
  system->next = 0;
  out->bias = sign * system->bias_ridge * v->bias;
}

static void
end_products (const Work *work, System *system, const Vector *v, double sign, Vector *out)
{
  for (gsize f = 0; f < work->view.stride; f++)
    out->x[f] = (float) (system->sum[f] + sign * system->factor_ridge * (double) v->x[f]);
}

/* How many of a system's ratings from its next on lie in columns below @end. */
static gsize
count_below (const System *system, guint64 end)
{
  gsize low = system->next;
  gsize high = system->n;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (system->columns[middle] < end)
        low = middle + 1;
      else
        high = middle;
    }
  return low - system->next;
}

/* The ratings of several systems, one block of columns after the other. */
static gboolean
multiply_long (const Work *work, Scratch *scratch, gsize n_systems, gboolean residual)
{
  for (guint64 end = work->cached_rows; end < work->view.ratings->n_columns + work->cached_rows;
       end += work->cached_rows)
    {
      if (matinee_stop_requested (work->stop))
        return FALSE;
      for (gsize s = 0; s < n_systems; s++)
        {
          System *system = &scratch->systems[s];

          if (!system->done)
            add_products (work, scratch, system, count_below (system, end), residual, s < FETCHING_SYSTEMS);
        }
    }
  return TRUE;
}

/* The part of what comes next that one of the passes over a row fetches. */
static MatineeRows
next_rows (const Work *work, Scratch *scratch, const System *system)
{
  const MatineeSparse *ratings = work->view.ratings;
  gsize first = MAX (scratch->fetched, system->from + system->n);
  gsize limit = MIN (system->from + 2 * system->n, ratings->n_entries);
  gsize n = MIN (system->n / (work->n_inner + 1) + 1, limit - MIN (first, limit));
  MatineeRows ahead = { work->view.fixed, work->view.stride, ratings->columns + first, n };

  scratch->fetched = first + n;
  return ahead;
}

static void
multiply_gathered (const Work *work, Scratch *scratch, gboolean residual)
{
  gsize stride = work->view.stride;
  System *system = &scratch->systems[0];
  const Vector *v = residual ? &system->solution : &system->direction;
  Vector *out = residual ? &system->residual : &system->product;
  double sign = residual ? -1.0 : 1.0;
  MatineeRows ahead = next_rows (work, scratch, system);

  out->bias
      = sign * system->bias_ridge * v->bias
        + (double) work->kernels->normal_chunks (scratch->panel, system->n, stride, v->x, (float) v->bias,
                                                 residual ? scratch->targets : NULL, out->x, scratch->sums, &ahead);
  work->kernels->scale_add (out->x, 1.0f, (float) (sign * system->factor_ridge), v->x, stride);
}

/* For all systems: out = Σ z (z·v) + D v for the direction, or with @residual
 * Σ z (t − z·v) − D v for the solution. %FALSE if stopped. */
static gboolean
multiply (const Work *work, Scratch *scratch, gsize n_systems, gboolean residual)
{
  double sign = residual ? -1.0 : 1.0;

  if (scratch->gathered)
    {
      multiply_gathered (work, scratch, residual);
      return TRUE;
    }
  for (gsize s = 0; s < n_systems; s++)
    {
      System *system = &scratch->systems[s];

      begin_products (work, system, residual ? &system->solution : &system->direction, sign,
                      residual ? &system->residual : &system->product);
    }
  if (!multiply_long (work, scratch, n_systems, residual))
    return FALSE;
  for (gsize s = 0; s < n_systems; s++)
    {
      System *system = &scratch->systems[s];

      end_products (work, system, residual ? &system->solution : &system->direction, sign,
                    residual ? &system->residual : &system->product);
    }
  return TRUE;
}

static void
fail (System *system)
{
  system->done = TRUE;
  system->result = MATINEE_ROW_FAILED;
}

static void
start (const Work *work, System *system)
{
  system->squares = dot (work, &system->residual, &system->residual);
  system->least = NOISE * system->squares;
  memcpy (system->direction.x, system->residual.x, work->view.stride * sizeof (float));
  system->direction.bias = system->residual.bias;
  if (!isfinite (system->squares))
    fail (system);
  else if (system->squares == 0)
    system->done = TRUE;
}

static void
advance (const Work *work, System *system)
{
  double curvature = dot (work, &system->direction, &system->product);
  double step, before = system->squares;

  if (!isfinite (curvature))
    fail (system);
  if (!(curvature > 0))
    system->done = TRUE;
  if (system->done)
    return;
  /* Exact along the direction also when rounding has cost the directions their
   * conjugacy: so no step goes uphill. */
  step = dot (work, &system->direction, &system->residual) / curvature;
  add_scaled (work, &system->solution, step, &system->direction);
  add_scaled (work, &system->residual, -step, &system->product);
  system->squares = dot (work, &system->residual, &system->residual);
  system->done = !(system->squares > system->least);
  turn (work, &system->direction, system->squares / before, &system->residual);
}

/* Hestenes and Stiefel's iteration, for several systems together; each stops
 * early where nothing is left to gain. %FALSE if stopped. */
static gboolean
iterate (const Work *work, Scratch *scratch, gsize n_systems)
{
  if (!multiply (work, scratch, n_systems, TRUE))
    return FALSE;
  for (gsize s = 0; s < n_systems; s++)
    start (work, &scratch->systems[s]);
  for (guint i = 0; i < work->n_inner; i++)
    {
      gboolean done = TRUE;

      for (gsize s = 0; s < n_systems; s++)
        done &= scratch->systems[s].done;
      if (done)
        break;
      if (!multiply (work, scratch, n_systems, FALSE))
        return FALSE;
      for (gsize s = 0; s < n_systems; s++)
        if (!scratch->systems[s].done)
          advance (work, &scratch->systems[s]);
    }
  return TRUE;
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

/* A system for a row with ratings, beginning where the row is. */
static void
begin_row (const Work *work, Scratch *scratch, gsize s, guint32 row)
{
  const MatineeHalfStepView *view = &work->view;
  System *system = &scratch->systems[s];
  gsize n = matinee_sparse_row_length (view->ratings, row);
  double weight = matinee_half_step_weight (view->count_exponent, n);

  system->row = row;
  system->from = view->ratings->offsets[row];
  system->n = n;
  system->columns = view->ratings->columns + system->from;
  system->factor_ridge = weight * view->regularization;
  system->bias_ridge = weight * view->bias_regularization;
  system->done = FALSE;
  system->result = MATINEE_ROW_SOLVED;
  memcpy (system->solution.x, view->moving + row * view->stride, view->stride * sizeof (float));
  system->solution.bias = (double) view->moving_biases[row];
}

/* Gathers the rows of the only system, which then no longer needs its columns. */
static void
gather (const Work *work, Scratch *scratch)
{
  const MatineeHalfStepView *view = &work->view;
  System *system = &scratch->systems[0];

  for (gsize first = 0; first < system->n; first += MATINEE_CHUNK)
    work->kernels->gather_transposed (scratch->panel + first * view->stride, MATINEE_CHUNK, view->stride, view->fixed,
                                      view->stride, system->columns + first, MIN (MATINEE_CHUNK, system->n - first));
  fill_targets (work, system, 0, system->n, scratch->targets);
}

/* Solves what was begun. %FALSE if stopped. */
static gboolean
solve (Work *work, Scratch *scratch, gsize n_systems)
{
  if (!iterate (work, scratch, n_systems))
    {
      atomic_store_explicit (&work->stopped, 1, memory_order_relaxed);
      return FALSE;
    }
  for (gsize s = 0; s < n_systems; s++)
    {
      System *system = &scratch->systems[s];

      if (system->result == MATINEE_ROW_SOLVED)
        system->result = write_solution (work, system->row, &system->solution);
      if (system->result == MATINEE_ROW_FAILED)
        matinee_failed_row_note (&work->failed, system->row);
    }
  return TRUE;
}

static void
solve_long_rows (gsize task, guint worker, gpointer data)
{
  Work *work = data;
  Scratch *scratch = &work->scratch[worker];
  gsize n = work->groups[task + 1] - work->groups[task];

  scratch->gathered = FALSE;
  for (gsize s = 0; s < n; s++)
    begin_row (work, scratch, s, work->long_rows[work->groups[task] + s]);
  solve (work, scratch, n);
}

static void
solve_short_rows (gsize task, guint worker, gpointer data)
{
  Work *work = data;
  Scratch *scratch = &work->scratch[worker];
  guint32 end = matinee_row_tasks_end (work->tasks, task);

  scratch->fetched = 0;
  scratch->gathered = TRUE;
  for (guint32 row = matinee_row_tasks_begin (work->tasks, task); row < end; row++)
    {
      gsize n = matinee_sparse_row_length (work->view.ratings, row);

      if (matinee_stop_requested (work->stop))
        {
          atomic_store_explicit (&work->stopped, 1, memory_order_relaxed);
          return;
        }
      if (n == 0)
        matinee_half_step_clear_row (&work->view, row);
      if (n == 0 || n > work->cached_rows)
        continue;
      begin_row (work, scratch, 0, row);
      gather (work, scratch);
      if (!solve (work, scratch, 1))
        return;
    }
}

static gboolean
find_long_rows (Work *work, GError **error)
{
  const MatineeSparse *ratings = work->view.ratings;
  gsize most = ratings->n_entries / work->cached_rows;
  gsize length = 0;

  work->long_rows = matinee_alloc (most, sizeof *work->long_rows, _ ("the solver"), error);
  if (work->long_rows == NULL)
    return FALSE;
  work->groups = matinee_alloc (most + 1, sizeof *work->groups, _ ("the solver"), error);
  if (work->groups == NULL)
    return FALSE;
  work->groups[0] = 0;
  for (guint32 row = 0; row < ratings->n_rows; row++)
    {
      gsize n = matinee_sparse_row_length (ratings, row);

      if (n <= work->cached_rows)
        continue;
      work->long_rows[work->n_long_rows++] = row;
      length += n;
      if (length >= GROUP_LENGTH || work->n_long_rows - work->groups[work->n_groups] == GROUP_ROWS)
        {
          work->groups[++work->n_groups] = (guint32) work->n_long_rows;
          length = 0;
        }
    }
  if (length > 0)
    work->groups[++work->n_groups] = (guint32) work->n_long_rows;
  return TRUE;
}

/* A vector of doubles and four of floats for each system. */
#define FLOATS_PER_SYSTEM 6

static gboolean
alloc_scratch (Work *work, guint n_workers, GError **error)
{
  gsize stride = work->view.stride;
  gsize floats
      = (work->cached_rows + 1 + work->kernels->lanes + GROUP_ROWS * FLOATS_PER_SYSTEM) * stride + work->cached_rows;

  work->memory = matinee_alloc0 (n_workers, floats * sizeof (float), _ ("the solver"), error);
  if (work->memory == NULL)
    return FALSE;
  work->scratch = g_new0 (Scratch, n_workers);
  for (guint i = 0; i < n_workers; i++)
    {
      Scratch *scratch = &work->scratch[i];
      float *at = work->memory + i * floats;

      for (gsize s = 0; s < GROUP_ROWS; s++)
        {
          System *system = &scratch->systems[s];

          system->sum = (double *) at;
          system->solution.x = at + 2 * stride;
          system->residual.x = at + 3 * stride;
          system->direction.x = at + 4 * stride;
          system->product.x = at + 5 * stride;
          at += FLOATS_PER_SYSTEM * stride;
        }
      scratch->part = at;
      scratch->sums = at + stride;
      scratch->panel = scratch->sums + work->kernels->lanes * stride;
      scratch->targets = scratch->panel + work->cached_rows * stride;
    }
  return TRUE;
}

static gboolean
run (Work *work, MatineePool *pool, GError **error)
{
  if (!alloc_scratch (work, matinee_pool_get_n_threads (pool), error) || !find_long_rows (work, error))
    return FALSE;
  work->tasks = matinee_row_tasks_new (work->view.ratings, work->cached_rows, error);
  if (work->tasks == NULL)
    return FALSE;
  if (!matinee_pool_run (pool, work->n_groups, solve_long_rows, work, work->stop)
      || !matinee_pool_run (pool, matinee_row_tasks_get_n (work->tasks), solve_short_rows, work, work->stop))
    atomic_store (&work->stopped, 1);
  return TRUE;
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
matinee_cg_half_step (const MatineeHalfStep *step, guint n_inner, MatineePool *pool, MatineeStop *stop, GError **error)
{
  Work work = { .stop = stop, .n_inner = MAX (n_inner, 1) };
  gboolean ran;

  matinee_half_step_view (step, &work.view);
  matinee_failed_row_init (&work.failed);
  work.kernels = step->kernels != NULL ? step->kernels : matinee_kernels_best ();
  work.cached_rows = CACHED_FLOATS / work.view.stride / MATINEE_CHUNK * MATINEE_CHUNK;
  ran = run (&work, pool, error);
  matinee_row_tasks_free (work.tasks);
  matinee_free (work.long_rows);
  matinee_free (work.groups);
  matinee_free (work.memory);
  g_free (work.scratch);
  return ran && matinee_half_step_conclude (step, &work.failed, atomic_load (&work.stopped) != 0, error);
}
