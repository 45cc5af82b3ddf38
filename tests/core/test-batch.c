/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-batch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "matinee-error.h"
#include "synthetic.h"

typedef struct
{
  GArray *scored;
  GArray *users;
  GArray *counts;
} Result;

static void
take (guint32 user, const MatineeScored *top, guint n, gpointer data)
{
  Result *result = data;

  g_array_append_val (result->users, user);
  g_array_append_val (result->counts, n);
  if (n > 0)
    g_array_append_vals (result->scored, top, n);
}

static void
result_init (Result *result)
{
  result->scored = g_array_new (FALSE, FALSE, sizeof (MatineeScored));
  result->users = g_array_new (FALSE, FALSE, sizeof (guint32));
  result->counts = g_array_new (FALSE, FALSE, sizeof (guint));
}

static void
result_clear (Result *result)
{
  g_array_unref (result->scored);
  g_array_unref (result->users);
  g_array_unref (result->counts);
}

/* Checks one user against all predictions: nothing left out is better than what
 * was kept, and all are in order. */
static void
check_user (const MatineeBatch *batch, guint32 user, const MatineeScored *top, guint n)
{
  g_autofree gboolean *kept = g_new0 (gboolean, batch->factors->n_movies);
  guint n_eligible = 0;

  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat_with_epsilon (top[i].score, matinee_factors_predict (batch->factors, user, top[i].movie), 1e-4);
      g_assert_false (kept[top[i].movie]);
      kept[top[i].movie] = TRUE;
      g_assert_true (i == 0 || top[i - 1].score > top[i].score
                     || (top[i - 1].score == top[i].score && top[i - 1].movie < top[i].movie));
    }
  for (guint32 movie = 0; movie < batch->factors->n_movies; movie++)
    {
      gboolean eligible = (batch->allowed == NULL || batch->allowed[movie] != 0)
                          && (batch->exclude == NULL || !matinee_sparse_contains (batch->exclude, user, movie, NULL));

      n_eligible += eligible;
      g_assert_true (eligible || !kept[movie]);
      if (eligible && !kept[movie] && n > 0)
        g_assert_cmpfloat (matinee_factors_predict (batch->factors, user, movie), <=, top[n - 1].score + 1e-4f);
    }
  g_assert_cmpuint (n, ==, MIN (n_eligible, batch->n_top));
}

static void
check_batch (const MatineeBatch *batch, guint n_threads)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineePool) pool = matinee_pool_new (n_threads);
  Result result;
  gsize at = 0;

  result_init (&result);
  matinee_batch_top_n (batch, pool, NULL, take, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.users->len, ==, batch->n_users);
  for (gsize u = 0; u < batch->n_users; u++)
    {
      guint n = g_array_index (result.counts, guint, u);
      guint32 user = g_array_index (result.users, guint32, u);

      g_assert_cmpuint (user, ==, batch->users != NULL ? batch->users[u] : u);
      check_user (batch, user, &g_array_index (result.scored, MatineeScored, at), n);
      at += n;
    }
  result_clear (&result);
}

static void
test_against_predictions (gconstpointer name)
{
  const MatineeKernels *kernels = matinee_kernels_by_name (name);
  guint ks[] = { 1, 16, 50, 130 };

  if (kernels == NULL)
    {
      g_test_skip ("not on this processor");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (ks); i++)
    {
      g_autoptr (Synthetic) data = synthetic_from_shape (300, 203, 6000, 5);
      g_autoptr (MatineeFactors) factors = synthetic_factors (300, 203, ks[i], 0.3, 7);
      g_autofree guint8 *allowed = g_new0 (guint8, 203);
      guint32 some[] = { 299, 0, 5, 5, 120 };
      MatineeBatch batch = { .factors = factors, .n_users = 300, .n_top = 10, .kernels = kernels };

      check_batch (&batch, 1);
      batch.exclude = data->by_user;
      check_batch (&batch, 3);
      for (guint32 movie = 0; movie < 203; movie += 9)
        allowed[movie] = 1;
      batch.allowed = allowed;
      batch.users = some;
      batch.n_users = G_N_ELEMENTS (some);
      batch.n_top = 30;
      check_batch (&batch, 2);
    }
}

/* All scores are equal: the lowest numbers win. */
static void
test_ties (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeFactors) factors = matinee_factors_new (70, 150, 4, &error);
  MatineeBatch batch = { .factors = factors, .n_users = 70, .n_top = 5 };
  Result result;

  factors->mean = 3.0;
  factors->movie_biases[140] = 1.0f;
  result_init (&result);
  matinee_batch_top_n (&batch, NULL, NULL, take, &result, &error);
  g_assert_no_error (error);
  for (guint u = 0; u < 70; u++)
    for (guint i = 0; i < 5; i++)
      {
        MatineeScored *scored = &g_array_index (result.scored, MatineeScored, u * 5 + i);

        g_assert_cmpuint (scored->movie, ==, i == 0 ? 140 : i - 1);
        g_assert_cmpfloat (scored->score, ==, i == 0 ? 4.0f : 3.0f);
      }
  result_clear (&result);
}

/* The same for any number of threads and whoever else is asked for. */
static void
test_same_bits (void)
{
  g_autoptr (MatineeFactors) factors = synthetic_factors (2000, 500, 33, 0.3, 7);
  g_autoptr (MatineePool) pool = matinee_pool_new (5);
  guint32 one = 1234;
  MatineeBatch all = { .factors = factors, .n_users = 2000, .n_top = 7 };
  MatineeBatch alone = { .factors = factors, .users = &one, .n_users = 1, .n_top = 7 };
  Result a, b, c;

  result_init (&a);
  result_init (&b);
  result_init (&c);
  g_assert_true (matinee_batch_top_n (&all, NULL, NULL, take, &a, NULL));
  g_assert_true (matinee_batch_top_n (&all, pool, NULL, take, &b, NULL));
  g_assert_true (matinee_batch_top_n (&alone, pool, NULL, take, &c, NULL));
  g_assert_cmpmem (a.scored->data, a.scored->len * sizeof (MatineeScored), b.scored->data,
                   b.scored->len * sizeof (MatineeScored));
  g_assert_cmpmem (&g_array_index (a.scored, MatineeScored, one * 7), 7 * sizeof (MatineeScored), c.scored->data,
                   c.scored->len * sizeof (MatineeScored));
  result_clear (&a);
  result_clear (&b);
  result_clear (&c);
}

static void
test_edges (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeFactors) factors = synthetic_factors (3, 4, 5, 0.3, 7);
  MatineeBatch batch = { .factors = factors, .n_users = 3, .n_top = 0 };
  MatineeStop stop = { 0 };
  Result result;

  result_init (&result);
  g_assert_true (matinee_batch_top_n (&batch, NULL, NULL, take, &result, &error));
  g_assert_cmpuint (result.users->len, ==, 3);
  batch.n_users = 0;
  g_assert_true (matinee_batch_top_n (&batch, NULL, NULL, take, &result, &error));
  g_assert_cmpuint (result.users->len, ==, 3);
  result_clear (&result);
  batch.n_users = 3;
  batch.n_top = 1000000;
  check_batch (&batch, 2);
  matinee_stop_request (&stop);
  g_assert_false (matinee_batch_top_n (&batch, NULL, &stop, take, NULL, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/batch/predictions/portable", "portable", test_against_predictions);
  g_test_add_data_func ("/batch/predictions/avx2", "avx2", test_against_predictions);
  g_test_add_data_func ("/batch/predictions/avx512", "avx512", test_against_predictions);
  g_test_add_data_func ("/batch/predictions/neon", "neon", test_against_predictions);
  g_test_add_func ("/batch/ties", test_ties);
  g_test_add_func ("/batch/same-bits", test_same_bits);
  g_test_add_func ("/batch/edges", test_edges);
  return g_test_run ();
}
