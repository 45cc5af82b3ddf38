/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-session"

#include "config.h"

#include "matinee-session-private.h"

#include <glib/gi18n.h>

#include "matinee-error.h"
#include "matinee-file-name.h"
#include "matinee-hints.h"

static void open_with (MatineeSession *self, MatineeOpening *opening);

static char *
failure_heading_dup (GFile *file)
{
  g_autofree char *name = file != NULL ? matinee_file_name_dup (file) : NULL;

  return name != NULL ? g_strdup_printf (_ ("Could Not Open “%s”"), name) : g_strdup (_ ("Could Not Make the Sample"));
}

/**
 * matinee_session_tell_failure:
 * @self: a session
 * @file: (nullable): what could not be opened, or %NULL for the sample
 * @error: why
 *
 * Emits failed.
 */
void
matinee_session_tell_failure (MatineeSession *self, GFile *file, const GError *error)
{
  g_autofree char *heading = failure_heading_dup (file);

  g_signal_emit_by_name (self, "failed", heading, error->message);
}

/* What is written otherwise than expected may be read as people say. */
static void
tell_opening_failure (MatineeSession *self, MatineeOpening *opening, const GError *error)
{
  GFile *file = matinee_opening_get_current (opening);
  gboolean is_ratings = file != NULL && file == matinee_opening_get_ratings (opening);
  g_autofree char *heading = failure_heading_dup (file);

  if (is_ratings && g_error_matches (error, MATINEE_ERROR, MATINEE_ERROR_UNCERTAIN))
    g_signal_emit_by_name (self, "uncertain", opening);
  else if (is_ratings && g_error_matches (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT))
    g_signal_emit_by_name (self, "misread", heading, error->message, opening);
  else
    matinee_session_tell_failure (self, file, error);
}

/* Nothing is left out in silence. */
static void
tell_bad_lines (MatineeSession *self, MatineeOpening *opening)
{
  MatineeLoadJob *job = matinee_opening_get_ratings_job (opening);
  gsize n = job != NULL ? matinee_load_job_get_report (job)->n_bad : 0;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (n == 0)
    return;
  name = matinee_file_name_dup (matinee_opening_get_ratings (opening));
  text = g_strdup_printf (ngettext ("Left out %zu bad line of “%s”", "Left out %zu bad lines of “%s”", n), n, name);
  g_signal_emit_by_name (self, "message", text);
}

/**
 * matinee_session_take_data:
 * @self: a session
 * @dataset: (transfer full): what is open from now on
 * @model: (nullable) (transfer full): a model of it
 *
 * A model, a split and a film list belong to the ratings that they were made from.
 * New titles for the same ratings leave the model as it is.
 */
void
matinee_session_take_data (MatineeSession *self, MatineeDataset *dataset, MatineeModel *model)
{
  gboolean same_ratings = self->dataset != NULL && self->dataset->ratings == dataset->ratings;

  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  self->dataset = dataset;
  if (same_ratings && model == NULL)
    matinee_session_update_model_dataset (self);
  else
    {
      self->has_baselines = FALSE;
      matinee_preparation_unref (self->preparation);
      self->preparation = matinee_preparation_new ();
      g_clear_pointer (&self->split, matinee_split_unref);
      g_clear_pointer (&self->model, matinee_model_unref);
      g_clear_pointer (&self->model_dataset, matinee_dataset_unref);
      if (model == NULL)
        matinee_session_forget_model (self);
    }
  if (!same_ratings)
    matinee_test_file_close (self->test_file);
  if (model != NULL)
    self->model = model;
  if (model != NULL && model->split != NULL)
    self->split = matinee_split_ref (model->split);
  g_signal_emit_by_name (self, "dataset-changed");
  g_signal_emit_by_name (self, "split-changed");
  g_signal_emit_by_name (self, "model-changed");
  g_object_notify (G_OBJECT (self), "unsaved");
}

/**
 * matinee_session_remember_files:
 * @self: a session
 *
 * Remembers what is open for the next start, and among the files that were opened.
 */
void
matinee_session_remember_files (MatineeSession *self)
{
  matinee_settings_set_file (self->settings, "ratings-file", self->ratings_file);
  matinee_settings_set_value (self->settings, "ratings-hints", matinee_hints_to_variant (&self->hints));
  matinee_settings_set_file (self->settings, "titles-file", self->titles_file);
  matinee_settings_set_boolean (self->settings, "titles-chosen", self->titles_chosen);
  matinee_settings_set_file (self->settings, "model-file", self->own_file);
  if (self->ratings_file != NULL)
    matinee_recent_add (self->recent, self->ratings_file, self->titles_chosen ? self->titles_file : NULL, &self->hints);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineeSession) self = data;
  g_autoptr (MatineeOpening) opening = g_steal_pointer (&self->opening);
  g_autoptr (GError) error = NULL;
  MatineeDataset *dataset = matinee_opening_run_finish (opening, result, &error);
  const GError *titles_error = matinee_opening_get_titles_error (opening);
  gboolean only_titles = matinee_opening_get_ratings (opening) == NULL && matinee_opening_get_titles (opening) != NULL;
  gboolean at_start = self->opening_at_start;

  g_signal_handlers_disconnect_by_data (opening, self);
  self->opening_at_start = FALSE;
  if (dataset != NULL && !self->shut_down)
    {
      if (!only_titles)
        {
          g_set_object (&self->ratings_file, matinee_opening_get_ratings (opening));
          g_set_object (&self->ratings_job, matinee_opening_get_ratings_job (opening));
          matinee_text_hints_copy (&self->hints, matinee_opening_get_hints (opening));
          g_clear_object (&self->own_file);
          g_clear_pointer (&self->own_name, g_free);
        }
      if (!at_start)
        self->titles_chosen
            = matinee_opening_get_titles (opening) != NULL && !matinee_opening_get_found_titles (opening);
      g_set_object (&self->titles_file, matinee_opening_get_titles (opening));
      matinee_session_remember_files (self);
      matinee_session_take_data (self, dataset, NULL);
      if (!at_start && titles_error == NULL)
        {
          g_autofree char *text = matinee_opening_describe (opening);

          g_signal_emit_by_name (self, "message", text);
        }
      tell_bad_lines (self, opening);
      if (!only_titles)
        matinee_session_restore_test_file (self, at_start && self->ratings_file != NULL);
    }
  else
    g_clear_pointer (&dataset, matinee_dataset_unref);
  matinee_session_notify_state (self, "loading");

  if (self->shut_down)
    return;
  if (titles_error != NULL)
    matinee_session_tell_failure (self, matinee_opening_get_current (opening), titles_error);
  if (g_error_matches (error, MATINEE_ERROR, MATINEE_ERROR_AMBIGUOUS))
    {
      g_set_object (&self->undecided, opening);
      g_signal_emit_by_name (self, "undecided", matinee_opening_get_current (opening),
                             matinee_opening_get_choices (opening));
    }
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
           && !g_error_matches (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED))
    tell_opening_failure (self, opening, error);
  /* Something is always open: at the start there is nothing to go back to. */
  if (self->dataset == NULL && self->opening == NULL && matinee_opening_get_current (opening) != NULL)
    matinee_session_open_at_start (self, NULL, NULL);
}

static void
open_with (MatineeSession *self, MatineeOpening *opening)
{
  self->opening = opening;
  if (matinee_split_info (self->params.split)->needs_times)
    matinee_opening_set_needs_times (opening);
  matinee_session_follow (self, opening, "loading");
  matinee_opening_run_async (opening, opened_cb, g_object_ref (self));
}

/**
 * matinee_session_can_open:
 * @self: a session
 *
 * Tells people when it is not so: the window does not offer it then, but files also come
 * from the command line and by drag and drop.
 *
 * Returns: whether something may be opened now
 */
gboolean
matinee_session_can_open (MatineeSession *self)
{
  if (self->shut_down)
    return FALSE;
  if (self->opening != NULL || self->model_job != NULL || matinee_test_file_get_loading (self->test_file))
    g_signal_emit_by_name (self, "message", _ ("Another file is being opened or saved: wait for it or cancel it"));
  else if (self->training != NULL || self->validation != NULL)
    g_signal_emit_by_name (self, "message", _ ("Stop the training before you open something else"));
  else if (self->sweep != NULL)
    g_signal_emit_by_name (self, "message", _ ("Stop the sweep before you open something else"));
  return !matinee_session_get_busy (self);
}

/**
 * matinee_session_open_at_start:
 * @self: a session
 * @ratings: (nullable): what was open last, or %NULL for the sample
 * @titles: (nullable): its titles
 *
 * Opens them without saying so.
 */
void
matinee_session_open_at_start (MatineeSession *self, GFile *ratings, GFile *titles)
{
  MatineeOpening *opening = matinee_opening_new (ratings, titles, NULL);

  self->opening_at_start = TRUE;
  if (ratings != NULL)
    {
      g_autoptr (GVariant) kept = matinee_settings_get_value (self->settings, "ratings-hints");
      g_auto (MatineeTextHints) hints = { NULL };

      matinee_hints_take_variant (&hints, kept);
      matinee_opening_set_hints (opening, &hints);
    }
  open_with (self, opening);
}

/* A file that was open last, unless it has gone: then the sample opens. */
static GFile *
find_last (MatineeSession *self, const char *key)
{
  g_autoptr (GFile) file = matinee_settings_dup_file (self->settings, key);
  g_autofree char *name = file != NULL ? matinee_file_name_dup (file) : NULL;
  g_autofree char *text = NULL;

  if (file == NULL || matinee_file_name_exists (file))
    return g_steal_pointer (&file);
  text = g_strdup_printf (_ ("“%s” is not there any more: this is the sample"), name);
  g_signal_emit_by_name (self, "message", text);
  return NULL;
}

/**
 * matinee_session_restore:
 * @self: a session
 *
 * Opens what was open last, if it is still there, or else the sample.
 */
void
matinee_session_restore (MatineeSession *self)
{
  g_autoptr (GFile) model = NULL;
  g_autoptr (GFile) ratings = NULL;
  g_autoptr (GFile) titles = NULL;

  if (!matinee_session_can_open (self))
    return;
  model = find_last (self, "model-file");
  if (model != NULL)
    {
      self->opening_at_start = TRUE;
      matinee_session_open_model (self, model);
      return;
    }
  ratings = find_last (self, "ratings-file");
  titles = ratings != NULL ? matinee_settings_dup_file (self->settings, "titles-file") : NULL;
  if (titles != NULL && !matinee_file_name_exists (titles))
    g_clear_object (&titles);
  self->titles_chosen = titles != NULL && matinee_settings_get_boolean (self->settings, "titles-chosen");
  matinee_session_open_at_start (self, ratings, titles);
}

/**
 * matinee_session_open_sample:
 * @self: a session
 *
 * Opens the built-in sample.
 */
void
matinee_session_open_sample (MatineeSession *self)
{
  if (matinee_session_can_open (self))
    open_with (self, matinee_opening_new (NULL, NULL, NULL));
}

/**
 * matinee_session_open:
 * @self: a session
 * @ratings: a ratings file
 * @titles: (nullable): a titles file; without one, titles that were chosen before
 *   stay, and if none were, those beside the ratings or in the same archive are
 *   opened too
 *
 * Opens them. What is open stays open until that has succeeded.
 */
void
matinee_session_open (MatineeSession *self, GFile *ratings, GFile *titles)
{
  matinee_session_open_as (self, ratings, titles, NULL);
}

/* Ratings that were opened before are read as people said then. */
static void
open_ratings (MatineeSession *self, GFile *ratings, GFile *titles, const MatineeTextHints *hints)
{
  MatineeOpening *opening = matinee_opening_new (ratings, titles, NULL);
  g_auto (MatineeTextHints) remembered = { NULL };

  if (titles == NULL)
    matinee_opening_find_titles (opening);
  if (hints == NULL)
    matinee_recent_take_hints (self->recent, ratings, &remembered);
  matinee_opening_set_hints (opening, hints != NULL ? hints : &remembered);
  open_with (self, opening);
}

/**
 * matinee_session_open_as:
 * @self: a session
 * @ratings: a ratings file
 * @titles: (nullable): a titles file, as for matinee_session_open()
 * @hints: (nullable): what somebody says about how the ratings are to be read; if
 *   nothing, they are read as when they were opened before
 *
 * Opens them like that. What is open stays open until that has succeeded.
 */
void
matinee_session_open_as (MatineeSession *self, GFile *ratings, GFile *titles, const MatineeTextHints *hints)
{
  if (titles == NULL && self->titles_chosen)
    titles = self->titles_file;
  if (matinee_session_can_open (self))
    open_ratings (self, ratings, titles, hints);
}

/**
 * matinee_session_open_set:
 * @self: a session
 * @ratings: ratings that have titles of their own, or none
 *
 * Opens ratings with the titles beside them or in the same archive, whatever titles were
 * chosen for others before. What is open stays open until that has succeeded.
 */
void
matinee_session_open_set (MatineeSession *self, GFile *ratings)
{
  if (matinee_session_can_open (self))
    open_ratings (self, ratings, NULL, NULL);
}

/**
 * matinee_session_open_titles:
 * @self: a session with ratings
 * @titles: a titles file
 *
 * Opens other titles for the ratings that are open.
 */
void
matinee_session_open_titles (MatineeSession *self, GFile *titles)
{
  if (matinee_session_can_open (self) && self->dataset != NULL)
    open_with (self, matinee_opening_new (NULL, titles, self->dataset));
}

/**
 * matinee_session_choose:
 * @self: a session that has told by "undecided" that it needs to know
 * @chosen: (nullable): the file in the archive that is meant, or %NULL for none
 *
 * Goes on with the opening of an archive.
 */
void
matinee_session_choose (MatineeSession *self, GFile *chosen)
{
  g_autoptr (MatineeOpening) opening = g_steal_pointer (&self->undecided);
  GFile *ratings = opening != NULL ? matinee_opening_get_ratings (opening) : NULL;
  GFile *titles = opening != NULL ? matinee_opening_get_titles (opening) : NULL;

  if (opening == NULL || chosen == NULL)
    return;
  if (ratings == NULL)
    matinee_session_open_titles (self, chosen);
  else if (matinee_opening_get_current (opening) == titles)
    matinee_session_open_as (self, ratings, chosen, matinee_opening_get_hints (opening));
  else
    matinee_session_open (self, chosen, titles);
}

/**
 * matinee_session_cancel_loading:
 * @self: a session
 *
 * Ends the opening or saving of files; what was open or saved before stays.
 */
void
matinee_session_cancel_loading (MatineeSession *self)
{
  if (self->opening != NULL)
    matinee_opening_cancel (self->opening);
  matinee_session_cancel_model_job (self);
}

/**
 * matinee_session_dup_loading_name:
 * @self: a session
 *
 * Returns: (transfer full) (nullable): the name of the file that is being read or
 *   written, or %NULL when none is
 */
char *
matinee_session_dup_loading_name (MatineeSession *self)
{
  GFile *file = self->opening != NULL ? matinee_opening_get_current (self->opening) : NULL;

  if (self->model_job != NULL)
    file = matinee_model_job_get_file (self->model_job);
  return file != NULL ? matinee_file_name_dup (file) : NULL;
}
