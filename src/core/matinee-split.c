/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-split.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "matinee-error.h"
#include "matinee-sparse-build.h"

/* What the tasks that count cold test ratings share. */
typedef struct
{
  const MatineeSplit *split;
  gsize n_tasks;
  atomic_size_t n_cold;
} Cold;

static void
count_cold_test (gsize task, guint worker, gpointer data)
{
  Cold *self = data;
  const MatineeSparse *test = self->split->test_by_user;
  const MatineeSparse *by_user = self->split->train_by_user;
  const MatineeSparse *by_movie = self->split->train_by_movie;
  guint32 row = matinee_sparse_row_at (test, test->n_entries / self->n_tasks * task);
  guint32 last = task + 1 == self->n_tasks ? test->n_rows
                                           : matinee_sparse_row_at (test, test->n_entries / self->n_tasks * (task + 1));
  gsize n = 0;

  for (; row < last; row++)
    {
      if (matinee_sparse_row_length (by_user, row) == 0)
        n += matinee_sparse_row_length (test, row);
      else
        for (gsize e = test->offsets[row]; e < test->offsets[row + 1]; e++)
          n += matinee_sparse_row_length (by_movie, test->columns[e]) == 0;
    }
  atomic_fetch_add_explicit (&self->n_cold, n, memory_order_relaxed);
}

static guint32
count_empty_rows (const MatineeSparse *sparse)
{
  guint32 n = 0;

  for (guint32 row = 0; row < sparse->n_rows; row++)
    n += matinee_sparse_row_length (sparse, row) == 0;
  return n;
}

static gboolean
describe (MatineeSplit *split, MatineePool *pool, MatineeStop *stop, GError **error)
{
  Cold cold = { .split = split, .n_tasks = split->test_by_user->n_entries / MATINEE_STOP_EVERY + 1 };
  MatineeSparseSummary train, test;

  if (!matinee_sparse_summarize (split->train_by_user, pool, stop, &train, error)
      || !matinee_sparse_summarize (split->test_by_user, pool, stop, &test, error))
    return FALSE;
  split->train_mean = train.mean;
  split->low = MIN (train.low, test.low);
  split->high = MAX (train.high, test.high);
  split->n_cold_users = count_empty_rows (split->train_by_user);
  split->n_cold_movies = count_empty_rows (split->train_by_movie);
  if (!matinee_pool_run (pool, cold.n_tasks, count_cold_test, &cold, stop))
    {
      matinee_error_set_cancelled (error);
      return FALSE;
    }
  split->n_cold_test = cold.n_cold;
  return TRUE;
}

/**
 * matinee_split_new_parts:
 * @train_by_user: (transfer full): the ratings to learn from, users as rows
 * @test_by_user: (transfer full): the ratings held out, as many rows and columns
 * @pool: who does it
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Makes a split of parts chosen in any way. Both are owned by it from now on,
 * also on failure. Cost: O(n_entries).
 *
 * Returns: (transfer full) (nullable): the split; or %NULL with
 *   %MATINEE_ERROR_MEMORY, %MATINEE_ERROR_CANCELLED or %MATINEE_ERROR_DATA (no
 *   training ratings)
 */
MatineeSplit *
matinee_split_new_parts (MatineeSparse *train_by_user, MatineeSparse *test_by_user, MatineePool *pool,
                         MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeSplit) split = g_new0 (MatineeSplit, 1);

  g_atomic_ref_count_init (&split->ref_count);
  split->train_by_user = train_by_user;
  split->test_by_user = test_by_user;
  split->train_period = split->test_period = MATINEE_PERIOD_NEVER;
  if (train_by_user->n_entries == 0)
    {
      g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                           _ ("No ratings are left to learn from: hold out fewer of them"));
      return NULL;
    }
  split->train_by_movie = matinee_sparse_transpose (train_by_user, pool, stop, error);
  if (split->train_by_movie == NULL || !describe (split, pool, stop, error))
    return NULL;
  return g_steal_pointer (&split);
}

/**
 * matinee_split_ref:
 * @split: a split
 *
 * Returns: (transfer full): @split
 */
MatineeSplit *
matinee_split_ref (MatineeSplit *split)
{
  g_atomic_ref_count_inc (&split->ref_count);
  return split;
}

/**
 * matinee_split_unref:
 * @split: (transfer full) (nullable): a split
 *
 * Gives up a reference.
 */
void
matinee_split_unref (MatineeSplit *split)
{
  if (split == NULL || !g_atomic_ref_count_dec (&split->ref_count))
    return;
  matinee_sparse_free (split->train_by_user);
  matinee_sparse_free (split->train_by_movie);
  matinee_sparse_free (split->test_by_user);
  g_free (split);
}
