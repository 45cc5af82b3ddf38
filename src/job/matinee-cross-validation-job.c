/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cross-validation-job.h"

#include <glib/gi18n-lib.h>

#include "matinee-error.h"
#include "matinee-mailbox.h"
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
  GObject parent_instance;

  MatineeDataset *dataset;
  MatineeParams params;
  MatineeRunStore *store;
  char *data_name;
  MatineeMailbox *mailbox;
  MatineeStop stop;
  GArray *folds; /* of MatineeFold, those that were told of */
  double fraction;
  gboolean running;

  /* Touched by the worker only. */
  MatineePool *pool;
  MatineeRunRecorder *recorder;
};

G_DEFINE_FINAL_TYPE (MatineeCrossValidationJob, matinee_cross_validation_job, G_TYPE_OBJECT)

enum
{
  PROP_FRACTION = 1,
  PROP_RUNNING,
  N_PROPS
};

enum
{
  FOLDS,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
delivered_cb (gconstpointer records, guint n_records, double fraction, gpointer data)
{
  MatineeCrossValidationJob *self = data;

  g_object_ref (self);
  if (n_records > 0)
    {
      g_array_append_vals (self->folds, records, n_records);
      g_signal_emit (self, signals[FOLDS], 0);
    }
  if (self->fraction != fraction)
    {
      self->fraction = fraction;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
    }
  g_object_unref (self);
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
  matinee_run_recorder_begin (self->recorder, params, self->dataset->ratings, split, self->pool, &self->stop);
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
  matinee_mailbox_post (self->mailbox, NULL,
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
    matinee_mailbox_post (self->mailbox, fold, get_fraction (self, fold->number, 1.0));
}

static gboolean
cross_validate (MatineeCrossValidationJob *self, GError **error)
{
  MatineeRatings *ratings = self->dataset->ratings;
  MatineeFoldWatch watch = { begin_cb, point_cb, end_cb, self };
  g_autofree MatineeFold *folds = NULL;
  guint n_done;

  if (!matinee_params_check (&self->params, error)
      || !matinee_params_check_memory (&self->params, matinee_ratings_get_n_users (ratings),
                                       matinee_ratings_get_n_movies (ratings), matinee_ratings_get_n (ratings),
                                       matinee_system_available_memory (), error))
    return FALSE;
  folds = g_new0 (MatineeFold, self->params.folds);
  return matinee_cross_validate (ratings, &self->params, &watch, self->pool, &self->stop, folds, &n_done, error);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  MatineeCrossValidationJob *self = source;
  GError *error = NULL;
  gboolean done;

  self->pool = matinee_pool_new (CLAMP (self->params.n_threads, 1, MATINEE_MAX_THREADS));
  done = cross_validate (self, &error);
  /* A fold that was begun and did not come to an end. */
  if (self->recorder != NULL)
    {
      g_autoptr (GError) reason = error != NULL ? g_error_copy (error) : NULL;

      if (reason == NULL)
        matinee_error_set_cancelled (&reason);
      matinee_run_recorder_fail (self->recorder, reason);
    }
  g_clear_pointer (&self->recorder, matinee_run_recorder_free);
  g_clear_pointer (&self->pool, matinee_pool_free);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
matinee_cross_validation_job_finalize (GObject *object)
{
  MatineeCrossValidationJob *self = MATINEE_CROSS_VALIDATION_JOB (object);

  g_clear_pointer (&self->mailbox, matinee_mailbox_close);
  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  g_clear_pointer (&self->folds, g_array_unref);
  g_clear_pointer (&self->data_name, g_free);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (matinee_cross_validation_job_parent_class)->finalize (object);
}

static void
matinee_cross_validation_job_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MatineeCrossValidationJob *self = MATINEE_CROSS_VALIDATION_JOB (object);

  switch (prop_id)
    {
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
matinee_cross_validation_job_class_init (MatineeCrossValidationJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = matinee_cross_validation_job_finalize;
  object_class->get_property = matinee_cross_validation_job_get_property;

  /**
   * MatineeCrossValidationJob:fraction:
   *
   * How much is done, from 0 to 1.
   */
  props[PROP_FRACTION]
      = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * MatineeCrossValidationJob:running:
   *
   * Whether the job was started and has not ended.
   */
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, props);

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
  self->mailbox = matinee_mailbox_new (sizeof (MatineeFold), delivered_cb, self);
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
  g_return_if_fail (!self->running && self->store == NULL);

  self->store = g_object_ref (store);
  self->data_name = g_strdup (data_name);
}

/**
 * matinee_cross_validation_job_run_async:
 * @self: a job that was not started before
 * @callback: called when it has ended
 * @user_data: user data for @callback
 *
 * Starts with the first fold. The job lives at least until it has ended.
 */
void
matinee_cross_validation_job_run_async (MatineeCrossValidationJob *self, GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (!self->running && self->folds->len == 0);

  self->running = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
  g_task_set_source_tag (task, matinee_cross_validation_job_run_async);
  g_task_run_in_thread (task, run_in_thread);
}

/**
 * matinee_cross_validation_job_run_finish:
 * @self: the job
 * @result: the result that the callback got
 * @error: return location
 *
 * Ends the job: tells of the last folds. A job that was stopped is no failure: it has
 * less folds.
 *
 * Returns: %FALSE with an error of matinee_cross_validate()
 */
gboolean
matinee_cross_validation_job_run_finish (MatineeCrossValidationJob *self, GAsyncResult *result, GError **error)
{
  gboolean done;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  matinee_mailbox_flush (self->mailbox);
  done = g_task_propagate_boolean (G_TASK (result), error);
  self->running = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
  return done;
}

/**
 * matinee_cross_validation_job_stop:
 * @self: a job
 *
 * Asks it to end soon, keeping the folds that were done. Returns at once.
 */
void
matinee_cross_validation_job_stop (MatineeCrossValidationJob *self)
{
  matinee_stop_request (&self->stop);
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

/**
 * matinee_cross_validation_job_get_fraction:
 * @self: a job
 *
 * Returns: how much is done, 0 … 1
 */
double
matinee_cross_validation_job_get_fraction (MatineeCrossValidationJob *self)
{
  return self->fraction;
}

/**
 * matinee_cross_validation_job_get_running:
 * @self: a job
 *
 * Returns: whether it was started and has not ended
 */
gboolean
matinee_cross_validation_job_get_running (MatineeCrossValidationJob *self)
{
  return self->running;
}
