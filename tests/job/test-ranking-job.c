/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-ranking-job.h"

#include <string.h>

#include "job-test.h"
#include "matinee-planted.h"
#include "matinee-solver.h"
#include "matinee-trainer.h"

typedef struct
{
  MatineeModel *model;
  MatineeRankings rankings;
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  g_autoptr (MatineeDataset) dataset = NULL;
  g_autoptr (MatineeSplit) split = NULL;
  g_autoptr (MatineeTrainer) trainer = NULL;
  MatineePlan plan;
  MatineeParams params;

  matinee_plan_init_sample (&plan);
  dataset = matinee_planted_new (&plan, pool, NULL, NULL);
  matinee_params_init (&params, 1);
  params.n_factors = 4;
  params.n_iterations = 3;
  split = matinee_split_new_random (dataset->ratings, 0.3, 1, pool, NULL, NULL);
  trainer = matinee_trainer_new (&params, split, NULL, pool, NULL, NULL);
  matinee_trainer_run (trainer, NULL, NULL, NULL);
  fixture->model = matinee_trainer_finish (trainer, dataset->ratings->users, dataset->ratings->movies);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_error (&fixture->error);
  matinee_model_unref (fixture->model);
}

static void
judge (Fixture *fixture, const MatineeRankingOptions *options, GCancellable *cancellable)
{
  g_autoptr (MatineeRankingJob) job = matinee_ranking_job_new (fixture->model, options);
  g_autoptr (GAsyncResult) result = job_test_wait (job, cancellable);
  gboolean judged = matinee_ranking_job_run_finish (job, result, &fixture->rankings, &fixture->error);

  g_assert_cmpint (judged, ==, fixture->error == NULL);
}

/* The worker says what the function says, for the model and both baselines. */
static void
test_same (Fixture *fixture, gconstpointer data)
{
  MatineeRankingOptions options;

  matinee_ranking_options_init (&options, 0.5, 5.0);
  options.n = 7;
  options.max_users = 20;
  judge (fixture, &options, NULL);
  g_assert_no_error (fixture->error);
  for (guint ranker = 0; ranker < MATINEE_N_RANKERS; ranker++)
    {
      const MatineeRanking *found = &fixture->rankings.by[ranker];
      MatineeRanking expected;

      g_assert_true (matinee_ranking_evaluate (fixture->model, fixture->model->split, ranker, &options, NULL, NULL,
                                               &expected, NULL));
      g_assert_cmpuint (found->n, ==, 7);
      g_assert_cmpuint (found->n_users, ==, 20);
      g_assert_cmpuint (found->n_eligible, ==, expected.n_eligible);
      g_assert_cmpmem (&found->mean, sizeof found->mean, &expected.mean, sizeof expected.mean);
      g_assert_cmpfloat (found->coverage, ==, expected.coverage);
      g_assert_cmpfloat (found->novelty, ==, expected.novelty);
    }
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  MatineeRankingOptions options;

  matinee_ranking_options_init (&options, 0.5, 5.0);
  g_cancellable_cancel (cancellable);
  judge (fixture, &options, cancellable);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ranking-job/same", Fixture, NULL, set_up, test_same, tear_down);
  g_test_add ("/ranking-job/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  return g_test_run ();
}
