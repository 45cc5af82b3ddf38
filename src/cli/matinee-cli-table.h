/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MatineeCliColumn:
 * @title: (translatable): heading
 * @right: whether it holds numbers, which are put to the right
 *
 * A column of a table.
 */
typedef struct
{
  const char *title;
  gboolean right;
} MatineeCliColumn;

/**
 * MatineeCliTable:
 *
 * Rows of text, printed in columns as wide as their widest cell.
 */
typedef struct _MatineeCliTable MatineeCliTable;

MatineeCliTable *matinee_cli_table_new (const MatineeCliColumn *columns, guint n_columns);
void matinee_cli_table_free (MatineeCliTable *table);
void matinee_cli_table_take_row (MatineeCliTable *table, ...) G_GNUC_NULL_TERMINATED;
void matinee_cli_table_print (const MatineeCliTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeCliTable, matinee_cli_table_free)

G_END_DECLS
