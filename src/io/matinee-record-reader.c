/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-record-reader.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-memory.h"

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

/**
 * matinee_record_reader_set_error:
 * @reader: a reader
 * @lines: lines from the start of the last record to what is wrong
 * @problem: what is wrong and what to do
 * @error: return location
 *
 * Sets %MATINEE_ERROR_FORMAT with the file and the line.
 *
 * Returns: %FALSE
 */
gboolean
matinee_record_reader_set_error (const MatineeRecordReader *reader, guint lines, const char *problem, GError **error)
{
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
               /* Translators: file, line, what is wrong there */
               _ ("%s, line %" PRIu64 ": %s"), matinee_text_source_get_name (reader->source), reader->line + lines,
               problem);
  return FALSE;
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

static gboolean
set_status_error (const MatineeRecordReader *self, MatineeCsvStatus status, GError **error)
{
  const MatineeCsvField *field = &self->record->problem;
  g_autofree char *too_long = NULL;

  if (status == MATINEE_CSV_AFTER_QUOTE)
    return matinee_record_reader_set_error (
        self, field->line,
        _ ("there is text after a quotation mark that closes a field: write quotation marks inside a "
           "field twice"),
        error);
  if (field->text != NULL)
    return matinee_record_reader_set_error (self, field->line,
                                            _ ("a quotation mark is never closed: add the one that is "
                                               "missing"),
                                            error);
  too_long = g_strdup_printf (_ ("the line is longer than %u bytes: is this a text table?"),
                              (guint) MATINEE_CSV_LONGEST_RECORD);
  return matinee_record_reader_set_error (self, 0, too_long, error);
}

/* Parses one record, blank or not; none is left when @found is FALSE. */
static gboolean
parse_next (MatineeRecordReader *self, gboolean *found, GError **error)
{
  for (;;)
    {
      gboolean at_end = matinee_text_source_is_complete (self->source)
                        && self->offset == matinee_text_source_get_size (self->source);
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
        return set_status_error (self, status, error);
      if (!read_more (self, error))
        return FALSE;
    }
}

static gboolean
check (const MatineeRecordReader *self, GError **error)
{
  const MatineeCsvRecord *record = self->record;
  g_autofree char *problem = NULL;

  if (memchr (self->text + self->at, '\0', record->used) != NULL)
    return matinee_record_reader_set_error (
        self, 0, _ ("there is a zero byte, so this is not a text file, or it is damaged"), error);
  if (record->n_fields == self->format.n_columns)
    return TRUE;
  problem = g_strdup_printf (_ ("the number of fields is %u, but the header names %u: correct the line"),
                             record->n_fields, self->format.n_columns);
  return matinee_record_reader_set_error (self, 0, problem, error);
}

/**
 * matinee_record_reader_next:
 * @reader: a reader
 * @record: (out) (transfer none) (nullable): the next record that is not blank, valid
 *   until the next call; %NULL at the end of the file
 * @error: return location
 *
 * Reads a record, and checks that it has as many fields as the header.
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
