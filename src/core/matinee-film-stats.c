/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-film-stats.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "matinee-memory.h"

/**
 * matinee_film_stats_new:
 * @by_user: ratings, movies as columns
 * @error: return location
 *
 * Counts the ratings of each movie and takes their mean, summed up in float64.
 * O(n_entries).
 *
 * Returns: (transfer full) (nullable): the figures, or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
MatineeFilmStats *
matinee_film_stats_new (const MatineeSparse *by_user, GError **error)
{
  g_autoptr (MatineeFilmStats) stats = g_new0 (MatineeFilmStats, 1);
  const char *what = _ ("the figures of the films");
  double *sums;

  stats->n_movies = by_user->n_columns;
  stats->n_ratings = by_user->n_entries;
  stats->counts = matinee_alloc0 (stats->n_movies, sizeof *stats->counts, what, error);
  if (stats->counts == NULL)
    return NULL;
  stats->means = matinee_alloc (stats->n_movies, sizeof *stats->means, what, error);
  if (stats->means == NULL)
    return NULL;
  sums = matinee_alloc0 (stats->n_movies, sizeof *sums, what, error);
  if (sums == NULL)
    return NULL;
  for (gsize entry = 0; entry < by_user->n_entries; entry++)
    {
      stats->counts[by_user->columns[entry]]++;
      sums[by_user->columns[entry]] += (double) matinee_sparse_value (by_user, entry);
    }
  for (guint32 movie = 0; movie < stats->n_movies; movie++)
    stats->means[movie] = stats->counts[movie] > 0 ? (float) (sums[movie] / stats->counts[movie]) : NAN;
  matinee_free (sums);
  return g_steal_pointer (&stats);
}

/**
 * matinee_film_stats_free:
 * @stats: (nullable) (transfer full): figures
 *
 * Frees them.
 */
void
matinee_film_stats_free (MatineeFilmStats *stats)
{
  if (stats == NULL)
    return;
  matinee_free (stats->counts);
  matinee_free (stats->means);
  g_free (stats);
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/**
 * matinee_film_stats_find_percentile:
 * @stats: figures
 * @share: 0 … 1
 * @count: (out): number of ratings
 * @error: return location
 *
 * Finds the number of ratings that a share of the films stays below: with 0.9,
 * a tenth of them has at least @count ratings. O(n log n).
 *
 * Returns: %TRUE, or %FALSE with %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_film_stats_find_percentile (const MatineeFilmStats *stats, double share, guint32 *count, GError **error)
{
  guint32 *sorted = matinee_alloc (stats->n_movies, sizeof *sorted, _ ("the figures of the films"), error);

  if (sorted == NULL)
    return FALSE;
  memcpy (sorted, stats->counts, stats->n_movies * sizeof *sorted);
  qsort (sorted, stats->n_movies, sizeof *sorted, compare_counts);
  *count = stats->n_movies == 0 ? 0 : sorted[MIN ((guint32) (share * stats->n_movies), stats->n_movies - 1)];
  matinee_free (sorted);
  return TRUE;
}
