/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-session"

#include "config.h"

#include "matinee-session-private.h"

#include <glib/gi18n.h>

#include "matinee-error.h"

/**
 * MatineeSession:
 *
 * What is open and what is going on, without any widget: the data, the parameters,
 * the training and the model that came of it. The pages of the window show it and
 * listen to its signals, all of which come on the main thread.
 */
G_DEFINE_FINAL_TYPE (MatineeSession, matinee_session, G_TYPE_OBJECT)

enum
{
  PROP_LOADING = 1,
  PROP_TRAINING,
  PROP_BUSY,
  PROP_FRACTION,
  N_PROPS
};

enum
{
  DATASET_CHANGED,
  PARAMS_CHANGED,
  SPLIT_CHANGED,
  BASELINES_CHANGED,
  POINTS,
  TRAINED,
  MODEL_CHANGED,
  FAILED,
  MESSAGE,
  RUNS_TROUBLE,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void open_with (MatineeSession *self, MatineeOpening *opening);

static void
notify_state (MatineeSession *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

static char *
file_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return g_filename_display_name (name);
}

void
matinee_session_tell_failure (MatineeSession *self, GFile *file, const GError *error)
{
  g_autofree char *name = file != NULL ? file_name (file) : NULL;
  g_autofree char *heading
      = name != NULL ? g_strdup_printf (_ ("Could Not Open “%s”"), name) : g_strdup (_ ("Could Not Make the Sample"));

  g_signal_emit (self, signals[FAILED], 0, heading, error->message);
}

/* A model, a split and a film list belong to the ratings that they were made from.
 * New titles for the same ratings leave the model as it is. */
static void
take_dataset (MatineeSession *self, MatineeDataset *dataset)
{
  gboolean same_ratings = self->dataset != NULL && self->dataset->ratings == dataset->ratings;

  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  self->dataset = dataset;
  if (same_ratings)
    matinee_session_update_model_dataset (self);
  else
    {
      self->has_baselines = FALSE;
      g_clear_pointer (&self->split, matinee_split_unref);
      g_clear_pointer (&self->model, matinee_model_unref);
      g_clear_pointer (&self->model_dataset, matinee_dataset_unref);
      matinee_test_file_close (self->test_file);
    }
  g_signal_emit (self, signals[DATASET_CHANGED], 0);
  g_signal_emit (self, signals[SPLIT_CHANGED], 0);
  g_signal_emit (self, signals[MODEL_CHANGED], 0);
}

static void
remember_files (MatineeSession *self)
{
  matinee_settings_set_file (self->settings, "ratings-file", self->ratings_file);
  matinee_settings_set_file (self->settings, "titles-file", self->titles_file);
  matinee_settings_set_boolean (self->settings, "titles-chosen", self->titles_chosen);
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
        g_set_object (&self->ratings_file, matinee_opening_get_ratings (opening));
      if (!at_start)
        self->titles_chosen
            = matinee_opening_get_titles (opening) != NULL && !matinee_opening_get_found_titles (opening);
      g_set_object (&self->titles_file, matinee_opening_get_titles (opening));
      remember_files (self);
      take_dataset (self, dataset);
      if (!at_start && titles_error == NULL)
        {
          g_autofree char *text = matinee_opening_dup_summary (opening);

          g_signal_emit (self, signals[MESSAGE], 0, text);
        }
    }
  else
    g_clear_pointer (&dataset, matinee_dataset_unref);
  notify_state (self, PROP_LOADING);

  if (self->shut_down)
    return;
  if (titles_error != NULL)
    matinee_session_tell_failure (self, matinee_opening_get_current (opening), titles_error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_error_matches (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED))
    matinee_session_tell_failure (self, matinee_opening_get_current (opening), error);
  /* Something is always open: at the start there is nothing to go back to. */
  if (self->dataset == NULL && self->opening == NULL && matinee_opening_get_current (opening) != NULL)
    {
      self->opening_at_start = TRUE;
      open_with (self, matinee_opening_new (NULL, NULL, NULL));
    }
}

static void
opening_fraction_cb (MatineeSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
}

static void
open_with (MatineeSession *self, MatineeOpening *opening)
{
  self->opening = opening;
  if (matinee_split_info (self->params.split)->needs_times)
    matinee_opening_set_needs_times (opening);
  g_signal_connect_object (opening, "notify::fraction", G_CALLBACK (opening_fraction_cb), self, G_CONNECT_SWAPPED);
  notify_state (self, PROP_LOADING);
  matinee_opening_run_async (opening, opened_cb, g_object_ref (self));
}

/* Whether something may be opened now; the window does not offer it otherwise, but
 * files also come from the command line and by drag and drop. */
static gboolean
can_open (MatineeSession *self)
{
  if (self->shut_down)
    return FALSE;
  if (self->opening != NULL)
    g_signal_emit (self, signals[MESSAGE], 0, _ ("Another file is being opened: wait for it or cancel it"));
  else if (matinee_session_get_busy (self))
    g_signal_emit (self, signals[MESSAGE], 0, _ ("Stop the training before you open something else"));
  return !matinee_session_get_busy (self);
}

static void
split_cb (MatineeSession *self)
{
  g_clear_pointer (&self->split, matinee_split_unref);
  self->split = matinee_split_ref (matinee_training_job_get_split (self->training));
  self->has_baselines = FALSE;
  g_signal_emit (self, signals[SPLIT_CHANGED], 0);
  g_signal_emit (self, signals[BASELINES_CHANGED], 0);
}

static void
baselines_cb (MatineeSession *self)
{
  self->baselines = *matinee_training_job_get_baselines (self->training);
  self->has_baselines = TRUE;
  g_signal_emit (self, signals[BASELINES_CHANGED], 0);
}

static void
points_cb (MatineeSession *self, const MatineeTracePoint *points, guint n)
{
  g_signal_emit (self, signals[POINTS], 0, points, n);
}

static void
training_fraction_cb (MatineeSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
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
    }
  notify_state (self, PROP_TRAINING);
  if (self->shut_down)
    return;
  if (matinee_session_get_model_dataset (self) != shown)
    g_signal_emit (self, signals[DATASET_CHANGED], 0);
  g_signal_emit (self, signals[TRAINED], 0, model, matinee_training_job_get_message (job));
  if (model != NULL)
    g_signal_emit (self, signals[MODEL_CHANGED], 0);
  else if (!g_error_matches (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, _ ("Could Not Train"), error->message);
}

static void
trouble_cb (MatineeSession *self, const char *text)
{
  if (!self->shut_down)
    g_signal_emit (self, signals[RUNS_TROUBLE], 0, text);
}

static void
matinee_session_finalize (GObject *object)
{
  MatineeSession *self = MATINEE_SESSION (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->runs);
  g_clear_object (&self->ratings_file);
  g_clear_object (&self->titles_file);
  g_clear_object (&self->test_file);
  g_clear_pointer (&self->model_dataset, matinee_dataset_unref);
  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  g_clear_pointer (&self->split, matinee_split_unref);
  g_clear_pointer (&self->model, matinee_model_unref);

  G_OBJECT_CLASS (matinee_session_parent_class)->finalize (object);
}

static void
matinee_session_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MatineeSession *self = MATINEE_SESSION (object);

  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, matinee_session_get_loading (self));
      break;
    case PROP_TRAINING:
      g_value_set_boolean (value, matinee_session_get_training (self));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, matinee_session_get_busy (self));
      break;
    case PROP_FRACTION:
      g_value_set_double (value, matinee_session_get_fraction (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_signals (void)
{
  /**
   * MatineeSession::dataset-changed:
   *
   * Other data is open. Always followed by split-changed and model-changed.
   */
  signals[DATASET_CHANGED]
      = g_signal_new ("dataset-changed", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PARAMS_CHANGED]
      = g_signal_new ("params-changed", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SPLIT_CHANGED]
      = g_signal_new ("split-changed", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /** MatineeSession::baselines-changed: see matinee_session_get_baselines() */
  signals[BASELINES_CHANGED] = g_signal_new ("baselines-changed", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 0);
  /**
   * MatineeSession::points:
   * @points: (array length=n): new records of #MatineeTracePoint, in order
   * @n: how many
   */
  signals[POINTS] = g_signal_new ("points", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  2, G_TYPE_POINTER, G_TYPE_UINT);
  /**
   * MatineeSession::trained:
   * @model: (nullable): the #MatineeModel, or %NULL when nothing was learnt
   * @explanation: (nullable): why the training diverged and what to change
   *
   * A training has ended. If there is a model, model-changed follows.
   */
  signals[TRAINED] = g_signal_new ("trained", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   2, G_TYPE_POINTER, G_TYPE_STRING);
  signals[MODEL_CHANGED]
      = g_signal_new ("model-changed", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * MatineeSession::failed:
   * @heading: what failed, plain text
   * @body: why and what to do, plain text
   */
  signals[FAILED] = g_signal_new ("failed", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  2, G_TYPE_STRING, G_TYPE_STRING);
  /**
   * MatineeSession::message:
   * @text: what was done, plain text
   */
  signals[MESSAGE] = g_signal_new ("message", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, G_TYPE_STRING);
  /**
   * MatineeSession::runs-trouble:
   * @text: what is wrong with the history of runs, in whole sentences, plain text
   */
  signals[RUNS_TROUBLE] = g_signal_new ("runs-trouble", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
matinee_session_class_init (MatineeSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = matinee_session_finalize;
  object_class->get_property = matinee_session_get_property;

  /** MatineeSession:loading: whether files are being read */
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  /** MatineeSession:training: whether a model is being trained */
  props[PROP_TRAINING] = g_param_spec_boolean ("training", NULL, NULL, FALSE, flags);
  /** MatineeSession:busy: whether either is so */
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  /** MatineeSession:fraction: how much of it is done, 0 … 1 */
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0.0, 1.0, 0.0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  install_signals ();
}

static void
matinee_session_init (MatineeSession *self)
{
}

/**
 * matinee_session_new:
 * @settings: where the parameters and the last files are remembered
 *
 * Returns: (transfer full): a session with nothing open yet
 */
MatineeSession *
matinee_session_new (MatineeSettings *settings)
{
  MatineeSession *self = g_object_new (MATINEE_TYPE_SESSION, NULL);

  self->settings = g_object_ref (settings);
  self->runs = matinee_run_store_new (NULL);
  g_signal_connect_object (self->runs, "trouble", G_CALLBACK (trouble_cb), self, G_CONNECT_SWAPPED);
  matinee_settings_load_params (settings, &self->params);
  /* The file of test ratings is not remembered. */
  if (self->params.split == MATINEE_SPLIT_GIVEN)
    self->params.split = MATINEE_SPLIT_RANDOM;
  matinee_session_add_test_file (self);
  return self;
}

MatineeSettings *
matinee_session_get_settings (MatineeSession *self)
{
  return self->settings;
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
  g_autoptr (GFile) ratings = matinee_settings_dup_file (self->settings, "ratings-file");
  g_autoptr (GFile) titles = matinee_settings_dup_file (self->settings, "titles-file");

  if (!can_open (self))
    return;
  if (ratings != NULL && !g_file_query_exists (ratings, NULL))
    {
      g_autofree char *name = file_name (ratings);
      g_autofree char *text = g_strdup_printf (_ ("“%s” is not there any more: this is the sample"), name);

      g_clear_object (&ratings);
      g_clear_object (&titles);
      g_signal_emit (self, signals[MESSAGE], 0, text);
    }
  if (titles != NULL && !g_file_query_exists (titles, NULL))
    g_clear_object (&titles);
  self->opening_at_start = TRUE;
  self->titles_chosen = titles != NULL && matinee_settings_get_boolean (self->settings, "titles-chosen");
  open_with (self, matinee_opening_new (ratings, titles, NULL));
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
  if (can_open (self))
    open_with (self, matinee_opening_new (NULL, NULL, NULL));
}

/**
 * matinee_session_open:
 * @self: a session
 * @ratings: a ratings file
 * @titles: (nullable): a titles file; without one, titles that were chosen before
 *   stay, and if none were, a movies.csv beside the ratings is opened too
 *
 * Opens them. What is open stays open until that has succeeded.
 */
void
matinee_session_open (MatineeSession *self, GFile *ratings, GFile *titles)
{
  MatineeOpening *opening;

  if (!can_open (self))
    return;
  if (titles == NULL && self->titles_chosen)
    titles = self->titles_file;
  opening = matinee_opening_new (ratings, titles, NULL);
  if (titles == NULL)
    matinee_opening_find_titles (opening);
  open_with (self, opening);
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
  if (can_open (self) && self->dataset != NULL)
    open_with (self, matinee_opening_new (NULL, titles, self->dataset));
}

/**
 * matinee_session_cancel_loading:
 * @self: a session
 *
 * Ends the opening of files; what was open before stays.
 */
void
matinee_session_cancel_loading (MatineeSession *self)
{
  if (self->opening != NULL)
    matinee_opening_cancel (self->opening);
}

/**
 * matinee_session_dup_loading_name:
 * @self: a session
 *
 * Returns: (transfer full) (nullable): the name of the file that is being read, or
 *   %NULL when none is
 */
char *
matinee_session_dup_loading_name (MatineeSession *self)
{
  GFile *file = self->opening != NULL ? matinee_opening_get_current (self->opening) : NULL;

  return file != NULL ? file_name (file) : NULL;
}

gboolean
matinee_session_get_loading (MatineeSession *self)
{
  return self->opening != NULL;
}

/**
 * matinee_session_get_dataset:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what is open
 */
MatineeDataset *
matinee_session_get_dataset (MatineeSession *self)
{
  return self->dataset;
}

/**
 * matinee_session_get_ratings_file:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): where the ratings are from, or %NULL for the sample
 */
GFile *
matinee_session_get_ratings_file (MatineeSession *self)
{
  return self->ratings_file;
}

/**
 * matinee_session_get_titles_file:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): where the titles are from
 */
GFile *
matinee_session_get_titles_file (MatineeSession *self)
{
  return self->titles_file;
}

const MatineeParams *
matinee_session_get_params (MatineeSession *self)
{
  return &self->params;
}

/**
 * matinee_session_set_params:
 * @self: a session
 * @params: parameters; copied
 *
 * Sets the parameters of the next training, and remembers them.
 */
void
matinee_session_set_params (MatineeSession *self, const MatineeParams *params)
{
  gboolean changed = self->params.solver != params->solver;

  for (guint id = 0; id < MATINEE_N_PARAMS && !changed; id++)
    changed = matinee_params_get (&self->params, id) != matinee_params_get (params, id);
  if (!changed)
    return;
  self->params = *params;
  matinee_settings_save_params (self->settings, params);
  g_signal_emit (self, signals[PARAMS_CHANGED], 0);
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
 * matinee_session_get_runs:
 * @self: a session
 *
 * Returns: (transfer none): the history, in which every training is entered
 */
MatineeRunStore *
matinee_session_get_runs (MatineeSession *self)
{
  return self->runs;
}

/**
 * matinee_session_dup_data_name:
 * @self: a session
 *
 * Returns: (transfer full): what the data that is open is called
 */
char *
matinee_session_dup_data_name (MatineeSession *self)
{
  return self->ratings_file != NULL ? file_name (self->ratings_file) : g_strdup (C_ ("name of the data", "Sample"));
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
  matinee_training_job_set_store (self->training, self->runs, name);
  if (matinee_test_file_get_ratings (self->test_file) != NULL)
    matinee_training_job_set_test (self->training, matinee_test_file_get_ratings (self->test_file));
  g_signal_connect_object (self->training, "split", G_CALLBACK (split_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->training, "baselines", G_CALLBACK (baselines_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->training, "points", G_CALLBACK (points_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->training, "notify::fraction", G_CALLBACK (training_fraction_cb), self,
                           G_CONNECT_SWAPPED);
  notify_state (self, PROP_TRAINING);
  matinee_training_job_run_async (self->training, trained_cb, g_object_ref (self));
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
    matinee_cross_validation_job_stop (self->validation);
  if (self->training != NULL)
    matinee_training_job_stop (self->training);
}

gboolean
matinee_session_get_training (MatineeSession *self)
{
  return self->training != NULL;
}

/**
 * matinee_session_get_fraction:
 * @self: a session
 *
 * Returns: how much of what is going on is done, 0 … 1
 */
double
matinee_session_get_fraction (MatineeSession *self)
{
  double fraction = 0.0;

  if (self->training != NULL)
    fraction = matinee_training_job_get_fraction (self->training);
  else if (self->opening != NULL)
    g_object_get (self->opening, "fraction", &fraction, NULL);
  return CLAMP (fraction, 0.0, 1.0);
}

/**
 * matinee_session_get_split:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the split of the last training
 */
MatineeSplit *
matinee_session_get_split (MatineeSession *self)
{
  return self->split;
}

/**
 * matinee_session_get_baselines:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what models of that split are measured against
 */
const MatineeBaselines *
matinee_session_get_baselines (MatineeSession *self)
{
  return self->has_baselines ? &self->baselines : NULL;
}

/**
 * matinee_session_get_model:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the last model, of the data that is open
 */
MatineeModel *
matinee_session_get_model (MatineeSession *self)
{
  return self->model;
}

/**
 * matinee_session_get_busy:
 * @self: a session
 *
 * Returns: whether files are being read or models are being trained
 */
gboolean
matinee_session_get_busy (MatineeSession *self)
{
  return self->opening != NULL || self->training != NULL || self->validation != NULL
         || matinee_test_file_get_loading (self->test_file);
}

/**
 * matinee_session_shut_down:
 * @self: a session
 *
 * Cancels whatever is going on, for good. It has ended when "busy" is %FALSE; until
 * then the session tells nothing.
 */
void
matinee_session_shut_down (MatineeSession *self)
{
  self->shut_down = TRUE;
  matinee_session_cancel_loading (self);
  matinee_test_file_close (self->test_file);
  matinee_session_stop (self);
}
