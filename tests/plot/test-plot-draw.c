/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-plot-draw.h"
#include "matinee-plot-export.h"

#include <math.h>
#include <string.h>

#include "plot-test.h"

#define WIDTH PLOT_GOLDEN_WIDTH
#define HEIGHT PLOT_GOLDEN_HEIGHT

static MatineePlotModel *
make_training (void)
{
  MatineePlotModel *model = matinee_plot_model_new ();
  MatineePlotSeries *train, *test;

  matinee_plot_model_set_x_title (model, "iteration");
  matinee_plot_model_set_y_title (model, "RMSE");
  matinee_plot_model_set_x_integer (model, TRUE);
  matinee_plot_model_set_x_hint (model, 0, 20);
  train = matinee_plot_model_add_series (model, "train", -1, MATINEE_PLOT_DASH_AUTO);
  test = matinee_plot_model_add_series (model, "test", -1, MATINEE_PLOT_DASH_AUTO);
  for (guint i = 0; i <= 12; i++)
    {
      matinee_plot_series_append (train, i, 0.61 + 0.5 * exp (-(double) i / 2.5));
      matinee_plot_series_append (test, i, 0.862 + 0.25 * exp (-(double) i / 1.8) + 0.0012 * i);
    }
  matinee_plot_model_add_reference (model, 0.8, "noise floor");
  matinee_plot_model_set_mark (model, test, 9, 0.862 + 0.25 * exp (-5.0) + 0.0012 * 9, "best: 0.8745 (9)");

  return model;
}

static MatineePlotModel *
make_log (void)
{
  MatineePlotModel *model = make_training ();
  MatineePlotSeries *norm = matinee_plot_model_add_series (model, "gradient", -1, MATINEE_PLOT_DASH_AUTO);

  for (guint i = 0; i <= 20; i++)
    matinee_plot_series_append (norm, i, i == 7 ? 0 : i == 12 ? NAN : 300 * exp (-0.4 * i));
  matinee_plot_series_set_visible (matinee_plot_model_get_series (model, 0), FALSE);
  matinee_plot_model_set_y_scale (model, MATINEE_PLOT_SCALE_LOG);

  return model;
}

static cairo_surface_t *
render (MatineePlotModel *model, const MatineePlotStyle *style, int width, int height, double hover)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  g_auto (MatineePlotLayout) layout = { 0 };
  MatineePlotOverlay overlay = { hover, { 0 } };

  matinee_plot_draw (model, cr, width, height, style, &layout);
  matinee_plot_draw_overlay (model, cr, &layout, style, &overlay);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

static void
check_golden (MatineePlotModel *model, const MatineePlotStyle *style, double hover, const char *name)
{
  cairo_surface_t *surface = render (model, style, WIDTH, HEIGHT, hover);

  plot_golden_check (surface, name);
  cairo_surface_destroy (surface);
}

static void
test_golden (void)
{
  static const char *const names[] = { "light", "dark", "light-contrast", "dark-contrast" };
  g_autoptr (MatineePlotModel) training = make_training ();
  g_autoptr (MatineePlotModel) logarithmic = make_log ();

  for (guint i = 0; i < MATINEE_PLOT_N_VARIANTS; i++)
    {
      g_autofree char *plain = g_strconcat (names[i], ".png", NULL);
      g_auto (MatineePlotStyle) style;

      matinee_plot_style_init (&style, (MatineePlotVariant) i);
      style.boxes = TRUE;
      check_golden (training, &style, NAN, plain);
      if (i == MATINEE_PLOT_LIGHT)
        {
          check_golden (training, &style, 5, "light-hover.png");
          check_golden (logarithmic, &style, NAN, "light-log.png");
          style.rtl = TRUE;
          check_golden (training, &style, 5, "light-rtl.png");
        }
    }
}

static void
test_contrast (void)
{
  for (guint i = 0; i < MATINEE_PLOT_N_VARIANTS; i++)
    {
      gboolean high = i >= MATINEE_PLOT_LIGHT_CONTRAST;
      g_auto (MatineePlotStyle) style;

      matinee_plot_style_init (&style, (MatineePlotVariant) i);
      for (guint k = 0; k < MATINEE_PLOT_N_COLORS; k++)
        {
          double ratio = matinee_plot_style_contrast (&style.series[k], &style.background);

          g_test_message ("variant %u colour %u: %.2f", i, k, ratio);
          g_assert_cmpfloat (ratio, >=, high ? 4.5 : 3);
          for (guint j = 0; j < k; j++)
            g_assert_false (gdk_rgba_equal (&style.series[j], &style.series[k]));
        }
      g_assert_cmpfloat (matinee_plot_style_contrast (&style.foreground, &style.background), >=, 7);
      g_assert_cmpfloat (matinee_plot_style_contrast (&style.dim, &style.background), >=, high ? 7 : 4.5);
      g_assert_cmpfloat (matinee_plot_style_contrast (&style.axis, &style.background), >=, high ? 4.5 : 2);
    }
}

/* No two of the first 48 series look the same; without colour, no two of the
 * first six. */
static void
test_distinct (void)
{
  g_autoptr (MatineePlotModel) model = matinee_plot_model_new ();

  for (guint i = 0; i < 48; i++)
    {
      MatineePlotSeries *a = matinee_plot_model_add_series (model, "s", -1, MATINEE_PLOT_DASH_AUTO);

      for (guint k = 0; k < i; k++)
        {
          MatineePlotSeries *b = matinee_plot_model_get_series (model, k);
          gboolean same_dash = matinee_plot_series_get_dash (a) == matinee_plot_series_get_dash (b);

          g_assert_false (same_dash && matinee_plot_series_get_color (a) == matinee_plot_series_get_color (b));
          if (i < 6)
            g_assert_false (same_dash);
        }
    }
}

static guint
count_color (cairo_surface_t *surface, const GdkRGBA *color)
{
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    {
      const guchar *p = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

      for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
        n += abs (p[4 * x] - (int) rintf (color->blue * 255)) < 3
             && abs (p[4 * x + 1] - (int) rintf (color->green * 255)) < 3
             && abs (p[4 * x + 2] - (int) rintf (color->red * 255)) < 3;
    }

  return n;
}

/* Whatever is thrown at it: something is drawn, nothing hangs or fails. */
static void
test_degenerate (void)
{
  static const double values[] = { 0, 1, -1, NAN, INFINITY, -INFINITY, 1e-320, 1e308, -1e308, 1e-300, 5e-324, 42 };

  for (guint i = 0; i < 4000; i++)
    {
      g_autoptr (MatineePlotModel) model = matinee_plot_model_new ();
      MatineePlotSeries *series = matinee_plot_model_add_series (model, "x", -1, MATINEE_PLOT_DASH_AUTO);
      g_auto (MatineePlotStyle) style;
      cairo_surface_t *surface;
      int n = g_test_rand_int_range (0, 8);

      matinee_plot_style_init (&style, (MatineePlotVariant) (i % 4));
      style.boxes = i % 16 != 0;
      style.rtl = i % 3 == 0;
      for (int k = 0; k < n; k++)
        matinee_plot_series_append (series, values[g_test_rand_int_range (0, 12)],
                                    values[g_test_rand_int_range (0, 12)]);
      matinee_plot_model_add_reference (model, values[g_test_rand_int_range (0, 12)], "line");
      matinee_plot_model_set_mark (model, series, values[g_test_rand_int_range (0, 12)],
                                   values[g_test_rand_int_range (0, 12)], "mark");
      matinee_plot_model_set_x_scale (model, (MatineePlotScale) g_test_rand_int_range (0, 2));
      matinee_plot_model_set_y_scale (model, (MatineePlotScale) g_test_rand_int_range (0, 2));
      surface = render (model, &style, g_test_rand_int_range (1, 400), g_test_rand_int_range (1, 400),
                        values[g_test_rand_int_range (0, 12)]);
      g_assert_true (matinee_plot_axis_is_valid (matinee_plot_model_get_x_axis (model)));
      g_assert_true (matinee_plot_axis_is_valid (matinee_plot_model_get_y_axis (model)));
      cairo_surface_destroy (surface);
    }
}

static void
test_single_point (void)
{
  g_autoptr (MatineePlotModel) model = matinee_plot_model_new ();
  MatineePlotSeries *series = matinee_plot_model_add_series (model, "", 0, MATINEE_PLOT_DASH_SOLID);
  g_auto (MatineePlotStyle) style;
  cairo_surface_t *surface;
  guint before, after;

  matinee_plot_style_init (&style, MATINEE_PLOT_LIGHT);
  surface = render (model, &style, WIDTH, HEIGHT, NAN);
  before = count_color (surface, &style.series[0]);
  cairo_surface_destroy (surface);
  matinee_plot_series_append (series, 3, 4);
  surface = render (model, &style, WIDTH, HEIGHT, NAN);
  after = count_color (surface, &style.series[0]);
  cairo_surface_destroy (surface);
  g_assert_cmpuint (after, >, before + 10);
}

static void
test_hidden_on_log (void)
{
  g_autoptr (MatineePlotModel) model = make_log ();

  g_assert_cmpuint (matinee_plot_model_get_n_hidden (model), ==, 1);
  matinee_plot_model_set_y_scale (model, MATINEE_PLOT_SCALE_LINEAR);
  g_assert_cmpuint (matinee_plot_model_get_n_hidden (model), ==, 0);
}

static void
changed_cb (guint *n)
{
  ++*n;
}

static void
test_follow (void)
{
  g_autoptr (MatineePlotModel) model = make_training ();
  MatineePlotSeries *train = matinee_plot_model_get_series (model, 0);
  guint n_changed = 0, n_view = 0;
  double max;

  g_signal_connect_swapped (model, "changed", G_CALLBACK (changed_cb), &n_changed);
  g_signal_connect_swapped (model, "view-changed", G_CALLBACK (changed_cb), &n_view);
  matinee_plot_model_prepare (model);
  g_assert_true (matinee_plot_model_is_following (model));
  g_assert_cmpfloat (matinee_plot_model_get_x_axis (model)->max, ==, 20);

  for (guint i = 13; i < 40; i++)
    matinee_plot_series_append (train, i, 0.6);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_view, ==, 0);
  matinee_plot_model_prepare (model);
  g_assert_cmpfloat (matinee_plot_model_get_x_axis (model)->max, ==, 39);

  g_assert_false (matinee_plot_model_set_view (model, 0, NAN, 0, 1));
  g_assert_true (matinee_plot_model_is_following (model));
  matinee_plot_model_zoom (model, 0.5, 0.5, 0.5, 0.5);
  g_assert_false (matinee_plot_model_is_following (model));
  g_assert_cmpuint (n_view, ==, 1);
  max = matinee_plot_model_get_x_axis (model)->max;
  matinee_plot_series_append (train, 40, 0.6);
  matinee_plot_model_prepare (model);
  g_assert_cmpfloat (matinee_plot_model_get_x_axis (model)->max, ==, max);
  matinee_plot_model_fit (model);
  matinee_plot_model_prepare (model);
  g_assert_cmpfloat (matinee_plot_model_get_x_axis (model)->max, ==, 40);
}

static void
test_readout (void)
{
  g_autoptr (MatineePlotModel) model = make_training ();
  g_autofree char *text = NULL;
  double x;

  matinee_plot_model_prepare (model);
  g_assert_true (matinee_plot_model_nearest_x (model, 5.3, &x));
  g_assert_cmpfloat (x, ==, 5);
  text = matinee_plot_model_dup_readout (model, x);
  g_assert_cmpstr (text, ==, "iteration\t5\ntrain\t0.6777\ntest\t0.8835");
  g_assert_true (matinee_plot_model_step_x (model, x, 1, &x));
  g_assert_cmpfloat (x, ==, 6);
}

/* Labels stay inside of small plots, and the data keep most of them. */
static void
test_small (void)
{
  for (guint rtl = 0; rtl < 2; rtl++)
    {
      g_autoptr (MatineePlotModel) model = make_training ();
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 300, 200);
      cairo_t *cr = cairo_create (surface);
      g_auto (MatineePlotLayout) layout = { 0 };
      g_auto (MatineePlotStyle) style;

      matinee_plot_style_init (&style, MATINEE_PLOT_LIGHT);
      style.boxes = TRUE;
      style.rtl = rtl;
      for (guint i = 0; i < 30; i++)
        matinee_plot_model_add_series (model, "a series with a long name", -1, MATINEE_PLOT_DASH_AUTO);
      matinee_plot_draw (model, cr, 300, 200, &style, &layout);
      g_assert_cmpfloat (layout.area.width, >, 200);
      g_assert_cmpfloat (layout.area.height, >, 70);
      g_assert_cmpuint (layout.n_more, >, 0);
      for (guint i = 0; i < layout.entries->len; i++)
        {
          const MatineePlotEntry *entry = &g_array_index (layout.entries, MatineePlotEntry, i);

          g_assert_cmpfloat (entry->rect.x, >=, 0);
          g_assert_cmpfloat (entry->rect.x + entry->rect.width, <=, 300);
          g_assert_cmpfloat (entry->rect.y + entry->rect.height, <=, layout.area.y + 1);
        }
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

static void
test_export (void)
{
  static const char *const heads[] = { "\x89PNG", "<?xml", "%PDF-", "iteration,train,test", "iteration\ttrain\ttest" };
  g_autoptr (MatineePlotModel) model = make_training ();
  g_auto (MatineePlotStyle) style;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nonexistent/folder/chart.png");
  MatineePlotSeries *other;

  matinee_plot_style_init (&style, MATINEE_PLOT_LIGHT);
  for (guint i = 0; i < MATINEE_PLOT_N_FORMATS; i++)
    {
      g_autoptr (GBytes) bytes
          = matinee_plot_export_to_bytes (model, (MatineePlotFormat) i, WIDTH, HEIGHT, 2, &style, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (bytes), >, 200);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), strlen (heads[i]), heads[i], strlen (heads[i]));
    }

  g_assert_null (matinee_plot_export_to_bytes (model, MATINEE_PLOT_PNG, 100000, 1, 1, &style, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (
      matinee_plot_export_to_file (model, nowhere, MATINEE_PLOT_PNG, WIDTH, HEIGHT, 1, &style, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  /* Another x makes a table of points, and text that needs it is quoted. */
  other = matinee_plot_model_add_series (model, "a \"b\", c", -1, MATINEE_PLOT_DASH_AUTO);
  matinee_plot_series_append (other, 0.5, 0.1);
  {
    g_autoptr (GBytes) bytes = matinee_plot_export_to_bytes (model, MATINEE_PLOT_CSV, 0, 0, 0, &style, NULL);

    g_assert_nonnull (g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                    "\n\"a \"\"b\"\", c\",0.5,0.1\n"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/draw/golden", test_golden);
  g_test_add_func ("/plot/draw/contrast", test_contrast);
  g_test_add_func ("/plot/draw/distinct", test_distinct);
  g_test_add_func ("/plot/draw/degenerate", test_degenerate);
  g_test_add_func ("/plot/draw/single-point", test_single_point);
  g_test_add_func ("/plot/draw/hidden-on-log", test_hidden_on_log);
  g_test_add_func ("/plot/draw/follow", test_follow);
  g_test_add_func ("/plot/draw/readout", test_readout);
  g_test_add_func ("/plot/draw/small", test_small);
  g_test_add_func ("/plot/draw/export", test_export);

  return g_test_run ();
}
