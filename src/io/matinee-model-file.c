/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-model-file.h"

#include <string.h>

#include "matinee-error.h"
#include "matinee-model-json.h"
#include "matinee-npz-text.h"

/* Bytes that are written between two looks at the stop flag. */
#define PART ((gsize) 1 << 22)

typedef struct
{
  const MatineeModelFile *file;
  MatineeNpzWriter *writer;
  MatineeStop *stop;
  MatineeProgressFunc progress;
  gpointer data;
  double n_bytes; /* of all that is told of */
  double n_done;
} Save;

static gboolean
write_parts (Save *self, gconstpointer data, gsize size, GError **error)
{
  for (gsize at = 0; at < size; at += PART)
    {
      if (matinee_stop_requested (self->stop))
        {
          matinee_error_set_cancelled (error);
          return FALSE;
        }
      if (!matinee_npz_writer_write (self->writer, (const char *) data + at, MIN (PART, size - at), error))
        return FALSE;
      self->n_done += (double) MIN (PART, size - at);
      if (self->progress != NULL)
        self->progress (MIN (self->n_done / self->n_bytes, 1.0), self->data);
    }
  return TRUE;
}

static gboolean
add_numbers (Save *self, const char *name, const char *type, gsize item_size, guint64 n, gconstpointer data,
             GError **error)
{
  return matinee_npz_writer_begin_array (self->writer, name, type, item_size, 1, &n, FALSE, error)
         && write_parts (self, data, n * item_size, error) && matinee_npz_writer_end_array (self->writer, error);
}

/* The rows without the zeros that pad them in memory. */
static gboolean
add_factors (Save *self, const char *name, const float *rows, guint32 n, GError **error)
{
  const MatineeFactors *factors = self->file->model->factors;
  gsize k = factors->n_factors;
  guint64 shape[] = { n, k };
  guint32 n_part = (guint32) (PART / 16 / (k * sizeof (float)));
  g_autofree float *part = g_new (float, n_part *k);

  if (!matinee_npz_writer_begin_array (self->writer, name, MATINEE_NPY_FLOAT32, sizeof (float), 2, shape, FALSE, error))
    return FALSE;
  for (guint32 row = 0; row < n;)
    {
      guint32 n_rows = MIN (n_part, n - row);

      for (guint32 i = 0; i < n_rows; i++, row++)
        memcpy (part + i * k, rows + row * factors->stride, k * sizeof (float));
      if (!write_parts (self, part, n_rows * k * sizeof (float), error))
        return FALSE;
    }
  return matinee_npz_writer_end_array (self->writer, error);
}

static const char *
tell_id (guint32 index, gpointer data)
{
  return matinee_ids_format (data, index, NULL);
}

static gboolean
add_ids (Save *self, const char *name, MatineeIds *ids, GError **error)
{
  guint32 n = matinee_ids_get_n (ids);
  guint64 shape[] = { n };

  if (matinee_ids_get_kind (ids) == MATINEE_IDS_TEXT)
    return matinee_npz_writer_add_texts (self->writer, name, n, tell_id, ids, error);
  if (!matinee_npz_writer_begin_array (self->writer, name, MATINEE_NPY_INT64, sizeof (gint64), 1, shape, FALSE, error))
    return FALSE;
  for (guint32 i = 0; i < n;)
    {
      gint64 part[1024];
      gsize size = 0;

      for (; size < G_N_ELEMENTS (part) && i < n; i++)
        part[size++] = matinee_ids_get_integer (ids, i);
      if (!matinee_npz_writer_write (self->writer, part, size * sizeof *part, error))
        return FALSE;
    }
  return matinee_npz_writer_end_array (self->writer, error);
}

/* The row of a movie's title, by its id: the data set may have other movies. */
static gboolean
find_title (const MatineeModelFile *file, guint32 movie, guint32 *row)
{
  char buffer[MATINEE_ID_BUFFER];

  return matinee_titles_find (file->dataset->titles, matinee_ids_format (file->model->movies, movie, buffer), row);
}

static const char *
tell_title (guint32 movie, gpointer data)
{
  const MatineeModelFile *file = data;
  guint32 row;

  return find_title (file, movie, &row) ? matinee_titles_get_title (file->dataset->titles, row) : "";
}

static const char *
tell_genres (guint32 movie, gpointer data)
{
  const MatineeModelFile *file = data;
  guint32 row;

  return find_title (file, movie, &row) ? matinee_titles_get_genres (file->dataset->titles, row) : "";
}

static gboolean
add_titles (Save *self, GError **error)
{
  guint32 n = self->file->model->factors->n_movies;

  if (self->file->dataset == NULL || self->file->dataset->titles == NULL)
    return TRUE;
  return matinee_npz_writer_add_texts (self->writer, "titles", n, tell_title, (gpointer) self->file, error)
         && matinee_npz_writer_add_texts (self->writer, "genres", n, tell_genres, (gpointer) self->file, error);
}

static gboolean
add_trace (Save *self, GError **error)
{
  const MatineeTrace *trace = self->file->model->trace;
  g_autofree char *type = matinee_trace_dup_type ();
  guint64 shape[] = { trace->n };

  if (!matinee_npz_writer_begin_array (self->writer, "trace", type, MATINEE_TRACE_FIELDS * sizeof (double), 1, shape,
                                       FALSE, error))
    return FALSE;
  for (guint i = 0; i < trace->n; i++)
    {
      double record[MATINEE_TRACE_FIELDS];

      matinee_trace_point_to_record (&trace->points[i], record);
      if (!matinee_npz_writer_write (self->writer, record, sizeof record, error))
        return FALSE;
    }
  return matinee_npz_writer_end_array (self->writer, error);
}

static gboolean
add_offsets (Save *self, const MatineeSparse *sparse, GError **error)
{
  guint64 shape[] = { (guint64) sparse->n_rows + 1 };

  if (!matinee_npz_writer_begin_array (self->writer, "rated_offsets", MATINEE_NPY_UINT64, sizeof (guint64), 1, shape,
                                       FALSE, error))
    return FALSE;
  for (gsize i = 0; i < shape[0];)
    {
      guint64 part[1024];
      gsize size = 0;

      for (; size < G_N_ELEMENTS (part) && i < shape[0]; i++)
        part[size++] = sparse->offsets[i];
      if (!matinee_npz_writer_write (self->writer, part, size * sizeof *part, error))
        return FALSE;
    }
  return matinee_npz_writer_end_array (self->writer, error);
}

static gboolean
add_ratings (Save *self, GError **error)
{
  const MatineeRatings *ratings;
  const MatineeSparse *sparse;
  gsize n;

  if (!self->file->has_ratings)
    return TRUE;
  ratings = self->file->dataset->ratings;
  sparse = ratings->by_user;
  n = sparse->n_entries;
  if (!add_offsets (self, sparse, error)
      || !add_numbers (self, "rated_movies", MATINEE_NPY_UINT32, sizeof (guint32), n, sparse->columns, error))
    return FALSE;
  if (sparse->codes == NULL)
    return add_numbers (self, "rated_values", MATINEE_NPY_FLOAT32, sizeof (float), n, sparse->values, error);
  return add_numbers (self, "rated_codes", MATINEE_NPY_UINT8, 1, n, sparse->codes, error)
         && add_numbers (self, "rated_levels", MATINEE_NPY_FLOAT32, sizeof (float), ratings->n_levels, sparse->levels,
                         error);
}

static gboolean
add_all (Save *self, GError **error)
{
  const MatineeModel *model = self->file->model;
  const MatineeFactors *factors = model->factors;
  gsize length;
  g_autofree char *description = matinee_model_describe (self->file, &length);

  return matinee_npz_writer_add_member (self->writer, MATINEE_MODEL_JSON, description, length, error)
         && matinee_npz_writer_begin_array (self->writer, "mean", MATINEE_NPY_FLOAT64, sizeof (double), 0, NULL, FALSE,
                                            error)
         && matinee_npz_writer_write (self->writer, &factors->mean, sizeof (double), error)
         && matinee_npz_writer_end_array (self->writer, error) && add_ids (self, "user_ids", model->users, error)
         && add_ids (self, "movie_ids", model->movies, error) && add_titles (self, error)
         && add_numbers (self, "user_biases", MATINEE_NPY_FLOAT32, sizeof (float), factors->n_users,
                         factors->user_biases, error)
         && add_numbers (self, "movie_biases", MATINEE_NPY_FLOAT32, sizeof (float), factors->n_movies,
                         factors->movie_biases, error)
         && add_factors (self, "user_factors", factors->user_factors, factors->n_users, error)
         && add_factors (self, "movie_factors", factors->movie_factors, factors->n_movies, error)
         && add_trace (self, error) && add_ratings (self, error);
}

/* What write_parts() will write; ids and titles are little beside it. */
static double
count_bytes (const MatineeModelFile *file)
{
  const MatineeFactors *factors = file->model->factors;
  double n_rows = (double) factors->n_users + (double) factors->n_movies;
  double n_bytes = n_rows * (1.0 + factors->n_factors) * sizeof (float);

  if (file->has_ratings)
    n_bytes += (double) matinee_ratings_get_n (file->dataset->ratings)
               * (sizeof (guint32) + (file->dataset->ratings->by_user->codes != NULL ? 1 : sizeof (float)));
  return MAX (n_bytes, 1.0);
}

/**
 * matinee_model_file_save_watched:
 * @file: what to save
 * @path: where to
 * @progress: (nullable): told how much is written, in the thread that writes
 * @data: (closure): for @progress
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Saves a model as an .npz file, which numpy.load() reads: see
 * docs/model-format.md. It is written beside @path, brought to disk and then
 * renamed, so that at any moment @path is the whole old file or the whole new
 * one. O(bytes).
 *
 * Returns: %FALSE with a #GFileError or %MATINEE_ERROR_CANCELLED; what was there
 *   before is still there
 */
gboolean
matinee_model_file_save_watched (const MatineeModelFile *file, const char *path, MatineeProgressFunc progress,
                                 gpointer data, MatineeStop *stop, GError **error)
{
  Save self = { .file = file, .stop = stop, .progress = progress, .data = data, .n_bytes = count_bytes (file) };
  g_autoptr (MatineeNpzWriter) writer = NULL;

  g_return_val_if_fail (!file->has_ratings
                            || (file->dataset->ratings->by_user->n_rows == file->model->factors->n_users
                                && file->dataset->ratings->by_user->n_columns == file->model->factors->n_movies),
                        FALSE);

  self.writer = writer = matinee_npz_writer_new (path, error);
  return writer != NULL && add_all (&self, error) && matinee_npz_writer_finish (writer, error);
}

/**
 * matinee_model_file_save:
 * @file: what to save
 * @path: where to
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Saves a model: see matinee_model_file_save_watched().
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_model_file_save (const MatineeModelFile *file, const char *path, MatineeStop *stop, GError **error)
{
  return matinee_model_file_save_watched (file, path, NULL, NULL, stop, error);
}

static gboolean
have_same_ids (const MatineeIds *a, const MatineeIds *b)
{
  guint32 n = matinee_ids_get_n (a);

  if (matinee_ids_get_n (b) != n)
    return FALSE;
  for (guint32 i = 0; i < n; i++)
    {
      char x[MATINEE_ID_BUFFER], y[MATINEE_ID_BUFFER];

      if (!g_str_equal (matinee_ids_format (a, i, x), matinee_ids_format (b, i, y)))
        return FALSE;
    }
  return TRUE;
}

/**
 * matinee_model_file_adopt:
 * @file: a model that nobody else has yet
 * @dataset: data that may be those that it was trained on
 * @pool: threads
 * @stop: (nullable): when to give up
 * @same: (out): whether they are
 * @error: return location
 *
 * If the model was trained on the ratings of @dataset, which their fingerprints tell, these
 * become its own, with their titles if they have any. They may know what the file does
 * not: when the ratings were given. O(ratings).
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_model_file_adopt (MatineeModelFile *file, MatineeDataset *dataset, MatineePool *pool, MatineeStop *stop,
                          gboolean *same, GError **error)
{
  MatineeFingerprint fingerprint;
  MatineeDataset *joined;

  *same = FALSE;
  if (!matinee_fingerprint_ratings (dataset->ratings, pool, stop, &fingerprint, error))
    return FALSE;
  if (!matinee_fingerprint_equal (&file->fingerprint, &fingerprint)
      || !have_same_ids (file->model->users, dataset->ratings->users)
      || !have_same_ids (file->model->movies, dataset->ratings->movies))
    return TRUE;
  if (dataset->titles != NULL || file->dataset->titles == NULL)
    joined = matinee_dataset_ref (dataset);
  else
    joined = matinee_dataset_new (dataset->ratings, file->dataset->titles, error);
  if (joined == NULL)
    return FALSE;
  matinee_dataset_unref (file->dataset);
  file->dataset = joined;
  file->has_ratings = *same = TRUE;
  return TRUE;
}

/**
 * matinee_model_file_restore_split:
 * @file: a model that nobody else has yet
 * @pool: threads
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Makes the split of the training again, if it follows from the ratings, which must
 * be there, the parameters and the seed, and not from another file. Times are not in the
 * file of a model: a split by time can be made again after matinee_model_file_adopt().
 * A split that doesn't have as many ratings as the model was trained and tested on is
 * not taken.
 * O(ratings).
 *
 * Returns: %FALSE with an error; else the model may have its split, or not
 */
gboolean
matinee_model_file_restore_split (MatineeModelFile *file, MatineePool *pool, MatineeStop *stop, GError **error)
{
  MatineeModel *model = file->model;
  const MatineeSplitInfo *info = matinee_split_info (model->params.split);
  g_autoptr (MatineeSplit) split = NULL;

  if (!file->has_ratings || (info->needs_times && file->dataset->ratings->times == NULL)
      || model->params.split == MATINEE_SPLIT_GIVEN || g_strcmp0 (file->split, info->choice.id) != 0)
    return TRUE;
  split = matinee_split_new (file->dataset->ratings, &model->params, pool, stop, error);
  if (split == NULL)
    return FALSE;
  if (split->train_by_user->n_entries == model->train.n && split->test_by_user->n_entries == model->test.n)
    model->split = g_steal_pointer (&split);
  return TRUE;
}

/**
 * matinee_model_file_copy:
 * @file: a model with what travels with it
 *
 * Returns: (transfer full): another one with the same model and data
 */
MatineeModelFile *
matinee_model_file_copy (const MatineeModelFile *file)
{
  MatineeModelFile *copy = g_new0 (MatineeModelFile, 1);

  *copy = *file;
  copy->model = matinee_model_ref (file->model);
  copy->dataset = file->dataset != NULL ? matinee_dataset_ref (file->dataset) : NULL;
  copy->data_name = g_strdup (file->data_name);
  copy->split = g_strdup (file->split);
  copy->program = g_strdup (file->program);
  return copy;
}

/**
 * matinee_model_file_free:
 * @file: (nullable) (transfer full): what matinee_model_file_open() or
 *   matinee_model_file_copy() returned
 *
 * Frees it.
 */
void
matinee_model_file_free (MatineeModelFile *file)
{
  if (file == NULL)
    return;
  g_clear_pointer (&file->model, matinee_model_unref);
  g_clear_pointer (&file->dataset, matinee_dataset_unref);
  g_free (file->data_name);
  g_free (file->split);
  g_free (file->program);
  g_free (file);
}
