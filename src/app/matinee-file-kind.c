/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-file-kind.h"

#include <string.h>

#include "matinee-data-file.h"

/* Enough for any header. */
#define HEADER_SIZE 4096

static gboolean
contains_any (const char *text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * matinee_file_kind_from_header:
 * @name: name of a file
 * @header: its first bytes
 * @length: how many
 *
 * Tells ratings from titles by the names of the columns, and where those say nothing,
 * by the name of the file. It is only a guess: whoever reads the file says what is
 * wrong with it.
 *
 * Returns: what it looks like
 */
MatineeFileKind
matinee_file_kind_from_header (const char *name, const char *header, gsize length)
{
  static const char *const title_columns[] = { "title", "genres", NULL };
  static const char *const rating_columns[] = { "rating", NULL };
  static const char *const title_names[] = { "movie", "title", "film", NULL };
  gsize end = 0;
  g_autofree char *line = NULL;
  g_autofree char *lower_name = g_ascii_strdown (name, -1);

  while (end < length && header[end] != '\n' && header[end] != '\r' && header[end] != '\0')
    end++;
  line = g_ascii_strdown (header, (gssize) end);
  if (contains_any (line, rating_columns))
    return MATINEE_FILE_RATINGS;
  if (contains_any (line, title_columns))
    return MATINEE_FILE_TITLES;
  return contains_any (lower_name, title_names) ? MATINEE_FILE_TITLES : MATINEE_FILE_RATINGS;
}

/* A file that can't be read is told by the reader, with the reason, and so is an archive
 * of which it is not sure what in it is meant. */
static void
guess_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  g_autofree char *path = g_file_get_path (G_FILE (object));
  g_autofree char *found = path != NULL ? matinee_data_file_find (path, MATINEE_DATA_RATINGS, NULL, NULL, NULL) : NULL;
  g_autofree char *name = found != NULL ? g_path_get_basename (found) : NULL;
  g_autoptr (MatineeTextSource) source = found != NULL ? matinee_text_source_open (found, NULL, NULL) : NULL;
  char header[HEADER_SIZE];
  gsize n = source != NULL ? (gsize) MIN (matinee_text_source_get_size (source), sizeof header) : 0;

  if (source == NULL || !matinee_text_source_read (source, 0, header, n, NULL))
    g_task_return_int (task, MATINEE_FILE_RATINGS);
  else
    g_task_return_int (task, matinee_file_kind_from_header (name, header, n));
}

/**
 * matinee_file_kind_guess_async:
 * @file: a file
 * @cancellable: (nullable): to give up
 * @callback: called when it is known
 * @user_data: data for @callback
 *
 * Looks at the first line of a file, or of the table in an archive.
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

  return kind == MATINEE_FILE_TITLES ? MATINEE_FILE_TITLES : MATINEE_FILE_RATINGS;
}
