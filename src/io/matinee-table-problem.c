/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-table-problem.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <libintl.h>

#include "matinee-text-excerpt.h"

static char *
describe_fields (const MatineeTableProblem *problem, const MatineeTextFormat *format)
{
  g_autofree char *fields = g_strdup_printf (dngettext (GETTEXT_PACKAGE, "the line \u201c%s\u201d has %u field",
                                                        "the line \u201c%s\u201d has %u fields", problem->n_fields),
                                             problem->found, problem->n_fields);
  const guint n = format->n_columns;

  if (problem->n_fields < n && problem->at_end)
    return g_strdup_printf (format->has_header
                                ? _ ("%s, but the header names %u: the file seems to be cut off here, so copy or "
                                     "download it again")
                                : _ ("%s, but the first line has %u: the file seems to be cut off here, so copy or "
                                     "download it again"),
                            fields, n);
  if (format->dialect.delimiter == ',' && format->has_header)
    return g_strdup_printf (_ ("%s, but the header names %u: correct the line; a comma inside a field needs quotation "
                               "marks around the field"),
                            fields, n);
  return g_strdup_printf (format->has_header ? _ ("%s, but the header names %u: correct the line or delete it")
                                             : _ ("%s, but the first line has %u: correct the line or delete it"),
                          fields, n);
}

static char *
describe (const MatineeTableProblem *problem, const MatineeTextFormat *format)
{
  switch (problem->kind)
    {
    case MATINEE_PROBLEM_FIELDS:
      return describe_fields (problem, format);
    case MATINEE_PROBLEM_EMPTY:
      return g_strdup (problem->which == MATINEE_COLUMN_USER
                           ? _ ("the user id is missing: fill it in or delete the line")
                           : _ ("the movie id is missing: fill it in or delete the line"));
    case MATINEE_PROBLEM_NUMBER:
      return g_strdup_printf (_ ("the rating should be a number such as 3.5, but \u201c%s\u201d was found: correct the "
                                 "line or delete it"),
                              problem->found);
    case MATINEE_PROBLEM_NOT_FINITE:
      return g_strdup_printf (_ ("the rating \u201c%s\u201d is not a finite number: correct the line or delete it"),
                              problem->found);
    case MATINEE_PROBLEM_TOO_LARGE:
      return g_strdup_printf (
          _ ("the rating \u201c%s\u201d is too large; the largest that can be used is %.1e: correct "
             "the line or delete it"),
          problem->found, (double) G_MAXFLOAT);
    case MATINEE_PROBLEM_TIME:
      return g_strdup_printf (_ ("the time should be seconds since 1970 or a date such as 2015-06-01, but "
                                 "\u201c%s\u201d was found: correct the line"),
                              problem->found);
    case MATINEE_PROBLEM_ENCODING:
      return g_strdup_printf (_ ("the id \u201c%s\u201d is not UTF-8 text: save the file as UTF-8 and open it again"),
                              problem->found);
    case MATINEE_PROBLEM_UNCLOSED:
      return g_strdup (_ ("the quotation mark that opens here is never closed: add the one that is missing"));
    case MATINEE_PROBLEM_AFTER_QUOTE:
      return g_strdup (_ ("there is text after the quotation mark that closes this field: write quotation marks inside "
                          "a field twice"));
    case MATINEE_PROBLEM_TOO_LONG:
      return g_strdup_printf (_ ("the line is longer than %u bytes: is this a text table?"),
                              (guint) MATINEE_CSV_LONGEST_RECORD);
    case MATINEE_PROBLEM_ZERO_BYTE:
      return g_strdup (_ ("there is a zero byte, so this is not a text file, or it is damaged: copy or download it "
                          "again"));
    case MATINEE_PROBLEM_MOVIE_LINE:
      return g_strdup_printf (
          _ ("the line \u201c%s\u201d should name a movie by a whole number, as in \u201c17:\u201d: "
             "correct the line"),
          problem->found);
    case MATINEE_PROBLEM_NONE:
    default:
      g_assert_not_reached ();
    }
}

/**
 * matinee_table_problem_of_number:
 * @result: how parsing a rating ended, not %MATINEE_NUMBER_OK
 *
 * Returns: what is wrong with it
 */
MatineeProblemKind
matinee_table_problem_of_number (MatineeNumberStatus result)
{
  switch (result)
    {
    case MATINEE_NUMBER_NOT_FINITE:
      return MATINEE_PROBLEM_NOT_FINITE;
    case MATINEE_NUMBER_TOO_LARGE:
      return MATINEE_PROBLEM_TOO_LARGE;
    case MATINEE_NUMBER_OK:
    case MATINEE_NUMBER_TEXT:
    default:
      return MATINEE_PROBLEM_NUMBER;
    }
}

/**
 * matinee_table_problem_of_fields:
 * @record: a record that has not @n_columns fields
 * @text: its text
 * @n_columns: how many it should have
 *
 * Returns: the problem, its line from the start of the record, without the text found
 */
MatineeTableProblem
matinee_table_problem_of_fields (const MatineeCsvRecord *record, const char *text, guint n_columns)
{
  gsize length = matinee_csv_record_trim (record, text);

  return (MatineeTableProblem){
    .kind = MATINEE_PROBLEM_FIELDS,
    .column = record->n_fields > n_columns ? matinee_csv_field_get_column (&record->fields[n_columns], text)
                                           : matinee_text_count_characters (text, length) + 1,
    .n_fields = record->n_fields,
    .at_end = text[record->used - 1] != '\n',
  };
}

/**
 * matinee_table_problem_of_status:
 * @record: a record that can't be parsed
 * @text: its text
 * @status: how parsing it ended; %MATINEE_CSV_MORE when it is too long
 *
 * Returns: the problem, its line from the start of the record
 */
MatineeTableProblem
matinee_table_problem_of_status (const MatineeCsvRecord *record, const char *text, MatineeCsvStatus status)
{
  const MatineeCsvField *field = &record->problem;

  if (field->text == NULL)
    return (MatineeTableProblem){ .kind = MATINEE_PROBLEM_TOO_LONG, .column = 1 };
  return (MatineeTableProblem){
    .kind = status == MATINEE_CSV_AFTER_QUOTE ? MATINEE_PROBLEM_AFTER_QUOTE : MATINEE_PROBLEM_UNCLOSED,
    .line = field->line,
    .column = matinee_csv_field_get_column (field, text),
  };
}

/**
 * matinee_table_problem_locate:
 * @name: the file's name
 * @line: the line in the file, from 1
 * @column: the character of the line, from 1
 * @description: what is wrong and what to do
 *
 * Returns: (transfer full): all that in a sentence
 */
char *
matinee_table_problem_locate (const char *name, guint64 line, guint column, const char *description)
{
  /* Translators: file, line, column, what is wrong there */
  return g_strdup_printf (_ ("%s, line %" PRIu64 ", column %u: %s"), name, line, column, description);
}

/**
 * matinee_table_problem_describe:
 * @problem: a problem
 * @format: how the file is read
 * @name: the file's name
 * @line: the line in the file, from 1
 *
 * Returns: (transfer full): a sentence that says what was found, where, and what to
 *   do
 */
char *
matinee_table_problem_describe (const MatineeTableProblem *problem, const MatineeTextFormat *format, const char *name,
                                guint64 line)
{
  g_autofree char *description = describe (problem, format);

  return matinee_table_problem_locate (name, line, problem->column, description);
}
