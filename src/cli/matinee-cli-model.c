/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-model.h"

#include <glib/gi18n.h>

#include "matinee-cli-output.h"
#include "matinee-cli-suggest.h"
#include "matinee-cli-text.h"
#include "matinee-error.h"
#include "matinee-system.h"
#include "matinee-title-search.h"

/* How many films with a like title are named. */
#define N_NAMED 5

/**
 * matinee_cli_open_model:
 * @path: a model file
 * @pool: threads
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Opens a model, with a progress line on a terminal.
 *
 * Returns: (transfer full) (nullable): the model, or %NULL with an error
 */
MatineeModelFile *
matinee_cli_open_model (const char *path, MatineePool *pool, MatineeStop *stop, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  MatineeModelFile *file;

  matinee_cli_progress (_ ("Opening %s"), name);
  file = matinee_model_file_open (path, matinee_system_available_memory (), pool, stop, error);
  matinee_cli_progress_clear ();
  return file;
}

/**
 * matinee_cli_restore_split:
 * @file: a model that nobody else has yet
 * @pool: threads
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Makes the split of the training again, if it follows from the ratings, which must
 * be in the file, the parameters and the seed: neither from times, which are not in
 * it, nor from another file. A split that doesn't have as many ratings as the model
 * was trained and tested on is not taken.
 * O(ratings).
 *
 * Returns: %FALSE with an error; else the model may have its split, or not
 */
gboolean
matinee_cli_restore_split (MatineeModelFile *file, MatineePool *pool, MatineeStop *stop, GError **error)
{
  MatineeModel *model = file->model;
  const MatineeSplitInfo *info = matinee_split_info (model->params.split);
  g_autoptr (MatineeSplit) split = NULL;

  if (!file->has_ratings || info->needs_times || model->params.split == MATINEE_SPLIT_GIVEN
      || g_strcmp0 (file->split, info->choice.id) != 0)
    return TRUE;
  split = matinee_split_new (file->dataset->ratings, &model->params, pool, stop, error);
  if (split == NULL)
    return FALSE;
  if (split->train_by_user->n_entries == model->train.n && split->test_by_user->n_entries == model->test.n)
    model->split = g_steal_pointer (&split);
  return TRUE;
}

/**
 * matinee_cli_get_train:
 * @file: a model
 *
 * Returns: (transfer none): the ratings that it learnt from, as far as is known:
 *   those of its split, else all in the file
 */
const MatineeSparse *
matinee_cli_get_train (const MatineeModelFile *file)
{
  return file->model->split != NULL ? file->model->split->train_by_user : file->dataset->ratings->by_user;
}

/**
 * matinee_cli_find_user:
 * @users: ids
 * @id: one of them
 * @path: the file that they come from
 * @user: (out): its index
 * @error: return location
 *
 * Finds a user by the id.
 *
 * Returns: %FALSE with %MATINEE_ERROR_NOT_FOUND, and what may have been meant
 */
gboolean
matinee_cli_find_user (const MatineeIds *users, const char *id, const char *path, guint32 *user, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *file = NULL;
  g_autofree char *suggestion = NULL;

  if (matinee_ids_find (users, id, user))
    return TRUE;
  name = g_utf8_make_valid (id, -1);
  file = g_filename_display_basename (path);
  suggestion = matinee_cli_suggest_id (users, id);
  if (suggestion != NULL)
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND, _ ("There is no user “%s” in %s; did you mean %s?"),
                 name, file, suggestion);
  else
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND, _ ("There is no user “%s” in %s"), name, file);
  return FALSE;
}

static void
set_many_films (const MatineeModelFile *file, const MatineeTitleMatches *matches, const char *name, GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < MIN (matches->n, N_NAMED); i++)
    {
      char buffer[MATINEE_ID_BUFFER];
      g_autofree char *title = matinee_dataset_dup_title (file->dataset, matches->movies[i]);

      g_string_append_printf (list, _ ("%s%s “%s”"), i > 0 ? _ (", ") : "",
                              matinee_ids_format (file->model->movies, matches->movies[i], buffer), title);
    }
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND,
               _ ("%u films fit “%s”: give the id of one of them, such as %s"), matches->n_total, name, list->str);
}

/* Finds the one film whose title is the text, with or without its year. */
static gboolean
find_whole_title (const MatineeModelFile *file, const MatineeTitleMatches *matches, const char *text, guint32 *movie)
{
  g_autofree char *wanted = matinee_title_search_fold (text);
  guint n = 0;

  for (guint i = 0; i < matches->n; i++)
    {
      g_autofree char *title = matinee_dataset_dup_title (file->dataset, matches->movies[i]);
      g_autofree char *name = matinee_dataset_dup_name (file->dataset, matches->movies[i]);
      g_autofree char *whole = matinee_title_search_fold (title);
      g_autofree char *yearless = matinee_title_search_fold (name);

      if (!g_str_equal (wanted, whole) && !g_str_equal (wanted, yearless))
        continue;
      *movie = matches->movies[i];
      n++;
    }
  return n == 1;
}

/**
 * matinee_cli_find_movie:
 * @file: a model
 * @stats: figures of its films
 * @text: an id, or a title or part of one that only one film has
 * @path: where the model comes from
 * @movie: (out): index of the movie
 * @error: return location
 *
 * Finds a film. O(length of all titles).
 *
 * Returns: %FALSE with %MATINEE_ERROR_NOT_FOUND, and what may have been meant, or
 *   %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_cli_find_movie (const MatineeModelFile *file, const MatineeFilmStats *stats, const char *text, const char *path,
                        guint32 *movie, GError **error)
{
  g_autofree char *name = g_utf8_make_valid (text, -1);
  g_autofree char *base = g_filename_display_basename (path);
  g_autofree char *folded = matinee_title_search_fold (name);
  g_autofree char *suggestion = NULL;
  g_autoptr (MatineeTitleSearch) search = NULL;
  g_autoptr (MatineeTitleMatches) matches = NULL;

  if (matinee_ids_find (file->model->movies, text, movie))
    return TRUE;
  if (file->dataset->titles != NULL && folded[0] != '\0')
    {
      search = matinee_title_search_new (file->dataset, stats, error);
      matches = search != NULL ? matinee_title_search_find (search, name, G_MAXUINT, error) : NULL;
      if (matches == NULL)
        return FALSE;
    }
  if (matches != NULL && matches->n == 1)
    {
      *movie = matches->movies[0];
      return TRUE;
    }
  if (matches != NULL && matches->n > 1)
    {
      if (find_whole_title (file, matches, name, movie))
        return TRUE;
      set_many_films (file, matches, name, error);
      return FALSE;
    }
  suggestion = matinee_cli_suggest_id (file->model->movies, text);
  if (suggestion != NULL)
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND, _ ("There is no film “%s” in %s; did you mean %s?"),
                 name, base, suggestion);
  else
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND, _ ("There is no film “%s” in %s"), name, base);
  return FALSE;
}
