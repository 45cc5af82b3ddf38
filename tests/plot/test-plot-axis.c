/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-plot-axis.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Letters of 7 pixels: what a caption font has. */
static double
measure_cb (const char *label, gpointer user_data)
{
  return 7.0 * g_utf8_strlen (label, -1);
}

static gboolean
is_round (double value, gboolean log_scale)
{
  char text[40];
  char *e;

  /* A round number has few digits; beside the offset of a far narrow range,
   * those of the step. Twelve is what the narrowest range needs. */
  g_ascii_formatd (text, sizeof text, "%.12e", value);
  e = strchr (text, 'e');
  *e = '\0';

  return fabs (g_ascii_strtod (text, NULL) * pow (10, atoi (e + 1)) - value) <= fabs (value) * 1e-11 || value == 0;
}

/* Between neighbours: 1, 2 or 5 times a power of ten. */
static void
check_step (double step)
{
  double mantissa = step / pow (10, floor (log10 (step * 1.001)));

  g_assert_true (fabs (mantissa - 1) < 1e-2 || fabs (mantissa - 2) < 1e-2 || fabs (mantissa - 5) < 1e-2);
}

static void
check_ticks (const MatineePlotAxis *axis, double length)
{
  MatineePlotTicks ticks;
  double end = -INFINITY, widest = 0;

  matinee_plot_axis_get_ticks (axis, 12, length, 4, measure_cb, NULL, &ticks);
  g_assert_cmpuint (ticks.n, >=, 2);
  g_assert_cmpuint (ticks.n, <=, 12);

  for (guint i = 0; i < ticks.n; i++)
    widest = MAX (widest, measure_cb (ticks.tick[i].label, NULL));

  for (guint i = 0; i < ticks.n; i++)
    {
      const MatineePlotTick *tick = &ticks.tick[i];
      double unit = matinee_plot_axis_to_unit (axis, tick->value);
      double half = measure_cb (tick->label, NULL) / 2;

      g_assert_true (isfinite (tick->value));
      g_assert_cmpfloat (unit, >=, -1e-6);
      g_assert_cmpfloat (unit, <=, 1 + 1e-6);
      g_assert_true (is_round (tick->value, axis->scale == MATINEE_PLOT_SCALE_LOG));
      g_assert_true (g_utf8_validate (tick->label, -1, NULL));
      g_assert_cmpuint (strlen (tick->label), >, 0);
      if (i > 0)
        g_assert_cmpfloat (tick->value, >, ticks.tick[i - 1].value);
      for (guint k = 0; k < i; k++)
        g_assert_cmpstr (tick->label, !=, ticks.tick[k].label);

      /* Two ticks may be closer than two labels are long; more may not. */
      if (ticks.n > 2 || length > 4 * widest)
        g_assert_cmpfloat (unit * length - half, >=, end);
      end = unit * length + half + 3.99;
      if (axis->scale == MATINEE_PLOT_SCALE_LINEAR && ticks.n > 2 && i > 0)
        check_step (tick->value - ticks.tick[i - 1].value);
      if (axis->integer)
        g_assert_cmpfloat (tick->value, ==, rint (tick->value));
    }
}

/* A number anywhere in 600 decades, of either sign. */
static double
random_number (void)
{
  double size = pow (10, g_test_rand_double_range (-300, 300)) * g_test_rand_double_range (1, 10);

  return g_test_rand_int_range (0, 2) ? MIN (size, 1e300) : -MIN (size, 1e300);
}

static void
test_ticks_linear (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      MatineePlotAxis axis;
      double a = random_number (), b;

      matinee_plot_axis_init (&axis);
      switch (i % 4)
        {
        case 0:
          b = random_number ();
          break;
        case 1:
          b = a * (1 + pow (10, g_test_rand_double_range (-16, 1)));
          break;
        case 2:
          b = -a * g_test_rand_double_range (0, 2);
          break;
        default:
          b = 0;
        }
      g_assert_true (matinee_plot_axis_set_range (&axis, a, b));
      g_assert_true (matinee_plot_axis_is_valid (&axis));
      check_ticks (&axis, g_test_rand_double_range (60, 2000));
    }
}

static void
test_ticks_log (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      MatineePlotAxis axis;
      double a = fabs (random_number ()), b = fabs (random_number ());

      matinee_plot_axis_init (&axis);
      matinee_plot_axis_set_scale (&axis, MATINEE_PLOT_SCALE_LOG);
      if (i % 2)
        b = MIN (1e300, a * pow (10, g_test_rand_double_range (-12, 0) * 2 + 4));
      g_assert_true (matinee_plot_axis_set_range (&axis, a, b));
      g_assert_true (matinee_plot_axis_is_valid (&axis));
      check_ticks (&axis, g_test_rand_double_range (60, 2000));
    }
}

static void
test_ticks_integer (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      MatineePlotAxis axis;
      double a = g_test_rand_double_range (-100, 1000);

      matinee_plot_axis_init (&axis);
      axis.integer = TRUE;
      if (i % 3 == 0)
        {
          matinee_plot_axis_set_scale (&axis, MATINEE_PLOT_SCALE_LOG);
          a = fabs (a) + 0.01;
        }
      matinee_plot_axis_set_range (&axis, a, a + pow (10, g_test_rand_double_range (-6, 8)));
      check_ticks (&axis, g_test_rand_double_range (80, 2000));
    }
}

static void
test_degenerate (void)
{
  MatineePlotAxis axis, before;
  const double bad[] = { NAN, INFINITY, -INFINITY };

  for (guint scale = 0; scale < 2; scale++)
    {
      matinee_plot_axis_init (&axis);
      matinee_plot_axis_set_scale (&axis, (MatineePlotScale) scale);
      before = axis;
      for (guint i = 0; i < 3; i++)
        {
          g_assert_false (matinee_plot_axis_set_range (&axis, bad[i], 1));
          g_assert_false (matinee_plot_axis_set_range (&axis, 1, bad[i]));
          g_assert_cmpfloat (axis.min, ==, before.min);
          g_assert_cmpfloat (axis.max, ==, before.max);
        }

      g_assert_true (matinee_plot_axis_set_range (&axis, 5, 5));
      g_assert_cmpfloat (axis.min, <, 5);
      g_assert_cmpfloat (axis.max, >, 5);
      g_assert_true (matinee_plot_axis_set_range (&axis, DBL_MAX, DBL_MAX));
      g_assert_true (matinee_plot_axis_is_valid (&axis));
      check_ticks (&axis, 400);
      g_assert_true (matinee_plot_axis_set_range (&axis, DBL_TRUE_MIN, DBL_TRUE_MIN));
      g_assert_true (matinee_plot_axis_is_valid (&axis));
      check_ticks (&axis, 400);
      g_assert_true (matinee_plot_axis_set_range (&axis, 9, 3));
      g_assert_cmpfloat (axis.min, ==, 3);
    }

  matinee_plot_axis_init (&axis);
  g_assert_true (matinee_plot_axis_set_range (&axis, 0, 0));
  g_assert_true (matinee_plot_axis_is_valid (&axis));
  g_assert_true (matinee_plot_axis_set_range (&axis, -DBL_MAX, DBL_MAX));
  check_ticks (&axis, 400);

  matinee_plot_axis_set_scale (&axis, MATINEE_PLOT_SCALE_LOG);
  g_assert_true (matinee_plot_axis_is_valid (&axis));
  g_assert_false (matinee_plot_axis_set_range (&axis, -2, -1));
  g_assert_false (matinee_plot_axis_set_range (&axis, -2, 0));
  g_assert_true (matinee_plot_axis_set_range (&axis, -2, 10));
  g_assert_cmpfloat (axis.min, >, 0);
  g_assert_true (isnan (matinee_plot_axis_to_unit (&axis, 0)));
  g_assert_true (isnan (matinee_plot_axis_to_unit (&axis, -1)));
}

static void
test_zoom_pan (void)
{
  MatineePlotAxis axis;

  matinee_plot_axis_init (&axis);
  matinee_plot_axis_set_range (&axis, 0, 10);
  g_assert_true (matinee_plot_axis_zoom (&axis, 0.5, 0.5));
  g_assert_cmpfloat_with_epsilon (axis.min, 2.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (axis.max, 7.5, 1e-12);
  g_assert_true (matinee_plot_axis_pan (&axis, 0.5));
  g_assert_cmpfloat_with_epsilon (axis.min, 5, 1e-12);
  g_assert_false (matinee_plot_axis_zoom (&axis, NAN, 0.5));
  g_assert_false (matinee_plot_axis_zoom (&axis, -1, 0.5));

  /* However long one turns the wheel, the axis stays usable. */
  for (guint scale = 0; scale < 2; scale++)
    for (int way = -1; way <= 1; way += 2)
      {
        matinee_plot_axis_init (&axis);
        matinee_plot_axis_set_scale (&axis, (MatineePlotScale) scale);
        matinee_plot_axis_set_range (&axis, 0.5, 1);
        for (guint i = 0; i < 12000; i++)
          {
            matinee_plot_axis_zoom (&axis, way > 0 ? 1.2 : 0.8, 0.3);
            g_assert_true (matinee_plot_axis_is_valid (&axis));
          }
        check_ticks (&axis, 500);
        for (guint i = 0; i < 3000; i++)
          {
            matinee_plot_axis_pan (&axis, 0.9 * way);
            g_assert_true (matinee_plot_axis_is_valid (&axis));
          }
        check_ticks (&axis, 500);
      }
}

static void
test_labels (void)
{
  static const struct
  {
    MatineePlotScale scale;
    double min, max;
    const char *first, *second;
  } cases[] = {
    { MATINEE_PLOT_SCALE_LINEAR, 0, 10, "0", "1" },
    { MATINEE_PLOT_SCALE_LINEAR, 0.6, 1.1, "0.60", "0.65" },
    { MATINEE_PLOT_SCALE_LINEAR, -1, 1, "−1.0", "−0.8" },
    { MATINEE_PLOT_SCALE_LINEAR, 0, 5e7, "0", "0.5×10⁷" },
    { MATINEE_PLOT_SCALE_LINEAR, 1e-9, 2e-9, "1.0×10⁻⁹", "1.1×10⁻⁹" },
    { MATINEE_PLOT_SCALE_LOG, 0.01, 100, "0.01", "0.1" },
    { MATINEE_PLOT_SCALE_LOG, 1, 1000, "1", "2" },
    { MATINEE_PLOT_SCALE_LOG, 1e-8, 1e-2, "10⁻⁸", "10⁻⁷" },
    { MATINEE_PLOT_SCALE_LOG, 1e-300, 1e300, "10⁻³⁰⁰", "10⁻²⁰⁰" },
    { MATINEE_PLOT_SCALE_LOG, 2, 3, "2.0", "2.1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MatineePlotAxis axis;
      MatineePlotTicks ticks;

      matinee_plot_axis_init (&axis);
      axis.scale = cases[i].scale;
      matinee_plot_axis_set_range (&axis, cases[i].min, cases[i].max);
      matinee_plot_axis_get_ticks (&axis, 12, 1000, 4, NULL, NULL, &ticks);
      g_assert_cmpstr (ticks.tick[0].label, ==, cases[i].first);
      g_assert_cmpstr (ticks.tick[1].label, ==, cases[i].second);
    }
}

static void
test_format (void)
{
  MatineePlotAxis axis;
  char *text;

#define CHECK(value, expected)                                                                                         \
  text = matinee_plot_axis_format (&axis, value, 1000);                                                                \
  g_assert_cmpstr (text, ==, expected);                                                                                \
  g_free (text)

  matinee_plot_axis_init (&axis);
  CHECK (0.5, "0.5000");
  CHECK (-0.25, "−0.2500");
  CHECK (NAN, "–");
  matinee_plot_axis_set_range (&axis, 0.87, 0.8701);
  CHECK (0.87005, "0.8700500");
  matinee_plot_axis_set_range (&axis, 0, 1e12);
  CHECK (2.5e11, "2.500×10¹¹");
  axis.integer = TRUE;
  matinee_plot_axis_set_range (&axis, 0, 20);
  CHECK (7, "7");
  CHECK (0, "0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/axis/ticks/linear", test_ticks_linear);
  g_test_add_func ("/plot/axis/ticks/log", test_ticks_log);
  g_test_add_func ("/plot/axis/ticks/integer", test_ticks_integer);
  g_test_add_func ("/plot/axis/labels", test_labels);
  g_test_add_func ("/plot/axis/degenerate", test_degenerate);
  g_test_add_func ("/plot/axis/zoom-pan", test_zoom_pan);
  g_test_add_func ("/plot/axis/format", test_format);

  return g_test_run ();
}
