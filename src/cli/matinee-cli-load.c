/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-load.h"

#include <glib/gi18n.h>

#include "matinee-cli-diagnosis.h"
#include "matinee-cli-output.h"
#include "matinee-cli-text.h"
#include "matinee-data-file.h"
#include "matinee-error.h"
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

/* Columns without names in a form that isn't known by heart may be taken for what they
 * are not. */
static void
tell_guess (const MatineeDiagnosis *diagnosis, const char *name)
{
  g_autofree char *columns = matinee_cli_describe_columns (diagnosis);

  if (!diagnosis->format.has_header && diagnosis->form == NULL && !diagnosis->is_chosen)
    matinee_cli_note (_ ("%s names no columns; they are taken as %s"), name, columns);
}

static void
tell_bad_lines (const MatineeReadReport *report)
{
  const MatineeBadLine *first = &g_array_index (report->bad_lines, MatineeBadLine, 0);

  matinee_cli_note (
      ngettext ("%zu bad line was left out: %s", "%zu bad lines were left out. The first: %s", report->n_bad),
      report->n_bad, first->message);
}

static void
propose_to_skip (GError *error)
{
  /* Translators: after what is wrong with a line of a file */
  g_autofree char *message = g_strdup_printf (_ ("%s; --skip-bad-lines leaves such lines out"), error->message);

  g_free (error->message);
  error->message = g_steal_pointer (&message);
}

/**
 * matinee_cli_find_ratings:
 * @path: (inout): a file of ratings; an archive becomes the file in it
 * @member: (nullable): `--member`
 * @table: whose ratings they are
 * @reading: how they are to be read
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Finds the ratings in an archive.
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_cli_find_ratings (char **path, const char *member, MatineeTable table, const MatineeCliReading *reading,
                          MatineeStop *stop, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean is_compressed;
  char *found;

  if (member != NULL && !matinee_archive_probe_file (*path, &is_compressed, error))
    return FALSE;
  found = member != NULL ? g_build_filename (*path, member, NULL)
                         : matinee_data_file_find (*path, table, &reading->hints, NULL, stop, &problem);
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
 * matinee_cli_read_ratings:
 * @path: a ratings file
 * @reading: how it is to be read; its diagnosis and report become those of the file
 * @pool: threads
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Reads ratings, with a progress line on a terminal. Tells what was left out.
 *
 * Returns: (transfer full) (nullable): the ratings, or %NULL with an error
 */
MatineeRatings *
matinee_cli_read_ratings (const char *path, MatineeCliReading *reading, MatineePool *pool, MatineeStop *stop,
                          GError **error)
{
  const MatineeReadOptions options
      = { .hints = &reading->hints, .tolerance = reading->tolerance, .times = reading->times };
  g_autofree char *name = matinee_cli_display_name (path);
  g_autoptr (GError) problem = NULL;
  MatineeRatings *ratings;

  if (!matinee_cli_reading_diagnose (reading, path, MATINEE_TABLE_RATINGS, stop, error)
      || !matinee_cli_reading_check (reading, error))
    return NULL;
  if (!reading->quiet)
    tell_guess (reading->diagnosis, name);
  matinee_read_report_clear (&reading->report);
  ratings = matinee_ratings_read_with (path, &options, pool, progress_cb, name, stop, &reading->report, &problem);
  matinee_cli_progress_clear ();
  if (ratings != NULL && reading->report.n_bad > 0 && !reading->quiet)
    tell_bad_lines (&reading->report);
  if (ratings == NULL && reading->report.n_bad > 0 && g_error_matches (problem, MATINEE_ERROR, MATINEE_ERROR_FORMAT)
      && !reading->skip_bad_lines)
    propose_to_skip (problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return ratings;
}

static MatineeTitles *
read_titles (const char *path, const MatineeCliReading *reading, MatineeStop *stop, GError **error)
{
  g_autoptr (GError) problem = NULL;
  MatineeTitles *titles = matinee_titles_read_with (path, &reading->titles_hints, NULL, stop, &problem);

  if (g_error_matches (problem, MATINEE_ERROR, MATINEE_ERROR_UNCERTAIN))
    /* Translators: %s is a sentence that says what is to be decided about a file of titles. */
    g_set_error (error, problem->domain, problem->code,
                 _ ("%s (with --movies-columns movie=…,title=… or --movies-delimiter)"), problem->message);
  else if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return titles;
}

/**
 * matinee_cli_read_dataset:
 * @ratings_path: a ratings file
 * @titles_path: (nullable): a titles file
 * @reading: how they are to be read
 * @pool: threads
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Reads ratings and the titles that belong to them.
 *
 * Returns: (transfer full) (nullable): the data, or %NULL with an error
 */
MatineeDataset *
matinee_cli_read_dataset (const char *ratings_path, const char *titles_path, MatineeCliReading *reading,
                          MatineePool *pool, MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeTitles) titles = titles_path != NULL ? read_titles (titles_path, reading, stop, error) : NULL;
  g_autoptr (MatineeRatings) ratings = NULL;

  if (titles_path == NULL && matinee_cli_reading_speaks_of_titles (reading))
    matinee_cli_note (_ ("there are no titles: what says how to read them has no effect"));
  if (titles_path != NULL && titles == NULL)
    return NULL;
  ratings = matinee_cli_read_ratings (ratings_path, reading, pool, stop, error);
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
  g_autofree char *mean = matinee_cli_format_fixed (ratings->mean, 3);

  matinee_cli_print_field (_ ("Users"), "%s", n_users);
  matinee_cli_print_field (_ ("Movies"), "%s", n_movies);
  matinee_cli_print_field (_ ("Ratings"), _ ("%s in %s, %.3g %% of all pairs, mean %s"), n_ratings, name,
                           100.0 * matinee_dataset_get_density (dataset), mean);
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
