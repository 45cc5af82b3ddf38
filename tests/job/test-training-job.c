/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-training-job.h"

#include <math.h>
#include <string.h>

#include "job-test.h"
#include "matinee-error.h"
#include "matinee-solver.h"

typedef struct
{
  GMainLoop *loop;
  GThread *thread;
  MatineeTrainingJob *job;
  MatineeModel *model;
  GError *error;
  guint n_points;
  guint n_splits;
  guint n_notifies;
  guint stop_at;
} Run;

static MatineeDataset *dataset;

static void
points_cb (MatineeTrainingJob *job, const MatineeTracePoint *points, guint n, gpointer data)
{
  Run *run = data;

  g_assert_true (g_thread_self () == run->thread);
  g_assert_true (matinee_job_get_running (MATINEE_JOB (job)));
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (points[i].iteration, ==, run->n_points++);
  if (run->n_points > run->stop_at)
    matinee_job_stop (MATINEE_JOB (job));
}

static void
split_cb (MatineeTrainingJob *job, gpointer data)
{
  Run *run = data;

  g_assert_true (g_thread_self () == run->thread);
  g_assert_cmpuint (run->n_points, ==, 0);
  g_assert_nonnull (matinee_training_job_get_split (job));
  run->n_splits++;
}

static void
fraction_cb (MatineeTrainingJob *job, GParamSpec *pspec, gpointer data)
{
  Run *run = data;

  g_assert_true (g_thread_self () == run->thread);
  g_assert_cmpfloat (matinee_job_get_fraction (MATINEE_JOB (job)), >=, 0);
  g_assert_cmpfloat (matinee_job_get_fraction (MATINEE_JOB (job)), <=, 1);
  run->n_notifies++;
}

static void
trained_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  run->model = matinee_training_job_run_finish (MATINEE_TRAINING_JOB (source), result, &run->error);
  g_assert_false (matinee_job_get_running (MATINEE_JOB (run->job)));
  g_main_loop_quit (run->loop);
}

static void
run_start (Run *run, const MatineeParams *params)
{
  run->loop = g_main_loop_new (NULL, FALSE);
  run->thread = g_thread_self ();
  run->job = matinee_training_job_new (dataset, params);
  g_signal_connect (run->job, "points", G_CALLBACK (points_cb), run);
  g_signal_connect (run->job, "split", G_CALLBACK (split_cb), run);
  g_signal_connect (run->job, "notify::fraction", G_CALLBACK (fraction_cb), run);
  matinee_job_run_async (MATINEE_JOB (run->job), NULL, trained_cb, run);
}

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->loop, g_main_loop_unref);
  g_clear_pointer (&run->model, matinee_model_unref);
  g_clear_error (&run->error);
  job_test_assert_finalized_soon (run->job);
}

static void
test_trains (void)
{
  Run run = { .stop_at = G_MAXUINT };
  MatineeParams params;

  matinee_params_init (&params, 2);
  params.n_factors = 8;
  params.tolerance = 0;
  params.n_iterations = 30;
  run_start (&run, &params);
  g_main_loop_run (run.loop);
  g_assert_no_error (run.error);
  g_assert_cmpint (run.model->reason, ==, MATINEE_ITERATIONS);
  /* Every record has come before the model, in spite of the 33 ms. */
  g_assert_cmpuint (run.n_points, ==, 31);
  g_assert_cmpuint (run.model->trace->n, ==, 31);
  g_assert_cmpuint (run.n_splits, ==, 1);
  {
    const MatineeBaselines *baselines = matinee_training_job_get_baselines (run.job);

    /* Knowing less is worse, on the ratings held out. */
    g_assert_nonnull (baselines);
    g_assert_cmpuint (baselines->mean.n, ==, run.model->test.n);
    g_assert_cmpfloat (baselines->biases.squared, <, baselines->mean.squared);
    g_assert_cmpfloat (run.model->test.squared, <, baselines->biases.squared);
  }
  g_assert_cmpuint (run.n_notifies, >=, 1);
  g_assert_cmpfloat (matinee_job_get_fraction (MATINEE_JOB (run.job)), ==, 1);
  g_assert_null (matinee_training_job_get_message (run.job));
  run_clear (&run);
}

static void
test_stops (void)
{
  Run run = { .stop_at = 3 };
  MatineeParams params;

  matinee_params_init (&params, 2);
  params.n_factors = 100;
  params.tolerance = 0;
  params.n_iterations = 10000;
  run_start (&run, &params);
  g_main_loop_run (run.loop);
  g_assert_no_error (run.error);
  g_assert_cmpint (run.model->reason, ==, MATINEE_CANCELLED);
  g_assert_cmpuint (run.model->iteration, ==, matinee_trace_best (run.model->trace)->iteration);
  g_assert_cmpuint (run.model->trace->n, <, 10000);
  run_clear (&run);
}

static void
test_stop_at_once (void)
{
  Run run = { .stop_at = G_MAXUINT };
  MatineeParams params;

  matinee_params_init (&params, 2);
  run_start (&run, &params);
  matinee_job_stop (MATINEE_JOB (run.job));
  g_main_loop_run (run.loop);
  if (run.model == NULL)
    g_assert_error (run.error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
  else
    g_assert_cmpint (run.model->reason, ==, MATINEE_CANCELLED);
  run_clear (&run);
}

static void
test_diverges (void)
{
  Run run = { .stop_at = G_MAXUINT };
  MatineeParams params;

  matinee_params_init (&params, 2);
  matinee_params_apply_preset (&params, matinee_preset_find ("classic-script"));
  params.learning_rate = 1;
  params.n_iterations = 200;
  run_start (&run, &params);
  g_main_loop_run (run.loop);
  g_assert_no_error (run.error);
  g_assert_cmpint (run.model->reason, ==, MATINEE_DIVERGED);
  g_assert_nonnull (strstr (matinee_training_job_get_message (run.job), "learning rate"));
  g_assert_true (isfinite (matinee_errors_rmse (&run.model->train)));
  run_clear (&run);
}

static void
test_refuses (void)
{
  Run run = { .stop_at = G_MAXUINT };
  MatineeParams params;

  matinee_params_init (&params, 2);
  params.n_factors = 0;
  run_start (&run, &params);
  g_main_loop_run (run.loop);
  g_assert_null (run.model);
  g_assert_error (run.error, MATINEE_ERROR, MATINEE_ERROR_PARAMS);
  g_assert_cmpuint (run.n_points, ==, 0);
  run_clear (&run);
}

/* Giving the job up while it runs: it ends by itself and is finalized. */
static void
test_given_up (void)
{
  Run run = { .stop_at = 1 };
  MatineeParams params;

  matinee_params_init (&params, 2);
  params.n_iterations = 10000;
  params.tolerance = 0;
  run_start (&run, &params);
  g_object_add_weak_pointer (G_OBJECT (run.job), (gpointer *) &run.job);
  g_object_unref (run.job);
  g_assert_nonnull (run.job);
  g_main_loop_run (run.loop);
  for (guint i = 0; i < 10000 && run.job != NULL; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_null (run.job);
  g_clear_pointer (&run.loop, g_main_loop_unref);
  g_clear_pointer (&run.model, matinee_model_unref);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  dataset = job_test_load_sample ();
  g_test_add_func ("/training-job/trains", test_trains);
  g_test_add_func ("/training-job/stops", test_stops);
  g_test_add_func ("/training-job/stop-at-once", test_stop_at_once);
  g_test_add_func ("/training-job/diverges", test_diverges);
  g_test_add_func ("/training-job/refuses", test_refuses);
  g_test_add_func ("/training-job/given-up", test_given_up);
  result = g_test_run ();
  matinee_dataset_unref (dataset);
  return result;
}
