/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-exact.h"

#include <math.h>
#include <string.h>

#include "golden.h"
#include "matinee-error.h"
#include "matinee-evaluate.h"
#include "reference.h"
#include "synthetic.h"

static void
assert_close (double a, double b, double tolerance)
{
  g_assert_cmpfloat_with_epsilon (a, b, tolerance * MAX (fabs (a), fabs (b)) + 1e-300);
}

static void
test_reference_is_golden (gconstpointer name)
{
  g_autoptr (Golden) golden = golden_load (name);
  ReferenceModel *model = golden->start;

  for (guint i = 0; i < golden->n_steps; i++)
    {
      double fit;

      if (i % 2 == 1)
        reference_half_step (model, golden->by_user, MATINEE_USERS, &golden->penalty);
      else if (i > 0)
        reference_half_step (model, golden->by_movie, MATINEE_MOVIES, &golden->penalty);
      fit = reference_fit (model, golden->by_user);
      assert_close (fit, golden->fits[i], 1e-9);
      assert_close (fit + reference_penalty (model, golden->by_user, golden->by_movie, &golden->penalty),
                    golden->objectives[i], 1e-9);
    }
  for (guint32 i = 0; i < model->n_movies * model->k; i++)
    g_assert_cmpfloat_with_epsilon (model->movie_factors[i], golden->final->movie_factors[i], 1e-9);
}

static double
objective_of (const MatineeFactors *factors, const MatineeSparse *by_user, const MatineeSparse *by_movie,
              const ReferencePenalty *penalty, MatineePool *pool)
{
  MatineeErrors errors;

  g_assert_true (matinee_evaluate (factors, by_user, 0.5, 5.0, pool, NULL, &errors));
  return errors.squared
         + matinee_exact_penalty (factors, by_user->offsets, by_movie->offsets, penalty->regularization,
                                  penalty->bias_regularization, penalty->count_exponent, pool);
}

static MatineeHalfStep
make_step (MatineeFactors *factors, const MatineeSparse *by_user, const MatineeSparse *by_movie, MatineeSide side,
           const ReferencePenalty *penalty)
{
  MatineeHalfStep step = { .ratings = side == MATINEE_USERS ? by_user : by_movie,
                           .factors = factors,
                           .side = side,
                           .regularization = penalty->regularization,
                           .bias_regularization = penalty->bias_regularization,
                           .count_exponent = penalty->count_exponent };

  return step;
}

static void
test_golden (gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Golden) golden = golden_load (name);
  ReferenceModel *start = golden->start;
  g_autoptr (MatineeFactors) factors = matinee_factors_new (start->n_users, start->n_movies, start->k, &error);
  g_autoptr (MatineePool) pool = matinee_pool_new (2);

  g_assert_no_error (error);
  reference_model_to_factors (start, factors);
  for (guint i = 0; i < golden->n_steps; i++)
    {
      MatineeHalfStep step = make_step (factors, golden->by_user, golden->by_movie,
                                        i % 2 == 1 ? MATINEE_USERS : MATINEE_MOVIES, &golden->penalty);

      if (i > 0)
        {
          matinee_exact_half_step (&step, pool, NULL, &error);
          g_assert_no_error (error);
        }
      assert_close (objective_of (factors, golden->by_user, golden->by_movie, &golden->penalty, pool),
                    golden->objectives[i], 1e-4);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/exact/reference/plain", "exact-plain.json", test_reference_is_golden);
  g_test_add_data_func ("/exact/reference/sqrt", "exact-sqrt.json", test_reference_is_golden);
  g_test_add_data_func ("/exact/reference/weighted", "exact-weighted.json", test_reference_is_golden);
  g_test_add_data_func ("/exact/golden/plain", "exact-plain.json", test_golden);
  g_test_add_data_func ("/exact/golden/sqrt", "exact-sqrt.json", test_golden);
  g_test_add_data_func ("/exact/golden/weighted", "exact-weighted.json", test_golden);
  return g_test_run ();
}
