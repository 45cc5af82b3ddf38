/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-source.h"

#include <glib/gi18n.h>

#include "matinee-cli-load.h"
#include "matinee-cli-output.h"
#include "matinee-data-file.h"
#include "matinee-system.h"

/**
 * matinee_cli_source_add_options:
 * @source: files
 * @context: the options of a command
 *
 * Adds `--member`, and those that say how ratings are to be read.
 */
void
matinee_cli_source_add_options (MatineeCliSource *source, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "member", 0, 0, G_OPTION_ARG_FILENAME, &source->member, N_ ("Open this file of the archive RATINGS"),
      N_ ("NAME") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  matinee_cli_reading_add_options (&source->reading, context);
}

/**
 * matinee_cli_source_clear:
 * @source: files
 *
 * Frees what it holds.
 */
void
matinee_cli_source_clear (MatineeCliSource *source)
{
  g_free (source->ratings);
  g_free (source->member);
  g_free (source->titles);
  g_free (source->test);
  matinee_cli_reading_clear (&source->reading);
}

/**
 * matinee_cli_source_find:
 * @source: files; archives become the files in them
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Finds the ratings in an archive, and the titles in the same one if no others are
 * given.
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_cli_source_find (MatineeCliSource *source, MatineeStop *stop, GError **error)
{
  if (!matinee_cli_find_ratings (&source->ratings, source->member, MATINEE_TABLE_RATINGS, &source->reading, stop,
                                 error))
    return FALSE;
  if (source->titles == NULL && matinee_data_file_is_member (source->ratings))
    source->titles = matinee_data_file_find_titles (source->ratings, stop);
  return TRUE;
}

/**
 * matinee_cli_read_source:
 * @source: files; archives become the files in them
 * @params: what is to be done with them: the memory for the training has to be there,
 *   and times are read if the split needs them or the file is not very large
 * @pool: threads
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Reads the ratings and their titles.
 *
 * Returns: (transfer full) (nullable): the data, or %NULL with an error
 */
MatineeDataset *
matinee_cli_read_source (MatineeCliSource *source, const MatineeParams *params, MatineePool *pool, MatineeStop *stop,
                         GError **error)
{
  g_autoptr (MatineeDataset) dataset = NULL;
  gboolean needs_times;

  if (!matinee_cli_source_find (source, stop, error))
    return NULL;
  needs_times = matinee_split_info (params->split)->needs_times;
  source->reading.times = needs_times                                         ? MATINEE_TIMES_NEEDED
                          : matinee_data_file_affords_times (source->ratings) ? MATINEE_TIMES_IF_GOOD
                                                                              : MATINEE_TIMES_UNWANTED;
  dataset = matinee_cli_read_dataset (source->ratings, source->titles, &source->reading, pool, stop, error);
  if (dataset == NULL || !matinee_system_check_memory (params, dataset->ratings, error))
    return NULL;
  /* Who has no use for times need not be told why there are none. */
  if (!needs_times)
    g_clear_pointer (&dataset->ratings->no_times, g_free);
  return g_steal_pointer (&dataset);
}

/**
 * matinee_cli_load_source:
 * @source: files; archives become the files in them
 * @params: how they are split; the memory for the training has to be there
 * @pool: threads
 * @stop: (nullable): when to give up
 * @split: (out) (transfer full): which ratings train and which test
 * @error: return location
 *
 * Reads the data of a training and splits them.
 *
 * Returns: (transfer full) (nullable): all ratings, of training and test, with
 *   their titles; or %NULL with an error
 */
MatineeDataset *
matinee_cli_load_source (MatineeCliSource *source, const MatineeParams *params, MatineePool *pool, MatineeStop *stop,
                         MatineeSplit **split, GError **error)
{
  g_autoptr (MatineeDataset) dataset = matinee_cli_read_source (source, params, pool, stop, error);
  g_autoptr (MatineeRatings) test = NULL;
  g_autoptr (MatineeRatings) joined = NULL;

  if (dataset == NULL)
    return NULL;
  if (source->test == NULL)
    {
      *split = matinee_split_new (dataset->ratings, params, pool, stop, error);
      return *split != NULL ? g_steal_pointer (&dataset) : NULL;
    }
  test = matinee_cli_read_ratings (source->test, &source->reading, pool, stop, error);
  if (test == NULL)
    return NULL;
  *split = matinee_split_new_given (dataset->ratings, test, &joined, pool, stop, error);
  return *split != NULL ? matinee_dataset_new (joined, dataset->titles, error) : NULL;
}

/**
 * matinee_cli_source_resolve:
 * @source: files
 * @options: what was given
 * @params: what followed from it; its split becomes that of a given file if there is one
 * @error: return location
 *
 * Works out how the data are to be split.
 *
 * Returns: %FALSE with %G_OPTION_ERROR when options contradict each other
 */
gboolean
matinee_cli_source_resolve (const MatineeCliSource *source, const MatineeCliParams *options, MatineeParams *params,
                            GError **error)
{
  gboolean wants_file = options->numbers[MATINEE_PARAM_SPLIT] != NULL && params->split == MATINEE_SPLIT_GIVEN;

  if (source->test == NULL && wants_file)
    return matinee_cli_fail_usage (error, _ ("--split given needs --test: the file of the ratings to test on"));
  if (source->test == NULL)
    return TRUE;
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    if (matinee_param_is_of_split (id) && options->numbers[id] != NULL && !(id == MATINEE_PARAM_SPLIT && wants_file))
      return matinee_cli_fail_usage (error, _ ("--test and --%s exclude each other: give one of them"),
                                     matinee_param_info (id)->name);
  params->split = MATINEE_SPLIT_GIVEN;
  return TRUE;
}
