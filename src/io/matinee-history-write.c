/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-history-write.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "matinee-error.h"
#include "matinee-history-lock.h"
#include "matinee-history-private.h"
#include "matinee-solver.h"
#include "matinee-system.h"

/* One transaction a second at most, and nothing waits longer. */
#define WRITE_EVERY G_USEC_PER_SEC

/* A run that this program trains. What is still to be written is kept until it has
 * been, be it that the disk is full for a while. */
typedef struct
{
  gint64 id;
  gint64 begun;    /* monotonic time */
  GArray *pending; /* (element-type MatineeTracePoint) */
  MatineeTracePoint last;
  MatineeTracePoint best;
  guint n_points;
  gboolean ended;
  MatineeRunEnd end;
  char *message;
  double duration;
} OpenRun;

static const char begin_session_sql[]
    = "INSERT INTO session (version, machine, cores, started) VALUES (?1, ?2, ?3, ?4)";

static const char add_point_sql[]
    = "INSERT OR REPLACE INTO point (run, iteration, seconds, train_squared, train_absolute, train_squared_clipped,"
      " train_absolute_clipped, test_squared, test_absolute, test_squared_clipped, test_absolute_clipped, penalty,"
      " gradient_norm) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

static const char update_run_sql[]
    = "UPDATE run SET n_points = ?2, seconds = ?3, train_squared = ?4, train_absolute = ?5, train_squared_clipped = ?6,"
      " train_absolute_clipped = ?7, test_squared = ?8, test_absolute = ?9, test_squared_clipped = ?10,"
      " test_absolute_clipped = ?11, iteration = ?12, best_iteration = ?13, best_test_rmse = ?14, duration = ?15,"
      " reason = ?16, message = ?17 WHERE id = ?1";

static void
open_run_free (gpointer data)
{
  OpenRun *run = data;

  g_array_unref (run->pending);
  g_free (run->message);
  g_free (run);
}

/**
 * matinee_open_runs_new:
 *
 * Returns: (transfer full): a table for the runs that are being written
 */
GHashTable *
matinee_open_runs_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, open_run_free);
}

static void
bind_errors (sqlite3_stmt *statement, int first, const MatineeErrors *errors)
{
  /* Without ratings there is no error; SQLite turns NaN to NULL. */
  double missing = errors->n > 0 ? 0 : NAN;

  sqlite3_bind_double (statement, first, errors->squared + missing);
  sqlite3_bind_double (statement, first + 1, errors->absolute + missing);
  sqlite3_bind_double (statement, first + 2, errors->squared_clipped + missing);
  sqlite3_bind_double (statement, first + 3, errors->absolute_clipped + missing);
}

static gboolean
write_point (MatineeHistory *self, gint64 run, const MatineeTracePoint *point, GError **error)
{
  sqlite3_stmt *statement = matinee_history_prepare (self, add_point_sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, run);
  sqlite3_bind_int64 (statement, 2, point->iteration);
  sqlite3_bind_double (statement, 3, point->seconds);
  bind_errors (statement, 4, &point->train);
  bind_errors (statement, 8, &point->test);
  sqlite3_bind_double (statement, 12, point->penalty);
  sqlite3_bind_double (statement, 13, point->gradient_norm);
  return matinee_history_run_statement (self, statement, error);
}

/* Writes what is known of the whole run. @known tells whether it still is in the
 * history: another program may have removed it for good. */
static gboolean
write_summary (MatineeHistory *self, const OpenRun *run, gboolean *known, GError **error)
{
  sqlite3_stmt *statement = matinee_history_prepare (self, update_run_sql, error);
  gboolean kept = run->ended && run->end.train.n > 0;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, run->id);
  sqlite3_bind_int64 (statement, 2, run->n_points);
  sqlite3_bind_double (statement, 3, run->last.seconds);
  bind_errors (statement, 4, kept ? &run->end.train : &run->last.train);
  bind_errors (statement, 8, kept ? &run->end.test : &run->last.test);
  sqlite3_bind_int64 (statement, 12, kept ? run->end.iteration : run->last.iteration);
  sqlite3_bind_int64 (statement, 13, run->best.iteration);
  sqlite3_bind_double (statement, 14, matinee_errors_rmse (&run->best.test));
  sqlite3_bind_double (statement, 15, run->duration);
  if (run->ended)
    matinee_history_bind_text (
        statement, 16, run->end.reason == MATINEE_RUNNING ? "failed" : matinee_stop_reason_id (run->end.reason));
  matinee_history_bind_text (statement, 17, run->message);
  if (!matinee_history_run_statement (self, statement, error))
    return FALSE;
  *known = sqlite3_changes (self->db) > 0;
  return TRUE;
}

static gboolean
write_run (MatineeHistory *self, OpenRun *run, GError **error)
{
  gboolean known;

  if (!write_summary (self, run, &known, error))
    return FALSE;
  for (guint i = 0; known && i < run->pending->len; i++)
    if (!write_point (self, run->id, &g_array_index (run->pending, MatineeTracePoint, i), error))
      return FALSE;
  return TRUE;
}

/* Takes out copies of all runs that have something to write. */
static GPtrArray *
take_pending (MatineeHistory *self)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func (open_run_free);
  GHashTableIter iter;
  gpointer value;

  pthread_mutex_lock (&self->mutex);
  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      OpenRun *run = value;
      OpenRun *copy;

      if (run->pending->len == 0 && !run->ended)
        continue;
      copy = g_memdup2 (run, sizeof *run);
      copy->message = g_strdup (run->message);
      if (!run->ended)
        copy->duration = (double) (g_get_monotonic_time () - run->begun) / G_USEC_PER_SEC;
      run->pending = g_array_new (FALSE, FALSE, sizeof (MatineeTracePoint));
      g_ptr_array_add (taken, copy);
    }
  pthread_mutex_unlock (&self->mutex);
  return taken;
}

/* Puts back what could not be written, before what has come since. */
static void
put_back (MatineeHistory *self, GPtrArray *taken)
{
  pthread_mutex_lock (&self->mutex);
  for (guint i = 0; i < taken->len; i++)
    {
      OpenRun *copy = taken->pdata[i];
      OpenRun *run = g_hash_table_lookup (self->runs, &copy->id);

      if (run != NULL)
        g_array_prepend_vals (run->pending, copy->pending->data, copy->pending->len);
    }
  pthread_mutex_unlock (&self->mutex);
}

static void
forget_ended (MatineeHistory *self, GPtrArray *taken)
{
  pthread_mutex_lock (&self->mutex);
  for (guint i = 0; i < taken->len; i++)
    {
      OpenRun *copy = taken->pdata[i];

      if (copy->ended)
        g_hash_table_remove (self->runs, &copy->id);
    }
  pthread_mutex_unlock (&self->mutex);
}

/**
 * matinee_history_flush:
 * @self: a history
 * @error: return location
 *
 * Writes all that is still to be written, in one transaction.
 *
 * Returns: %FALSE with an error; nothing is lost, it is tried again every second
 */
gboolean
matinee_history_flush (MatineeHistory *self, GError **error)
{
  g_autoptr (GPtrArray) taken = NULL;
  gboolean done;

  pthread_mutex_lock (&self->db_mutex);
  taken = take_pending (self);
  done = taken->len == 0 || matinee_history_begin_writing (self, error);
  if (done && taken->len > 0)
    {
      for (guint i = 0; done && i < taken->len; i++)
        done = write_run (self, taken->pdata[i], error);
      done = matinee_history_end_writing (self, done, error);
    }
  if (done)
    forget_ended (self, taken);
  else
    put_back (self, taken);
  pthread_mutex_unlock (&self->db_mutex);
  return done;
}

static gboolean
has_pending (MatineeHistory *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((OpenRun *) value)->pending->len > 0 || ((OpenRun *) value)->ended)
      return TRUE;
  return FALSE;
}

/**
 * matinee_history_init_wake:
 * @self: a history
 *
 * Makes the condition that wakes the writer.
 */
void
matinee_history_init_wake (MatineeHistory *self)
{
  pthread_condattr_t attributes;

  /* By the clock that nobody sets. */
  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC);
  pthread_cond_init (&self->wake, &attributes);
  pthread_condattr_destroy (&attributes);
}

static void
wait_until (MatineeHistory *self, gint64 due)
{
  const struct timespec time
      = { .tv_sec = due / G_USEC_PER_SEC, .tv_nsec = due % G_USEC_PER_SEC * (1000000000 / G_USEC_PER_SEC) };

  pthread_cond_timedwait (&self->wake, &self->mutex, &time);
}

/* Writes what comes, at most once a second. */
static gpointer
write_thread (gpointer data)
{
  MatineeHistory *self = data;

  pthread_mutex_lock (&self->mutex);
  while (!self->quit)
    {
      gint64 due = self->last_write + WRITE_EVERY;
      GError *failure = NULL;

      if (!has_pending (self))
        pthread_cond_wait (&self->wake, &self->mutex);
      else if (g_get_monotonic_time () < due)
        wait_until (self, due);
      else
        {
          pthread_mutex_unlock (&self->mutex);
          matinee_history_flush (self, &failure);
          pthread_mutex_lock (&self->mutex);
          self->last_write = g_get_monotonic_time ();
          if (failure != NULL && self->failure == NULL)
            self->failure = g_steal_pointer (&failure);
          g_clear_error (&failure);
        }
    }
  pthread_mutex_unlock (&self->mutex);
  return NULL;
}

/**
 * matinee_history_stop_writer:
 * @self: a history
 *
 * Ends the thread that writes, after a last try.
 */
void
matinee_history_stop_writer (MatineeHistory *self)
{
  g_autoptr (GError) error = NULL;

  if (self->has_writer)
    {
      pthread_mutex_lock (&self->mutex);
      self->quit = TRUE;
      pthread_cond_signal (&self->wake);
      pthread_mutex_unlock (&self->mutex);
      pthread_join (self->writer, NULL);
      self->has_writer = FALSE;
    }
  if (!matinee_history_flush (self, &error))
    g_message ("%s", error->message);
}

/* Enters this program into the file, unless it is there already. Another program
 * may hold the byte of a number that was given anew because a damaged file was set
 * aside; then the next one is taken. */
static gboolean
begin_session (MatineeHistory *self, gint64 *session, GError **error)
{
  g_autofree char *machine = matinee_system_dup_processor ();

  for (*session = self->session; *session == 0;)
    {
      sqlite3_stmt *statement = matinee_history_prepare (self, begin_session_sql, error);
      gint64 number;

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_text (statement, 1, MATINEE_VERSION, -1, SQLITE_STATIC);
      matinee_history_bind_text (statement, 2, machine);
      sqlite3_bind_int (statement, 3, (int) matinee_system_n_cores ());
      sqlite3_bind_int64 (statement, 4, g_get_real_time ());
      if (!matinee_history_run_statement (self, statement, error))
        return FALSE;
      number = sqlite3_last_insert_rowid (self->db);
      /* Where files can't be locked, sessions are not told apart: no harm. */
      if (!matinee_history_lock_is_held (self->lock, number))
        {
          matinee_history_lock_take (self->lock, number);
          *session = number;
        }
    }
  return TRUE;
}

static char *
make_name (const MatineeParams *params)
{
  return g_strdup_printf (_ ("%s, k = %u"), _ (params->solver->title), params->n_factors);
}

static sqlite3_stmt *
prepare_insertion (MatineeHistory *self, GError **error)
{
  g_autoptr (GString) columns = g_string_new ("INSERT INTO run (session, name, solver, preset, data_name, fingerprint,"
                                              " n_users, n_movies, n_train, n_test, split, split_seed, started");
  g_autoptr (GString) values = g_string_new (") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13");

  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    {
      g_autofree char *column = matinee_history_dup_param_column (id);

      g_string_append_printf (columns, ", \"%s\"", column);
      g_string_append_printf (values, ", ?%u", 14 + id);
    }
  g_string_append_printf (columns, "%s)", values->str);
  return matinee_history_prepare (self, columns->str, error);
}

static gboolean
insert_run (MatineeHistory *self, const MatineeRunStart *start, gint64 session, gint64 *id, GError **error)
{
  sqlite3_stmt *statement = prepare_insertion (self, error);
  const MatineePreset *preset = matinee_preset_matching (start->params);
  g_autofree char *name = start->name != NULL ? g_strdup (start->name) : make_name (start->params);
  char fingerprint[MATINEE_FINGERPRINT_BUFFER];

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, session);
  matinee_history_bind_text (statement, 2, name);
  matinee_history_bind_text (statement, 3, start->params->solver->id);
  matinee_history_bind_text (statement, 4, preset != NULL ? preset->id : NULL);
  matinee_history_bind_text (statement, 5, start->data_name != NULL ? start->data_name : "");
  matinee_history_bind_text (statement, 6, matinee_fingerprint_format (&start->fingerprint, fingerprint));
  sqlite3_bind_int64 (statement, 7, start->n_users);
  sqlite3_bind_int64 (statement, 8, start->n_movies);
  sqlite3_bind_int64 (statement, 9, (gint64) start->n_train);
  sqlite3_bind_int64 (statement, 10, (gint64) start->n_test);
  matinee_history_bind_text (statement, 11, start->split != NULL ? start->split : "");
  sqlite3_bind_int64 (statement, 12, (gint64) start->split_seed);
  sqlite3_bind_int64 (statement, 13, g_get_real_time ());
  for (guint param = 0; param < MATINEE_N_PARAMS; param++)
    sqlite3_bind_double (statement, (int) (14 + param), matinee_params_get (start->params, param));
  if (!matinee_history_run_statement (self, statement, error))
    return FALSE;
  *id = sqlite3_last_insert_rowid (self->db);
  statement = matinee_history_prepare (self, matinee_history_index_sql, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, *id);
  return matinee_history_run_statement (self, statement, error);
}

static void
remember (MatineeHistory *self, gint64 id)
{
  OpenRun *run = g_new0 (OpenRun, 1);

  run->id = id;
  run->begun = g_get_monotonic_time ();
  run->pending = g_array_new (FALSE, FALSE, sizeof (MatineeTracePoint));
  pthread_mutex_lock (&self->mutex);
  g_hash_table_replace (self->runs, &run->id, run);
  if (!self->has_writer)
    self->has_writer = pthread_create (&self->writer, NULL, write_thread, self) == 0;
  pthread_mutex_unlock (&self->mutex);
}

/**
 * matinee_history_begin:
 * @self: a history
 * @start: what is known of the run
 * @error: return location
 *
 * Enters a run that begins now.
 *
 * Returns: its id, or 0 with an error; train all the same
 */
gint64
matinee_history_begin (MatineeHistory *self, const MatineeRunStart *start, GError **error)
{
  gint64 session = 0, id = 0;
  gboolean done;

  if (!matinee_history_check_writable (self, error))
    return 0;
  pthread_mutex_lock (&self->db_mutex);
  done = matinee_history_begin_writing (self, error);
  if (done)
    {
      done = begin_session (self, &session, error) && insert_run (self, start, session, &id, error);
      done = matinee_history_end_writing (self, done, error);
    }
  /* A session that was not kept gives its number back. */
  if (done)
    self->session = session;
  else if (session != 0 && session != self->session)
    matinee_history_lock_release (self->lock, session);
  if (done)
    remember (self, id);
  pthread_mutex_unlock (&self->db_mutex);
  return done ? id : 0;
}

static gboolean
set_unknown (gint64 run, GError **error)
{
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND, _ ("There is no run %" PRId64 " in the history"), run);
  return FALSE;
}

/**
 * matinee_history_append:
 * @self: a history
 * @id: a run that was begun here and is not finished
 * @points: (array length=n): what was measured
 * @n: how many
 * @error: return location
 *
 * Adds to the trace of a run. It is written within a second, by a thread of the
 * history's own; nothing waits for the disk.
 *
 * Returns: %FALSE with an error when something could not be written, perhaps by
 *   a call before; told once. Nothing is lost: it is tried again every second,
 *   and training can go on
 */
gboolean
matinee_history_append (MatineeHistory *self, gint64 id, const MatineeTracePoint *points, guint n, GError **error)
{
  OpenRun *run;
  GError *failure;

  pthread_mutex_lock (&self->mutex);
  run = g_hash_table_lookup (self->runs, &id);
  for (guint i = 0; run != NULL && i < n; i++)
    {
      const MatineeTracePoint *point = &points[i];

      g_array_append_val (run->pending, *point);
      if (run->n_points++ == 0 || point->test.squared < run->best.test.squared || point->test.n == 0)
        run->best = *point;
      run->last = *point;
    }
  failure = g_steal_pointer (&self->failure);
  pthread_cond_signal (&self->wake);
  pthread_mutex_unlock (&self->mutex);
  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (run == NULL)
    set_unknown (id, error);
  return failure == NULL && run != NULL;
}

/**
 * matinee_history_finish:
 * @self: a history
 * @id: a run that was begun here
 * @end: how it ended
 * @error: return location
 *
 * Ends a run and writes all that is known of it before it returns.
 *
 * Returns: %FALSE with an error; nothing is lost, it is tried again every second
 *   as long as the history is open
 */
gboolean
matinee_history_finish (MatineeHistory *self, gint64 id, const MatineeRunEnd *end, GError **error)
{
  OpenRun *run;

  pthread_mutex_lock (&self->mutex);
  run = g_hash_table_lookup (self->runs, &id);
  if (run != NULL && !run->ended)
    {
      run->ended = TRUE;
      run->end = *end;
      run->message = g_strdup (end->message);
      run->end.message = NULL;
      run->duration = (double) (g_get_monotonic_time () - run->begun) / G_USEC_PER_SEC;
    }
  g_clear_error (&self->failure);
  pthread_cond_signal (&self->wake);
  pthread_mutex_unlock (&self->mutex);
  return run != NULL ? matinee_history_flush (self, error) : set_unknown (id, error);
}

/**
 * matinee_history_is_run_open:
 * @self: a history
 * @id: a run
 *
 * Returns: whether it is being trained by this program
 */
gboolean
matinee_history_is_run_open (MatineeHistory *self, gint64 id)
{
  OpenRun *run;
  gboolean open;

  pthread_mutex_lock (&self->mutex);
  run = g_hash_table_lookup (self->runs, &id);
  open = run != NULL && !run->ended;
  pthread_mutex_unlock (&self->mutex);
  return open;
}
