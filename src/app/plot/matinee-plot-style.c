/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "matinee-plot-style.h"

#include <math.h>
#include <string.h>

/* The palette is that of Okabe and Ito, "Color Universal Design" (2008), whose
 * colours people with any kind of colour vision tell apart, in their order of
 * mutual distance, with lightness moved until each has a contrast of 3:1 with
 * the background (4.5:1 in high contrast), as WCAG 2.1 §1.4.11 asks of
 * graphics. Yellow, which cannot be dark, is olive on light backgrounds. */
typedef struct
{
  const char *background;
  const char *foreground;
  const char *dim;
  const char *grid;
  const char *axis;
  const char *series[MATINEE_PLOT_N_COLORS];
  double line_width;
} Palette;

static const Palette palettes[MATINEE_PLOT_N_VARIANTS] = {
  [MATINEE_PLOT_LIGHT] = {
    "#ffffff", "#1f1f1f", "#5e5c64", "#ebebed", "#a9a8ad",
    { "#0072b2", "#d55e00", "#008c66", "#b8578f", "#a87200", "#2c8fc4", "#7f7600", "#3d3d3d" },
    2.0,
  },
  [MATINEE_PLOT_DARK] = {
    "#1e1e1e", "#f2f2f2", "#b4b3b8", "#313133", "#6e6d73",
    { "#4ea8de", "#f5793a", "#1fbf92", "#dd8fbb", "#e69f00", "#8fd0f5", "#f0e442", "#d0d0d0" },
    2.0,
  },
  [MATINEE_PLOT_LIGHT_CONTRAST] = {
    "#ffffff", "#000000", "#2e2e2e", "#c4c4c6", "#3a3a3a",
    { "#00568a", "#a84300", "#006b4e", "#8f2f68", "#7d5400", "#00697f", "#5f5800", "#000000" },
    2.5,
  },
  [MATINEE_PLOT_DARK_CONTRAST] = {
    "#1e1e1e", "#ffffff", "#e4e4e6", "#58585c", "#cfcfd2",
    { "#7cc4f0", "#ff9a63", "#4fe0b5", "#f2b0d4", "#ffc043", "#b5e2ff", "#f7ee6a", "#ffffff" },
    2.5,
  },
};

static const double long_dashes[] = { 9, 4 };
static const double dots[] = { 2, 3 };
static const double dash_dot[] = { 9, 3, 2, 3 };
static const double short_dashes[] = { 5, 3 };
static const double dash_dot_dot[] = { 9, 3, 2, 3, 2, 3 };

/**
 * matinee_plot_style_init:
 * @self: (out caller-allocates): a style; free with [method@PlotStyle.clear]
 * @variant: which palette
 *
 * Left to right, default font.
 */
void
matinee_plot_style_init (MatineePlotStyle *self, MatineePlotVariant variant)
{
  const Palette *palette = &palettes[variant];

  memset (self, 0, sizeof *self);
  self->variant = variant;
  gdk_rgba_parse (&self->background, palette->background);
  gdk_rgba_parse (&self->foreground, palette->foreground);
  gdk_rgba_parse (&self->dim, palette->dim);
  gdk_rgba_parse (&self->grid, palette->grid);
  gdk_rgba_parse (&self->axis, palette->axis);
  for (guint i = 0; i < MATINEE_PLOT_N_COLORS; i++)
    gdk_rgba_parse (&self->series[i], palette->series[i]);
  self->line_width = palette->line_width;
  self->text_scale = 1.0;
}

/**
 * matinee_plot_style_clear:
 * @self: a style
 *
 * Frees what @self owns.
 */
void
matinee_plot_style_clear (MatineePlotStyle *self)
{
  g_clear_pointer (&self->font, pango_font_description_free);
}

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

/**
 * matinee_plot_style_luminance:
 * @color: a colour, its alpha ignored
 *
 * Returns: its relative luminance as WCAG 2.1 defines it, 0 to 1
 */
double
matinee_plot_style_luminance (const GdkRGBA *color)
{
  return 0.2126 * linear (color->red) + 0.7152 * linear (color->green) + 0.0722 * linear (color->blue);
}

/**
 * matinee_plot_style_contrast:
 * @a: a colour
 * @b: another
 *
 * Returns: their contrast ratio as WCAG 2.1 defines it, 1 to 21
 */
double
matinee_plot_style_contrast (const GdkRGBA *a, const GdkRGBA *b)
{
  double la = matinee_plot_style_luminance (a);
  double lb = matinee_plot_style_luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

/**
 * matinee_plot_style_get_dashes:
 * @dash: how a line is broken, not automatic
 * @n_dashes: (out): how many lengths, 0 for a solid line
 *
 * Returns: (transfer none) (nullable): lengths on and off, in pixels
 */
const double *
matinee_plot_style_get_dashes (MatineePlotDash dash, int *n_dashes)
{
  static const struct
  {
    const double *lengths;
    int n;
  } patterns[MATINEE_PLOT_N_DASHES] = {
    [MATINEE_PLOT_DASH_SOLID] = { NULL, 0 },
    [MATINEE_PLOT_DASH_LONG] = { long_dashes, G_N_ELEMENTS (long_dashes) },
    [MATINEE_PLOT_DASH_DOTS] = { dots, G_N_ELEMENTS (dots) },
    [MATINEE_PLOT_DASH_DASH_DOT] = { dash_dot, G_N_ELEMENTS (dash_dot) },
    [MATINEE_PLOT_DASH_SHORT] = { short_dashes, G_N_ELEMENTS (short_dashes) },
    [MATINEE_PLOT_DASH_DASH_DOT_DOT] = { dash_dot_dot, G_N_ELEMENTS (dash_dot_dot) },
  };

  g_return_val_if_fail (dash >= 0 && dash < MATINEE_PLOT_N_DASHES, NULL);

  *n_dashes = patterns[dash].n;
  return patterns[dash].lengths;
}
