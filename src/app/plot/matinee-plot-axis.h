/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

/* Values beyond this are drawn as if they were this; 600 decades remain. */
#define MATINEE_PLOT_HUGE 1e300
#define MATINEE_PLOT_TINY 1e-300
#define MATINEE_PLOT_MAX_TICKS 12
#define MATINEE_PLOT_MAX_MINOR 128

typedef enum
{
  MATINEE_PLOT_SCALE_LINEAR,
  MATINEE_PLOT_SCALE_LOG,
} MatineePlotScale;

/**
 * MatineePlotAxis:
 * @scale: linear, or logarithmic in base ten
 * @integer: whether only whole numbers are meaningful (iterations, counts)
 * @min: the value at the start of the axis
 * @max: the value at its end
 *
 * The part of a number line that a plot shows. A plain value: copy it freely.
 *
 * Whatever is asked of it, an axis keeps `min < max`, both finite, far enough
 * apart for doubles to tell 12 ticks apart, and positive on a logarithmic
 * scale, so that nothing that draws with it ever divides by zero.
 */
typedef struct
{
  MatineePlotScale scale;
  gboolean integer;
  double min;
  double max;
} MatineePlotAxis;

/**
 * MatineePlotMap:
 *
 * Where an axis puts its values, worked out once for many of them. Made by
 * [func@plot_axis_get_map], used by [func@plot_map].
 */
typedef struct
{
  gboolean log;
  double origin; /* pixels, where the axis starts */
  double start;  /* the value there, or its logarithm */
  double factor; /* pixels a unit */
} MatineePlotMap;

typedef struct
{
  double value;   /* in data units, a round number */
  char label[64]; /* UTF-8, ready to draw */
} MatineePlotTick;

typedef struct
{
  guint n;
  MatineePlotTick tick[MATINEE_PLOT_MAX_TICKS];
  guint n_minor; /* lines without label, between the decades */
  double minor[MATINEE_PLOT_MAX_MINOR];
} MatineePlotTicks;

/**
 * MatineePlotMeasureFunc:
 * @label: the text of a tick
 * @user_data: what was given along with the function
 *
 * Returns: how much of the axis the label occupies, in pixels
 */
typedef double (*MatineePlotMeasureFunc) (const char *label, gpointer user_data);

void matinee_plot_axis_init (MatineePlotAxis *self);
gboolean matinee_plot_axis_set_range (MatineePlotAxis *self, double min, double max);
void matinee_plot_axis_set_scale (MatineePlotAxis *self, MatineePlotScale scale);
gboolean matinee_plot_axis_is_valid (const MatineePlotAxis *self);

double matinee_plot_axis_to_unit (const MatineePlotAxis *self, double value);
double matinee_plot_axis_from_unit (const MatineePlotAxis *self, double unit);

void matinee_plot_axis_get_map (const MatineePlotAxis *self, double origin, double length, MatineePlotMap *map);

/**
 * matinee_plot_map:
 * @map: where an axis puts its values
 * @value: a value
 *
 * Returns: its place in pixels, NaN where the axis has none for it
 */
static inline double
matinee_plot_map (const MatineePlotMap *map, double value)
{
  if (map->log)
    value = value > 0 ? log10 (value) : NAN;

  return map->origin + (value - map->start) * map->factor;
}

gboolean matinee_plot_axis_zoom (MatineePlotAxis *self, double factor, double anchor);
gboolean matinee_plot_axis_pan (MatineePlotAxis *self, double units);

void matinee_plot_axis_get_ticks (const MatineePlotAxis *self, guint max_ticks, double length, double gap,
                                  MatineePlotMeasureFunc measure, gpointer user_data, MatineePlotTicks *ticks);

char *matinee_plot_axis_format (const MatineePlotAxis *self, double value, double pixels);

G_END_DECLS
