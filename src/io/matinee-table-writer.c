/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-table-writer.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "matinee-save-file.h"

/* Written at once: system calls are then few, and memory stays small. */
#define CHUNK ((gsize) 1 << 16)

struct _MatineeTableWriter
{
  MatineeSaveFile *file; /* (nullable): where to, if not to a sink */
  MatineeTableSink sink;
  gpointer sink_data;
  MatineeExportFormat format;
  char **columns; /* as they go into the file */
  guint n_columns;
  guint column; /* of the next cell */
  gboolean has_rows;
  GString *text; /* not yet written */
  JsonNode *node;
};

/**
 * matinee_export_format_for_path:
 * @path: a file's name
 *
 * Returns: JSON when it ends in ".json", JSON lines for ".jsonl" and ".ndjson", in
 *   any case, else CSV
 */
MatineeExportFormat
matinee_export_format_for_path (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  if (g_str_has_suffix (lower, ".json"))
    return MATINEE_EXPORT_JSON;
  if (g_str_has_suffix (lower, ".jsonl") || g_str_has_suffix (lower, ".ndjson"))
    return MATINEE_EXPORT_JSON_LINES;
  return MATINEE_EXPORT_CSV;
}

/* Whether a text is nothing but a number, whose sign starts no formula. */
static gboolean
is_number (const char *text)
{
  char *end;

  for (const char *c = text; *c != '\0'; c++)
    if (strchr ("+-.0123456789eE", *c) == NULL)
      return FALSE;
  g_ascii_strtod (text, &end);
  return end != text && *end == '\0';
}

/* Spreadsheets run a cell that begins with one of these as a formula, which may
 * send what is in the sheet elsewhere. An apostrophe says: this is text. */
static gboolean
is_formula (const char *text)
{
  return *text != '\0' && strchr ("=+-@\t\r\n", *text) != NULL && !is_number (text);
}

static void
append_csv_text (GString *to, const char *text)
{
  gboolean formula = is_formula (text);

  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      if (formula)
        g_string_append_c (to, '\'');
      g_string_append (to, text);
      return;
    }
  g_string_append_c (to, '"');
  if (formula)
    g_string_append_c (to, '\'');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (to, '"');
      g_string_append_c (to, *c);
    }
  g_string_append_c (to, '"');
}

/* JSON is UTF-8 by definition; an id may be anything. */
static void
append_json_text (MatineeTableWriter *self, GString *to, const char *text)
{
  g_autofree char *valid = g_utf8_validate (text, -1, NULL) ? NULL : g_utf8_make_valid (text, -1);
  g_autofree char *json = NULL;

  json_node_set_string (self->node, valid != NULL ? valid : text);
  json = json_to_string (self->node, FALSE);
  g_string_append (to, json);
}

static void
prepare_columns (MatineeTableWriter *self, const char *const *columns)
{
  self->columns = g_new0 (char *, self->n_columns + 1);
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_autoptr (GString) name = g_string_new (NULL);

      if (self->format == MATINEE_EXPORT_CSV)
        append_csv_text (name, columns[i]);
      else
        {
          append_json_text (self, name, columns[i]);
          g_string_append_c (name, ':');
        }
      self->columns[i] = g_string_free (g_steal_pointer (&name), FALSE);
    }
}

static MatineeTableWriter *
writer_new (MatineeExportFormat format, const char *const *columns, guint n_columns)
{
  MatineeTableWriter *self = g_new0 (MatineeTableWriter, 1);

  self->format = format;
  self->n_columns = n_columns;
  self->text = g_string_sized_new (CHUNK + 4096);
  self->node = json_node_new (JSON_NODE_VALUE);
  prepare_columns (self, columns);
  if (format == MATINEE_EXPORT_CSV)
    {
      g_autofree char *header = g_strjoinv (",", self->columns);

      g_string_append_printf (self->text, "%s\r\n", header);
    }
  else if (format == MATINEE_EXPORT_JSON)
    g_string_append_c (self->text, '[');
  return self;
}

/**
 * matinee_table_writer_new:
 * @path: the file to write
 * @format: how
 * @columns: (array length=n_columns): their names
 * @n_columns: how many, at least 1
 * @error: return location
 *
 * Begins a table. What has that name now is replaced by
 * matinee_table_writer_finish(), and not before.
 *
 * Returns: (transfer full) (nullable): a writer, or %NULL with a #GFileError
 */
MatineeTableWriter *
matinee_table_writer_new (const char *path, MatineeExportFormat format, const char *const *columns, guint n_columns,
                          GError **error)
{
  MatineeSaveFile *file = matinee_save_file_new (path, error);
  MatineeTableWriter *self;

  if (file == NULL)
    return NULL;
  self = writer_new (format, columns, n_columns);
  self->file = file;
  return self;
}

/**
 * matinee_table_writer_new_for_sink:
 * @sink: takes the table, some kilobytes at a time, and the rest of it from
 *   matinee_table_writer_finish()
 * @data: (closure): for @sink
 * @format: how
 * @columns: (array length=n_columns): their names
 * @n_columns: how many, at least 1
 *
 * Begins a table that is not a file, such as one on standard output.
 *
 * Returns: (transfer full): a writer
 */
MatineeTableWriter *
matinee_table_writer_new_for_sink (MatineeTableSink sink, gpointer data, MatineeExportFormat format,
                                   const char *const *columns, guint n_columns)
{
  MatineeTableWriter *self = writer_new (format, columns, n_columns);

  self->sink = sink;
  self->sink_data = data;
  return self;
}

static void
begin_cell (MatineeTableWriter *self)
{
  g_return_if_fail (self->column < self->n_columns);
  if (self->format == MATINEE_EXPORT_CSV)
    g_string_append (self->text, self->column > 0 ? "," : "");
  else
    {
      if (self->column == 0 && self->format == MATINEE_EXPORT_JSON_LINES)
        g_string_append_c (self->text, '{');
      else if (self->column == 0)
        g_string_append (self->text, self->has_rows ? ",\n{" : "\n{");
      else
        g_string_append_c (self->text, ',');
      g_string_append (self->text, self->columns[self->column]);
    }
  self->column++;
}

static void
add_nothing (MatineeTableWriter *self)
{
  begin_cell (self);
  if (self->format != MATINEE_EXPORT_CSV)
    g_string_append (self->text, "null");
}

/**
 * matinee_table_writer_add_text:
 * @self: a writer
 * @text: (nullable): the next cell; %NULL is an empty one, or null
 *
 * Adds a cell of text. In CSV, what a spreadsheet would run as a formula gets an
 * apostrophe in front, unless it is a number.
 */
void
matinee_table_writer_add_text (MatineeTableWriter *self, const char *text)
{
  if (text == NULL)
    {
      add_nothing (self);
      return;
    }
  begin_cell (self);
  if (self->format == MATINEE_EXPORT_CSV)
    append_csv_text (self->text, text);
  else
    append_json_text (self, self->text, text);
}

/**
 * matinee_table_writer_add_integer:
 * @self: a writer
 * @value: the next cell
 *
 * Adds a cell with a whole number.
 */
void
matinee_table_writer_add_integer (MatineeTableWriter *self, gint64 value)
{
  begin_cell (self);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

/**
 * matinee_table_writer_add_double:
 * @self: a writer
 * @value: the next cell; what is not finite is an empty one, or null
 *
 * Adds a cell with as many digits as are needed to read the same number again.
 */
void
matinee_table_writer_add_double (MatineeTableWriter *self, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      add_nothing (self);
      return;
    }
  begin_cell (self);
  g_ascii_formatd (buffer, sizeof buffer, "%.15g", value);
  if (g_ascii_strtod (buffer, NULL) != value)
    g_ascii_formatd (buffer, sizeof buffer, "%.17g", value);
  g_string_append (self->text, buffer);
}

/**
 * matinee_table_writer_add_float:
 * @self: a writer
 * @value: the next cell; what is not finite is an empty one, or null
 *
 * Adds a cell with as many digits as are needed to read the same number again.
 */
void
matinee_table_writer_add_float (MatineeTableWriter *self, float value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      add_nothing (self);
      return;
    }
  begin_cell (self);
  g_ascii_formatd (buffer, sizeof buffer, "%.7g", (double) value);
  if ((float) g_ascii_strtod (buffer, NULL) != value)
    g_ascii_formatd (buffer, sizeof buffer, "%.9g", (double) value);
  g_string_append (self->text, buffer);
}

static gboolean
flush (MatineeTableWriter *self, GError **error)
{
  gboolean done = self->file != NULL ? matinee_save_file_write (self->file, self->text->str, self->text->len, error)
                                     : self->sink (self->text->str, self->text->len, self->sink_data, error);

  g_string_truncate (self->text, 0);
  return done;
}

/**
 * matinee_table_writer_end_row:
 * @self: a writer whose row has all its cells
 * @error: return location
 *
 * Ends a row.
 *
 * Returns: %FALSE with a #GFileError
 */
gboolean
matinee_table_writer_end_row (MatineeTableWriter *self, GError **error)
{
  static const char *const ends[] = { "\r\n", "}", "}\n" };

  g_return_val_if_fail (self->column == self->n_columns, FALSE);

  g_string_append (self->text, ends[self->format]);
  self->column = 0;
  self->has_rows = TRUE;
  return self->text->len < CHUNK || flush (self, error);
}

/**
 * matinee_table_writer_finish:
 * @self: a writer, to be freed afterwards
 * @error: return location
 *
 * Ends the table, and puts the file in its place if it is one.
 *
 * Returns: %FALSE with a #GFileError; what was there before is still there
 */
gboolean
matinee_table_writer_finish (MatineeTableWriter *self, GError **error)
{
  g_return_val_if_fail (self->column == 0, FALSE);

  if (self->format == MATINEE_EXPORT_JSON)
    g_string_append (self->text, "\n]\n");
  return flush (self, error) && (self->file == NULL || matinee_save_file_commit (self->file, error));
}

/**
 * matinee_table_writer_free:
 * @self: (nullable) (transfer full): a writer
 *
 * Frees it. Without matinee_table_writer_finish() nothing is left of the table.
 */
void
matinee_table_writer_free (MatineeTableWriter *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->file, matinee_save_file_free);
  g_strfreev (self->columns);
  g_string_free (self->text, TRUE);
  g_clear_pointer (&self->node, json_node_unref);
  g_free (self);
}
