/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-cross-validation-job.h"

#include <glib/gstdio.h>
#include <string.h>

#include "job-test.h"
#include "matinee-error.h"
#include "matinee-planted.h"
#include "matinee-solver.h"

typedef struct
{
  GThread *thread;
  MatineeCrossValidationJob *job;
  guint n_folds;
  guint stop_at;
  gboolean ended;
  gboolean done;
  GError *error;
} Run;

static MatineeDataset *dataset;

static void
folds_cb (MatineeCrossValidationJob *job, gpointer data)
{
  Run *run = data;
  const MatineeFold *folds;
  guint n;

  g_assert_true (g_thread_self () == run->thread);
  folds = matinee_cross_validation_job_get_folds (job, &n);
  g_assert_cmpuint (n, >, run->n_folds);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (folds[i].number, ==, i + 1);
  run->n_folds = n;
  if (n >= run->stop_at)
    matinee_job_stop (MATINEE_JOB (job));
}

static void
fraction_cb (MatineeCrossValidationJob *job, GParamSpec *pspec, gpointer data)
{
  Run *run = data;

  g_assert_true (g_thread_self () == run->thread);
  g_assert_cmpfloat (matinee_job_get_fraction (MATINEE_JOB (job)), <=, 1);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  run->done = matinee_job_run_finish (MATINEE_JOB (source), result, &run->error);
  run->ended = TRUE;
}

static void
run_job (Run *run, const MatineeParams *params)
{
  run->thread = g_thread_self ();
  run->job = matinee_cross_validation_job_new (dataset, params);
  g_signal_connect (run->job, "folds", G_CALLBACK (folds_cb), run);
  g_signal_connect (run->job, "notify::fraction", G_CALLBACK (fraction_cb), run);
  matinee_job_run_async (MATINEE_JOB (run->job), NULL, ended_cb, run);
  g_assert_true (matinee_job_get_running (MATINEE_JOB (run->job)));
  while (!run->ended)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (matinee_job_get_running (MATINEE_JOB (run->job)));
}

static void
run_clear (Run *run)
{
  job_test_assert_finalized_soon (run->job);
  g_clear_error (&run->error);
}

static void
init_params (MatineeParams *params)
{
  matinee_params_init (params, 2);
  params->n_factors = 4;
  params->n_iterations = 4;
  params->folds = 4;
}

static void
test_folds (void)
{
  Run run = { .stop_at = G_MAXUINT };
  MatineeParams params;
  MatineeFold direct[4];
  const MatineeFold *folds;
  guint n;

  init_params (&params);
  run_job (&run, &params);
  g_assert_no_error (run.error);
  g_assert_true (run.done);
  g_assert_cmpuint (run.n_folds, ==, 4);
  g_assert_cmpfloat (matinee_job_get_fraction (MATINEE_JOB (run.job)), ==, 1);
  folds = matinee_cross_validation_job_get_folds (run.job, &n);
  g_assert_true (
      matinee_cross_validate (dataset->ratings, &params, &(MatineeFoldWatch){ 0 }, NULL, NULL, direct, &n, NULL));
  for (guint i = 0; i < n; i++)
    g_assert_cmpmem (&folds[i].test, sizeof folds[i].test, &direct[i].test, sizeof direct[i].test);
  run_clear (&run);
}

static void
test_stop (void)
{
  Run run = { .stop_at = 1 };
  MatineeParams params;

  init_params (&params);
  params.n_iterations = 3000;
  params.tolerance = 0;
  params.folds = 100;
  run_job (&run, &params);
  g_assert_no_error (run.error);
  g_assert_true (run.done);
  g_assert_cmpuint (run.n_folds, >=, 1);
  g_assert_cmpuint (run.n_folds, <, 100);
  run_clear (&run);
}

static void
test_diverges (void)
{
  Run run = { .stop_at = G_MAXUINT };
  MatineeParams params;

  init_params (&params);
  params.solver = &matinee_solver_gradient;
  params.learning_rate = 1;
  params.n_iterations = 200;
  run_job (&run, &params);
  g_assert_false (run.done);
  g_assert_error (run.error, MATINEE_ERROR, MATINEE_ERROR_DIVERGED);
  g_assert_nonnull (strstr (run.error->message, "Fold 1 of 4"));
  g_assert_cmpuint (run.n_folds, ==, 0);
  run_clear (&run);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

/* Each fold is a run of the history, with a name that says which. */
static void
test_history (void)
{
  Run run = { .stop_at = G_MAXUINT };
  g_autofree char *folder = g_dir_make_tmp ("matinee-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  g_autoptr (MatineeRunStore) store = matinee_run_store_new (path);
  MatineeHistory *history;
  MatineeParams params;

  init_params (&params);
  params.folds = 2;
  run.thread = g_thread_self ();
  run.job = matinee_cross_validation_job_new (dataset, &params);
  matinee_cross_validation_job_set_store (run.job, store, "films.csv");
  matinee_job_run_async (MATINEE_JOB (run.job), NULL, ended_cb, &run);
  while (!run.ended)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (run.error);
  history = matinee_run_store_open (store, NULL);
  for (gint64 id = 1; id <= 2; id++)
    {
      g_autoptr (MatineeRun) kept = matinee_history_get_run (history, id, NULL);
      g_autofree char *name = g_strdup_printf ("Fold %u of 2", (guint) id);

      g_assert_cmpstr (kept->name, ==, name);
      g_assert_cmpstr (kept->split, ==, "fold");
      g_assert_cmpint (kept->params.split, ==, MATINEE_SPLIT_FOLD);
      g_assert_cmpuint (kept->params.fold, ==, id);
      g_assert_cmpint (kept->state, ==, MATINEE_RUN_FINISHED);
    }
  run_clear (&run);
  g_clear_object (&store);
  remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  MatineePlan plan;
  int result;

  g_test_init (&argc, &argv, NULL);
  matinee_plan_init_sample (&plan);
  dataset = matinee_planted_new (&plan, NULL, NULL, NULL);
  g_test_add_func ("/cross-validation-job/folds", test_folds);
  g_test_add_func ("/cross-validation-job/stop", test_stop);
  g_test_add_func ("/cross-validation-job/diverges", test_diverges);
  g_test_add_func ("/cross-validation-job/history", test_history);
  result = g_test_run ();
  matinee_dataset_unref (dataset);
  return result;
}
