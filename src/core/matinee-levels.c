/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-levels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/**
 * matinee_levels_add:
 * @levels: a set
 * @value: a finite rating
 *
 * Finds the code of a rating, and gives it one if it has none. Cost: O(1).
 *
 * Returns: its code, or −1 when it would be the 257th
 */
int
matinee_levels_add (MatineeLevels *levels, float value)
{
  guint32 bits, slot;

  value += 0.0f; /* −0 is 0 */
  memcpy (&bits, &value, sizeof bits);
  slot = (bits * 0x9e3779b1u) >> 22;
  while (levels->slots[slot] != 0)
    {
      guint code = levels->slots[slot] - 1u;

      if (memcmp (&levels->values[code], &value, sizeof value) == 0)
        return (int) code;
      slot = (slot + 1) % MATINEE_LEVELS_SLOTS;
    }
  if (levels->n == MATINEE_MAX_LEVELS)
    return -1;
  levels->values[levels->n] = value;
  levels->slots[slot] = (guint16) ++levels->n;
  return (int) levels->n - 1;
}

static int
compare_floats (const void *a, const void *b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return (x > y) - (x < y);
}

/**
 * matinee_levels_sort:
 * @levels: a set
 *
 * Gives the ratings new codes, in ascending order.
 */
void
matinee_levels_sort (MatineeLevels *levels)
{
  float sorted[MATINEE_MAX_LEVELS];
  guint n = levels->n;

  memcpy (sorted, levels->values, sizeof sorted);
  qsort (sorted, n, sizeof (float), compare_floats);
  memset (levels, 0, sizeof *levels);
  for (guint i = 0; i < n; i++)
    matinee_levels_add (levels, sorted[i]);
}

/**
 * matinee_levels_find_step:
 * @sorted: (array length=n): distinct ratings, ascending
 * @n: how many
 *
 * Finds the largest step such that every rating lies a whole number of steps
 * above the lowest: the smallest gap, or a half, third … tenth of it.
 *
 * Returns: the step, or 0 when there is none to be seen
 */
float
matinee_levels_find_step (const float *sorted, guint n)
{
  double gap = INFINITY;

  for (guint i = 1; i < n; i++)
    gap = MIN (gap, (double) sorted[i] - (double) sorted[i - 1]);
  if (n < 2 || ((double) sorted[n - 1] - (double) sorted[0]) / gap > 1e4)
    return 0;

  for (int part = 1; part <= 10; part++)
    {
      double step = gap / part;
      gboolean fits = TRUE;

      for (guint i = 1; i < n && fits; i++)
        {
          double steps = ((double) sorted[i] - (double) sorted[0]) / step;

          fits = fabs (steps - nearbyint (steps)) < 1e-3;
        }
      if (fits)
        return (float) step;
    }
  return 0;
}
