/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-data-window"

#include "config.h"

#include "matinee-data-window.h"

#include <glib/gi18n.h>

#include "matinee-plot-export.h"
#include "matinee-scroll-start.h"

/**
 * matinee_data_window_new:
 * @parent: the window
 * @titles: (array length=n_columns): headings
 * @n_columns: how many
 * @n_rows: how many
 * @cell: tells what to write
 * @data: (transfer full): for @cell
 * @free_data: frees @data, with the window
 *
 * Makes a window with the numbers of a chart as a table, for those who can't see the
 * chart and for those who want to read them.
 *
 * Returns: (transfer none): the window, not shown yet
 */
GtkWidget *
matinee_data_window_new (GtkWindow *parent, const char *const *titles, guint n_columns, guint n_rows,
                         MatineeTableCell cell, gpointer data, GDestroyNotify free_data)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = matinee_table_view_new (_ ("Chart Data"), titles, n_columns, cell, data);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  g_object_set_data_full (G_OBJECT (view), "data", data, free_data);
  matinee_table_view_set_n_rows (view, n_rows);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  matinee_scroll_start_keep (GTK_SCROLLED_WINDOW (scrolled));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Chart Data"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), -1, 480);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  g_object_set_data (G_OBJECT (window), "table", view);
  return window;
}

static char *
cell_cb (guint row, guint column, gpointer data)
{
  GPtrArray *rows = data;
  const char *text = ((char **) rows->pdata[row])[column];
  char *end;
  double value = g_ascii_strtod (text, &end);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (*text == '\0')
    return g_strdup ("–");
  return g_strdup (*end == '\0' ? g_ascii_formatd (buffer, sizeof buffer, "%.6g", value) : text);
}

/**
 * matinee_data_window_new_for_plot:
 * @parent: the window
 * @model: a chart
 *
 * Makes a window with what the chart shows now: a column for each series, or a row for
 * each point of each series when they don't share their x. O(points).
 *
 * Returns: (transfer none): a window like those of matinee_data_window_new()
 */
GtkWidget *
matinee_data_window_new_for_plot (GtkWindow *parent, MatineePlotModel *model)
{
  g_autoptr (GBytes) bytes = matinee_plot_export_to_bytes (model, MATINEE_PLOT_TSV, 0, 0, 1, NULL, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) titles = g_strsplit (lines[0], "\t", -1);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  /* The last line is empty. */
  for (guint i = 1; lines[i] != NULL && lines[i + 1] != NULL; i++)
    g_ptr_array_add (rows, g_strsplit (lines[i], "\t", -1));
  return matinee_data_window_new (parent, (const char *const *) titles, g_strv_length (titles), rows->len, cell_cb,
                                  rows, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * matinee_data_window_get_n_rows:
 * @window: a window made here
 *
 * Returns: how many rows its table has
 */
guint
matinee_data_window_get_n_rows (GtkWidget *window)
{
  return matinee_table_view_get_n_rows (g_object_get_data (G_OBJECT (window), "table"));
}
