/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-sort.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-memory.h"

/* Elements that one task sorts, or merges between two looks at the stop flag: a
 * few milliseconds, also when comparing follows pointers. */
#define RUN_LENGTH ((gsize) 1 << 14)

/* Runs that get longer with each round of merges, from one array to the other. */
typedef struct
{
  char *from;
  char *to;
  gsize n;
  gsize size;
  gsize run; /* elements of each sorted run in @from */
  MatineeCompareFunc compare;
  MatineeStop *stop;
} Sort;

static void
sort_run (gsize task, guint worker, gpointer data)
{
  Sort *self = data;
  gsize first = task * RUN_LENGTH;

  qsort (self->from + first * self->size, MIN (RUN_LENGTH, self->n - first), self->size, self->compare);
}

/* Merges two neighbouring runs; of equal elements those of the first come first. */
static void
merge_runs (gsize task, guint worker, gpointer data)
{
  Sort *self = data;
  gsize size = self->size, first = 2 * task * self->run;
  gsize middle = MIN (self->n, first + self->run), end = MIN (self->n, middle + self->run);
  const char *a = self->from + first * size, *a_end = self->from + middle * size;
  const char *b = a_end, *b_end = self->from + end * size;
  char *to = self->to + first * size;

  for (gsize i = 1; a < a_end && b < b_end; i++, to += size)
    {
      gboolean take_b = self->compare (b, a) < 0;

      if (i % RUN_LENGTH == 0 && matinee_stop_requested (self->stop))
        return;
      memcpy (to, take_b ? b : a, size);
      a += take_b ? 0 : size;
      b += take_b ? size : 0;
    }
  memcpy (to, a, (gsize) (a_end - a));
  memcpy (to + (a_end - a), b, (gsize) (b_end - b));
}

/**
 * matinee_sort:
 * @array: (array length=n): elements, sorted in place
 * @n: how many
 * @size: bytes of one
 * @compare: (scope call): their order
 * @pool: (nullable): who does it
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Sorts like qsort(), but in parallel, and can be stopped: short runs first, then
 * by merging. Cost: O(n log n); memory: as much again as @array.
 *
 * Returns: %FALSE with %MATINEE_ERROR_MEMORY or %MATINEE_ERROR_CANCELLED, and
 *   the elements in any order, or lost
 */
gboolean
matinee_sort (gpointer array, gsize n, gsize size, MatineeCompareFunc compare, MatineePool *pool, MatineeStop *stop,
              GError **error)
{
  Sort self = { .from = array, .n = n, .size = size, .run = RUN_LENGTH, .compare = compare, .stop = stop };
  gboolean done = matinee_pool_run (pool, (n + RUN_LENGTH - 1) / RUN_LENGTH, sort_run, &self, stop);
  char *other = NULL;

  if (done && n > RUN_LENGTH)
    {
      other = matinee_alloc (n, size, _ ("sorting the ratings"), error);
      if (other == NULL)
        return FALSE;
      self.to = other;
    }
  for (; done && self.run < n; self.run *= 2)
    {
      char *from = self.from;

      done = matinee_pool_run (pool, (n + 2 * self.run - 1) / (2 * self.run), merge_runs, &self, stop);
      self.from = self.to;
      self.to = from;
    }
  if (done && self.from == other && n > 0)
    memcpy (array, other, n * size);
  matinee_free (other);
  if (done && !matinee_stop_requested (stop))
    return TRUE;
  matinee_error_set_cancelled (error);
  return FALSE;
}

/**
 * matinee_sort_compare_integers:
 * @a: (type gint64*): a number
 * @b: (type gint64*): another
 *
 * Returns: their order, for matinee_sort()
 */
int
matinee_sort_compare_integers (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}
