/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>
#include <math.h>

#include "matinee-random.h"

#define N 200000

/* The first outputs of SplitMix64 from state 0, as its authors publish them. */
static void
test_known (void)
{
  g_assert_cmphex (matinee_random_at (0, 0), ==, G_GUINT64_CONSTANT (0xe220a8397b1dcdaf));
  g_assert_cmphex (matinee_random_at (0, 1), ==, G_GUINT64_CONSTANT (0x6e789e6aa1b965f4));
  g_assert_cmphex (matinee_random_at (0, 2), ==, G_GUINT64_CONSTANT (0x06c45d188009454f));
}

static double
uniform_by_counter (guint64 i)
{
  return matinee_random_uniform (7, 3, i);
}

static double
uniform_by_stream (guint64 i)
{
  return matinee_random_uniform (7, i, 3);
}

static double
uniform_by_seed (guint64 i)
{
  return matinee_random_uniform (i, 7, 3);
}

/* Mean, variance, evenness and neighbours, whichever of the three arguments
 * counts up. */
static void
test_uniform (void)
{
  double (*draws[]) (guint64) = { uniform_by_counter, uniform_by_stream, uniform_by_seed };

  for (gsize d = 0; d < G_N_ELEMENTS (draws); d++)
    {
      double sum = 0, squares = 0, products = 0, before = 0.5, chi = 0;
      guint bins[256] = { 0 };

      for (guint64 i = 0; i < N; i++)
        {
          double x = draws[d](i);

          g_assert_true (x >= 0 && x < 1);
          sum += x;
          squares += (x - 0.5) * (x - 0.5);
          products += (x - 0.5) * (before - 0.5);
          before = x;
          bins[(int) (x * 256)]++;
        }
      for (int b = 0; b < 256; b++)
        chi += (bins[b] - N / 256.0) * (bins[b] - N / 256.0) / (N / 256.0);

      /* Five standard errors each; χ² of 255 degrees of freedom. */
      g_assert_cmpfloat_with_epsilon (sum / N, 0.5, 5 * sqrt (1 / 12.0 / N));
      g_assert_cmpfloat_with_epsilon (squares / N, 1 / 12.0, 5 * sqrt (1 / 180.0 / N));
      g_assert_cmpfloat_with_epsilon (products / N, 0, 5 / 12.0 / sqrt (N));
      g_assert_cmpfloat_with_epsilon (chi, 255, 5 * sqrt (2 * 255));
    }
}

static void
test_normal (void)
{
  double moments[5] = { 0 };
  guint within = 0;

  for (guint64 i = 0; i < N; i++)
    {
      double x = matinee_random_normal (1, i / 64, i % 64);

      g_assert_true (isfinite (x));
      for (int m = 1; m <= 4; m++)
        moments[m] += pow (x, m) / N;
      within += fabs (x) < 1;
    }
  g_assert_cmpfloat_with_epsilon (moments[1], 0, 5 * sqrt (1.0 / N));
  g_assert_cmpfloat_with_epsilon (moments[2], 1, 5 * sqrt (2.0 / N));
  g_assert_cmpfloat_with_epsilon (moments[3], 0, 5 * sqrt (15.0 / N));
  g_assert_cmpfloat_with_epsilon (moments[4], 3, 5 * sqrt (96.0 / N));
  g_assert_cmpfloat_with_epsilon ((double) within / N, 0.6826894921, 5 * sqrt (0.2166 / N));
}

/* Flipping any one bit of an argument changes about half of the 64 bits. */
static void
test_avalanche (void)
{
  for (int argument = 0; argument < 3; argument++)
    for (int bit = 0; bit < 64; bit++)
      {
        guint64 changed = 0;

        for (guint64 i = 0; i < 256; i++)
          {
            guint64 at[3] = { i, 2 * i, 3 * i };
            guint64 x = matinee_random_u64 (at[0], at[1], at[2]);

            at[argument] ^= (guint64) 1 << bit;
            changed += (guint64) __builtin_popcountll (x ^ matinee_random_u64 (at[0], at[1], at[2]));
          }
        g_assert_cmpfloat_with_epsilon ((double) changed / 256, 32, 6 * 4 / 16.0);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/random/known", test_known);
  g_test_add_func ("/random/uniform", test_uniform);
  g_test_add_func ("/random/normal", test_normal);
  g_test_add_func ("/random/avalanche", test_avalanche);
  return g_test_run ();
}
