/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-csv.h"
#include "matinee-number.h"

G_BEGIN_DECLS

/**
 * MatineeColumn:
 * @MATINEE_COLUMN_USER: ids of users
 * @MATINEE_COLUMN_MOVIE: ids of movies
 * @MATINEE_COLUMN_RATING: ratings
 * @MATINEE_COLUMN_TIME: when each rating was given
 * @MATINEE_COLUMN_TITLE: titles
 * @MATINEE_COLUMN_GENRES: genres
 * @MATINEE_COLUMN_YEAR: years of the movies
 * @MATINEE_N_COLUMNS: how many there are
 *
 * What a column of a table can be.
 */
typedef enum
{
  MATINEE_COLUMN_USER,
  MATINEE_COLUMN_MOVIE,
  MATINEE_COLUMN_RATING,
  MATINEE_COLUMN_TIME,
  MATINEE_COLUMN_TITLE,
  MATINEE_COLUMN_GENRES,
  MATINEE_COLUMN_YEAR,
  MATINEE_N_COLUMNS
} MatineeColumn;

/**
 * MatineeTable:
 * @MATINEE_TABLE_RATINGS: ratings: user, movie and rating, perhaps the time
 * @MATINEE_TABLE_TITLES: titles: movie and title, perhaps genres and year
 * @MATINEE_TABLE_PERSON: ratings of one person: movie and rating, perhaps user, time and
 *   title
 * @MATINEE_TABLE_PAIRS: pairs of a user and a movie, whatever else there is
 *
 * What a file is read as.
 */
typedef enum
{
  MATINEE_TABLE_RATINGS,
  MATINEE_TABLE_TITLES,
  MATINEE_TABLE_PERSON,
  MATINEE_TABLE_PAIRS
} MatineeTable;

/**
 * MatineeEncoding:
 * @MATINEE_ENCODING_ANY: each field is UTF-8, or Latin-1 when it can't be that
 * @MATINEE_ENCODING_UTF_8: UTF-8
 * @MATINEE_ENCODING_LATIN_1: ISO 8859-1
 *
 * How text is written in a file.
 */
typedef enum
{
  MATINEE_ENCODING_ANY,
  MATINEE_ENCODING_UTF_8,
  MATINEE_ENCODING_LATIN_1
} MatineeEncoding;

/**
 * MatineeTextFormat:
 * @dialect: how fields are written
 * @encoding: how text is written
 * @decimal_comma: whether numbers are written like 3,5
 * @has_header: whether the first line names the columns
 * @movie_lines: whether lines like "17:" name the movie of the lines that follow,
 *   which then have no column for it
 * @takes_rest: whether the last field goes on to the end of its line, whatever it
 *   holds
 * @genre_flags: the first of the columns that say with 1 or 0 which genres a movie
 *   has, those of MovieLens 100K in their order; −1 for none
 * @n_columns: fields of each line
 * @columns: which field, from 0, is which column; −1 for a column that is not
 *   there
 * @first_byte: where the first record after the header begins
 * @first_line: the line of that record, counted from 1
 *
 * How a text file is to be read.
 */
typedef struct
{
  MatineeCsvDialect dialect;
  MatineeEncoding encoding;
  gboolean decimal_comma;
  gboolean has_header;
  gboolean movie_lines;
  gboolean takes_rest;
  int genre_flags;
  guint n_columns;
  int columns[MATINEE_N_COLUMNS];
  guint64 first_byte;
  guint64 first_line;
} MatineeTextFormat;

/**
 * MatineeAnswer:
 * @MATINEE_ANSWER_LOOK: look into the file
 * @MATINEE_ANSWER_NO: no
 * @MATINEE_ANSWER_YES: yes
 *
 * What somebody says about a file.
 */
typedef enum
{
  MATINEE_ANSWER_LOOK,
  MATINEE_ANSWER_NO,
  MATINEE_ANSWER_YES
} MatineeAnswer;

/**
 * MatineeTextHints:
 * @delimiter: (nullable): what separates fields: one of
 *   matinee_text_delimiters(), or %NULL to look
 * @encoding: how text is written; %MATINEE_ENCODING_ANY to look
 * @header: whether the first line names the columns
 * @decimal_comma: whether numbers are written like 3,5
 * @columns: (nullable) (element-type utf8): which column of the file is which: its
 *   name, or its number from 1; "" for none; %NULL to look
 *
 * What somebody says about how a file is to be read, which comes before all that
 * can be seen in it. Initialise with zeros; strings are owned.
 */
typedef struct
{
  char *delimiter;
  MatineeEncoding encoding;
  MatineeAnswer header;
  MatineeAnswer decimal_comma;
  char *columns[MATINEE_N_COLUMNS];
} MatineeTextHints;

const char *const *matinee_text_delimiters (void);
const MatineeColumn *matinee_table_columns (MatineeTable table, guint *n, guint *n_needed);
const char *matinee_column_get_name (MatineeColumn column);
gboolean matinee_column_is_called (MatineeColumn column, const char *name, guint *rank);

void matinee_text_hints_copy (MatineeTextHints *hints, const MatineeTextHints *other);
void matinee_text_hints_clear (MatineeTextHints *hints);
MatineeNumberStatus matinee_text_format_parse_number (const MatineeTextFormat *format, const char *text, gsize length,
                                                      float *value);
char *matinee_text_to_utf8 (MatineeEncoding encoding, const char *text, gsize length, gboolean *latin);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineeTextHints, matinee_text_hints_clear)

G_END_DECLS
