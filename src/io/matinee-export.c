/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-export.h"

#include "matinee-error.h"

/* Rows that are written between two looks at the stop flag. */
#define STOP_ROWS 4096

struct _MatineeRecommendationWriter
{
  MatineeTableWriter *table;
  MatineeModel *model;
  MatineeTitles *titles;
  const char *event; /* (nullable): what each row is called */
};

/* The first one is left out where rows need no name. */
static const char *const recommendation_columns[]
    = { "event", "user", "rank", "movie", "title", "prediction", "score" };

const char *const matinee_trace_columns[MATINEE_TRACE_COLUMNS] = {
  "iteration", "seconds",  "train_rmse", "test_rmse", "train_mse", "test_mse",
  "train_mae", "test_mae", "objective",  "fit",       "penalty",   "gradient_norm",
};

static void
add_id (MatineeTableWriter *table, const MatineeIds *ids, guint32 index)
{
  char buffer[MATINEE_ID_BUFFER];

  matinee_table_writer_add_text (table, matinee_ids_format (ids, index, buffer));
}

static void
add_title (MatineeTableWriter *table, const MatineeModel *model, const MatineeTitles *titles, guint32 movie)
{
  char buffer[MATINEE_ID_BUFFER];
  guint32 row;

  if (titles != NULL && matinee_titles_find (titles, matinee_ids_format (model->movies, movie, buffer), &row))
    matinee_table_writer_add_text (table, matinee_titles_get_title (titles, row));
  else
    matinee_table_writer_add_text (table, "");
}

static MatineeRecommendationWriter *
recommendation_writer_take (MatineeTableWriter *table, MatineeModel *model, MatineeTitles *titles)
{
  MatineeRecommendationWriter *self = g_new0 (MatineeRecommendationWriter, 1);

  self->table = table;
  self->model = matinee_model_ref (model);
  self->titles = titles != NULL ? matinee_titles_ref (titles) : NULL;
  return self;
}

/**
 * matinee_recommendation_writer_new:
 * @path: the file to write
 * @format: how
 * @model: the model; referenced
 * @titles: (nullable): titles of the films; referenced
 * @error: return location
 *
 * Begins a table of user, rank from 1, movie, title, prediction on the scale of
 * the ratings, and score: the prediction as the list is ordered by, not clipped.
 *
 * Returns: (transfer full) (nullable): a writer, or %NULL with a #GFileError
 */
MatineeRecommendationWriter *
matinee_recommendation_writer_new (const char *path, MatineeExportFormat format, MatineeModel *model,
                                   MatineeTitles *titles, GError **error)
{
  MatineeTableWriter *table = matinee_table_writer_new (path, format, recommendation_columns + 1,
                                                        G_N_ELEMENTS (recommendation_columns) - 1, error);

  return table != NULL ? recommendation_writer_take (table, model, titles) : NULL;
}

/**
 * matinee_recommendation_writer_new_for_sink:
 * @sink: takes the table
 * @data: (closure): for @sink
 * @format: how
 * @event: (nullable): what the rows say of themselves in a first column "event", a
 *   string that outlives the writer; %NULL for no such column
 * @model: the model; referenced
 * @titles: (nullable): titles of the films; referenced
 *
 * matinee_recommendation_writer_new() for what is not a file.
 *
 * Returns: (transfer full): a writer
 */
MatineeRecommendationWriter *
matinee_recommendation_writer_new_for_sink (MatineeTableSink sink, gpointer data, MatineeExportFormat format,
                                            const char *event, MatineeModel *model, MatineeTitles *titles)
{
  guint skip = event != NULL ? 0 : 1;
  MatineeTableWriter *table = matinee_table_writer_new_for_sink (sink, data, format, recommendation_columns + skip,
                                                                 G_N_ELEMENTS (recommendation_columns) - skip);
  MatineeRecommendationWriter *self = recommendation_writer_take (table, model, titles);

  self->event = event;
  return self;
}

/**
 * matinee_recommendation_writer_add_named:
 * @self: a writer
 * @user: (nullable): whose list it is, who need not be one of the model's
 * @items: (array length=n): films, best first
 * @n: how many
 * @error: return location
 *
 * Adds a list.
 *
 * Returns: %FALSE with a #GFileError, or the error of the sink
 */
gboolean
matinee_recommendation_writer_add_named (MatineeRecommendationWriter *self, const char *user,
                                         const MatineeRecommendation *items, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      if (self->event != NULL)
        matinee_table_writer_add_text (self->table, self->event);
      matinee_table_writer_add_text (self->table, user);
      matinee_table_writer_add_integer (self->table, i + 1);
      add_id (self->table, self->model->movies, items[i].movie);
      add_title (self->table, self->model, self->titles, items[i].movie);
      matinee_table_writer_add_float (self->table, (float) matinee_model_clip (self->model, (double) items[i].score));
      matinee_table_writer_add_float (self->table, items[i].score);
      if (!matinee_table_writer_end_row (self->table, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * matinee_recommendation_writer_add:
 * @self: a writer
 * @user: index of a user
 * @items: (array length=n): films, best first
 * @n: how many
 * @error: return location
 *
 * Adds a user's list.
 *
 * Returns: %FALSE with a #GFileError
 */
gboolean
matinee_recommendation_writer_add (MatineeRecommendationWriter *self, guint32 user, const MatineeRecommendation *items,
                                   guint n, GError **error)
{
  char buffer[MATINEE_ID_BUFFER];

  return matinee_recommendation_writer_add_named (self, matinee_ids_format (self->model->users, user, buffer), items, n,
                                                  error);
}

/**
 * matinee_recommendation_writer_finish:
 * @self: a writer, to be freed afterwards
 * @error: return location
 *
 * Ends the table and puts the file in its place.
 *
 * Returns: %FALSE with a #GFileError; what was there before is still there
 */
gboolean
matinee_recommendation_writer_finish (MatineeRecommendationWriter *self, GError **error)
{
  return matinee_table_writer_finish (self->table, error);
}

/**
 * matinee_recommendation_writer_free:
 * @self: (nullable) (transfer full): a writer
 *
 * Frees it.
 */
void
matinee_recommendation_writer_free (MatineeRecommendationWriter *self)
{
  if (self == NULL)
    return;
  matinee_table_writer_free (self->table);
  matinee_model_unref (self->model);
  matinee_titles_unref (self->titles);
  g_free (self);
}

static gboolean
stopped (gsize row, MatineeStop *stop, GError **error)
{
  if (row % STOP_ROWS != 0 || !matinee_stop_requested (stop))
    return FALSE;
  matinee_error_set_cancelled (error);
  return TRUE;
}

static MatineeTableWriter *
begin_factors (const char *path, MatineeExportFormat format, guint n_factors, MatineeSide side, GError **error)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (columns, g_strdup (side == MATINEE_USERS ? "user" : "movie"));
  if (side == MATINEE_MOVIES)
    g_ptr_array_add (columns, g_strdup ("title"));
  g_ptr_array_add (columns, g_strdup ("bias"));
  for (guint f = 0; f < n_factors; f++)
    g_ptr_array_add (columns, g_strdup_printf ("factor_%u", f + 1));
  return matinee_table_writer_new (path, format, (const char *const *) columns->pdata, columns->len, error);
}

/**
 * matinee_export_factors:
 * @path: the file to write
 * @format: how
 * @model: the model
 * @side: whose factors
 * @titles: (nullable): titles of the films
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Writes a table of the id, for movies the title, the bias and all factors, with
 * as many digits as give the same float again. O(rows × k).
 *
 * Returns: %FALSE with a #GFileError or %MATINEE_ERROR_CANCELLED; what was there
 *   before is still there
 */
gboolean
matinee_export_factors (const char *path, MatineeExportFormat format, const MatineeModel *model, MatineeSide side,
                        const MatineeTitles *titles, MatineeStop *stop, GError **error)
{
  const MatineeFactors *factors = model->factors;
  gboolean users = side == MATINEE_USERS;
  guint32 n = users ? factors->n_users : factors->n_movies;
  const float *row = users ? factors->user_factors : factors->movie_factors;
  const float *biases = users ? factors->user_biases : factors->movie_biases;
  g_autoptr (MatineeTableWriter) table = begin_factors (path, format, factors->n_factors, side, error);

  for (guint32 i = 0; table != NULL && i < n; i++, row += factors->stride)
    {
      add_id (table, users ? model->users : model->movies, i);
      if (!users)
        add_title (table, model, titles, i);
      matinee_table_writer_add_float (table, biases[i]);
      for (guint f = 0; f < factors->n_factors; f++)
        matinee_table_writer_add_float (table, row[f]);
      if (stopped (i, stop, error) || !matinee_table_writer_end_row (table, error))
        return FALSE;
    }
  return table != NULL && matinee_table_writer_finish (table, error);
}

/**
 * matinee_table_writer_add_point:
 * @table: a writer with the columns of matinee_trace_columns
 * @point: a point
 *
 * Adds the cells of one point.
 */
void
matinee_table_writer_add_point (MatineeTableWriter *table, const MatineeTracePoint *point)
{
  matinee_table_writer_add_integer (table, point->iteration);
  matinee_table_writer_add_double (table, point->seconds);
  matinee_table_writer_add_double (table, matinee_errors_rmse (&point->train));
  matinee_table_writer_add_double (table, matinee_errors_rmse (&point->test));
  matinee_table_writer_add_double (table, matinee_errors_mse (&point->train));
  matinee_table_writer_add_double (table, matinee_errors_mse (&point->test));
  matinee_table_writer_add_double (table, matinee_errors_mae (&point->train));
  matinee_table_writer_add_double (table, matinee_errors_mae (&point->test));
  matinee_table_writer_add_double (table, matinee_trace_point_objective (point));
  matinee_table_writer_add_double (table, point->train.squared);
  matinee_table_writer_add_double (table, point->penalty);
  matinee_table_writer_add_double (table, point->gradient_norm);
}

/**
 * matinee_export_trace:
 * @path: the file to write
 * @format: how
 * @trace: a trace
 * @error: return location
 *
 * Writes what was measured at each iteration.
 *
 * Returns: %FALSE with a #GFileError; what was there before is still there
 */
gboolean
matinee_export_trace (const char *path, MatineeExportFormat format, const MatineeTrace *trace, GError **error)
{
  g_autoptr (MatineeTableWriter) table
      = matinee_table_writer_new (path, format, matinee_trace_columns, MATINEE_TRACE_COLUMNS, error);

  for (guint i = 0; table != NULL && i < trace->n; i++)
    {
      matinee_table_writer_add_point (table, &trace->points[i]);
      if (!matinee_table_writer_end_row (table, error))
        return FALSE;
    }
  return table != NULL && matinee_table_writer_finish (table, error);
}
