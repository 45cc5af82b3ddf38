/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "matinee-error.h"
#include "matinee-levels.h"
#include "matinee-model-file.h"
#include "matinee-model-parts.h"
#include "matinee-sparse-build.h"

/* A description is some kilobytes. */
#define MAX_DESCRIPTION ((guint64) 1 << 20)

/* Packed bytes can't become more than this many: the limit of deflate. */
#define MAX_EXPANSION 1032

static gboolean
read_description (MatineeModelParts *parts, GError **error)
{
  MatineeNpzReader *reader = parts->reader;
  gsize size = matinee_npz_reader_get_size (reader);
  g_autofree char *text = NULL;
  g_autoptr (GError) failure = NULL;

  if (size > MAX_DESCRIPTION)
    {
      matinee_npz_reader_set_error (reader, error, _ ("its description is too long"));
      return FALSE;
    }
  text = g_malloc (size + 1);
  if (!matinee_npz_reader_read (reader, text, size, error) || !matinee_npz_reader_end (reader, error))
    return FALSE;
  if (matinee_model_description_parse (text, (gssize) size, &parts->description, &failure))
    return TRUE;
  matinee_npz_reader_set_error (reader, error, "%s", failure->message);
  return FALSE;
}

/* What the arrays will take in memory: as many bytes as in the file, rows of
 * factors being padded. */
static gboolean
check_memory (MatineeModelParts *parts, guint64 n_bytes, guint64 available, GError **error)
{
  const MatineeModelDescription *description = &parts->description;
  double entities = (double) description->n_users + description->n_movies;
  double padding = (double) (matinee_factors_stride (description->n_factors) - description->n_factors);
  double needed = (double) n_bytes + entities * padding * sizeof (float);
  g_autofree char *needed_text = NULL;
  g_autofree char *available_text = NULL;

  if (n_bytes / MAX_EXPANSION > matinee_npz_reader_get_file_size (parts->reader))
    {
      matinee_npz_reader_set_error (parts->reader, error, _ ("it claims to hold more than its few bytes can"));
      return FALSE;
    }
  if (available == 0 || needed <= (double) available)
    return TRUE;
  needed_text = g_format_size (needed < 1e18 ? (guint64) needed : G_GUINT64_CONSTANT (1000000000000000000));
  available_text = g_format_size (available);
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_MEMORY,
               _ ("Opening this model needs about %s of memory, and %s are available: close other programs first"),
               needed_text, available_text);
  return FALSE;
}

/* Goes over the members without unpacking the arrays, and finds the description,
 * which may be anywhere when another program has packed the file anew. */
static gboolean
survey (MatineeModelParts *parts, guint64 available, guint64 *n_all_bytes, GError **error)
{
  MatineeNpzReader *reader = parts->reader;
  gboolean found[MATINEE_N_MODEL_ARRAYS] = { FALSE };
  gboolean described = FALSE;
  const char *missing;
  guint64 n_bytes = 0;

  for (;;)
    {
      const char *name;
      guint64 size;
      int array;

      if (!matinee_npz_reader_next (reader, error))
        return FALSE;
      name = matinee_npz_reader_get_name (reader);
      if (name == NULL)
        break;
      size = matinee_npz_reader_get_size (reader);
      array = matinee_model_parts_find (name);
      if ((array >= 0 && found[array]) || (described && g_str_equal (name, MATINEE_MODEL_JSON)))
        {
          matinee_npz_reader_set_error (reader, error, _ ("\u201c%s\u201d is in it twice"), name);
          return FALSE;
        }
      if (array >= 0)
        {
          found[array] = TRUE;
          n_bytes = n_bytes > G_MAXINT64 || size > G_MAXINT64 ? G_MAXUINT64 : n_bytes + size;
        }
      else if (g_str_equal (name, MATINEE_MODEL_JSON))
        {
          described = TRUE;
          if (!read_description (parts, error))
            return FALSE;
        }
    }
  if (!described)
    {
      matinee_npz_reader_set_error (reader, error, _ ("it holds no \u201c%s\u201d, so Matinee did not save it"),
                                    MATINEE_MODEL_JSON);
      return FALSE;
    }
  missing = matinee_model_parts_get_missing (found);
  if (missing != NULL)
    {
      matinee_npz_reader_set_error (reader, error, _ ("it holds no \u201c%s\u201d"), missing);
      return FALSE;
    }
  *n_all_bytes = n_bytes;
  return check_memory (parts, n_bytes, available, error);
}

static gboolean
load_arrays (MatineeModelParts *parts, guint64 n_bytes, MatineeProgressFunc progress, gpointer data, GError **error)
{
  MatineeNpzReader *reader = parts->reader;
  guint64 n_done = 0;

  if (!matinee_model_parts_prepare (parts, error) || !matinee_npz_reader_rewind (reader, error))
    return FALSE;
  for (;;)
    {
      const char *name;
      int array;

      if (matinee_stop_requested (parts->stop))
        {
          matinee_error_set_cancelled (error);
          return FALSE;
        }
      if (!matinee_npz_reader_next (reader, error))
        return FALSE;
      name = matinee_npz_reader_get_name (reader);
      if (name == NULL)
        return matinee_model_parts_complete (parts, error);
      array = matinee_model_parts_find (name);
      if (array < 0)
        continue;
      n_done += matinee_npz_reader_get_size (reader);
      if (!matinee_model_parts_load (parts, array, error))
        return FALSE;
      if (progress != NULL)
        progress (MIN ((double) n_done / (double) n_bytes, 1.0), data);
    }
}

/* The ratings of the file, or none at all. */
static MatineeRatings *
make_ratings (MatineeModelParts *parts, MatineeModel *model, MatineePool *pool, gboolean *there, GError **error)
{
  const MatineeModelDescription *description = &parts->description;
  guint n_levels = (guint) parts->rated.n_levels;
  g_autoptr (MatineeSparse) by_user = NULL;
  MatineeSparseSummary summary;
  MatineeRatings *ratings;

  if (!matinee_rated_arrays_complete (&parts->rated, parts->reader, description->n_users, description->n_movies,
                                      &by_user, error))
    return NULL;
  *there = by_user != NULL;
  if (by_user == NULL)
    by_user = matinee_sparse_alloc (description->n_users, description->n_movies, 0, TRUE, error);
  if (by_user == NULL || !matinee_sparse_summarize (by_user, pool, parts->stop, &summary, error))
    return NULL;
  ratings = g_new0 (MatineeRatings, 1);
  g_atomic_ref_count_init (&ratings->ref_count);
  ratings->users = matinee_ids_ref (model->users);
  ratings->movies = matinee_ids_ref (model->movies);
  ratings->mean = summary.mean;
  ratings->low = by_user->n_entries > 0 ? summary.low : model->low;
  ratings->high = by_user->n_entries > 0 ? summary.high : model->high;
  ratings->n_levels = *there ? n_levels : 0;
  if (ratings->n_levels > 0)
    ratings->step = matinee_levels_find_step (by_user->levels, n_levels);
  ratings->by_user = g_steal_pointer (&by_user);
  return ratings;
}

static gboolean
make_dataset (MatineeModelFile *file, MatineeModelParts *parts, MatineePool *pool, GError **error)
{
  const MatineeModelDescription *description = &parts->description;
  g_autoptr (MatineeRatings) ratings = make_ratings (parts, file->model, pool, &file->has_ratings, error);
  g_autoptr (MatineeTitles) titles = NULL;

  if (ratings == NULL)
    return FALSE;
  titles = matinee_model_parts_make_titles (parts, file->model->movies);
  if (description->synthetic)
    file->dataset = matinee_dataset_new_planted (ratings, titles, description->noise_floor, error);
  else
    file->dataset = matinee_dataset_new (ratings, titles, error);
  return file->dataset != NULL;
}

static MatineeModelFile *
assemble (MatineeModelParts *parts, MatineePool *pool, GError **error)
{
  MatineeModelDescription *description = &parts->description;
  g_autoptr (MatineeModelFile) file = g_new0 (MatineeModelFile, 1);
  MatineeModel *model = file->model = g_new0 (MatineeModel, 1);

  g_atomic_ref_count_init (&model->ref_count);
  model->params = description->params;
  model->low = description->low;
  model->high = description->high;
  model->reason = description->reason;
  model->iteration = description->iteration;
  model->train = description->train;
  model->test = description->test;
  model->factors = g_steal_pointer (&parts->factors);
  model->trace = g_steal_pointer (&parts->trace);
  model->users = matinee_model_parts_make_ids (parts, MATINEE_USERS, error);
  if (model->users == NULL)
    return NULL;
  model->movies = matinee_model_parts_make_ids (parts, MATINEE_MOVIES, error);
  if (model->movies == NULL)
    return NULL;
  if (!make_dataset (file, parts, pool, error))
    return NULL;
  file->fingerprint = description->fingerprint;
  file->data_name = g_steal_pointer (&description->data_name);
  file->split = g_steal_pointer (&description->split);
  file->program = g_steal_pointer (&description->program);
  return g_steal_pointer (&file);
}

/**
 * matinee_model_file_open_watched:
 * @path: the file
 * @available: bytes of memory that the system can give, or 0 when unknown
 * @pool: (nullable): threads
 * @progress: (nullable): told how much is read, in the thread that reads
 * @data: (closure): for @progress
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Opens a model. Before anything is handed out, everything is checked: the
 * version, sizes and types of all arrays, that they fit into memory, that their
 * numbers are finite, that ids are in order and that ratings refer to movies
 * that exist. O(bytes).
 *
 * Returns: (transfer full) (nullable): the model with what travels with it; or
 *   %NULL with a #GFileError, %MATINEE_ERROR_FORMAT, %MATINEE_ERROR_MEMORY or
 *   %MATINEE_ERROR_CANCELLED
 */
MatineeModelFile *
matinee_model_file_open_watched (const char *path, guint64 available, MatineePool *pool, MatineeProgressFunc progress,
                                 gpointer data, MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeNpzReader) reader = matinee_npz_reader_new (path, error);
  g_auto (MatineeModelParts) parts = { .reader = reader, .stop = stop };
  guint64 n_bytes = 0;

  if (reader == NULL || !survey (&parts, available, &n_bytes, error)
      || !load_arrays (&parts, n_bytes, progress, data, error))
    return NULL;
  return assemble (&parts, pool, error);
}

/**
 * matinee_model_file_open:
 * @path: the file
 * @available: bytes of memory that the system can give, or 0 when unknown
 * @pool: (nullable): threads
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Opens a model: see matinee_model_file_open_watched().
 *
 * Returns: (transfer full) (nullable): the model, or %NULL with an error
 */
MatineeModelFile *
matinee_model_file_open (const char *path, guint64 available, MatineePool *pool, MatineeStop *stop, GError **error)
{
  return matinee_model_file_open_watched (path, available, pool, NULL, NULL, stop, error);
}

/**
 * matinee_model_file_probe:
 * @path: a file
 *
 * Tells models from other files, such as a zip of ratings, without reading more
 * than names. A damaged model may not be recognised.
 *
 * Returns: whether it looks like a model
 */
gboolean
matinee_model_file_probe (const char *path)
{
  g_autoptr (MatineeNpzReader) reader = matinee_npz_reader_new (path, NULL);

  while (reader != NULL && matinee_npz_reader_next (reader, NULL) && matinee_npz_reader_get_name (reader) != NULL)
    if (g_str_equal (matinee_npz_reader_get_name (reader), MATINEE_MODEL_JSON))
      return TRUE;
  return FALSE;
}
