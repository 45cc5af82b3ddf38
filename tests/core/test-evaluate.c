/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-evaluate.h"

#include <math.h>
#include <string.h>

#include "matinee-exact.h"
#include "reference.h"
#include "synthetic.h"

static void
assert_close (double a, double b)
{
  g_assert_cmpfloat_with_epsilon (a, b, 1e-5 * MAX (fabs (a), 1e-3));
}

static void
test_sums (void)
{
  guint ks[] = { 1, 7, 16, 50, 65, 512 };
  guint32 lengths[] = { 0, 1, 15, 16, 17, 255, 256, 257, 900, 0, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (ks); i++)
    {
      g_autoptr (Synthetic) data = synthetic_from_lengths (lengths, G_N_ELEMENTS (lengths), 1000, i % 2 == 0, i);
      g_autoptr (MatineeFactors) factors = synthetic_factors (G_N_ELEMENTS (lengths), 1000, ks[i], 0.3, 7);
      g_autoptr (ReferenceModel) model = reference_model_from_factors (factors);
      double squared = 0.0, absolute = 0.0, squared_clipped = 0.0, absolute_clipped = 0.0;
      MatineeErrors errors;

      for (guint32 u = 0; u < G_N_ELEMENTS (lengths); u++)
        for (gsize e = data->by_user->offsets[u]; e < data->by_user->offsets[u + 1]; e++)
          {
            double rating = (double) matinee_sparse_value (data->by_user, e);
            double prediction = reference_predict (model, u, data->by_user->columns[e]);
            double clipped = CLAMP (prediction, 0.5, 5.0);

            squared += (rating - prediction) * (rating - prediction);
            absolute += fabs (rating - prediction);
            squared_clipped += (rating - clipped) * (rating - clipped);
            absolute_clipped += fabs (rating - clipped);
          }
      g_assert_true (matinee_evaluate (factors, data->by_user, 0.5, 5.0, NULL, NULL, &errors));
      g_assert_cmpuint (errors.n, ==, data->by_user->n_entries);
      assert_close (errors.squared, squared);
      assert_close (errors.absolute, absolute);
      assert_close (errors.squared_clipped, squared_clipped);
      assert_close (errors.absolute_clipped, absolute_clipped);
      assert_close (matinee_errors_rmse (&errors), sqrt (squared / (double) errors.n));
      assert_close (matinee_errors_mae_clipped (&errors), absolute_clipped / (double) errors.n);
    }
}

static void
test_same_bits (void)
{
  g_autoptr (Synthetic) data = synthetic_from_shape (500, 300, 20000, 5);
  g_autoptr (MatineeFactors) factors = synthetic_factors (500, 300, 40, 0.3, 7);
  g_autoptr (MatineePool) two = matinee_pool_new (2);
  g_autoptr (MatineePool) five = matinee_pool_new (5);
  MatineeErrors a, b, c;
  double penalty;

  g_assert_true (matinee_evaluate (factors, data->by_user, 0.5, 5.0, NULL, NULL, &a));
  g_assert_true (matinee_evaluate (factors, data->by_user, 0.5, 5.0, two, NULL, &b));
  g_assert_true (matinee_evaluate (factors, data->by_user, 0.5, 5.0, five, NULL, &c));
  g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
  g_assert_cmpmem (&a, sizeof a, &c, sizeof c);
  penalty = matinee_exact_penalty (factors, data->by_user->offsets, data->by_movie->offsets, 1.0, 0.5, 0.5, NULL);
  g_assert_cmpfloat (
      matinee_exact_penalty (factors, data->by_user->offsets, data->by_movie->offsets, 1.0, 0.5, 0.5, five), ==,
      penalty);
}

static void
test_nothing_and_stop (void)
{
  guint32 lengths[] = { 0, 0 };
  g_autoptr (Synthetic) data = synthetic_from_lengths (lengths, 2, 3, TRUE, 1);
  g_autoptr (MatineeFactors) factors = synthetic_factors (2, 3, 4, 0.3, 3);
  MatineeStop stop = { 0 };
  MatineeErrors errors;

  g_assert_true (matinee_evaluate (factors, data->by_user, 0.5, 5.0, NULL, NULL, &errors));
  g_assert_cmpuint (errors.n, ==, 0);
  g_assert_true (isnan (matinee_errors_rmse (&errors)));
  matinee_stop_request (&stop);
  g_assert_false (matinee_evaluate (factors, data->by_user, 0.5, 5.0, NULL, &stop, &errors));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evaluate/sums", test_sums);
  g_test_add_func ("/evaluate/same-bits", test_same_bits);
  g_test_add_func ("/evaluate/nothing", test_nothing_and_stop);
  return g_test_run ();
}
