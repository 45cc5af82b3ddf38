/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-record-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-memory.h"
#include "matinee-text-excerpt.h"

/* The longest record has room behind what is left of the last piece. */
#define PIECE ((gsize) 1 << 18)
#define CAPACITY (MATINEE_CSV_LONGEST_RECORD + PIECE)

struct _MatineeRecordReader
{
  MatineeTextSource *source;
  MatineeTextFormat format;
  MatineeCsvRecord *record;
  char *text;     /* (array CAPACITY): what is not parsed yet, from @at to @length */
  gsize at;       /* where the record begins that was handed out last */
  gsize length;   /* where the text ends */
  guint64 offset; /* where in the file the text ends */
  guint64 line;   /* of the record that was handed out last */
  gboolean taken; /* whether a record was handed out and is to be passed over */
};

/**
 * matinee_record_reader_new:
 * @source: a table; outlives the reader
 * @format: how it is to be read; copied
 *
 * Returns: (transfer full): a reader that stands before the first record
 */
MatineeRecordReader *
matinee_record_reader_new (MatineeTextSource *source, const MatineeTextFormat *format)
{
  MatineeRecordReader *self = g_new0 (MatineeRecordReader, 1);

  self->source = source;
  self->format = *format;
  self->record = matinee_csv_record_new ();
  self->offset = format->first_byte;
  self->line = format->first_line;
  return self;
}

/**
 * matinee_record_reader_free:
 * @reader: (nullable) (transfer full): a reader
 *
 * Frees it.
 */
void
matinee_record_reader_free (MatineeRecordReader *reader)
{
  if (reader == NULL)
    return;
  matinee_csv_record_free (reader->record);
  matinee_free (reader->text);
  g_free (reader);
}

/* Moves what is left to the front and reads more behind it. */
static gboolean
read_more (MatineeRecordReader *self, GError **error)
{
  gsize left = self->length - self->at;
  gsize n;

  if (self->text == NULL)
    self->text = matinee_alloc (CAPACITY, 1, _ ("reading the file"), error);
  if (self->text == NULL)
    return FALSE;
  memmove (self->text, self->text + self->at, left);
  if (!matinee_text_source_unpack (self->source, error))
    return FALSE;
  matinee_text_source_advance (self->source, self->offset);
  n = (gsize) MIN (CAPACITY - left, matinee_text_source_get_size (self->source) - self->offset);
  if (!matinee_text_source_read (self->source, self->offset, self->text + left, n, error))
    return FALSE;
  self->at = 0;
  self->length = left + n;
  self->offset += n;
  return TRUE;
}

/* Whether all of the file is in the text. */
static gboolean
has_end (const MatineeRecordReader *self)
{
  return matinee_text_source_is_complete (self->source) && self->offset == matinee_text_source_get_size (self->source);
}

static gboolean
set_problem (const MatineeRecordReader *self, MatineeTableProblem problem, const char *found, gsize length,
             GError **error)
{
  const char *name = matinee_text_source_get_name (self->source);
  g_autofree char *excerpt = matinee_text_excerpt (found, length);
  g_autofree char *message = NULL;

  problem.found = excerpt;
  message = matinee_table_problem_describe (&problem, &self->format, name, self->line + problem.line);
  g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT, message);
  return FALSE;
}

/* Parses one record, blank or not; none is left when @found is FALSE. */
static gboolean
parse_next (MatineeRecordReader *self, gboolean *found, GError **error)
{
  for (;;)
    {
      gboolean at_end = has_end (self);
      MatineeCsvStatus status = MATINEE_CSV_MORE;

      *found = FALSE;
      if (at_end && self->at == self->length)
        return TRUE;
      if (self->at < self->length)
        status = matinee_csv_record_parse (self->record, self->text + self->at, self->length - self->at, at_end,
                                           &self->format.dialect);
      *found = status == MATINEE_CSV_RECORD;
      if (*found)
        return TRUE;
      if (status != MATINEE_CSV_MORE || self->length - self->at > MATINEE_CSV_LONGEST_RECORD)
        return set_problem (self, matinee_table_problem_of_status (self->record, self->text + self->at, status), "", 0,
                            error);
      if (!read_more (self, error))
        return FALSE;
    }
}

static gboolean
check (const MatineeRecordReader *self, GError **error)
{
  const MatineeCsvRecord *record = self->record;
  const char *text = self->text + self->at;
  const guint n_columns = self->format.n_columns;
  MatineeTableProblem problem = { .kind = MATINEE_PROBLEM_ZERO_BYTE, .column = 1 };

  if (memchr (text, '\0', record->used) != NULL)
    return set_problem (self, problem, "", 0, error);
  if (record->n_fields == n_columns || (record->n_fields > n_columns && self->format.takes_rest))
    return TRUE;
  problem = matinee_table_problem_of_fields (record, text, n_columns);
  problem.at_end = problem.at_end && has_end (self);
  return set_problem (self, problem, text, matinee_csv_record_trim (record, text), error);
}

/**
 * matinee_record_reader_next:
 * @reader: a reader
 * @record: (out) (transfer none) (nullable): the next record that is not blank, valid
 *   until the next call; %NULL at the end of the file
 * @error: return location
 *
 * Reads a record, and checks that it has as many fields as the header, or more if the
 * format takes the rest of the line.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT, whose message names file, line, what was
 *   found and what to do, %MATINEE_ERROR_MEMORY or a #GFileError
 */
gboolean
matinee_record_reader_next (MatineeRecordReader *reader, const MatineeCsvRecord **record, GError **error)
{
  gboolean found;

  *record = NULL;
  do
    {
      if (reader->taken)
        {
          reader->line += reader->record->n_lines;
          reader->at += reader->record->used;
        }
      if (!parse_next (reader, &found, error))
        return FALSE;
      reader->taken = found;
    }
  while (found && matinee_csv_record_is_blank (reader->record));
  if (!found)
    return TRUE;
  *record = reader->record;
  return check (reader, error);
}

/**
 * matinee_record_reader_get:
 * @reader: a reader that has handed out a record
 * @column: a column that the format has
 *
 * Returns: (transfer none): its field of the last record
 */
const MatineeCsvField *
matinee_record_reader_get (const MatineeRecordReader *reader, MatineeColumn column)
{
  return &reader->record->fields[reader->format.columns[column]];
}

/**
 * matinee_record_reader_get_text:
 * @reader: a reader that has handed out a record
 *
 * Returns: (transfer none) (array): the last record as it is written, of as many bytes as
 *   it says
 */
const char *
matinee_record_reader_get_text (const MatineeRecordReader *reader)
{
  return reader->text + reader->at;
}

/**
 * matinee_record_reader_fail:
 * @reader: a reader that has handed out a record
 * @kind: what is wrong
 * @column: with which column
 * @error: return location
 *
 * Sets %MATINEE_ERROR_FORMAT with the file, the line, what was found and what to do.
 *
 * Returns: %FALSE
 */
gboolean
matinee_record_reader_fail (const MatineeRecordReader *reader, MatineeProblemKind kind, MatineeColumn column,
                            GError **error)
{
  const MatineeCsvField *field = matinee_record_reader_get (reader, column);
  const MatineeTableProblem problem = {
    .kind = kind,
    .line = field->line,
    .column = matinee_csv_field_get_column (field, matinee_record_reader_get_text (reader)),
    .which = column,
  };

  return set_problem (reader, problem, field->text, field->length, error);
}

/**
 * matinee_record_reader_set_error:
 * @reader: a reader that has handed out a record
 * @column: the column where something is wrong
 * @problem: what is wrong and what to do
 * @error: return location
 *
 * Sets %MATINEE_ERROR_FORMAT with the file and the line.
 *
 * Returns: %FALSE
 */
gboolean
matinee_record_reader_set_error (const MatineeRecordReader *reader, MatineeColumn column, const char *problem,
                                 GError **error)
{
  const MatineeCsvField *field = matinee_record_reader_get (reader, column);
  const guint character = matinee_csv_field_get_column (field, matinee_record_reader_get_text (reader));
  g_autofree char *message = matinee_table_problem_locate (matinee_text_source_get_name (reader->source),
                                                           reader->line + field->line, character, problem);

  g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT, message);
  return FALSE;
}

/**
 * matinee_record_reader_get_fraction:
 * @reader: a reader
 *
 * Returns: how much of the file is read, 0 … 1
 */
double
matinee_record_reader_get_fraction (const MatineeRecordReader *reader)
{
  return matinee_text_source_get_fraction (reader->source, reader->offset - (reader->length - reader->at));
}
