/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "matinee-error.h"
#include "matinee-history-lock.h"
#include "matinee-history-private.h"
#include "matinee-solver.h"

/* Words of a search that count. */
#define MAX_WORDS 16

/* The order of read_run(). Parameters follow. */
static const char run_columns[]
    = "r.id, r.name, r.note, r.data_name, r.fingerprint, r.n_users, r.n_movies, r.n_train, r.n_test, r.split,"
      " r.split_seed, r.solver, r.preset, s.version, s.machine, s.cores, r.session, r.started, r.duration, r.seconds,"
      " r.reason, r.message, r.n_points, r.iteration, r.best_iteration, r.best_test_rmse, r.train_squared,"
      " r.train_absolute, r.train_squared_clipped, r.train_absolute_clipped, r.test_squared, r.test_absolute,"
      " r.test_squared_clipped, r.test_absolute_clipped, r.deleted";

#define FIRST_PARAM 35

/* What is searched in begins with the name, without case. */
static const char *const order_columns[MATINEE_RUN_ORDER_PARAMS] = {
  [MATINEE_RUN_ORDER_STARTED] = "r.started",
  [MATINEE_RUN_ORDER_NAME] = "r.search",
  [MATINEE_RUN_ORDER_DATA] = "r.data_name COLLATE NOCASE",
  [MATINEE_RUN_ORDER_SOLVER] = "r.solver",
  [MATINEE_RUN_ORDER_STATE] = "r.reason",
  [MATINEE_RUN_ORDER_DURATION] = "r.duration",
  [MATINEE_RUN_ORDER_ITERATION] = "r.iteration",
  [MATINEE_RUN_ORDER_TRAIN_RMSE] = "r.train_squared / r.n_train",
  [MATINEE_RUN_ORDER_TEST_RMSE] = "r.test_squared / r.n_test",
  [MATINEE_RUN_ORDER_BEST_TEST_RMSE] = "r.best_test_rmse",
};

static void
append_select (MatineeHistory *self, GString *sql)
{
  g_string_append_printf (sql, "SELECT %s", run_columns);
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    {
      g_autofree char *column = matinee_history_dup_param_column (id);

      if (self->has_param[id])
        g_string_append_printf (sql, ", r.\"%s\"", column);
      else
        g_string_append (sql, ", NULL");
    }
  g_string_append (sql, " FROM run r JOIN session s ON s.id = r.session");
}

static char *
dup_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static char *
dup_text_or_empty (sqlite3_stmt *statement, int column)
{
  char *text = dup_text (statement, column);

  return text != NULL ? text : g_strdup ("");
}

static double
read_double (sqlite3_stmt *statement, int column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL ? NAN : sqlite3_column_double (statement, column);
}

static void
read_errors (sqlite3_stmt *statement, int column, gsize n, MatineeErrors *errors)
{
  *errors = (MatineeErrors){ 0 };
  /* NULL where there was nothing to predict. */
  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return;
  errors->n = n;
  errors->squared = sqlite3_column_double (statement, column);
  errors->absolute = sqlite3_column_double (statement, column + 1);
  errors->squared_clipped = sqlite3_column_double (statement, column + 2);
  errors->absolute_clipped = sqlite3_column_double (statement, column + 3);
}

static void
read_params (sqlite3_stmt *statement, MatineeRun *run)
{
  const MatineeSolver *solver = matinee_solver_find (run->solver);

  matinee_params_init (&run->params, 1);
  if (solver != NULL)
    run->params.solver = solver;
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    {
      double value = read_double (statement, (int) (FIRST_PARAM + id));

      if (!isnan (value))
        matinee_params_set (&run->params, id, value);
    }
}

/* A run without a reason goes on as long as the program that began it lives. */
static void
read_state (MatineeHistory *self, sqlite3_stmt *statement, MatineeRun *run)
{
  const char *reason = (const char *) sqlite3_column_text (statement, 20);
  gint64 session = sqlite3_column_int64 (statement, 16);
  gboolean alive;

  if (reason != NULL)
    {
      run->state = matinee_stop_reason_find (reason, &run->reason) ? MATINEE_RUN_FINISHED : MATINEE_RUN_FAILED;
      return;
    }
  if (session == self->session)
    alive = matinee_history_is_run_open (self, run->id);
  else
    alive = matinee_history_lock_is_held (self->lock, session);
  run->state = alive ? MATINEE_RUN_RUNNING : MATINEE_RUN_INTERRUPTED;
}

static MatineeRun *
read_run (MatineeHistory *self, sqlite3_stmt *statement)
{
  MatineeRun *run = g_new0 (MatineeRun, 1);

  run->id = sqlite3_column_int64 (statement, 0);
  run->name = dup_text_or_empty (statement, 1);
  run->note = dup_text_or_empty (statement, 2);
  run->data_name = dup_text_or_empty (statement, 3);
  matinee_fingerprint_parse ((const char *) sqlite3_column_text (statement, 4), &run->fingerprint);
  run->n_users = (guint32) sqlite3_column_int64 (statement, 5);
  run->n_movies = (guint32) sqlite3_column_int64 (statement, 6);
  run->n_train = (gsize) sqlite3_column_int64 (statement, 7);
  run->n_test = (gsize) sqlite3_column_int64 (statement, 8);
  run->split = dup_text_or_empty (statement, 9);
  run->split_seed = (guint64) sqlite3_column_int64 (statement, 10);
  run->solver = dup_text_or_empty (statement, 11);
  run->preset = dup_text (statement, 12);
  run->version = dup_text_or_empty (statement, 13);
  run->machine = dup_text_or_empty (statement, 14);
  run->n_cores = (guint) sqlite3_column_int64 (statement, 15);
  run->started = sqlite3_column_int64 (statement, 17);
  run->duration = sqlite3_column_double (statement, 18);
  run->seconds = sqlite3_column_double (statement, 19);
  run->message = dup_text (statement, 21);
  run->n_points = (guint) sqlite3_column_int64 (statement, 22);
  run->iteration = (guint) sqlite3_column_int64 (statement, 23);
  run->best_iteration = (guint) sqlite3_column_int64 (statement, 24);
  run->best_test_rmse = read_double (statement, 25);
  read_errors (statement, 26, run->n_train, &run->train);
  read_errors (statement, 30, run->n_test, &run->test);
  run->deleted = sqlite3_column_type (statement, 34) != SQLITE_NULL;
  read_params (statement, run);
  read_state (self, statement, run);
  return run;
}

/* The words that are looked for, each once. */
static GPtrArray *
split_words (const char *search)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folded = matinee_history_fold (search != NULL ? search : "");
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t\n", -1);

  for (guint i = 0; parts[i] != NULL && words->len < MAX_WORDS; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (words, g_strdup (parts[i]));
  return words;
}

static void
append_condition (GString *sql, const MatineeRunQuery *query, guint n_words)
{
  g_string_append (sql, query->deleted ? " WHERE r.deleted IS NOT NULL" : " WHERE r.deleted IS NULL");
  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (sql, " AND instr (r.search, ?%u) > 0", i + 1);
  if (query->fingerprint != NULL)
    {
      char text[MATINEE_FINGERPRINT_BUFFER];

      /* Hexadecimal digits, which can be part of a statement as they are. */
      g_string_append_printf (sql, " AND r.fingerprint = '%s'", matinee_fingerprint_format (query->fingerprint, text));
    }
}

static void
append_order (MatineeHistory *self, GString *sql, const MatineeRunQuery *query)
{
  g_autofree char *param = NULL;
  const char *column = "r.id";

  if (query->order < MATINEE_RUN_ORDER_PARAMS)
    column = order_columns[query->order];
  else if (query->order < MATINEE_RUN_ORDER_PARAMS + MATINEE_N_PARAMS
           && self->has_param[query->order - MATINEE_RUN_ORDER_PARAMS])
    {
      g_autofree char *name = matinee_history_dup_param_column (query->order - MATINEE_RUN_ORDER_PARAMS);

      column = param = g_strdup_printf ("r.\"%s\"", name);
    }
  g_string_append_printf (sql, " ORDER BY (%s) IS NULL, %s%s, r.id DESC", column, column,
                          query->descending ? " DESC" : "");
}

static void
bind_words (sqlite3_stmt *statement, GPtrArray *words)
{
  for (guint i = 0; i < words->len; i++)
    sqlite3_bind_text (statement, (int) i + 1, words->pdata[i], -1, SQLITE_STATIC);
}

/* The ids of the runs of a query, in its order. */
static GArray *
find_ids (MatineeHistory *self, const MatineeRunQuery *query, GError **error)
{
  g_autoptr (GPtrArray) words = split_words (query->search);
  g_autoptr (GString) sql = g_string_new ("SELECT r.id FROM run r");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement;
  gboolean row = TRUE;

  append_condition (sql, query, words->len);
  append_order (self, sql, query);
  g_string_append_printf (sql, " LIMIT ?%u OFFSET ?%u", words->len + 1, words->len + 2);
  statement = matinee_history_prepare (self, sql->str, error);
  if (statement == NULL)
    return NULL;
  bind_words (statement, words);
  sqlite3_bind_int64 (statement, (int) words->len + 1, query->limit > 0 ? (gint64) query->limit : -1);
  sqlite3_bind_int64 (statement, (int) words->len + 2, query->offset);
  while (row)
    {
      gint64 id;

      if (!matinee_history_step (self, statement, &row, error))
        break;
      id = row ? sqlite3_column_int64 (statement, 0) : 0;
      if (row)
        g_array_append_val (ids, id);
      else
        sqlite3_clear_bindings (statement);
    }
  return row ? NULL : g_steal_pointer (&ids);
}

/* Reads one run; @run is %NULL when there is none of that id. */
static gboolean
fetch_run (MatineeHistory *self, const char *sql, gint64 id, MatineeRun **run, GError **error)
{
  sqlite3_stmt *statement = matinee_history_prepare (self, sql, error);
  gboolean row;

  *run = NULL;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  if (!matinee_history_step (self, statement, &row, error))
    return FALSE;
  if (row)
    *run = read_run (self, statement);
  sqlite3_reset (statement);
  return TRUE;
}

static char *
dup_fetch_sql (MatineeHistory *self)
{
  GString *sql = g_string_new (NULL);

  append_select (self, sql);
  g_string_append (sql, " WHERE r.id = ?1");
  return g_string_free (sql, FALSE);
}

static GPtrArray *
list_runs (MatineeHistory *self, const MatineeRunQuery *query, GError **error)
{
  g_autoptr (GArray) ids = find_ids (self, query, error);
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) matinee_run_free);
  g_autofree char *sql = dup_fetch_sql (self);

  /* Sorting whole rows would move ten times as much around. */
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      MatineeRun *run;

      if (!fetch_run (self, sql, g_array_index (ids, gint64, i), &run, error))
        return NULL;
      if (run != NULL)
        g_ptr_array_add (runs, run);
    }
  return ids != NULL ? g_steal_pointer (&runs) : NULL;
}

/**
 * matinee_history_find:
 * @self: a history
 * @query: which, and in what order
 * @error: return location
 *
 * Finds runs, without reading what is known of them: some milliseconds for
 * thousands, fast enough to search as one types. O(runs).
 *
 * Returns: (transfer full) (nullable) (element-type gint64): their ids, or %NULL
 *   with an error
 */
GArray *
matinee_history_find (MatineeHistory *self, const MatineeRunQuery *query, GError **error)
{
  GArray *ids;

  pthread_mutex_lock (&self->db_mutex);
  ids = find_ids (self, query, error);
  pthread_mutex_unlock (&self->db_mutex);
  return ids;
}

/**
 * matinee_history_list:
 * @self: a history
 * @query: which, and in what order
 * @error: return location
 *
 * Lists runs. O(runs).
 *
 * Returns: (transfer full) (nullable) (element-type MatineeRun): the runs, or %NULL
 *   with an error
 */
GPtrArray *
matinee_history_list (MatineeHistory *self, const MatineeRunQuery *query, GError **error)
{
  GPtrArray *runs = NULL;

  pthread_mutex_lock (&self->db_mutex);
  /* In one transaction: it is one moment that is read. */
  if (matinee_history_execute (self, "BEGIN", error))
    {
      runs = list_runs (self, query, error);
      sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL);
    }
  pthread_mutex_unlock (&self->db_mutex);
  return runs;
}

/**
 * matinee_history_count:
 * @self: a history
 * @query: which
 * @n: (out): how many there are, whatever limit and offset
 * @error: return location
 *
 * Counts runs. O(runs).
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_history_count (MatineeHistory *self, const MatineeRunQuery *query, guint *n, GError **error)
{
  g_autoptr (GPtrArray) words = split_words (query->search);
  g_autoptr (GString) sql = g_string_new ("SELECT count (*) FROM run r");
  sqlite3_stmt *statement;
  gboolean row = FALSE;

  append_condition (sql, query, words->len);
  pthread_mutex_lock (&self->db_mutex);
  statement = matinee_history_prepare (self, sql->str, error);
  if (statement != NULL)
    {
      bind_words (statement, words);
      if (matinee_history_step (self, statement, &row, error) && row)
        *n = (guint) sqlite3_column_int64 (statement, 0);
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
    }
  pthread_mutex_unlock (&self->db_mutex);
  return row;
}

/**
 * matinee_history_get_run:
 * @self: a history
 * @id: a run
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the run, also when it is marked as deleted;
 *   or %NULL with %MATINEE_ERROR_NOT_FOUND or another error
 */
MatineeRun *
matinee_history_get_run (MatineeHistory *self, gint64 id, GError **error)
{
  g_autofree char *sql = NULL;
  MatineeRun *run;
  gboolean done;

  pthread_mutex_lock (&self->db_mutex);
  sql = dup_fetch_sql (self);
  done = fetch_run (self, sql, id, &run, error);
  pthread_mutex_unlock (&self->db_mutex);
  if (done && run == NULL)
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND, _ ("There is no run %" PRId64 " in the history"), id);
  return run;
}

static const char trace_sql[]
    = "SELECT p.iteration, p.seconds, r.n_train, r.n_test, p.train_squared, p.train_absolute, p.train_squared_clipped,"
      " p.train_absolute_clipped, p.test_squared, p.test_absolute, p.test_squared_clipped, p.test_absolute_clipped,"
      " p.penalty, p.gradient_norm FROM point p JOIN run r ON r.id = p.run WHERE p.run = ?1 ORDER BY p.iteration";

static void
read_point (sqlite3_stmt *statement, MatineeTracePoint *point)
{
  *point = (MatineeTracePoint){
    .iteration = (guint) sqlite3_column_int64 (statement, 0),
    .seconds = sqlite3_column_double (statement, 1),
    .penalty = read_double (statement, 12),
    .gradient_norm = read_double (statement, 13),
  };
  read_errors (statement, 4, (gsize) sqlite3_column_int64 (statement, 2), &point->train);
  read_errors (statement, 8, (gsize) sqlite3_column_int64 (statement, 3), &point->test);
}

/**
 * matinee_history_get_trace:
 * @self: a history
 * @id: a run
 * @error: return location
 *
 * Reads what was measured, up to the last second when the run is being trained.
 *
 * Returns: (transfer full) (nullable): the trace, empty when there is no such run;
 *   or %NULL with an error
 */
MatineeTrace *
matinee_history_get_trace (MatineeHistory *self, gint64 id, GError **error)
{
  g_autoptr (MatineeTrace) trace = matinee_trace_new ();
  sqlite3_stmt *statement;
  gboolean row = FALSE;
  gboolean done;

  pthread_mutex_lock (&self->db_mutex);
  statement = matinee_history_prepare (self, trace_sql, error);
  done = statement != NULL;
  if (done)
    sqlite3_bind_int64 (statement, 1, id);
  while (done && (done = matinee_history_step (self, statement, &row, error)) && row)
    {
      MatineeTracePoint point;

      read_point (statement, &point);
      matinee_trace_append (trace, &point);
    }
  pthread_mutex_unlock (&self->db_mutex);
  return done ? g_steal_pointer (&trace) : NULL;
}
