/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-person-reader.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "matinee-csv.h"
#include "matinee-data-file.h"
#include "matinee-diagnosis.h"
#include "matinee-error.h"
#include "matinee-memory.h"
#include "matinee-text-excerpt.h"

/* The ratings of one person while they are read. */
typedef struct
{
  MatineeTextSource *source;
  const MatineeTextHints *hints;
  MatineeTextFormat format;
  MatineeCsvRecord *record;
  char *text;
  gsize length;
  guint64 line;
  char *user;
  GArray *items;
  GHashTable *places; /* movie → its place in items, from 1 */
  guint n_duplicates;
} Reader;

static void
clear_item (gpointer data)
{
  MatineePersonRating *item = data;

  g_free (item->movie);
  g_free (item->title);
}

static gboolean
set_error (const Reader *self, guint lines, const char *problem, GError **error)
{
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
               /* Translators: file, line, what is wrong there */
               _ ("%s, line %" PRIu64 ": %s"), matinee_text_source_get_name (self->source), self->line + lines,
               problem);
  return FALSE;
}

static gboolean
check_size (const Reader *self, GError **error)
{
  if (matinee_text_source_get_size (self->source) <= MATINEE_PERSON_LARGEST_FILE)
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
               _ ("%s is too large to be the ratings of one person: is it a file of many users?"),
               matinee_text_source_get_name (self->source));
  return FALSE;
}

/* Moves the whole text into memory, a window after the other if it is compressed. */
static gboolean
load_text (Reader *self, GError **error)
{
  guint64 offset = self->format.first_byte;

  for (;;)
    {
      guint64 size = matinee_text_source_get_size (self->source);
      gsize length = (gsize) (size - self->format.first_byte);
      char *text;

      if (!check_size (self, error))
        return FALSE;
      text = matinee_alloc (length, 1, _ ("reading the ratings"), error);
      if (text == NULL)
        return FALSE;
      if (self->length > 0)
        memcpy (text, self->text, self->length);
      matinee_free (self->text);
      self->text = text;
      if (!matinee_text_source_read (self->source, offset, text + self->length, length - self->length, error))
        return FALSE;
      self->length = length;
      offset = size;
      if (matinee_text_source_is_complete (self->source))
        return TRUE;
      matinee_text_source_advance (self->source, offset);
      if (!matinee_text_source_unpack (self->source, error))
        return FALSE;
      matinee_text_source_advance (self->source, offset);
    }
}

static gboolean
load (Reader *self, GError **error)
{
  if (!check_size (self, error)
      || !matinee_text_format_read (&self->format, self->source, MATINEE_TABLE_PERSON, self->hints, error))
    return FALSE;
  self->line = self->format.first_line;
  return load_text (self, error);
}

static gboolean
parse_rating (const Reader *self, const MatineeCsvField *field, float *rating, GError **error)
{
  g_autofree char *found = NULL;
  g_autofree char *problem = NULL;

  if (matinee_text_format_parse_number (&self->format, field->text, field->length, rating) == MATINEE_NUMBER_OK)
    return TRUE;
  found = matinee_text_excerpt (field->text, field->length);
  problem = g_strdup_printf (_ ("the rating should be a number such as 3.5, but \u201c%s\u201d was found: correct the "
                                "line or delete it"),
                             found);
  return set_error (self, field->line, problem, error);
}

/* As everywhere, ids are compared as UTF-8, however the file is written. */
static char *
dup_id (const Reader *self, const MatineeCsvField *id, GError **error)
{
  char *text = matinee_text_to_utf8 (self->format.encoding, id->text, id->length, NULL);
  g_autofree char *found = NULL;
  g_autofree char *problem = NULL;

  if (text != NULL)
    return text;
  found = matinee_text_excerpt (id->text, id->length);
  problem = g_strdup_printf (_ ("the id \u201c%s\u201d is not UTF-8 text: save the file as UTF-8 and open it again"),
                             found);
  set_error (self, id->line, problem, error);
  return NULL;
}

/* All lines have to be one person's. */
static gboolean
check_user (Reader *self, const MatineeCsvField *field, GError **error)
{
  g_autofree char *user = dup_id (self, field, error);
  g_autofree char *problem = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (user == NULL)
    return FALSE;
  if (self->user == NULL)
    self->user = g_steal_pointer (&user);
  if (user == NULL || g_str_equal (self->user, user))
    return TRUE;
  first = matinee_text_excerpt (self->user, strlen (self->user));
  second = matinee_text_excerpt (user, strlen (user));
  problem = g_strdup_printf (_ ("this is a rating of user \u201c%s\u201d, but those before are of user \u201c%s\u201d: "
                                "the file should hold the ratings of one person"),
                             second, first);
  return set_error (self, field->line, problem, error);
}

/* A title that can't be what the file is written in is taken as Latin-1, as in a file of
 * titles. */
static char *
dup_title (const Reader *self, const MatineeCsvField *title)
{
  char *text = matinee_text_to_utf8 (self->format.encoding, title->text, title->length, NULL);

  return text != NULL ? text : matinee_text_to_utf8 (MATINEE_ENCODING_LATIN_1, title->text, title->length, NULL);
}

/* Takes over @id. */
static void
add_rating (Reader *self, char *id, const MatineeCsvField *title, float rating)
{
  MatineePersonRating item = { .movie = id, .rating = rating };
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, item.movie));

  if (place > 0)
    {
      MatineePersonRating *known = &g_array_index (self->items, MatineePersonRating, place - 1);

      known->rating = rating;
      self->n_duplicates++;
      g_free (item.movie);
      return;
    }
  item.title = title != NULL ? dup_title (self, title) : g_strdup ("");
  g_array_append_val (self->items, item);
  g_hash_table_insert (self->places, item.movie, GUINT_TO_POINTER (self->items->len));
}

static gboolean
take_record (Reader *self, const char *text, GError **error)
{
  const MatineeCsvRecord *record = self->record;
  const int *columns = self->format.columns;
  const MatineeCsvField *movie;
  char *id;
  float rating;

  if (memchr (text, '\0', record->used) != NULL)
    return set_error (self, 0, _ ("there is a zero byte, so this is not a text file, or it is damaged"), error);
  if (record->n_fields != self->format.n_columns)
    {
      g_autofree char *problem
          = g_strdup_printf (_ ("the number of fields is %u, but the header names %u: correct the line"),
                             record->n_fields, self->format.n_columns);

      return set_error (self, 0, problem, error);
    }
  movie = &record->fields[columns[MATINEE_COLUMN_MOVIE]];
  if (movie->length == 0)
    return set_error (self, movie->line, _ ("the movie id is missing: fill it in or delete the line"), error);
  if (!parse_rating (self, &record->fields[columns[MATINEE_COLUMN_RATING]], &rating, error))
    return FALSE;
  if (columns[MATINEE_COLUMN_USER] >= 0 && !check_user (self, &record->fields[columns[MATINEE_COLUMN_USER]], error))
    return FALSE;
  id = dup_id (self, movie, error);
  if (id == NULL)
    return FALSE;
  add_rating (self, id, columns[MATINEE_COLUMN_TITLE] >= 0 ? &record->fields[columns[MATINEE_COLUMN_TITLE]] : NULL,
              rating);
  return TRUE;
}

static gboolean
read_all (Reader *self, MatineeStop *stop, GError **error)
{
  gsize at = 0;

  while (at < self->length)
    {
      MatineeCsvStatus status
          = matinee_csv_record_parse (self->record, self->text + at, self->length - at, TRUE, &self->format.dialect);

      if (matinee_stop_requested (stop))
        {
          matinee_error_set_cancelled (error);
          return FALSE;
        }
      if (status == MATINEE_CSV_AFTER_QUOTE)
        return set_error (self, self->record->problem.line,
                          _ ("there is text after a quotation mark that closes a field: write quotation marks inside a "
                             "field twice"),
                          error);
      if (status != MATINEE_CSV_RECORD)
        return set_error (self, self->record->problem.line,
                          _ ("a quotation mark is never closed: add the one that is "
                             "missing"),
                          error);
      if (!matinee_csv_record_is_blank (self->record) && !take_record (self, self->text + at, error))
        return FALSE;
      self->line += self->record->n_lines;
      at += self->record->used;
    }
  if (self->items->len > 0)
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
               _ ("%s has a header but no ratings: a line for each should follow"),
               matinee_text_source_get_name (self->source));
  return FALSE;
}

/**
 * matinee_person_ratings_read:
 * @path: a file with the ratings of one person: a table with a header and at least
 *   the columns movieId and rating, in any order; with a column userId, all lines
 *   have to have the same there; a column title is kept. It may be compressed, or in
 *   an archive: see matinee_data_file_open()
 * @hints: (nullable): what somebody says about how it is to be read
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Reads what one person has rated. Where a movie comes twice, the last line counts.
 * Cost and memory: O(size of the file), which is at most
 * %MATINEE_PERSON_LARGEST_FILE.
 *
 * Returns: (transfer full) (nullable): the ratings; or %NULL with
 *   %MATINEE_ERROR_FORMAT, whose message names file, line, what was found and what
 *   to do, %MATINEE_ERROR_DATA (no ratings, too large), %MATINEE_ERROR_MEMORY,
 *   %MATINEE_ERROR_CANCELLED, a #GFileError or an error of matinee_data_file_open()
 */
MatineePersonRatings *
matinee_person_ratings_read (const char *path, const MatineeTextHints *hints, MatineeStop *stop, GError **error)
{
  Reader self = { .source = matinee_data_file_open (path, MATINEE_TABLE_PERSON, hints, stop, error), .hints = hints };
  MatineePersonRatings *ratings = NULL;

  if (self.source == NULL)
    return NULL;
  self.record = matinee_csv_record_new ();
  self.items = g_array_new (FALSE, FALSE, sizeof (MatineePersonRating));
  g_array_set_clear_func (self.items, clear_item);
  self.places = g_hash_table_new (g_str_hash, g_str_equal);
  if (load (&self, error) && read_all (&self, stop, error))
    {
      ratings = g_new0 (MatineePersonRatings, 1);
      ratings->user = g_steal_pointer (&self.user);
      ratings->n = self.items->len;
      ratings->n_duplicates = self.n_duplicates;
      ratings->items = (MatineePersonRating *) (gpointer) g_array_free (g_steal_pointer (&self.items), FALSE);
    }
  g_clear_pointer (&self.items, g_array_unref);
  g_hash_table_unref (self.places);
  g_free (self.user);
  matinee_csv_record_free (self.record);
  matinee_free (self.text);
  matinee_text_source_free (self.source);
  return ratings;
}

/**
 * matinee_person_ratings_free:
 * @ratings: (nullable) (transfer full): ratings
 *
 * Frees them.
 */
void
matinee_person_ratings_free (MatineePersonRatings *ratings)
{
  if (ratings == NULL)
    return;
  for (guint i = 0; i < ratings->n; i++)
    clear_item (&ratings->items[i]);
  g_free (ratings->items);
  g_free (ratings->user);
  g_free (ratings);
}
