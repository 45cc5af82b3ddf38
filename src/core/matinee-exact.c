/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-exact.h"

#include <glib/gi18n-lib.h>
#include <stdatomic.h>

#include "matinee-memory.h"
#include "matinee-row-solver.h"
#include "matinee-row-tasks.h"

/* Rows with more ratings are summed in chunks, by several workers. */
#define HEAVY_LENGTH ((gsize) 16384)

/* No more chunks for one row than this: the longer the row, the longer its
 * chunks, so that memory for partial sums stays bounded. */
#define MAX_CHUNKS ((gsize) 64)

/* Partial sums are kept for as many chunks as fit in this, at least for one row. */
#define PARTIAL_BYTES ((gsize) 32 << 20)
#define MAX_PARTIALS ((gsize) 1024)

typedef struct
{
  guint32 row;
  gsize first_chunk;
  gsize n_chunks;
} HeavyRow;

typedef struct
{
  MatineeRowSolver solver;
  MatineeFailedRow failed;
  atomic_int stopped;
  guint8 *memory;
  MatineeRowScratch *scratch;
  MatineeRowTasks *tasks;
  HeavyRow *wave;
  gsize n_wave;
  gsize n_partials;
  gsize n_chunks;
  float *packed;
  float *partials;
  double *residuals;
} Work;

static gboolean
is_heavy (gsize length)
{
  return length > HEAVY_LENGTH;
}

static gsize
count_chunks (gsize length)
{
  return MIN ((length + HEAVY_LENGTH - 1) / HEAVY_LENGTH, MAX_CHUNKS);
}

static void
note_result (Work *work, guint32 row, MatineeRowResult result)
{
  if (result == MATINEE_ROW_FAILED)
    matinee_failed_row_note (&work->failed, row);
  else if (result == MATINEE_ROW_STOPPED)
    atomic_store_explicit (&work->stopped, 1, memory_order_relaxed);
}

/* Light rows */

static void
solve_light_rows (gsize task, guint worker, gpointer data)
{
  Work *work = data;
  const MatineeSparse *ratings = work->solver.view.ratings;
  guint32 end = matinee_row_tasks_end (work->tasks, task);
  MatineeRowResult result = MATINEE_ROW_SOLVED;

  matinee_row_solver_begin (&work->solver, ratings->offsets[matinee_row_tasks_begin (work->tasks, task)]);
  for (guint32 row = matinee_row_tasks_begin (work->tasks, task); row < end && result != MATINEE_ROW_STOPPED; row++)
    {
      if (is_heavy (matinee_sparse_row_length (ratings, row)))
        continue;
      result = matinee_stop_requested (work->solver.stop)
                   ? MATINEE_ROW_STOPPED
                   : matinee_row_solver_row (&work->solver, &work->scratch[worker], row, &work->failed);
      note_result (work, row, result);
    }
  matinee_row_solver_end (&work->solver);
}

/* Each worker's scratch may hold rows that wait for others. */
static void
flush_rows (gsize task, guint worker, gpointer data)
{
  Work *work = data;

  note_result (work, 0, matinee_row_solver_flush (&work->solver, &work->scratch[task], &work->failed));
}

/* Heavy rows */

static void
sum_chunk (gsize task, guint worker, gpointer data)
{
  Work *work = data;
  const HeavyRow *heavy = work->wave;
  const gsize *offsets = work->solver.view.ratings->offsets;
  MatineeRowScratch *scratch = &work->scratch[worker];
  gsize chunk, length;

  while (task >= heavy->first_chunk + heavy->n_chunks)
    heavy++;
  chunk = task - heavy->first_chunk;
  length = offsets[heavy->row + 1] - offsets[heavy->row];
  matinee_row_solver_begin (&work->solver, offsets[heavy->row] + length * chunk / heavy->n_chunks);
  if (!matinee_row_solver_sum (&work->solver, scratch, offsets[heavy->row] + length * chunk / heavy->n_chunks,
                               offsets[heavy->row] + length * (chunk + 1) / heavy->n_chunks,
                               work->partials + task * work->solver.gram_size, &work->residuals[task]))
    note_result (work, heavy->row, MATINEE_ROW_STOPPED);
  matinee_row_solver_end (&work->solver);
}

/* Adds the chunks up in their order and solves. */
static void
finish_heavy_row (gsize task, guint worker, gpointer data)
{
  Work *work = data;
  const HeavyRow *heavy = &work->wave[task];
  float *sum = work->partials + heavy->first_chunk * work->solver.gram_size;
  double residuals = work->residuals[heavy->first_chunk];

  for (gsize chunk = 1; chunk < heavy->n_chunks; chunk++)
    {
      const float *partial = sum + chunk * work->solver.gram_size;

      for (gsize i = 0; i < work->solver.gram_size; i++)
        sum[i] += partial[i];
      residuals += work->residuals[heavy->first_chunk + chunk];
    }
  note_result (work, heavy->row,
               matinee_row_solver_finish (&work->solver, &work->scratch[worker], heavy->row, sum, residuals));
}

static gboolean
run_wave (Work *work, MatineePool *pool)
{
  gboolean complete = matinee_pool_run (pool, work->n_chunks, sum_chunk, work, work->solver.stop)
                      && atomic_load (&work->stopped) == 0
                      && matinee_pool_run (pool, work->n_wave, finish_heavy_row, work, work->solver.stop);

  work->n_wave = work->n_chunks = 0;
  return complete;
}

/* All heavy rows, as many at a time as there is memory for partial sums. */
static gboolean
solve_heavy_rows (Work *work, MatineePool *pool)
{
  const MatineeSparse *ratings = work->solver.view.ratings;

  for (guint32 row = 0; row < ratings->n_rows; row++)
    {
      gsize length = matinee_sparse_row_length (ratings, row);
      HeavyRow heavy = { row, 0, count_chunks (length) };

      if (!is_heavy (length))
        continue;
      if (work->n_chunks + heavy.n_chunks > work->n_partials && !run_wave (work, pool))
        return FALSE;
      heavy.first_chunk = work->n_chunks;
      work->wave[work->n_wave++] = heavy;
      work->n_chunks += heavy.n_chunks;
    }
  return work->n_wave == 0 || run_wave (work, pool);
}

static gboolean
alloc_partials (Work *work, GError **error)
{
  const MatineeSparse *ratings = work->solver.view.ratings;
  gsize bytes = work->solver.gram_size * sizeof (float);
  gsize chunks = 0;
  const char *what = _ ("the solver");

  for (guint32 row = 0; row < ratings->n_rows; row++)
    if (is_heavy (matinee_sparse_row_length (ratings, row)))
      chunks += count_chunks (matinee_sparse_row_length (ratings, row));
  work->n_partials = MIN (chunks, CLAMP (PARTIAL_BYTES / bytes, MAX_CHUNKS, MAX_PARTIALS));
  work->wave = matinee_alloc (work->n_partials, sizeof *work->wave, what, error);
  if (work->wave == NULL)
    return FALSE;
  work->residuals = matinee_alloc (work->n_partials, sizeof *work->residuals, what, error);
  if (work->residuals == NULL)
    return FALSE;
  /* Sums leave what is above the diagonal as it was: not to be read unset. */
  work->partials = matinee_alloc0 (work->n_partials, bytes, what, error);
  return work->partials != NULL;
}

static gboolean
alloc_scratch (Work *work, guint n_workers, GError **error)
{
  gsize size = matinee_row_solver_scratch_size (&work->solver);

  work->memory = matinee_alloc0 (n_workers, size, _ ("the solver"), error);
  if (work->memory == NULL)
    return FALSE;
  work->scratch = g_new (MatineeRowScratch, n_workers);
  for (guint i = 0; i < n_workers; i++)
    matinee_row_solver_scratch (&work->solver, work->memory + i * size, &work->scratch[i]);
  return TRUE;
}

/* Packing */

/* Rows of factors that are packed at once */
#define PACK_ROWS ((gsize) 1024)

static void
pack_rows (gsize task, guint worker, gpointer data)
{
  Work *work = data;
  const MatineeHalfStepView *view = &work->solver.view;
  gsize first = task * PACK_ROWS;
  gsize n = MIN (PACK_ROWS, view->ratings->n_columns - first);

  work->solver.kernels->pack (view->fixed + first * view->stride, work->packed + first * view->stride,
                              n * view->stride);
}

static gboolean
pack (Work *work, MatineePool *pool, GError **error)
{
  const MatineeHalfStepView *view = &work->solver.view;
  gsize n_rows = view->ratings->n_columns;

  if (work->solver.kernels->pack == NULL)
    return TRUE;
  work->packed = matinee_alloc (n_rows, view->stride * sizeof (float), _ ("the solver"), error);
  if (work->packed == NULL)
    return FALSE;
  work->solver.summed = work->packed;
  if (!matinee_pool_run (pool, (n_rows + PACK_ROWS - 1) / PACK_ROWS, pack_rows, work, work->solver.stop))
    atomic_store (&work->stopped, 1);
  return TRUE;
}

static gboolean
run (Work *work, MatineePool *pool, GError **error)
{
  guint n_workers = matinee_pool_get_n_threads (pool);

  if (!alloc_scratch (work, n_workers, error) || !alloc_partials (work, error) || !pack (work, pool, error))
    return FALSE;
  work->tasks = matinee_row_tasks_new (work->solver.view.ratings, HEAVY_LENGTH, error);
  if (work->tasks == NULL)
    return FALSE;
  if (atomic_load (&work->stopped) != 0 || !solve_heavy_rows (work, pool)
      || !matinee_pool_run (pool, matinee_row_tasks_get_n (work->tasks), solve_light_rows, work, work->solver.stop)
      || !matinee_pool_run (pool, n_workers, flush_rows, work, work->solver.stop))
    atomic_store (&work->stopped, 1);
  return TRUE;
}

/**
 * matinee_exact_half_step:
 * @step: what to do
 * @pool: (nullable): threads
 * @stop: (nullable): honoured within 50 ms
 * @error: return location
 *
 * Moves one side of the model to the minimiser of the objective while the
 * other stays (Zhou, Wilkinson, Schreiber, Pan 2008,
 * doi:10.1007/978-3-540-68880-8_32), in float32 with sums over chunks of
 * ratings; rows that float32 can't solve are solved in float64. Each row is
 * either as before or new, whatever happens; the same bits for any number of
 * threads, but not for other @kernels.
 * O(ratings k² + rows k³).
 *
 * Returns: %TRUE, or %FALSE with %MATINEE_ERROR_MEMORY,
 *   %MATINEE_ERROR_DIVERGED when a row could not be solved (it keeps its old
 *   numbers, all others are new) or %MATINEE_ERROR_CANCELLED
 */
gboolean
matinee_exact_half_step (const MatineeHalfStep *step, MatineePool *pool, MatineeStop *stop, GError **error)
{
  Work work = { 0 };
  gboolean ran;

  matinee_row_solver_init (&work.solver, step, stop);
  matinee_failed_row_init (&work.failed);
  ran = run (&work, pool, error);
  g_free (work.scratch);
  matinee_free (work.memory);
  matinee_row_tasks_free (work.tasks);
  matinee_free (work.wave);
  matinee_free (work.residuals);
  matinee_free (work.packed);
  matinee_free (work.partials);
  return ran && matinee_half_step_conclude (step, &work.failed, atomic_load (&work.stopped) != 0, error);
}
