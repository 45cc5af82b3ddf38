/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-filter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-memory.h"

#define SEPARATOR '|'

/* Whether "A|B|C" holds one of @wanted, letter case aside. */
static gboolean
has_any_genre (const char *genres, const char *const *wanted)
{
  while (*genres != '\0')
    {
      const char *end = strchrnul (genres, SEPARATOR);
      gsize length = (gsize) (end - genres);

      for (guint i = 0; wanted[i] != NULL; i++)
        if (strlen (wanted[i]) == length && g_ascii_strncasecmp (genres, wanted[i], length) == 0)
          return TRUE;
      genres = *end == '\0' ? end : end + 1;
    }
  return FALSE;
}

static gboolean
is_within (int year, const MatineeFilterSpec *spec)
{
  if (spec->year_from == 0 && spec->year_to == 0)
    return TRUE;
  return year != 0 && year >= spec->year_from && (spec->year_to == 0 || year <= spec->year_to);
}

/**
 * matinee_filter_new:
 * @dataset: the films; its movies must be those of the model that is asked
 * @stats: (nullable): their figures; needed for @min_ratings
 * @spec: which films are wanted
 * @error: return location
 *
 * Works out which films may be shown. O(movies × genres).
 *
 * Returns: (transfer full) (nullable): the filter, or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
MatineeFilter *
matinee_filter_new (const MatineeDataset *dataset, const MatineeFilmStats *stats, const MatineeFilterSpec *spec,
                    GError **error)
{
  gboolean by_genre = spec->genres != NULL && spec->genres[0] != NULL;
  g_autoptr (MatineeFilter) filter = g_new0 (MatineeFilter, 1);

  g_return_val_if_fail (spec->min_ratings == 0 || stats != NULL, NULL);
  filter->n_movies = matinee_ratings_get_n_movies (dataset->ratings);
  g_return_val_if_fail (stats == NULL || stats->n_movies == filter->n_movies, NULL);
  filter->reasons = matinee_alloc0 (filter->n_movies, sizeof *filter->reasons, _ ("the filter"), error);
  if (filter->reasons == NULL)
    return NULL;
  filter->allowed = matinee_alloc (filter->n_movies, sizeof *filter->allowed, _ ("the filter"), error);
  if (filter->allowed == NULL)
    return NULL;
  for (guint32 movie = 0; movie < filter->n_movies; movie++)
    {
      guint8 reasons = 0;

      if (by_genre && !has_any_genre (matinee_dataset_get_genres (dataset, movie), spec->genres))
        reasons |= 1 << MATINEE_HIDDEN_GENRE;
      if (!is_within (matinee_dataset_get_year (dataset, movie), spec))
        reasons |= 1 << MATINEE_HIDDEN_YEAR;
      if (spec->min_ratings > 0 && stats->counts[movie] < spec->min_ratings)
        reasons |= 1 << MATINEE_HIDDEN_COUNT;
      filter->reasons[movie] = reasons;
      filter->allowed[movie] = reasons == 0;
      filter->n_allowed += reasons == 0;
    }
  return g_steal_pointer (&filter);
}

/**
 * matinee_filter_free:
 * @filter: (nullable) (transfer full): a filter
 *
 * Frees it.
 */
void
matinee_filter_free (MatineeFilter *filter)
{
  if (filter == NULL)
    return;
  matinee_free (filter->reasons);
  matinee_free (filter->allowed);
  g_free (filter);
}

static int
compare_genres (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * matinee_filter_list_genres:
 * @dataset: a data set
 *
 * Returns: (transfer full): every genre of its films once, in alphabetical order;
 *   empty without titles. O(movies)
 */
GStrv
matinee_filter_list_genres (const MatineeDataset *dataset)
{
  guint32 n_movies = matinee_ratings_get_n_movies (dataset->ratings);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree gpointer *keys = NULL;
  const char *last = "";
  guint n;

  for (guint32 movie = 0; movie < n_movies; movie++)
    {
      const char *genres = matinee_dataset_get_genres (dataset, movie);
      g_auto (GStrv) names = NULL;

      /* Equal lists are shared, and often come in a row. */
      if (genres == last)
        continue;
      last = genres;
      names = g_strsplit (genres, "|", -1);
      for (guint i = 0; names[i] != NULL; i++)
        if (names[i][0] != '\0' && !g_hash_table_contains (seen, names[i]))
          g_hash_table_add (seen, g_strdup (names[i]));
    }
  keys = g_hash_table_get_keys_as_array (seen, &n);
  qsort (keys, n, sizeof *keys, compare_genres);
  return g_strdupv ((char **) keys);
}

/**
 * matinee_hidden_add:
 * @hidden: counts
 * @reasons: bit `1 << MatineeHiddenReason` for each reason; at least one
 *
 * Counts one film that is left out.
 */
void
matinee_hidden_add (MatineeHidden *hidden, guint reasons)
{
  hidden->total++;
  for (guint i = 0; i < MATINEE_N_HIDDEN_REASONS; i++)
    {
      hidden->by[i] += (reasons >> i) & 1;
      hidden->only[i] += reasons == 1u << i;
    }
}

/**
 * matinee_hidden_find_loosest:
 * @hidden: counts of a list
 * @reason: (out): the reason to give up
 *
 * Finds what to loosen when a list is empty or too short: the reason that alone
 * hides most; if each film has several reasons, the one that applies to most.
 *
 * Returns: %FALSE when nothing is hidden
 */
gboolean
matinee_hidden_find_loosest (const MatineeHidden *hidden, MatineeHiddenReason *reason)
{
  guint best = 0;

  for (guint i = 1; i < MATINEE_N_HIDDEN_REASONS; i++)
    if (hidden->only[i] > hidden->only[best]
        || (hidden->only[i] == hidden->only[best] && hidden->by[i] > hidden->by[best]))
      best = i;
  *reason = best;
  return hidden->total > 0;
}
