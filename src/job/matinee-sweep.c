/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-sweep.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "matinee-error.h"
#include "matinee-run-recorder.h"
#include "matinee-trainer.h"

/* A run at work. */
typedef struct
{
  MatineeSweepCell cell;
  MatineeRunRecorder *recorder; /* or NULL */
  MatineeSweepFunc func;
  gpointer data;
} Work;

/* What is known after an iteration. */
static gboolean
iteration_cb (MatineeTrainer *trainer, const MatineeTracePoint *point, gpointer data)
{
  Work *work = data;
  double rmse = matinee_errors_rmse (&point->test);

  if (work->recorder != NULL)
    matinee_run_recorder_append (work->recorder, point);
  work->cell.iterations = point->iteration;
  work->cell.seconds = point->seconds;
  work->cell.train = point->train;
  work->cell.test = point->test;
  if (isfinite (rmse) && !(work->cell.best_test_rmse <= rmse))
    {
      work->cell.best_test_rmse = rmse;
      work->cell.best_iteration = point->iteration;
    }
  return work->func (&work->cell, NULL, work->data);
}

static MatineeModel *
train (const MatineeSweep *sweep, const MatineeParams *params, Work *work, char **message, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MatineeTrainer) trainer
      = matinee_trainer_new (params, sweep->split, NULL, sweep->pool, sweep->stop, error);

  if (trainer == NULL)
    return NULL;
  work->cell.reason = matinee_trainer_run (trainer, iteration_cb, work, &failure);
  if (work->cell.reason == MATINEE_RUNNING)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  *message = failure != NULL ? g_strdup (failure->message) : NULL;
  return matinee_trainer_finish (trainer, sweep->ratings->users, sweep->ratings->movies);
}

/* The run is called by what tells it from the others. */
static char *
dup_name (const MatineeGrid *grid, const MatineeParams *params)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = grid->n_dimensions; i-- > 0;)
    {
      const MatineeParamInfo *info = matinee_param_info (grid->dimensions[i].id);
      char value[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (value, sizeof value, "%.6g", matinee_params_get (params, info->id));
      g_string_append_printf (name, "%s%s %s", name->len > 0 ? ", " : "", _ (info->label), value);
    }
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static gboolean
fail_stopped (GError **error)
{
  g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED, _ ("The sweep was stopped"));
  return FALSE;
}

/* A run that diverges is a result; FALSE is for what isn't, and for a request to stop. */
static gboolean
do_run (const MatineeSweep *sweep, guint index, MatineeSweepFunc func, gpointer data, GError **error)
{
  Work work = { { .index = index, .state = MATINEE_SWEEP_RUNNING, .best_test_rmse = NAN }, NULL, func, data };
  g_autoptr (MatineeRunRecorder) recorder = NULL;
  g_autoptr (MatineeModel) model = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *message = NULL;
  MatineeParams params;

  matinee_grid_get_params (sweep->grid, index, &params);
  if (sweep->store != NULL)
    {
      g_autofree char *name = dup_name (sweep->grid, &params);

      recorder = work.recorder = matinee_run_recorder_new (sweep->store, sweep->data_name);
      matinee_run_recorder_set_name (recorder, name);
      matinee_run_recorder_set_preparation (recorder, sweep->preparation);
      matinee_run_recorder_begin (recorder, &params, sweep->ratings, sweep->split, sweep->pool, sweep->stop);
      work.cell.run = matinee_run_recorder_get_run (recorder);
    }
  model = train (sweep, &params, &work, &message, &failure);
  if (recorder != NULL && model != NULL)
    matinee_run_recorder_finish (recorder, model, message);
  else if (recorder != NULL)
    matinee_run_recorder_fail (recorder, failure);
  if (model == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  work.cell.state = MATINEE_SWEEP_DONE;
  work.cell.train = model->train;
  work.cell.test = model->test;
  if (!func (&work.cell, model, data) || work.cell.reason == MATINEE_CANCELLED)
    return fail_stopped (error);
  return TRUE;
}

/* Whether a run came to an end that it would come to again. */
static gboolean
is_whole (const MatineeRun *run, const MatineeSplit *split)
{
  return run->state == MATINEE_RUN_FINISHED && run->reason != MATINEE_CANCELLED
         && run->n_train == split->train_by_user->n_entries && run->n_test == split->test_by_user->n_entries;
}

static void
take_run (const MatineeRun *run, guint index, MatineeSweepCell *cell)
{
  *cell = (MatineeSweepCell){
    .index = index,
    .state = MATINEE_SWEEP_DONE,
    .run = run->id,
    .found = TRUE,
    .reason = run->reason,
    .iterations = run->n_points > 0 ? run->n_points - 1 : 0,
    .best_iteration = run->best_iteration,
    .best_test_rmse = run->best_test_rmse,
    .seconds = run->seconds,
    .train = run->train,
    .test = run->test,
  };
}

/* Tells of the runs that the history has already, in the order of the grid. Without a history, or when it can't
 * be read, which the store tells, all are done anew. */
static gboolean
find_runs (const MatineeSweep *sweep, gboolean *done, MatineeSweepFunc func, gpointer data, GError **error)
{
  MatineeHistory *history = sweep->store != NULL ? matinee_run_store_open (sweep->store, NULL) : NULL;
  MatineeFingerprint fingerprint;
  const MatineeRunQuery query = { .fingerprint = &fingerprint, .descending = TRUE };
  g_autoptr (GPtrArray) runs = NULL;
  g_autofree MatineeSweepCell *cells = g_new (MatineeSweepCell, sweep->grid->n_runs);
  g_autoptr (GError) failure = NULL;

  if (history == NULL)
    return TRUE;
  if (!matinee_preparation_get_fingerprint (sweep->preparation, sweep->ratings, &sweep->grid->base, sweep->split,
                                            sweep->pool, sweep->stop, &fingerprint, error))
    return FALSE;
  runs = matinee_history_list (history, &query, &failure);
  if (runs == NULL)
    {
      matinee_run_store_tell_trouble (sweep->store, failure->message);
      return TRUE;
    }
  for (guint i = 0; i < runs->len; i++)
    {
      const MatineeRun *run = runs->pdata[i];
      guint index;

      if (!is_whole (run, sweep->split) || !matinee_grid_find (sweep->grid, &run->params, &index) || done[index])
        continue;
      done[index] = TRUE;
      take_run (run, index, &cells[index]);
    }
  for (guint i = 0; i < sweep->grid->n_runs; i++)
    if (done[i] && !func (&cells[i], NULL, data))
      return fail_stopped (error);
  return TRUE;
}

/**
 * matinee_sweep_run:
 * @sweep: what to do
 * @func: told of every iteration and every run; from this thread
 * @data: user data for @func
 * @error: return location
 *
 * Trains with every combination of values, one after another: first tells of those that
 * the history has from before, with the same data, split and parameters. Stopped, it
 * keeps what is done, and can be gone on with by being called again.
 *
 * Returns: whether all runs have ended; else %MATINEE_ERROR_CANCELLED when @func or
 *   @stop asked to stop, or another error
 */
gboolean
matinee_sweep_run (const MatineeSweep *sweep, MatineeSweepFunc func, gpointer data, GError **error)
{
  g_autofree gboolean *done = g_new0 (gboolean, sweep->grid->n_runs);

  if (!find_runs (sweep, done, func, data, error))
    return FALSE;
  for (guint i = 0; i < sweep->grid->n_runs; i++)
    {
      if (done[i])
        continue;
      if (matinee_stop_requested (sweep->stop))
        return fail_stopped (error);
      if (!do_run (sweep, i, func, data, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * matinee_sweep_check_split:
 * @split: a split
 * @error: return location
 *
 * Returns: whether runs can be compared by their errors on it; else %MATINEE_ERROR_DATA
 */
gboolean
matinee_sweep_check_split (const MatineeSplit *split, GError **error)
{
  if (split->test_by_user->n_entries > 0)
    return TRUE;
  g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                       _ ("There are no test ratings to compare the runs by: make the test share larger"));
  return FALSE;
}

/**
 * matinee_sweep_cell_get:
 * @cell: a run
 * @measure: which error
 *
 * Returns: that RMSE on the test ratings, unclipped; NaN of a run that is not done, was
 *   stopped or diverged
 */
double
matinee_sweep_cell_get (const MatineeSweepCell *cell, MatineeSweepMeasure measure)
{
  if (cell->state != MATINEE_SWEEP_DONE || cell->reason == MATINEE_DIVERGED || cell->reason == MATINEE_CANCELLED)
    return NAN;
  return measure == MATINEE_SWEEP_FINAL ? matinee_errors_rmse (&cell->test) : cell->best_test_rmse;
}

/**
 * matinee_sweep_cell_is_better:
 * @cell: a run
 * @than: (nullable): another; %NULL for none yet
 * @measure: which error
 *
 * Returns: whether @cell has a lower error, one that counts
 */
gboolean
matinee_sweep_cell_is_better (const MatineeSweepCell *cell, const MatineeSweepCell *than, MatineeSweepMeasure measure)
{
  double value = matinee_sweep_cell_get (cell, measure);

  return isfinite (value) && (than == NULL || value < matinee_sweep_cell_get (than, measure));
}
