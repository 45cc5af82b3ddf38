/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MatineeExportFormat:
 * @MATINEE_EXPORT_CSV: RFC 4180, with a header line; UTF-8
 * @MATINEE_EXPORT_JSON: an array of objects, one a line
 * @MATINEE_EXPORT_JSON_LINES: the objects alone, one a line
 *
 * How a table is written.
 */
typedef enum
{
  MATINEE_EXPORT_CSV,
  MATINEE_EXPORT_JSON,
  MATINEE_EXPORT_JSON_LINES
} MatineeExportFormat;

/**
 * MatineeTableWriter:
 *
 * Writes a table of any length, row by row, cell by cell.
 */
typedef struct _MatineeTableWriter MatineeTableWriter;

/**
 * MatineeTableSink:
 * @text: (array length=length): the next bytes of the table
 * @length: how many
 * @data: user data
 * @error: return location
 *
 * Takes a table in place of a file.
 *
 * Returns: %FALSE with an error to end it
 */
typedef gboolean (*MatineeTableSink) (const char *text, gsize length, gpointer data, GError **error);

MatineeExportFormat matinee_export_format_for_path (const char *path);
MatineeTableWriter *matinee_table_writer_new (const char *path, MatineeExportFormat format, const char *const *columns,
                                              guint n_columns, GError **error);
MatineeTableWriter *matinee_table_writer_new_for_sink (MatineeTableSink sink, gpointer data, MatineeExportFormat format,
                                                       const char *const *columns, guint n_columns);
void matinee_table_writer_add_text (MatineeTableWriter *writer, const char *text);
void matinee_table_writer_add_integer (MatineeTableWriter *writer, gint64 value);
void matinee_table_writer_add_double (MatineeTableWriter *writer, double value);
void matinee_table_writer_add_float (MatineeTableWriter *writer, float value);
gboolean matinee_table_writer_end_row (MatineeTableWriter *writer, GError **error);
gboolean matinee_table_writer_finish (MatineeTableWriter *writer, GError **error);
void matinee_table_writer_free (MatineeTableWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeTableWriter, matinee_table_writer_free)

G_END_DECLS
