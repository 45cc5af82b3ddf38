/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-training-job.h"

#include <glib/gi18n-lib.h>

#include "matinee-error.h"
#include "matinee-mailbox.h"
#include "matinee-run-recorder.h"
#include "matinee-system.h"
#include "matinee-trainer.h"

/* Up to so many ratings, baselines are computed before the training, in no time; of more,
 * after it, so that nobody waits for the first iteration. */
#define BASELINES_FIRST 2000000

/**
 * MatineeTrainingJob:
 *
 * A training that runs in a worker thread and tells of its progress in the thread
 * that made it. The worker never touches the object's signals and properties: it
 * posts plain records to a mailbox. What it makes is handed over whole and never
 * changed again.
 */
struct _MatineeTrainingJob
{
  GObject parent_instance;

  MatineeDataset *dataset; /* replaced by the worker when there are test ratings */
  MatineeRatings *test;
  MatineeParams params;
  MatineePreparation *preparation;
  MatineeModel *start; /* (nullable): the model to go on from */
  MatineeStartMatch start_match;
  MatineeRunRecorder *recorder; /* touched by the worker only once that runs */
  MatineeMailbox *mailbox;
  MatineeStop stop;
  double fraction;
  gboolean running;
  char *message;

  GMutex mutex;
  /* Guarded by the mutex: written by the worker, read by the owner. */
  MatineeSplit *split;
  gboolean split_told;
  MatineeBaselines baselines;
  gboolean has_baselines;
  gboolean baselines_told;
};

G_DEFINE_FINAL_TYPE (MatineeTrainingJob, matinee_training_job, G_TYPE_OBJECT)

enum
{
  PROP_FRACTION = 1,
  PROP_RUNNING,
  N_PROPS
};

enum
{
  POINTS,
  SPLIT,
  BASELINES,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

/* What the worker hands over: a model, and why it diverged when it did. */
typedef struct
{
  MatineeModel *model;
  char *message;
} Outcome;

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;

  g_clear_pointer (&outcome->model, matinee_model_unref);
  g_free (outcome->message);
  g_free (outcome);
}

static void
delivered_cb (gconstpointer records, guint n_records, double fraction, gpointer data)
{
  MatineeTrainingJob *self = data;
  gboolean tell_split;
  gboolean tell_baselines;

  g_mutex_lock (&self->mutex);
  tell_split = self->split != NULL && !self->split_told;
  if (tell_split)
    self->split_told = TRUE;
  tell_baselines = self->has_baselines && !self->baselines_told;
  if (tell_baselines)
    self->baselines_told = TRUE;
  g_mutex_unlock (&self->mutex);

  g_object_ref (self);
  if (tell_split)
    g_signal_emit (self, signals[SPLIT], 0);
  if (tell_baselines)
    g_signal_emit (self, signals[BASELINES], 0);
  if (n_records > 0)
    g_signal_emit (self, signals[POINTS], 0, records, n_records);
  if (self->fraction != fraction)
    {
      self->fraction = fraction;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
    }
  g_object_unref (self);
}

static gboolean
iteration_cb (MatineeTrainer *trainer, const MatineeTracePoint *point, gpointer data)
{
  MatineeTrainingJob *self = data;
  double all = MAX (self->params.n_iterations, 1);

  if (self->recorder != NULL)
    matinee_run_recorder_append (self->recorder, point);
  matinee_mailbox_post (self->mailbox, point, MIN (point->iteration / all, 1.0));
  return TRUE;
}

/* They are good to have but not worth failing for. */
static void
compute_baselines (MatineeTrainingJob *self, MatineeSplit *split, MatineePool *pool, double fraction)
{
  g_autoptr (GError) error = NULL;
  MatineeBaselines baselines;

  if (!matinee_preparation_get_baselines (self->preparation, split, &self->params, pool, &self->stop, &baselines,
                                          &error))
    {
      if (!g_error_matches (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED))
        g_message ("%s", error->message);
      return;
    }
  g_mutex_lock (&self->mutex);
  self->baselines = baselines;
  self->has_baselines = TRUE;
  g_mutex_unlock (&self->mutex);
  matinee_mailbox_post (self->mailbox, NULL, fraction);
}

static Outcome *
train (MatineeTrainingJob *self, MatineePool *pool, GError **error)
{
  g_autoptr (MatineeSplit) split = matinee_preparation_get_split (self->preparation, &self->dataset, self->test,
                                                                  &self->params, pool, &self->stop, error);
  MatineeRatings *ratings = self->dataset->ratings;
  gboolean few = matinee_ratings_get_n (ratings) <= BASELINES_FIRST;
  g_autoptr (MatineeFactors) start = NULL;
  g_autoptr (MatineeTrainer) trainer = NULL;
  g_autoptr (GError) failure = NULL;
  MatineeStopReason reason;
  Outcome *outcome;

  if (split == NULL)
    return NULL;
  g_mutex_lock (&self->mutex);
  self->split = matinee_split_ref (split);
  g_mutex_unlock (&self->mutex);
  matinee_mailbox_post (self->mailbox, NULL, 0.0);
  if (self->recorder != NULL)
    {
      matinee_run_recorder_set_preparation (self->recorder, self->preparation);
      matinee_run_recorder_begin (self->recorder, &self->params, ratings, split, pool, &self->stop);
    }

  if (few)
    compute_baselines (self, split, pool, 0.0);
  if (self->start != NULL)
    {
      start = matinee_start_from_model (self->start, &self->params, split, ratings->users, ratings->movies, pool,
                                        &self->start_match, error);
      if (start == NULL)
        return NULL;
    }
  trainer = matinee_trainer_new (&self->params, split, start, pool, &self->stop, error);
  if (trainer == NULL)
    return NULL;
  reason = matinee_trainer_run (trainer, iteration_cb, self, &failure);
  if (reason == MATINEE_RUNNING)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (!few)
    compute_baselines (self, split, pool, 1.0);
  outcome = g_new0 (Outcome, 1);
  outcome->model = matinee_trainer_finish (trainer, ratings->users, ratings->movies);
  outcome->message = failure != NULL ? g_strdup (failure->message) : NULL;
  return outcome;
}

static void
train_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  MatineeTrainingJob *self = source;
  MatineeRatings *ratings = self->dataset->ratings;
  g_autoptr (MatineePool) pool = NULL;
  GError *error = NULL;
  Outcome *outcome = NULL;

  if (matinee_params_check (&self->params, &error)
      && matinee_params_check_memory (&self->params, matinee_ratings_get_n_users (ratings),
                                      matinee_ratings_get_n_movies (ratings), matinee_ratings_get_n (ratings),
                                      matinee_system_available_memory (), &error))
    {
      pool = matinee_pool_new (self->params.n_threads);
      outcome = train (self, pool, &error);
    }
  if (self->recorder != NULL && outcome != NULL)
    matinee_run_recorder_finish (self->recorder, outcome->model, outcome->message);
  else if (self->recorder != NULL)
    matinee_run_recorder_fail (self->recorder, error);
  if (outcome != NULL)
    g_task_return_pointer (task, outcome, outcome_free);
  else
    g_task_return_error (task, error);
}

static void
matinee_training_job_finalize (GObject *object)
{
  MatineeTrainingJob *self = MATINEE_TRAINING_JOB (object);

  g_clear_pointer (&self->mailbox, matinee_mailbox_close);
  g_clear_pointer (&self->recorder, matinee_run_recorder_free);
  g_clear_pointer (&self->preparation, matinee_preparation_unref);
  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  g_clear_pointer (&self->start, matinee_model_unref);
  g_clear_pointer (&self->test, matinee_ratings_unref);
  g_clear_pointer (&self->split, matinee_split_unref);
  g_clear_pointer (&self->message, g_free);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (matinee_training_job_parent_class)->finalize (object);
}

static void
matinee_training_job_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MatineeTrainingJob *self = MATINEE_TRAINING_JOB (object);

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
matinee_training_job_class_init (MatineeTrainingJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = matinee_training_job_finalize;
  object_class->get_property = matinee_training_job_get_property;

  /**
   * MatineeTrainingJob:fraction:
   *
   * How much is done, from 0 to 1.
   */
  props[PROP_FRACTION]
      = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * MatineeTrainingJob:running:
   *
   * Whether the job was started and has not ended.
   */
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * MatineeTrainingJob::points:
   * @self: the job
   * @points: (array length=n): new records of #MatineeTracePoint, in order
   * @n: how many
   *
   * Told at most 30 times a second, in the thread that made the job.
   */
  signals[POINTS] = g_signal_new ("points", MATINEE_TYPE_TRAINING_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);

  /**
   * MatineeTrainingJob::baselines:
   * @self: the job
   *
   * The baselines were computed: see matinee_training_job_get_baselines().
   */
  signals[BASELINES]
      = g_signal_new ("baselines", MATINEE_TYPE_TRAINING_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MatineeTrainingJob::split:
   * @self: the job
   *
   * The ratings were split: see matinee_training_job_get_split().
   */
  signals[SPLIT]
      = g_signal_new ("split", MATINEE_TYPE_TRAINING_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
matinee_training_job_init (MatineeTrainingJob *self)
{
  g_mutex_init (&self->mutex);
  self->mailbox = matinee_mailbox_new (sizeof (MatineeTracePoint), delivered_cb, self);
}

/**
 * matinee_training_job_new:
 * @dataset: the data; referenced
 * @params: what to do; copied
 *
 * Returns: (transfer full): a job, not started
 */
MatineeTrainingJob *
matinee_training_job_new (MatineeDataset *dataset, const MatineeParams *params)
{
  MatineeTrainingJob *self = g_object_new (MATINEE_TYPE_TRAINING_JOB, NULL);

  self->dataset = matinee_dataset_ref (dataset);
  self->params = *params;
  self->preparation = matinee_preparation_new ();
  return self;
}

/**
 * matinee_training_job_set_preparation:
 * @self: a job that was not started
 * @preparation: what earlier trainings of the data left; referenced
 *
 * Lets the training take over what was split and computed before.
 */
void
matinee_training_job_set_preparation (MatineeTrainingJob *self, MatineePreparation *preparation)
{
  g_return_if_fail (!self->running);

  matinee_preparation_ref (preparation);
  matinee_preparation_unref (self->preparation);
  self->preparation = preparation;
}

/**
 * matinee_training_job_set_test:
 * @self: a job that was not started
 * @test: the ratings to test on; referenced
 *
 * Gives the test ratings of %MATINEE_SPLIT_GIVEN; other splits don't use them.
 */
void
matinee_training_job_set_test (MatineeTrainingJob *self, MatineeRatings *test)
{
  g_return_if_fail (!self->running && self->test == NULL);

  self->test = matinee_ratings_ref (test);
}

/**
 * matinee_training_job_set_store:
 * @self: a job that was not started
 * @store: where to keep the run; referenced
 * @data_name: what to call the data there
 *
 * Makes the training a run of the history, written as it goes.
 */
void
matinee_training_job_set_store (MatineeTrainingJob *self, MatineeRunStore *store, const char *data_name)
{
  g_return_if_fail (!self->running && self->recorder == NULL);

  self->recorder = matinee_run_recorder_new (store, data_name);
}

/**
 * matinee_training_job_set_start:
 * @self: a job that was not started
 * @model: a model with as many factors as the parameters say; referenced
 *
 * Makes the training go on where @model ended: see matinee_start_from_model().
 */
void
matinee_training_job_set_start (MatineeTrainingJob *self, MatineeModel *model)
{
  g_return_if_fail (!self->running && self->start == NULL);

  self->start = matinee_model_ref (model);
}

/**
 * matinee_training_job_run_async:
 * @self: a job that was not started before
 * @callback: called when it has ended
 * @user_data: user data for @callback
 *
 * Starts the training. The job lives at least until it has ended.
 */
void
matinee_training_job_run_async (MatineeTrainingJob *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (!self->running && self->split == NULL);

  self->running = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
  g_task_set_source_tag (task, matinee_training_job_run_async);
  g_task_run_in_thread (task, train_in_thread);
}

/**
 * matinee_training_job_run_finish:
 * @self: the job
 * @result: the result that the callback got
 * @error: return location
 *
 * Ends the job: tells of the last records, then hands over the model. A training
 * that was stopped or that diverged gives its best model; its `reason` tells, and
 * matinee_training_job_get_message() explains.
 *
 * Returns: (transfer full) (nullable): the model, or %NULL with an error:
 *   %MATINEE_ERROR_CANCELLED when stopped before anything was learnt
 */
MatineeModel *
matinee_training_job_run_finish (MatineeTrainingJob *self, GAsyncResult *result, GError **error)
{
  Outcome *outcome;
  MatineeModel *model = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  matinee_mailbox_flush (self->mailbox);
  outcome = g_task_propagate_pointer (G_TASK (result), error);
  if (outcome != NULL)
    {
      model = g_steal_pointer (&outcome->model);
      self->message = g_steal_pointer (&outcome->message);
      outcome_free (outcome);
    }
  self->running = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
  return model;
}

/**
 * matinee_training_job_stop:
 * @self: a job
 *
 * Asks it to end soon, keeping the best model so far. Returns at once.
 */
void
matinee_training_job_stop (MatineeTrainingJob *self)
{
  matinee_stop_request (&self->stop);
}

/**
 * matinee_training_job_get_split:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the split, once it is made
 */
MatineeSplit *
matinee_training_job_get_split (MatineeTrainingJob *self)
{
  MatineeSplit *split;

  g_mutex_lock (&self->mutex);
  split = self->split;
  g_mutex_unlock (&self->mutex);
  return split;
}

/**
 * matinee_training_job_get_dataset:
 * @self: a job that has ended
 *
 * Returns: (transfer none): the data whose users and films the model has: those that
 *   the job was made for, or these joined with test ratings of their own
 */
MatineeDataset *
matinee_training_job_get_dataset (MatineeTrainingJob *self)
{
  return self->dataset;
}

/**
 * matinee_training_job_get_baselines:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the baselines of its split, once they are computed
 */
const MatineeBaselines *
matinee_training_job_get_baselines (MatineeTrainingJob *self)
{
  gboolean has_baselines;

  g_mutex_lock (&self->mutex);
  has_baselines = self->has_baselines;
  g_mutex_unlock (&self->mutex);
  return has_baselines ? &self->baselines : NULL;
}

/**
 * matinee_training_job_get_params:
 * @self: a job
 *
 * Returns: (transfer none): what it was asked to do
 */
const MatineeParams *
matinee_training_job_get_params (MatineeTrainingJob *self)
{
  return &self->params;
}

/**
 * matinee_training_job_get_message:
 * @self: a job that has ended
 *
 * Returns: (transfer none) (nullable): why it diverged and what to change, or %NULL
 *   when it did not
 */
const char *
matinee_training_job_get_message (MatineeTrainingJob *self)
{
  return self->message;
}

/**
 * matinee_training_job_get_start_match:
 * @self: a job that has ended
 *
 * Returns: (transfer none) (nullable): how much of the model to go on from was taken
 *   over, or %NULL when there was none
 */
const MatineeStartMatch *
matinee_training_job_get_start_match (MatineeTrainingJob *self)
{
  return self->start != NULL ? &self->start_match : NULL;
}

/**
 * matinee_training_job_get_fraction:
 * @self: a job
 *
 * Returns: how much is done, 0 … 1
 */
double
matinee_training_job_get_fraction (MatineeTrainingJob *self)
{
  return self->fraction;
}

/**
 * matinee_training_job_get_running:
 * @self: a job
 *
 * Returns: whether it was started and has not ended
 */
gboolean
matinee_training_job_get_running (MatineeTrainingJob *self)
{
  return self->running;
}
