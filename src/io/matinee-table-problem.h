/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-csv.h"
#include "matinee-number.h"
#include "matinee-text-format.h"

G_BEGIN_DECLS

/**
 * MatineeProblemKind:
 * @MATINEE_PROBLEM_NONE: all is well
 * @MATINEE_PROBLEM_FIELDS: a line has too many or too few fields
 * @MATINEE_PROBLEM_EMPTY: an id is missing
 * @MATINEE_PROBLEM_NUMBER: the rating is not a number
 * @MATINEE_PROBLEM_NOT_FINITE: the rating is NaN or infinite
 * @MATINEE_PROBLEM_TOO_LARGE: the rating is larger than a float can hold
 * @MATINEE_PROBLEM_TIME: the time is neither a number nor a date
 * @MATINEE_PROBLEM_ENCODING: an id is not UTF-8
 * @MATINEE_PROBLEM_UNCLOSED: a quotation mark has no partner
 * @MATINEE_PROBLEM_AFTER_QUOTE: there is text after a closing quotation mark
 * @MATINEE_PROBLEM_TOO_LONG: a line is too long to be one
 * @MATINEE_PROBLEM_ZERO_BYTE: the file is not text
 * @MATINEE_PROBLEM_MOVIE_LINE: a line that names a movie is not like "17:"
 *
 * What can be wrong in a table.
 */
typedef enum
{
  MATINEE_PROBLEM_NONE,
  MATINEE_PROBLEM_FIELDS,
  MATINEE_PROBLEM_EMPTY,
  MATINEE_PROBLEM_NUMBER,
  MATINEE_PROBLEM_NOT_FINITE,
  MATINEE_PROBLEM_TOO_LARGE,
  MATINEE_PROBLEM_TIME,
  MATINEE_PROBLEM_ENCODING,
  MATINEE_PROBLEM_UNCLOSED,
  MATINEE_PROBLEM_AFTER_QUOTE,
  MATINEE_PROBLEM_TOO_LONG,
  MATINEE_PROBLEM_ZERO_BYTE,
  MATINEE_PROBLEM_MOVIE_LINE
} MatineeProblemKind;

/**
 * MatineeTableProblem:
 * @kind: what is wrong
 * @line: lines from the start of the record, or block, to that of the problem
 * @column: the character of the line, from 1
 * @which: the column of the table, where one is meant
 * @n_fields: how many fields the line has, where that is the problem
 * @at_end: whether the file ends with that line, without an end of line
 * @found: (nullable) (owned): the text found, fit to be shown
 *
 * A problem and where it is.
 */
typedef struct
{
  MatineeProblemKind kind;
  guint64 line;
  guint column;
  MatineeColumn which;
  guint n_fields;
  gboolean at_end;
  char *found;
} MatineeTableProblem;

MatineeProblemKind matinee_table_problem_of_number (MatineeNumberStatus result);
MatineeTableProblem matinee_table_problem_of_fields (const MatineeCsvRecord *record, const char *text, guint n_columns);
MatineeTableProblem matinee_table_problem_of_status (const MatineeCsvRecord *record, const char *text,
                                                     MatineeCsvStatus status);
char *matinee_table_problem_locate (const char *name, guint64 line, guint column, const char *description);
char *matinee_table_problem_describe (const MatineeTableProblem *problem, const MatineeTextFormat *format,
                                      const char *name, guint64 line);

G_END_DECLS
