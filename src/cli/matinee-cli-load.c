/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-load.h"

#include <glib/gi18n.h>

#include "matinee-cli-output.h"
#include "matinee-cli-text.h"
#include "matinee-error.h"
#include "matinee-ratings-reader.h"
#include "matinee-titles-reader.h"

static void
progress_cb (double fraction, gpointer data)
{
  const char *name = data;

  matinee_cli_progress (_ ("Reading %s: %.0f %%"), name, 100.0 * fraction);
}

/**
 * matinee_cli_display_name:
 * @path: a file, perhaps in an archive
 *
 * Returns: (transfer full): what to call it
 */
char *
matinee_cli_display_name (const char *path)
{
  g_autofree char *name = matinee_archive_dup_name (path);

  return matinee_cli_text_clean (name);
}

/**
 * matinee_cli_find_ratings:
 * @path: (inout): a file of ratings; an archive becomes the file in it
 * @member: (nullable): `--member`
 * @role: whose ratings they are
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Finds the ratings in an archive.
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_cli_find_ratings (char **path, const char *member, MatineeDataRole role, MatineeStop *stop, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean is_compressed;
  char *found;

  if (member != NULL && !matinee_archive_probe_file (*path, &is_compressed, error))
    return FALSE;
  found = member != NULL ? g_build_filename (*path, member, NULL)
                         : matinee_data_file_find (*path, role, NULL, stop, &problem);
  if (found == NULL)
    {
      if (g_error_matches (problem, MATINEE_ERROR, MATINEE_ERROR_AMBIGUOUS))
        /* Translators: %s ends with: “Name the one to open, as in “ml.zip/ratings.csv”” */
        g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_AMBIGUOUS, _ ("%s, or with --member"), problem->message);
      else
        g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  g_free (*path);
  *path = found;
  return TRUE;
}

/**
 * matinee_cli_find_titles:
 * @ratings_path: a file of ratings, as matinee_cli_find_ratings() leaves it
 * @titles_path: (inout): `--movies`; if %NULL, the titles in the same archive
 * @stop: (nullable): when to give up
 *
 * Finds the titles that are in the archive of the ratings.
 */
void
matinee_cli_find_titles (const char *ratings_path, char **titles_path, MatineeStop *stop)
{
  if (*titles_path == NULL && matinee_data_file_is_member (ratings_path))
    *titles_path = matinee_data_file_find_titles (ratings_path, stop);
}

/**
 * matinee_cli_read_ratings:
 * @path: a ratings file
 * @pool: threads
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Reads ratings, with a progress line on a terminal.
 *
 * Returns: (transfer full) (nullable): the ratings, or %NULL with an error
 */
MatineeRatings *
matinee_cli_read_ratings (const char *path, MatineePool *pool, MatineeStop *stop, GError **error)
{
  g_autofree char *name = matinee_cli_display_name (path);
  MatineeRatings *ratings = matinee_ratings_read (path, pool, progress_cb, name, stop, error);

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
 * @pool: threads
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Reads ratings and the titles that belong to them.
 *
 * Returns: (transfer full) (nullable): the data, or %NULL with an error
 */
MatineeDataset *
matinee_cli_read_dataset (const char *ratings_path, const char *titles_path, MatineePool *pool, MatineeStop *stop,
                          GError **error)
{
  g_autoptr (MatineeTitles) titles = matinee_cli_read_titles (titles_path, stop, error);
  g_autoptr (MatineeRatings) ratings = NULL;

  if (titles_path != NULL && titles == NULL)
    return NULL;
  ratings = matinee_cli_read_ratings (ratings_path, pool, stop, error);
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

static void
print_titles (const MatineeDataset *dataset, const char *path)
{
  g_autofree char *name = matinee_cli_display_name (path);
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
  g_autofree char *name = matinee_cli_display_name (ratings_path);
  g_autofree char *n_users = matinee_cli_format_count (matinee_ratings_get_n_users (ratings));
  g_autofree char *n_movies = matinee_cli_format_count (matinee_ratings_get_n_movies (ratings));
  g_autofree char *n_ratings = matinee_cli_format_count (matinee_ratings_get_n (ratings));

  matinee_cli_print_field (_ ("Users"), "%s", n_users);
  matinee_cli_print_field (_ ("Movies"), "%s", n_movies);
  matinee_cli_print_field (_ ("Ratings"), _ ("%s in %s, %.3g %% of all pairs, mean %.3f"), n_ratings, name,
                           100.0 * matinee_dataset_get_density (dataset), ratings->mean);
  print_scale (ratings);
  if (ratings->n_duplicates > 0)
    {
      g_autofree char *count = matinee_cli_format_count (ratings->n_duplicates);

      matinee_cli_print_field (_ ("Duplicates"), _ ("%s, replaced by a later rating of the same user and movie"),
                               count);
    }
  if (dataset->titles != NULL && titles_path != NULL)
    print_titles (dataset, titles_path);
}
