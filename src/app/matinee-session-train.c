/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-session"

#include "config.h"

#include "matinee-session-private.h"

#include <glib/gi18n.h>

#include "matinee-error.h"

static void
split_cb (MatineeSession *self)
{
  g_clear_pointer (&self->split, matinee_split_unref);
  self->split = matinee_split_ref (matinee_training_job_get_split (self->training));
  self->has_baselines = FALSE;
  g_signal_emit_by_name (self, "split-changed");
  g_signal_emit_by_name (self, "baselines-changed");
}

static void
baselines_cb (MatineeSession *self)
{
  self->baselines = *matinee_training_job_get_baselines (self->training);
  self->has_baselines = TRUE;
  g_signal_emit_by_name (self, "baselines-changed");
}

static void
points_cb (MatineeSession *self, const MatineeTracePoint *points, guint n)
{
  g_signal_emit_by_name (self, "points", points, n);
}

/* How much of the model to go on from was of use. */
static void
tell_start (MatineeSession *self, MatineeTrainingJob *job)
{
  const MatineeStartMatch *match = matinee_training_job_get_start_match (job);
  const MatineeRatings *ratings = matinee_training_job_get_dataset (job)->ratings;
  g_autofree char *text = NULL;

  if (match == NULL)
    return;
  if (match->n_users == 0 && match->n_movies == 0)
    text = g_strdup (_ ("The model knew no user and no film of these ratings: this was a fresh start"));
  else
    text = g_strdup_printf (_ ("Trained on from a model that knew %'u of %'u users and %'u of %'u films"),
                            match->n_users, matinee_ratings_get_n_users (ratings), match->n_movies,
                            matinee_ratings_get_n_movies (ratings));
  g_signal_emit_by_name (self, "message", text);
}

static void
trained_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineeSession) self = data;
  MatineeTrainingJob *job = MATINEE_TRAINING_JOB (source);
  g_autoptr (GError) error = NULL;
  MatineeModel *model = matinee_training_job_run_finish (job, result, &error);
  MatineeDataset *shown = matinee_session_get_model_dataset (self);

  g_signal_handlers_disconnect_by_data (job, self);
  g_clear_object (&self->training);
  if (model != NULL)
    {
      g_clear_pointer (&self->model, matinee_model_unref);
      g_clear_pointer (&self->model_dataset, matinee_dataset_unref);
      self->model = model;
      self->model_dataset = matinee_dataset_ref (matinee_training_job_get_dataset (job));
      matinee_session_forget_model (self);
      matinee_session_set_unsaved (self, TRUE);
    }
  matinee_session_notify_state (self, "training");
  if (self->shut_down)
    return;
  if (matinee_session_get_model_dataset (self) != shown)
    g_signal_emit_by_name (self, "dataset-changed");
  g_signal_emit_by_name (self, "trained", model, matinee_training_job_get_message (job));
  if (model != NULL)
    {
      tell_start (self, job);
      g_signal_emit_by_name (self, "model-changed");
    }
  else if (!g_error_matches (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "failed", _ ("Could Not Train"), error->message);
}

/**
 * matinee_session_can_train:
 * @self: a session
 *
 * Returns: whether there is data, and nothing else is going on
 */
gboolean
matinee_session_can_train (MatineeSession *self)
{
  return self->dataset != NULL && matinee_ratings_get_n (self->dataset->ratings) > 0 && !matinee_session_get_busy (self)
         && !self->shut_down;
}

static void
train (MatineeSession *self, const MatineeParams *params, MatineeModel *start)
{
  g_autofree char *name = matinee_session_dup_data_name (self);

  self->training = matinee_training_job_new (self->dataset, params);
  matinee_training_job_set_preparation (self->training, self->preparation);
  if (start != NULL)
    matinee_training_job_set_start (self->training, start);
  if (matinee_test_file_get_ratings (self->test_file) != NULL)
    matinee_training_job_set_test (self->training, matinee_test_file_get_ratings (self->test_file));
  matinee_training_job_set_store (self->training, self->runs, name);
  g_signal_connect_object (self->training, "split", G_CALLBACK (split_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->training, "baselines", G_CALLBACK (baselines_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->training, "points", G_CALLBACK (points_cb), self, G_CONNECT_SWAPPED);
  matinee_session_follow (self, self->training, "training");
  matinee_job_run_async (MATINEE_JOB (self->training), NULL, trained_cb, g_object_ref (self));
}

/**
 * matinee_session_train:
 * @self: a session
 *
 * Begins to train a model of the data. Told by points, then trained.
 */
void
matinee_session_train (MatineeSession *self)
{
  if (matinee_session_can_train (self))
    train (self, &self->params, NULL);
}

static MatineeModel *
get_start (MatineeSession *self)
{
  return self->start != NULL ? self->start : self->model;
}

/**
 * matinee_session_can_train_on:
 * @self: a session
 *
 * Returns: whether there is a model to go on from, and ratings
 */
gboolean
matinee_session_can_train_on (MatineeSession *self)
{
  return get_start (self) != NULL && matinee_session_can_train (self);
}

/* Whether the ratings are split as they were for the model. */
static gboolean
has_same_split (MatineeSession *self, const MatineeModel *model)
{
  const MatineeParams *params = &self->params;

  if (model != self->model || model->split == NULL || model->params.seed != params->seed)
    return FALSE;
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    if (matinee_param_is_of_split (id) && matinee_params_uses (params, id)
        && matinee_params_get (params, id) != matinee_params_get (&model->params, id))
      return FALSE;
  return TRUE;
}

/* Whether the split that is set leaves ratings to test with. */
static gboolean
holds_out (const MatineeParams *params)
{
  return params->test_share > 0 || !matinee_params_uses (params, MATINEE_PARAM_TEST_SHARE);
}

/**
 * matinee_session_train_on:
 * @self: a session
 *
 * Goes on from the model that is open, with its number of factors and else the parameters
 * that are set: as if its training had not ended, if these are the same.
 */
void
matinee_session_train_on (MatineeSession *self)
{
  MatineeParams params = self->params;
  g_autoptr (MatineeModel) start = NULL;

  if (!matinee_session_can_train_on (self))
    return;
  start = matinee_model_ref (get_start (self));
  params.n_factors = start->factors->n_factors;
  matinee_session_set_params (self, &params);
  if (holds_out (&params) && !has_same_split (self, start))
    g_signal_emit_by_name (self, "message",
                           _ ("The model may have learnt from ratings that are held out now: the test error may look "
                              "better than it is"));
  train (self, &params, start);
}

/**
 * matinee_session_stop:
 * @self: a session
 *
 * Ends the training soon, or the cross-validation; the best model so far is kept.
 */
void
matinee_session_stop (MatineeSession *self)
{
  if (self->validation != NULL)
    matinee_job_stop (MATINEE_JOB (self->validation));
  if (self->training != NULL)
    matinee_job_stop (MATINEE_JOB (self->training));
}

gboolean
matinee_session_get_training (MatineeSession *self)
{
  return self->training != NULL;
}
