/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-predictions.h"

#include "matinee-data-file.h"
#include "matinee-diagnosis.h"
#include "matinee-error.h"
#include "matinee-record-reader.h"

/* Pairs between two looks at the stop flag. */
#define STOP_PAIRS 4096

const char *const matinee_prediction_columns[MATINEE_PREDICTION_COLUMNS]
    = { "event", "user", "movie", "title", "prediction", "score", "known" };

/* Predictions on their way. */
typedef struct
{
  const MatineePredictions *what;
  MatineeTableWriter *table;
  MatineePredictionCounts *counts;
  double usual[2]; /* the biases of those that are not known */
} Work;

static const MatineeCsvField *
get_id (const MatineeRecordReader *reader, MatineeColumn column, GError **error)
{
  const MatineeCsvField *field = matinee_record_reader_get (reader, column);

  if (field->length > 0)
    return field;
  matinee_record_reader_fail (reader, MATINEE_PROBLEM_EMPTY, column, error);
  return NULL;
}

static gboolean
find (const MatineeModel *model, MatineeSide side, const char *id, guint32 *row)
{
  return matinee_ids_find (side == MATINEE_USERS ? model->users : model->movies, id, row)
         && matinee_factors_is_learnt (model->factors, side, *row);
}

/* Whoever is not known brings nothing but the usual bias: no taste. */
static double
predict (const Work *work, const guint32 *user, const guint32 *movie)
{
  const MatineeFactors *factors = work->what->model->factors;

  if (user != NULL && movie != NULL)
    return matinee_factors_predict (factors, *user, *movie);
  return factors->mean + (user != NULL ? (double) factors->user_biases[*user] : work->usual[MATINEE_USERS])
         + (movie != NULL ? (double) factors->movie_biases[*movie] : work->usual[MATINEE_MOVIES]);
}

static void
add_title (const Work *work, const char *movie)
{
  const MatineeTitles *titles = work->what->titles;
  guint32 row;

  if (titles != NULL && matinee_titles_find (titles, movie, &row))
    matinee_table_writer_add_text (work->table, matinee_titles_get_title (titles, row));
  else
    matinee_table_writer_add_text (work->table, "");
}

static gboolean
write_pair (Work *work, const char *user_id, const char *movie_id, GError **error)
{
  static const char *const names[2][2] = { { "none", "movie" }, { "user", "both" } };
  const MatineeModel *model = work->what->model;
  guint32 user, movie;
  gboolean has_user = find (model, MATINEE_USERS, user_id, &user);
  gboolean has_movie = find (model, MATINEE_MOVIES, movie_id, &movie);
  double score = predict (work, has_user ? &user : NULL, has_movie ? &movie : NULL);

  work->counts->n++;
  work->counts->n_unknown_users += !has_user;
  work->counts->n_unknown_movies += !has_movie;
  if (work->what->event != NULL)
    matinee_table_writer_add_text (work->table, work->what->event);
  matinee_table_writer_add_text (work->table, user_id);
  matinee_table_writer_add_text (work->table, movie_id);
  add_title (work, movie_id);
  matinee_table_writer_add_float (work->table, (float) matinee_model_clip (model, score));
  matinee_table_writer_add_float (work->table, (float) score);
  matinee_table_writer_add_text (work->table, names[has_user][has_movie]);
  return matinee_table_writer_end_row (work->table, error);
}

static gboolean
write_all (Work *work, MatineeRecordReader *reader, MatineeStop *stop, GError **error)
{
  const MatineePredictions *what = work->what;
  const MatineeCsvRecord *record;

  while (matinee_record_reader_next (reader, &record, error))
    {
      const MatineeCsvField *user, *movie;

      if (record == NULL)
        return TRUE;
      if (work->counts->n % STOP_PAIRS == 0)
        {
          if (matinee_stop_requested (stop))
            {
              matinee_error_set_cancelled (error);
              return FALSE;
            }
          if (what->progress != NULL)
            what->progress (matinee_record_reader_get_fraction (reader), what->data);
        }
      user = get_id (reader, MATINEE_COLUMN_USER, error);
      movie = user != NULL ? get_id (reader, MATINEE_COLUMN_MOVIE, error) : NULL;
      if (movie == NULL || !write_pair (work, user->text, movie->text, error))
        return FALSE;
    }
  return FALSE;
}

/**
 * matinee_predictions_write:
 * @predictions: what to predict
 * @table: where to: its columns are matinee_prediction_columns, the first one only with
 *   an event. It is finished when all went well
 * @stop: (nullable): asks to stop
 * @counts: (out caller-allocates): what was predicted
 * @error: return location
 *
 * Predicts the rating of each pair of a file, in its order. @prediction is on the scale
 * of the ratings, @score the same not clipped, and "known" says of whom anything was
 * learnt: "both", "user", "movie" or "none". Whoever is not known is predicted from the
 * means: by matinee_factors_get_usual_bias(), without factors.
 * O(pairs × (k + log ids)), in memory that doesn't grow with the file.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT, whose message names file and line,
 *   %MATINEE_ERROR_MEMORY, %MATINEE_ERROR_CANCELLED, a #GFileError or the error of the
 *   table's sink
 */
gboolean
matinee_predictions_write (const MatineePredictions *predictions, MatineeTableWriter *table, MatineeStop *stop,
                           MatineePredictionCounts *counts, GError **error)
{
  g_autoptr (MatineeTextSource) source
      = matinee_data_file_open (predictions->pairs, MATINEE_TABLE_PAIRS, NULL, stop, error);
  g_autoptr (MatineeRecordReader) reader = NULL;
  MatineeTextFormat format;
  Work work = { .what = predictions, .table = table, .counts = counts };

  *counts = (MatineePredictionCounts){ 0 };
  if (source == NULL || !matinee_text_format_read (&format, source, MATINEE_TABLE_PAIRS, NULL, error))
    return FALSE;
  for (guint side = MATINEE_USERS; side <= MATINEE_MOVIES; side++)
    work.usual[side] = matinee_factors_get_usual_bias (predictions->model->factors, (MatineeSide) side);
  reader = matinee_record_reader_new (source, &format);
  return write_all (&work, reader, stop, error) && matinee_table_writer_finish (table, error);
}
