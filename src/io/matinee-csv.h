/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longer records are refused: they are no table, and reading them would need
 * memory without bound. */
#define MATINEE_CSV_LONGEST_RECORD ((gsize) 1 << 20)

/**
 * MatineeCsvDialect:
 * @delimiter: what separates fields
 * @doubled: whether it is written twice, as in "1::Heat (1995)::Action"; once, it
 *   is text like any other
 * @quotes: whether a field may be in quotation marks
 * @backslash: whether a quotation mark inside them may also be written \"
 *
 * How the fields of a text table are written.
 */
typedef struct
{
  char delimiter;
  gboolean doubled;
  gboolean quotes;
  gboolean backslash;
} MatineeCsvDialect;

/* Comma-separated values by RFC 4180. */
#define MATINEE_CSV_RFC_4180 ((MatineeCsvDialect){ .delimiter = ',', .quotes = TRUE })

/**
 * MatineeCsvField:
 * @text: what the field says, without its quotes, ended by a NUL that does not
 *   belong to it; valid until the next record is parsed
 * @length: bytes of @text
 * @line: lines from the start of the record to that of the field
 * @start: bytes from the start of the record to that of the field
 * @line_start: bytes from the start of the record to that of the field's line
 * @quoted: whether it was in quotes; blanks around others are left out
 */
typedef struct
{
  const char *text;
  gsize length;
  guint line;
  gsize start;
  gsize line_start;
  gboolean quoted;
} MatineeCsvField;

/**
 * MatineeCsvStatus:
 * @MATINEE_CSV_RECORD: a record was parsed
 * @MATINEE_CSV_MORE: the text ends inside the record: give more of it; when it
 *   ends inside quotes, @problem is that field, else its ->text is %NULL
 * @MATINEE_CSV_UNCLOSED: a quoted field is not closed before the end of the file
 * @MATINEE_CSV_AFTER_QUOTE: there is text after a closing quote
 *
 * How parsing a record ended. In the last two cases @problem of the record is
 * the field, with ->text not %NULL.
 */
typedef enum
{
  MATINEE_CSV_RECORD,
  MATINEE_CSV_MORE,
  MATINEE_CSV_UNCLOSED,
  MATINEE_CSV_AFTER_QUOTE
} MatineeCsvStatus;

/**
 * MatineeCsvRecord:
 * @fields: (array n_fields): its fields
 * @n_fields: how many, at least 1
 * @used: bytes of the record, with the end of its line
 * @n_lines: lines that it takes, at least 1
 * @problem: the field at which parsing failed
 *
 * One record of a text table, parsed.
 */
typedef struct
{
  MatineeCsvField *fields;
  guint n_fields;
  gsize used;
  guint n_lines;
  MatineeCsvField problem;
  /*< private >*/
  GArray *field_array;
  GString *unquoted;
} MatineeCsvRecord;

MatineeCsvRecord *matinee_csv_record_new (void);
void matinee_csv_record_free (MatineeCsvRecord *record);
MatineeCsvStatus matinee_csv_record_parse (MatineeCsvRecord *record, const char *text, gsize length, gboolean at_end,
                                           const MatineeCsvDialect *dialect);
gboolean matinee_csv_record_is_blank (const MatineeCsvRecord *record);
guint matinee_csv_field_get_column (const MatineeCsvField *field, const char *text);
gsize matinee_csv_record_trim (const MatineeCsvRecord *record, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeCsvRecord, matinee_csv_record_free)

G_END_DECLS
