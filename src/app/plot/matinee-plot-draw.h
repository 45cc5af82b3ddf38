/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-plot-layout.h"

G_BEGIN_DECLS

/**
 * MatineePlotOverlay:
 * @hover: the x value of the crosshair, NaN for none
 * @band: a rubber band, in pixels; empty for none
 *
 * What a pointer adds to a plot.
 */
typedef struct
{
  double hover;
  MatineePlotRect band;
} MatineePlotOverlay;

void matinee_plot_draw (MatineePlotModel *model, cairo_t *cr, double width, double height,
                        const MatineePlotStyle *style, MatineePlotLayout *layout);
void matinee_plot_draw_overlay (MatineePlotModel *model, cairo_t *cr, const MatineePlotLayout *layout,
                                const MatineePlotStyle *style, const MatineePlotOverlay *overlay);

G_END_DECLS
