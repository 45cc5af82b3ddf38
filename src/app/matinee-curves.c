/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-curves"

#include "config.h"

#include "matinee-curves.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * MatineeCurves:
 *
 * The learning curves of one training: keeps its records and shows a loss of them in a
 * plot, which itself knows nothing of training.
 */
struct _MatineeCurves
{
  GObject parent_instance;

  MatineePlot *plot;
  MatineePlotSeries *train;
  MatineePlotSeries *test;
  GArray *points;
  guint best; /* index in points, once there are any with test ratings */
  gboolean has_best;
  MatineeLoss loss;
  gboolean objective;
  gboolean by_time;
  guint n_expected;
  double noise_floor;
  MatineeBaselines baselines;
  gboolean has_baselines;
};

G_DEFINE_FINAL_TYPE (MatineeCurves, matinee_curves, G_TYPE_OBJECT)

static const MatineeTracePoint *
point_at (MatineeCurves *self, guint index)
{
  return &g_array_index (self->points, MatineeTracePoint, index);
}

static double
x_of (MatineeCurves *self, const MatineeTracePoint *point)
{
  return self->by_time ? point->seconds : point->iteration;
}

/* The objective has its two parts in place of the errors on two sets of ratings. */
static void
show_points (MatineeCurves *self, guint first)
{
  for (guint i = first; i < self->points->len; i++)
    {
      const MatineeTracePoint *point = point_at (self, i);
      double x = x_of (self, point);

      matinee_plot_series_append (self->train, x,
                                  self->objective ? point->train.squared : matinee_loss_of (self->loss, &point->train));
      if (self->objective)
        matinee_plot_series_append (self->test, x, point->penalty);
      else if (point->test.n > 0)
        matinee_plot_series_append (self->test, x, matinee_loss_of (self->loss, &point->test));
    }
}

/* The best iteration by the loss that is shown: by MAE it may be another. */
static void
find_best (MatineeCurves *self, guint first)
{
  for (guint i = first; i < self->points->len; i++)
    {
      double value = matinee_loss_of (self->loss, &point_at (self, i)->test);

      if (!isfinite (value))
        continue;
      if (!self->has_best || value < matinee_loss_of (self->loss, &point_at (self, self->best)->test))
        self->best = i;
      self->has_best = TRUE;
    }
}

static void
show_best (MatineeCurves *self)
{
  MatineePlotModel *model = matinee_plot_get_model (self->plot);
  const MatineeTracePoint *best = matinee_curves_get_best (self);
  g_autofree char *label = NULL;
  double value;

  if (best == NULL || self->objective)
    {
      matinee_plot_model_clear_marks (model);
      return;
    }
  value = matinee_loss_of (self->loss, &best->test);
  /* Translators: the mark on the chart: the lowest test error, and its iteration. */
  label = g_strdup_printf (_ ("best: %.4f (%u)"), value, best->iteration);
  matinee_plot_model_set_mark (model, self->test, x_of (self, best), value, label);
}

static void
describe (MatineeCurves *self)
{
  const MatineeTracePoint *last = matinee_curves_get_last (self);
  const MatineeTracePoint *best = matinee_curves_get_best (self);
  const char *name = matinee_loss_title (self->loss);
  g_autofree char *text = NULL;

  if (last == NULL)
    text = g_strdup (_ ("No training yet"));
  else if (best == NULL)
    text = g_strdup_printf (_ ("Train %s %.3f after %u iterations"), name, matinee_loss_of (self->loss, &last->train),
                            last->iteration);
  else
    text = g_strdup_printf (_ ("Test %s %.3f after %u iterations, best %.3f at iteration %u"), name,
                            matinee_loss_of (self->loss, &last->test), last->iteration,
                            matinee_loss_of (self->loss, &best->test), best->iteration);
  matinee_plot_set_description (self->plot, text);
}

static void
add_reference (MatineeCurves *self, double value, const char *name)
{
  g_autofree char *label = g_strdup_printf ("%s %.3f", name, value);

  if (!isfinite (value))
    return;
  matinee_plot_model_add_reference (matinee_plot_get_model (self->plot), value, label);
}

/* What no model can beat, and what every model should. */
static void
show_references (MatineeCurves *self)
{
  matinee_plot_model_clear_references (matinee_plot_get_model (self->plot));
  if (self->objective)
    return;
  add_reference (self, matinee_loss_of_noise (self->loss, self->noise_floor), _ ("noise floor"));
  if (!self->has_baselines)
    return;
  add_reference (self, matinee_loss_of (self->loss, &self->baselines.biases), _ ("biases only"));
  add_reference (self, matinee_loss_of (self->loss, &self->baselines.mean), _ ("mean rating"));
}

static void
draw_anew (MatineeCurves *self)
{
  MatineePlotModel *model = matinee_plot_get_model (self->plot);

  matinee_plot_model_clear_data (model);
  matinee_plot_model_set_y_title (model, self->objective ? _ ("Objective") : matinee_loss_title (self->loss));
  show_points (self, 0);
  show_best (self);
  show_references (self);
  matinee_plot_model_fit (model);
  describe (self);
}

/* How long a training takes nobody knows before; how many iterations, at most. */
static void
set_x_hint (MatineeCurves *self)
{
  double last = self->by_time ? (double) NAN : (double) MAX (self->n_expected, 1);

  matinee_plot_model_set_x_hint (matinee_plot_get_model (self->plot), self->by_time ? (double) NAN : 0, last);
}

static void
matinee_curves_finalize (GObject *object)
{
  MatineeCurves *self = MATINEE_CURVES (object);

  g_clear_object (&self->plot);
  g_clear_pointer (&self->points, g_array_unref);

  G_OBJECT_CLASS (matinee_curves_parent_class)->finalize (object);
}

static void
matinee_curves_class_init (MatineeCurvesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_curves_finalize;
}

static void
matinee_curves_init (MatineeCurves *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (MatineeTracePoint));
  self->noise_floor = NAN;
}

/**
 * matinee_curves_new:
 * @plot: the plot to show them in, empty; referenced
 *
 * Returns: (transfer full): curves without records
 */
MatineeCurves *
matinee_curves_new (MatineePlot *plot)
{
  MatineeCurves *self = g_object_new (MATINEE_TYPE_CURVES, NULL);
  MatineePlotModel *model = matinee_plot_get_model (plot);

  self->plot = g_object_ref (plot);
  matinee_plot_set_label (plot, _ ("Error by iteration"));
  matinee_plot_set_file_name (plot, _ ("training"));
  matinee_plot_model_set_x_title (model, _ ("Iteration"));
  matinee_plot_model_set_y_title (model, matinee_loss_title (self->loss));
  matinee_plot_model_set_x_integer (model, TRUE);
  self->train = matinee_plot_model_add_series (model, _ ("Train"), -1, MATINEE_PLOT_DASH_AUTO);
  self->test = matinee_plot_model_add_series (model, _ ("Test"), -1, MATINEE_PLOT_DASH_AUTO);
  describe (self);
  return self;
}

/**
 * matinee_curves_begin:
 * @self: curves
 * @n_iterations: how many iterations are to be expected
 *
 * Forgets all records and makes room for a new training.
 */
void
matinee_curves_begin (MatineeCurves *self, guint n_iterations)
{
  MatineePlotModel *model = matinee_plot_get_model (self->plot);

  g_array_set_size (self->points, 0);
  self->has_best = FALSE;
  matinee_plot_model_clear_data (model);
  self->n_expected = n_iterations;
  set_x_hint (self);
  matinee_plot_model_fit (model);
  describe (self);
}

/**
 * matinee_curves_append:
 * @self: curves
 * @points: (array length=n): records, following those before
 * @n: how many
 *
 * Draws what is new. O(n).
 */
void
matinee_curves_append (MatineeCurves *self, const MatineeTracePoint *points, guint n)
{
  guint first = self->points->len;

  g_array_append_vals (self->points, points, n);
  show_points (self, first);
  find_best (self, first);
  show_best (self);
  describe (self);
}

/**
 * matinee_curves_end:
 * @self: curves
 *
 * Gives the whole width to the records that there are: no more will come.
 */
void
matinee_curves_end (MatineeCurves *self)
{
  const MatineeTracePoint *last = matinee_curves_get_last (self);

  if (last == NULL)
    return;
  self->n_expected = last->iteration;
  set_x_hint (self);
}

/**
 * matinee_curves_set_loss:
 * @self: curves
 * @loss: the loss to show
 *
 * Draws all records anew with another loss. O(records).
 */
void
matinee_curves_set_loss (MatineeCurves *self, MatineeLoss loss)
{
  if (self->loss == loss)
    return;
  self->loss = loss;
  self->has_best = FALSE;
  find_best (self, 0);
  draw_anew (self);
}

/**
 * matinee_curves_set_objective:
 * @self: curves
 * @objective: whether to show the objective, as fit and penalty, instead of the loss
 */
void
matinee_curves_set_objective (MatineeCurves *self, gboolean objective)
{
  objective = !!objective;
  if (self->objective == objective)
    return;
  self->objective = objective;
  matinee_plot_series_set_name (self->train, objective ? _ ("Fit") : _ ("Train"));
  matinee_plot_series_set_name (self->test, objective ? _ ("Penalty") : _ ("Test"));
  draw_anew (self);
}

/**
 * matinee_curves_set_by_time:
 * @self: curves
 * @by_time: whether x is the solver's time instead of the iteration
 */
void
matinee_curves_set_by_time (MatineeCurves *self, gboolean by_time)
{
  MatineePlotModel *model = matinee_plot_get_model (self->plot);

  by_time = !!by_time;
  if (self->by_time == by_time)
    return;
  self->by_time = by_time;
  matinee_plot_model_set_x_title (model, by_time ? _ ("Seconds of the solver") : _ ("Iteration"));
  matinee_plot_model_set_x_integer (model, !by_time);
  set_x_hint (self);
  draw_anew (self);
}

/**
 * matinee_curves_set_baselines:
 * @self: curves
 * @baselines: (nullable): what to measure against, or %NULL when it is not known
 *
 * Draws them as dashed lines.
 */
void
matinee_curves_set_baselines (MatineeCurves *self, const MatineeBaselines *baselines)
{
  self->has_baselines = baselines != NULL;
  if (baselines != NULL)
    self->baselines = *baselines;
  show_references (self);
}

/**
 * matinee_curves_get_points:
 * @self: curves
 *
 * Returns: (transfer none) (array): the records
 */
const MatineeTracePoint *
matinee_curves_get_points (MatineeCurves *self)
{
  return (const MatineeTracePoint *) (gpointer) self->points->data;
}

MatineeLoss
matinee_curves_get_loss (MatineeCurves *self)
{
  return self->loss;
}

/**
 * matinee_curves_set_noise_floor:
 * @self: curves
 * @noise_floor: RMSE that no model can beat, or NaN when it is not known
 *
 * Draws it as a dashed line.
 */
void
matinee_curves_set_noise_floor (MatineeCurves *self, double noise_floor)
{
  self->noise_floor = noise_floor;
  show_references (self);
}

guint
matinee_curves_get_n (MatineeCurves *self)
{
  return self->points->len;
}

/**
 * matinee_curves_get_last:
 * @self: curves
 *
 * Returns: (nullable): the last record
 */
const MatineeTracePoint *
matinee_curves_get_last (MatineeCurves *self)
{
  return self->points->len > 0 ? point_at (self, self->points->len - 1) : NULL;
}

/**
 * matinee_curves_get_best:
 * @self: curves
 *
 * Returns: (nullable): the record with the lowest test loss of the kind that is shown
 */
const MatineeTracePoint *
matinee_curves_get_best (MatineeCurves *self)
{
  return self->has_best ? point_at (self, self->best) : NULL;
}
