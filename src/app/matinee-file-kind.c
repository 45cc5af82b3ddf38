/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-file-kind.h"

#include <string.h>

/* Enough for any header. */
#define HEADER_SIZE 4096

/* Where a zip archive has the name of its first member. */
#define MEMBER_NAME ((gsize) 30)

/* A model is a zip archive that begins with its description; other programs may have
 * packed it anew, and then its name has to do. */
static gboolean
is_model (const char *name, const char *header, gsize length)
{
  static const char zip[] = "PK\x03\x04";
  g_autofree char *lower_name = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower_name, ".npz")
         || (length > MEMBER_NAME && memcmp (header, zip, strlen (zip)) == 0
             && g_strstr_len (header + MEMBER_NAME, (gssize) (length - MEMBER_NAME), "matinee.json") != NULL);
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
 * matinee_file_kind_from_header:
 * @name: name of a file
 * @header: its first bytes
 * @length: how many
 *
 * Tells ratings from titles by the names of the columns, and where those say nothing,
 * by the name of the file; models by their first member or by their name. It is only a guess: whoever reads the file
 * says what is wrong with it.
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

  if (is_model (name, header, length))
    return MATINEE_FILE_MODEL;
  while (end < length && header[end] != '\n' && header[end] != '\r' && header[end] != '\0')
    end++;
  line = g_ascii_strdown (header, (gssize) end);
  if (contains_any (line, rating_columns))
    return MATINEE_FILE_RATINGS;
  if (contains_any (line, title_columns))
    return MATINEE_FILE_TITLES;
  return contains_any (lower_name, title_names) ? MATINEE_FILE_TITLES : MATINEE_FILE_RATINGS;
}

static void
guess (GTask *task, const char *header, gsize length)
{
  g_autofree char *name = g_file_get_basename (G_FILE (g_task_get_source_object (task)));

  g_task_return_int (task, matinee_file_kind_from_header (name != NULL ? name : "", header, length));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  /* A file that can't be read is told by the reader, with the reason. */
  if (bytes == NULL)
    guess (task, "", 0);
  else
    guess (task, g_bytes_get_size (bytes) > 0 ? g_bytes_get_data (bytes, NULL) : "", g_bytes_get_size (bytes));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, NULL);

  if (stream == NULL)
    guess (task, "", 0);
  else
    g_input_stream_read_bytes_async (G_INPUT_STREAM (stream), HEADER_SIZE, G_PRIORITY_DEFAULT,
                                     g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

/**
 * matinee_file_kind_guess_async:
 * @file: a file
 * @cancellable: (nullable): to give up
 * @callback: called when it is known
 * @user_data: data for @callback
 *
 * Looks at the first line of a file.
 */
void
matinee_file_kind_guess_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (file, cancellable, callback, user_data);

  g_task_set_source_tag (task, matinee_file_kind_guess_async);
  g_file_read_async (file, G_PRIORITY_DEFAULT, cancellable, opened_cb, task);
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
