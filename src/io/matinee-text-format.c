/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-text-format.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "matinee-csv.h"
#include "matinee-error.h"
#include "matinee-memory.h"
#include "matinee-text-excerpt.h"

/* How columns are called in the wild, the surest name first; compared without
 * case, blanks, hyphens and underscores. */
static const char *const spellings[MATINEE_N_COLUMNS][12] = {
  [MATINEE_COLUMN_USER] = { "userid", "user", "uid", "userindex", "reviewerid", "customerid", "username" },
  [MATINEE_COLUMN_MOVIE]
  = { "movieid", "movie", "itemid", "item", "filmid", "film", "iid", "mid", "productid", "bookid", "isbn" },
  [MATINEE_COLUMN_RATING] = { "rating", "ratings", "score", "stars", "bookrating" },
  [MATINEE_COLUMN_TIME]
  = { "timestamp", "time", "unixtime", "unixreviewtime", "datetime", "ratedat", "createdat", "reviewtime", "date" },
  [MATINEE_COLUMN_TITLE] = { "title", "movietitle", "filmtitle", "name", "booktitle" },
  [MATINEE_COLUMN_GENRES] = { "genres", "genre" },
};

/* The name that messages propose for a column. */
static const char *const proper_names[MATINEE_N_COLUMNS]
    = { "userId", "movieId", "rating", "timestamp", "title", "genres" };

static char *
normalize_name (const MatineeCsvField *field)
{
  GString *name = g_string_new (NULL);

  for (gsize i = 0; i < field->length; i++)
    if (strchr (" \t-_.", field->text[i]) == NULL)
      g_string_append_c (name, g_ascii_tolower (field->text[i]));
  return g_string_free (name, FALSE);
}

static gboolean
find_column (const MatineeCsvRecord *header, MatineeColumn column, const char *source_name, int *found, GError **error)
{
  *found = -1;
  for (gsize s = 0; s < G_N_ELEMENTS (spellings[column]) && spellings[column][s] != NULL && *found < 0; s++)
    for (guint f = 0; f < header->n_fields; f++)
      {
        g_autofree char *name = normalize_name (&header->fields[f]);

        if (strcmp (name, spellings[column][s]) != 0)
          continue;
        if (*found >= 0)
          {
            g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                         _ ("%s, line 1: two columns are called \u201c%s\u201d; rename the one that is not meant"),
                         source_name, header->fields[f].text);
            return FALSE;
          }
        *found = (int) f;
      }
  return TRUE;
}

static char *
list_columns (const MatineeCsvRecord *header)
{
  GString *list = g_string_new (NULL);

  for (guint f = 0; f < header->n_fields && f < 12; f++)
    {
      g_autofree char *name = matinee_text_excerpt (header->fields[f].text, header->fields[f].length);

      g_string_append_printf (list, f == 0 ? "\u201c%s\u201d" : ", \u201c%s\u201d", name);
    }
  if (header->n_fields > 12)
    g_string_append (list, ", \u2026");
  return g_string_free (list, FALSE);
}

static gboolean
check_is_text (const char *text, gsize n, const char *name, GError **error)
{
  const char *zero;
  guint64 line = 1;

  if (n >= 2 && (memcmp (text, "\xff\xfe", 2) == 0 || memcmp (text, "\xfe\xff", 2) == 0))
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                   _ ("%s is text in UTF-16: save it as UTF-8 and open it again"), name);
      return FALSE;
    }
  zero = memchr (text, '\0', n);
  if (zero == NULL)
    return TRUE;
  for (const char *c = text; (c = memchr (c, '\n', (gsize) (zero - c))) != NULL; c++)
    line++;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
               _ ("%s is not a text file: there is a zero byte in line %" PRIu64), name, line);
  return FALSE;
}

/* Parses the first record that is not blank. */
static gboolean
parse_header (MatineeTextFormat *format, const MatineeTextSource *source, const char *text, gsize n, gboolean at_end,
              MatineeCsvRecord *header, GError **error)
{
  const char *name = matinee_text_source_get_name (source);
  gsize at = n >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  format->first_line = 1;
  while (at < n)
    {
      MatineeCsvStatus status = matinee_csv_record_parse (header, text + at, n - at, at_end, format->delimiter);

      if (status != MATINEE_CSV_RECORD)
        {
          g_set_error (
              error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
              status == MATINEE_CSV_MORE
                  ? _ ("%s, line 1: the first line, which should name the columns, is too long: is this a text "
                       "table?")
                  : _ ("%s, line 1: a quotation mark in the names of the columns has no partner"),
              name);
          return FALSE;
        }
      at += header->used;
      format->first_line += header->n_lines;
      if (!matinee_csv_record_is_blank (header))
        {
          format->first_byte = at;
          format->n_columns = header->n_fields;
          return TRUE;
        }
    }
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
               _ ("%s is empty: the first line should name the columns, the others hold the data"), name);
  return FALSE;
}

static gboolean
read_header (MatineeTextFormat *format, const MatineeTextSource *source, MatineeCsvRecord *header, GError **error)
{
  guint64 size = matinee_text_source_get_size (source);
  gsize n = (gsize) MIN (size, MATINEE_CSV_LONGEST_RECORD);
  char *text = matinee_alloc (n, 1, _ ("reading the file"), error);
  const char *name = matinee_text_source_get_name (source);
  gboolean done = text != NULL && matinee_text_source_read (source, 0, text, n, error)
                  && check_is_text (text, n, name, error)
                  && parse_header (format, source, text, n, n == size, header, error);

  matinee_free (text);
  for (int column = 0; done && column < MATINEE_N_COLUMNS; column++)
    done = find_column (header, (MatineeColumn) column, name, &format->columns[column], error);
  return done;
}

static gboolean
require (const MatineeTextFormat *format, MatineeColumn column, const MatineeCsvRecord *header, const char *name,
         const char *example, GError **error)
{
  g_autofree char *list = NULL;

  if (format->columns[column] >= 0)
    return TRUE;
  list = list_columns (header);
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
               _ ("%s, line 1: there is no column \u201c%s\u201d. The columns found are %s; the first line should name "
                  "them, as in \u201c%s\u201d"),
               name, proper_names[column], list, example);
  return FALSE;
}

static gboolean
read_format (MatineeTextFormat *format, const MatineeTextSource *source, gboolean ratings, GError **error)
{
  g_autoptr (MatineeCsvRecord) header = matinee_csv_record_new ();
  const char *name = matinee_text_source_get_name (source);
  const int *columns = format->columns;
  gboolean are_ratings, are_titles;

  *format = (MatineeTextFormat){ .delimiter = ',' };
  if (!read_header (format, source, header, error))
    return FALSE;
  are_ratings = columns[MATINEE_COLUMN_USER] >= 0 && columns[MATINEE_COLUMN_RATING] >= 0;
  are_titles = columns[MATINEE_COLUMN_TITLE] >= 0 && columns[MATINEE_COLUMN_MOVIE] >= 0;
  if (ratings && are_titles && !are_ratings)
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                   _ ("%s looks like a file of titles, not of ratings: open it as titles"), name);
      return FALSE;
    }
  if (!ratings && are_ratings && !are_titles)
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                   _ ("%s looks like a file of ratings, not of titles: open it as ratings"), name);
      return FALSE;
    }
  if (ratings)
    return require (format, MATINEE_COLUMN_USER, header, name, "userId,movieId,rating", error)
           && require (format, MATINEE_COLUMN_MOVIE, header, name, "userId,movieId,rating", error)
           && require (format, MATINEE_COLUMN_RATING, header, name, "userId,movieId,rating", error);
  return require (format, MATINEE_COLUMN_MOVIE, header, name, "movieId,title,genres", error)
         && require (format, MATINEE_COLUMN_TITLE, header, name, "movieId,title,genres", error);
}

/**
 * matinee_text_format_read_ratings:
 * @format: (out caller-allocates): how the file is to be read
 * @source: a file of ratings
 * @error: return location
 *
 * Reads the header of a file of ratings: columns in any order, by name in
 * several spellings.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT (empty, not text, a column is
 *   missing, a file of titles) or a #GFileError
 */
gboolean
matinee_text_format_read_ratings (MatineeTextFormat *format, const MatineeTextSource *source, GError **error)
{
  return read_format (format, source, TRUE, error);
}

/**
 * matinee_text_format_read_titles:
 * @format: (out caller-allocates): how the file is to be read
 * @source: a file of titles
 * @error: return location
 *
 * Reads the header of a file of titles, of which the genres may be missing.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT or a #GFileError
 */
gboolean
matinee_text_format_read_titles (MatineeTextFormat *format, const MatineeTextSource *source, GError **error)
{
  return read_format (format, source, FALSE, error);
}

/**
 * matinee_text_format_read_person:
 * @format: (out caller-allocates): how the file is to be read
 * @source: a file with the ratings of one person
 * @error: return location
 *
 * Reads the header of a file of ratings that need not name a user.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT or a #GFileError
 */
gboolean
matinee_text_format_read_person (MatineeTextFormat *format, const MatineeTextSource *source, GError **error)
{
  g_autoptr (MatineeCsvRecord) header = matinee_csv_record_new ();
  const char *name = matinee_text_source_get_name (source);

  *format = (MatineeTextFormat){ .delimiter = ',' };
  return read_header (format, source, header, error)
         && require (format, MATINEE_COLUMN_MOVIE, header, name, "movieId,rating", error)
         && require (format, MATINEE_COLUMN_RATING, header, name, "movieId,rating", error);
}
