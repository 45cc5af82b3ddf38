/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-session"

#include "config.h"

#include "matinee-session-private.h"

#include <glib/gi18n.h>

#include "matinee-error.h"
#include "matinee-file-name.h"

/* Models that come from files and go to them. */

/**
 * matinee_session_forget_model:
 * @self: a session
 *
 * Forgets what belonged to the model that was open, which is in no file then but need not
 * be saved.
 */
void
matinee_session_forget_model (MatineeSession *self)
{
  self->unsaved = FALSE;
  g_clear_object (&self->model_file);
  g_clear_pointer (&self->own, matinee_model_file_free);
  g_clear_pointer (&self->start, matinee_model_unref);
  g_clear_object (&self->start_file);
}

/**
 * matinee_session_set_unsaved:
 * @self: a session
 * @unsaved: whether the model is in no file
 *
 * Remembers that, and notifies "unsaved".
 */
void
matinee_session_set_unsaved (MatineeSession *self, gboolean unsaved)
{
  self->unsaved = unsaved;
  g_object_notify (G_OBJECT (self), "unsaved");
}

/**
 * matinee_session_get_unsaved:
 * @self: a session
 *
 * Returns: whether there is a model that would be lost. One of the sample is not
 *   counted: it comes again with one press of a button
 */
gboolean
matinee_session_get_unsaved (MatineeSession *self)
{
  return self->model != NULL && self->unsaved && !matinee_session_is_sample (self);
}

/**
 * matinee_session_get_model_file:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the file that the model is in, or %NULL when it is
 *   in none
 */
GFile *
matinee_session_get_model_file (MatineeSession *self)
{
  return self->model_file;
}

/**
 * matinee_session_get_start_file:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the file of the model of other data that a training
 *   may go on from
 */
GFile *
matinee_session_get_start_file (MatineeSession *self)
{
  return self->start_file;
}

/**
 * matinee_session_get_saving:
 * @self: a session
 *
 * Returns: whether a model, or a table of it, is being written
 */
gboolean
matinee_session_get_saving (MatineeSession *self)
{
  return self->model_job != NULL && !self->job_opens;
}

gboolean
matinee_session_get_loading (MatineeSession *self)
{
  return self->opening != NULL || (self->model_job != NULL && self->job_opens);
}

void
matinee_session_cancel_model_job (MatineeSession *self)
{
  if (self->model_cancellable != NULL)
    g_cancellable_cancel (self->model_cancellable);
}

static void
run_job (MatineeSession *self, MatineeModelJob *job, gboolean opens, GAsyncReadyCallback callback)
{
  self->model_job = job;
  self->job_opens = opens;
  self->model_cancellable = g_cancellable_new ();
  matinee_session_follow (self, job, opens ? "loading" : "saving");
  matinee_job_run_async (MATINEE_JOB (job), self->model_cancellable, callback, g_object_ref (self));
}

/* The job is over: whoever asks is told that nothing goes on any more. */
static void
end_job (MatineeSession *self)
{
  g_signal_handlers_disconnect_by_data (self->model_job, self);
  g_clear_object (&self->model_job);
  g_clear_object (&self->model_cancellable);
}

static void
tell_failure (MatineeSession *self, char *heading, const GError *error)
{
  if (!self->shut_down && !g_error_matches (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "failed", heading, error->message);
  g_free (heading);
}

static void
tell_unsaved (MatineeSession *self, GFile *file, const GError *error)
{
  g_autofree char *name = matinee_file_name_dup (file);

  tell_failure (self, g_strdup_printf (_ ("Could Not Save “%s”"), name), error);
}

/* The parameters become those of the model, so that a training goes on as it was; how
 * many threads work is a matter of the computer. */
static void
take_params (MatineeSession *self, const MatineeModel *model)
{
  MatineeParams params = model->params;

  params.n_threads = self->params.n_threads;
  /* A file of test ratings does not come with a model. */
  if (params.split == MATINEE_SPLIT_GIVEN && matinee_test_file_get_file (self->test_file) == NULL)
    params.split = MATINEE_SPLIT_RANDOM;
  matinee_session_set_params (self, &params);
}

static void
take_model (MatineeSession *self, MatineeModelFile *file, GFile *path, gboolean same_data)
{
  matinee_session_forget_model (self);
  g_set_object (&self->model_file, path);
  self->own = matinee_model_file_copy (file);
  if (!same_data)
    {
      g_clear_object (&self->ratings_file);
      g_clear_object (&self->ratings_job);
      g_clear_object (&self->titles_file);
      self->titles_chosen = FALSE;
      matinee_text_hints_clear (&self->hints);
      g_set_object (&self->own_file, path);
      g_free (self->own_name);
      self->own_name = g_strdup (file->data_name);
      matinee_session_remember_files (self);
    }
  matinee_recent_add (self->recent, path, NULL, NULL);
  take_params (self, file->model);
  matinee_session_take_data (self, matinee_dataset_ref (file->dataset), matinee_model_ref (file->model));
  g_signal_emit_by_name (self, "baselines-changed");
  g_signal_emit_by_name (self, "model-opened");
}

/* Ratings of somebody are not replaced by those of a model without asking. */
static void
ask_about_other (MatineeSession *self, MatineeModelFile *file, GFile *path, const char *name)
{
  g_clear_pointer (&self->other, matinee_model_file_free);
  self->other = matinee_model_file_copy (file);
  g_set_object (&self->other_file, path);
  g_signal_emit_by_name (self, "other-data", name, file->data_name != NULL ? file->data_name : name);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineeSession) self = data;
  g_autoptr (MatineeModelJob) job = g_object_ref (MATINEE_MODEL_JOB (source));
  g_autoptr (GError) error = NULL;
  MatineeModelFile *file = matinee_model_job_run_finish (job, result, &error);
  GFile *path = matinee_model_job_get_file (job);
  g_autofree char *name = matinee_file_name_dup (path);
  gboolean same_data = matinee_model_job_get_same_data (job);
  gboolean ask = !same_data && self->ratings_file != NULL;
  gboolean at_start = self->opening_at_start;

  end_job (self);
  self->opening_at_start = FALSE;
  if (file != NULL && !ask && !self->shut_down)
    take_model (self, file, path, same_data);
  matinee_session_notify_state (self, "loading");
  if (self->shut_down)
    return;
  if (file == NULL)
    tell_failure (self, g_strdup_printf (_ ("Could Not Open “%s”"), name), error);
  else if (ask)
    ask_about_other (self, file, path, name);
  else if (!at_start)
    {
      g_autofree char *text = g_strdup_printf (_ ("Opened “%s”"), name);

      g_signal_emit_by_name (self, "message", text);
    }
  /* Something is always open: at the start there is nothing to go back to. */
  if (self->dataset == NULL)
    matinee_session_open_at_start (self, NULL, NULL);
}

/**
 * matinee_session_open_model:
 * @self: a session
 * @file: a model file
 *
 * Opens a model. If it was trained on the ratings that are open, these stay, else it
 * comes with its own data, or other-data asks. What is open stays open until that has
 * succeeded.
 */
void
matinee_session_open_model (MatineeSession *self, GFile *file)
{
  if (matinee_session_can_open (self))
    run_job (self, matinee_model_job_new_open (file, self->dataset), TRUE, opened_cb);
}

/**
 * matinee_session_answer_other_data:
 * @self: a session that has told other-data
 * @answer: what to do
 */
void
matinee_session_answer_other_data (MatineeSession *self, MatineeOtherData answer)
{
  g_autoptr (MatineeModelFile) file = g_steal_pointer (&self->other);
  g_autoptr (GFile) path = g_steal_pointer (&self->other_file);
  MatineeParams params = self->params;

  if (file == NULL || self->shut_down)
    return;
  switch (answer)
    {
    case MATINEE_OTHER_DATA_REPLACE:
      take_model (self, file, path, FALSE);
      break;
    case MATINEE_OTHER_DATA_KEEP:
      g_clear_pointer (&self->start, matinee_model_unref);
      self->start = matinee_model_ref (file->model);
      g_set_object (&self->start_file, path);
      params.n_factors = file->model->factors->n_factors;
      matinee_session_set_params (self, &params);
      g_object_notify (G_OBJECT (self), "unsaved");
      break;
    case MATINEE_OTHER_DATA_CANCEL:
    default:
      break;
    }
}

/* The model with what is to travel with it; borrowed. */
static MatineeModelFile
describe (MatineeSession *self, char *data_name)
{
  MatineeDataset *dataset = matinee_session_get_model_dataset (self);
  MatineeModelFile contents = { .model = self->model,
                                .dataset = dataset,
                                .has_ratings = matinee_ratings_get_n (dataset->ratings) > 0,
                                .data_name = data_name,
                                .split = (char *) matinee_split_info (self->model->params.split)->choice.id };

  /* Data without ratings can't tell what the model was trained on; its file could. */
  if (self->own != NULL)
    {
      contents.fingerprint = self->own->fingerprint;
      contents.split = self->own->split;
      contents.data_name = self->own->data_name;
    }
  return contents;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineeSession) self = data;
  g_autoptr (MatineeModelJob) job = g_object_ref (MATINEE_MODEL_JOB (source));
  g_autoptr (GError) error = NULL;
  MatineeModelFile *file = matinee_model_job_run_finish (job, result, &error);
  GFile *path = matinee_model_job_get_file (job);

  end_job (self);
  if (file != NULL)
    {
      g_autofree char *name = matinee_file_name_dup (path);
      g_autofree char *text = g_strdup_printf (_ ("Saved “%s”"), name);

      matinee_recent_add (self->recent, path, NULL, NULL);
      /* Another one may have been trained in the meantime. */
      if (file->model == self->model)
        {
          g_set_object (&self->model_file, path);
          matinee_session_set_unsaved (self, FALSE);
        }
      if (!self->shut_down)
        g_signal_emit_by_name (self, "message", text);
    }
  else
    tell_unsaved (self, path, error);
  matinee_session_notify_state (self, "saving");
}

/* A model doesn't change, so that it can be written while another one is trained. */
static gboolean
can_write (MatineeSession *self)
{
  if (self->model == NULL || self->shut_down)
    return FALSE;
  if (self->model_job == NULL && self->opening == NULL)
    return TRUE;
  g_signal_emit_by_name (self, "message", _ ("Another file is being opened or saved: wait for it or cancel it"));
  return FALSE;
}

/**
 * matinee_session_save_model:
 * @self: a session with a model
 * @file: where to
 * @with_ratings: whether the ratings are saved too, so that what somebody has rated can be
 *   left out and explained without the ratings file
 *
 * Saves the model. What was in @file stays there until that has succeeded.
 *
 * Returns: whether that has begun
 */
gboolean
matinee_session_save_model (MatineeSession *self, GFile *file, gboolean with_ratings)
{
  g_autofree char *name = NULL;
  MatineeModelFile contents;

  if (!can_write (self))
    return FALSE;
  name = matinee_session_dup_data_name (self);
  contents = describe (self, name);
  contents.has_ratings = contents.has_ratings && with_ratings;
  run_job (self, matinee_model_job_new_save (file, &contents), FALSE, saved_cb);
  return TRUE;
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineeSession) self = data;
  g_autoptr (MatineeModelJob) job = g_object_ref (MATINEE_MODEL_JOB (source));
  g_autoptr (GError) error = NULL;
  gboolean done = matinee_model_job_run_finish (job, result, &error) != NULL;
  GFile *path = matinee_model_job_get_file (job);
  g_autofree char *name = matinee_file_name_dup (path);
  g_autofree char *text = NULL;

  end_job (self);
  matinee_session_notify_state (self, "saving");
  if (!done)
    {
      tell_unsaved (self, path, error);
      return;
    }
  if (matinee_model_job_get_n_unknown (job) > 0)
    text = g_strdup_printf (_ ("Saved “%s”; some users or films are unknown and predicted from the means"), name);
  else
    text = g_strdup_printf (_ ("Saved “%s”"), name);
  if (!self->shut_down)
    g_signal_emit_by_name (self, "message", text);
}

/**
 * matinee_session_export:
 * @self: a session with a model
 * @what: the table
 * @file: where to
 * @pairs: (nullable): for predictions, whom and what to predict
 *
 * Writes a table of what the model holds. Lists are as long as on the page of
 * recommendations, and leave out what was rated if those do.
 */
void
matinee_session_export (MatineeSession *self, MatineeModelExport what, GFile *file, GFile *pairs)
{
  g_autofree char *name = NULL;
  MatineeModelFile contents;
  MatineeModelJob *job;

  if (!can_write (self))
    return;
  name = matinee_session_dup_data_name (self);
  contents = describe (self, name);
  job = matinee_model_job_new_export (file, &contents, what);
  matinee_model_job_set_lists (job, (guint) matinee_settings_get_int (self->settings, "number-of-films"),
                               matinee_settings_get_boolean (self->settings, "hide-rated"));
  matinee_model_job_set_pairs (job, pairs);
  run_job (self, job, FALSE, exported_cb);
}
