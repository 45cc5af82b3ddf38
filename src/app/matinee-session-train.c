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

static void
training_fraction_cb (MatineeSession *self)
{
  g_object_notify (G_OBJECT (self), "fraction");
}

static void
trained_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineeSession) self = data;
  MatineeTrainingJob *job = MATINEE_TRAINING_JOB (source);
  g_autoptr (GError) error = NULL;
  MatineeModel *model = matinee_training_job_run_finish (job, result, &error);

  g_signal_handlers_disconnect_by_data (job, self);
  g_clear_object (&self->training);
  if (model != NULL)
    {
      g_clear_pointer (&self->model, matinee_model_unref);
      self->model = model;
    }
  matinee_session_notify_state (self, "training");
  if (self->shut_down)
    return;
  g_signal_emit_by_name (self, "trained", model, matinee_training_job_get_message (job));
  if (model != NULL)
    g_signal_emit_by_name (self, "model-changed");
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
  return self->dataset != NULL && !matinee_session_get_busy (self) && !self->shut_down;
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
  g_autofree char *name = matinee_session_dup_data_name (self);

  if (!matinee_session_can_train (self))
    return;
  self->training = matinee_training_job_new (self->dataset, &self->params);
  matinee_training_job_set_preparation (self->training, self->preparation);
  matinee_training_job_set_store (self->training, self->runs, name);
  g_signal_connect_object (self->training, "split", G_CALLBACK (split_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->training, "baselines", G_CALLBACK (baselines_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->training, "points", G_CALLBACK (points_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->training, "notify::fraction", G_CALLBACK (training_fraction_cb), self,
                           G_CONNECT_SWAPPED);
  matinee_session_notify_state (self, "training");
  matinee_training_job_run_async (self->training, trained_cb, g_object_ref (self));
}

/**
 * matinee_session_stop:
 * @self: a session
 *
 * Ends the training soon; the best model so far is kept.
 */
void
matinee_session_stop (MatineeSession *self)
{
  if (self->training != NULL)
    matinee_training_job_stop (self->training);
}

gboolean
matinee_session_get_training (MatineeSession *self)
{
  return self->training != NULL;
}
