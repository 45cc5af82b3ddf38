/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-sweep-job.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "job-test.h"
#include "matinee-error.h"
#include "matinee-solver.h"
#include "matinee-training-job.h"

typedef struct
{
  MatineeSweepJob *job;
  MatineeRatings *test;      /* that are given, or %NULL */
  MatineeSweepCell cells[6]; /* as they came last */
  guint n_done;
  guint n_found;
  guint stop_after; /* runs, or 0 */
  gboolean ended;
  gboolean complete;
  GError *error;
} Sweep;

static MatineeDataset *dataset;
static MatineeRunStore *store;
static MatineePreparation *preparation;

static void
set_grid (MatineeGrid *grid, guint n_threads)
{
  matinee_params_init (&grid->base, n_threads);
  grid->base.n_iterations = 4;
  matinee_grid_add (grid, MATINEE_PARAM_FACTORS, (const double[]){ 2, 5 }, 2);
  matinee_grid_add (grid, MATINEE_PARAM_REGULARIZATION, (const double[]){ 0.5, 1, 2 }, 3);
  g_assert_true (matinee_grid_check (grid, NULL));
}

static void
cells_cb (MatineeSweepJob *job, const MatineeSweepCell *cells, guint n, Sweep *sweep)
{
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (cells[i].index, <, G_N_ELEMENTS (sweep->cells));
      g_assert_cmpint (sweep->cells[cells[i].index].state, !=, MATINEE_SWEEP_DONE);
      sweep->cells[cells[i].index] = cells[i];
      sweep->n_done += cells[i].state == MATINEE_SWEEP_DONE && cells[i].reason != MATINEE_CANCELLED;
      sweep->n_found += cells[i].found;
    }
  if (sweep->stop_after > 0 && sweep->n_done >= sweep->stop_after)
    matinee_job_stop (MATINEE_JOB (job));
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Sweep *sweep = data;

  sweep->complete = matinee_job_run_finish (MATINEE_JOB (source), result, &sweep->error);
  sweep->ended = TRUE;
}

static void
sweep_grid (Sweep *sweep, const MatineeGrid *grid)
{
  g_autoptr (MatineeSweepJob) job = matinee_sweep_job_new (dataset, grid);

  matinee_sweep_job_set_preparation (job, preparation);
  if (sweep->test != NULL)
    matinee_sweep_job_set_test (job, sweep->test);
  if (store != NULL)
    matinee_sweep_job_set_store (job, store, "sample");
  g_signal_connect (job, "cells", G_CALLBACK (cells_cb), sweep);
  matinee_job_run_async (MATINEE_JOB (job), NULL, ended_cb, sweep);
  while (!sweep->ended)
    g_main_context_iteration (NULL, TRUE);
  if (sweep->complete)
    g_assert_cmpfloat (matinee_job_get_fraction (MATINEE_JOB (job)), ==, 1);
}

static guint
n_runs (void)
{
  guint n = 0;

  g_assert_true (matinee_history_count (matinee_run_store_open (store, NULL), &(MatineeRunQuery){ 0 }, &n, NULL));
  return n;
}

/* Every run is the training that it would be alone, to the last bit, on any number of
 * threads; and all of them are of one split. */
static void
test_same_as_training (void)
{
  g_auto (MatineeGrid) grid = { 0 };
  g_auto (MatineeGrid) other = { 0 };
  Sweep sweep = { 0 };
  Sweep again = { 0 };
  MatineeSplit *split = NULL;

  set_grid (&grid, 2);
  set_grid (&other, 1);
  sweep_grid (&sweep, &grid);
  g_assert_no_error (sweep.error);
  g_assert_true (sweep.complete);
  g_assert_cmpuint (sweep.n_done, ==, 6);
  sweep_grid (&again, &other);
  for (guint i = 0; i < grid.n_runs; i++)
    {
      g_autoptr (MatineeTrainingJob) job = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (MatineeModel) model = NULL;
      MatineeParams params;

      matinee_grid_get_params (&grid, i, &params);
      job = matinee_training_job_new (dataset, &params);
      matinee_training_job_set_preparation (job, preparation);
      result = job_test_wait (job, NULL);
      model = matinee_training_job_run_finish (job, result, NULL);
      g_assert_cmpfloat (sweep.cells[i].test.squared, ==, model->test.squared);
      g_assert_cmpfloat (again.cells[i].test.squared, ==, model->test.squared);
      g_assert_cmpfloat (sweep.cells[i].best_test_rmse, ==,
                         matinee_errors_rmse (&matinee_trace_best (model->trace)->test));
      g_assert_cmpuint (sweep.cells[i].iterations, ==, matinee_trace_last (model->trace)->iteration);
      /* Made once, for all of them. */
      g_assert_true (split == NULL || split == model->split);
      split = model->split;
    }
}

/* What is in the history is not done again, whoever did it. */
static void
test_resume (void)
{
  g_autofree char *folder = g_dir_make_tmp ("matinee-sweep-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  g_auto (MatineeGrid) grid = { 0 };
  g_auto (MatineeGrid) seeded = { 0 };
  Sweep first = { .stop_after = 2 };
  Sweep second = { 0 };
  Sweep third = { 0 };
  guint done;

  store = matinee_run_store_new (path);
  set_grid (&grid, 2);
  sweep_grid (&first, &grid);
  /* Where it stops depends on the machine; the last one may have been done by then. */
  if (!first.complete)
    g_assert_error (first.error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
  g_clear_error (&first.error);
  done = first.n_done;
  g_assert_cmpuint (done, >=, 2);

  sweep_grid (&second, &grid);
  g_assert_true (second.complete);
  g_assert_cmpuint (second.n_done, ==, 6);
  g_assert_cmpuint (second.n_found, ==, done);
  for (guint i = 0; i < 6; i++)
    {
      g_assert_cmpint (second.cells[i].run, >, 0);
      if (first.cells[i].state == MATINEE_SWEEP_DONE && first.cells[i].reason != MATINEE_CANCELLED)
        {
          g_assert_true (second.cells[i].found);
          g_assert_cmpint (second.cells[i].run, ==, first.cells[i].run);
          g_assert_cmpfloat (second.cells[i].test.squared, ==, first.cells[i].test.squared);
          g_assert_cmpfloat (second.cells[i].best_test_rmse, ==, first.cells[i].best_test_rmse);
          g_assert_cmpuint (second.cells[i].iterations, ==, first.cells[i].iterations);
        }
    }
  done = n_runs ();

  /* Another split makes it another experiment. */
  set_grid (&seeded, 2);
  seeded.base.seed = 99;
  sweep_grid (&third, &seeded);
  g_assert_cmpuint (third.n_found, ==, 0);
  g_assert_cmpuint (n_runs (), ==, done + 6);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&store);
}

static MatineeRatings *
make_ratings (const MatineeSparse *sparse)
{
  MatineeTriples triples = { 0 };

  g_assert_true (matinee_triples_alloc (&triples, sparse->n_entries, FALSE, NULL));
  for (guint32 row = 0; row < sparse->n_rows; row++)
    for (gsize e = sparse->offsets[row]; e < sparse->offsets[row + 1]; e++)
      {
        triples.users[e] = row;
        triples.movies[e] = sparse->columns[e];
        triples.values[e] = matinee_sparse_value (sparse, e);
      }
  return matinee_ratings_new (dataset->ratings->users, dataset->ratings->movies, &triples, NULL, NULL, NULL);
}

/* Ratings to test on that are in a file of their own. With both files in each other's
 * place all is the same but what trains and what tests: runs of that are of no use. */
static void
test_given (void)
{
  g_autofree char *folder = g_dir_make_tmp ("matinee-sweep-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  g_autoptr (MatineeSplit) halves = matinee_split_new_random (dataset->ratings, 0.5, 1, NULL, NULL, NULL);
  g_autoptr (MatineeRatings) one = make_ratings (halves->train_by_user);
  g_autoptr (MatineeRatings) other = make_ratings (halves->test_by_user);
  MatineeDataset *all = dataset;
  g_auto (MatineeGrid) grid = { 0 };
  Sweep sweeps[] = { { .test = other }, { .test = one }, { .test = other } };

  g_assert_cmpuint (matinee_ratings_get_n (one), ==, matinee_ratings_get_n (other));
  store = matinee_run_store_new (path);
  set_grid (&grid, 2);
  grid.base.split = MATINEE_SPLIT_GIVEN;
  for (guint i = 0; i < G_N_ELEMENTS (sweeps); i++)
    {
      dataset = matinee_dataset_new (i == 1 ? other : one, all->titles, NULL);
      sweep_grid (&sweeps[i], &grid);
      g_clear_pointer (&dataset, matinee_dataset_unref);
      g_assert_no_error (sweeps[i].error);
      g_assert_cmpuint (sweeps[i].n_done, ==, 6);
      g_assert_cmpuint (sweeps[i].n_found, ==, i == 2 ? 6 : 0);
      g_assert_cmpuint (sweeps[i].cells[0].test.n, ==, matinee_ratings_get_n (one));
    }
  g_assert_cmpfloat (sweeps[0].cells[0].test.squared, !=, sweeps[1].cells[0].test.squared);
  g_assert_cmpfloat (sweeps[0].cells[0].test.squared, ==, sweeps[2].cells[0].test.squared);
  dataset = all;
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&store);
}

/* A run that diverges is a result, and never the best. */
static void
test_diverged (void)
{
  g_auto (MatineeGrid) grid = { 0 };
  Sweep sweep = { 0 };

  matinee_params_init (&grid.base, 2);
  matinee_params_apply_preset (&grid.base, matinee_preset_for_solver (matinee_solver_find ("gradient")));
  grid.base.n_iterations = 60;
  matinee_grid_add (&grid, MATINEE_PARAM_LEARNING_RATE, (const double[]){ 0.0001, 0.9 }, 2);
  g_assert_true (matinee_grid_check (&grid, NULL));
  sweep_grid (&sweep, &grid);
  g_assert_true (sweep.complete);
  g_assert_cmpint (sweep.cells[1].reason, ==, MATINEE_DIVERGED);
  g_assert_true (isnan (matinee_sweep_cell_get (&sweep.cells[1], MATINEE_SWEEP_FINAL)));
  g_assert_true (matinee_sweep_cell_is_better (&sweep.cells[0], NULL, MATINEE_SWEEP_BEST));
  g_assert_false (matinee_sweep_cell_is_better (&sweep.cells[1], NULL, MATINEE_SWEEP_BEST));
  g_assert_false (matinee_sweep_cell_is_better (&sweep.cells[1], &sweep.cells[0], MATINEE_SWEEP_FINAL));
}

/* What was made once is there: also for somebody who asks to stop at once, and so could
 * not have it made. */
static void
test_preparation (void)
{
  g_autoptr (MatineePreparation) known = matinee_preparation_new ();
  g_autoptr (MatineeSplit) split = NULL;
  g_autoptr (MatineeSplit) again = NULL;
  g_autoptr (MatineeSplit) other = NULL;
  g_autoptr (GError) error = NULL;
  MatineeStop stop = { 0 };
  MatineeFingerprint fingerprint, same;
  MatineeBaselines baselines, computed;
  MatineeParams params;

  matinee_params_init (&params, 2);
  split = matinee_preparation_get_split (known, &dataset, NULL, &params, NULL, &stop, NULL);
  g_assert_true (
      matinee_preparation_get_fingerprint (known, dataset->ratings, &params, split, NULL, &stop, &fingerprint, NULL));
  g_assert_true (matinee_preparation_get_baselines (known, split, &params, NULL, &stop, &baselines, NULL));
  matinee_stop_request (&stop);
  params.n_factors++;
  params.regularization++;
  again = matinee_preparation_get_split (known, &dataset, NULL, &params, NULL, &stop, NULL);
  g_assert_true (again == split);
  g_assert_true (
      matinee_preparation_get_fingerprint (known, dataset->ratings, &params, split, NULL, &stop, &same, NULL));
  g_assert_true (matinee_fingerprint_equal (&fingerprint, &same));
  g_assert_true (matinee_preparation_get_baselines (known, split, &params, NULL, &stop, &computed, NULL));
  g_assert_cmpfloat (computed.biases.squared, ==, baselines.biases.squared);

  /* Other biases, or another split, it has to make. */
  params.bias_regularization++;
  g_assert_false (matinee_preparation_get_baselines (known, split, &params, NULL, &stop, &computed, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
  params.seed++;
  other = matinee_preparation_get_split (known, &dataset, NULL, &params, NULL, NULL, NULL);
  g_assert_true (other != split);
}

static void
test_refused (void)
{
  g_auto (MatineeGrid) grid = { 0 };
  Sweep sweep = { 0 };

  set_grid (&grid, 2);
  grid.base.test_share = 0;
  sweep_grid (&sweep, &grid);
  g_assert_false (sweep.complete);
  g_assert_error (sweep.error, MATINEE_ERROR, MATINEE_ERROR_DATA);
  g_clear_error (&sweep.error);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  dataset = job_test_load_sample ();
  preparation = matinee_preparation_new ();
  g_test_add_func ("/sweep/same-as-training", test_same_as_training);
  g_test_add_func ("/sweep/resume", test_resume);
  g_test_add_func ("/sweep/given", test_given);
  g_test_add_func ("/sweep/diverged", test_diverged);
  g_test_add_func ("/sweep/preparation", test_preparation);
  g_test_add_func ("/sweep/refused", test_refused);
  status = g_test_run ();
  g_clear_pointer (&preparation, matinee_preparation_unref);
  matinee_dataset_unref (dataset);
  return status;
}
