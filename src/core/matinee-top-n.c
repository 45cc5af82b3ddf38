/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-top-n.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "matinee-memory.h"

/* Restores the heap below @i: the root is the worst of the best. */
static void
sift_down (MatineeRecommendation *heap, guint n, guint i)
{
  MatineeRecommendation item = heap[i];

  for (guint child = 2 * i + 1; child < n; i = child, child = 2 * i + 1)
    {
      if (child + 1 < n && matinee_top_n_is_worse (&heap[child + 1], &heap[child]))
        child++;
      if (!matinee_top_n_is_worse (&heap[child], &item))
        break;
      heap[i] = heap[child];
    }
  heap[i] = item;
}

static void
sift_up (MatineeRecommendation *heap, guint i)
{
  MatineeRecommendation item = heap[i];

  for (; i > 0 && matinee_top_n_is_worse (&item, &heap[(i - 1) / 2]); i = (i - 1) / 2)
    heap[i] = heap[(i - 1) / 2];
  heap[i] = item;
}

/**
 * matinee_top_n_new:
 * @n: how many to keep
 * @n_all: how many there are; more are never kept
 * @error: return location
 *
 * Makes an empty heap.
 *
 * Returns: (transfer full) (nullable): the heap, or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
MatineeTopN *
matinee_top_n_new (guint n, guint32 n_all, GError **error)
{
  g_autoptr (MatineeTopN) top = g_new0 (MatineeTopN, 1);

  top->capacity = MIN (n, n_all);
  top->items = matinee_alloc (top->capacity, sizeof *top->items, _ ("the list of films"), error);
  return top->items != NULL ? g_steal_pointer (&top) : NULL;
}

/**
 * matinee_top_n_insert:
 * @top: a heap that has room, or whose worst item is worse than @item
 * @item: an item
 *
 * Puts @item in, in the place of the worst if there is no room.
 */
void
matinee_top_n_insert (MatineeTopN *top, MatineeRecommendation item)
{
  if (top->n < top->capacity)
    {
      top->items[top->n] = item;
      sift_up (top->items, top->n++);
    }
  else
    {
      top->items[0] = item;
      sift_down (top->items, top->n, 0);
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return matinee_top_n_is_worse (a, b) ? 1 : matinee_top_n_is_worse (b, a) ? -1 : 0;
}

/**
 * matinee_top_n_sort:
 * @top: a heap
 *
 * Makes it a list, best first; nothing may be offered to it any more.
 */
void
matinee_top_n_sort (MatineeTopN *top)
{
  qsort (top->items, top->n, sizeof *top->items, compare);
}

/**
 * matinee_top_n_free:
 * @top: (nullable) (transfer full): a list
 *
 * Frees it.
 */
void
matinee_top_n_free (MatineeTopN *top)
{
  if (top == NULL)
    return;
  matinee_free (top->items);
  g_free (top);
}
