/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-rows.h"

#include <glib/gi18n.h>

#include "matinee-cli-output.h"

/**
 * matinee_cli_rows_add_options:
 * @rows: where a table goes
 * @context: the options of a command
 *
 * Adds `--output`, `--format` and `--json`.
 */
void
matinee_cli_rows_add_options (MatineeCliRows *rows, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &rows->output, N_ ("Write to this file"), N_ ("FILE") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &rows->format_text, N_ ("How: csv or json"), N_ ("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &rows->json, N_ ("Print JSON, one object a line"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/**
 * matinee_cli_parse_format:
 * @text: (nullable): `--format`
 * @path: (nullable): the file that is written; %NULL for standard output
 * @format: (out): how it is written
 * @error: return location
 *
 * Finds the format that was asked for, or that the name of the file asks for. A file
 * of JSON is one value unless its name says that it is lines; standard output is lines.
 *
 * Returns: %FALSE with %G_OPTION_ERROR
 */
gboolean
matinee_cli_parse_format (const char *text, const char *path, MatineeExportFormat *format, GError **error)
{
  gboolean json = g_strcmp0 (text, "json") == 0;

  *format = path != NULL ? matinee_export_format_for_path (path) : MATINEE_EXPORT_CSV;
  if (json && *format == MATINEE_EXPORT_CSV)
    *format = path != NULL ? MATINEE_EXPORT_JSON : MATINEE_EXPORT_JSON_LINES;
  else if (g_strcmp0 (text, "csv") == 0)
    *format = MATINEE_EXPORT_CSV;
  else if (text != NULL && !json)
    {
      g_autofree char *valid = g_utf8_make_valid (text, -1);

      return matinee_cli_fail_usage (error, _ ("--format must be csv or json; it is “%s”"), valid);
    }
  return TRUE;
}

/**
 * matinee_cli_rows_resolve:
 * @rows: where a table goes, as the options say
 * @error: return location
 *
 * Finds out how it is written.
 *
 * Returns: %FALSE with %G_OPTION_ERROR
 */
gboolean
matinee_cli_rows_resolve (MatineeCliRows *rows, GError **error)
{
  if (!matinee_cli_parse_format (rows->format_text, rows->output, &rows->format, error))
    return FALSE;
  if (rows->output != NULL)
    return TRUE;
  if (rows->json && rows->format_text != NULL && rows->format == MATINEE_EXPORT_CSV)
    return matinee_cli_fail_usage (error, _ ("--format csv and --json exclude each other: give one of them"));
  if (rows->json)
    rows->format = MATINEE_EXPORT_JSON_LINES;
  rows->json = rows->format == MATINEE_EXPORT_JSON_LINES;
  return TRUE;
}

/**
 * matinee_cli_rows_have_events:
 * @rows: where a table goes, resolved
 *
 * Returns: whether each row names its event: on standard output, as JSON
 */
gboolean
matinee_cli_rows_have_events (const MatineeCliRows *rows)
{
  return rows->output == NULL && rows->json;
}

/**
 * matinee_cli_rows_print:
 * @text: (array length=length): a part of a table
 * @length: its bytes
 * @data: nothing
 * @error: not set: what went wrong is known to, and said by, the output
 *
 * A #MatineeTableSink that is standard output.
 *
 * Returns: whether it could be written
 */
gboolean
matinee_cli_rows_print (const char *text, gsize length, gpointer data, GError **error)
{
  matinee_cli_write_bytes (text, length);
  return !matinee_cli_output_failed ();
}

/**
 * matinee_cli_rows_open:
 * @rows: where a table goes, resolved
 * @columns: (array length=n_columns): its columns; the first one, the event, is left out
 *   unless matinee_cli_rows_have_events()
 * @n_columns: how many
 * @error: return location
 *
 * Begins the table.
 *
 * Returns: (transfer full) (nullable): a writer, or %NULL with a #GFileError
 */
MatineeTableWriter *
matinee_cli_rows_open (const MatineeCliRows *rows, const char *const *columns, guint n_columns, GError **error)
{
  guint skip = matinee_cli_rows_have_events (rows) ? 0 : 1;

  if (rows->output != NULL)
    return matinee_table_writer_new (rows->output, rows->format, columns + skip, n_columns - skip, error);
  return matinee_table_writer_new_for_sink (matinee_cli_rows_print, NULL, rows->format, columns + skip,
                                            n_columns - skip);
}

/**
 * matinee_cli_rows_clear:
 * @rows: where a table goes
 *
 * Frees what it has.
 */
void
matinee_cli_rows_clear (MatineeCliRows *rows)
{
  g_free (rows->output);
  g_free (rows->format_text);
}
