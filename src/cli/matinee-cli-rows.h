/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-table-writer.h"

G_BEGIN_DECLS

/**
 * MatineeCliRows:
 * @output: (nullable): `--output`; %NULL for standard output
 * @format_text: (nullable): `--format`
 * @json: `--json`: whether what is told beside the rows is an event
 * @format: how the rows are written, once resolved
 *
 * Where a table for programs goes.
 */
typedef struct
{
  char *output;
  char *format_text;
  gboolean json;
  MatineeExportFormat format;
} MatineeCliRows;

void matinee_cli_rows_add_options (MatineeCliRows *rows, GOptionContext *context);
gboolean matinee_cli_rows_resolve (MatineeCliRows *rows, GError **error);
gboolean matinee_cli_rows_have_events (const MatineeCliRows *rows);
MatineeTableWriter *matinee_cli_rows_open (const MatineeCliRows *rows, const char *const *columns, guint n_columns,
                                           GError **error);
gboolean matinee_cli_rows_print (const char *text, gsize length, gpointer data, GError **error);
gboolean matinee_cli_parse_format (const char *text, const char *path, MatineeExportFormat *format, GError **error);
void matinee_cli_rows_clear (MatineeCliRows *rows);

G_END_DECLS
