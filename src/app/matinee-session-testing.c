/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-session"

#include "config.h"

#include "matinee-session-private.h"

#include <glib/gi18n.h>

#include "matinee-file-name.h"

static void
validated_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineeSession) self = data;
  g_autoptr (GError) error = NULL;

  matinee_job_run_finish (MATINEE_JOB (source), result, &error);
  g_clear_object (&self->validation);
  g_object_notify (G_OBJECT (self), "busy");
  if (error != NULL && !self->shut_down)
    g_signal_emit_by_name (self, "failed", _ ("Could Not Cross-Validate"), error->message);
}

/* With a file to test on, it is meant to be used; without one any more, it can't be. */
static void
test_file_changed_cb (MatineeSession *self)
{
  MatineeParams params = self->params;
  GFile *file = matinee_test_file_get_file (self->test_file);
  gboolean there = file != NULL;

  if (!matinee_test_file_get_loading (self->test_file) && !self->shut_down)
    {
      matinee_settings_set_file (self->settings, "test-file", file);
      if (there != (params.split == MATINEE_SPLIT_GIVEN))
        params.split = there ? MATINEE_SPLIT_GIVEN : MATINEE_SPLIT_RANDOM;
      matinee_session_set_params (self, &params);
    }
  g_object_notify (G_OBJECT (self), "busy");
}

static void
test_file_failed_cb (MatineeSession *self, GFile *file, const GError *error)
{
  if (!self->shut_down)
    matinee_session_tell_failure (self, file, error);
}

/* Lets test ratings be opened from a file of their own. */
void
matinee_session_add_test_file (MatineeSession *self)
{
  self->test_file = matinee_test_file_new ();
  g_signal_connect_object (self->test_file, "changed", G_CALLBACK (test_file_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->test_file, "failed", G_CALLBACK (test_file_failed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * matinee_session_open_test_file:
 * @self: a session with ratings
 * @file: ratings to test on, written as those that are open
 *
 * Opens them. What is open stays open until that has succeeded.
 */
void
matinee_session_open_test_file (MatineeSession *self, GFile *file)
{
  matinee_test_file_open (self->test_file, file, &self->hints);
}

/**
 * matinee_session_restore_test_file:
 * @self: a session that has opened ratings
 * @there: whether they are those that were open last
 *
 * Opens the test ratings that were in use last with these ratings; with others, forgets
 * them.
 */
void
matinee_session_restore_test_file (MatineeSession *self, gboolean there)
{
  gboolean wanted = there && self->reopens_test_file;
  g_autoptr (GFile) file = wanted ? matinee_settings_dup_file (self->settings, "test-file") : NULL;

  self->reopens_test_file = FALSE;
  if (file != NULL && matinee_file_name_exists (file))
    {
      matinee_session_open_test_file (self, file);
      return;
    }
  if (file != NULL)
    {
      g_autofree char *name = matinee_file_name_dup (file);
      g_autofree char *text
          = g_strdup_printf (_ ("“%s” is not there any more: a share of the ratings is tested on"), name);

      g_signal_emit_by_name (self, "message", text);
    }
  matinee_settings_set_file (self->settings, "test-file", NULL);
}

/**
 * matinee_session_get_model_dataset:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the data whose users and films the model has,
 *   which may be more than those of what is open when it was tested on ratings of their
 *   own; what is open while there is no model
 */
MatineeDataset *
matinee_session_get_model_dataset (MatineeSession *self)
{
  gboolean joined = self->model_dataset != NULL && self->model_dataset->ratings != self->dataset->ratings;

  return joined ? self->model_dataset : self->dataset;
}

/* Other titles for the same ratings are those of the joined data too. */
void
matinee_session_update_model_dataset (MatineeSession *self)
{
  g_autoptr (GError) error = NULL;
  MatineeDataset *dataset;

  if (matinee_session_get_model_dataset (self) == self->dataset)
    return;
  dataset = matinee_dataset_new (self->model_dataset->ratings, self->dataset->titles, &error);
  if (dataset == NULL)
    {
      matinee_session_tell_failure (self, self->titles_file, error);
      return;
    }
  matinee_dataset_unref (self->model_dataset);
  self->model_dataset = dataset;
}

/**
 * matinee_session_get_test_file:
 * @self: a session
 *
 * Returns: (transfer none): where test ratings of their own are opened
 */
MatineeTestFile *
matinee_session_get_test_file (MatineeSession *self)
{
  return self->test_file;
}

/**
 * matinee_session_cross_validate:
 * @self: a session
 *
 * Begins to train a model for each of several folds of the data.
 *
 * Returns: (transfer none) (nullable): the job, which was started; or %NULL when
 *   something else is going on
 */
MatineeCrossValidationJob *
matinee_session_cross_validate (MatineeSession *self)
{
  g_autofree char *name = matinee_session_dup_data_name (self);

  if (!matinee_session_can_train (self))
    return NULL;
  self->validation = matinee_cross_validation_job_new (self->dataset, &self->params);
  matinee_cross_validation_job_set_store (self->validation, self->runs, name);
  g_object_notify (G_OBJECT (self), "busy");
  matinee_job_run_async (MATINEE_JOB (self->validation), NULL, validated_cb, g_object_ref (self));
  return self->validation;
}
