/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-oddities.h"

#include <glib/gi18n-lib.h>

#include "matinee-memory.h"

/* Ratings that at least one of so many has make up the scale; an outlier is outside of
 * it by more than two of its widest steps. */
#define COMMON 100
#define OUTLIER_STEPS 2.0

/* A scale with more steps is a slider, on which no place is odd. */
#define MOST_STEPS 30

/* A distinct rating and how many there are of it. */
typedef struct
{
  double value;
  gsize count;
} Level;

static int
compare_levels (gconstpointer a, gconstpointer b)
{
  double x = ((const Level *) a)->value, y = ((const Level *) b)->value;

  return (x > y) - (x < y);
}

/* The distinct ratings that occur, in ascending order. */
static guint
count_levels (const MatineeSparse *entries, Level levels[MATINEE_MAX_LEVELS])
{
  gsize counts[MATINEE_MAX_LEVELS] = { 0 };
  guint n = 0;

  if (entries->codes == NULL)
    return 0;
  for (gsize i = 0; i < entries->n_entries; i++)
    counts[entries->codes[i]]++;
  for (guint l = 0; l < MATINEE_MAX_LEVELS; l++)
    if (counts[l] > 0)
      levels[n++] = (Level){ entries->levels[l], counts[l] };
  qsort (levels, n, sizeof *levels, compare_levels);
  return n;
}

/* The widest gap between neighbours from @first to @last. */
static double
find_gap (const Level *levels, guint first, guint last)
{
  double gap = 0;

  for (guint l = first; l < last; l++)
    gap = MAX (gap, levels[l + 1].value - levels[l].value);
  return gap;
}

static void
note_outlier (MatineeOddities *self, const Level *level)
{
  self->outlier_low = self->n_outliers > 0 ? MIN (self->outlier_low, level->value) : level->value;
  self->outlier_high = self->n_outliers > 0 ? MAX (self->outlier_high, level->value) : level->value;
  self->n_outliers += level->count;
}

/* Finds the ratings outside of the scale; from @first to @last are the others. */
static void
find_outliers (MatineeOddities *self, const Level *levels, gsize n, guint *first, guint *last)
{
  guint low = *first, high = *last;
  double reach;

  while (low < high && levels[low].count * COMMON < n)
    low++;
  while (low < high && levels[high].count * COMMON < n)
    high--;
  if (high < low + 2 || *last - *first >= MOST_STEPS)
    return;
  reach = OUTLIER_STEPS * find_gap (levels, low, high);
  for (; levels[*first].value < levels[low].value - reach; ++*first)
    note_outlier (self, &levels[*first]);
  for (; levels[*last].value > levels[high].value + reach; --*last)
    note_outlier (self, &levels[*last]);
}

/* A lowest value like 0 or −1 that is not in step with the others, or more frequent
 * than each of them, was hardly meant as a rating. */
static void
find_apart (MatineeOddities *self, const Level *levels, guint first, guint last)
{
  const Level *low = &levels[first];
  gsize most = 0;

  if (last < first + 2 || low->value > 0 || low[1].value <= 0)
    return;
  for (guint l = first + 1; l <= last; l++)
    most = MAX (most, levels[l].count);
  if (low->count <= most && low[1].value - low->value <= find_gap (levels, first + 1, last))
    return;
  self->apart = low->value;
  self->n_apart = low->count;
}

static gboolean
count_single_movies (MatineeOddities *self, const MatineeSparse *entries, GError **error)
{
  guint32 *counts = matinee_alloc0 (entries->n_columns, sizeof (guint32), _ ("the ratings of each movie"), error);

  if (counts == NULL)
    return FALSE;
  for (gsize i = 0; i < entries->n_entries; i++)
    counts[entries->columns[i]]++;
  for (guint32 movie = 0; movie < entries->n_columns; movie++)
    self->n_single_movies += counts[movie] == 1;
  matinee_free (counts);
  return TRUE;
}

/**
 * matinee_oddities_find:
 * @oddities: (out caller-allocates): what is odd
 * @ratings: ratings
 * @error: return location
 *
 * Looks for what may be a mistake in a file of ratings. Outliers are looked for when
 * there are at most %MATINEE_MAX_LEVELS distinct ratings. Cost: O(ratings); memory: 4
 * bytes a movie meanwhile.
 *
 * Returns: %FALSE with %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_oddities_find (MatineeOddities *oddities, const MatineeRatings *ratings, GError **error)
{
  const MatineeSparse *entries = ratings->by_user;
  Level levels[MATINEE_MAX_LEVELS];
  guint n = count_levels (entries, levels), first = 0, last = n - 1;

  *oddities = (MatineeOddities){ 0 };
  for (guint32 user = 0; user < entries->n_rows; user++)
    oddities->n_single_users += matinee_sparse_row_length (entries, user) == 1;
  if (n > 0)
    {
      find_outliers (oddities, levels, entries->n_entries, &first, &last);
      find_apart (oddities, levels, first, last);
    }
  return count_single_movies (oddities, entries, error);
}
