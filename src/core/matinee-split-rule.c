/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-split-rule.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-memory.h"
#include "matinee-sparse-build.h"

enum
{
  TRAIN,
  TEST,
  N_PARTS
};

/* Ratings on their way into two parts. */
typedef struct
{
  const MatineeSplitRule *rule;
  const MatineeSplitWork *work;
  const MatineeSparse *all;
  guint8 *marks;                     /* (array longest_row*n_workers) */
  guint32 *n_test;                   /* (array n_rows): test ratings of each row */
  MatineePeriod (*periods)[N_PARTS]; /* (array n_tasks) */
  MatineeSparse *parts[N_PARTS];
} Division;

/**
 * matinee_split_work_get_rows:
 * @work: a split in the making
 * @task: one of its tasks
 * @first: (out): the first row of the task
 * @last: (out): the first row behind it
 */
void
matinee_split_work_get_rows (const MatineeSplitWork *work, gsize task, guint32 *first, guint32 *last)
{
  const MatineeSparse *all = work->ratings->by_user;

  *first = matinee_sparse_row_at (all, all->n_entries / work->n_tasks * task);
  *last = task + 1 == work->n_tasks ? all->n_rows
                                    : matinee_sparse_row_at (all, all->n_entries / work->n_tasks * (task + 1));
}

static const guint8 *
mark_row (Division *self, guint worker, guint32 row)
{
  guint8 *marks = self->marks + worker * self->work->longest_row;

  self->rule->mark (self->work, worker, row, marks);
  return marks;
}

static void
count_rows (gsize task, guint worker, gpointer data)
{
  Division *self = data;
  guint32 row, last;

  for (matinee_split_work_get_rows (self->work, task, &row, &last); row < last; row++)
    {
      const guint8 *marks = mark_row (self, worker, row);
      gsize length = matinee_sparse_row_length (self->all, row);
      guint32 n = 0;

      for (gsize i = 0; i < length; i++)
        n += marks[i];
      self->n_test[row] = n;
    }
}

static void
move_rows (gsize task, guint worker, gpointer data)
{
  Division *self = data;
  const MatineeSparse *all = self->all;
  const gint64 *times = self->work->ratings->times;
  guint32 row, last;

  self->periods[task][TRAIN] = self->periods[task][TEST] = MATINEE_PERIOD_NEVER;
  for (matinee_split_work_get_rows (self->work, task, &row, &last); row < last; row++)
    {
      const guint8 *marks = mark_row (self, worker, row);
      gsize at[N_PARTS] = { self->parts[TRAIN]->offsets[row], self->parts[TEST]->offsets[row] };

      for (gsize e = all->offsets[row]; e < all->offsets[row + 1]; e++)
        {
          guint8 part = marks[e - all->offsets[row]];
          MatineeSparse *to = self->parts[part];
          gsize where = at[part]++;

          to->columns[where] = all->columns[e];
          if (all->codes != NULL)
            to->codes[where] = all->codes[e];
          else
            to->values[where] = all->values[e];
          if (times != NULL)
            matinee_period_add (&self->periods[task][part], times[e]);
        }
    }
}

static gboolean
alloc_parts (Division *self, GError **error)
{
  const MatineeSparse *all = self->all;
  gsize n_test = 0;

  for (guint32 row = 0; row < all->n_rows; row++)
    n_test += self->n_test[row];
  for (int part = 0; part < N_PARTS; part++)
    {
      MatineeSparse *to = matinee_sparse_alloc (
          all->n_rows, all->n_columns, part == TEST ? n_test : all->n_entries - n_test, all->codes != NULL, error);

      if (to == NULL)
        return FALSE;
      self->parts[part] = to;
      memcpy (to->levels, all->levels, sizeof all->levels);
      to->offsets[0] = 0;
      for (guint32 row = 0; row < all->n_rows; row++)
        to->offsets[row + 1]
            = to->offsets[row]
              + (part == TEST ? self->n_test[row] : matinee_sparse_row_length (all, row) - self->n_test[row]);
    }
  return TRUE;
}

static gboolean
alloc_scratch (Division *self, GError **error)
{
  const MatineeSplitWork *work = self->work;
  const char *purpose = _ ("splitting the ratings");

  self->marks = matinee_alloc (work->longest_row * matinee_pool_get_n_threads (work->pool), 1, purpose, error);
  if (self->marks == NULL)
    return FALSE;
  self->n_test = matinee_alloc (self->all->n_rows, sizeof (guint32), purpose, error);
  if (self->n_test == NULL)
    return FALSE;
  self->periods = matinee_alloc (work->n_tasks, sizeof *self->periods, purpose, error);
  return self->periods != NULL;
}

static gboolean
divide (Division *self, GError **error)
{
  const MatineeSplitWork *work = self->work;

  if (!alloc_scratch (self, error))
    return FALSE;
  if (matinee_pool_run (work->pool, work->n_tasks, count_rows, self, work->stop))
    {
      if (!alloc_parts (self, error))
        return FALSE;
      if (matinee_pool_run (work->pool, work->n_tasks, move_rows, self, work->stop))
        return TRUE;
    }
  matinee_error_set_cancelled (error);
  return FALSE;
}

static void
unite_periods (const Division *self, MatineeSplit *split)
{
  split->train_period = split->test_period = MATINEE_PERIOD_NEVER;
  if (self->work->ratings->times == NULL)
    return;
  for (gsize task = 0; task < self->work->n_tasks; task++)
    {
      matinee_period_unite (&split->train_period, &self->periods[task][TRAIN]);
      matinee_period_unite (&split->test_period, &self->periods[task][TEST]);
    }
}

/**
 * matinee_split_rule_apply:
 * @rule: which ratings are held out
 * @work: what to divide
 * @error: return location
 *
 * Divides ratings by a rule, row by row, in two passes: one counts, so that both
 * parts have the size that they need, the other moves.
 * Cost: O(n) and twice that of the rule; memory: 10 bytes a rating in all (16 without
 * codes).
 *
 * Returns: (transfer full) (nullable): the split; or %NULL with %MATINEE_ERROR_MEMORY,
 *   %MATINEE_ERROR_CANCELLED or %MATINEE_ERROR_DATA (no training ratings)
 */
MatineeSplit *
matinee_split_rule_apply (const MatineeSplitRule *rule, MatineeSplitWork *work, GError **error)
{
  const MatineeSparse *all = work->ratings->by_user;
  Division self = { .rule = rule, .work = work, .all = all };
  MatineeSplit *split = NULL;

  work->n_tasks = all->n_entries / MATINEE_STOP_EVERY + 1;
  for (guint32 row = 0; row < all->n_rows; row++)
    work->longest_row = MAX (work->longest_row, matinee_sparse_row_length (all, row));
  if ((rule->prepare == NULL || rule->prepare (work, error)) && divide (&self, error))
    split = matinee_split_new_parts (g_steal_pointer (&self.parts[TRAIN]), g_steal_pointer (&self.parts[TEST]),
                                     work->pool, work->stop, error);
  if (split != NULL)
    {
      split->n_short_users = work->n_short_users;
      unite_periods (&self, split);
    }
  if (rule->clear != NULL)
    rule->clear (work);
  matinee_free (self.marks);
  matinee_free (self.n_test);
  matinee_free (self.periods);
  for (int part = 0; part < N_PARTS; part++)
    matinee_sparse_free (self.parts[part]);
  return split;
}
