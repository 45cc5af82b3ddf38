/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-export.h"
#include "matinee-history.h"

/* Then come the parameters, by their names. */
static const char *const run_columns[] = {
  "run",
  "name",
  "note",
  "data",
  "fingerprint",
  "users",
  "movies",
  "train",
  "test",
  "split",
  "split_seed",
  "solver",
  "preset",
  "version",
  "machine",
  "cores",
  "started",
  "duration",
  "seconds",
  "state",
  "message",
  "points",
  "iteration",
  "train_rmse",
  "test_rmse",
  "train_mae",
  "test_mae",
  "train_mse",
  "test_mse",
  "train_rmse_clipped",
  "test_rmse_clipped",
  "best_iteration",
  "best_test_rmse",
};

static void
add_run_data (MatineeTableWriter *writer, const MatineeRun *run)
{
  char fingerprint[MATINEE_FINGERPRINT_BUFFER];

  matinee_table_writer_add_integer (writer, run->id);
  matinee_table_writer_add_text (writer, run->name);
  matinee_table_writer_add_text (writer, run->note);
  matinee_table_writer_add_text (writer, run->data_name);
  matinee_table_writer_add_text (writer, matinee_fingerprint_format (&run->fingerprint, fingerprint));
  matinee_table_writer_add_integer (writer, run->n_users);
  matinee_table_writer_add_integer (writer, run->n_movies);
  matinee_table_writer_add_integer (writer, (gint64) run->n_train);
  matinee_table_writer_add_integer (writer, (gint64) run->n_test);
  matinee_table_writer_add_text (writer, run->split);
  matinee_table_writer_add_integer (writer, (gint64) run->split_seed);
  matinee_table_writer_add_text (writer, run->solver);
  matinee_table_writer_add_text (writer, run->preset);
  matinee_table_writer_add_text (writer, run->version);
  matinee_table_writer_add_text (writer, run->machine);
  matinee_table_writer_add_integer (writer, run->n_cores);
}

static void
add_run_results (MatineeTableWriter *writer, const MatineeRun *run)
{
  g_autoptr (GDateTime) started = g_date_time_new_from_unix_utc (run->started / G_USEC_PER_SEC);
  g_autofree char *time = started != NULL ? g_date_time_format_iso8601 (started) : NULL;

  matinee_table_writer_add_text (writer, time);
  matinee_table_writer_add_double (writer, run->duration);
  matinee_table_writer_add_double (writer, run->seconds);
  matinee_table_writer_add_text (writer, matinee_run_get_state_id (run));
  matinee_table_writer_add_text (writer, run->message);
  matinee_table_writer_add_integer (writer, run->n_points);
  matinee_table_writer_add_integer (writer, run->iteration);
  matinee_table_writer_add_double (writer, matinee_errors_rmse (&run->train));
  matinee_table_writer_add_double (writer, matinee_errors_rmse (&run->test));
  matinee_table_writer_add_double (writer, matinee_errors_mae (&run->train));
  matinee_table_writer_add_double (writer, matinee_errors_mae (&run->test));
  matinee_table_writer_add_double (writer, matinee_errors_mse (&run->train));
  matinee_table_writer_add_double (writer, matinee_errors_mse (&run->test));
  matinee_table_writer_add_double (writer, matinee_errors_rmse_clipped (&run->train));
  matinee_table_writer_add_double (writer, matinee_errors_rmse_clipped (&run->test));
  matinee_table_writer_add_integer (writer, run->best_iteration);
  matinee_table_writer_add_double (writer, run->best_test_rmse);
}

static gboolean
add_run (MatineeTableWriter *writer, const MatineeRun *run, GError **error)
{
  add_run_data (writer, run);
  add_run_results (writer, run);
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    matinee_table_writer_add_double (writer, matinee_params_get (&run->params, id));
  return matinee_table_writer_end_row (writer, error);
}

/**
 * matinee_history_export_runs:
 * @self: a history
 * @runs: (array length=n): ids of runs
 * @n: how many
 * @path: the file to write
 * @format: how
 * @error: return location
 *
 * Writes a table of runs with all that is known of them, except their traces.
 *
 * Returns: %FALSE with %MATINEE_ERROR_NOT_FOUND, a #GFileError or another error;
 *   what was there before is still there
 */
gboolean
matinee_history_export_runs (MatineeHistory *self, const gint64 *runs, guint n, const char *path,
                             MatineeExportFormat format, GError **error)
{
  const char *columns[G_N_ELEMENTS (run_columns) + MATINEE_N_PARAMS];
  g_autoptr (MatineeTableWriter) writer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    columns[i]
        = i < G_N_ELEMENTS (run_columns) ? run_columns[i] : matinee_param_info (i - G_N_ELEMENTS (run_columns))->name;
  writer = matinee_table_writer_new (path, format, columns, G_N_ELEMENTS (columns), error);
  for (guint i = 0; writer != NULL && i < n; i++)
    {
      g_autoptr (MatineeRun) run = matinee_history_get_run (self, runs[i], error);

      if (run == NULL || !add_run (writer, run, error))
        return FALSE;
    }
  return writer != NULL && matinee_table_writer_finish (writer, error);
}

/**
 * matinee_history_export_points:
 * @self: a history
 * @runs: (array length=n): ids of runs
 * @n: how many
 * @path: the file to write
 * @format: how
 * @error: return location
 *
 * Writes a table of all points of the traces of runs.
 *
 * Returns: %FALSE with an error; what was there before is still there
 */
gboolean
matinee_history_export_points (MatineeHistory *self, const gint64 *runs, guint n, const char *path,
                               MatineeExportFormat format, GError **error)
{
  const char *columns[MATINEE_TRACE_COLUMNS + 1] = { "run" };
  g_autoptr (MatineeTableWriter) writer = NULL;

  for (guint i = 0; i < MATINEE_TRACE_COLUMNS; i++)
    columns[i + 1] = matinee_trace_columns[i];
  writer = matinee_table_writer_new (path, format, columns, G_N_ELEMENTS (columns), error);
  for (guint i = 0; writer != NULL && i < n; i++)
    {
      g_autoptr (MatineeTrace) trace = matinee_history_get_trace (self, runs[i], error);

      if (trace == NULL)
        return FALSE;
      for (guint j = 0; j < trace->n; j++)
        {
          matinee_table_writer_add_integer (writer, runs[i]);
          matinee_table_writer_add_point (writer, &trace->points[j]);
          if (!matinee_table_writer_end_row (writer, error))
            return FALSE;
        }
    }
  return writer != NULL && matinee_table_writer_finish (writer, error);
}
