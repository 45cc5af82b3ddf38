/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-session"

#include "config.h"

#include "matinee-session-private.h"

#include <glib/gi18n.h>

#include "matinee-file-name.h"

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
  PROP_SAVING,
  PROP_TRAINING,
  PROP_SWEEPING,
  PROP_BUSY,
  PROP_FRACTION,
  PROP_UNSAVED,
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
  SWEEP_CELLS,
  SWEPT,
  MODEL_OPENED,
  OTHER_DATA,
  FAILED,
  MISREAD,
  UNCERTAIN,
  UNDECIDED,
  MESSAGE,
  RUNS_TROUBLE,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

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
  g_clear_pointer (&self->preparation, matinee_preparation_unref);
  g_clear_object (&self->ratings_file);
  g_clear_object (&self->ratings_job);
  g_clear_object (&self->titles_file);
  matinee_text_hints_clear (&self->hints);
  g_clear_object (&self->undecided);
  g_clear_object (&self->test_file);
  g_clear_pointer (&self->model_dataset, matinee_dataset_unref);
  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  g_clear_pointer (&self->split, matinee_split_unref);
  g_clear_pointer (&self->model, matinee_model_unref);
  g_clear_object (&self->recent);
  matinee_session_forget_model (self);
  g_clear_object (&self->own_file);
  g_clear_pointer (&self->own_name, g_free);
  g_clear_pointer (&self->other, matinee_model_file_free);
  g_clear_object (&self->other_file);

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
    case PROP_SAVING:
      g_value_set_boolean (value, matinee_session_get_saving (self));
      break;
    case PROP_TRAINING:
      g_value_set_boolean (value, matinee_session_get_training (self));
      break;
    case PROP_SWEEPING:
      g_value_set_boolean (value, matinee_session_get_sweeping (self));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, matinee_session_get_busy (self));
      break;
    case PROP_FRACTION:
      g_value_set_double (value, matinee_session_get_fraction (self));
      break;
    case PROP_UNSAVED:
      g_value_set_boolean (value, matinee_session_get_unsaved (self));
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
   * MatineeSession::sweep-cells:
   * @cells: (array length=n): records of #MatineeSweepCell that have come further
   * @n: how many
   */
  signals[SWEEP_CELLS] = g_signal_new ("sweep-cells", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);
  /**
   * MatineeSession::swept:
   * @complete: whether all runs have ended; else it was stopped or has failed
   *
   * A sweep has ended.
   */
  signals[SWEPT] = g_signal_new ("swept", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_BOOLEAN);
  /**
   * MatineeSession::model-opened:
   *
   * A model was opened from a file. Comes after dataset-changed and model-changed.
   */
  signals[MODEL_OPENED]
      = g_signal_new ("model-opened", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * MatineeSession::other-data:
   * @name: the name of the model file
   * @own: what the data that came with the model are called
   *
   * A model was opened that was trained on other data than those that are open. Nothing
   * happens before matinee_session_answer_other_data().
   */
  signals[OTHER_DATA] = g_signal_new ("other-data", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  /**
   * MatineeSession::failed:
   * @heading: what failed, plain text
   * @body: why and what to do, plain text
   */
  signals[FAILED] = g_signal_new ("failed", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  2, G_TYPE_STRING, G_TYPE_STRING);
  /**
   * MatineeSession::misread:
   * @heading: what failed, plain text
   * @body: why and what to do, plain text
   * @opening: the #MatineeOpening, whose ratings are not as was expected, or as was said
   *
   * Ratings could not be opened, but perhaps matinee_session_open_as() can.
   */
  signals[MISREAD] = g_signal_new ("misread", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   3, G_TYPE_STRING, G_TYPE_STRING, MATINEE_TYPE_OPENING);
  /**
   * MatineeSession::uncertain:
   * @opening: the #MatineeOpening
   *
   * Somebody has to say how ratings are to be read: answer with
   * matinee_session_open_as().
   */
  signals[UNCERTAIN] = g_signal_new ("uncertain", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, MATINEE_TYPE_OPENING);
  /**
   * MatineeSession::undecided:
   * @archive: a #GFile
   * @choices: (element-type MatineeDataChoice): what in it could be meant
   *
   * An archive was to be opened that holds several tables: answer with
   * matinee_session_choose().
   */
  signals[UNDECIDED] = g_signal_new ("undecided", MATINEE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_FILE, G_TYPE_PTR_ARRAY);
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
  /** MatineeSession:saving: whether a model, or a table of it, is being written */
  props[PROP_SAVING] = g_param_spec_boolean ("saving", NULL, NULL, FALSE, flags);
  /** MatineeSession:training: whether a model is being trained */
  props[PROP_TRAINING] = g_param_spec_boolean ("training", NULL, NULL, FALSE, flags);
  /** MatineeSession:sweeping: whether models are being trained one after another */
  props[PROP_SWEEPING] = g_param_spec_boolean ("sweeping", NULL, NULL, FALSE, flags);
  /** MatineeSession:busy: whether any of these is so */
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  /** MatineeSession:fraction: how much of it is done, 0 … 1 */
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0.0, 1.0, 0.0, flags);
  /** MatineeSession:unsaved: see matinee_session_get_unsaved(); also notified when the
   * files change that the data and the model are in */
  props[PROP_UNSAVED] = g_param_spec_boolean ("unsaved", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  install_signals ();
}

static void
matinee_session_init (MatineeSession *self)
{
}

static void
fraction_cb (MatineeSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
}

/**
 * matinee_session_follow:
 * @self: a session
 * @work: a job or an opening that is about to run
 * @state: the property that it changes: see matinee_session_notify_state()
 *
 * Notifies that it goes on, and how far it is.
 */
void
matinee_session_follow (MatineeSession *self, gpointer work, const char *state)
{
  g_signal_connect_object (work, "notify::fraction", G_CALLBACK (fraction_cb), self, G_CONNECT_SWAPPED);
  matinee_session_notify_state (self, state);
}

/**
 * matinee_session_notify_state:
 * @self: a session
 * @state: the property that has changed, "loading", "saving", "training" or "sweeping"
 *
 * Notifies it, and what follows from it.
 */
void
matinee_session_notify_state (MatineeSession *self, const char *state)
{
  g_object_notify (G_OBJECT (self), state);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
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
  self->recent = matinee_recent_new (settings);
  self->runs = matinee_run_store_new (NULL);
  self->preparation = matinee_preparation_new ();
  g_signal_connect_object (self->runs, "trouble", G_CALLBACK (trouble_cb), self, G_CONNECT_SWAPPED);
  matinee_settings_load_params (settings, &self->params);
  /* The file of test ratings is not open yet. */
  self->reopens_test_file = self->params.split == MATINEE_SPLIT_GIVEN;
  if (self->reopens_test_file)
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
 * matinee_session_get_ratings_job:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the job that has read the ratings, which knows the
 *   lines that were left out and what is odd; %NULL when they come with a model
 */
MatineeLoadJob *
matinee_session_get_ratings_job (MatineeSession *self)
{
  return self->ratings_job;
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
 * matinee_session_get_recent:
 * @self: a session
 *
 * Returns: (transfer none): the files that were opened
 */
MatineeRecent *
matinee_session_get_recent (MatineeSession *self)
{
  return self->recent;
}

/**
 * matinee_session_is_sample:
 * @self: a session
 *
 * Returns: whether the built-in sample is open
 */
gboolean
matinee_session_is_sample (MatineeSession *self)
{
  return self->dataset != NULL && self->ratings_file == NULL && self->own_file == NULL;
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
  if (self->ratings_file != NULL)
    return matinee_file_name_dup (self->ratings_file);
  if (self->own_name != NULL)
    return g_strdup (self->own_name);
  if (self->own_file != NULL)
    return matinee_file_name_dup (self->own_file);
  return g_strdup (C_ ("name of the data", "Sample"));
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

  if (self->model_job != NULL)
    fraction = matinee_job_get_fraction (MATINEE_JOB (self->model_job));
  else if (self->training != NULL)
    fraction = matinee_job_get_fraction (MATINEE_JOB (self->training));
  else if (self->sweep != NULL)
    fraction = matinee_job_get_fraction (MATINEE_JOB (self->sweep));
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
 * Returns: whether files are being read or written or models are being trained
 */
gboolean
matinee_session_get_busy (MatineeSession *self)
{
  return self->opening != NULL || self->training != NULL || self->sweep != NULL || self->model_job != NULL
         || self->validation != NULL || matinee_test_file_get_loading (self->test_file);
}

/**
 * matinee_session_shut_down:
 * @self: a session
 *
 * Cancels whatever is going on, for good, but for a file that is being saved. It has
 * ended when "busy" is %FALSE; until then the session tells nothing.
 */
void
matinee_session_shut_down (MatineeSession *self)
{
  self->shut_down = TRUE;
  if (!matinee_session_get_saving (self))
    matinee_session_cancel_loading (self);
  matinee_test_file_close (self->test_file);
  matinee_session_stop (self);
  matinee_session_stop_sweep (self);
}
