/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-plot-layout.h"

G_BEGIN_DECLS

const GdkRGBA *matinee_plot_line_get_color (const MatineePlotSeries *series, const MatineePlotStyle *style);
void matinee_plot_line_draw (cairo_t *cr, const MatineePlotSeries *series, MatineePlotModel *model,
                             const MatineePlotLayout *layout, const MatineePlotStyle *style, GArray *spans);
void matinee_plot_line_draw_sample (cairo_t *cr, const MatineePlotSeries *series, const MatineePlotStyle *style,
                                    double x, double y, double width);
void matinee_plot_line_draw_shape (cairo_t *cr, MatineePlotShape shape, double x, double y, double radius);

G_END_DECLS
