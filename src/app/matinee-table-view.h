/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MatineeTableCell:
 * @row: from 0
 * @column: from 0
 * @data: user data
 *
 * Returns: (transfer full): what is written there
 */
typedef char *(*MatineeTableCell) (guint row, guint column, gpointer data);

GtkWidget *matinee_table_view_new (const char *label, const char *const *titles, guint n_columns, MatineeTableCell cell,
                                   gpointer data);
void matinee_table_view_set_n_rows (GtkWidget *view, guint n);
guint matinee_table_view_get_n_rows (GtkWidget *view);

G_END_DECLS
