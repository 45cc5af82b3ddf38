/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "job-test.h"
#include "matinee-error.h"
#include "matinee-solver.h"
#include "matinee-training-job.h"

/* What the store told while a job ran. */
typedef struct
{
  MatineeRunStore *store;
  MatineeModel *model;
  GError *error;
  gboolean done;
  guint n_changed;
  guint n_troubles;
  char *trouble;
  gboolean stop_at_once;
} Run;

static MatineeDataset *dataset;
static const char *program;
static char *folder;

static void
changed_cb (MatineeRunStore *store, gint64 id, Run *run)
{
  g_assert_cmpint (id, >, 0);
  run->n_changed++;
}

static void
trouble_cb (MatineeRunStore *store, const char *text, Run *run)
{
  g_free (run->trouble);
  run->trouble = g_strdup (text);
  run->n_troubles++;
}

static void
trained_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  run->model = matinee_training_job_run_finish (MATINEE_TRAINING_JOB (source), result, &run->error);
  run->done = TRUE;
}

static void
set_params (MatineeParams *params, guint n_iterations)
{
  matinee_params_init (params, 2);
  params->n_factors = 8;
  params->tolerance = 0;
  params->n_iterations = n_iterations;
}

/* Trains to the end and lets all news arrive. */
static void
train (Run *run, const MatineeParams *params)
{
  g_autoptr (MatineeTrainingJob) job = matinee_training_job_new (dataset, params);

  run->done = FALSE;
  g_clear_pointer (&run->model, matinee_model_unref);
  g_clear_error (&run->error);
  matinee_training_job_set_store (job, run->store, "sample.csv");
  matinee_job_run_async (MATINEE_JOB (job), NULL, trained_cb, run);
  if (run->stop_at_once)
    matinee_job_stop (MATINEE_JOB (job));
  while (!run->done || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
}

static void
run_init (Run *run, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  memset (run, 0, sizeof *run);
  run->store = matinee_run_store_new (path);
  g_signal_connect (run->store, "changed", G_CALLBACK (changed_cb), run);
  g_signal_connect (run->store, "trouble", G_CALLBACK (trouble_cb), run);
}

static void
run_clear (Run *run)
{
  gpointer watched = run->store;

  g_object_add_weak_pointer (watched, &watched);
  g_object_unref (run->store);
  for (guint i = 0; i < 10000 && watched != NULL; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_null (watched);
  g_clear_pointer (&run->model, matinee_model_unref);
  g_clear_error (&run->error);
  g_free (run->trouble);
}

/* A run holds what the model holds, to the last bit. */
static void
test_keeps (void)
{
  Run run;
  MatineeParams params;
  MatineeHistory *history;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (MatineeTrace) trace = NULL;
  const MatineeRun *kept;

  run_init (&run, "keeps.db");
  set_params (&params, 30);
  train (&run, &params);
  g_assert_no_error (run.error);
  g_assert_cmpuint (run.n_changed, ==, 2);
  g_assert_null (run.trouble);

  history = matinee_run_store_open (run.store, NULL);
  runs = matinee_history_list (history, &(MatineeRunQuery){ .limit = 0 }, NULL);
  g_assert_cmpuint (runs->len, ==, 1);
  kept = runs->pdata[0];
  g_assert_cmpint (kept->state, ==, MATINEE_RUN_FINISHED);
  g_assert_cmpint (kept->reason, ==, run.model->reason);
  g_assert_cmpstr (kept->data_name, ==, "sample.csv");
  g_assert_cmpuint (kept->n_train, ==, run.model->split->train_by_user->n_entries);
  g_assert_cmpuint (kept->iteration, ==, run.model->iteration);
  g_assert_cmpfloat (kept->test.squared_clipped, ==, run.model->test.squared_clipped);
  g_assert_true (matinee_params_equal (&kept->params, &params));
  trace = matinee_history_get_trace (history, kept->id, NULL);
  g_assert_cmpuint (trace->n, ==, run.model->trace->n);
  for (guint i = 0; i < trace->n; i++)
    {
      g_assert_cmpuint (trace->points[i].iteration, ==, i);
      g_assert_cmpfloat (trace->points[i].test.squared, ==, run.model->trace->points[i].test.squared);
    }
  run_clear (&run);
}

/* What is stopped or diverges says so in the history. */
static void
test_reasons (void)
{
  Run run;
  MatineeParams params;
  MatineeHistory *history;
  g_autoptr (GPtrArray) runs = NULL;
  const MatineeRun *kept;

  run_init (&run, "reasons.db");
  matinee_params_init (&params, 2);
  matinee_params_apply_preset (&params, matinee_preset_find ("classic-script"));
  params.learning_rate = 1;
  params.n_iterations = 200;
  train (&run, &params);
  g_assert_no_error (run.error);
  history = matinee_run_store_open (run.store, NULL);
  runs = matinee_history_list (history, &(MatineeRunQuery){ .limit = 0 }, NULL);
  g_assert_cmpuint (runs->len, ==, 1);
  kept = runs->pdata[0];
  g_assert_cmpint (kept->reason, ==, MATINEE_DIVERGED);
  g_assert_nonnull (strstr (kept->message, "learning rate"));
  g_assert_true (isfinite (matinee_errors_rmse (&kept->train)));

  run.stop_at_once = TRUE;
  set_params (&params, 10000);
  train (&run, &params);
  g_clear_pointer (&runs, g_ptr_array_unref);
  runs = matinee_history_list (history, &(MatineeRunQuery){ .descending = TRUE }, NULL);
  /* Stopped before it began there is no run, and later a stopped one; never an open one. */
  kept = runs->pdata[0];
  if (runs->len == 2)
    {
      g_assert_cmpint (kept->state, ==, MATINEE_RUN_FINISHED);
      g_assert_cmpint (kept->reason, ==, MATINEE_CANCELLED);
    }
  else
    g_assert_cmpuint (runs->len, ==, 1);
  run_clear (&run);
}

/* A history that can't be kept is told once, and training goes on. */
static void
test_trouble (void)
{
  Run run;
  MatineeParams params;
  g_autofree char *blocked = g_build_filename (folder, "blocked.db", NULL);
  g_autofree char *damaged = g_build_filename (folder, "damaged.db", NULL);

  set_params (&params, 3);
  g_assert_cmpint (g_mkdir (blocked, 0700), ==, 0);
  run_init (&run, "blocked.db");
  train (&run, &params);
  g_assert_nonnull (run.model);
  train (&run, &params);
  g_assert_nonnull (run.model);
  g_assert_cmpuint (run.n_troubles, ==, 1);
  g_assert_nonnull (strstr (run.trouble, "blocked.db"));
  g_assert_cmpuint (run.n_changed, ==, 0);
  run_clear (&run);

  g_assert_true (
      g_file_set_contents (damaged, "This is no history at all, but long enough to be looked at.\n", -1, NULL));
  run_init (&run, "damaged.db");
  train (&run, &params);
  g_assert_nonnull (run.model);
  g_assert_cmpuint (run.n_troubles, ==, 1);
  g_assert_nonnull (strstr (run.trouble, "damaged"));
  g_assert_cmpuint (run.n_changed, ==, 2);
  run_clear (&run);
}

static void
print_points_cb (MatineeTrainingJob *job, const MatineeTracePoint *points, guint n)
{
  printf ("%u %" G_GINT64_FORMAT "\n", points[n - 1].iteration, g_get_monotonic_time ());
  fflush (stdout);
}

/* Trains until it is killed, and prints how far it is. */
static void
train_for_ever (const char *path)
{
  g_autoptr (MatineeRunStore) store = matinee_run_store_new (path);
  g_autoptr (MatineeTrainingJob) job = NULL;
  Run run = { .store = store };
  MatineeParams params;

  dataset = job_test_load_sample ();
  matinee_params_init (&params, 1);
  matinee_params_apply_preset (&params, matinee_preset_find ("classic-script"));
  params.learning_rate = 1e-6;
  params.tolerance = 0;
  params.n_iterations = 10000;
  params.n_factors = 300;
  job = matinee_training_job_new (dataset, &params);
  matinee_training_job_set_store (job, store, "victim");
  g_signal_connect (job, "points", G_CALLBACK (print_points_cb), NULL);
  matinee_job_run_async (MATINEE_JOB (job), NULL, trained_cb, &run);
  while (!run.done)
    g_main_context_iteration (NULL, TRUE);
}

/* A program that is killed while it trains loses a second at most. */
static void
test_kill (void)
{
  g_autofree char *path = g_build_filename (folder, "kill.db", NULL);
  g_autoptr (GSubprocess) child
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, program, "--victim", path, NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (MatineeHistory) history = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  const MatineeRun *run;
  gint64 first = 0;
  guint expected = 0;
  char *line;
  struct
  {
    guint iteration;
    gint64 time;
  } seen[1000];
  guint n = 0;

  g_assert_nonnull (child);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  while (n < G_N_ELEMENTS (seen) && (line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      g_assert_cmpint (sscanf (line, "%u %" G_GINT64_FORMAT, &seen[n].iteration, &seen[n].time), ==, 2);
      g_free (line);
      first = first != 0 ? first : seen[n].time;
      /* However slow the machine is, there's something to lose. */
      if (seen[n++].time - first > 2600000 && n > 10)
        break;
    }
  g_subprocess_force_exit (child);
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
  g_assert_cmpuint (n, >, 10);
  /* With some allowance for a machine that is busy with other tests. */
  for (guint i = 0; i < n; i++)
    if (seen[n - 1].time - seen[i].time > 1500000)
      expected = seen[i].iteration;
  g_assert_cmpuint (expected, >, 0);

  history = matinee_history_open (path, NULL);
  g_assert_nonnull (history);
  runs = matinee_history_list (history, &(MatineeRunQuery){ .limit = 0 }, NULL);
  g_assert_cmpuint (runs->len, ==, 1);
  run = runs->pdata[0];
  g_test_message ("%u of %u iterations are there", run->n_points, seen[n - 1].iteration + 1);
  g_assert_cmpint (run->state, ==, MATINEE_RUN_INTERRUPTED);
  g_assert_cmpuint (run->n_points, >, expected);
}

static void
remove_folder (void)
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

int
main (int argc, char *argv[])
{
  int result;

  if (argc == 3 && strcmp (argv[1], "--victim") == 0)
    {
      train_for_ever (argv[2]);
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  program = argv[0];
  folder = g_dir_make_tmp ("matinee-XXXXXX", NULL);
  dataset = job_test_load_sample ();
  g_test_add_func ("/run-recorder/keeps", test_keeps);
  g_test_add_func ("/run-recorder/reasons", test_reasons);
  g_test_add_func ("/run-recorder/trouble", test_trouble);
  g_test_add_func ("/run-recorder/kill", test_kill);
  result = g_test_run ();
  matinee_dataset_unref (dataset);
  remove_folder ();
  g_free (folder);
  return result;
}
