/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-curves"

#include "config.h"

#include "matinee-curves.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-solver.h"

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
  MatineePlotSeries *test; /* NULL where there is nothing but one line */
  GArray *points;
  guint best; /* index in points, once there are any with test ratings */
  gboolean has_best;
  MatineeLoss loss;
  MatineeCurvesKind kind;
  gboolean by_time;
  guint n_expected;
  double tolerance; /* of the training, 0 for none */
  gboolean has_gradient;
  MatineePlotScale y_scale; /* of the axis, when it is not convergence that is shown */
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

/* What the solver compares with the tolerance: the norm of the gradient, or by how much
 * of itself the objective fell. Not before the first iteration. */
static double
change_at (MatineeCurves *self, guint index)
{
  double before, now;

  if (self->has_gradient)
    return point_at (self, index)->gradient_norm;
  if (index == 0)
    return NAN;
  before = matinee_trace_point_objective (point_at (self, index - 1));
  now = matinee_trace_point_objective (point_at (self, index));
  return (before - now) / before;
}

/* The values of a record, for both lines; what is not there is not drawn. */
static void
get_values (MatineeCurves *self, guint index, double *first, double *second)
{
  const MatineeTracePoint *point = point_at (self, index);

  *second = NAN;
  switch (self->kind)
    {
    case MATINEE_CURVES_OBJECTIVE:
      *first = point->train.squared;
      *second = point->penalty;
      break;
    case MATINEE_CURVES_CONVERGENCE:
      *first = change_at (self, index);
      break;
    case MATINEE_CURVES_LOSS:
    default:
      *first = matinee_loss_of (self->loss, &point->train);
      *second = matinee_loss_of (self->loss, &point->test);
    }
}

static void
show_points (MatineeCurves *self, guint begin)
{
  for (guint i = begin; i < self->points->len; i++)
    {
      double x = x_of (self, point_at (self, i));
      double first, second;

      get_values (self, i, &first, &second);
      if (!isnan (first))
        matinee_plot_series_append (self->train, x, first);
      if (!isnan (second))
        matinee_plot_series_append (self->test, x, second);
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
  const MatineeTracePoint *best = matinee_curves_get_best (self);
  double value = best != NULL ? matinee_loss_of (self->loss, &best->test) : (double) NAN;
  g_autofree char *label = NULL;

  if (best == NULL)
    return;
  /* Translators: the mark on the chart: the lowest test error, and its iteration. */
  label = g_strdup_printf (_ ("best: %.4f (%u)"), value, best->iteration);
  matinee_plot_model_set_mark (matinee_plot_get_model (self->plot), self->test, x_of (self, best), value, label);
}

/* Where the tolerance was met first: there the training ended, if nothing ended it
 * before. */
static void
show_converged (MatineeCurves *self)
{
  for (guint i = 1; i < self->points->len; i++)
    if (change_at (self, i) <= self->tolerance)
      {
        const MatineeTracePoint *point = point_at (self, i);
        /* Translators: the mark on the chart: the iteration at which training converged. */
        g_autofree char *label = g_strdup_printf (_ ("converged (%u)"), point->iteration);

        matinee_plot_model_set_mark (matinee_plot_get_model (self->plot), self->train, x_of (self, point),
                                     change_at (self, i), label);
        return;
      }
}

static void
show_marks (MatineeCurves *self)
{
  matinee_plot_model_clear_marks (matinee_plot_get_model (self->plot));
  if (self->kind == MATINEE_CURVES_LOSS)
    show_best (self);
  else if (self->kind == MATINEE_CURVES_CONVERGENCE && self->tolerance > 0)
    show_converged (self);
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
  g_autofree char *label = g_strdup_printf ("%s %.3g", name, value);

  if (!isfinite (value))
    return;
  matinee_plot_model_add_reference (matinee_plot_get_model (self->plot), value, label);
}

/* What no model can beat, and what every model should; or below what training ends. */
static void
show_references (MatineeCurves *self)
{
  matinee_plot_model_clear_references (matinee_plot_get_model (self->plot));
  if (self->kind == MATINEE_CURVES_CONVERGENCE && self->tolerance > 0)
    add_reference (self, self->tolerance, _ ("tolerance"));
  if (self->kind != MATINEE_CURVES_LOSS)
    return;
  add_reference (self, matinee_loss_of_noise (self->loss, self->noise_floor), _ ("noise floor"));
  if (!self->has_baselines)
    return;
  add_reference (self, matinee_loss_of (self->loss, &self->baselines.biases), _ ("biases only"));
  add_reference (self, matinee_loss_of (self->loss, &self->baselines.mean), _ ("mean rating"));
}

static const char *
y_title (MatineeCurves *self)
{
  switch (self->kind)
    {
    case MATINEE_CURVES_OBJECTIVE:
      return _ ("Objective");
    case MATINEE_CURVES_CONVERGENCE:
      return self->has_gradient ? _ ("Norm of the gradient") : _ ("Relative fall of the objective");
    case MATINEE_CURVES_LOSS:
    default:
      return matinee_loss_title (self->loss);
    }
}

static void
draw_anew (MatineeCurves *self)
{
  MatineePlotModel *model = matinee_plot_get_model (self->plot);

  matinee_plot_model_clear_data (model);
  matinee_plot_model_set_y_title (model, y_title (self));
  show_points (self, 0);
  show_marks (self);
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
 * @params: how it is trained
 *
 * Forgets all records and makes room for a new training.
 */
void
matinee_curves_begin (MatineeCurves *self, const MatineeParams *params)
{
  MatineePlotModel *model = matinee_plot_get_model (self->plot);

  g_array_set_size (self->points, 0);
  self->has_best = FALSE;
  matinee_plot_model_clear_data (model);
  self->n_expected = params->n_iterations;
  self->tolerance = params->tolerance;
  self->has_gradient = params->solver->has_gradient;
  matinee_plot_model_set_y_title (model, y_title (self));
  show_references (self);
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
  show_marks (self);
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
 * matinee_curves_set_kind:
 * @self: curves
 * @kind: what to show
 *
 * Draws all records anew. Convergence, which goes through powers of ten, is shown on a
 * log axis. O(records).
 */
void
matinee_curves_set_kind (MatineeCurves *self, MatineeCurvesKind kind)
{
  static const char *const names[MATINEE_N_CURVES_KINDS][2] = {
    [MATINEE_CURVES_LOSS] = { N_ ("Train"), N_ ("Test") },
    [MATINEE_CURVES_OBJECTIVE] = { N_ ("Fit"), N_ ("Penalty") },
    [MATINEE_CURVES_CONVERGENCE] = { N_ ("Change"), NULL },
  };
  MatineePlotModel *model = matinee_plot_get_model (self->plot);

  if (self->kind == kind)
    return;
  if (self->kind != MATINEE_CURVES_CONVERGENCE)
    self->y_scale = matinee_plot_model_get_y_scale (model);
  self->kind = kind;
  matinee_plot_series_set_name (self->train, _ (names[kind][0]));
  matinee_plot_model_clear_marks (model);
  if (names[kind][1] == NULL && self->test != NULL)
    {
      matinee_plot_model_remove_series (model, self->test);
      self->test = NULL;
    }
  else if (names[kind][1] != NULL && self->test == NULL)
    self->test = matinee_plot_model_add_series (model, _ (names[kind][1]), -1, MATINEE_PLOT_DASH_AUTO);
  else if (names[kind][1] != NULL)
    matinee_plot_series_set_name (self->test, _ (names[kind][1]));
  matinee_plot_model_set_y_scale (model, kind == MATINEE_CURVES_CONVERGENCE ? MATINEE_PLOT_SCALE_LOG : self->y_scale);
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
