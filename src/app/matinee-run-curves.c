/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-run-curves"

#include "config.h"

#include "matinee-run-curves.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * MatineeRunCurves:
 *
 * The learning curves of several runs of the history in one plot: a color for each
 * run, whole lines for the test and broken ones for the training ratings.
 */
struct _MatineeRunCurves
{
  GObject parent_instance;

  MatineePlot *plot;
  MatineeRunStore *store;
  GPtrArray *curves; /* (element-type Curve): what is shown */
  guint request;     /* number of the last request */
  char *empty_text;
  MatineeLoss loss;
  gboolean by_time;
};

G_DEFINE_FINAL_TYPE (MatineeRunCurves, matinee_run_curves, G_TYPE_OBJECT)

/* A run with its points, and the lines that they are drawn as. */
typedef struct
{
  gint64 run;
  char *name;
  MatineeTrace *trace;
  MatineePlotSeries *train;
  MatineePlotSeries *test;
} Curve;

/* An answer that is no longer wanted is known by its number. */
typedef struct
{
  MatineeRunCurves *self;
  guint number;
} Request;

static void
curve_free (gpointer data)
{
  Curve *curve = data;

  g_free (curve->name);
  g_clear_pointer (&curve->trace, matinee_trace_free);
  g_free (curve);
}

static void
draw_points (MatineeRunCurves *self, const Curve *curve, guint first)
{
  for (guint i = first; i < curve->trace->n; i++)
    {
      const MatineeTracePoint *point = &curve->trace->points[i];
      double x = self->by_time ? point->seconds : point->iteration;

      matinee_plot_series_append (curve->train, x, matinee_loss_of (self->loss, &point->train));
      if (point->test.n > 0)
        matinee_plot_series_append (curve->test, x, matinee_loss_of (self->loss, &point->test));
    }
}

static void
draw_curve (MatineeRunCurves *self, Curve *curve, int color)
{
  MatineePlotModel *model = matinee_plot_get_model (self->plot);
  /* Translators: a line of the chart: the error of a run on its test ratings. */
  g_autofree char *test_name = g_strdup_printf (_ ("%s, test"), curve->name);
  g_autofree char *train_name = g_strdup_printf (_ ("%s, train"), curve->name);

  color %= MATINEE_PLOT_N_COLORS;
  curve->test = matinee_plot_model_add_series (model, test_name, color, MATINEE_PLOT_DASH_SOLID);
  curve->train = matinee_plot_model_add_series (model, train_name, color, MATINEE_PLOT_DASH_SHORT);
  draw_points (self, curve, 0);
}

static void
describe (MatineeRunCurves *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->curves->len; i++)
    {
      const Curve *curve = self->curves->pdata[i];
      const MatineeTracePoint *best = curve->trace->n > 0 ? matinee_trace_best (curve->trace) : NULL;

      if (i > 0)
        g_string_append (text, "; ");
      if (best != NULL && best->test.n > 0)
        g_string_append_printf (text, _ ("%s: best test RMSE %.4f"), curve->name, matinee_errors_rmse (&best->test));
      else
        g_string_append (text, curve->name);
    }
  matinee_plot_set_description (self->plot, text->len > 0 ? text->str : self->empty_text);
}

static void
draw (MatineeRunCurves *self)
{
  MatineePlotModel *model = matinee_plot_get_model (self->plot);

  matinee_plot_model_clear (model);
  matinee_plot_model_set_x_title (model, self->by_time ? _ ("Seconds of the solver") : _ ("Iteration"));
  matinee_plot_model_set_x_integer (model, !self->by_time);
  matinee_plot_model_set_y_title (model, matinee_loss_title (self->loss));
  matinee_plot_model_set_empty_text (model, self->empty_text);
  for (guint i = 0; i < self->curves->len; i++)
    draw_curve (self, self->curves->pdata[i], (int) i);
  matinee_plot_model_fit (model);
  describe (self);
}

/* Whether they are the runs that are shown, further on: then what the person made of
 * the view, and of the legend, stays. */
static gboolean
goes_on (MatineeRunCurves *self, GPtrArray *curves)
{
  if (curves->len != self->curves->len)
    return FALSE;
  for (guint i = 0; i < curves->len; i++)
    {
      const Curve *shown = self->curves->pdata[i];
      const Curve *now = curves->pdata[i];

      if (now->run != shown->run || strcmp (now->name, shown->name) != 0 || now->trace->n < shown->trace->n)
        return FALSE;
    }
  return TRUE;
}

static void
go_on (MatineeRunCurves *self, GPtrArray *curves)
{
  for (guint i = 0; i < curves->len; i++)
    {
      const Curve *shown = self->curves->pdata[i];
      Curve *now = curves->pdata[i];

      now->train = shown->train;
      now->test = shown->test;
      draw_points (self, now, shown->trace->n);
    }
}

static void
take_curves (MatineeRunCurves *self, GPtrArray *curves)
{
  gboolean same = goes_on (self, curves);

  if (same)
    go_on (self, curves);
  g_clear_pointer (&self->curves, g_ptr_array_unref);
  self->curves = curves;
  if (same)
    describe (self);
  else
    draw (self);
}

static gpointer
load_traces (MatineeHistory *history, gpointer data, GError **error)
{
  GPtrArray *curves = data;

  for (guint i = 0; i < curves->len; i++)
    {
      Curve *curve = curves->pdata[i];

      curve->trace = matinee_history_get_trace (history, curve->run, error);
      if (curve->trace == NULL)
        return NULL;
    }
  return g_ptr_array_ref (curves);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Request *request = data;
  g_autoptr (MatineeRunCurves) self = request->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) curves = matinee_run_store_do_finish (MATINEE_RUN_STORE (source), result, &error);

  if (curves == NULL)
    matinee_run_store_tell_trouble (self->store, error->message);
  else if (request->number == self->request)
    take_curves (self, g_steal_pointer (&curves));
  g_free (request);
}

static void
matinee_run_curves_finalize (GObject *object)
{
  MatineeRunCurves *self = MATINEE_RUN_CURVES (object);

  g_clear_object (&self->plot);
  g_clear_object (&self->store);
  g_clear_pointer (&self->curves, g_ptr_array_unref);
  g_clear_pointer (&self->empty_text, g_free);

  G_OBJECT_CLASS (matinee_run_curves_parent_class)->finalize (object);
}

static void
matinee_run_curves_class_init (MatineeRunCurvesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_run_curves_finalize;
}

static void
matinee_run_curves_init (MatineeRunCurves *self)
{
  self->curves = g_ptr_array_new_with_free_func (curve_free);
}

/**
 * matinee_run_curves_new:
 * @plot: the plot to show them in; referenced
 * @store: the history; referenced
 * @empty_text: what to say when there is no run
 *
 * Returns: (transfer full): curves of no run yet
 */
MatineeRunCurves *
matinee_run_curves_new (MatineePlot *plot, MatineeRunStore *store, const char *empty_text)
{
  MatineeRunCurves *self = g_object_new (MATINEE_TYPE_RUN_CURVES, NULL);

  self->plot = g_object_ref (plot);
  self->store = g_object_ref (store);
  self->empty_text = g_strdup (empty_text);
  matinee_plot_set_label (plot, _ ("Error by iteration"));
  matinee_plot_set_file_name (plot, _ ("runs"));
  draw (self);
  return self;
}

static void
add_curve (GPtrArray *curves, gint64 run, const char *name)
{
  Curve *curve = g_new0 (Curve, 1);

  curve->run = run;
  curve->name = g_strdup (name);
  g_ptr_array_add (curves, curve);
}

static void
load (MatineeRunCurves *self, GPtrArray *curves)
{
  Request *request = g_new0 (Request, 1);

  request->self = g_object_ref (self);
  request->number = ++self->request;
  matinee_run_store_do_async (self->store, load_traces, curves, (GDestroyNotify) g_ptr_array_unref,
                              (GDestroyNotify) g_ptr_array_unref, loaded_cb, request);
}

/**
 * matinee_run_curves_show:
 * @self: curves
 * @items: (element-type MatineeRunItem): the runs to show
 *
 * Reads their points in a thread and shows them. To be called again as a run goes on.
 */
void
matinee_run_curves_show (MatineeRunCurves *self, GPtrArray *items)
{
  GPtrArray *curves = g_ptr_array_new_with_free_func (curve_free);

  for (guint i = 0; i < items->len; i++)
    {
      const MatineeRun *run = matinee_run_item_get_run (items->pdata[i]);

      add_curve (curves, run->id, run->name);
    }
  load (self, curves);
}

/**
 * matinee_run_curves_show_run:
 * @self: curves
 * @run: id of a run, or 0 to show none
 * @name: (nullable): what to call it
 *
 * As matinee_run_curves_show() does with a single run.
 */
void
matinee_run_curves_show_run (MatineeRunCurves *self, gint64 run, const char *name)
{
  GPtrArray *curves = g_ptr_array_new_with_free_func (curve_free);

  if (run != 0)
    add_curve (curves, run, name);
  load (self, curves);
}

void
matinee_run_curves_set_loss (MatineeRunCurves *self, MatineeLoss loss)
{
  if (self->loss == loss)
    return;
  self->loss = loss;
  draw (self);
}

/**
 * matinee_run_curves_set_by_time:
 * @self: curves
 * @by_time: whether x is the solver's time instead of the iteration
 */
void
matinee_run_curves_set_by_time (MatineeRunCurves *self, gboolean by_time)
{
  by_time = !!by_time;
  if (self->by_time == by_time)
    return;
  self->by_time = by_time;
  draw (self);
}
