/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-history-private.h"

/* The schema, as the steps in which it grew: step i makes version i + 1 of
 * version i, and a new file takes them all. A step, once released, is never
 * changed. Newer versions only add: older programs can read what they know. */
static const char *const steps[MATINEE_HISTORY_VERSION] = {
  /* 1. Sums of errors are kept, as RMSE, MSE and MAE follow from them; NULL is
   * what was not a number. */
  "CREATE TABLE session ("
  " id INTEGER PRIMARY KEY AUTOINCREMENT,"
  " version TEXT NOT NULL," /* of the program */
  " machine TEXT NOT NULL," /* the processor */
  " cores INTEGER NOT NULL,"
  " started INTEGER NOT NULL);" /* microseconds since 1970 */
  "CREATE TABLE run ("
  " id INTEGER PRIMARY KEY AUTOINCREMENT,"
  " session INTEGER NOT NULL REFERENCES session (id),"
  " name TEXT NOT NULL,"
  " solver TEXT NOT NULL,"
  " preset TEXT,"
  " data_name TEXT NOT NULL,"
  " fingerprint TEXT NOT NULL,"
  " n_users INTEGER NOT NULL,"
  " n_movies INTEGER NOT NULL,"
  " n_train INTEGER NOT NULL,"
  " n_test INTEGER NOT NULL,"
  " split TEXT NOT NULL,"
  " split_seed INTEGER NOT NULL,"
  " started INTEGER NOT NULL,"
  " duration REAL,"
  " reason TEXT," /* NULL until it has ended */
  " message TEXT,"
  " n_points INTEGER NOT NULL DEFAULT 0,"
  " seconds REAL,"
  " iteration INTEGER," /* of the model that was kept; before the end, the last */
  " train_squared REAL,"
  " train_absolute REAL,"
  " train_squared_clipped REAL,"
  " train_absolute_clipped REAL,"
  " test_squared REAL,"
  " test_absolute REAL,"
  " test_squared_clipped REAL,"
  " test_absolute_clipped REAL,"
  " best_iteration INTEGER,"
  " best_test_rmse REAL);"
  "CREATE TABLE point ("
  " run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,"
  " iteration INTEGER NOT NULL,"
  " seconds REAL,"
  " train_squared REAL,"
  " train_absolute REAL,"
  " train_squared_clipped REAL,"
  " train_absolute_clipped REAL,"
  " test_squared REAL,"
  " test_absolute REAL,"
  " test_squared_clipped REAL,"
  " test_absolute_clipped REAL,"
  " penalty REAL,"
  " gradient_norm REAL,"
  " PRIMARY KEY (run, iteration)) WITHOUT ROWID;",

  /* 2. Notes, deletion that can be undone, and a text to search in. */
  "ALTER TABLE run ADD COLUMN note TEXT NOT NULL DEFAULT '';"
  "ALTER TABLE run ADD COLUMN deleted INTEGER;" /* when, in microseconds since 1970 */
  "ALTER TABLE run ADD COLUMN search TEXT NOT NULL DEFAULT '';"
  "UPDATE run SET search = fold (name || ' ' || note || ' ' || data_name || ' ' || solver || ' ' || ifnull (preset, "
  "''));",
};

/* Brings the search text of a run up to date. */
const char matinee_history_index_sql[]
    = "UPDATE run SET search = fold (name || ' ' || note || ' ' || data_name || ' ' || solver || ' ' ||"
      " ifnull (preset, '')) WHERE id = ?1";

/**
 * matinee_history_dup_param_column:
 * @id: a parameter
 *
 * Returns: (transfer full): its column in the table run
 */
char *
matinee_history_dup_param_column (MatineeParamId id)
{
  char *column = g_strconcat ("param_", matinee_param_info (id)->name, NULL);

  return g_strdelimit (column, "-", '_');
}

/**
 * matinee_history_migrate:
 * @self: a history, in a transaction
 * @version: of the file
 * @error: return location
 *
 * Brings an older file, or an empty one, to the version of this program.
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_history_migrate (MatineeHistory *self, gint64 version, GError **error)
{
  g_autofree char *pragmas = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                              MATINEE_HISTORY_APPLICATION, MATINEE_HISTORY_VERSION);

  for (gint64 i = version; i < MATINEE_HISTORY_VERSION; i++)
    if (!matinee_history_execute (self, steps[i], error))
      return FALSE;
  return matinee_history_execute (self, pragmas, error);
}

/**
 * matinee_history_find_params:
 * @self: a history
 * @error: return location
 *
 * Finds out which parameters have columns.
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_history_find_params (MatineeHistory *self, GError **error)
{
  sqlite3_stmt *statement
      = matinee_history_prepare (self, "SELECT count (*) FROM pragma_table_info ('run') WHERE name = ?1", error);

  for (guint id = 0; statement != NULL && id < MATINEE_N_PARAMS; id++)
    {
      g_autofree char *column = matinee_history_dup_param_column (id);
      gboolean row;

      sqlite3_bind_text (statement, 1, column, -1, SQLITE_TRANSIENT);
      if (!matinee_history_step (self, statement, &row, error))
        return FALSE;
      self->has_param[id] = row && sqlite3_column_int (statement, 0) > 0;
      sqlite3_reset (statement);
    }
  return statement != NULL;
}

/**
 * matinee_history_add_params:
 * @self: a history, in a transaction
 * @error: return location
 *
 * Gives a column to each parameter that has none yet, so that a new parameter
 * needs no new version of the schema.
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_history_add_params (MatineeHistory *self, GError **error)
{
  if (!matinee_history_find_params (self, error))
    return FALSE;
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    {
      g_autofree char *column = matinee_history_dup_param_column (id);
      g_autofree char *sql = g_strdup_printf ("ALTER TABLE run ADD COLUMN \"%s\" REAL", column);

      if (!self->has_param[id] && !matinee_history_execute (self, sql, error))
        return FALSE;
      self->has_param[id] = TRUE;
    }
  return TRUE;
}
