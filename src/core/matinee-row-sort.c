/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-row-sort.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-memory.h"

/* Shorter rows are sorted by insertion: the counts of a radix sort cost more. */
#define SHORT_ROW 48
#define RADIX_BITS 8
#define RADIX (1 << RADIX_BITS)

static gboolean
is_ascending (const guint32 *columns, gsize n)
{
  gsize wrong = 0;

  for (gsize i = 1; i < n; i++)
    wrong += columns[i - 1] >= columns[i];
  return wrong == 0;
}

static void
sort_short (guint64 *keys, gsize n)
{
  for (gsize i = 1; i < n; i++)
    {
      guint64 key = keys[i];
      gsize at = i;

      for (; at > 0 && keys[at - 1] > key; at--)
        keys[at] = keys[at - 1];
      keys[at] = key;
    }
}

/* Sorts by the upper halves of @keys, stable, so that the lower halves stay
 * ascending; returns where the result lies, in @keys or behind it. */
static guint64 *
sort_long (guint64 *keys, gsize n, guint64 largest)
{
  guint64 *from = keys, *to = keys + n;

  for (guint shift = 32; shift < 64 && largest >> shift != 0; shift += RADIX_BITS)
    {
      gsize counts[RADIX] = { 0 };
      gsize sum = 0;
      guint64 *swap = from;

      for (gsize i = 0; i < n; i++)
        counts[(from[i] >> shift) % RADIX]++;
      for (int digit = 0; digit < RADIX; digit++)
        {
          gsize count = counts[digit];

          counts[digit] = sum;
          sum += count;
        }
      for (gsize i = 0; i < n; i++)
        to[counts[(from[i] >> shift) % RADIX]++] = from[i];
      from = to;
      to = swap;
    }
  return from;
}

static gboolean
reserve (MatineeRowSorter *sorter, gsize n, GError **error)
{
  gsize capacity = MAX (n, 2 * sorter->capacity);

  if (n <= sorter->capacity)
    return TRUE;
  matinee_row_sorter_clear (sorter);
  sorter->keys = matinee_alloc (2 * capacity, sizeof (guint64), _ ("sorting the ratings"), error);
  if (sorter->keys == NULL)
    return FALSE;
  sorter->payload = matinee_alloc (capacity, sizeof (guint64), _ ("sorting the ratings"), error);
  if (sorter->payload == NULL)
    return FALSE;
  sorter->capacity = capacity;
  return TRUE;
}

/* Puts @array in the order that the lower halves of @keys say. */
#define PERMUTE(type, array, scratch, n, keys, kept)                                                                   \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    type *copy_ = (type *) (scratch);                                                                                  \
                                                                                                                       \
    memcpy (copy_, (array), (n) * sizeof (type));                                                                      \
    for (gsize i_ = 0; i_ < (kept); i_++)                                                                              \
      (array)[i_] = copy_[(guint32) (keys)[i_]];                                                                       \
  }                                                                                                                    \
  G_STMT_END

/**
 * matinee_row_sorter_sort:
 * @sorter: a sorter
 * @row: the row to put in order
 * @length: (out): its entries without duplicates
 * @error: return location
 *
 * Puts the entries of a row in ascending order of their columns. Of several with
 * one column the last stays; what is left over at the end of the row is
 * undefined. Cost: O(n) for a row of n entries.
 *
 * Returns: %FALSE with %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_row_sorter_sort (MatineeRowSorter *sorter, guint32 row, gsize *length, GError **error)
{
  MatineeSparse *sparse = sorter->sparse;
  gsize first = sparse->offsets[row], n = sparse->offsets[row + 1] - first;
  guint32 *columns = sparse->columns + first;
  guint64 *keys, largest = 0;
  gsize kept = 0;

  *length = n;
  if (is_ascending (columns, n))
    return TRUE;
  if (!reserve (sorter, n, error))
    return FALSE;

  keys = sorter->keys;
  for (gsize i = 0; i < n; i++)
    {
      keys[i] = (guint64) columns[i] << 32 | i;
      largest |= keys[i];
    }
  if (n < SHORT_ROW)
    sort_short (keys, n);
  else
    keys = sort_long (keys, n, largest);

  for (gsize i = 0; i < n; i++)
    if (i + 1 == n || keys[i] >> 32 != keys[i + 1] >> 32)
      keys[kept++] = keys[i];
  for (gsize i = 0; i < kept; i++)
    columns[i] = (guint32) (keys[i] >> 32);
  if (sparse->codes != NULL)
    PERMUTE (guint8, sparse->codes + first, sorter->payload, n, keys, kept);
  else
    PERMUTE (float, sparse->values + first, sorter->payload, n, keys, kept);
  if (sorter->times != NULL)
    PERMUTE (gint64, sorter->times + first, sorter->payload, n, keys, kept);
  *length = kept;
  return TRUE;
}

/**
 * matinee_row_sorter_clear:
 * @sorter: a sorter
 *
 * Frees its scratch memory.
 */
void
matinee_row_sorter_clear (MatineeRowSorter *sorter)
{
  sorter->capacity = 0;
  matinee_free (g_steal_pointer (&sorter->keys));
  matinee_free (g_steal_pointer (&sorter->payload));
}
