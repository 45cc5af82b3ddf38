/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-model-job.h"

#include <glib/gi18n-lib.h>

#include "matinee-error.h"
#include "matinee-local-path.h"
#include "matinee-predictions.h"
#include "matinee-recommendations.h"
#include "matinee-system.h"

/* The part of the progress that reading the file takes; then its data are made ready. */
#define READ_SHARE 0.9

typedef gboolean (*RunFunc) (MatineeModelJob *self, const char *path, MatineePool *pool, MatineeStop *stop,
                             GError **error);

/**
 * MatineeModelJob:
 *
 * Opens a model file, saves one, or writes a table of what a model holds, in a worker
 * thread. What it is given is only read; what it has opened is handed over whole.
 */
struct _MatineeModelJob
{
  MatineeJob parent_instance;

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
};

G_DEFINE_FINAL_TYPE (MatineeModelJob, matinee_model_job, MATINEE_TYPE_JOB)

static void
read_progress_cb (double fraction, gpointer data)
{
  matinee_job_progress_cb (READ_SHARE * fraction, data);
}

static gboolean
run_open (MatineeModelJob *self, const char *path, MatineePool *pool, MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeModelFile) file = matinee_model_file_open_watched (path, matinee_system_available_memory (), pool,
                                                                       read_progress_cb, self, stop, error);

  if (file == NULL
      || (self->beside != NULL && !matinee_model_file_adopt (file, self->beside, pool, stop, &self->same_data, error))
      || !matinee_model_file_restore_split (file, pool, stop, error))
    return FALSE;
  self->contents = g_steal_pointer (&file);
  return TRUE;
}

static gboolean
run_save (MatineeModelJob *self, const char *path, MatineePool *pool, MatineeStop *stop, GError **error)
{
  MatineeModelFile *file = self->contents;

  if (file->dataset != NULL && matinee_ratings_get_n (file->dataset->ratings) > 0
      && !matinee_fingerprint_ratings (file->dataset->ratings, pool, stop, &file->fingerprint, error))
    return FALSE;
  return matinee_model_file_save_watched (file, path, matinee_job_progress_cb, self, stop, error);
}

static gboolean
export_recommendations (MatineeModelJob *self, const char *path, MatineePool *pool, MatineeStop *stop, GError **error)
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
         && matinee_recommendations_write (&batch, writer, pool, matinee_job_progress_cb, self, stop, &counts, error);
}

static gboolean
export_predictions (MatineeModelJob *self, const char *path, MatineeStop *stop, GError **error)
{
  g_autofree char *pairs = matinee_local_path (self->pairs, error);
  const MatineePredictions predictions = { .pairs = pairs,
                                           .model = self->contents->model,
                                           .titles = self->contents->dataset->titles,
                                           .progress = matinee_job_progress_cb,
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
  if (table == NULL || !matinee_predictions_write (&predictions, table, stop, &counts, error))
    return FALSE;
  self->n_unknown = counts.n_unknown_users + counts.n_unknown_movies;
  return TRUE;
}

static gboolean
run_export (MatineeModelJob *self, const char *path, MatineePool *pool, MatineeStop *stop, GError **error)
{
  const MatineeModelFile *file = self->contents;
  MatineeExportFormat format = matinee_export_format_for_path (path);
  MatineeTitles *titles = file->dataset->titles;

  switch (self->what)
    {
    case MATINEE_EXPORT_RECOMMENDATIONS:
      return export_recommendations (self, path, pool, stop, error);
    case MATINEE_EXPORT_PREDICTIONS:
      return export_predictions (self, path, stop, error);
    case MATINEE_EXPORT_USER_FACTORS:
      return matinee_export_factors (path, format, file->model, MATINEE_USERS, titles, stop, error);
    case MATINEE_EXPORT_MOVIE_FACTORS:
      return matinee_export_factors (path, format, file->model, MATINEE_MOVIES, titles, stop, error);
    case MATINEE_EXPORT_TRACE:
    default:
      return matinee_export_trace (path, format, file->model->trace, error);
    }
}

static gboolean
matinee_model_job_run (MatineeJob *job, GCancellable *cancellable, GError **error)
{
  MatineeModelJob *self = MATINEE_MODEL_JOB (job);
  g_autoptr (MatineePool) pool = matinee_pool_new (matinee_system_n_cores ());
  g_autofree char *path = matinee_local_path (self->file, error);

  return path != NULL && self->run (self, path, pool, matinee_job_get_stop (job), error);
}

static void
matinee_model_job_finalize (GObject *object)
{
  MatineeModelJob *self = MATINEE_MODEL_JOB (object);

  g_clear_pointer (&self->contents, matinee_model_file_free);
  g_clear_pointer (&self->beside, matinee_dataset_unref);
  g_clear_object (&self->file);
  g_clear_object (&self->pairs);
  G_OBJECT_CLASS (matinee_model_job_parent_class)->finalize (object);
}

static void
matinee_model_job_class_init (MatineeModelJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_model_job_finalize;
  MATINEE_JOB_CLASS (klass)->run = matinee_model_job_run;
  /* A file that was written to the end is written. */
  MATINEE_JOB_CLASS (klass)->keeps_done = TRUE;
}

static void
matinee_model_job_init (MatineeModelJob *self)
{
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
  return matinee_job_run_finish (MATINEE_JOB (self), result, error) ? self->contents : NULL;
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
