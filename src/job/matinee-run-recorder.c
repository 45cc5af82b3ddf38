/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-run-recorder.h"

#include "matinee-error.h"

struct _MatineeRunRecorder
{
  MatineeRunStore *store;
  MatineeHistory *history;
  char *data_name;
  char *name;
  MatineePreparation *preparation;
  gint64 run; /* 0 while there is none */
};

static void
tell (MatineeRunRecorder *self, const GError *error)
{
  matinee_run_store_tell_trouble (self->store, error->message);
}

static void
finish (MatineeRunRecorder *self, const MatineeRunEnd *end)
{
  g_autoptr (GError) error = NULL;

  if (self->run == 0)
    return;
  if (!matinee_history_finish (self->history, self->run, end, &error))
    tell (self, error);
  matinee_run_store_tell_changed (self->store, self->run);
  self->run = 0;
}

/**
 * matinee_run_recorder_new:
 * @store: where to keep the run; referenced
 * @data_name: what to call the data
 *
 * Returns: (transfer full): a recorder of one training
 */
MatineeRunRecorder *
matinee_run_recorder_new (MatineeRunStore *store, const char *data_name)
{
  MatineeRunRecorder *self = g_new0 (MatineeRunRecorder, 1);

  self->store = g_object_ref (store);
  self->data_name = g_strdup (data_name);
  self->preparation = matinee_preparation_new ();
  return self;
}

/**
 * matinee_run_recorder_set_name:
 * @self: a recorder
 * @name: what to call the run, in place of a name made of its parameters
 */
void
matinee_run_recorder_set_name (MatineeRunRecorder *self, const char *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
}

/**
 * matinee_run_recorder_set_preparation:
 * @self: a recorder
 * @preparation: what is known of the ratings; referenced
 */
void
matinee_run_recorder_set_preparation (MatineeRunRecorder *self, MatineePreparation *preparation)
{
  matinee_preparation_ref (preparation);
  matinee_preparation_unref (self->preparation);
  self->preparation = preparation;
}

/**
 * matinee_run_recorder_begin:
 * @self: a recorder
 * @params: how it is trained
 * @ratings: of what
 * @split: and how they are split
 * @pool: (nullable): threads
 * @stop: (nullable): a request to stop leaves the run out
 *
 * Enters the run. Reads all ratings, O(ratings), unless a preparation knows their
 * fingerprint, and may wait seconds for another program that holds the history.
 */
void
matinee_run_recorder_begin (MatineeRunRecorder *self, const MatineeParams *params, MatineeRatings *ratings,
                            const MatineeSplit *split, MatineePool *pool, MatineeStop *stop)
{
  g_autoptr (GError) error = NULL;
  MatineeRunStart start = {
    .name = self->name,
    .params = params,
    .data_name = self->data_name,
    .n_users = matinee_ratings_get_n_users (ratings),
    .n_movies = matinee_ratings_get_n_movies (ratings),
    .n_train = split->train_by_user->n_entries,
    .n_test = split->test_by_user->n_entries,
    .split = matinee_split_info (params->split)->choice.id,
    .split_seed = params->seed,
  };

  self->history = matinee_run_store_open (self->store, NULL);
  /* What is wrong with the whole file the store has told. */
  if (self->history == NULL || matinee_history_is_read_only (self->history))
    return;
  if (matinee_preparation_get_fingerprint (self->preparation, ratings, params, split, pool, stop, &start.fingerprint,
                                           &error))
    self->run = matinee_history_begin (self->history, &start, &error);
  if (self->run != 0)
    {
      matinee_run_store_forget_trouble (self->store);
      matinee_run_store_tell_changed (self->store, self->run);
    }
  else if (!g_error_matches (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED))
    tell (self, error);
}

/**
 * matinee_run_recorder_get_run:
 * @self: a recorder
 *
 * Returns: the run that is being recorded, or 0
 */
gint64
matinee_run_recorder_get_run (MatineeRunRecorder *self)
{
  return self->run;
}

/**
 * matinee_run_recorder_append:
 * @self: a recorder
 * @point: what was measured
 *
 * Adds a point, which will be on the disk within a second. Takes about a
 * microsecond: nothing waits for the disk.
 */
void
matinee_run_recorder_append (MatineeRunRecorder *self, const MatineeTracePoint *point)
{
  g_autoptr (GError) error = NULL;

  if (self->run != 0 && !matinee_history_append (self->history, self->run, point, 1, &error))
    tell (self, error);
}

/**
 * matinee_run_recorder_finish:
 * @self: a recorder
 * @model: what came of the training
 * @message: (nullable): why it diverged
 *
 * Ends the run, if one was begun, and writes all of it.
 */
void
matinee_run_recorder_finish (MatineeRunRecorder *self, const MatineeModel *model, const char *message)
{
  MatineeRunEnd end = {
    .reason = model->reason,
    .message = message,
    .iteration = model->iteration,
    .train = model->train,
    .test = model->test,
  };

  finish (self, &end);
}

/**
 * matinee_run_recorder_fail:
 * @self: a recorder
 * @error: why there is no model
 *
 * Ends the run, if one was begun.
 */
void
matinee_run_recorder_fail (MatineeRunRecorder *self, const GError *error)
{
  gboolean cancelled = g_error_matches (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
  MatineeRunEnd end = {
    .reason = cancelled ? MATINEE_CANCELLED : MATINEE_RUNNING,
    .message = cancelled ? NULL : error->message,
  };

  finish (self, &end);
}

/**
 * matinee_run_recorder_free:
 * @self: (nullable) (transfer full): a recorder
 *
 * Frees it. A run that was not ended will be shown as interrupted.
 */
void
matinee_run_recorder_free (MatineeRunRecorder *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->store);
  g_free (self->data_name);
  g_free (self->name);
  matinee_preparation_unref (self->preparation);
  g_free (self);
}
