/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-plot-series.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * MatineePlotReference:
 * @value: where the line crosses the y axis
 * @label: what is written on it
 *
 * A horizontal line that is not data: a goal, a bound.
 */
typedef struct
{
  double value;
  char *label;
} MatineePlotReference;

/**
 * MatineePlotMark:
 * @series: (nullable): the series whose colour it has
 * @x: where
 * @y: where
 * @label: what is written next to it
 *
 * A point that deserves a name, such as the best iteration.
 */
typedef struct
{
  const MatineePlotSeries *series;
  double x;
  double y;
  char *label;
} MatineePlotMark;

#define MATINEE_TYPE_PLOT_MODEL (matinee_plot_model_get_type ())
G_DECLARE_FINAL_TYPE (MatineePlotModel, matinee_plot_model, MATINEE, PLOT_MODEL, GObject)

MatineePlotModel *matinee_plot_model_new (void);

MatineePlotSeries *matinee_plot_model_add_series (MatineePlotModel *self, const char *name, int color,
                                                  MatineePlotDash dash);
void matinee_plot_model_remove_series (MatineePlotModel *self, MatineePlotSeries *series);
void matinee_plot_model_clear (MatineePlotModel *self);
void matinee_plot_model_clear_data (MatineePlotModel *self);
guint matinee_plot_model_get_n_series (MatineePlotModel *self);
MatineePlotSeries *matinee_plot_model_get_series (MatineePlotModel *self, guint index);
void matinee_plot_model_solo (MatineePlotModel *self, MatineePlotSeries *series);

void matinee_plot_model_set_x_title (MatineePlotModel *self, const char *title);
const char *matinee_plot_model_get_x_title (MatineePlotModel *self);
void matinee_plot_model_set_y_title (MatineePlotModel *self, const char *title);
const char *matinee_plot_model_get_y_title (MatineePlotModel *self);
void matinee_plot_model_set_empty_text (MatineePlotModel *self, const char *text);
const char *matinee_plot_model_get_empty_text (MatineePlotModel *self);

void matinee_plot_model_set_x_integer (MatineePlotModel *self, gboolean integer);
void matinee_plot_model_set_x_hint (MatineePlotModel *self, double min, double max);
void matinee_plot_model_set_x_scale (MatineePlotModel *self, MatineePlotScale scale);
MatineePlotScale matinee_plot_model_get_x_scale (MatineePlotModel *self);
void matinee_plot_model_set_y_scale (MatineePlotModel *self, MatineePlotScale scale);
MatineePlotScale matinee_plot_model_get_y_scale (MatineePlotModel *self);

void matinee_plot_model_add_reference (MatineePlotModel *self, double value, const char *label);
void matinee_plot_model_clear_references (MatineePlotModel *self);
guint matinee_plot_model_get_n_references (MatineePlotModel *self);
const MatineePlotReference *matinee_plot_model_get_reference (MatineePlotModel *self, guint index);

void matinee_plot_model_set_mark (MatineePlotModel *self, const MatineePlotSeries *series, double x, double y,
                                  const char *label);
void matinee_plot_model_clear_mark (MatineePlotModel *self, const MatineePlotSeries *series);
void matinee_plot_model_clear_marks (MatineePlotModel *self);
guint matinee_plot_model_get_n_marks (MatineePlotModel *self);
const MatineePlotMark *matinee_plot_model_get_mark (MatineePlotModel *self, guint index);

void matinee_plot_model_prepare (MatineePlotModel *self);
const MatineePlotAxis *matinee_plot_model_get_x_axis (MatineePlotModel *self);
const MatineePlotAxis *matinee_plot_model_get_y_axis (MatineePlotModel *self);
gboolean matinee_plot_model_set_view (MatineePlotModel *self, double x_min, double x_max, double y_min, double y_max);
void matinee_plot_model_zoom (MatineePlotModel *self, double x_factor, double y_factor, double x_anchor,
                              double y_anchor);
void matinee_plot_model_pan (MatineePlotModel *self, double x_units, double y_units);
void matinee_plot_model_fit (MatineePlotModel *self);
gboolean matinee_plot_model_is_following (MatineePlotModel *self);

gboolean matinee_plot_model_is_empty (MatineePlotModel *self);
gsize matinee_plot_model_get_n_hidden (MatineePlotModel *self);
guint64 matinee_plot_model_get_version (MatineePlotModel *self);
gboolean matinee_plot_model_nearest_x (MatineePlotModel *self, double x, double *nearest);
gboolean matinee_plot_model_step_x (MatineePlotModel *self, double x, int direction, double *next);
char *matinee_plot_model_dup_readout (MatineePlotModel *self, double x);

G_END_DECLS
