/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-row-tasks.h"

#include <glib/gi18n-lib.h>

#include "matinee-memory.h"

/* Ratings in one task; a row counts as some ratings more, for its solution. */
#define TASK_LENGTH ((gsize) 4096)
#define ROW_LENGTH ((gsize) 32)

/*
 * Rows in runs of about the same number of ratings.
 */
struct _MatineeRowTasks
{
  gsize n;
  guint32 *begin;
};

/**
 * matinee_row_tasks_new:
 * @ratings: rows
 * @heavy_length: rows with more ratings are taken care of elsewhere and count
 *   as empty
 * @error: return location
 *
 * Divides rows into tasks of about the same work, O(rows).
 *
 * Returns: (transfer full) (nullable): tasks, or %NULL with %MATINEE_ERROR_MEMORY
 */
MatineeRowTasks *
matinee_row_tasks_new (const MatineeSparse *ratings, gsize heavy_length, GError **error)
{
  g_autoptr (MatineeRowTasks) tasks = g_new0 (MatineeRowTasks, 1);
  gsize total = ratings->n_entries + ratings->n_rows * ROW_LENGTH;
  gsize length = 0;

  tasks->begin = matinee_alloc (total / TASK_LENGTH + 2, sizeof *tasks->begin, _ ("the solver"), error);
  if (tasks->begin == NULL)
    return NULL;
  tasks->begin[0] = 0;
  for (guint32 row = 0; row < ratings->n_rows; row++)
    {
      gsize n = matinee_sparse_row_length (ratings, row);

      length += ROW_LENGTH + (n > heavy_length ? 0 : n);
      if (length >= TASK_LENGTH)
        {
          tasks->begin[++tasks->n] = row + 1;
          length = 0;
        }
    }
  if (length > 0)
    tasks->begin[++tasks->n] = ratings->n_rows;
  return g_steal_pointer (&tasks);
}

/**
 * matinee_row_tasks_free:
 * @tasks: (nullable) (transfer full): tasks
 *
 * Frees them.
 */
void
matinee_row_tasks_free (MatineeRowTasks *tasks)
{
  if (tasks == NULL)
    return;
  matinee_free (tasks->begin);
  g_free (tasks);
}

/**
 * matinee_row_tasks_get_n:
 * @tasks: tasks
 *
 * Returns: how many there are
 */
gsize
matinee_row_tasks_get_n (const MatineeRowTasks *tasks)
{
  return tasks->n;
}

/**
 * matinee_row_tasks_begin:
 * @tasks: tasks
 * @task: one of them
 *
 * Returns: its first row
 */
guint32
matinee_row_tasks_begin (const MatineeRowTasks *tasks, gsize task)
{
  return tasks->begin[task];
}

/**
 * matinee_row_tasks_end:
 * @tasks: tasks
 * @task: one of them
 *
 * Returns: one after its last row
 */
guint32
matinee_row_tasks_end (const MatineeRowTasks *tasks, gsize task)
{
  return tasks->begin[task + 1];
}
