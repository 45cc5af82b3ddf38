/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-csv.h"

#include <string.h>

#include "matinee-text-excerpt.h"

/* Where parsing stands. */
typedef struct
{
  MatineeCsvRecord *record;
  const char *text;
  const char *at;
  const char *end;
  const char *line_start;
  gboolean at_end;
  const MatineeCsvDialect *dialect;
  guint line;
} Cursor;

/**
 * matinee_csv_record_new:
 *
 * Returns: (transfer full): room for a record, to be used again and again
 */
MatineeCsvRecord *
matinee_csv_record_new (void)
{
  MatineeCsvRecord *record = g_new0 (MatineeCsvRecord, 1);

  record->field_array = g_array_new (FALSE, TRUE, sizeof (MatineeCsvField));
  record->unquoted = g_string_new (NULL);
  return record;
}

/**
 * matinee_csv_record_free:
 * @record: (transfer full) (nullable): a record
 *
 * Frees it.
 */
void
matinee_csv_record_free (MatineeCsvRecord *record)
{
  if (record == NULL)
    return;
  g_array_unref (record->field_array);
  g_string_free (record->unquoted, TRUE);
  g_free (record);
}

static gboolean
is_blank (const Cursor *self, char c)
{
  return (c == ' ' || c == '\t') && c != self->dialect->delimiter;
}

static gboolean
at_delimiter (const Cursor *self)
{
  if (self->at == self->end || *self->at != self->dialect->delimiter)
    return FALSE;
  return !self->dialect->doubled || (self->at + 1 < self->end && self->at[1] == *self->at);
}

/* Does a backslash that is none itself stand before @quote, in the field that
 * begins at @first? */
static gboolean
is_escaped (const Cursor *self, const char *quote, const char *first)
{
  const char *c = quote;

  while (self->dialect->backslash && c > first && c[-1] == '\\')
    c--;
  return (quote - c) % 2 == 1;
}

/* Adds a field to the record; its text lies in ->unquoted from @first on, which
 * may still move, so that only the place is noted. */
static void
add_field (Cursor *self, const MatineeCsvField *start, gsize first, gboolean quoted)
{
  MatineeCsvField field = *start;

  field.text = GSIZE_TO_POINTER (first);
  field.length = self->record->unquoted->len - first;
  field.quoted = quoted;
  g_string_append_c (self->record->unquoted, '\0');
  g_array_append_val (self->record->field_array, field);
}

/* Is there the end of a line (or of all) here? LF or CR LF. */
static gboolean
at_line_end (const Cursor *self)
{
  return self->at == self->end || *self->at == '\n'
         || (*self->at == '\r' && (self->at + 1 == self->end || self->at[1] == '\n'));
}

static void
set_problem (Cursor *self, const MatineeCsvField *start)
{
  self->record->problem = *start;
  self->record->problem.text = "";
}

static MatineeCsvStatus
parse_quoted (Cursor *self, const MatineeCsvField *start)
{
  GString *text = self->record->unquoted;
  gsize first = text->len;
  const char *begin = self->at + 1;

  for (self->at++;; self->at++)
    {
      const char *quote = memchr (self->at, '"', (gsize) (self->end - self->at));
      const char *until = quote != NULL ? quote : self->end;

      g_string_append_len (text, self->at, until - self->at);
      for (const char *c = self->at; (c = memchr (c, '\n', (gsize) (until - c))) != NULL; c++)
        {
          self->line++;
          self->line_start = c + 1;
        }
      if (quote == NULL)
        {
          set_problem (self, start);
          return self->at_end ? MATINEE_CSV_UNCLOSED : MATINEE_CSV_MORE;
        }
      self->at = quote + 1;
      if (is_escaped (self, quote, begin))
        {
          text->str[text->len - 1] = '"';
          self->at = quote;
          continue;
        }
      if (self->at == self->end && !self->at_end)
        return MATINEE_CSV_MORE;
      if (self->at == self->end || *self->at != '"')
        break;
      g_string_append_c (text, '"');
    }

  while (self->at < self->end && is_blank (self, *self->at))
    self->at++;
  if (!at_line_end (self) && !at_delimiter (self))
    {
      set_problem (self, start);
      return MATINEE_CSV_AFTER_QUOTE;
    }
  add_field (self, start, first, TRUE);
  return MATINEE_CSV_RECORD;
}

static void
parse_plain (Cursor *self, const MatineeCsvField *start)
{
  gsize first = self->record->unquoted->len;
  const char *begin = self->at, *until;

  while (!at_line_end (self) && !at_delimiter (self))
    self->at++;
  for (until = self->at; until > begin && is_blank (self, until[-1]);)
    until--;
  g_string_append_len (self->record->unquoted, begin, until - begin);
  add_field (self, start, first, FALSE);
}

static MatineeCsvStatus
parse_field (Cursor *self)
{
  MatineeCsvField start = { .line = self->line };

  while (self->at < self->end && is_blank (self, *self->at))
    self->at++;
  start.start = (gsize) (self->at - self->text);
  start.line_start = (gsize) (self->line_start - self->text);
  if (self->dialect->quotes && self->at < self->end && *self->at == '"')
    return parse_quoted (self, &start);
  parse_plain (self, &start);
  return MATINEE_CSV_RECORD;
}

/* Takes the end of the line; %MATINEE_CSV_MORE when it can't be seen yet. */
static MatineeCsvStatus
parse_line_end (Cursor *self)
{
  if (self->at < self->end && *self->at == '\r')
    self->at++;
  if (self->at == self->end)
    return self->at_end ? MATINEE_CSV_RECORD : MATINEE_CSV_MORE;
  self->at++;
  return MATINEE_CSV_RECORD;
}

/**
 * matinee_csv_record_parse:
 * @record: where the fields go
 * @text: (array length=length): text that begins with the record
 * @length: bytes of @text, at least 1
 * @at_end: whether the file ends where @text ends
 * @dialect: how fields are written
 *
 * Parses one record by RFC 4180 when the dialect is %MATINEE_CSV_RFC_4180: a field in quotes may hold delimiters, ends
 * of lines and doubled quotes. Beyond it, blanks around fields are left out, a quote inside a field that does not begin
 * with one stands for itself, and lines may end with LF alone. Cost: O(bytes of the record).
 *
 * Returns: what was found
 */
MatineeCsvStatus
matinee_csv_record_parse (MatineeCsvRecord *record, const char *text, gsize length, gboolean at_end,
                          const MatineeCsvDialect *dialect)
{
  Cursor self = { record, text, text, text + length, text, at_end, dialect, 0 };
  MatineeCsvStatus status;

  g_array_set_size (record->field_array, 0);
  g_string_set_size (record->unquoted, 0);
  record->problem = (MatineeCsvField){ NULL };
  for (;;)
    {
      status = parse_field (&self);
      if (status != MATINEE_CSV_RECORD || at_line_end (&self))
        break;
      self.at += dialect->doubled ? 2 : 1; /* the delimiter */
    }
  if (status == MATINEE_CSV_RECORD)
    status = parse_line_end (&self);

  record->fields = (MatineeCsvField *) (gpointer) record->field_array->data;
  record->n_fields = record->field_array->len;
  for (guint i = 0; i < record->n_fields; i++)
    record->fields[i].text = record->unquoted->str + GPOINTER_TO_SIZE (record->fields[i].text);
  record->used = (gsize) (self.at - text);
  record->n_lines = self.line + 1;
  return status;
}

/**
 * matinee_csv_field_get_column:
 * @field: a field
 * @text: the text that its record was parsed from
 *
 * Returns: the character of its line at which the field starts, counted from 1
 */
guint
matinee_csv_field_get_column (const MatineeCsvField *field, const char *text)
{
  return matinee_text_count_characters (text + field->line_start, field->start - field->line_start) + 1;
}

/**
 * matinee_csv_record_is_blank:
 * @record: a record
 *
 * Returns: whether it is an empty line, which is to be skipped
 */
gboolean
matinee_csv_record_is_blank (const MatineeCsvRecord *record)
{
  return record->n_fields == 1 && record->fields[0].length == 0 && !record->fields[0].quoted;
}

/**
 * matinee_csv_record_trim:
 * @record: a record
 * @text: the text that it was parsed from
 *
 * Returns: the bytes of the record without the end of its line
 */
gsize
matinee_csv_record_trim (const MatineeCsvRecord *record, const char *text)
{
  gsize length = record->used;

  while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
    length--;
  return length;
}
