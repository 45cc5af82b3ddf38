/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-load.h"

#include <glib/gi18n.h>

#include "matinee-cli-output.h"
#include "matinee-cli-text.h"
#include "matinee-ratings-reader.h"
#include "matinee-titles-reader.h"

static void
progress_cb (double fraction, gpointer data)
{
  const char *name = data;

  matinee_cli_progress (_ ("Reading %s: %.0f %%"), name, 100.0 * fraction);
}

static char *
display_name (const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  return matinee_cli_text_clean (name);
}

/**
 * matinee_cli_read_ratings:
 * @path: a ratings file
 * @with_times: whether it matters when they were given
 * @pool: threads
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Reads ratings, with a progress line on a terminal.
 *
 * Returns: (transfer full) (nullable): the ratings, or %NULL with an error
 */
MatineeRatings *
matinee_cli_read_ratings (const char *path, gboolean with_times, MatineePool *pool, MatineeStop *stop, GError **error)
{
  g_autofree char *name = display_name (path);
  MatineeRatings *ratings = with_times ? matinee_ratings_read_with_times (path, pool, progress_cb, name, stop, error)
                                       : matinee_ratings_read (path, pool, progress_cb, name, stop, error);

  matinee_cli_progress_clear ();
  return ratings;
}

/**
 * matinee_cli_read_titles:
 * @path: (nullable): a titles file
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Reads titles, if there is a file of them.
 *
 * Returns: (transfer full) (nullable): the titles; %NULL with an error, or
 *   without one when @path is %NULL
 */
MatineeTitles *
matinee_cli_read_titles (const char *path, MatineeStop *stop, GError **error)
{
  return path != NULL ? matinee_titles_read (path, stop, error) : NULL;
}

/**
 * matinee_cli_read_dataset:
 * @ratings_path: a ratings file
 * @titles_path: (nullable): a titles file
 * @with_times: whether it matters when the ratings were given
 * @pool: threads
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Reads ratings and the titles that belong to them.
 *
 * Returns: (transfer full) (nullable): the data, or %NULL with an error
 */
MatineeDataset *
matinee_cli_read_dataset (const char *ratings_path, const char *titles_path, gboolean with_times, MatineePool *pool,
                          MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeTitles) titles = matinee_cli_read_titles (titles_path, stop, error);
  g_autoptr (MatineeRatings) ratings = NULL;

  if (titles_path != NULL && titles == NULL)
    return NULL;
  ratings = matinee_cli_read_ratings (ratings_path, with_times, pool, stop, error);
  if (ratings == NULL)
    return NULL;
  return matinee_dataset_new (ratings, titles, error);
}

static void
print_scale (const MatineeRatings *ratings)
{
  g_autofree char *low = matinee_cli_format_number (ratings->low);
  g_autofree char *high = matinee_cli_format_number (ratings->high);
  g_autofree char *step = matinee_cli_format_number (ratings->step);

  if (ratings->low == ratings->high)
    matinee_cli_print_field (_ ("Scale"), _ ("every rating is %s"), low);
  else if (ratings->step > 0)
    matinee_cli_print_field (_ ("Scale"), _ ("%s to %s in steps of %s"), low, high, step);
  else
    matinee_cli_print_field (_ ("Scale"), _ ("%s to %s"), low, high);
}

/* When the ratings were given, if that was asked for. */
static void
print_times (const MatineeRatings *ratings)
{
  g_autofree char *first = matinee_moment_format (ratings->period.first);
  g_autofree char *last = matinee_moment_format (ratings->period.last);

  if (ratings->times != NULL)
    matinee_cli_print_field (_ ("Times"), _ ("%s to %s"), first, last);
  else if (ratings->no_times != NULL)
    matinee_cli_print_field (_ ("Times"), _ ("not known: %s"), ratings->no_times);
}

static void
print_titles (const MatineeDataset *dataset, const char *path)
{
  g_autofree char *name = display_name (path);
  g_autofree char *n = matinee_cli_format_count (matinee_titles_get_n (dataset->titles));
  g_autofree char *unrated = matinee_cli_format_count (dataset->n_unrated_titles);
  g_autofree char *untitled = matinee_cli_format_count (dataset->n_untitled_movies);
  g_autofree char *ratings = matinee_cli_format_count (dataset->n_untitled_ratings);
  guint32 duplicates = matinee_titles_get_n_duplicates (dataset->titles);

  matinee_cli_print_field (_ ("Titles"), _ ("%s in %s, %s of them without ratings"), n, name, unrated);
  if (dataset->n_untitled_movies > 0)
    matinee_cli_print_field (_ ("Untitled"), _ ("movies without a title: %s, with %s ratings"), untitled, ratings);
  if (duplicates > 0)
    {
      g_autofree char *count = matinee_cli_format_count (duplicates);

      matinee_cli_print_field ("", _ ("titles replaced by a later line with the same id: %s"), count);
    }
}

/**
 * matinee_cli_print_dataset:
 * @dataset: data
 * @ratings_path: where the ratings come from
 * @titles_path: (nullable): where the titles come from
 *
 * Prints for people what was read.
 */
void
matinee_cli_print_dataset (const MatineeDataset *dataset, const char *ratings_path, const char *titles_path)
{
  const MatineeRatings *ratings = dataset->ratings;
  g_autofree char *name = display_name (ratings_path);
  g_autofree char *n_users = matinee_cli_format_count (matinee_ratings_get_n_users (ratings));
  g_autofree char *n_movies = matinee_cli_format_count (matinee_ratings_get_n_movies (ratings));
  g_autofree char *n_ratings = matinee_cli_format_count (matinee_ratings_get_n (ratings));

  matinee_cli_print_field (_ ("Users"), "%s", n_users);
  matinee_cli_print_field (_ ("Movies"), "%s", n_movies);
  matinee_cli_print_field (_ ("Ratings"), _ ("%s in %s, %.3g %% of all pairs, mean %.3f"), n_ratings, name,
                           100.0 * matinee_dataset_get_density (dataset), ratings->mean);
  print_scale (ratings);
  print_times (ratings);
  if (ratings->n_duplicates > 0)
    {
      g_autofree char *count = matinee_cli_format_count (ratings->n_duplicates);

      matinee_cli_print_field (_ ("Duplicates"), _ ("%s, replaced by a later rating of the same user and movie"),
                               count);
    }
  if (dataset->titles != NULL && titles_path != NULL)
    print_titles (dataset, titles_path);
}
