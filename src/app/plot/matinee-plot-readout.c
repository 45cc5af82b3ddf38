/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "matinee-plot-model.h"

#include <math.h>

/* What can be asked of a model about its points, with what it shows of itself
 * alone. */

/**
 * matinee_plot_model_is_empty:
 * @self: a model
 *
 * Returns: whether no series has any value
 */
gboolean
matinee_plot_model_is_empty (MatineePlotModel *self)
{
  for (guint i = 0; i < matinee_plot_model_get_n_series (self); i++)
    if (matinee_plot_series_get_n_finite (matinee_plot_model_get_series (self, i)) > 0)
      return FALSE;

  return TRUE;
}

/**
 * matinee_plot_model_get_n_hidden:
 * @self: a model
 *
 * Returns: how many points of visible series the scales have no place for
 */
gsize
matinee_plot_model_get_n_hidden (MatineePlotModel *self)
{
  gboolean log_x = matinee_plot_model_get_x_scale (self) == MATINEE_PLOT_SCALE_LOG;
  gboolean log_y = matinee_plot_model_get_y_scale (self) == MATINEE_PLOT_SCALE_LOG;
  gsize n = 0;

  for (guint i = 0; i < matinee_plot_model_get_n_series (self); i++)
    {
      MatineePlotSeries *series = matinee_plot_model_get_series (self, i);

      if (matinee_plot_series_get_visible (series))
        n += matinee_plot_series_get_n_hidden (series, log_x, log_y);
    }

  return n;
}

/**
 * matinee_plot_model_nearest_x:
 * @self: a model
 * @x: a place on the x axis
 * @nearest: (out): the x of the nearest point of all visible series
 *
 * Returns: whether there is one
 */
gboolean
matinee_plot_model_nearest_x (MatineePlotModel *self, double x, double *nearest)
{
  double unit = matinee_plot_axis_to_unit (matinee_plot_model_get_x_axis (self), x);
  double best = INFINITY;

  for (guint i = 0; i < matinee_plot_model_get_n_series (self); i++)
    {
      MatineePlotSeries *series = matinee_plot_model_get_series (self, i);
      double at, distance;
      gsize index;

      if (!matinee_plot_series_get_visible (series) || !matinee_plot_series_nearest (series, x, &index))
        continue;
      matinee_plot_series_get_point (series, index, &at, NULL);
      distance = fabs (matinee_plot_axis_to_unit (matinee_plot_model_get_x_axis (self), at) - unit);
      if (distance < best)
        {
          best = distance;
          *nearest = at;
        }
    }

  return isfinite (best);
}

/**
 * matinee_plot_model_step_x:
 * @self: a model
 * @x: a place on the x axis
 * @direction: 1 for the next greater, -1 for the next smaller
 * @next: (out): the x of that point of the visible series
 *
 * Returns: whether there is one
 */
gboolean
matinee_plot_model_step_x (MatineePlotModel *self, double x, int direction, double *next)
{
  gboolean found = FALSE;

  for (guint i = 0; i < matinee_plot_model_get_n_series (self); i++)
    {
      MatineePlotSeries *series = matinee_plot_model_get_series (self, i);
      double at;

      if (!matinee_plot_series_get_visible (series) || !matinee_plot_series_step (series, x, direction, &at))
        continue;
      if (!found || (at - *next) * direction < 0)
        *next = at;
      found = TRUE;
    }

  return found;
}

/**
 * matinee_plot_model_dup_readout:
 * @self: a model
 * @x: a place on the x axis
 *
 * Puts in words what the crosshair shows at @x: a line for the place, then one
 * for each visible series with the value of its point nearest to @x.
 *
 * Returns: (transfer full): text, its lines separated by newlines, name and
 *   value by a tab
 */
char *
matinee_plot_model_dup_readout (MatineePlotModel *self, double x)
{
  const char *title = matinee_plot_model_get_x_title (self);
  GString *text = g_string_new (NULL);
  g_autofree char *place = matinee_plot_axis_format (matinee_plot_model_get_x_axis (self), x, 1000);

  g_string_append_printf (text, "%s\t%s", title != NULL ? title : "x", place);
  for (guint i = 0; i < matinee_plot_model_get_n_series (self); i++)
    {
      MatineePlotSeries *series = matinee_plot_model_get_series (self, i);
      g_autofree char *value = NULL;
      gsize index;
      double y;

      if (!matinee_plot_series_get_visible (series) || !matinee_plot_series_nearest (series, x, &index))
        continue;
      matinee_plot_series_get_point (series, index, NULL, &y);
      value = matinee_plot_axis_format (matinee_plot_model_get_y_axis (self), y, 1000);
      g_string_append_printf (text, "\n%s\t%s", matinee_plot_series_get_name (series), value);
    }

  return g_string_free (text, FALSE);
}
