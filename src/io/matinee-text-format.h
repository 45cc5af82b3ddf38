/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-text-source.h"

G_BEGIN_DECLS

/**
 * MatineeColumn:
 * @MATINEE_COLUMN_USER: ids of users
 * @MATINEE_COLUMN_MOVIE: ids of movies
 * @MATINEE_COLUMN_RATING: ratings
 * @MATINEE_COLUMN_TIME: when each rating was given
 * @MATINEE_COLUMN_TITLE: titles
 * @MATINEE_COLUMN_GENRES: genres
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
  MATINEE_N_COLUMNS
} MatineeColumn;

/**
 * MatineeTextFormat:
 * @delimiter: what separates fields
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
  char delimiter;
  guint n_columns;
  int columns[MATINEE_N_COLUMNS];
  guint64 first_byte;
  guint64 first_line;
} MatineeTextFormat;

gboolean matinee_text_format_read_ratings (MatineeTextFormat *format, const MatineeTextSource *source, GError **error);
gboolean matinee_text_format_read_titles (MatineeTextFormat *format, const MatineeTextSource *source, GError **error);
gboolean matinee_text_format_read_person (MatineeTextFormat *format, const MatineeTextSource *source, GError **error);

G_END_DECLS
