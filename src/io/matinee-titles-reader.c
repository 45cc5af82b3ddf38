/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-titles-reader.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <libintl.h>
#include <string.h>

#include "matinee-csv.h"
#include "matinee-data-file.h"
#include "matinee-diagnosis.h"
#include "matinee-error.h"
#include "matinee-memory.h"
#include "matinee-text-excerpt.h"

#define READ_SIZE ((gsize) 1 << 18)

/* A file of titles while it is read, a piece after the other. */
typedef struct
{
  MatineeTextSource *source;
  const MatineeTextHints *hints;
  MatineeTextFormat format;
  MatineeCsvRecord *record;
  MatineeTitlesBuilder *builder;
  char *text; /* (array capacity): what is not parsed yet, from @at to @length */
  gsize capacity;
  gsize at;
  gsize length;
  guint64 offset; /* where in the file the text ends */
  guint64 line;
  guint n_latin;
} Reader;

static const char *
get_name (const Reader *self)
{
  return matinee_text_source_get_name (self->source);
}

/* Moves what is left to the front and reads more behind it. */
static gboolean
read_more (Reader *self, GError **error)
{
  gsize left = self->length - self->at, n;

  if (left + READ_SIZE > self->capacity)
    {
      gsize capacity = MAX (2 * self->capacity, left + READ_SIZE);
      char *text = matinee_alloc (capacity, 1, _ ("reading the titles"), error);

      if (text == NULL)
        return FALSE;
      if (left > 0)
        memcpy (text, self->text + self->at, left);
      matinee_free (self->text);
      self->text = text;
      self->capacity = capacity;
    }
  else
    memmove (self->text, self->text + self->at, left);
  if (!matinee_text_source_unpack (self->source, error))
    return FALSE;
  matinee_text_source_advance (self->source, self->offset);
  n = (gsize) MIN (READ_SIZE, matinee_text_source_get_size (self->source) - self->offset);
  if (!matinee_text_source_read (self->source, self->offset, self->text + left, n, error))
    return FALSE;
  self->at = 0;
  self->length = left + n;
  self->offset += n;
  return TRUE;
}

static gboolean
set_record_error (const Reader *self, MatineeCsvStatus status, GError **error)
{
  const MatineeCsvField *field = &self->record->problem;

  if (status != MATINEE_CSV_AFTER_QUOTE && field->text != NULL)
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                 _ ("%s, line %" PRIu64
                    ", column %u: the quotation mark that opens here is never closed: add the one that is missing"),
                 get_name (self), self->line + field->line,
                 matinee_csv_field_get_column (field, self->text + self->at));
  else if (status == MATINEE_CSV_AFTER_QUOTE)
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                 _ ("%s, line %" PRIu64
                    ", column %u: there is text after the quotation mark that closes this field: write quotation marks "
                    "inside a field twice"),
                 get_name (self), self->line + field->line,
                 matinee_csv_field_get_column (field, self->text + self->at));
  else
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                 _ ("%s, line %" PRIu64 ": the line is longer than %u bytes: is this a table of titles?"),
                 get_name (self), self->line, (guint) MATINEE_CSV_LONGEST_RECORD);
  return FALSE;
}

/* Parses the next record; @found is FALSE at the end of the file. */
static gboolean
next_record (Reader *self, gboolean *found, GError **error)
{
  for (;;)
    {
      gboolean at_end = matinee_text_source_is_complete (self->source)
                        && self->offset == matinee_text_source_get_size (self->source);
      MatineeCsvStatus status = MATINEE_CSV_MORE;

      *found = FALSE;
      if (at_end && self->at == self->length)
        return TRUE;
      if (self->at < self->length)
        status = matinee_csv_record_parse (self->record, self->text + self->at, self->length - self->at, at_end,
                                           &self->format.dialect);
      if (status == MATINEE_CSV_RECORD)
        {
          *found = TRUE;
          return TRUE;
        }
      if (status != MATINEE_CSV_MORE || self->length - self->at > MATINEE_CSV_LONGEST_RECORD)
        return set_record_error (self, status, error);
      if (!read_more (self, error))
        return FALSE;
    }
}

static char *
to_utf8 (Reader *self, const char *text, gsize length)
{
  gboolean latin;
  char *utf8 = matinee_text_to_utf8 (self->format.encoding, text, length, &latin);

  self->n_latin += latin;
  return utf8;
}

static gboolean
has_column (const Reader *self, MatineeColumn column)
{
  return self->format.columns[column] >= 0;
}

static const MatineeCsvField *
get_field (const Reader *self, MatineeColumn column)
{
  return &self->record->fields[self->format.columns[column]];
}

static char *
dup_field (Reader *self, MatineeColumn column)
{
  const MatineeCsvField *field = has_column (self, column) ? get_field (self, column) : NULL;

  return field != NULL ? to_utf8 (self, field->text, field->length) : NULL;
}

/* A title that goes on to the end of its line, or the field; with the year behind it,
 * as MovieLens has it. */
static char *
dup_title (Reader *self)
{
  const char *record = self->text + self->at;
  gsize start = get_field (self, MATINEE_COLUMN_TITLE)->start;
  g_autofree char *year = dup_field (self, MATINEE_COLUMN_YEAR);
  g_autofree char *title = self->format.takes_rest
                               ? to_utf8 (self, record + start, matinee_csv_record_trim (self->record, record) - start)
                               : dup_field (self, MATINEE_COLUMN_TITLE);
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
check_record (const Reader *self, GError **error)
{
  const MatineeCsvRecord *record = self->record;
  const MatineeCsvField *id;

  if (memchr (self->text + self->at, '\0', record->used) != NULL)
    {
      g_set_error (
          error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
          _ ("%s, line %" PRIu64
             ": there is a zero byte, so this is not a text file, or it is damaged: copy or download it again"),
          get_name (self), self->line);
      return FALSE;
    }
  if (record->n_fields < self->format.n_columns
      || (record->n_fields > self->format.n_columns && !self->format.takes_rest))
    {
      gsize length = matinee_csv_record_trim (record, self->text + self->at);
      g_autofree char *found = matinee_text_excerpt (self->text + self->at, length);

      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                   dngettext (GETTEXT_PACKAGE,
                              "%s, line %" PRIu64
                              ": \u201c%s\u201d has %u field, but the header names %u: correct the line; a comma "
                              "inside a title needs quotation marks around the title",
                              "%s, line %" PRIu64
                              ": \u201c%s\u201d has %u fields, but the header names %u: correct the line; a comma "
                              "inside a title needs quotation marks around the title",
                              record->n_fields),
                   get_name (self), self->line, found, record->n_fields, self->format.n_columns);
      return FALSE;
    }
  id = get_field (self, MATINEE_COLUMN_MOVIE);
  if (id->length == 0)
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                   _ ("%s, line %" PRIu64 ", column %u: the movie id is missing: fill it in or delete the line"),
                   get_name (self), self->line + id->line, matinee_csv_field_get_column (id, self->text + self->at));
      return FALSE;
    }
  return TRUE;
}

static gboolean
add_record (Reader *self, GError **error)
{
  g_autofree char *id = dup_field (self, MATINEE_COLUMN_MOVIE);
  g_autofree char *title = dup_title (self);
  g_autofree char *genres
      = self->format.genre_flags >= 0 ? dup_flagged_genres (self) : dup_field (self, MATINEE_COLUMN_GENRES);

  if (id == NULL || title == NULL || (genres == NULL && has_column (self, MATINEE_COLUMN_GENRES)))
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                   _ ("%s, line %" PRIu64 ": the text is not UTF-8: say that the file is Latin-1, or save it as UTF-8"),
                   get_name (self), self->line);
      return FALSE;
    }
  matinee_titles_builder_add (self->builder, id, title, genres);
  return TRUE;
}

static gboolean
read_all (Reader *self, MatineeStop *stop, GError **error)
{
  gboolean found;

  if (!matinee_text_format_read (&self->format, self->source, MATINEE_TABLE_TITLES, self->hints, error))
    return FALSE;
  self->offset = self->format.first_byte;
  self->line = self->format.first_line;
  for (guint64 n = 0;; n++)
    {
      if (n % 1024 == 0 && matinee_stop_requested (stop))
        {
          matinee_error_set_cancelled (error);
          return FALSE;
        }
      if (!next_record (self, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      if (!matinee_csv_record_is_blank (self->record))
        {
          if (!check_record (self, error) || !add_record (self, error))
            return FALSE;
        }
      self->line += self->record->n_lines;
      self->at += self->record->used;
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
  Reader self = { .source = matinee_data_file_open (path, MATINEE_TABLE_TITLES, hints, stop, error), .hints = hints };
  MatineeTitles *titles = NULL;

  if (self.source == NULL)
    return NULL;
  self.record = matinee_csv_record_new ();
  self.builder = matinee_titles_builder_new ();
  if (read_all (&self, stop, error))
    titles = matinee_titles_builder_finish (g_steal_pointer (&self.builder));
  if (titles != NULL && matinee_titles_get_n (titles) == 0)
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                   _ ("%s has a header but no titles: a line for each should follow"), get_name (&self));
      g_clear_pointer (&titles, matinee_titles_unref);
    }
  if (n_latin != NULL)
    *n_latin = self.n_latin;

  matinee_titles_builder_free (self.builder);
  matinee_csv_record_free (self.record);
  matinee_free (self.text);
  matinee_text_source_free (self.source);
  return titles;
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
