/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-cross-validation.h"

#include <math.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-solver.h"
#include "matinee-trainer.h"
#include "sample-triples.h"

static const SampleTriples shape = { .n_users = 60, .n_movies = 50, .n = 900, .n_levels = 9 };

typedef struct
{
  guint n_begun;
  guint n_ended;
  guint n_points;
  guint stop_after; /* points */
} Seen;

static void
begin_cb (guint number, const MatineeParams *params, const MatineeSplit *split, gpointer data)
{
  Seen *seen = data;

  g_assert_cmpuint (number, ==, ++seen->n_begun);
  g_assert_cmpint (params->split, ==, MATINEE_SPLIT_FOLD);
  g_assert_cmpuint (params->fold, ==, number);
}

static gboolean
point_cb (guint number, const MatineeTracePoint *point, gpointer data)
{
  Seen *seen = data;

  g_assert_cmpuint (number, ==, seen->n_begun);
  return ++seen->n_points <= seen->stop_after;
}

static void
end_cb (const MatineeFold *fold, const MatineeModel *model, const char *message, gpointer data)
{
  Seen *seen = data;

  g_assert_cmpuint (fold->number, ==, ++seen->n_ended);
}

static void
init_params (MatineeParams *params)
{
  matinee_params_init (params, 1);
  params->n_factors = 4;
  params->n_iterations = 5;
  params->tolerance = 0;
  params->folds = 4;
}

/* Each fold is what a training with that fold gives, and the sums are right. */
static void
test_folds (void)
{
  Seen seen = { .stop_after = G_MAXUINT };
  MatineeFoldWatch watch = { begin_cb, point_cb, end_cb, &seen };
  g_autoptr (MatineeRatings) ratings = sample_ratings (&shape, NULL);
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  g_autoptr (GError) error = NULL;
  MatineeFold folds[4];
  MatineeSpread spread;
  MatineeParams params;
  double sum = 0, squares = 0;
  gsize n_test = 0;
  guint n_done;

  init_params (&params);
  g_assert_true (matinee_cross_validate (ratings, &params, &watch, pool, NULL, folds, &n_done, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_done, ==, 4);
  g_assert_cmpuint (seen.n_ended, ==, 4);
  g_assert_cmpuint (seen.n_points, ==, 4 * 6);
  params.split = MATINEE_SPLIT_FOLD;
  for (params.fold = 1; params.fold <= 4; params.fold++)
    {
      const MatineeFold *fold = &folds[params.fold - 1];
      g_autoptr (MatineeSplit) split = matinee_split_new (ratings, &params, NULL, NULL, &error);
      g_autoptr (MatineeTrainer) trainer = matinee_trainer_new (&params, split, NULL, NULL, NULL, &error);
      g_autoptr (MatineeModel) model = NULL;

      g_assert_cmpint (matinee_trainer_run (trainer, NULL, NULL, &error), ==, fold->reason);
      model = matinee_trainer_finish (trainer, ratings->users, ratings->movies);
      g_assert_cmpmem (&model->test, sizeof model->test, &fold->test, sizeof fold->test);
      g_assert_cmpuint (fold->n_train, ==, split->train_by_user->n_entries);
      n_test += fold->n_test;
      sum += matinee_errors_rmse (&fold->test);
    }
  g_assert_cmpuint (n_test, ==, matinee_ratings_get_n (ratings));
  for (guint i = 0; i < 4; i++)
    squares += pow (matinee_errors_rmse (&folds[i].test) - sum / 4, 2);
  matinee_folds_get_spread (folds, 4, matinee_errors_rmse, &spread);
  g_assert_cmpfloat_with_epsilon (spread.mean, sum / 4, 1e-12);
  g_assert_cmpfloat_with_epsilon (spread.deviation, sqrt (squares / 3), 1e-12);
  matinee_folds_get_spread (folds, 1, matinee_errors_rmse, &spread);
  g_assert_true (isnan (spread.deviation));
}

/* What was done before the stop is kept. */
static void
test_stop (void)
{
  Seen seen = { .stop_after = 2 * 6 + 3 };
  MatineeFoldWatch watch = { begin_cb, point_cb, end_cb, &seen };
  g_autoptr (MatineeRatings) ratings = sample_ratings (&shape, NULL);
  g_autoptr (GError) error = NULL;
  MatineeStop stop = { 0 };
  MatineeFold folds[4];
  MatineeParams params;
  guint n_done;

  init_params (&params);
  g_assert_true (matinee_cross_validate (ratings, &params, &watch, NULL, NULL, folds, &n_done, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_done, ==, 2);
  g_assert_cmpuint (seen.n_ended, ==, 3);
  matinee_stop_request (&stop);
  g_assert_true (matinee_cross_validate (ratings, &params, &watch, NULL, &stop, folds, &n_done, &error));
  g_assert_cmpuint (n_done, ==, 0);
}

static void
test_trouble (void)
{
  SampleTriples few = { .n_users = 2, .n_movies = 2, .n = 3, .n_levels = 2, .distinct = TRUE };
  MatineeFoldWatch watch = { 0 };
  g_autoptr (MatineeRatings) ratings = sample_ratings (&shape, NULL);
  g_autoptr (MatineeRatings) three = sample_ratings (&few, NULL);
  g_autoptr (GError) error = NULL;
  MatineeFold folds[4];
  MatineeParams params;
  guint n_done;

  init_params (&params);
  g_assert_false (matinee_cross_validate (three, &params, &watch, NULL, NULL, folds, &n_done, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA);
  g_clear_error (&error);
  params.solver = &matinee_solver_gradient;
  params.learning_rate = 1;
  params.n_iterations = 500;
  g_assert_false (matinee_cross_validate (ratings, &params, &watch, NULL, NULL, folds, &n_done, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_DIVERGED);
  g_assert_nonnull (strstr (error->message, "Fold 1 of 4"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cross-validation/folds", test_folds);
  g_test_add_func ("/cross-validation/stop", test_stop);
  g_test_add_func ("/cross-validation/trouble", test_trouble);
  return g_test_run ();
}
