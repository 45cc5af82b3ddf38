/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-filter.h"

#include <glib/gi18n.h>

#include "matinee-cli-command.h"
#include "matinee-cli-suggest.h"
#include "matinee-error.h"

#define LAST_YEAR 9999

/**
 * matinee_cli_filter_add_options:
 * @options: where they are read to; zeros, and outlives @context
 * @context: options of a command
 *
 * Adds the options that decide which films may be listed.
 */
void
matinee_cli_filter_add_options (MatineeCliFilter *options, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "genre", 'g', 0, G_OPTION_ARG_STRING_ARRAY, &options->genres,
      N_ ("Only films of this genre; can be given several times"), N_ ("NAME") },
    { "year-from", 0, 0, G_OPTION_ARG_STRING, &options->year_from, N_ ("Only films of this year or later"),
      N_ ("YEAR") },
    { "year-to", 0, 0, G_OPTION_ARG_STRING, &options->year_to, N_ ("Only films of this year or earlier"), N_ ("YEAR") },
    { "min-ratings", 0, 0, G_OPTION_ARG_STRING, &options->min_ratings,
      N_ ("Only films with at least this many ratings"), "N" },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static gboolean
parse (const char *name, const char *text, double minimum, double maximum, double *value, GError **error)
{
  return text == NULL || matinee_cli_parse_number (name, text, TRUE, minimum, maximum, value, error);
}

/**
 * matinee_cli_filter_resolve:
 * @options: what was given
 * @error: return location
 *
 * Understands the options, before any file is read.
 *
 * Returns: whether they make sense; else @error is in %G_OPTION_ERROR
 */
gboolean
matinee_cli_filter_resolve (MatineeCliFilter *options, GError **error)
{
  double from = 0, to = 0, least = 0;

  if (!parse ("year-from", options->year_from, 1, LAST_YEAR, &from, error)
      || !parse ("year-to", options->year_to, 1, LAST_YEAR, &to, error)
      || !parse ("min-ratings", options->min_ratings, 0, G_MAXUINT32, &least, error))
    return FALSE;
  if (from > 0 && to > 0 && from > to)
    return matinee_cli_fail_usage (
        error, _ ("No film is from %s or later and from %s or earlier: exchange --year-from and --year-to"),
        options->year_from, options->year_to);
  options->spec = (MatineeFilterSpec){ .genres = (const char *const *) options->genres,
                                       .year_from = (int) from,
                                       .year_to = (int) to,
                                       .min_ratings = (guint32) least };
  return TRUE;
}

static gboolean
check_genre (const char *genre, const char *const *all, GError **error)
{
  g_autofree char *valid = NULL;
  g_autofree char *suggestion = NULL;
  g_autofree char *list = NULL;

  for (guint i = 0; all[i] != NULL; i++)
    if (g_ascii_strcasecmp (all[i], genre) == 0)
      return TRUE;
  valid = g_utf8_make_valid (genre, -1);
  suggestion = matinee_cli_suggest_name (all, genre);
  list = g_strjoinv (", ", (char **) all);
  if (suggestion != NULL)
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND, _ ("There is no genre “%s”; did you mean %s?"), valid,
                 suggestion);
  else
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND, _ ("There is no genre “%s”; there are: %s"), valid,
                 list);
  return FALSE;
}

/* What the options ask about has to be in the file. */
static gboolean
check_file (const MatineeCliFilter *options, const MatineeModelFile *file, const char *path, GError **error)
{
  const MatineeFilterSpec *spec = &options->spec;
  gboolean by_title = options->genres != NULL || spec->year_from > 0 || spec->year_to > 0;
  g_autofree char *name = g_filename_display_basename (path);
  g_auto (GStrv) all = NULL;

  if (by_title && file->dataset->titles == NULL)
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                   _ ("%s has no titles, so that genres and years are not known: train with --movies"), name);
      return FALSE;
    }
  if (spec->min_ratings > 0 && !file->has_ratings)
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                   _ ("%s was saved without its ratings, so that --min-ratings can’t be told"), name);
      return FALSE;
    }
  if (options->genres == NULL)
    return TRUE;
  all = matinee_filter_list_genres (file->dataset);
  for (guint i = 0; options->genres[i] != NULL; i++)
    if (!check_genre (options->genres[i], (const char *const *) all, error))
      return FALSE;
  return TRUE;
}

/**
 * matinee_cli_filter_make:
 * @options: what was given
 * @file: a model
 * @stats: figures of its films
 * @path: where it comes from
 * @filter: (out) (nullable): the filter, or %NULL when every film may be shown
 * @error: return location
 *
 * Works the options out for the films of a model.
 *
 * Returns: %FALSE with an error: no such genre, no titles, …
 */
gboolean
matinee_cli_filter_make (const MatineeCliFilter *options, const MatineeModelFile *file, const MatineeFilmStats *stats,
                         const char *path, MatineeFilter **filter, GError **error)
{
  const MatineeFilterSpec *spec = &options->spec;

  if (!check_file (options, file, path, error))
    return FALSE;
  if (options->genres == NULL && spec->year_from == 0 && spec->year_to == 0 && spec->min_ratings == 0)
    return TRUE;
  *filter = matinee_filter_new (file->dataset, stats, spec, error);
  return *filter != NULL;
}

/**
 * matinee_cli_hidden_option:
 * @reason: why films are left out
 *
 * Returns: (transfer none): the option that decides it
 */
const char *
matinee_cli_hidden_option (MatineeHiddenReason reason)
{
  static const char *const names[] = { "--include-rated", "--genre", "--year-from/--year-to", "--min-ratings" };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == MATINEE_N_HIDDEN_REASONS);
  return names[reason];
}

/**
 * matinee_cli_filter_clear:
 * @options: options
 *
 * Frees what was given.
 */
void
matinee_cli_filter_clear (MatineeCliFilter *options)
{
  g_strfreev (options->genres);
  g_free (options->year_from);
  g_free (options->year_to);
  g_free (options->min_ratings);
}
