/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-trace-window"

#include "config.h"

#include "matinee-trace-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-data-window.h"

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
 * Makes a window with all that was measured of a training as a table.
 *
 * Returns: (transfer none): a window like those of matinee_data_window_new()
 */
GtkWidget *
matinee_trace_window_new (GtkWindow *parent, const MatineeTracePoint *points, guint n)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (MatineeTracePoint));
  const char *shown[N_COLUMNS];

  g_array_append_vals (kept, points, n);
  for (guint i = 0; i < N_COLUMNS; i++)
    shown[i] = _ (titles[i]);
  return matinee_data_window_new (parent, shown, N_COLUMNS, n, cell_cb, kept, (GDestroyNotify) g_array_unref);
}
