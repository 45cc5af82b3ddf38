/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-grid.h"

#include <math.h>

#include "matinee-error.h"
#include "matinee-solver.h"

/* Both ends as they are given, what is between easy to read, nothing twice. */
static void
test_space (void)
{
  double values[100];

  g_assert_cmpuint (matinee_grid_space (MATINEE_PARAM_REGULARIZATION, 0.1, 10, 5, TRUE, values), ==, 5);
  g_assert_cmpfloat (values[0], ==, 0.1);
  g_assert_cmpfloat (values[1], ==, 0.316);
  g_assert_cmpfloat (values[2], ==, 1);
  g_assert_cmpfloat (values[4], ==, 10);
  g_assert_cmpuint (matinee_grid_space (MATINEE_PARAM_REGULARIZATION, 10, 0.1, 3, TRUE, values), ==, 3);
  g_assert_cmpfloat (values[2], ==, 0.1);
  g_assert_cmpuint (matinee_grid_space (MATINEE_PARAM_COUNT_EXPONENT, 0, 1, 5, FALSE, values), ==, 5);
  g_assert_cmpfloat (values[1], ==, 0.25);
  g_assert_cmpuint (matinee_grid_space (MATINEE_PARAM_FACTORS, 1, 4, 100, TRUE, values), ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (values[i], ==, i + 1);
  g_assert_cmpuint (matinee_grid_space (MATINEE_PARAM_FACTORS, 8, 8, 5, TRUE, values), ==, 1);
  g_assert_cmpuint (matinee_grid_space (MATINEE_PARAM_REGULARIZATION, 0, 1, 5, TRUE, values), ==, 0);
  g_assert_cmpuint (matinee_grid_space (MATINEE_PARAM_REGULARIZATION, NAN, 1, 5, FALSE, values), ==, 0);
  g_assert_cmpuint (matinee_grid_space (MATINEE_PARAM_REGULARIZATION, 0, 1, 0, FALSE, values), ==, 0);
}

static void
fill (MatineeGrid *grid)
{
  static const double factors[] = { 4, 8 };
  static const double regularizations[] = { 0.5, 1, 2 };

  matinee_params_init (&grid->base, 2);
  matinee_grid_add (grid, MATINEE_PARAM_FACTORS, factors, G_N_ELEMENTS (factors));
  matinee_grid_add (grid, MATINEE_PARAM_REGULARIZATION, regularizations, G_N_ELEMENTS (regularizations));
}

static void
test_runs (void)
{
  g_auto (MatineeGrid) grid = { 0 };
  g_auto (MatineeGrid) copy = { 0 };
  g_autoptr (GError) error = NULL;
  MatineeParams params;
  guint found;

  fill (&grid);
  g_assert_true (matinee_grid_check (&grid, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (grid.n_runs, ==, 6);
  matinee_grid_copy (&grid, &copy);
  for (guint run = 0; run < copy.n_runs; run++)
    {
      matinee_grid_get_params (&copy, run, &params);
      g_assert_cmpuint (params.n_factors, ==, run < 3 ? 4 : 8);
      g_assert_cmpfloat (params.regularization, ==, copy.dimensions[1].values[run % 3]);
      params.n_threads = 7;
      g_assert_true (matinee_grid_find (&copy, &params, &found));
      g_assert_cmpuint (found, ==, run);
    }
  params.seed++;
  g_assert_false (matinee_grid_find (&copy, &params, &found));
  params.seed--;
  params.n_factors = 5;
  g_assert_false (matinee_grid_find (&copy, &params, &found));
  matinee_grid_get_largest (&copy, &params);
  g_assert_cmpuint (params.n_factors, ==, 8);
}

static void
assert_refused (MatineeParamId id, const double *values, guint n, const char *pattern)
{
  g_auto (MatineeGrid) grid = { 0 };
  g_autoptr (GError) error = NULL;

  matinee_params_init (&grid.base, 2);
  matinee_grid_add (&grid, id, values, n);
  g_assert_false (matinee_grid_check (&grid, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS);
  g_assert_true (g_pattern_match_simple (pattern, error->message));
}

static void
test_refused (void)
{
  g_autofree double *many = g_new0 (double, MATINEE_GRID_MAX_RUNS + 1);

  for (guint i = 0; i <= MATINEE_GRID_MAX_RUNS; i++)
    many[i] = 0.001 * i;
  assert_refused (MATINEE_PARAM_REGULARIZATION, many, MATINEE_GRID_MAX_RUNS + 1, "*10000 runs*");
  assert_refused (MATINEE_PARAM_REGULARIZATION, many, 0, "*10000 runs*");
  assert_refused (MATINEE_PARAM_LEARNING_RATE, many + 1, 2, "*no effect*");
  assert_refused (MATINEE_PARAM_SEED, many + 1, 2, "*no effect*");
  assert_refused (MATINEE_PARAM_REGULARIZATION, (const double[]){ 1, -1 }, 2, "*-1*");
}

static void
test_edge (void)
{
  g_auto (MatineeGrid) grid = { 0 };
  MatineeParams params;
  gboolean largest;

  fill (&grid);
  g_assert_true (matinee_grid_check (&grid, NULL));
  matinee_grid_get_params (&grid, 0, &params);
  g_assert_true (matinee_grid_is_on_edge (&grid, 1, &params, &largest));
  g_assert_false (largest);
  matinee_grid_get_params (&grid, 1, &params);
  g_assert_false (matinee_grid_is_on_edge (&grid, 1, &params, &largest));
  matinee_grid_get_params (&grid, 5, &params);
  g_assert_true (matinee_grid_is_on_edge (&grid, 0, &params, &largest));
  g_assert_true (largest);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/grid/space", test_space);
  g_test_add_func ("/grid/runs", test_runs);
  g_test_add_func ("/grid/refused", test_refused);
  g_test_add_func ("/grid/edge", test_edge);
  return g_test_run ();
}
