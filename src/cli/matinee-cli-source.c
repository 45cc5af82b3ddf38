/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-source.h"

#include "matinee-cli-load.h"
#include "matinee-data-file.h"
#include "matinee-system.h"

static gboolean
check_memory (const MatineeParams *params, const MatineeRatings *ratings, GError **error)
{
  return matinee_params_check_memory (params, matinee_ratings_get_n_users (ratings),
                                      matinee_ratings_get_n_movies (ratings), matinee_ratings_get_n (ratings),
                                      matinee_system_available_memory (), error);
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
 * matinee_cli_load_source:
 * @source: files; archives become the files in them
 * @params: how much is held out, and with which seed; their memory has to be there
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
  g_autoptr (MatineeDataset) dataset = NULL;
  g_autoptr (MatineeRatings) test = NULL;
  g_autoptr (MatineeRatings) joined = NULL;

  if (!matinee_cli_source_find (source, stop, error))
    return NULL;
  dataset = matinee_cli_read_dataset (source->ratings, source->titles, &source->reading, pool, stop, error);
  if (dataset == NULL || !check_memory (params, dataset->ratings, error))
    return NULL;
  if (source->test == NULL)
    {
      *split = matinee_split_new_random (dataset->ratings, params->test_share, params->seed, pool, stop, error);
      return *split != NULL ? g_steal_pointer (&dataset) : NULL;
    }
  test = matinee_cli_read_ratings (source->test, &source->reading, pool, stop, error);
  if (test == NULL)
    return NULL;
  *split = matinee_split_new_given (dataset->ratings, test, &joined, pool, stop, error);
  return *split != NULL ? matinee_dataset_new (joined, dataset->titles, error) : NULL;
}

/**
 * matinee_cli_source_get_split:
 * @source: files
 *
 * Returns: (transfer none): how they are split, as model files call it
 */
const char *
matinee_cli_source_get_split (const MatineeCliSource *source)
{
  return source->test != NULL ? "given" : "random";
}
