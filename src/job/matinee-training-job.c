/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-training-job.h"

#include <glib/gi18n-lib.h>

#include "matinee-error.h"
#include "matinee-run-recorder.h"
#include "matinee-system.h"
#include "matinee-trainer.h"

/* Up to so many ratings, baselines are computed before the training, in no time; of more,
 * after it, so that nobody waits for the first iteration. */
#define BASELINES_FIRST 2000000

/**
 * MatineeTrainingJob:
 *
 * A training that tells of each iteration. One that was stopped or that diverged is done,
 * and gives its best model.
 */
struct _MatineeTrainingJob
{
  MatineeJob parent_instance;

  MatineeDataset *dataset; /* replaced by the worker when there are test ratings */
  MatineeRatings *test;
  MatineeParams params;
  MatineePreparation *preparation;
  MatineeModel *start; /* (nullable): the model to go on from */
  MatineeStartMatch start_match;
  MatineeRunRecorder *recorder; /* touched by the worker only once that runs */
  MatineeModel *model;          /* the result */
  char *message;                /* why it diverged, when it did */

  GMutex mutex;
  /* Guarded by the mutex: written by the worker, read by the owner. */
  MatineeSplit *split;
  gboolean split_told;
  MatineeBaselines baselines;
  gboolean has_baselines;
  gboolean baselines_told;
};

G_DEFINE_FINAL_TYPE (MatineeTrainingJob, matinee_training_job, MATINEE_TYPE_JOB)

enum
{
  POINTS,
  SPLIT,
  BASELINES,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
matinee_training_job_deliver (MatineeJob *job, gconstpointer points, guint n)
{
  MatineeTrainingJob *self = MATINEE_TRAINING_JOB (job);
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

  if (tell_split)
    g_signal_emit (self, signals[SPLIT], 0);
  if (tell_baselines)
    g_signal_emit (self, signals[BASELINES], 0);
  if (n > 0)
    g_signal_emit (self, signals[POINTS], 0, points, n);
}

static gboolean
iteration_cb (MatineeTrainer *trainer, const MatineeTracePoint *point, gpointer data)
{
  MatineeTrainingJob *self = data;
  double all = MAX (self->params.n_iterations, 1);

  if (self->recorder != NULL)
    matinee_run_recorder_append (self->recorder, point);
  matinee_job_post (data, point, MIN (point->iteration / all, 1.0));
  return TRUE;
}

/* They are good to have but not worth failing for. */
static void
compute_baselines (MatineeTrainingJob *self, MatineeSplit *split, MatineePool *pool, MatineeStop *stop, double fraction)
{
  g_autoptr (GError) error = NULL;
  MatineeBaselines baselines;

  if (!matinee_preparation_get_baselines (self->preparation, split, &self->params, pool, stop, &baselines, &error))
    {
      if (!g_error_matches (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED))
        g_message ("%s", error->message);
      return;
    }
  g_mutex_lock (&self->mutex);
  self->baselines = baselines;
  self->has_baselines = TRUE;
  g_mutex_unlock (&self->mutex);
  matinee_job_post (MATINEE_JOB (self), NULL, fraction);
}

static MatineeSplit *
make_split (MatineeTrainingJob *self, MatineePool *pool, MatineeStop *stop, GError **error)
{
  MatineeSplit *split
      = matinee_preparation_get_split (self->preparation, &self->dataset, self->test, &self->params, pool, stop, error);

  if (split == NULL)
    return NULL;
  g_mutex_lock (&self->mutex);
  self->split = matinee_split_ref (split);
  g_mutex_unlock (&self->mutex);
  matinee_job_post (MATINEE_JOB (self), NULL, 0.0);
  return split;
}

static gboolean
train (MatineeTrainingJob *self, MatineePool *pool, MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeSplit) split = make_split (self, pool, stop, error);
  MatineeRatings *ratings = self->dataset->ratings;
  gboolean few = matinee_ratings_get_n (ratings) <= BASELINES_FIRST;
  g_autoptr (MatineeFactors) start = NULL;
  g_autoptr (MatineeTrainer) trainer = NULL;
  g_autoptr (GError) failure = NULL;

  if (split == NULL)
    return FALSE;
  if (self->recorder != NULL)
    {
      matinee_run_recorder_set_preparation (self->recorder, self->preparation);
      matinee_run_recorder_begin (self->recorder, &self->params, ratings, split, pool, stop);
    }
  if (few)
    compute_baselines (self, split, pool, stop, 0.0);
  if (self->start != NULL)
    {
      start = matinee_start_from_model (self->start, &self->params, split, ratings->users, ratings->movies, pool,
                                        &self->start_match, error);
      if (start == NULL)
        return FALSE;
    }
  trainer = matinee_trainer_new (&self->params, split, start, pool, stop, error);
  if (trainer == NULL)
    return FALSE;
  if (matinee_trainer_run (trainer, iteration_cb, self, &failure) == MATINEE_RUNNING)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!few)
    compute_baselines (self, split, pool, stop, 1.0);
  self->model = matinee_trainer_finish (trainer, ratings->users, ratings->movies);
  self->message = failure != NULL ? g_strdup (failure->message) : NULL;
  return TRUE;
}

static gboolean
matinee_training_job_run (MatineeJob *job, GCancellable *cancellable, GError **error)
{
  MatineeTrainingJob *self = MATINEE_TRAINING_JOB (job);
  g_autoptr (MatineePool) pool = NULL;
  GError *problem = NULL;
  gboolean done = FALSE;

  if (matinee_params_check (&self->params, &problem)
      && matinee_system_check_memory (&self->params, self->dataset->ratings, &problem))
    {
      pool = matinee_pool_new (self->params.n_threads);
      done = train (self, pool, matinee_job_get_stop (job), &problem);
    }
  if (self->recorder != NULL && done)
    matinee_run_recorder_finish (self->recorder, self->model, self->message);
  else if (self->recorder != NULL)
    matinee_run_recorder_fail (self->recorder, problem);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return done;
}

static void
matinee_training_job_finalize (GObject *object)
{
  MatineeTrainingJob *self = MATINEE_TRAINING_JOB (object);

  g_clear_pointer (&self->recorder, matinee_run_recorder_free);
  g_clear_pointer (&self->preparation, matinee_preparation_unref);
  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  g_clear_pointer (&self->start, matinee_model_unref);
  g_clear_pointer (&self->test, matinee_ratings_unref);
  g_clear_pointer (&self->split, matinee_split_unref);
  g_clear_pointer (&self->model, matinee_model_unref);
  g_clear_pointer (&self->message, g_free);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (matinee_training_job_parent_class)->finalize (object);
}

static void
matinee_training_job_class_init (MatineeTrainingJobClass *klass)
{
  MatineeJobClass *job_class = MATINEE_JOB_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = matinee_training_job_finalize;
  job_class->record_size = sizeof (MatineeTracePoint);
  job_class->run = matinee_training_job_run;
  job_class->deliver = matinee_training_job_deliver;

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
  g_return_if_fail (!matinee_job_get_running (MATINEE_JOB (self)));

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
  g_return_if_fail (!matinee_job_get_running (MATINEE_JOB (self)) && self->test == NULL);

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
  g_return_if_fail (!matinee_job_get_running (MATINEE_JOB (self)) && self->recorder == NULL);

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
  g_return_if_fail (!matinee_job_get_running (MATINEE_JOB (self)) && self->start == NULL);

  self->start = matinee_model_ref (model);
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
  if (!matinee_job_run_finish (MATINEE_JOB (self), result, error))
    return NULL;
  return g_steal_pointer (&self->model);
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
