/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-plot-draw.h"

#include <math.h>
#include <stdlib.h>

/* How long the software renderer takes for a plot of 900 × 500 pixels. */
#define WIDTH 900
#define HEIGHT 500
#define REPEATS 41

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static MatineePlotModel *
make_model (guint n_series, guint n_points)
{
  MatineePlotModel *model = matinee_plot_model_new ();
  guint32 state = 1;

  for (guint s = 0; s < n_series; s++)
    {
      g_autofree char *name = g_strdup_printf ("run %u", s + 1);
      MatineePlotSeries *series = matinee_plot_model_add_series (model, name, -1, MATINEE_PLOT_DASH_AUTO);

      for (guint i = 0; i < n_points; i++)
        {
          state = state * 1664525u + 1013904223u;
          matinee_plot_series_append (
              series, i, 0.8 + 0.02 * s + 0.5 * exp (-6.0 * i / n_points) + 0.002 * (state >> 8) / 16777216.0);
        }
    }

  return model;
}

static void
measure (const char *what, guint n_series, guint n_points)
{
  g_autoptr (MatineePlotModel) model = NULL;
  g_auto (MatineePlotStyle) style;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  gint64 start = g_get_monotonic_time ();
  double ms[REPEATS], build;

  matinee_plot_style_init (&style, MATINEE_PLOT_LIGHT);
  model = make_model (n_series, n_points);
  build = (double) (g_get_monotonic_time () - start) / 1000;

  for (guint i = 0; i < REPEATS; i++)
    {
      cairo_t *cr = cairo_create (surface);

      start = g_get_monotonic_time ();
      matinee_plot_draw (model, cr, WIDTH, HEIGHT, &style, NULL);
      cairo_surface_flush (surface);
      ms[i] = (double) (g_get_monotonic_time () - start) / 1000;
      cairo_destroy (cr);
    }

  qsort (ms, REPEATS, sizeof *ms, compare);
  g_print ("%-26s least %6.2f ms  median %6.2f ms  greatest %6.2f ms  (appended in %.1f ms)\n", what, ms[0],
           ms[REPEATS / 2], ms[REPEATS - 1], build);
  cairo_surface_destroy (surface);
}

int
main (void)
{
  measure ("empty", 0, 0);
  measure ("2 series x 20", 2, 20);
  measure ("20 series x 500", 20, 500);
  measure ("1 series x 100000", 1, 100000);
  measure ("20 series x 100000", 20, 100000);
  measure ("1 series x 10000000", 1, 10000000);

  return 0;
}
