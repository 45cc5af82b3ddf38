/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-text-format.h"

#include <string.h>

/* How columns are called in the wild, the surest name first; compared without
 * case, blanks, hyphens, underscores and points. */
static const char *const spellings[MATINEE_N_COLUMNS][28] = {
  [MATINEE_COLUMN_USER]
  = { "userid", "user", "uid", "userindex", "reviewerid", "customerid", "memberid", "profileid", "username" },
  [MATINEE_COLUMN_MOVIE]
  = { "movieid", "movie",  "itemid", "item",    "filmid",   "film",    "iid",        "mid",     "productid",
      "product", "bookid", "book",   "animeid", "anime",    "mangaid", "manga",      "trackid", "track",
      "songid",  "song",   "gameid", "game",    "artistid", "artist",  "parentasin", "asin",    "isbn" },
  [MATINEE_COLUMN_RATING] = { "rating", "ratings", "score", "stars", "bookrating", "overall", "ratingvalue" },
  [MATINEE_COLUMN_TIME] = { "timestamp", "time", "unixtimestamp", "unixtime", "unixreviewtime", "datetime", "date",
                            "ratedat", "ratingdate", "createdat", "reviewtime" },
  [MATINEE_COLUMN_TITLE] = { "title", "movietitle", "filmtitle", "name", "booktitle", "originaltitle" },
  [MATINEE_COLUMN_GENRES] = { "genres", "genre" },
  [MATINEE_COLUMN_YEAR]
  = { "year", "releaseyear", "movieyear", "yearofrelease", "yearofpublication", "originalpublicationyear" },
};

static const char *const names[MATINEE_N_COLUMNS]
    = { "userId", "movieId", "rating", "timestamp", "title", "genres", "year" };

/**
 * matinee_text_delimiters:
 *
 * Returns: (array zero-terminated): what can separate fields, the surest first
 */
const char *const *
matinee_text_delimiters (void)
{
  static const char *const delimiters[] = { "::", "\t", ";", ",", "|", " ", NULL };

  return delimiters;
}

/**
 * matinee_table_columns:
 * @table: what a file is read as
 * @n: (out): how many columns it can have
 * @n_needed: (out): how many of them, from the first, it must have
 *
 * Returns: (array length=n): the columns
 */
const MatineeColumn *
matinee_table_columns (MatineeTable table, guint *n, guint *n_needed)
{
  static const MatineeColumn columns[][5] = {
    { MATINEE_COLUMN_USER, MATINEE_COLUMN_MOVIE, MATINEE_COLUMN_RATING, MATINEE_COLUMN_TIME },
    { MATINEE_COLUMN_MOVIE, MATINEE_COLUMN_TITLE, MATINEE_COLUMN_GENRES, MATINEE_COLUMN_YEAR },
    { MATINEE_COLUMN_MOVIE, MATINEE_COLUMN_RATING, MATINEE_COLUMN_USER, MATINEE_COLUMN_TIME, MATINEE_COLUMN_TITLE },
    { MATINEE_COLUMN_USER, MATINEE_COLUMN_MOVIE, MATINEE_COLUMN_RATING, MATINEE_COLUMN_TIME },
  };

  *n = table == MATINEE_TABLE_PERSON ? 5 : 4;
  *n_needed = table == MATINEE_TABLE_RATINGS ? 3 : 2;
  return columns[table];
}

/**
 * matinee_column_get_name:
 * @column: a column
 *
 * Returns: the name that messages propose for it, as in "movieId"
 */
const char *
matinee_column_get_name (MatineeColumn column)
{
  return names[column];
}

/**
 * matinee_column_is_called:
 * @column: a column
 * @name: what a file calls one
 * @rank: (out): how sure it is; 0 is surest
 *
 * Returns: whether it is one of the names of @column, in any usual spelling
 */
gboolean
matinee_column_is_called (MatineeColumn column, const char *name, guint *rank)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (; *name != '\0'; name++)
    if (strchr (" \t-_.", *name) == NULL)
      g_string_append_c (plain, g_ascii_tolower (*name));
  for (*rank = 0; *rank < G_N_ELEMENTS (spellings[column]) && spellings[column][*rank] != NULL; ++*rank)
    if (strcmp (spellings[column][*rank], plain->str) == 0)
      return TRUE;
  return FALSE;
}

/**
 * matinee_text_hints_copy:
 * @hints: (inout): hints, perhaps all zeros; what they held is freed
 * @other: other ones
 *
 * Makes hints say what others do.
 */
void
matinee_text_hints_copy (MatineeTextHints *hints, const MatineeTextHints *other)
{
  MatineeTextHints copy = *other;

  copy.delimiter = g_strdup (other->delimiter);
  for (guint c = 0; c < MATINEE_N_COLUMNS; c++)
    copy.columns[c] = g_strdup (other->columns[c]);
  matinee_text_hints_clear (hints);
  *hints = copy;
}

/**
 * matinee_text_hints_clear:
 * @hints: hints
 *
 * Frees what they hold; they say nothing then.
 */
void
matinee_text_hints_clear (MatineeTextHints *hints)
{
  g_free (hints->delimiter);
  for (guint c = 0; c < MATINEE_N_COLUMNS; c++)
    g_free (hints->columns[c]);
  *hints = (MatineeTextHints){ NULL };
}

/**
 * matinee_text_format_parse_number:
 * @format: how numbers are written
 * @text: (array length=length): a field without blanks around it
 * @length: its bytes
 * @value: (out): the number
 *
 * Returns: what was found
 */
MatineeNumberStatus
matinee_text_format_parse_number (const MatineeTextFormat *format, const char *text, gsize length, float *value)
{
  return format->decimal_comma ? matinee_number_parse_comma (text, length, value)
                               : matinee_number_parse (text, length, value);
}

/**
 * matinee_text_to_utf8:
 * @encoding: how @text is written
 * @text: (array length=length): text from a file
 * @length: its bytes
 * @latin: (out) (optional): whether it was taken as Latin-1 because it is not UTF-8
 *
 * Returns: (transfer full) (nullable): the text as UTF-8, or %NULL when it should
 *   be that and is not
 */
char *
matinee_text_to_utf8 (MatineeEncoding encoding, const char *text, gsize length, gboolean *latin)
{
  gboolean valid = g_utf8_validate (text, (gssize) length, NULL);

  if (latin != NULL)
    *latin = !valid && encoding != MATINEE_ENCODING_UTF_8;
  if (valid && encoding != MATINEE_ENCODING_LATIN_1)
    return g_strndup (text, length);
  if (encoding == MATINEE_ENCODING_UTF_8)
    return NULL;
  return g_convert (text, (gssize) length, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
}
