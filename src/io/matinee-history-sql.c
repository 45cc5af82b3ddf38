/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "matinee-error.h"
#include "matinee-history-private.h"

/**
 * matinee_history_set_sql_error:
 * @self: a history
 * @error: return location
 *
 * Puts into words what SQLite's last call on the connection failed with.
 *
 * Returns: %FALSE
 */
gboolean
matinee_history_set_sql_error (MatineeHistory *self, GError **error)
{
  g_autofree char *name = g_filename_display_name (self->path);
  g_autofree char *marker = NULL;

  switch (sqlite3_errcode (self->db) & 0xff)
    {
    case SQLITE_FULL:
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC,
                   _ ("The disk is full, so the history of runs in \u201c%s\u201d is not complete. Make room: what is "
                      "missing is then written"),
                   name);
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ROFS,
                   _ ("The history of runs in \u201c%s\u201d may not be written"), name);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN,
                   _ ("Another program has been using the history of runs in \u201c%s\u201d for too long; try again"),
                   name);
      break;
    case SQLITE_NOMEM:
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_MEMORY, _ ("Not enough memory for the history of runs"));
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      /* Noted, so that the next open looks at every page. */
      marker = g_strconcat (self->path, "-damaged", NULL);
      if (!self->read_only)
        g_file_set_contents (marker, "", 0, NULL);
      g_set_error (
          error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
          _ ("The history of runs in \u201c%s\u201d is damaged (%s). It is set aside when Matinee starts again"), name,
          sqlite3_errmsg (self->db));
      break;
    default:
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_IO,
                   _ ("The history of runs in \u201c%s\u201d can\u2019t be used: %s"), name, sqlite3_errmsg (self->db));
    }
  return FALSE;
}

/**
 * matinee_history_execute:
 * @self: a history
 * @sql: one or more statements that need no values and whose rows don't matter
 * @error: return location
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_history_execute (MatineeHistory *self, const char *sql, GError **error)
{
  while (*sql != '\0')
    {
      sqlite3_stmt *statement = NULL;
      int status = sqlite3_prepare_v2 (self->db, sql, -1, &statement, &sql);

      while (status == SQLITE_OK && statement != NULL && (status = sqlite3_step (statement)) == SQLITE_ROW)
        status = SQLITE_OK;
      if (status != SQLITE_OK && status != SQLITE_DONE)
        matinee_history_set_sql_error (self, error);
      sqlite3_finalize (statement);
      if (status != SQLITE_OK && status != SQLITE_DONE)
        return FALSE;
    }
  return TRUE;
}

/**
 * matinee_history_prepare:
 * @self: a history
 * @sql: one statement
 * @error: return location
 *
 * Returns: (transfer none) (nullable): the statement, without values; it is kept,
 *   so that the same text is compiled once
 */
sqlite3_stmt *
matinee_history_prepare (MatineeHistory *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement == NULL)
    {
      if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
        {
          matinee_history_set_sql_error (self, error);
          return NULL;
        }
      g_hash_table_insert (self->statements, g_strdup (sql), statement);
    }
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return statement;
}

/**
 * matinee_history_step:
 * @self: a history
 * @statement: a statement
 * @row: (out): whether there is another row
 * @error: return location
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_history_step (MatineeHistory *self, sqlite3_stmt *statement, gboolean *row, GError **error)
{
  int status = sqlite3_step (statement);

  *row = status == SQLITE_ROW;
  if (status == SQLITE_ROW)
    return TRUE;
  if (status != SQLITE_DONE)
    matinee_history_set_sql_error (self, error);
  /* What is not reset would hold a lock. */
  sqlite3_reset (statement);
  return status == SQLITE_DONE;
}

/**
 * matinee_history_run_statement:
 * @self: a history
 * @statement: a statement without rows
 * @error: return location
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_history_run_statement (MatineeHistory *self, sqlite3_stmt *statement, GError **error)
{
  gboolean row;

  return matinee_history_step (self, statement, &row, error);
}

/**
 * matinee_history_begin_writing:
 * @self: a history
 * @error: return location
 *
 * Begins a transaction, waiting for other programs that are in one.
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_history_begin_writing (MatineeHistory *self, GError **error)
{
  return matinee_history_execute (self, "BEGIN IMMEDIATE", error);
}

/**
 * matinee_history_end_writing:
 * @self: a history in a transaction
 * @keep: whether to keep what was written
 * @error: return location, set already when @keep is %FALSE
 *
 * Ends it.
 *
 * Returns: @keep, or %FALSE with an error
 */
gboolean
matinee_history_end_writing (MatineeHistory *self, gboolean keep, GError **error)
{
  gboolean kept = keep && matinee_history_execute (self, "COMMIT", error);

  /* Some failures, such as a full disk, have rolled back already. */
  if (!kept && !sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return kept;
}

/**
 * matinee_history_check_writable:
 * @self: a history
 * @error: return location
 *
 * Returns: %FALSE with an error when nothing can be written
 */
gboolean
matinee_history_check_writable (MatineeHistory *self, GError **error)
{
  g_autofree char *notice = NULL;

  if (!self->read_only)
    return TRUE;
  notice = matinee_history_dup_notice (self);
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_ROFS, notice);
  return FALSE;
}

/**
 * matinee_history_get_integer:
 * @self: a history
 * @sql: one statement that gives one number
 * @value: (out): it
 * @error: return location
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_history_get_integer (MatineeHistory *self, const char *sql, gint64 *value, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int status = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);

  *value = 0;
  if (status == SQLITE_OK && (status = sqlite3_step (statement)) == SQLITE_ROW)
    *value = sqlite3_column_int64 (statement, 0);
  else
    matinee_history_set_sql_error (self, error);
  sqlite3_finalize (statement);
  return status == SQLITE_ROW;
}

/**
 * matinee_history_bind_text:
 * @statement: a statement
 * @index: which value, from 1
 * @text: (nullable): text, which has to live until the statement is done; what is
 *   not UTF-8 is made so
 */
void
matinee_history_bind_text (sqlite3_stmt *statement, int index, const char *text)
{
  if (text == NULL)
    sqlite3_bind_null (statement, index);
  else if (g_utf8_validate (text, -1, NULL))
    sqlite3_bind_text (statement, index, text, -1, SQLITE_STATIC);
  else
    sqlite3_bind_text (statement, index, g_utf8_make_valid (text, -1), -1, g_free);
}

/**
 * matinee_history_forget_statements:
 * @self: a history
 *
 * Frees the statements that were kept.
 */
void
matinee_history_forget_statements (MatineeHistory *self)
{
  g_hash_table_remove_all (self->statements);
}

/**
 * matinee_history_fold:
 * @text: UTF-8
 *
 * Returns: (transfer full): the text without case, to compare with
 */
char *
matinee_history_fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return normal != NULL ? g_utf8_casefold (normal, -1) : g_ascii_strdown (text, -1);
}
