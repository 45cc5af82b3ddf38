/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-file-kind.h"

#include <string.h>

#include "matinee-data-file.h"
#include "matinee-model-file.h"

/* Other programs may have packed a model anew, and then its name has to do. */
static gboolean
is_model (const char *path)
{
  g_autofree char *lower_name = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower_name, ".npz") || matinee_model_file_probe (path);
}

static gboolean
contains_any (const char *text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * matinee_file_kind_from_diagnosis:
 * @diagnosis: (nullable): of a file that is taken for ratings; %NULL if it can't be read
 * @name: name of the file
 *
 * Tells ratings from titles by what the file holds, and where that says nothing, by its
 * name. It is only a guess: whoever reads the file says what is wrong with it.
 *
 * Returns: what it looks like
 */
MatineeFileKind
matinee_file_kind_from_diagnosis (const MatineeDiagnosis *diagnosis, const char *name)
{
  static const char *const title_names[] = { "movie", "title", "film", NULL };
  g_autofree char *lower_name = g_ascii_strdown (name, -1);

  if (diagnosis != NULL && diagnosis->is_other_table)
    return MATINEE_FILE_TITLES;
  if (diagnosis != NULL && diagnosis->certain)
    return MATINEE_FILE_RATINGS;
  return contains_any (lower_name, title_names) ? MATINEE_FILE_TITLES : MATINEE_FILE_RATINGS;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer stop)
{
  matinee_stop_request (stop);
}

/* A file that can't be read is told by the reader, with the reason, and so is an archive
 * of which it is not sure what in it is meant. */
static void
guess_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  MatineeStop stop = { 0 };
  gulong handler
      = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), &stop, NULL) : 0;
  g_autofree char *path = g_file_get_path (G_FILE (object));
  gboolean model = path != NULL && is_model (path);
  g_autofree char *found
      = path != NULL && !model ? matinee_data_file_find (path, MATINEE_TABLE_RATINGS, NULL, NULL, &stop, NULL) : NULL;
  g_autofree char *name = found != NULL ? g_path_get_basename (found) : NULL;
  g_autoptr (MatineeDiagnosis) diagnosis
      = found != NULL ? matinee_diagnosis_new (found, MATINEE_TABLE_RATINGS, NULL, &stop, NULL) : NULL;

  g_cancellable_disconnect (cancellable, handler);
  if (model)
    g_task_return_int (task, MATINEE_FILE_MODEL);
  else
    g_task_return_int (task, found != NULL ? matinee_file_kind_from_diagnosis (diagnosis, name) : MATINEE_FILE_RATINGS);
}

/**
 * matinee_file_kind_guess_async:
 * @file: a file
 * @cancellable: (nullable): to give up
 * @callback: called when it is known
 * @user_data: data for @callback
 *
 * Looks at the first lines of a file, or of the table in an archive.
 */
void
matinee_file_kind_guess_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (file, cancellable, callback, user_data);

  g_task_set_source_tag (task, matinee_file_kind_guess_async);
  g_task_run_in_thread (task, guess_in_thread);
}

/**
 * matinee_file_kind_guess_finish:
 * @file: the file
 * @result: what the callback was given
 *
 * Returns: what it looks like; ratings if it can't be read
 */
MatineeFileKind
matinee_file_kind_guess_finish (GFile *file, GAsyncResult *result)
{
  gssize kind = g_task_propagate_int (G_TASK (result), NULL);

  return kind >= 0 ? (MatineeFileKind) kind : MATINEE_FILE_RATINGS;
}
