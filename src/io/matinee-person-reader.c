/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-person-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-data-file.h"
#include "matinee-diagnosis.h"
#include "matinee-error.h"
#include "matinee-record-reader.h"
#include "matinee-text-excerpt.h"

/* The ratings of one person while they are read. */
typedef struct
{
  MatineeTextSource *source;
  MatineeTextFormat format;
  MatineeRecordReader *records;
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
check_size (const Reader *self, GError **error)
{
  if (matinee_text_source_get_size (self->source) <= MATINEE_PERSON_LARGEST_FILE)
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
               _ ("%s is too large to be the ratings of one person: is it a file of many users?"),
               matinee_text_source_get_name (self->source));
  return FALSE;
}

static gboolean
parse_rating (const Reader *self, float *rating, GError **error)
{
  const MatineeCsvField *field = matinee_record_reader_get (self->records, MATINEE_COLUMN_RATING);
  MatineeNumberStatus status = matinee_text_format_parse_number (&self->format, field->text, field->length, rating);

  return status == MATINEE_NUMBER_OK
         || matinee_record_reader_fail (self->records, matinee_table_problem_of_number (status), MATINEE_COLUMN_RATING,
                                        error);
}

/* As everywhere, ids are compared as UTF-8, however the file is written. */
static char *
dup_id (const Reader *self, MatineeColumn column, GError **error)
{
  const MatineeCsvField *id = matinee_record_reader_get (self->records, column);
  char *text = matinee_text_to_utf8 (self->format.encoding, id->text, id->length, NULL);

  if (text == NULL)
    matinee_record_reader_fail (self->records, MATINEE_PROBLEM_ENCODING, column, error);
  return text;
}

/* All lines have to be one person's. */
static gboolean
check_user (Reader *self, GError **error)
{
  g_autofree char *user = dup_id (self, MATINEE_COLUMN_USER, error);
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
  return matinee_record_reader_set_error (self->records, MATINEE_COLUMN_USER, problem, error);
}

/* A title that can't be what the file is written in is taken as Latin-1, as in a file of
 * titles. */
static char *
dup_title (const Reader *self)
{
  const MatineeCsvField *title = matinee_record_reader_get (self->records, MATINEE_COLUMN_TITLE);
  char *text = matinee_text_to_utf8 (self->format.encoding, title->text, title->length, NULL);

  return text != NULL ? text : matinee_text_to_utf8 (MATINEE_ENCODING_LATIN_1, title->text, title->length, NULL);
}

/* Takes over @id. */
static void
add_rating (Reader *self, char *id, float rating)
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
  item.title = self->format.columns[MATINEE_COLUMN_TITLE] >= 0 ? dup_title (self) : g_strdup ("");
  g_array_append_val (self->items, item);
  g_hash_table_insert (self->places, item.movie, GUINT_TO_POINTER (self->items->len));
}

static gboolean
take_record (Reader *self, GError **error)
{
  const MatineeCsvField *movie = matinee_record_reader_get (self->records, MATINEE_COLUMN_MOVIE);
  float rating;
  char *id;

  if (movie->length == 0)
    return matinee_record_reader_fail (self->records, MATINEE_PROBLEM_EMPTY, MATINEE_COLUMN_MOVIE, error);
  if (!parse_rating (self, &rating, error)
      || (self->format.columns[MATINEE_COLUMN_USER] >= 0 && !check_user (self, error)))
    return FALSE;
  id = dup_id (self, MATINEE_COLUMN_MOVIE, error);
  if (id == NULL)
    return FALSE;
  add_rating (self, id, rating);
  return TRUE;
}

static gboolean
read_all (Reader *self, MatineeStop *stop, GError **error)
{
  const MatineeCsvRecord *record;

  for (;;)
    {
      if (matinee_stop_requested (stop))
        {
          matinee_error_set_cancelled (error);
          return FALSE;
        }
      /* Of a compressed file, the size is known as far as it is unpacked. */
      if (!matinee_record_reader_next (self->records, &record, error) || !check_size (self, error))
        return FALSE;
      if (record == NULL)
        break;
      if (!take_record (self, error))
        return FALSE;
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
  g_autoptr (MatineeTextSource) source = matinee_data_file_open (path, MATINEE_TABLE_PERSON, hints, stop, error);
  g_autoptr (MatineeRecordReader) records = NULL;
  Reader self = { .source = source };
  MatineePersonRatings *ratings = NULL;

  if (source == NULL || !check_size (&self, error)
      || !matinee_text_format_read (&self.format, source, MATINEE_TABLE_PERSON, hints, error))
    return NULL;
  self.records = records = matinee_record_reader_new (source, &self.format);
  self.items = g_array_new (FALSE, FALSE, sizeof (MatineePersonRating));
  g_array_set_clear_func (self.items, clear_item);
  self.places = g_hash_table_new (g_str_hash, g_str_equal);
  if (read_all (&self, stop, error))
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
