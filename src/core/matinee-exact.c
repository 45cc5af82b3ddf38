/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-exact.h"

#include <glib/gi18n-lib.h>
#include <stdatomic.h>

#include "matinee-careful.h"
#include "matinee-memory.h"

#define ROWS_PER_TASK 64

typedef struct
{
  MatineeHalfStepView view;
  MatineeStop *stop;
  MatineeFailedRow failed;
  atomic_int stopped;
  double *scratch;
  gsize scratch_size;
} Work;

static void
solve_rows (gsize task, guint worker, gpointer data)
{
  Work *work = data;
  const MatineeSparse *ratings = work->view.ratings;
  gsize end = MIN ((task + 1) * ROWS_PER_TASK, ratings->n_rows);

  for (gsize r = task * ROWS_PER_TASK; r < end; r++)
    {
      guint32 row = (guint32) r;
      MatineeRowResult result = MATINEE_ROW_SOLVED;

      if (matinee_stop_requested (work->stop))
        result = MATINEE_ROW_STOPPED;
      else if (matinee_sparse_row_length (ratings, row) == 0)
        matinee_half_step_clear_row (&work->view, row);
      else
        result = matinee_careful_row (&work->view, row, work->scratch + worker * work->scratch_size, work->stop);
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
 * matinee_exact_half_step:
 * @step: what to do
 * @pool: (nullable): threads
 * @stop: (nullable): honoured within 50 ms
 * @error: return location
 *
 * Moves one side of the model to the minimiser of the objective while the
 * other stays. Each row is either as before or new, whatever happens; the
 * same bits for any number of threads.
 *
 * Returns: %TRUE, or %FALSE with %MATINEE_ERROR_MEMORY,
 *   %MATINEE_ERROR_DIVERGED when a row could not be solved (it keeps its old
 *   numbers, all others are new) or %MATINEE_ERROR_CANCELLED
 */
gboolean
matinee_exact_half_step (const MatineeHalfStep *step, MatineePool *pool, MatineeStop *stop, GError **error)
{
  Work work = { .stop = stop };
  gsize n_tasks = ((gsize) step->ratings->n_rows + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
  gboolean complete;

  matinee_half_step_view (step, &work.view);
  matinee_failed_row_init (&work.failed);
  work.scratch_size = matinee_careful_scratch (work.view.n_factors);
  work.scratch
      = matinee_alloc (work.scratch_size * matinee_pool_get_n_threads (pool), sizeof (double), _ ("the solver"), error);
  if (work.scratch == NULL)
    return FALSE;
  complete = matinee_pool_run (pool, n_tasks, solve_rows, &work, stop);
  matinee_free (work.scratch);
  return matinee_half_step_conclude (step, &work.failed, !complete || atomic_load (&work.stopped) != 0, error);
}
