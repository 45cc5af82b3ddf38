/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-ratings-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "matinee-error.h"

/* Text gathered before it is written. */
#define FLUSH_SIZE ((gsize) 1 << 18)

/* A file on its way: it takes its name when it is complete, so that an older one
 * of that name is never half replaced. */
typedef struct
{
  const char *path;
  char *temporary;
  int file;
  GString *text;
  MatineeStop *stop;
} Writer;

static gboolean
set_system_error (const Writer *self, int code, GError **error)
{
  g_autofree char *name = g_filename_display_name (self->path);

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (code),
               _ ("\u201c%s\u201d can\u2019t be written: %s"), name, g_strerror (code));
  return FALSE;
}

static gboolean
writer_open (Writer *self, const char *path, MatineeStop *stop, GError **error)
{
  self->path = path;
  self->stop = stop;
  self->temporary = g_strconcat (path, ".XXXXXX", NULL);
  self->text = g_string_sized_new (FLUSH_SIZE + 4096);
  self->file = g_mkstemp_full (self->temporary, O_WRONLY | O_CLOEXEC, 0666);
  return self->file >= 0 || set_system_error (self, errno, error);
}

static gboolean
writer_flush (Writer *self, GError **error)
{
  const char *at = self->text->str;
  gsize left = self->text->len;

  if (matinee_stop_requested (self->stop))
    {
      matinee_error_set_cancelled (error);
      return FALSE;
    }
  while (left > 0)
    {
      gssize done = write (self->file, at, left);

      if (done < 0 && errno == EINTR)
        continue;
      if (done < 0)
        return set_system_error (self, errno, error);
      at += done;
      left -= (gsize) done;
    }
  g_string_truncate (self->text, 0);
  return TRUE;
}

static gboolean
writer_end_line (Writer *self, GError **error)
{
  g_string_append_c (self->text, '\n');
  return self->text->len < FLUSH_SIZE || writer_flush (self, error);
}

/* Gives the file its name, or removes it when @done is FALSE. */
static gboolean
writer_close (Writer *self, gboolean done, GError **error)
{
  done = done && writer_flush (self, error);
  if (done && fsync (self->file) != 0)
    done = set_system_error (self, errno, error);
  if (self->file >= 0 && close (self->file) != 0 && done)
    done = set_system_error (self, errno, error);
  if (done && g_rename (self->temporary, self->path) != 0)
    done = set_system_error (self, errno, error);
  if (!done && self->file >= 0)
    g_unlink (self->temporary);
  g_free (self->temporary);
  g_string_free (self->text, TRUE);
  return done;
}

/* Writes a field by RFC 4180: in quotes when it must be, or when blanks at its
 * ends would be left out on reading. */
static void
append_field (GString *text, const char *field)
{
  gsize length = strlen (field);
  gboolean blank_ends = length > 0 && (strchr (" \t", field[0]) != NULL || strchr (" \t", field[length - 1]) != NULL);

  if (length > 0 && !blank_ends && strpbrk (field, ",\"\r\n") == NULL)
    {
      g_string_append_len (text, field, (gssize) length);
      return;
    }
  g_string_append_c (text, '"');
  for (const char *c = field; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *c);
    }
  g_string_append_c (text, '"');
}

/* Writes a rating with as few digits as make it the same float when read. */
static void
append_rating (GString *text, float rating)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (int digits = 1; digits <= 9; digits++)
    {
      char format[] = "%.0g";

      format[2] = (char) ('0' + digits);
      g_ascii_formatd (buffer, sizeof buffer, format, (double) rating);
      if ((float) g_ascii_strtod (buffer, NULL) == rating)
        break;
    }
  g_string_append (text, buffer);
  if (strpbrk (buffer, ".e") == NULL)
    g_string_append (text, ".0");
}

static gboolean
write_ratings (Writer *self, const MatineeRatings *ratings, GError **error)
{
  const MatineeSparse *by_user = ratings->by_user;
  g_autoptr (GString) level = g_string_new (NULL);
  g_autoptr (GPtrArray) levels = g_ptr_array_new_with_free_func (g_free);

  for (guint l = 0; l < ratings->n_levels; l++)
    {
      g_string_truncate (level, 0);
      append_rating (level, by_user->levels[l]);
      g_ptr_array_add (levels, g_strdup (level->str));
    }
  g_string_append (self->text,
                   ratings->times != NULL ? "userId,movieId,rating,timestamp\n" : "userId,movieId,rating\n");
  for (guint32 row = 0; row < by_user->n_rows; row++)
    for (gsize e = by_user->offsets[row]; e < by_user->offsets[row + 1]; e++)
      {
        char buffer[MATINEE_ID_BUFFER];

        append_field (self->text, matinee_ids_format (ratings->users, row, buffer));
        g_string_append_c (self->text, ',');
        append_field (self->text, matinee_ids_format (ratings->movies, by_user->columns[e], buffer));
        g_string_append_c (self->text, ',');
        if (by_user->codes != NULL)
          g_string_append (self->text, g_ptr_array_index (levels, by_user->codes[e]));
        else
          append_rating (self->text, by_user->values[e]);
        if (ratings->times != NULL)
          g_string_append_printf (self->text, ",%" G_GINT64_FORMAT, ratings->times[e]);
        if (!writer_end_line (self, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
write_titles (Writer *self, const MatineeTitles *titles, GError **error)
{
  g_string_append (self->text, "movieId,title,genres\n");
  for (guint32 row = 0; row < matinee_titles_get_n (titles); row++)
    {
      const char *genres = matinee_titles_get_genres (titles, row);

      append_field (self->text, matinee_titles_get_id (titles, row));
      g_string_append_c (self->text, ',');
      append_field (self->text, matinee_titles_get_title (titles, row));
      g_string_append_c (self->text, ',');
      append_field (self->text, *genres != '\0' ? genres : "(no genres listed)");
      if (!writer_end_line (self, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * matinee_ratings_write:
 * @ratings: ratings
 * @path: where to
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Writes ratings as a table that matinee_ratings_read() reads back as they are,
 * users and movies ascending. The file is written beside @path and takes its
 * name at the end. Cost: O(n).
 *
 * Returns: %FALSE with a #GFileError or %MATINEE_ERROR_CANCELLED; then a file
 *   that was at @path is as it was
 */
gboolean
matinee_ratings_write (const MatineeRatings *ratings, const char *path, MatineeStop *stop, GError **error)
{
  Writer self = { .file = -1 };
  gboolean done = writer_open (&self, path, stop, error) && write_ratings (&self, ratings, error);

  return writer_close (&self, done, error);
}

/**
 * matinee_titles_write:
 * @titles: titles
 * @path: where to
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Writes titles as a table that matinee_titles_read() reads back as they are.
 * Cost: O(n).
 *
 * Returns: %FALSE with a #GFileError or %MATINEE_ERROR_CANCELLED; then a file
 *   that was at @path is as it was
 */
gboolean
matinee_titles_write (const MatineeTitles *titles, const char *path, MatineeStop *stop, GError **error)
{
  Writer self = { .file = -1 };
  gboolean done = writer_open (&self, path, stop, error) && write_titles (&self, titles, error);

  return writer_close (&self, done, error);
}
