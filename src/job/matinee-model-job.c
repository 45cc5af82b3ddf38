/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-model-job.h"

#include <glib/gi18n-lib.h>

#include "matinee-error.h"
#include "matinee-local-path.h"
#include "matinee-mailbox.h"
#include "matinee-predictions.h"
#include "matinee-recommendations.h"
#include "matinee-system.h"

/* The part of the progress that reading the file takes; then its data are made ready. */
#define READ_SHARE 0.9

typedef gboolean (*RunFunc) (MatineeModelJob *self, const char *path, MatineePool *pool, GError **error);

/**
 * MatineeModelJob:
 *
 * Opens a model file, saves one, or writes a table of what a model holds, in a worker
 * thread. What it is given is only read; what it has opened is handed over whole.
 */
struct _MatineeModelJob
{
  GObject parent_instance;

  GFile *file;
  RunFunc run;
  MatineeModelFile *contents; /* what is written, or was opened */
  MatineeDataset *beside;
  gboolean same_data;
  MatineeModelExport what;
  guint n_films;
  gboolean hide_rated;
  GFile *pairs;
  guint64 n_unknown;
  MatineeMailbox *mailbox;
  MatineeStop stop;
  double fraction;
};

G_DEFINE_FINAL_TYPE (MatineeModelJob, matinee_model_job, G_TYPE_OBJECT)

enum
{
  PROP_FRACTION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
delivered_cb (gconstpointer records, guint n_records, double fraction, gpointer data)
{
  MatineeModelJob *self = data;

  if (self->fraction == fraction)
    return;
  self->fraction = fraction;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
}

static void
progress_cb (double fraction, gpointer data)
{
  MatineeModelJob *self = data;

  matinee_mailbox_post (self->mailbox, NULL, fraction);
}

static void
read_progress_cb (double fraction, gpointer data)
{
  progress_cb (READ_SHARE * fraction, data);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  MatineeModelJob *self = data;

  matinee_stop_request (&self->stop);
}

static gboolean
run_open (MatineeModelJob *self, const char *path, MatineePool *pool, GError **error)
{
  g_autoptr (MatineeModelFile) file = matinee_model_file_open_watched (path, matinee_system_available_memory (), pool,
                                                                       read_progress_cb, self, &self->stop, error);

  if (file == NULL
      || (self->beside != NULL
          && !matinee_model_file_adopt (file, self->beside, pool, &self->stop, &self->same_data, error))
      || !matinee_model_file_restore_split (file, pool, &self->stop, error))
    return FALSE;
  self->contents = g_steal_pointer (&file);
  return TRUE;
}

static gboolean
run_save (MatineeModelJob *self, const char *path, MatineePool *pool, GError **error)
{
  MatineeModelFile *file = self->contents;

  if (file->dataset != NULL && matinee_ratings_get_n (file->dataset->ratings) > 0
      && !matinee_fingerprint_ratings (file->dataset->ratings, pool, &self->stop, &file->fingerprint, error))
    return FALSE;
  return matinee_model_file_save_watched (file, path, progress_cb, self, &self->stop, error);
}

static gboolean
export_recommendations (MatineeModelJob *self, const char *path, MatineePool *pool, GError **error)
{
  MatineeModel *model = self->contents->model;
  MatineeDataset *dataset = self->contents->dataset;
  const MatineeBatch batch = { .factors = model->factors,
                               .n_users = model->factors->n_users,
                               .n_top = self->n_films,
                               .exclude = self->hide_rated ? dataset->ratings->by_user : NULL };
  g_autoptr (MatineeRecommendationWriter) writer
      = matinee_recommendation_writer_new (path, matinee_export_format_for_path (path), model, dataset->titles, error);
  MatineeRecommendationCounts counts;

  return writer != NULL
         && matinee_recommendations_write (&batch, writer, pool, progress_cb, self, &self->stop, &counts, error);
}

static gboolean
export_predictions (MatineeModelJob *self, const char *path, GError **error)
{
  g_autofree char *pairs = matinee_local_path (self->pairs, error);
  const MatineePredictions predictions = { .pairs = pairs,
                                           .model = self->contents->model,
                                           .titles = self->contents->dataset->titles,
                                           .progress = progress_cb,
                                           .data = self };
  g_autoptr (MatineeTableWriter) table = NULL;
  MatineePredictionCounts counts;

  if (pairs == NULL)
    return FALSE;
  if (g_file_equal (self->pairs, self->file))
    {
      g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                           _ ("The predictions would replace the file of the pairs: give them another name"));
      return FALSE;
    }
  table = matinee_table_writer_new (path, matinee_export_format_for_path (path), matinee_prediction_columns + 1,
                                    MATINEE_PREDICTION_COLUMNS - 1, error);
  if (table == NULL || !matinee_predictions_write (&predictions, table, &self->stop, &counts, error))
    return FALSE;
  self->n_unknown = counts.n_unknown_users + counts.n_unknown_movies;
  return TRUE;
}

static gboolean
run_export (MatineeModelJob *self, const char *path, MatineePool *pool, GError **error)
{
  const MatineeModelFile *file = self->contents;
  MatineeExportFormat format = matinee_export_format_for_path (path);
  MatineeTitles *titles = file->dataset->titles;

  switch (self->what)
    {
    case MATINEE_EXPORT_RECOMMENDATIONS:
      return export_recommendations (self, path, pool, error);
    case MATINEE_EXPORT_PREDICTIONS:
      return export_predictions (self, path, error);
    case MATINEE_EXPORT_USER_FACTORS:
      return matinee_export_factors (path, format, file->model, MATINEE_USERS, titles, &self->stop, error);
    case MATINEE_EXPORT_MOVIE_FACTORS:
      return matinee_export_factors (path, format, file->model, MATINEE_MOVIES, titles, &self->stop, error);
    case MATINEE_EXPORT_TRACE:
    default:
      return matinee_export_trace (path, format, file->model->trace, error);
    }
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  MatineeModelJob *self = source;
  gulong handler = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL) : 0;
  g_autoptr (MatineePool) pool = matinee_pool_new (matinee_system_n_cores ());
  GError *error = NULL;
  g_autofree char *path = matinee_local_path (self->file, &error);
  gboolean done = path != NULL && self->run (self, path, pool, &error);

  g_cancellable_disconnect (cancellable, handler);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
matinee_model_job_finalize (GObject *object)
{
  MatineeModelJob *self = MATINEE_MODEL_JOB (object);

  g_clear_pointer (&self->mailbox, matinee_mailbox_close);
  g_clear_pointer (&self->contents, matinee_model_file_free);
  g_clear_pointer (&self->beside, matinee_dataset_unref);
  g_clear_object (&self->file);
  g_clear_object (&self->pairs);
  G_OBJECT_CLASS (matinee_model_job_parent_class)->finalize (object);
}

static void
matinee_model_job_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MatineeModelJob *self = MATINEE_MODEL_JOB (object);

  switch (prop_id)
    {
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
matinee_model_job_class_init (MatineeModelJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = matinee_model_job_finalize;
  object_class->get_property = matinee_model_job_get_property;

  /**
   * MatineeModelJob:fraction:
   *
   * How much is read or written, from 0 to 1.
   */
  props[PROP_FRACTION]
      = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
matinee_model_job_init (MatineeModelJob *self)
{
  self->mailbox = matinee_mailbox_new (1, delivered_cb, self);
}

static MatineeModelJob *
job_new (GFile *file, RunFunc run, const MatineeModelFile *contents)
{
  MatineeModelJob *self = g_object_new (MATINEE_TYPE_MODEL_JOB, NULL);

  self->file = g_object_ref (file);
  self->run = run;
  self->contents = contents != NULL ? matinee_model_file_copy (contents) : NULL;
  return self;
}

/**
 * matinee_model_job_new_open:
 * @file: a model file
 * @beside: (nullable): the data that are open; referenced
 *
 * Opens a model with all that travels with it, and makes the split of its training again
 * if that is possible. If it was trained on the ratings of @beside, the opened model has
 * these as its data.
 *
 * Returns: (transfer full): a job, not started
 */
MatineeModelJob *
matinee_model_job_new_open (GFile *file, MatineeDataset *beside)
{
  MatineeModelJob *self = job_new (file, run_open, NULL);

  if (beside != NULL)
    self->beside = matinee_dataset_ref (beside);
  return self;
}

/**
 * matinee_model_job_new_save:
 * @file: where to
 * @contents: what to save; copied. It gets the fingerprint of its data if these have
 *   ratings, saved or not
 *
 * Returns: (transfer full): a job that saves a model, not started
 */
MatineeModelJob *
matinee_model_job_new_save (GFile *file, const MatineeModelFile *contents)
{
  return job_new (file, run_save, contents);
}

/**
 * matinee_model_job_new_export:
 * @file: where to; its name tells how: .json, .jsonl, .ndjson, else CSV
 * @contents: a model; copied
 * @what: the table
 *
 * Lists need matinee_model_job_set_lists(), predictions matinee_model_job_set_pairs().
 *
 * Returns: (transfer full): a job that writes a table, not started
 */
MatineeModelJob *
matinee_model_job_new_export (GFile *file, const MatineeModelFile *contents, MatineeModelExport what)
{
  MatineeModelJob *self = job_new (file, run_export, contents);

  self->what = what;
  return self;
}

/**
 * matinee_model_job_set_lists:
 * @self: a job that exports recommendations, not started
 * @n_films: how many films for each user
 * @hide_rated: whether to leave out what a user has rated
 */
void
matinee_model_job_set_lists (MatineeModelJob *self, guint n_films, gboolean hide_rated)
{
  self->n_films = n_films;
  self->hide_rated = hide_rated;
}

/**
 * matinee_model_job_set_pairs:
 * @self: a job that exports predictions, not started
 * @pairs: a table with the columns userId and movieId
 */
void
matinee_model_job_set_pairs (MatineeModelJob *self, GFile *pairs)
{
  g_set_object (&self->pairs, pairs);
}

/**
 * matinee_model_job_run_async:
 * @self: a job that was not started before
 * @cancellable: (nullable): cancel it to give up; a file that was there stays
 * @callback: called when it has ended
 * @user_data: user data for @callback
 *
 * Starts. The job lives at least until it has ended.
 */
void
matinee_model_job_run_async (MatineeModelJob *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, matinee_model_job_run_async);
  /* A file that was written to the end just when somebody cancelled is written. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_in_thread);
}

/**
 * matinee_model_job_run_finish:
 * @self: the job
 * @result: the result that the callback got
 * @error: return location
 *
 * Returns: (transfer none) (nullable): what was opened or written, which the job owns;
 *   or %NULL with an error, %MATINEE_ERROR_CANCELLED among others
 */
MatineeModelFile *
matinee_model_job_run_finish (MatineeModelJob *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  matinee_mailbox_flush (self->mailbox);
  return g_task_propagate_boolean (G_TASK (result), error) ? self->contents : NULL;
}

/**
 * matinee_model_job_get_file:
 * @self: a job
 *
 * Returns: (transfer none): the file that it reads or writes
 */
GFile *
matinee_model_job_get_file (MatineeModelJob *self)
{
  return self->file;
}

/**
 * matinee_model_job_get_fraction:
 * @self: a job
 *
 * Returns: how much is read or written, 0 … 1
 */
double
matinee_model_job_get_fraction (MatineeModelJob *self)
{
  return self->fraction;
}

/**
 * matinee_model_job_get_same_data:
 * @self: a job that has opened a model
 *
 * Returns: whether it was trained on the ratings that were open
 */
gboolean
matinee_model_job_get_same_data (MatineeModelJob *self)
{
  return self->same_data;
}

/**
 * matinee_model_job_get_n_unknown:
 * @self: a job that has exported predictions
 *
 * Returns: how many users and films, counted for each pair, were not known to the model
 */
guint64
matinee_model_job_get_n_unknown (MatineeModelJob *self)
{
  return self->n_unknown;
}
