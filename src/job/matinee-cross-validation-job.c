/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cross-validation-job.h"

#include <glib/gi18n-lib.h>

#include "matinee-error.h"
#include "matinee-run-recorder.h"
#include "matinee-system.h"

/**
 * MatineeCrossValidationJob:
 *
 * A cross-validation that runs in a worker thread and tells of the folds that are done
 * in the thread that made it. With a store, each fold is a run of the history.
 */
struct _MatineeCrossValidationJob
{
  MatineeJob parent_instance;

  MatineeDataset *dataset;
  MatineeParams params;
  MatineeRunStore *store;
  char *data_name;
  GArray *folds; /* of MatineeFold, those that were told of */

  /* Touched by the worker only. */
  MatineePool *pool;
  MatineeRunRecorder *recorder;
};

G_DEFINE_FINAL_TYPE (MatineeCrossValidationJob, matinee_cross_validation_job, MATINEE_TYPE_JOB)

enum
{
  FOLDS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
matinee_cross_validation_job_deliver (MatineeJob *job, gconstpointer folds, guint n)
{
  if (n == 0)
    return;
  g_array_append_vals (MATINEE_CROSS_VALIDATION_JOB (job)->folds, folds, n);
  g_signal_emit (job, signals[FOLDS], 0);
}

static void
begin_cb (guint number, const MatineeParams *params, const MatineeSplit *split, gpointer data)
{
  MatineeCrossValidationJob *self = data;
  g_autofree char *name = NULL;

  if (self->store == NULL)
    return;
  name = g_strdup_printf (_ ("Fold %u of %u"), number, params->folds);
  self->recorder = matinee_run_recorder_new (self->store, self->data_name);
  matinee_run_recorder_set_name (self->recorder, name);
  matinee_run_recorder_begin (self->recorder, params, self->dataset->ratings, split, self->pool,
                              matinee_job_get_stop (data));
}

static double
get_fraction (MatineeCrossValidationJob *self, guint number, double of_fold)
{
  return (number - 1 + MIN (of_fold, 1.0)) / self->params.folds;
}

static gboolean
point_cb (guint number, const MatineeTracePoint *point, gpointer data)
{
  MatineeCrossValidationJob *self = data;

  if (self->recorder != NULL)
    matinee_run_recorder_append (self->recorder, point);
  matinee_job_post (data, NULL,
                    get_fraction (self, number, (double) point->iteration / MAX (self->params.n_iterations, 1)));
  return TRUE;
}

static void
end_cb (const MatineeFold *fold, const MatineeModel *model, const char *message, gpointer data)
{
  MatineeCrossValidationJob *self = data;

  if (self->recorder != NULL)
    matinee_run_recorder_finish (self->recorder, model, message);
  g_clear_pointer (&self->recorder, matinee_run_recorder_free);
  if (fold->reason != MATINEE_CANCELLED && fold->reason != MATINEE_DIVERGED)
    matinee_job_post (data, fold, get_fraction (self, fold->number, 1.0));
}

static gboolean
cross_validate (MatineeCrossValidationJob *self, GError **error)
{
  MatineeRatings *ratings = self->dataset->ratings;
  MatineeFoldWatch watch = { begin_cb, point_cb, end_cb, self };
  g_autofree MatineeFold *folds = NULL;
  guint n_done;

  if (!matinee_params_check (&self->params, error) || !matinee_system_check_memory (&self->params, ratings, error))
    return FALSE;
  folds = g_new0 (MatineeFold, self->params.folds);
  return matinee_cross_validate (ratings, &self->params, &watch, self->pool, matinee_job_get_stop (MATINEE_JOB (self)),
                                 folds, &n_done, error);
}

static gboolean
matinee_cross_validation_job_run (MatineeJob *job, GCancellable *cancellable, GError **error)
{
  MatineeCrossValidationJob *self = MATINEE_CROSS_VALIDATION_JOB (job);
  GError *problem = NULL;
  gboolean done;

  self->pool = matinee_pool_new (CLAMP (self->params.n_threads, 1, MATINEE_MAX_THREADS));
  done = cross_validate (self, &problem);
  /* A fold that was begun and did not come to an end. */
  if (self->recorder != NULL)
    {
      g_autoptr (GError) reason = problem != NULL ? g_error_copy (problem) : NULL;

      if (reason == NULL)
        matinee_error_set_cancelled (&reason);
      matinee_run_recorder_fail (self->recorder, reason);
    }
  g_clear_pointer (&self->recorder, matinee_run_recorder_free);
  g_clear_pointer (&self->pool, matinee_pool_free);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return done;
}

static void
matinee_cross_validation_job_finalize (GObject *object)
{
  MatineeCrossValidationJob *self = MATINEE_CROSS_VALIDATION_JOB (object);

  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  g_clear_pointer (&self->folds, g_array_unref);
  g_clear_pointer (&self->data_name, g_free);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (matinee_cross_validation_job_parent_class)->finalize (object);
}

static void
matinee_cross_validation_job_class_init (MatineeCrossValidationJobClass *klass)
{
  MatineeJobClass *job_class = MATINEE_JOB_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = matinee_cross_validation_job_finalize;
  job_class->record_size = sizeof (MatineeFold);
  job_class->run = matinee_cross_validation_job_run;
  job_class->deliver = matinee_cross_validation_job_deliver;

  /**
   * MatineeCrossValidationJob::folds:
   * @self: the job
   *
   * One or more folds were done.
   */
  signals[FOLDS] = g_signal_new ("folds", MATINEE_TYPE_CROSS_VALIDATION_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
matinee_cross_validation_job_init (MatineeCrossValidationJob *self)
{
  self->folds = g_array_new (FALSE, FALSE, sizeof (MatineeFold));
}

/**
 * matinee_cross_validation_job_new:
 * @dataset: the data; referenced
 * @params: how to train, and in how many folds; copied
 *
 * Returns: (transfer full): a job, not started
 */
MatineeCrossValidationJob *
matinee_cross_validation_job_new (MatineeDataset *dataset, const MatineeParams *params)
{
  MatineeCrossValidationJob *self = g_object_new (MATINEE_TYPE_CROSS_VALIDATION_JOB, NULL);

  self->dataset = matinee_dataset_ref (dataset);
  self->params = *params;
  self->params.split = MATINEE_SPLIT_FOLD;
  self->params.fold = 1;
  return self;
}

/**
 * matinee_cross_validation_job_set_store:
 * @self: a job that was not started
 * @store: where to keep the runs; referenced
 * @data_name: what to call the data there
 *
 * Makes each fold a run of the history.
 */
void
matinee_cross_validation_job_set_store (MatineeCrossValidationJob *self, MatineeRunStore *store, const char *data_name)
{
  g_return_if_fail (!matinee_job_get_running (MATINEE_JOB (self)) && self->store == NULL);

  self->store = g_object_ref (store);
  self->data_name = g_strdup (data_name);
}

/**
 * matinee_cross_validation_job_get_folds:
 * @self: a job
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): the folds that are done so far
 */
const MatineeFold *
matinee_cross_validation_job_get_folds (MatineeCrossValidationJob *self, guint *n)
{
  *n = self->folds->len;
  return (const MatineeFold *) self->folds->data;
}

/**
 * matinee_cross_validation_job_get_n_folds:
 * @self: a job
 *
 * Returns: how many folds there are to do in all
 */
guint
matinee_cross_validation_job_get_n_folds (MatineeCrossValidationJob *self)
{
  return self->params.folds;
}
