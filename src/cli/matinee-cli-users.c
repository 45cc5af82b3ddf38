/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-users.h"

#include <glib/gi18n.h>
#include <string.h>

#include "matinee-cli-model.h"
#include "matinee-error.h"

/* What the first line may say in place of an id. */
static gboolean
is_heading (const char *line)
{
  static const char *const names[] = { "userid", "user_id", "user", "id" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (line, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Takes a line as CSV has a single field: perhaps in quotation marks. */
static char *
unquote (const char *line)
{
  g_autofree char *stripped = g_strstrip (g_strdup (line));
  gsize length = strlen (stripped);
  g_auto (GStrv) parts = NULL;

  if (length < 2 || stripped[0] != '"' || stripped[length - 1] != '"')
    return g_steal_pointer (&stripped);
  stripped[length - 1] = '\0';
  parts = g_strsplit (stripped + 1, "\"\"", -1);
  return g_strjoinv ("\"", parts);
}

static char *
load (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (strlen (text) == length)
    return g_steal_pointer (&text);
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
               _ ("%s is not a text file: a file of users has one id a line"), name);
  return NULL;
}

/**
 * matinee_cli_read_users:
 * @path: a text file with the id of a user on each line, perhaps below a heading;
 *   empty lines don't count
 * @users: ids of a model
 * @model_path: where the model comes from
 * @error: return location
 *
 * Reads for whom to work, in the order of the file.
 *
 * Returns: (transfer full) (nullable) (element-type guint32): the indices of the
 *   users; or %NULL with a #GFileError, %MATINEE_ERROR_FORMAT, %MATINEE_ERROR_DATA
 *   (no users) or %MATINEE_ERROR_NOT_FOUND, whose message names the line
 */
GArray *
matinee_cli_read_users (const char *path, const MatineeIds *users, const char *model_path, GError **error)
{
  g_autofree char *text = load (path, error);
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_auto (GStrv) lines = NULL;

  if (text == NULL)
    return NULL;
  lines = g_strsplit (g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *id = unquote (lines[i]);
      guint32 user;

      if (id[0] == '\0' || (i == 0 && is_heading (id) && !matinee_ids_find (users, id, &user)))
        continue;
      if (!matinee_cli_find_user (users, id, model_path, &user, error))
        {
          /* Translators: file and line before what is wrong there */
          g_prefix_error (error, _ ("%s, line %u: "), name, i + 1);
          return NULL;
        }
      g_array_append_val (found, user);
    }
  if (found->len > 0)
    return g_steal_pointer (&found);
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
               _ ("%s is empty: it should have the id of a user on each line"), name);
  return NULL;
}
