/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-cg.h"

#include <math.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-evaluate.h"
#include "matinee-exact.h"
#include "matinee-kernels.h"
#include "reference.h"
#include "synthetic.h"

static const ReferencePenalty usual = { 1.4, 0.5, 0.5 };

static MatineeHalfStep
make_step (MatineeFactors *factors, const Synthetic *data, MatineeSide side)
{
  MatineeHalfStep step = { .ratings = side == MATINEE_USERS ? data->by_user : data->by_movie,
                           .factors = factors,
                           .side = side,
                           .regularization = usual.regularization,
                           .bias_regularization = usual.bias_regularization,
                           .count_exponent = usual.count_exponent };

  return step;
}

static double
objective_of (const MatineeFactors *factors, const Synthetic *data)
{
  MatineeErrors errors;

  g_assert_true (matinee_evaluate (factors, data->by_user, 0.5, 5.0, NULL, NULL, &errors));
  return errors.squared
         + matinee_exact_penalty (factors, data->by_user->offsets, data->by_movie->offsets, usual.regularization,
                                  usual.bias_regularization, usual.count_exponent, NULL);
}

/* Enough inner steps reach the minimiser. */
static void
test_reaches_exact (gconstpointer name)
{
  const MatineeKernels *kernels = matinee_kernels_by_name (name);
  guint32 lengths[] = { 0, 1, 2, 15, 16, 17, 50, 63, 64, 65, 100, 127, 129, 700, 30000 };
  guint ks[] = { 1, 5, 16, 33, 64, 130 };

  if (kernels == NULL)
    {
      g_test_skip ("not on this processor");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (ks); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Synthetic) data = synthetic_from_lengths (lengths, G_N_ELEMENTS (lengths), 40000, i % 2 == 0, 3);
      g_autoptr (MatineeFactors) factors = synthetic_factors (G_N_ELEMENTS (lengths), 40000, ks[i], 0.3, 7);
      g_autoptr (MatineeFactors) exact = matinee_factors_copy (factors, &error);
      MatineeHalfStep step = make_step (factors, data, MATINEE_USERS);
      MatineeHalfStep exact_step = make_step (exact, data, MATINEE_USERS);

      step.kernels = kernels;
      matinee_cg_half_step (&step, 60, NULL, NULL, &error);
      g_assert_no_error (error);
      matinee_exact_half_step (&exact_step, NULL, NULL, &error);
      g_assert_no_error (error);
      for (guint32 u = 0; u < G_N_ELEMENTS (lengths); u++)
        {
          g_assert_cmpfloat_with_epsilon (factors->user_biases[u], exact->user_biases[u], 1e-3);
          for (gsize f = 0; f < factors->stride; f++)
            g_assert_cmpfloat_with_epsilon (factors->user_factors[u * factors->stride + f],
                                            exact->user_factors[u * factors->stride + f], 1e-3);
        }
    }
}

static void
test_objective_never_rises (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Synthetic) data = synthetic_from_shape (600, 400, 20000, 5);
  g_autoptr (MatineeFactors) factors = synthetic_factors (600, 400, 20, 0.1, 3);
  double before = objective_of (factors, data);

  for (guint i = 0; i < 60; i++)
    {
      MatineeHalfStep step = make_step (factors, data, i % 2 == 0 ? MATINEE_USERS : MATINEE_MOVIES);
      double after;

      matinee_cg_half_step (&step, MATINEE_CG_DEFAULT_INNER, NULL, NULL, &error);
      g_assert_no_error (error);
      after = objective_of (factors, data);
      g_assert_cmpfloat (after, <=, before * (1 + 1e-6));
      before = after;
    }
}

static void
test_same_bits (void)
{
  g_autoptr (Synthetic) data = synthetic_from_shape (20000, 60, 300000, 5);
  g_autoptr (MatineeFactors) first = NULL;
  guint threads[] = { 1, 2, 5 };

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MatineePool) pool = matinee_pool_new (threads[i]);
      g_autoptr (MatineeFactors) factors = synthetic_factors (20000, 60, 70, 0.1, 3);

      for (guint h = 0; h < 3; h++)
        {
          MatineeHalfStep step = make_step (factors, data, h % 2 == 0 ? MATINEE_MOVIES : MATINEE_USERS);

          matinee_cg_half_step (&step, 3, pool, NULL, &error);
          g_assert_no_error (error);
        }
      if (first == NULL)
        first = g_steal_pointer (&factors);
      else
        g_assert_cmpmem (factors->movie_factors, 60 * factors->stride * sizeof (float), first->movie_factors,
                         60 * first->stride * sizeof (float));
    }
}

/* All ratings are the mean and all factors zero: the gradient is exactly zero. */
static void
test_zero_gradient (void)
{
  g_autoptr (GError) error = NULL;
  guint32 lengths[] = { 5, 50 };
  g_autoptr (Synthetic) data = synthetic_from_lengths (lengths, 2, 100, FALSE, 3);
  g_autoptr (MatineeFactors) factors = matinee_factors_new (2, 100, 8, &error);
  MatineeHalfStep step = make_step (factors, data, MATINEE_USERS);

  factors->mean = 3.0;
  for (gsize e = 0; e < data->by_user->n_entries; e++)
    data->by_user->values[e] = 3.0f;
  matinee_cg_half_step (&step, 3, NULL, NULL, &error);
  g_assert_no_error (error);
  for (gsize f = 0; f < 2 * factors->stride; f++)
    g_assert_cmpfloat (factors->user_factors[f], ==, 0.0f);
}

static void
test_diverged_and_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  guint32 lengths[] = { 5, 50 };
  g_autoptr (Synthetic) data = synthetic_from_lengths (lengths, 2, 100, FALSE, 3);
  g_autoptr (MatineeFactors) factors = synthetic_factors (2, 100, 8, 0.1, 3);
  MatineeHalfStep step = make_step (factors, data, MATINEE_USERS);
  MatineeStop stop = { 0 };
  float before = factors->user_factors[factors->stride];

  data->by_user->values[20] = NAN;
  g_assert_false (matinee_cg_half_step (&step, 3, NULL, NULL, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_DIVERGED);
  g_assert_cmpfloat (factors->user_factors[factors->stride], ==, before);
  g_clear_error (&error);
  matinee_stop_request (&stop);
  g_assert_false (matinee_cg_half_step (&step, 3, NULL, &stop, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/cg/exact/portable", "portable", test_reaches_exact);
  g_test_add_data_func ("/cg/exact/avx2", "avx2", test_reaches_exact);
  g_test_add_data_func ("/cg/exact/avx512", "avx512", test_reaches_exact);
  g_test_add_data_func ("/cg/exact/neon", "neon", test_reaches_exact);
  g_test_add_func ("/cg/objective", test_objective_never_rises);
  g_test_add_func ("/cg/same-bits", test_same_bits);
  g_test_add_func ("/cg/zero-gradient", test_zero_gradient);
  g_test_add_func ("/cg/errors", test_diverged_and_cancelled);
  return g_test_run ();
}
