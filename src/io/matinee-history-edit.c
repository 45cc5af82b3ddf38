/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "matinee-error.h"
#include "matinee-history-private.h"

/* Sets a text of a run, and what is searched in. */
static gboolean
set_text (MatineeHistory *self, gint64 run, const char *sql, const char *text, GError **error)
{
  sqlite3_stmt *statement = matinee_history_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, run);
  matinee_history_bind_text (statement, 2, text);
  if (!matinee_history_run_statement (self, statement, error))
    return FALSE;
  sqlite3_clear_bindings (statement);
  if (sqlite3_changes (self->db) == 0)
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND, _ ("There is no run %" PRId64 " in the history"),
                   run);
      return FALSE;
    }
  statement = matinee_history_prepare (self, matinee_history_index_sql, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, run);
  return matinee_history_run_statement (self, statement, error);
}

static gboolean
edit_text (MatineeHistory *self, gint64 run, const char *sql, const char *text, GError **error)
{
  gboolean done;

  if (!matinee_history_check_writable (self, error))
    return FALSE;
  pthread_mutex_lock (&self->db_mutex);
  done = matinee_history_begin_writing (self, error)
         && matinee_history_end_writing (self, set_text (self, run, sql, text, error), error);
  pthread_mutex_unlock (&self->db_mutex);
  return done;
}

/**
 * matinee_history_rename:
 * @self: a history
 * @run: a run
 * @name: its new name
 * @error: return location
 *
 * Names a run.
 *
 * Returns: %FALSE with %MATINEE_ERROR_NOT_FOUND or another error
 */
gboolean
matinee_history_rename (MatineeHistory *self, gint64 run, const char *name, GError **error)
{
  return edit_text (self, run, "UPDATE run SET name = ?2 WHERE id = ?1", name, error);
}

/**
 * matinee_history_set_note:
 * @self: a history
 * @run: a run
 * @note: what to remember about it, or ""
 * @error: return location
 *
 * Writes a note.
 *
 * Returns: %FALSE with %MATINEE_ERROR_NOT_FOUND or another error
 */
gboolean
matinee_history_set_note (MatineeHistory *self, gint64 run, const char *note, GError **error)
{
  return edit_text (self, run, "UPDATE run SET note = ?2 WHERE id = ?1", note, error);
}

/**
 * matinee_history_set_deleted:
 * @self: a history
 * @runs: (array length=n): runs
 * @n: how many
 * @deleted: whether to mark them as deleted, or to take that back
 * @error: return location
 *
 * Marks runs as deleted, all or none. They are there until
 * matinee_history_purge(), so that it can be undone.
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_history_set_deleted (MatineeHistory *self, const gint64 *runs, guint n, gboolean deleted, GError **error)
{
  gboolean done;

  if (!matinee_history_check_writable (self, error))
    return FALSE;
  pthread_mutex_lock (&self->db_mutex);
  done = matinee_history_begin_writing (self, error);
  if (done)
    {
      for (guint i = 0; done && i < n; i++)
        {
          sqlite3_stmt *statement = matinee_history_prepare (self, "UPDATE run SET deleted = ?2 WHERE id = ?1", error);

          done = statement != NULL;
          if (!done)
            break;
          sqlite3_bind_int64 (statement, 1, runs[i]);
          if (deleted)
            sqlite3_bind_int64 (statement, 2, g_get_real_time ());
          done = matinee_history_run_statement (self, statement, error);
        }
      done = matinee_history_end_writing (self, done, error);
    }
  pthread_mutex_unlock (&self->db_mutex);
  return done;
}

/**
 * matinee_history_purge:
 * @self: a history
 * @older_than: seconds
 * @error: return location
 *
 * Removes for good the runs that were marked as deleted at least @older_than
 * seconds ago: another program may still offer to undo what is newer.
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_history_purge (MatineeHistory *self, guint older_than, GError **error)
{
  sqlite3_stmt *statement;
  gboolean done = FALSE;

  if (!matinee_history_check_writable (self, error))
    return FALSE;
  pthread_mutex_lock (&self->db_mutex);
  statement = matinee_history_prepare (self, "DELETE FROM run WHERE deleted <= ?1", error);
  if (statement != NULL)
    {
      sqlite3_bind_int64 (statement, 1, g_get_real_time () - (gint64) older_than * G_USEC_PER_SEC);
      done = matinee_history_run_statement (self, statement, error);
    }
  pthread_mutex_unlock (&self->db_mutex);
  return done;
}
