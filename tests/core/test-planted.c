/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-planted.h"

#include <math.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-trainer.h"

static void
test_sample (void)
{
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  g_autoptr (MatineeDataset) sample = NULL;
  g_autoptr (GError) error = NULL;
  MatineePlan plan;

  matinee_plan_init_sample (&plan);
  sample = matinee_planted_new (&plan, pool, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (sample->synthetic);
  g_assert_cmpuint (matinee_ratings_get_n_users (sample->ratings), ==, 600);
  g_assert_cmpuint (matinee_ratings_get_n_movies (sample->ratings), ==, 400);
  g_assert_cmpuint (matinee_ratings_get_n (sample->ratings), ==, 40000);
  g_assert_cmpuint (sample->ratings->n_duplicates, ==, 0);
  g_assert_cmpfloat (sample->ratings->low, ==, 0.5f);
  g_assert_cmpfloat (sample->ratings->high, ==, 5.0f);
  g_assert_cmpfloat (sample->ratings->step, ==, 0.5f);
  g_assert_cmpuint (sample->n_untitled_movies, ==, 0);
  for (guint32 movie = 0; movie < 400; movie++)
    {
      g_assert_cmpint (matinee_dataset_get_year (sample, movie), >=, 1890);
      g_assert_cmpint (matinee_dataset_get_year (sample, movie), <, 1930);
      g_assert_cmpstr (matinee_dataset_get_genres (sample, movie), !=, "");
    }
}

static void
test_threads (void)
{
  g_autoptr (MatineePool) one = matinee_pool_new (1);
  g_autoptr (MatineePool) five = matinee_pool_new (5);
  g_autoptr (MatineeDataset) a = NULL;
  g_autoptr (MatineeDataset) b = NULL;
  MatineePlan plan;

  matinee_plan_init_sample (&plan);
  plan.n_users = 301;
  plan.n_ratings = 20011;
  a = matinee_planted_new (&plan, one, NULL, NULL);
  b = matinee_planted_new (&plan, five, NULL, NULL);
  g_assert_cmpmem (a->ratings->by_user->columns, 20011 * sizeof (guint32), b->ratings->by_user->columns,
                   20011 * sizeof (guint32));
  g_assert_cmpmem (a->ratings->by_user->codes, 20011, b->ratings->by_user->codes, 20011);
  g_assert_true (a->noise_floor == b->noise_floor);
}

/* With no hidden tastes the biases are all there is to learn, and much data teaches
 * them: the test error then comes down to the noise floor, and not below it. */
static void
test_floor (gconstpointer data)
{
  double noise = *(const double *) data;
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  g_autoptr (MatineeDataset) dataset = NULL;
  g_autoptr (MatineeSplit) split = NULL;
  g_autoptr (MatineeTrainer) trainer = NULL;
  g_autoptr (GError) error = NULL;
  MatineePlan plan = { .n_users = 400, .n_movies = 300, .n_ratings = 60000, .noise = noise, .seed = 5 };
  MatineeParams params;
  double rmse;

  dataset = matinee_planted_new (&plan, pool, NULL, &error);
  g_assert_no_error (error);
  matinee_params_init (&params, 2);
  params.n_factors = 1;
  params.regularization = 1000;
  params.bias_regularization = 0.1;
  split = matinee_split_new_random (dataset->ratings, 0.2, 1, pool, NULL, &error);
  trainer = matinee_trainer_new (&params, split, NULL, pool, NULL, &error);
  matinee_trainer_run (trainer, NULL, NULL, &error);
  g_assert_no_error (error);
  rmse = matinee_errors_rmse_clipped (&matinee_trace_last (matinee_trainer_get_trace (trainer))->test);
  g_test_message ("noise %g: floor %.4f, test RMSE %.4f", noise, dataset->noise_floor, rmse);
  g_assert_cmpfloat (rmse, >, 0.98 * dataset->noise_floor);
  g_assert_cmpfloat (rmse, <, 1.04 * dataset->noise_floor);
}

static void
test_dense_and_small (void)
{
  static const MatineePlan plans[] = {
    { .n_users = 1, .n_movies = 1, .n_ratings = 1, .n_factors = 0, .noise = 0, .seed = 1 },
    { .n_users = 7, .n_movies = 5, .n_ratings = 35, .n_factors = 2, .noise = 1, .seed = 2 },
    { .n_users = 3, .n_movies = 5000, .n_ratings = 9000, .n_factors = 2, .noise = 1, .seed = 2 },
    { .n_users = 900, .n_movies = 2, .n_ratings = 901, .n_factors = 512, .noise = 0.1, .seed = 3 },
  };
  g_autoptr (MatineePool) pool = matinee_pool_new (2);

  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MatineeDataset) dataset = matinee_planted_new (&plans[i], pool, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (matinee_ratings_get_n (dataset->ratings), ==, plans[i].n_ratings);
      for (guint32 u = 0; u < plans[i].n_users; u++)
        g_assert_cmpuint (matinee_sparse_row_length (dataset->ratings->by_user, u), >=, 1);
    }
}

static void
test_refused (void)
{
  static const MatineePlan plans[] = {
    { .n_users = 0, .n_movies = 1, .n_ratings = 1 },
    { .n_users = 10, .n_movies = 10, .n_ratings = 101 },
    { .n_users = 10, .n_movies = 10, .n_ratings = 9 },
    { .n_users = 10, .n_movies = 10, .n_ratings = 50, .n_factors = 513 },
    { .n_users = 10, .n_movies = 10, .n_ratings = 50, .noise = -1 },
    { .n_users = 10, .n_movies = 10, .n_ratings = 50, .noise = NAN },
  };
  g_autoptr (MatineePool) pool = matinee_pool_new (2);

  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (matinee_planted_new (&plans[i], pool, NULL, &error));
      g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS);
    }
}

int
main (int argc, char *argv[])
{
  static const double little = 0.35, much = 0.9;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/planted/sample", test_sample);
  g_test_add_func ("/planted/threads", test_threads);
  g_test_add_data_func ("/planted/floor/little", &little, test_floor);
  g_test_add_data_func ("/planted/floor/much", &much, test_floor);
  g_test_add_func ("/planted/dense-and-small", test_dense_and_small);
  g_test_add_func ("/planted/refused", test_refused);
  return g_test_run ();
}
