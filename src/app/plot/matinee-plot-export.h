/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-plot-draw.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MatineePlotFormat:
 * @MATINEE_PLOT_PNG: a picture of pixels
 * @MATINEE_PLOT_SVG: a drawing
 * @MATINEE_PLOT_PDF: a page with a drawing
 * @MATINEE_PLOT_CSV: the data, separated by commas
 * @MATINEE_PLOT_TSV: the data, separated by tabs
 *
 * The files a plot can become.
 */
typedef enum
{
  MATINEE_PLOT_PNG,
  MATINEE_PLOT_SVG,
  MATINEE_PLOT_PDF,
  MATINEE_PLOT_CSV,
  MATINEE_PLOT_TSV,
  MATINEE_PLOT_N_FORMATS,
} MatineePlotFormat;

gboolean matinee_plot_format_from_name (const char *name, MatineePlotFormat *format);
const char *matinee_plot_format_get_extension (MatineePlotFormat format);

cairo_surface_t *matinee_plot_export_to_surface (MatineePlotModel *model, int width, int height, double scale,
                                                 const MatineePlotStyle *style);
GBytes *matinee_plot_export_to_bytes (MatineePlotModel *model, MatineePlotFormat format, int width, int height,
                                      double scale, const MatineePlotStyle *style, GError **error);
gboolean matinee_plot_export_to_file (MatineePlotModel *model, GFile *file, MatineePlotFormat format, int width,
                                      int height, double scale, const MatineePlotStyle *style,
                                      GCancellable *cancellable, GError **error);

G_END_DECLS
