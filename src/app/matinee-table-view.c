/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-table-view"

#include "config.h"

#include "matinee-table-view.h"

/* A column of numbers: which, and who knows them. */
typedef struct
{
  guint column;
  MatineeTableCell cell;
  gpointer data;
} Column;

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  g_autofree char *text = column->cell (gtk_list_item_get_position (item), column->column, column->data);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
free_column (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
add_column (GtkColumnView *view, const char *title, const Column *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) shown = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_cb), g_memdup2 (column, sizeof *column), free_column, 0);
  shown = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (shown, TRUE);
  gtk_column_view_append_column (view, shown);
}

static GtkStringList *
get_rows (GtkWidget *view)
{
  return GTK_STRING_LIST (
      gtk_no_selection_get_model (GTK_NO_SELECTION (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)))));
}

/**
 * matinee_table_view_new:
 * @label: what is in it, for screen readers
 * @titles: (array length=n_columns): headings
 * @n_columns: how many
 * @cell: tells what to write
 * @data: for @cell; must live as long as the table
 *
 * Makes a table of numbers, without rows yet. Its number within the table is all that a
 * row is; the numbers are kept elsewhere.
 *
 * Returns: (transfer floating): a #GtkColumnView
 */
GtkWidget *
matinee_table_view_new (const char *label, const char *const *titles, guint n_columns, MatineeTableCell cell,
                        gpointer data)
{
  GtkNoSelection *rows = gtk_no_selection_new (G_LIST_MODEL (gtk_string_list_new (NULL)));
  GtkWidget *view = gtk_column_view_new (GTK_SELECTION_MODEL (rows));

  for (guint i = 0; i < n_columns; i++)
    add_column (GTK_COLUMN_VIEW (view), titles[i], &(Column){ i, cell, data });
  gtk_widget_add_css_class (view, "films");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return view;
}

/**
 * matinee_table_view_set_n_rows:
 * @view: a table
 * @n: how many rows it has
 *
 * Adds rows at the end, or takes some away there. Rows that stay are not written again.
 */
void
matinee_table_view_set_n_rows (GtkWidget *view, guint n)
{
  GtkStringList *rows = get_rows (view);
  guint before = g_list_model_get_n_items (G_LIST_MODEL (rows));

  if (n < before)
    gtk_string_list_splice (rows, n, before - n, NULL);
  for (guint i = before; i < n; i++)
    gtk_string_list_append (rows, "");
}

guint
matinee_table_view_get_n_rows (GtkWidget *view)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_rows (view)));
}
