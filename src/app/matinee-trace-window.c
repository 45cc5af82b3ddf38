/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-trace-window"

#include "config.h"

#include "matinee-trace-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-table-view.h"

/* The columns of the table, in this order. */
typedef enum
{
  COLUMN_ITERATION,
  COLUMN_SECONDS,
  COLUMN_TRAIN_RMSE,
  COLUMN_TEST_RMSE,
  COLUMN_TRAIN_MAE,
  COLUMN_TEST_MAE,
  COLUMN_FIT,
  COLUMN_PENALTY
} Column;

#define N_COLUMNS (COLUMN_PENALTY + 1)

static const char *const titles[N_COLUMNS] = {
  [COLUMN_ITERATION] = N_ ("Iteration"),
  [COLUMN_SECONDS] = N_ ("Seconds"),
  [COLUMN_TRAIN_RMSE] = N_ ("Train RMSE"),
  [COLUMN_TEST_RMSE] = N_ ("Test RMSE"),
  [COLUMN_TRAIN_MAE] = N_ ("Train MAE"),
  [COLUMN_TEST_MAE] = N_ ("Test MAE"),
  [COLUMN_FIT] = N_ ("Fit"),
  [COLUMN_PENALTY] = N_ ("Penalty"),
};

static char *
dup_number (double value, const char *format)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (isfinite (value) ? g_ascii_formatd (buffer, sizeof buffer, format, value) : "–");
}

static char *
dup_cell (const MatineeTracePoint *point, Column column)
{
  switch (column)
    {
    case COLUMN_ITERATION:
      return g_strdup_printf ("%u", point->iteration);
    case COLUMN_SECONDS:
      return dup_number (point->seconds, "%.4f");
    case COLUMN_TRAIN_RMSE:
      return dup_number (matinee_errors_rmse (&point->train), "%.5f");
    case COLUMN_TEST_RMSE:
      return dup_number (matinee_errors_rmse (&point->test), "%.5f");
    case COLUMN_TRAIN_MAE:
      return dup_number (matinee_errors_mae (&point->train), "%.5f");
    case COLUMN_TEST_MAE:
      return dup_number (matinee_errors_mae (&point->test), "%.5f");
    case COLUMN_FIT:
      return dup_number (point->train.squared, "%.6g");
    case COLUMN_PENALTY:
    default:
      return dup_number (point->penalty, "%.6g");
    }
}

static char *
cell_cb (guint row, guint column, gpointer data)
{
  GArray *points = data;

  return dup_cell (&g_array_index (points, MatineeTracePoint, row), (Column) column);
}

/**
 * matinee_trace_window_new:
 * @parent: the window
 * @points: (array length=n): what was measured; copied
 * @n: how many
 *
 * Makes a window with the numbers of a chart as a table, for those who can't see the
 * chart and for those who want to read them.
 *
 * Returns: (transfer none): the window, not shown yet
 */
GtkWidget *
matinee_trace_window_new (GtkWindow *parent, const MatineeTracePoint *points, guint n)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (MatineeTracePoint));
  GtkWidget *view = matinee_table_view_new (_ ("Chart Data"), titles, N_COLUMNS, cell_cb, kept);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  g_array_append_vals (kept, points, n);
  g_object_set_data_full (G_OBJECT (view), "points", kept, (GDestroyNotify) g_array_unref);
  matinee_table_view_set_n_rows (view, n);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
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

/**
 * matinee_trace_window_get_n_rows:
 * @window: a window made by matinee_trace_window_new()
 *
 * Returns: how many rows its table has
 */
guint
matinee_trace_window_get_n_rows (GtkWidget *window)
{
  return matinee_table_view_get_n_rows (g_object_get_data (G_OBJECT (window), "table"));
}
