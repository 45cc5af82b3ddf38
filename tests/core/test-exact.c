/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-exact.h"

#include <math.h>
#include <string.h>

#include "golden.h"
#include "matinee-error.h"
#include "matinee-evaluate.h"
#include "matinee-kernels.h"
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

static const guint sizes[] = { 1, 2, 3, 5, 8, 15, 16, 17, 31, 33, 50, 63, 64, 65, 100, 128, 130, 200, 512 };

static const ReferencePenalty usual = { 1.4, 0.5, 0.5 };

/* How far a row is from the reference, as a share of its length. */
static double
row_distance (const MatineeFactors *factors, const ReferenceModel *model, guint32 user)
{
  double bias = (double) factors->user_biases[user] - model->user_biases[user];
  double distance = bias * bias;
  double length = model->user_biases[user] * model->user_biases[user];

  for (guint f = 0; f < model->k; f++)
    {
      double x = model->user_factors[(gsize) user * model->k + f];
      double d = (double) factors->user_factors[user * factors->stride + f] - x;

      distance += d * d;
      length += x * x;
    }
  return sqrt (distance) / (sqrt (length) + 1e-30);
}

static void
check_half_step (const MatineeKernels *kernels, const Synthetic *data, guint k, const ReferencePenalty *penalty,
                 double tolerance)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  g_autoptr (MatineeFactors) factors = synthetic_factors (data->by_user->n_rows, data->by_movie->n_rows, k, 0.3, 7);
  g_autoptr (ReferenceModel) model = reference_model_from_factors (factors);
  MatineeHalfStep step = make_step (factors, data->by_user, data->by_movie, MATINEE_USERS, penalty);

  step.kernels = kernels;
  matinee_exact_half_step (&step, pool, NULL, &error);
  g_assert_no_error (error);
  reference_half_step (model, data->by_user, MATINEE_USERS, penalty);
  for (guint32 u = 0; u < factors->n_users; u++)
    {
      double distance = row_distance (factors, model, u);

      if (!(distance < tolerance))
        g_test_message ("%s, k = %u, row of %" G_GSIZE_FORMAT " ratings", kernels->name, k,
                        matinee_sparse_row_length (data->by_user, u));
      g_assert_cmpfloat (distance, <, tolerance);
      for (gsize f = k; f < factors->stride; f++)
        g_assert_cmpfloat (factors->user_factors[u * factors->stride + f], ==, 0.0f);
    }
}

static void
test_sizes (gconstpointer data)
{
  const MatineeKernels *kernels = matinee_kernels_by_name (data);
  guint32 lengths[]
      = { 0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 24, 31, 33, 47, 48, 49, 50, 64, 70, 96, 100, 150, 250, 500, 0 };

  if (kernels == NULL)
    {
      g_test_skip ("not on this processor");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      /* The reference is O(k³) for each row: fewer rows when k is large. */
      guint32 n_users = sizes[i] > 200 ? 4 : sizes[i] > 100 ? 12 : G_N_ELEMENTS (lengths);
      guint32 *some = sizes[i] > 200 ? lengths + 20 : lengths + (G_N_ELEMENTS (lengths) - n_users);
      g_autoptr (Synthetic) ratings = synthetic_from_lengths (some, n_users, 600, i % 2 == 0, i);

      check_half_step (kernels, ratings, sizes[i], &usual, 2e-4);
    }
}

static void
test_long_row (gconstpointer data)
{
  const MatineeKernels *kernels = matinee_kernels_by_name (data);
  guint32 lengths[] = { 100000, 20000, 16384, 16385, 1 };
  guint ks[] = { 5, 33 };

  if (kernels == NULL)
    {
      g_test_skip ("not on this processor");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (ks); i++)
    {
      g_autoptr (Synthetic) ratings = synthetic_from_lengths (lengths, G_N_ELEMENTS (lengths), 120000, i == 0, 3);

      check_half_step (kernels, ratings, ks[i], &usual, 1e-4);
    }
}

/* Bits of a model after three half-steps of a shape with heavy rows. */
static guint
hash_after (const Synthetic *data, guint k, guint n_threads, const MatineeKernels *kernels)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineePool) pool = matinee_pool_new (n_threads);
  g_autoptr (MatineeFactors) factors = synthetic_factors (data->by_user->n_rows, data->by_movie->n_rows, k, 0.3, 7);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);

  for (guint i = 0; i < 3; i++)
    {
      MatineeHalfStep step
          = make_step (factors, data->by_user, data->by_movie, i % 2 == 0 ? MATINEE_MOVIES : MATINEE_USERS, &usual);

      step.kernels = kernels;
      matinee_exact_half_step (&step, pool, NULL, &error);
      g_assert_no_error (error);
    }
  g_checksum_update (sum, (guchar *) factors->user_factors,
                     (gssize) (factors->n_users * factors->stride * sizeof (float)));
  g_checksum_update (sum, (guchar *) factors->movie_factors,
                     (gssize) (factors->n_movies * factors->stride * sizeof (float)));
  return g_str_hash (g_checksum_get_string (sum));
}

static void
test_same_bits (gconstpointer name)
{
  const MatineeKernels *kernels = matinee_kernels_by_name (name);
  guint ks[] = { 6, 50, 110 };
  guint32 lengths[300];

  if (kernels == NULL)
    {
      g_test_skip ("not on this processor");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    lengths[i] = i == 17 ? 40000 : i == 201 ? 17000 : i * 7 % 160;
  for (guint i = 0; i < G_N_ELEMENTS (ks); i++)
    {
      g_autoptr (Synthetic) data = synthetic_from_lengths (lengths, G_N_ELEMENTS (lengths), 50000, TRUE, 11);
      guint one = hash_after (data, ks[i], 1, kernels);

      g_assert_cmphex (hash_after (data, ks[i], 2, kernels), ==, one);
      g_assert_cmphex (hash_after (data, ks[i], 5, kernels), ==, one);
    }
}

static void
test_objective_never_rises (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Synthetic) data = synthetic_from_shape (600, 400, 20000, 5);
  g_autoptr (MatineeFactors) factors = synthetic_factors (600, 400, 20, 0.1, 3);
  double before = objective_of (factors, data->by_user, data->by_movie, &usual, NULL);

  for (guint i = 0; i < 30; i++)
    {
      MatineeHalfStep step
          = make_step (factors, data->by_user, data->by_movie, i % 2 == 0 ? MATINEE_USERS : MATINEE_MOVIES, &usual);
      double after;

      matinee_exact_half_step (&step, NULL, NULL, &error);
      g_assert_no_error (error);
      after = objective_of (factors, data->by_user, data->by_movie, &usual, NULL);
      g_assert_cmpfloat (after, <=, before * (1 + 1e-6));
      before = after;
    }
}

/* No penalty and fewer ratings than factors: many minimisers. */
static void
test_no_penalty (void)
{
  static const ReferencePenalty none = { 0.0, 0.0, 0.0 };
  g_autoptr (GError) error = NULL;
  guint32 lengths[] = { 1, 2, 5, 10, 40, 100, 300 };
  g_autoptr (Synthetic) data = synthetic_from_lengths (lengths, G_N_ELEMENTS (lengths), 400, TRUE, 5);
  g_autoptr (MatineeFactors) factors = synthetic_factors (G_N_ELEMENTS (lengths), 400, 24, 0.3, 3);
  MatineeHalfStep step = make_step (factors, data->by_user, data->by_movie, MATINEE_USERS, &none);
  double before = objective_of (factors, data->by_user, data->by_movie, &none, NULL);

  matinee_exact_half_step (&step, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (objective_of (factors, data->by_user, data->by_movie, &none, NULL), <, before);
  for (guint32 u = 0; u < 4; u++)
    for (gsize e = data->by_user->offsets[u]; e < data->by_user->offsets[u + 1]; e++)
      g_assert_cmpfloat_with_epsilon (matinee_factors_predict (factors, u, data->by_user->columns[e]),
                                      (double) matinee_sparse_value (data->by_user, e), 1e-3);
  for (guint32 u = 0; u < G_N_ELEMENTS (lengths); u++)
    for (guint f = 0; f < 24; f++)
      g_assert_true (isfinite (factors->user_factors[u * factors->stride + f]));
}

static void
test_diverged (void)
{
  g_autoptr (GError) error = NULL;
  guint32 lengths[] = { 3, 50, 200, 10 };
  g_autoptr (Synthetic) data = synthetic_from_lengths (lengths, G_N_ELEMENTS (lengths), 300, FALSE, 5);
  g_autoptr (MatineeFactors) factors = synthetic_factors (G_N_ELEMENTS (lengths), 300, 16, 0.3, 3);
  g_autoptr (MatineeFactors) start = matinee_factors_copy (factors, NULL);
  MatineeHalfStep step = make_step (factors, data->by_user, data->by_movie, MATINEE_USERS, &usual);

  data->by_user->values[data->by_user->offsets[2] + 7] = INFINITY;
  g_assert_false (matinee_exact_half_step (&step, NULL, NULL, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_DIVERGED);
  g_assert_nonnull (strstr (error->message, "regularization"));
  g_assert_cmpmem (factors->user_factors + 2 * factors->stride, factors->stride * sizeof (float),
                   start->user_factors + 2 * factors->stride, factors->stride * sizeof (float));
  g_assert_cmpfloat (factors->user_factors[factors->stride], !=, start->user_factors[factors->stride]);
  g_assert_cmpfloat (factors->user_factors[3 * factors->stride], !=, start->user_factors[3 * factors->stride]);
}

/* Whether a half-step went well in which one factor of the film that user 2 rated
 * first is @extreme; whatever happened, no factor may be infinite. */
static gboolean
solves_extreme (const MatineeKernels *kernels, guint k, float extreme)
{
  g_autoptr (GError) error = NULL;
  guint32 lengths[] = { 3, 150, 200, 300 };
  g_autoptr (Synthetic) data = synthetic_from_lengths (lengths, G_N_ELEMENTS (lengths), 400, TRUE, 5);
  g_autoptr (MatineeFactors) factors = synthetic_factors (G_N_ELEMENTS (lengths), 400, k, 0.3, 3);
  MatineeHalfStep step = make_step (factors, data->by_user, data->by_movie, MATINEE_USERS, &usual);
  guint32 movie = data->by_user->columns[data->by_user->offsets[2]];
  gboolean solved;

  factors->movie_factors[movie * factors->stride + k / 2] = extreme;
  step.kernels = kernels;
  solved = matinee_exact_half_step (&step, NULL, NULL, &error);
  if (!solved)
    g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_DIVERGED);
  for (gsize i = 0; i < G_N_ELEMENTS (lengths) * factors->stride; i++)
    g_assert_true (isfinite (factors->user_factors[i]));
  return solved;
}

/* What is not a number is refused by all kernels, and what is one by none. */
static void
test_extremes (gconstpointer name)
{
  const MatineeKernels *kernels = matinee_kernels_by_name (name);
  static const float numbers[] = { 1e30f, -3.4e38f, 1e-30f, 1e-44f };
  static const guint32 others[] = { 0x7F800000, 0xFF800000, 0x7F800001, 0x7FC00000, 0x7FFFFFFF, 0xFFFFFFFF };
  static const guint ks[] = { 24, 112 };

  if (kernels == NULL)
    {
      g_test_skip ("not on this processor");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (ks); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (numbers); j++)
        g_assert_true (solves_extreme (kernels, ks[i], numbers[j]));
      for (guint j = 0; j < G_N_ELEMENTS (others); j++)
        {
          float extreme;

          memcpy (&extreme, &others[j], sizeof extreme);
          g_assert_false (solves_extreme (kernels, ks[i], extreme));
        }
    }
}

/* A rating of 1e30 is a number like any other. */
static void
test_huge_rating (void)
{
  g_autoptr (GError) error = NULL;
  guint32 lengths[] = { 3, 50, 200, 10 };
  g_autoptr (Synthetic) data = synthetic_from_lengths (lengths, G_N_ELEMENTS (lengths), 300, FALSE, 5);
  g_autoptr (MatineeFactors) factors = synthetic_factors (G_N_ELEMENTS (lengths), 300, 16, 0.3, 3);
  MatineeHalfStep step = make_step (factors, data->by_user, data->by_movie, MATINEE_USERS, &usual);

  data->by_user->values[data->by_user->offsets[2] + 7] = 1e30f;
  matinee_exact_half_step (&step, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint f = 0; f < 16; f++)
    g_assert_true (isfinite (factors->user_factors[2 * factors->stride + f]));
}

typedef struct
{
  MatineeHalfStep *step;
  MatineePool *pool;
  MatineeStop stop;
  GError *error;
  gboolean result;
} Run;

static gpointer
run_in_thread (gpointer data)
{
  Run *run = data;

  run->result = matinee_exact_half_step (run->step, run->pool, &run->stop, &run->error);
  return NULL;
}

static void
test_cancel (void)
{
  guint32 lengths[200];
  g_autoptr (Synthetic) data = NULL;
  g_autoptr (MatineeFactors) factors = NULL;
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  MatineeHalfStep step;
  Run run = { .pool = pool };
  GThread *thread;
  gint64 start;

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    lengths[i] = i == 3 ? 60000 : 600;
  data = synthetic_from_lengths (lengths, G_N_ELEMENTS (lengths), 60000, TRUE, 5);
  factors = synthetic_factors (G_N_ELEMENTS (lengths), 60000, 512, 0.1, 3);
  step = make_step (factors, data->by_user, data->by_movie, MATINEE_USERS, &usual);
  run.step = &step;
  thread = g_thread_new ("half-step", run_in_thread, &run);
  g_usleep (20000);
  start = g_get_monotonic_time ();
  matinee_stop_request (&run.stop);
  g_thread_join (thread);
  /* 50 ms where nothing else runs; much more on a loaded machine. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 1000000);
  if (!run.result)
    g_assert_error (run.error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
  g_clear_error (&run.error);

  /* Raised before it begins: nothing moves. */
  g_assert_false (matinee_exact_half_step (&step, pool, &run.stop, &run.error));
  g_assert_error (run.error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
  g_clear_error (&run.error);
}

static void
test_nothing (void)
{
  g_autoptr (GError) error = NULL;
  guint32 lengths[] = { 0, 0 };
  g_autoptr (Synthetic) data = synthetic_from_lengths (lengths, 2, 3, TRUE, 1);
  g_autoptr (MatineeFactors) factors = synthetic_factors (2, 3, 4, 0.3, 3);
  MatineeHalfStep step = make_step (factors, data->by_user, data->by_movie, MATINEE_USERS, &usual);

  matinee_exact_half_step (&step, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint f = 0; f < 2 * factors->stride; f++)
    g_assert_cmpfloat (factors->user_factors[f], ==, 0.0f);
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
  g_test_add_data_func ("/exact/sizes/portable", "portable", test_sizes);
  g_test_add_data_func ("/exact/sizes/avx2", "avx2", test_sizes);
  g_test_add_data_func ("/exact/sizes/avx512", "avx512", test_sizes);
  g_test_add_data_func ("/exact/sizes/amx", "amx", test_sizes);
  g_test_add_data_func ("/exact/sizes/neon", "neon", test_sizes);
  g_test_add_data_func ("/exact/long-row/portable", "portable", test_long_row);
  g_test_add_data_func ("/exact/long-row/avx2", "avx2", test_long_row);
  g_test_add_data_func ("/exact/long-row/avx512", "avx512", test_long_row);
  g_test_add_data_func ("/exact/long-row/amx", "amx", test_long_row);
  g_test_add_data_func ("/exact/long-row/neon", "neon", test_long_row);
  g_test_add_data_func ("/exact/same-bits/portable", "portable", test_same_bits);
  g_test_add_data_func ("/exact/same-bits/avx2", "avx2", test_same_bits);
  g_test_add_data_func ("/exact/same-bits/avx512", "avx512", test_same_bits);
  g_test_add_data_func ("/exact/same-bits/amx", "amx", test_same_bits);
  g_test_add_data_func ("/exact/same-bits/neon", "neon", test_same_bits);
  g_test_add_data_func ("/exact/extremes/portable", "portable", test_extremes);
  g_test_add_data_func ("/exact/extremes/avx2", "avx2", test_extremes);
  g_test_add_data_func ("/exact/extremes/avx512", "avx512", test_extremes);
  g_test_add_data_func ("/exact/extremes/amx", "amx", test_extremes);
  g_test_add_data_func ("/exact/extremes/neon", "neon", test_extremes);
  g_test_add_func ("/exact/objective", test_objective_never_rises);
  g_test_add_func ("/exact/no-penalty", test_no_penalty);
  g_test_add_func ("/exact/diverged", test_diverged);
  g_test_add_func ("/exact/huge-rating", test_huge_rating);
  g_test_add_func ("/exact/cancel", test_cancel);
  g_test_add_func ("/exact/nothing", test_nothing);
  return g_test_run ();
}
