/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-plot-axis.h"
#include "matinee-plot-extent.h"

G_BEGIN_DECLS

/**
 * MatineePlotDash:
 * @MATINEE_PLOT_DASH_AUTO: chosen by the order of the series, so that no two
 *   of the first 48 look the same
 *
 * How the line of a series is broken.
 */
typedef enum
{
  MATINEE_PLOT_DASH_AUTO = -1,
  MATINEE_PLOT_DASH_SOLID,
  MATINEE_PLOT_DASH_LONG,
  MATINEE_PLOT_DASH_DOTS,
  MATINEE_PLOT_DASH_DASH_DOT,
  MATINEE_PLOT_DASH_SHORT,
  MATINEE_PLOT_DASH_DASH_DOT_DOT,
  MATINEE_PLOT_N_DASHES,
} MatineePlotDash;

typedef enum
{
  MATINEE_PLOT_SHAPE_CIRCLE,
  MATINEE_PLOT_SHAPE_SQUARE,
  MATINEE_PLOT_SHAPE_TRIANGLE,
  MATINEE_PLOT_SHAPE_DIAMOND,
  MATINEE_PLOT_SHAPE_DOWN,
  MATINEE_PLOT_SHAPE_CROSS,
  MATINEE_PLOT_N_SHAPES,
} MatineePlotShape;

/**
 * MatineePlotSpan:
 * @x: distance from the start of the axis, in pixels
 * @first: the first finite value of the span, NaN if there is none
 * @last: the last one
 * @lo: the least
 * @hi: the greatest
 * @open: whether the line is broken between this span and the one before
 *
 * What is left of the consecutive points that share a column of pixels. A
 * single point has four equal values.
 */
typedef struct
{
  double x;
  double first;
  double last;
  double lo;
  double hi;
  gboolean open;
} MatineePlotSpan;

typedef struct _MatineePlotSeries MatineePlotSeries;
typedef void (*MatineePlotSeriesFunc) (gpointer user_data);

MatineePlotSeries *matinee_plot_series_new (const char *name, int color, MatineePlotDash dash);
void matinee_plot_series_free (MatineePlotSeries *self);
void matinee_plot_series_set_notify (MatineePlotSeries *self, MatineePlotSeriesFunc func, gpointer user_data);

void matinee_plot_series_append (MatineePlotSeries *self, double x, double y);
void matinee_plot_series_append_many (MatineePlotSeries *self, const double *x, const double *y, gsize n);
void matinee_plot_series_clear (MatineePlotSeries *self);

void matinee_plot_series_set_name (MatineePlotSeries *self, const char *name);
const char *matinee_plot_series_get_name (const MatineePlotSeries *self);
void matinee_plot_series_set_visible (MatineePlotSeries *self, gboolean visible);
gboolean matinee_plot_series_get_visible (const MatineePlotSeries *self);
void matinee_plot_series_set_shape (MatineePlotSeries *self, MatineePlotShape shape);
MatineePlotShape matinee_plot_series_get_shape (const MatineePlotSeries *self);
MatineePlotDash matinee_plot_series_get_dash (const MatineePlotSeries *self);
int matinee_plot_series_get_color (const MatineePlotSeries *self);

gsize matinee_plot_series_get_length (const MatineePlotSeries *self);
gboolean matinee_plot_series_get_point (const MatineePlotSeries *self, gsize index, double *x, double *y);
gsize matinee_plot_series_get_n_finite (const MatineePlotSeries *self);
gsize matinee_plot_series_get_n_hidden (const MatineePlotSeries *self, gboolean log_x, gboolean log_y);
void matinee_plot_series_get_extents (const MatineePlotSeries *self, MatineePlotExtent *x, MatineePlotExtent *y);

gboolean matinee_plot_series_nearest (const MatineePlotSeries *self, double x, gsize *index);
gboolean matinee_plot_series_step (const MatineePlotSeries *self, double x, int direction, double *next);
gboolean matinee_plot_series_range_y (const MatineePlotSeries *self, double x0, double x1, MatineePlotExtent *y);
gboolean matinee_plot_series_decimate (const MatineePlotSeries *self, const MatineePlotAxis *axis, guint pixels,
                                       gboolean positive, GArray *spans);

G_END_DECLS
