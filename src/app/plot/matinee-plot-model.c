/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "matinee-plot-model.h"

#include <math.h>

/* Free space above and below the data, as a share of the y axis. */
#define Y_PADDING 0.06

/**
 * MatineePlotModel:
 *
 * What a plot shows, without a place to show it: axes, series, reference
 * lines, marks, and the part of them in view.
 *
 * The view *follows* the data, that is, shows all of them, until somebody
 * chooses another ([method@PlotModel.set_view], zoom, pan); from then on it
 * stays as chosen until [method@PlotModel.fit].
 *
 * A model belongs to one thread. It may be shown by any number of widgets,
 * and drawn without any.
 */
struct _MatineePlotModel
{
  GObject parent_instance;

  GPtrArray *series;  /* owned MatineePlotSeries */
  GArray *references; /* MatineePlotReference */
  GArray *marks;      /* MatineePlotMark */
  guint n_added;      /* series ever added, for automatic looks */
  char *x_title;
  char *y_title;
  char *empty_text;
  double hint_min, hint_max; /* NaN for none */

  MatineePlotAxis x;
  MatineePlotAxis y;
  gboolean following;
  gboolean stale; /* the followed view is older than the data */
  gboolean dirty; /* changed since somebody last looked */
  guint64 version;
};

G_DEFINE_FINAL_TYPE (MatineePlotModel, matinee_plot_model, G_TYPE_OBJECT)

enum
{
  CHANGED,
  VIEW_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* {{{ Change */

static void
changed (gpointer data)
{
  MatineePlotModel *self = data;

  self->version++;
  self->stale = TRUE;

  /* A burst of points between two frames is one change to those who draw. */
  if (!self->dirty)
    {
      self->dirty = TRUE;
      g_signal_emit (self, signals[CHANGED], 0);
    }
}

static void
view_changed (MatineePlotModel *self)
{
  changed (self);
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

static void
clear_reference (gpointer data)
{
  g_free (((MatineePlotReference *) data)->label);
}

static void
clear_mark (gpointer data)
{
  g_free (((MatineePlotMark *) data)->label);
}

static void
matinee_plot_model_finalize (GObject *object)
{
  MatineePlotModel *self = MATINEE_PLOT_MODEL (object);

  g_ptr_array_unref (self->series);
  g_array_unref (self->references);
  g_array_unref (self->marks);
  g_free (self->x_title);
  g_free (self->y_title);
  g_free (self->empty_text);

  G_OBJECT_CLASS (matinee_plot_model_parent_class)->finalize (object);
}

static void
matinee_plot_model_class_init (MatineePlotModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_plot_model_finalize;

  /**
   * MatineePlotModel::changed:
   *
   * Something to draw changed. Emitted once, then not again until
   * [method@PlotModel.prepare] (drawing does that), however much changes.
   */
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MatineePlotModel::view-changed:
   *
   * Somebody zoomed, panned, fitted or changed a scale. Not emitted when the
   * view follows the data.
   */
  signals[VIEW_CHANGED] = g_signal_new ("view-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
}

static void
matinee_plot_model_init (MatineePlotModel *self)
{
  self->series = g_ptr_array_new_with_free_func ((GDestroyNotify) matinee_plot_series_free);
  self->references = g_array_new (FALSE, FALSE, sizeof (MatineePlotReference));
  g_array_set_clear_func (self->references, clear_reference);
  self->marks = g_array_new (FALSE, FALSE, sizeof (MatineePlotMark));
  g_array_set_clear_func (self->marks, clear_mark);
  self->hint_min = self->hint_max = NAN;
  self->following = TRUE;
  matinee_plot_axis_init (&self->x);
  matinee_plot_axis_init (&self->y);
}

/**
 * matinee_plot_model_new:
 *
 * Returns: (transfer full): an empty model with two linear axes
 */
MatineePlotModel *
matinee_plot_model_new (void)
{
  return g_object_new (MATINEE_TYPE_PLOT_MODEL, NULL);
}

/* }}} */
/* {{{ Series */

/**
 * matinee_plot_model_add_series:
 * @self: a model
 * @name: plain text for the legend
 * @color: an index into the palette of 8, or -1 for the next one
 * @dash: how the line is broken; automatic is best, since the series can then
 *   be told apart without colour
 *
 * Returns: (transfer none): an empty series, valid until it is removed or the
 *   model is cleared or finalized
 */
MatineePlotSeries *
matinee_plot_model_add_series (MatineePlotModel *self, const char *name, int color, MatineePlotDash dash)
{
  guint i = self->n_added++;
  MatineePlotSeries *series;

  /* Eight colours in turn; each next round of them starts with another dash. */
  if (color < 0)
    color = (int) (i % 8);
  if (dash == MATINEE_PLOT_DASH_AUTO)
    dash = (MatineePlotDash) ((i % 8 + i / 8) % MATINEE_PLOT_N_DASHES);

  series = matinee_plot_series_new (name, color, dash);
  matinee_plot_series_set_shape (series, (MatineePlotShape) (i % MATINEE_PLOT_N_SHAPES));
  matinee_plot_series_set_notify (series, changed, self);
  g_ptr_array_add (self->series, series);
  changed (self);

  return series;
}

/**
 * matinee_plot_model_remove_series:
 * @self: a model
 * @series: one of its series; invalid afterwards, as is its mark
 */
void
matinee_plot_model_remove_series (MatineePlotModel *self, MatineePlotSeries *series)
{
  matinee_plot_model_clear_mark (self, series);
  g_ptr_array_remove (self->series, series);
  changed (self);
}

/**
 * matinee_plot_model_clear:
 * @self: a model
 *
 * Removes all series, reference lines and marks, and follows again.
 */
void
matinee_plot_model_clear (MatineePlotModel *self)
{
  g_ptr_array_set_size (self->series, 0);
  g_array_set_size (self->references, 0);
  g_array_set_size (self->marks, 0);
  self->n_added = 0;
  matinee_plot_model_fit (self);
}

/**
 * matinee_plot_model_clear_data:
 * @self: a model
 *
 * Empties all series and removes the marks, for another run with the same
 * looks; follows again.
 */
void
matinee_plot_model_clear_data (MatineePlotModel *self)
{
  for (guint i = 0; i < self->series->len; i++)
    matinee_plot_series_clear (g_ptr_array_index (self->series, i));
  g_array_set_size (self->marks, 0);
  matinee_plot_model_fit (self);
}

guint
matinee_plot_model_get_n_series (MatineePlotModel *self)
{
  return self->series->len;
}

/**
 * matinee_plot_model_get_series:
 * @self: a model
 * @index: in the order they were added
 *
 * Returns: (transfer none): that series
 */
MatineePlotSeries *
matinee_plot_model_get_series (MatineePlotModel *self, guint index)
{
  g_return_val_if_fail (index < self->series->len, NULL);

  return g_ptr_array_index (self->series, index);
}

/**
 * matinee_plot_model_solo:
 * @self: a model
 * @series: one of its series
 *
 * Shows @series alone or, if it is alone already, shows all.
 */
void
matinee_plot_model_solo (MatineePlotModel *self, MatineePlotSeries *series)
{
  gboolean alone = matinee_plot_series_get_visible (series);

  for (guint i = 0; i < self->series->len && alone; i++)
    {
      MatineePlotSeries *other = g_ptr_array_index (self->series, i);

      alone = other == series || !matinee_plot_series_get_visible (other);
    }

  for (guint i = 0; i < self->series->len; i++)
    {
      MatineePlotSeries *other = g_ptr_array_index (self->series, i);

      matinee_plot_series_set_visible (other, alone || other == series);
    }
}

/* }}} */
/* {{{ Texts and scales */

static void
set_text (MatineePlotModel *self, char **field, const char *text)
{
  if (g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text);
  changed (self);
}

/**
 * matinee_plot_model_set_x_title:
 * @self: a model
 * @title: (nullable): plain text, written below the axis
 */
void
matinee_plot_model_set_x_title (MatineePlotModel *self, const char *title)
{
  set_text (self, &self->x_title, title);
}

const char *
matinee_plot_model_get_x_title (MatineePlotModel *self)
{
  return self->x_title;
}

/**
 * matinee_plot_model_set_y_title:
 * @self: a model
 * @title: (nullable): plain text, written above the axis
 */
void
matinee_plot_model_set_y_title (MatineePlotModel *self, const char *title)
{
  set_text (self, &self->y_title, title);
}

const char *
matinee_plot_model_get_y_title (MatineePlotModel *self)
{
  return self->y_title;
}

/**
 * matinee_plot_model_set_empty_text:
 * @self: a model
 * @text: (nullable): what a plot without any value says
 */
void
matinee_plot_model_set_empty_text (MatineePlotModel *self, const char *text)
{
  set_text (self, &self->empty_text, text);
}

const char *
matinee_plot_model_get_empty_text (MatineePlotModel *self)
{
  return self->empty_text;
}

/**
 * matinee_plot_model_set_x_integer:
 * @self: a model
 * @integer: whether x counts something, so that only whole ticks make sense
 */
void
matinee_plot_model_set_x_integer (MatineePlotModel *self, gboolean integer)
{
  integer = !!integer;
  if (self->x.integer == integer)
    return;

  self->x.integer = integer;
  matinee_plot_axis_set_range (&self->x, self->x.min, self->x.max);
  changed (self);
}

/**
 * matinee_plot_model_set_x_hint:
 * @self: a model
 * @min: where x will begin, NaN if that is not known
 * @max: where it will end, NaN if that is not known
 *
 * Makes the followed view include this range, so that a run of known length
 * fills an axis that stands still.
 */
void
matinee_plot_model_set_x_hint (MatineePlotModel *self, double min, double max)
{
  self->hint_min = min;
  self->hint_max = max;
  changed (self);
}

static void fit_axes (MatineePlotModel *self, gboolean fit_x, gboolean fit_y);

static void
set_scale (MatineePlotModel *self, MatineePlotAxis *axis, MatineePlotScale scale)
{
  gboolean shows_zero;

  if (axis->scale == scale)
    return;

  /* A chosen view that reaches below zero has no counterpart on a logarithmic
   * axis: start from the data, on this axis only. */
  shows_zero = axis->min <= 0;
  matinee_plot_axis_set_scale (axis, scale);
  if (scale == MATINEE_PLOT_SCALE_LOG && shows_zero && !self->following)
    fit_axes (self, axis == &self->x, axis == &self->y);
  view_changed (self);
}

/**
 * matinee_plot_model_set_x_scale:
 * @self: a model
 * @scale: the scale of the x axis
 */
void
matinee_plot_model_set_x_scale (MatineePlotModel *self, MatineePlotScale scale)
{
  set_scale (self, &self->x, scale);
}

MatineePlotScale
matinee_plot_model_get_x_scale (MatineePlotModel *self)
{
  return self->x.scale;
}

/**
 * matinee_plot_model_set_y_scale:
 * @self: a model
 * @scale: the scale of the y axis. Values that are not positive have no place
 *   on a logarithmic one; the plot says how many it left out
 */
void
matinee_plot_model_set_y_scale (MatineePlotModel *self, MatineePlotScale scale)
{
  set_scale (self, &self->y, scale);
}

MatineePlotScale
matinee_plot_model_get_y_scale (MatineePlotModel *self)
{
  return self->y.scale;
}

/* }}} */
/* {{{ References and marks */

/**
 * matinee_plot_model_add_reference:
 * @self: a model
 * @value: where to draw a horizontal line; ignored if it is not finite
 * @label: (nullable): plain text written on it
 *
 * The followed view includes reference lines.
 */
void
matinee_plot_model_add_reference (MatineePlotModel *self, double value, const char *label)
{
  MatineePlotReference reference = { value, NULL };

  if (!isfinite (value))
    return;

  reference.label = g_strdup (label);
  g_array_append_val (self->references, reference);
  changed (self);
}

void
matinee_plot_model_clear_references (MatineePlotModel *self)
{
  if (self->references->len == 0)
    return;

  g_array_set_size (self->references, 0);
  changed (self);
}

guint
matinee_plot_model_get_n_references (MatineePlotModel *self)
{
  return self->references->len;
}

const MatineePlotReference *
matinee_plot_model_get_reference (MatineePlotModel *self, guint index)
{
  return &g_array_index (self->references, MatineePlotReference, index);
}

/**
 * matinee_plot_model_set_mark:
 * @self: a model
 * @series: (nullable): a series of the model; each has one mark at most, and
 *   %NULL has one too
 * @x: where
 * @y: where; a mark that is not finite is not drawn
 * @label: (nullable): plain text next to it
 *
 * Places or moves the mark of @series. It hides with its series.
 */
void
matinee_plot_model_set_mark (MatineePlotModel *self, const MatineePlotSeries *series, double x, double y,
                             const char *label)
{
  MatineePlotMark mark = { series, x, y, g_strdup (label) };

  for (guint i = 0; i < self->marks->len; i++)
    {
      MatineePlotMark *old = &g_array_index (self->marks, MatineePlotMark, i);

      if (old->series == series)
        {
          g_free (old->label);
          *old = mark;
          changed (self);
          return;
        }
    }

  g_array_append_val (self->marks, mark);
  changed (self);
}

/**
 * matinee_plot_model_clear_mark:
 * @self: a model
 * @series: (nullable): whose mark to remove
 */
void
matinee_plot_model_clear_mark (MatineePlotModel *self, const MatineePlotSeries *series)
{
  for (guint i = 0; i < self->marks->len; i++)
    if (g_array_index (self->marks, MatineePlotMark, i).series == series)
      {
        g_array_remove_index (self->marks, i);
        changed (self);
        return;
      }
}

void
matinee_plot_model_clear_marks (MatineePlotModel *self)
{
  if (self->marks->len == 0)
    return;

  g_array_set_size (self->marks, 0);
  changed (self);
}

guint
matinee_plot_model_get_n_marks (MatineePlotModel *self)
{
  return self->marks->len;
}

const MatineePlotMark *
matinee_plot_model_get_mark (MatineePlotModel *self, guint index)
{
  return &g_array_index (self->marks, MatineePlotMark, index);
}

/* }}} */
/* {{{ View */

static void
include (double *lo, double *hi, double value, gboolean positive)
{
  if (!isfinite (value) || (positive && value <= 0))
    return;

  *lo = MIN (*lo, value);
  *hi = MAX (*hi, value);
}

static void
include_extent (double *lo, double *hi, const MatineePlotExtent *extent, gboolean positive)
{
  include (lo, hi, positive ? extent->min_positive : extent->min, positive);
  include (lo, hi, extent->max, positive);
}

static void
pad_y (MatineePlotModel *self, double lo, double hi)
{
  double floor_value = lo;

  if (!matinee_plot_axis_set_range (&self->y, lo, hi) || lo == hi)
    return;

  matinee_plot_axis_set_range (&self->y, matinee_plot_axis_from_unit (&self->y, -Y_PADDING),
                               matinee_plot_axis_from_unit (&self->y, 1 + Y_PADDING));

  /* Room below an error of zero would suggest that it can be negative. */
  if (self->y.scale == MATINEE_PLOT_SCALE_LINEAR && floor_value >= 0 && self->y.min < 0)
    matinee_plot_axis_set_range (&self->y, 0, self->y.max);
}

static void
fit_axes (MatineePlotModel *self, gboolean fit_x, gboolean fit_y)
{
  gboolean log_x = self->x.scale == MATINEE_PLOT_SCALE_LOG;
  gboolean log_y = self->y.scale == MATINEE_PLOT_SCALE_LOG;
  double x0 = INFINITY, x1 = -INFINITY, y0 = INFINITY, y1 = -INFINITY;

  for (guint i = 0; i < self->series->len; i++)
    {
      MatineePlotSeries *series = g_ptr_array_index (self->series, i);
      MatineePlotExtent x, y;

      if (!matinee_plot_series_get_visible (series))
        continue;
      matinee_plot_series_get_extents (series, &x, &y);
      include_extent (&x0, &x1, &x, log_x);
      include_extent (&y0, &y1, &y, log_y);
    }

  for (guint i = 0; i < self->references->len; i++)
    include (&y0, &y1, g_array_index (self->references, MatineePlotReference, i).value, log_y);
  include (&x0, &x1, self->hint_min, log_x);
  include (&x0, &x1, self->hint_max, log_x);

  if (fit_x && x0 <= x1)
    matinee_plot_axis_set_range (&self->x, x0, x1);
  if (fit_y && y0 <= y1)
    pad_y (self, y0, y1);
}

/**
 * matinee_plot_model_prepare:
 * @self: a model
 *
 * Brings a followed view up to date. Those who draw call it first; the next
 * change is signalled again. O(series · log points).
 */
void
matinee_plot_model_prepare (MatineePlotModel *self)
{
  self->dirty = FALSE;
  if (!self->stale)
    return;

  self->stale = FALSE;
  if (self->following)
    fit_axes (self, TRUE, TRUE);
}

/**
 * matinee_plot_model_get_x_axis:
 * @self: a model
 *
 * Returns: (transfer none): the x axis as of the last
 *   [method@PlotModel.prepare]; part of the model
 */
const MatineePlotAxis *
matinee_plot_model_get_x_axis (MatineePlotModel *self)
{
  return &self->x;
}

/**
 * matinee_plot_model_get_y_axis:
 * @self: a model
 *
 * Returns: (transfer none): the y axis; see [method@PlotModel.get_x_axis]
 */
const MatineePlotAxis *
matinee_plot_model_get_y_axis (MatineePlotModel *self)
{
  return &self->y;
}

/**
 * matinee_plot_model_set_view:
 * @self: a model
 * @x_min: one end of the x axis
 * @x_max: the other
 * @y_min: one end of the y axis
 * @y_max: the other
 *
 * Shows a part of the data and stops following them.
 *
 * Returns: whether that can be shown (see [method@PlotAxis.set_range])
 */
gboolean
matinee_plot_model_set_view (MatineePlotModel *self, double x_min, double x_max, double y_min, double y_max)
{
  MatineePlotAxis x, y;

  matinee_plot_model_prepare (self);
  x = self->x;
  y = self->y;
  if (!matinee_plot_axis_set_range (&x, x_min, x_max) || !matinee_plot_axis_set_range (&y, y_min, y_max))
    return FALSE;

  self->x = x;
  self->y = y;
  self->following = FALSE;
  view_changed (self);

  return TRUE;
}

/**
 * matinee_plot_model_zoom:
 * @self: a model
 * @x_factor: below 1 to enlarge, 1 to leave x alone
 * @y_factor: the same for y
 * @x_anchor: the place that stays, 0 left to 1 right
 * @y_anchor: the same for y, 0 bottom to 1 top
 */
void
matinee_plot_model_zoom (MatineePlotModel *self, double x_factor, double y_factor, double x_anchor, double y_anchor)
{
  gboolean x, y;

  matinee_plot_model_prepare (self);
  x = x_factor != 1 && matinee_plot_axis_zoom (&self->x, x_factor, x_anchor);
  y = y_factor != 1 && matinee_plot_axis_zoom (&self->y, y_factor, y_anchor);
  if (!x && !y)
    return;

  self->following = FALSE;
  view_changed (self);
}

/**
 * matinee_plot_model_pan:
 * @self: a model
 * @x_units: how far, in widths; positive shows greater x
 * @y_units: how far, in heights; positive shows greater y
 */
void
matinee_plot_model_pan (MatineePlotModel *self, double x_units, double y_units)
{
  gboolean x, y;

  matinee_plot_model_prepare (self);
  x = x_units != 0 && matinee_plot_axis_pan (&self->x, x_units);
  y = y_units != 0 && matinee_plot_axis_pan (&self->y, y_units);
  if (!x && !y)
    return;

  self->following = FALSE;
  view_changed (self);
}

/**
 * matinee_plot_model_fit:
 * @self: a model
 *
 * Shows everything, and follows from now on.
 */
void
matinee_plot_model_fit (MatineePlotModel *self)
{
  self->following = TRUE;
  self->stale = TRUE;
  view_changed (self);
}

/**
 * matinee_plot_model_is_following:
 * @self: a model
 *
 * Returns: whether the view shows all data as they come
 */
gboolean
matinee_plot_model_is_following (MatineePlotModel *self)
{
  return self->following;
}

/**
 * matinee_plot_model_get_version:
 * @self: a model
 *
 * Returns: a number that grows with every change
 */
guint64
matinee_plot_model_get_version (MatineePlotModel *self)
{
  return self->version;
}

/* }}} */
