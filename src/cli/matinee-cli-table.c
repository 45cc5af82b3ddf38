/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-table.h"

#include <glib/gi18n.h>

#include "matinee-cli-output.h"
#include "matinee-cli-text.h"

struct _MatineeCliTable
{
  const MatineeCliColumn *columns;
  guint n_columns;
  GPtrArray *rows;
};

/**
 * matinee_cli_table_new:
 * @columns: (array length=n_columns): its columns, which must outlive it
 * @n_columns: how many
 *
 * Makes a table without rows.
 *
 * Returns: (transfer full): the table
 */
MatineeCliTable *
matinee_cli_table_new (const MatineeCliColumn *columns, guint n_columns)
{
  MatineeCliTable *table = g_new0 (MatineeCliTable, 1);

  table->columns = columns;
  table->n_columns = n_columns;
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  return table;
}

/**
 * matinee_cli_table_free:
 * @table: (transfer full): a table
 *
 * Frees it.
 */
void
matinee_cli_table_free (MatineeCliTable *table)
{
  g_ptr_array_unref (table->rows);
  g_free (table);
}

/**
 * matinee_cli_table_take_row:
 * @table: a table
 * @...: (transfer full): a string for each column, then %NULL
 *
 * Adds a row. Its strings may hold anything that a file can: they are made fit
 * to be shown.
 */
void
matinee_cli_table_take_row (MatineeCliTable *table, ...)
{
  char **row = g_new0 (char *, table->n_columns + 1);
  va_list cells;

  va_start (cells, table);
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_autofree char *cell = va_arg (cells, char *);

      row[i] = matinee_cli_text_clean (cell);
    }
  va_end (cells);
  g_ptr_array_add (table->rows, row);
}

static gsize
column_width (const MatineeCliTable *table, guint column)
{
  gsize width = matinee_cli_text_width (_ (table->columns[column].title));

  for (guint i = 0; i < table->rows->len; i++)
    {
      char **row = g_ptr_array_index (table->rows, i);

      width = MAX (width, matinee_cli_text_width (row[column]));
    }
  return width;
}

static void
append_cell (GString *line, const char *text, gsize width, gboolean right, gboolean last)
{
  g_autofree char *cell = matinee_cli_text_pad (text, last && !right ? 0 : width, right);

  if (line->len > 0)
    g_string_append (line, "  ");
  g_string_append (line, cell);
}

/**
 * matinee_cli_table_print:
 * @table: a table
 *
 * Prints its headings and rows to standard output. Cost O(rows × columns).
 */
void
matinee_cli_table_print (const MatineeCliTable *table)
{
  g_autofree gsize *widths = g_new (gsize, table->n_columns);
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < table->n_columns; i++)
    {
      widths[i] = column_width (table, i);
      append_cell (line, _ (table->columns[i].title), widths[i], table->columns[i].right, i + 1 == table->n_columns);
    }
  matinee_cli_print ("%s\n", line->str);
  for (guint r = 0; r < table->rows->len; r++)
    {
      char **row = g_ptr_array_index (table->rows, r);

      g_string_truncate (line, 0);
      for (guint i = 0; i < table->n_columns; i++)
        append_cell (line, row[i], widths[i], table->columns[i].right, i + 1 == table->n_columns);
      matinee_cli_print ("%s\n", line->str);
    }
}
