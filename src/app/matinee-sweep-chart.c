/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-sweep-chart"

#include "config.h"

#include "matinee-sweep-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-format.h"

/* From this ratio of largest to smallest value on, a curve is drawn on a log axis. */
#define LOG_FROM 20.0

/* Room for a heat map of a single row, in pixels. */
#define STRIP_HEIGHT 110
#define MAP_HEIGHT 260

/**
 * MatineeSweepChart:
 *
 * What comes out of a sweep, as it comes: a heat map of two parameters, or a curve over
 * one and the same as a strip of cells, from which runs are chosen. The best run is
 * marked.
 */
struct _MatineeSweepChart
{
  AdwBin parent_instance;

  MatineeGrid grid;
  MatineeSweepCell *cells; /* one for each run of the grid */
  MatineeSweepMeasure measure;
  int best; /* index in cells, or -1 */

  GtkWidget *plot_bin;
  MatineePlot *plot;
  MatineeHeatMap *map;
};

G_DEFINE_FINAL_TYPE (MatineeSweepChart, matinee_sweep_chart, ADW_TYPE_BIN)

enum
{
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
measure_title (MatineeSweepMeasure measure)
{
  return measure == MATINEE_SWEEP_FINAL ? _ ("Test RMSE") : _ ("Best test RMSE");
}

/* The last dimension changes first: it goes from left to right. */
static const MatineeDimension *
across (MatineeSweepChart *self)
{
  return &self->grid.dimensions[self->grid.n_dimensions - 1];
}

static const MatineeDimension *
upward (MatineeSweepChart *self)
{
  return self->grid.n_dimensions > 1 ? &self->grid.dimensions[0] : NULL;
}

static const char *
title_of (const MatineeDimension *dimension)
{
  return _ (matinee_param_info (dimension->id)->label);
}

static char *
dup_value (const MatineeDimension *dimension, guint index)
{
  return matinee_format_value (dimension->values[index], matinee_param_info (dimension->id)->digits);
}

static char **
dup_labels (const MatineeDimension *dimension)
{
  char **labels = g_new0 (char *, dimension->n + 1);

  for (guint i = 0; i < dimension->n; i++)
    labels[i] = dup_value (dimension, i);
  return labels;
}

static void
show_cell (MatineeSweepChart *self, const MatineeSweepCell *cell)
{
  static const MatineeHeatState states[] = { [MATINEE_SWEEP_WAITING] = MATINEE_HEAT_WAITING,
                                             [MATINEE_SWEEP_RUNNING] = MATINEE_HEAT_WORKING,
                                             [MATINEE_SWEEP_DONE] = MATINEE_HEAT_VOID };
  double value = matinee_sweep_cell_get (cell, self->measure);

  matinee_heat_map_set_cell (self->map, cell->index % across (self)->n, cell->index / across (self)->n,
                             isfinite (value) ? MATINEE_HEAT_KNOWN : states[cell->state], isfinite (value) ? value : 0);
}

static int
compare_x (gconstpointer a, gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (x[0] > y[0]) - (x[0] < y[0]);
}

/* A curve over one parameter: its points come in any order, and are drawn from left to
 * right. */
static void
show_curve (MatineeSweepChart *self)
{
  MatineePlotModel *model = matinee_plot_get_model (self->plot);
  MatineePlotSeries *series = matinee_plot_model_get_series (model, 0);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, 2 * sizeof (double));

  matinee_plot_model_clear_data (model);
  for (guint i = 0; i < self->grid.n_runs; i++)
    {
      double point[2] = { across (self)->values[i], matinee_sweep_cell_get (&self->cells[i], self->measure) };

      if (isfinite (point[1]))
        g_array_append_vals (points, point, 1);
    }
  g_array_sort (points, compare_x);
  for (guint i = 0; i < points->len; i++)
    {
      const double *point = (const double *) (gpointer) points->data + 2 * i;

      matinee_plot_series_append (series, point[0], point[1]);
    }
  if (self->best >= 0)
    {
      double value = matinee_sweep_cell_get (&self->cells[self->best], self->measure);
      g_autofree char *label = g_strdup_printf (_ ("best: %.4f"), value);

      matinee_plot_model_set_mark (model, series, across (self)->values[self->best], value, label);
    }
}

static void
find_best (MatineeSweepChart *self)
{
  self->best = -1;
  for (guint i = 0; i < self->grid.n_runs; i++)
    if (matinee_sweep_cell_is_better (&self->cells[i], matinee_sweep_chart_get_best (self), self->measure))
      self->best = (int) i;
}

static void
show_best (MatineeSweepChart *self)
{
  g_autofree char *result = NULL;

  find_best (self);
  if (self->best >= 0)
    matinee_heat_map_set_best (self->map, (guint) self->best % across (self)->n, (guint) self->best / across (self)->n);
  else
    matinee_heat_map_clear_best (self->map);
  if (upward (self) == NULL)
    show_curve (self);
  result = matinee_sweep_chart_dup_result (self);
  matinee_heat_map_set_summary (self->map, result);
  matinee_plot_set_description (self->plot, result);
}

static void
show_all (MatineeSweepChart *self)
{
  matinee_heat_map_set_value_title (self->map, measure_title (self->measure));
  matinee_plot_model_set_y_title (matinee_plot_get_model (self->plot), measure_title (self->measure));
  for (guint i = 0; i < self->grid.n_runs; i++)
    show_cell (self, &self->cells[i]);
  show_best (self);
}

static void
prepare_plot (MatineeSweepChart *self)
{
  MatineePlotModel *model = matinee_plot_get_model (self->plot);
  const MatineeDimension *dimension = across (self);
  double least = INFINITY;
  double most = 0;

  for (guint i = 0; i < dimension->n; i++)
    {
      least = MIN (least, dimension->values[i]);
      most = MAX (most, dimension->values[i]);
    }
  matinee_plot_model_set_x_title (model, title_of (dimension));
  matinee_plot_model_set_x_integer (model, matinee_param_info (dimension->id)->whole);
  matinee_plot_model_set_x_scale (model, least > 0 && most / least >= LOG_FROM ? MATINEE_PLOT_SCALE_LOG
                                                                               : MATINEE_PLOT_SCALE_LINEAR);
  matinee_plot_model_set_x_hint (model, least, most);
  matinee_plot_model_fit (model);
}

static void
moved_cb (MatineeSweepChart *self)
{
  const MatineeSweepCell *cell = matinee_sweep_chart_get_chosen (self);

  /* In the curve, too, one sees which it is. */
  if (cell != NULL && upward (self) == NULL)
    matinee_plot_set_hover (self->plot, across (self)->values[cell->index]);
  g_signal_emit (self, signals[MOVED], 0);
}

static void
matinee_sweep_chart_finalize (GObject *object)
{
  MatineeSweepChart *self = MATINEE_SWEEP_CHART (object);

  matinee_grid_clear (&self->grid);
  g_free (self->cells);

  G_OBJECT_CLASS (matinee_sweep_chart_parent_class)->finalize (object);
}

static void
matinee_sweep_chart_class_init (MatineeSweepChartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_sweep_chart_finalize;

  /** MatineeSweepChart::moved: another run is chosen */
  signals[MOVED]
      = g_signal_new ("moved", MATINEE_TYPE_SWEEP_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
card_new (GtkWidget *child)
{
  GtkWidget *card = adw_bin_new ();

  gtk_widget_add_css_class (card, "card");
  gtk_widget_set_overflow (card, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_vexpand (child, TRUE);
  adw_bin_set_child (ADW_BIN (card), child);
  return card;
}

static void
matinee_sweep_chart_init (MatineeSweepChart *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  /* In a bin of its own: screen readers miss a widget that shows as another hides. */
  GtkWidget *bin = adw_bin_new ();

  self->best = -1;
  self->plot = MATINEE_PLOT (matinee_plot_new ());
  matinee_plot_set_label (self->plot, _ ("Error by parameter"));
  matinee_plot_set_file_name (self->plot, _ ("sweep"));
  matinee_plot_model_add_series (matinee_plot_get_model (self->plot), _ ("Test"), -1, MATINEE_PLOT_DASH_AUTO);
  self->plot_bin = card_new (GTK_WIDGET (self->plot));
  gtk_widget_set_size_request (self->plot_bin, -1, MAP_HEIGHT);
  adw_bin_set_child (ADW_BIN (bin), self->plot_bin);
  self->map = MATINEE_HEAT_MAP (matinee_heat_map_new ());
  matinee_heat_map_set_label (self->map, _ ("Error by parameters"));
  gtk_box_append (GTK_BOX (box), bin);
  gtk_box_append (GTK_BOX (box), card_new (GTK_WIDGET (self->map)));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->map, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
}

/**
 * matinee_sweep_chart_set_grid:
 * @self: a chart
 * @grid: the runs, of one or two dimensions; copied
 *
 * Begins anew, with nothing known about any run.
 */
void
matinee_sweep_chart_set_grid (MatineeSweepChart *self, const MatineeGrid *grid)
{
  const MatineeDimension *rows;
  g_auto (GStrv) x_labels = NULL;
  g_auto (GStrv) y_labels = NULL;

  g_return_if_fail (grid->n_dimensions == 1 || grid->n_dimensions == 2);

  matinee_grid_clear (&self->grid);
  matinee_grid_copy (grid, &self->grid);
  g_free (self->cells);
  self->cells = g_new0 (MatineeSweepCell, self->grid.n_runs);
  for (guint i = 0; i < self->grid.n_runs; i++)
    self->cells[i].index = i;
  rows = upward (self);
  x_labels = dup_labels (across (self));
  y_labels = rows != NULL ? dup_labels (rows) : NULL;
  matinee_heat_map_set_axes (self->map, title_of (across (self)), (const char *const *) x_labels,
                             rows != NULL ? title_of (rows) : NULL, (const char *const *) y_labels);
  gtk_widget_set_size_request (GTK_WIDGET (self->map), -1, rows != NULL ? MAP_HEIGHT : STRIP_HEIGHT);
  gtk_widget_set_visible (self->plot_bin, rows == NULL);
  gtk_widget_set_vexpand (gtk_widget_get_parent (GTK_WIDGET (self->map)), rows != NULL);
  matinee_plot_set_hover (self->plot, NAN);
  prepare_plot (self);
  show_all (self);
  g_signal_emit (self, signals[MOVED], 0);
}

/**
 * matinee_sweep_chart_add_cells:
 * @self: a chart with a grid
 * @cells: (array length=n): what is known of runs
 * @n: how many
 *
 * Shows them.
 */
void
matinee_sweep_chart_add_cells (MatineeSweepChart *self, const MatineeSweepCell *cells, guint n)
{
  gboolean any_done = FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_return_if_fail (cells[i].index < self->grid.n_runs);

      self->cells[cells[i].index] = cells[i];
      show_cell (self, &cells[i]);
      any_done |= cells[i].state == MATINEE_SWEEP_DONE;
    }
  if (any_done)
    show_best (self);
}

/**
 * matinee_sweep_chart_end:
 * @self: a chart
 *
 * No more will come: a run that was at work, or was stopped, waits again.
 */
void
matinee_sweep_chart_end (MatineeSweepChart *self)
{
  for (guint i = 0; i < self->grid.n_runs; i++)
    if (self->cells[i].state == MATINEE_SWEEP_RUNNING || self->cells[i].reason == MATINEE_CANCELLED)
      {
        self->cells[i] = (MatineeSweepCell){ .index = i };
        show_cell (self, &self->cells[i]);
      }
}

/**
 * matinee_sweep_chart_set_measure:
 * @self: a chart
 * @measure: what to compare runs by
 */
void
matinee_sweep_chart_set_measure (MatineeSweepChart *self, MatineeSweepMeasure measure)
{
  if (self->measure == measure)
    return;
  self->measure = measure;
  if (self->grid.n_runs > 0)
    show_all (self);
}

/**
 * matinee_sweep_chart_get_grid:
 * @self: a chart
 *
 * Returns: (transfer none): its runs; 0 of them before there is a grid
 */
const MatineeGrid *
matinee_sweep_chart_get_grid (MatineeSweepChart *self)
{
  return &self->grid;
}

/**
 * matinee_sweep_chart_get_chosen:
 * @self: a chart
 *
 * Returns: (transfer none) (nullable): the run at the cursor
 */
const MatineeSweepCell *
matinee_sweep_chart_get_chosen (MatineeSweepChart *self)
{
  guint column, row;

  return matinee_heat_map_get_cursor (self->map, &column, &row) ? &self->cells[row * across (self)->n + column] : NULL;
}

/**
 * matinee_sweep_chart_get_best:
 * @self: a chart
 *
 * Returns: (transfer none) (nullable): the best run so far
 */
const MatineeSweepCell *
matinee_sweep_chart_get_best (MatineeSweepChart *self)
{
  return self->best >= 0 ? &self->cells[self->best] : NULL;
}

/**
 * matinee_sweep_chart_get_n_done:
 * @self: a chart
 * @n_found: (out) (optional): how many of them were taken from the history
 *
 * Returns: how many runs have ended
 */
guint
matinee_sweep_chart_get_n_done (MatineeSweepChart *self, guint *n_found)
{
  guint n = 0;
  guint found = 0;

  for (guint i = 0; i < self->grid.n_runs; i++)
    {
      n += self->cells[i].state == MATINEE_SWEEP_DONE;
      found += self->cells[i].found;
    }
  if (n_found != NULL)
    *n_found = found;
  return n;
}

/**
 * matinee_sweep_chart_dup_name:
 * @self: a chart
 * @run: a run of its grid
 *
 * Returns: (transfer full): the values that tell it from the others
 */
char *
matinee_sweep_chart_dup_name (MatineeSweepChart *self, guint run)
{
  g_autofree char *x = dup_value (across (self), run % across (self)->n);
  g_autofree char *y = upward (self) != NULL ? dup_value (upward (self), run / across (self)->n) : NULL;

  return y != NULL ? g_strdup_printf ("%s %s, %s %s", title_of (across (self)), x, title_of (upward (self)), y)
                   : g_strdup_printf ("%s %s", title_of (across (self)), x);
}

/**
 * matinee_sweep_chart_dup_result:
 * @self: a chart
 *
 * Returns: (transfer full): which run is the best, and whether a better one may lie
 *   beyond what was tried; "" as long as none is known
 */
char *
matinee_sweep_chart_dup_result (MatineeSweepChart *self)
{
  const MatineeSweepCell *best = matinee_sweep_chart_get_best (self);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = NULL;
  MatineeParams params;

  if (best == NULL)
    return g_strdup ("");
  name = matinee_sweep_chart_dup_name (self, best->index);
  /* Translators: which run of several is the best: its parameters, and its error. */
  g_string_append_printf (text, _ ("Best: %s, with a test RMSE of %.4f."), name,
                          matinee_sweep_cell_get (best, self->measure));
  matinee_grid_get_params (&self->grid, best->index, &params);
  for (guint i = 0; i < self->grid.n_dimensions; i++)
    {
      gboolean largest;

      if (!matinee_grid_is_on_edge (&self->grid, i, &params, &largest))
        continue;
      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              largest ? _ ("This is the largest value of “%s” tried: larger ones may be better.")
                                      : _ ("This is the smallest value of “%s” tried: smaller ones may be better."),
                              title_of (&self->grid.dimensions[i]));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

MatineeHeatMap *
matinee_sweep_chart_get_map (MatineeSweepChart *self)
{
  return self->map;
}

MatineePlot *
matinee_sweep_chart_get_plot (MatineeSweepChart *self)
{
  return self->plot;
}
