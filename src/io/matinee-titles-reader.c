/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-titles-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-data-file.h"
#include "matinee-diagnosis.h"
#include "matinee-error.h"
#include "matinee-record-reader.h"

typedef struct
{
  MatineeRecordReader *records;
  const MatineeCsvRecord *record; /* the one that is read */
  MatineeTextFormat format;
  MatineeTitlesBuilder *builder;
  guint n_latin;
} Reader;

static gboolean
has_column (const Reader *self, MatineeColumn column)
{
  return self->format.columns[column] >= 0;
}

static char *
to_utf8 (Reader *self, MatineeColumn column, const char *text, gsize length, GError **error)
{
  gboolean latin;
  char *utf8 = matinee_text_to_utf8 (self->format.encoding, text, length, &latin);

  self->n_latin += latin;
  if (utf8 == NULL)
    matinee_record_reader_set_error (
        self->records, column, _ ("the text is not UTF-8: say that the file is Latin-1, or save it as UTF-8"), error);
  return utf8;
}

static char *
dup_field (Reader *self, MatineeColumn column, GError **error)
{
  const MatineeCsvField *field = matinee_record_reader_get (self->records, column);

  return to_utf8 (self, column, field->text, field->length, error);
}

/* A title that goes on to the end of its line, or the field; with the year behind it,
 * as MovieLens has it. */
static char *
dup_title (Reader *self, GError **error)
{
  const char *text = matinee_record_reader_get_text (self->records);
  const gsize start = matinee_record_reader_get (self->records, MATINEE_COLUMN_TITLE)->start;
  g_autofree char *year = has_column (self, MATINEE_COLUMN_YEAR) ? dup_field (self, MATINEE_COLUMN_YEAR, NULL) : NULL;
  g_autofree char *title = self->format.takes_rest
                               ? to_utf8 (self, MATINEE_COLUMN_TITLE, text + start,
                                          matinee_csv_record_trim (self->record, text) - start, error)
                               : dup_field (self, MATINEE_COLUMN_TITLE, error);
  guint64 number;

  if (title == NULL || year == NULL || matinee_titles_parse_year (title) > 0)
    return g_steal_pointer (&title);
  /* Tables with gaps were often saved with years like "1995.0". */
  if (g_str_has_suffix (year, ".0"))
    year[strlen (year) - 2] = '\0';
  if (!g_ascii_string_to_unsigned (year, 10, 1000, 9999, &number, NULL))
    return g_steal_pointer (&title);
  return g_strdup_printf ("%s (%s)", title, year);
}

/* The genres whose flags are 1, in the order of u.genre of MovieLens 100K. */
static char *
dup_flagged_genres (const Reader *self)
{
  static const char *const genres[]
      = { "unknown",     "Action", "Adventure", "Animation", "Children's", "Comedy",  "Crime",
          "Documentary", "Drama",  "Fantasy",   "Film-Noir", "Horror",     "Musical", "Mystery",
          "Romance",     "Sci-Fi", "Thriller",  "War",       "Western" };
  GString *list = g_string_new (NULL);

  for (guint g = 1; g < G_N_ELEMENTS (genres); g++)
    {
      const MatineeCsvField *flag = &self->record->fields[(guint) self->format.genre_flags + g];

      if (flag->length == 1 && flag->text[0] == '1')
        g_string_append_printf (list, list->len > 0 ? "|%s" : "%s", genres[g]);
    }
  return g_string_free (list, FALSE);
}

static gboolean
add_record (Reader *self, GError **error)
{
  const gboolean has_genres = has_column (self, MATINEE_COLUMN_GENRES);
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;
  g_autofree char *genres = NULL;

  if (matinee_record_reader_get (self->records, MATINEE_COLUMN_MOVIE)->length == 0)
    return matinee_record_reader_fail (self->records, MATINEE_PROBLEM_EMPTY, MATINEE_COLUMN_MOVIE, error);
  id = dup_field (self, MATINEE_COLUMN_MOVIE, error);
  title = id != NULL ? dup_title (self, error) : NULL;
  if (title == NULL)
    return FALSE;
  if (self->format.genre_flags >= 0)
    genres = dup_flagged_genres (self);
  else if (has_genres)
    genres = dup_field (self, MATINEE_COLUMN_GENRES, error);
  if (genres == NULL && has_genres)
    return FALSE;
  matinee_titles_builder_add (self->builder, id, title, genres);
  return TRUE;
}

static gboolean
read_all (Reader *self, MatineeStop *stop, GError **error)
{
  for (guint64 n = 0;; n++)
    {
      if (n % 1024 == 0 && matinee_stop_requested (stop))
        {
          matinee_error_set_cancelled (error);
          return FALSE;
        }
      if (!matinee_record_reader_next (self->records, &self->record, error))
        return FALSE;
      if (self->record == NULL)
        return TRUE;
      if (!add_record (self, error))
        return FALSE;
    }
}

/**
 * matinee_titles_read_with:
 * @path: a file of titles: a table with at least the columns movieId and title,
 *   perhaps genres and year; matinee_diagnosis_new() tells how it is written. It may
 *   be compressed, or in an archive: see matinee_data_file_open()
 * @hints: (nullable): what somebody says about how it is to be read
 * @n_latin: (out) (optional): how many fields were not UTF-8 and were taken as
 *   Latin-1
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Reads titles. Cost: O(size of the file); memory: that of the titles.
 *
 * Returns: (transfer full) (nullable): the titles; or %NULL with
 *   %MATINEE_ERROR_FORMAT, whose message names file, line, what was found and
 *   what to do, %MATINEE_ERROR_DATA (no titles), %MATINEE_ERROR_MEMORY,
 *   %MATINEE_ERROR_CANCELLED, a #GFileError or an error of matinee_data_file_open()
 */
MatineeTitles *
matinee_titles_read_with (const char *path, const MatineeTextHints *hints, guint *n_latin, MatineeStop *stop,
                          GError **error)
{
  g_autoptr (MatineeTextSource) source = matinee_data_file_open (path, MATINEE_TABLE_TITLES, hints, stop, error);
  g_autoptr (MatineeRecordReader) records = NULL;
  g_autoptr (MatineeTitles) titles = NULL;
  Reader self = { 0 };

  if (source == NULL || !matinee_text_format_read (&self.format, source, MATINEE_TABLE_TITLES, hints, error))
    return NULL;
  self.records = records = matinee_record_reader_new (source, &self.format);
  self.builder = matinee_titles_builder_new ();
  if (!read_all (&self, stop, error))
    {
      matinee_titles_builder_free (self.builder);
      return NULL;
    }
  titles = matinee_titles_builder_finish (self.builder);
  if (matinee_titles_get_n (titles) == 0)
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                   _ ("%s has a header but no titles: a line for each should follow"),
                   matinee_text_source_get_name (source));
      return NULL;
    }
  if (n_latin != NULL)
    *n_latin = self.n_latin;
  return g_steal_pointer (&titles);
}

/**
 * matinee_titles_read:
 * @path: a file of titles
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Reads titles: see matinee_titles_read_with().
 *
 * Returns: (transfer full) (nullable): the titles, or %NULL with an error
 */
MatineeTitles *
matinee_titles_read (const char *path, MatineeStop *stop, GError **error)
{
  return matinee_titles_read_with (path, NULL, NULL, stop, error);
}
