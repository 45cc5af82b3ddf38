/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-plot-series.h"

#include <gdk/gdk.h>
#include <pango/pango.h>

G_BEGIN_DECLS

#define MATINEE_PLOT_N_COLORS 8

/**
 * MatineePlotVariant:
 *
 * The four palettes.
 */
typedef enum
{
  MATINEE_PLOT_LIGHT,
  MATINEE_PLOT_DARK,
  MATINEE_PLOT_LIGHT_CONTRAST,
  MATINEE_PLOT_DARK_CONTRAST,
  MATINEE_PLOT_N_VARIANTS,
} MatineePlotVariant;

/**
 * MatineePlotStyle:
 * @background: what is behind the plot; transparent to leave it out
 * @foreground: titles, the crosshair, the read-out
 * @dim: tick labels, notes; as readable as text must be
 * @grid: lines behind the data
 * @axis: the lines that bound the plot area
 * @series: the palette; series take their colours from it in turn
 * @line_width: of the series, in pixels
 * @font: (nullable): the font of the texts, %NULL for "Sans 11"
 * @text_scale: resolution of the texts, 1.0 for 96 dots an inch
 * @rtl: whether the y axis and the legend are mirrored
 * @boxes: draws a box in place of each letter, so that pictures do not depend
 *   on the fonts of a machine; for tests
 *
 * All that decides the looks of a plot and is not data.
 */
typedef struct
{
  MatineePlotVariant variant;
  GdkRGBA background;
  GdkRGBA foreground;
  GdkRGBA dim;
  GdkRGBA grid;
  GdkRGBA axis;
  GdkRGBA series[MATINEE_PLOT_N_COLORS];
  double line_width;
  PangoFontDescription *font;
  double text_scale;
  gboolean rtl;
  gboolean boxes;
} MatineePlotStyle;

void matinee_plot_style_init (MatineePlotStyle *self, MatineePlotVariant variant);
void matinee_plot_style_clear (MatineePlotStyle *self);
double matinee_plot_style_contrast (const GdkRGBA *a, const GdkRGBA *b);
double matinee_plot_style_luminance (const GdkRGBA *color);
const double *matinee_plot_style_get_dashes (MatineePlotDash dash, int *n_dashes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineePlotStyle, matinee_plot_style_clear)

G_END_DECLS
