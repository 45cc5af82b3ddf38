/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-plot-style.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

typedef enum
{
  MATINEE_PLOT_TEXT_SMALL,  /* ticks, legend, notes */
  MATINEE_PLOT_TEXT_STRONG, /* labels of marks, the y title */
  MATINEE_PLOT_TEXT_NORMAL, /* the empty state */
  MATINEE_PLOT_N_TEXTS,
} MatineePlotTextKind;

/**
 * MatineePlotText:
 *
 * Measures and writes text on a cairo context, during one drawing.
 */
typedef struct
{
  cairo_t *cr;
  gboolean boxes;
  double size; /* of the font, in pixels */
  PangoLayout *layouts[MATINEE_PLOT_N_TEXTS];
} MatineePlotText;

void matinee_plot_text_init (MatineePlotText *self, cairo_t *cr, const MatineePlotStyle *style);
void matinee_plot_text_clear (MatineePlotText *self);
void matinee_plot_text_measure (MatineePlotText *self, MatineePlotTextKind kind, const char *text, double *width,
                                double *height);
void matinee_plot_text_draw (MatineePlotText *self, MatineePlotTextKind kind, const char *text, double x, double y,
                             double max_width);
void matinee_plot_text_draw_centered (MatineePlotText *self, MatineePlotTextKind kind, const char *text, double x,
                                      double y, double max_width);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineePlotText, matinee_plot_text_clear)

G_END_DECLS
