/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-plot-series.h"

#include <math.h>

static void
count_cb (gpointer data)
{
  ++*(guint *) data;
}

static MatineePlotSeries *
make_noise (guint n, double gaps)
{
  MatineePlotSeries *series = matinee_plot_series_new ("noise", 0, MATINEE_PLOT_DASH_SOLID);
  double x = 0;

  for (guint i = 0; i < n; i++)
    {
      double y = g_test_rand_double_range (-1, 3);

      x += g_test_rand_double_range (0, 1);
      matinee_plot_series_append (series, x, g_test_rand_double () < gaps ? NAN : y);
    }

  return series;
}

/* Each column must have exactly the extremes that a scan of all points finds. */
static void
check_columns (MatineePlotSeries *series, const MatineePlotAxis *axis, guint pixels, gboolean positive)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (MatineePlotSpan));
  gboolean dense = matinee_plot_series_decimate (series, axis, pixels, positive, spans);
  guint at = 0;

  g_assert_true (dense);
  for (guint column = 0; column < pixels; column++)
    {
      double left = matinee_plot_axis_from_unit (axis, (double) column / pixels);
      double right = matinee_plot_axis_from_unit (axis, (column + 1.0) / pixels);
      double lo = INFINITY, hi = -INFINITY;

      for (gsize i = 0; i < matinee_plot_series_get_length (series); i++)
        {
          double x, y;

          if (!matinee_plot_series_get_point (series, i, &x, &y) || (positive && y <= 0))
            continue;
          if (x >= left && (x < right || (column + 1 == pixels && x <= axis->max)))
            {
              lo = MIN (lo, y);
              hi = MAX (hi, y);
            }
        }
      if (lo <= hi)
        {
          const MatineePlotSpan *span = &g_array_index (spans, MatineePlotSpan, at++);

          g_assert_cmpfloat (span->x, ==, column + 0.5);
          g_assert_cmpfloat (span->lo, ==, lo);
          g_assert_cmpfloat (span->hi, ==, hi);
          g_assert_cmpfloat (span->first, >=, lo);
          g_assert_cmpfloat (span->last, <=, hi);
        }
    }
  g_assert_cmpuint (at, ==, spans->len);
}

static void
test_columns (void)
{
  for (guint i = 0; i < 20; i++)
    {
      guint n = (guint) g_test_rand_int_range (1000, 20000);
      MatineePlotSeries *series = make_noise (n, i % 3 == 0 ? 0.3 : 0);
      MatineePlotAxis axis;

      matinee_plot_axis_init (&axis);
      if (i % 4 == 1)
        matinee_plot_axis_set_scale (&axis, MATINEE_PLOT_SCALE_LOG);
      matinee_plot_axis_set_range (&axis, n * 0.05, n * g_test_rand_double_range (0.3, 0.6));
      check_columns (series, &axis, (guint) g_test_rand_int_range (20, 90), i % 2);
      matinee_plot_series_free (series);
    }
}

static void
test_points (void)
{
  MatineePlotSeries *series = matinee_plot_series_new ("few", 0, MATINEE_PLOT_DASH_SOLID);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (MatineePlotSpan));
  const double y[] = { 1, 2, NAN, 4, INFINITY, 6, -7 };
  MatineePlotAxis axis;

  matinee_plot_axis_init (&axis);
  matinee_plot_axis_set_range (&axis, 0, 6);
  g_assert_false (matinee_plot_series_decimate (series, &axis, 60, FALSE, spans));
  g_assert_cmpuint (spans->len, ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (y); i++)
    matinee_plot_series_append (series, i, y[i]);
  matinee_plot_series_append (series, NAN, 3);

  g_assert_false (matinee_plot_series_decimate (series, &axis, 60, FALSE, spans));
  g_assert_cmpuint (spans->len, ==, 5);
  g_assert_true (g_array_index (spans, MatineePlotSpan, 0).open);
  g_assert_false (g_array_index (spans, MatineePlotSpan, 1).open);
  g_assert_true (g_array_index (spans, MatineePlotSpan, 2).open);
  g_assert_true (g_array_index (spans, MatineePlotSpan, 3).open);
  g_assert_cmpfloat_with_epsilon (g_array_index (spans, MatineePlotSpan, 1).x, 10, 1e-9);

  g_array_set_size (spans, 0);
  matinee_plot_series_decimate (series, &axis, 60, TRUE, spans);
  g_assert_cmpuint (spans->len, ==, 4);
  g_assert_cmpuint (matinee_plot_series_get_n_finite (series), ==, 5);
  g_assert_cmpuint (matinee_plot_series_get_n_hidden (series, FALSE, TRUE), ==, 1);
  g_assert_cmpuint (matinee_plot_series_get_n_hidden (series, TRUE, FALSE), ==, 1);
  g_assert_cmpuint (matinee_plot_series_get_n_hidden (series, TRUE, TRUE), ==, 2);
  matinee_plot_series_free (series);
}

static void
test_extents (void)
{
  for (guint n = 1; n < 5000; n = n * 3 / 2 + 1)
    {
      MatineePlotSeries *series = make_noise (n, 0.1);
      MatineePlotExtent x, y;
      double lo = INFINITY, hi = -INFINITY, positive = INFINITY;

      for (gsize i = 0; i < n; i++)
        {
          double value;

          if (!matinee_plot_series_get_point (series, i, NULL, &value))
            continue;
          lo = MIN (lo, value);
          hi = MAX (hi, value);
          if (value > 0)
            positive = MIN (positive, value);
        }
      matinee_plot_series_get_extents (series, &x, &y);
      g_assert_cmpfloat (y.min, ==, lo);
      g_assert_cmpfloat (y.max, ==, hi);
      g_assert_cmpfloat (y.min_positive, ==, positive);
      matinee_plot_series_free (series);
    }
}

static void
test_nearest (void)
{
  for (guint sorted = 0; sorted < 2; sorted++)
    {
      MatineePlotSeries *series = matinee_plot_series_new ("s", 0, MATINEE_PLOT_DASH_SOLID);
      double next;
      gsize index;

      g_assert_false (matinee_plot_series_nearest (series, 1, &index));
      if (!sorted)
        matinee_plot_series_append (series, 100, 0);
      for (guint i = 0; i < 10; i++)
        matinee_plot_series_append (series, i, i == 5 ? NAN : i);

      g_assert_true (matinee_plot_series_nearest (series, 3.4, &index));
      g_assert_cmpuint (index, ==, sorted ? 3 : 4);
      g_assert_true (matinee_plot_series_nearest (series, 5.2, &index));
      g_assert_cmpuint (index, ==, sorted ? 6 : 7);
      g_assert_true (matinee_plot_series_nearest (series, -50, &index));
      g_assert_true (matinee_plot_series_step (series, 4, 1, &next));
      g_assert_cmpfloat (next, ==, 6);
      g_assert_true (matinee_plot_series_step (series, 6, -1, &next));
      g_assert_cmpfloat (next, ==, 4);
      g_assert_false (matinee_plot_series_step (series, 0, -1, &next));
      g_assert_false (matinee_plot_series_nearest (series, NAN, &index));
      matinee_plot_series_free (series);
    }
}

static void
test_loose (void)
{
  MatineePlotSeries *series = matinee_plot_series_new ("spiral", 0, MATINEE_PLOT_DASH_SOLID);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (MatineePlotSpan));
  MatineePlotAxis axis;

  for (guint i = 0; i < 100000; i++)
    matinee_plot_series_append (series, cos (i * 0.001) * i, sin (i * 0.001) * i);
  matinee_plot_axis_init (&axis);
  matinee_plot_axis_set_range (&axis, -1e5, 1e5);
  g_assert_false (matinee_plot_series_decimate (series, &axis, 500, FALSE, spans));
  g_assert_cmpuint (spans->len, >, 1000);
  g_assert_cmpuint (spans->len, <=, 8192);
  matinee_plot_series_free (series);
}

static void
test_many (void)
{
  MatineePlotSeries *series = matinee_plot_series_new ("many", 0, MATINEE_PLOT_DASH_SOLID);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (MatineePlotSpan));
  MatineePlotAxis axis;
  MatineePlotExtent x, y;
  gint64 start;

  for (guint i = 0; i < 10000000; i++)
    matinee_plot_series_append (series, i, i == 7654321 ? 42 : i % 7);
  matinee_plot_axis_init (&axis);
  matinee_plot_axis_set_range (&axis, 0, 1e7);
  start = g_get_monotonic_time ();
  g_assert_true (matinee_plot_series_decimate (series, &axis, 1000, FALSE, spans));
  g_test_message ("10^7 points to %u columns in %.2f ms", spans->len,
                  (double) (g_get_monotonic_time () - start) / 1000);
  matinee_plot_series_get_extents (series, &x, &y);
  g_assert_cmpfloat (y.max, ==, 42);
  g_assert_cmpfloat (g_array_index (spans, MatineePlotSpan, 765).hi, ==, 42);
  g_assert_true (matinee_plot_series_range_y (series, 7654321.5, 7654400, &y));
  g_assert_cmpfloat (y.max, >, 20);
  g_assert_cmpfloat (y.max, <, 24);
  matinee_plot_series_free (series);
}

static void
test_notify (void)
{
  MatineePlotSeries *series = matinee_plot_series_new ("n", 0, MATINEE_PLOT_DASH_SOLID);
  guint n = 0;

  matinee_plot_series_set_notify (series, count_cb, &n);
  matinee_plot_series_clear (series);
  matinee_plot_series_set_visible (series, TRUE);
  matinee_plot_series_set_name (series, "n");
  g_assert_cmpuint (n, ==, 0);
  matinee_plot_series_append_many (series, (double[]){ 1, 2, 3 }, (double[]){ 1, 2, 3 }, 3);
  g_assert_cmpuint (n, ==, 1);
  matinee_plot_series_set_visible (series, FALSE);
  matinee_plot_series_clear (series);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (matinee_plot_series_get_length (series), ==, 0);
  matinee_plot_series_append (series, 0, 5);
  g_assert_cmpuint (matinee_plot_series_get_n_finite (series), ==, 1);
  matinee_plot_series_free (series);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/series/columns", test_columns);
  g_test_add_func ("/plot/series/points", test_points);
  g_test_add_func ("/plot/series/extents", test_extents);
  g_test_add_func ("/plot/series/nearest", test_nearest);
  g_test_add_func ("/plot/series/loose", test_loose);
  g_test_add_func ("/plot/series/many", test_many);
  g_test_add_func ("/plot/series/notify", test_notify);

  return g_test_run ();
}
