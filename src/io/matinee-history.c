/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-history.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "matinee-error.h"
#include "matinee-history-lock.h"
#include "matinee-history-private.h"
#include "matinee-history-write.h"

/* The byte that is locked while the file is opened, migrated or set aside. */
#define OPENING 0

/* How to connect: the last is for a folder in which not even SQLite's own files
 * can be made. */
typedef enum
{
  WRITABLE,
  READ_ONLY,
  UNCHANGING
} Mode;

static void
fold_cb (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);

  if (text != NULL)
    sqlite3_result_text (context, matinee_history_fold (text), -1, g_free);
}

static void
finalize_cb (gpointer data)
{
  sqlite3_finalize (data);
}

static void
disconnect (MatineeHistory *self)
{
  matinee_history_forget_statements (self);
  g_clear_pointer (&self->db, sqlite3_close);
}

static gboolean
connect_to (MatineeHistory *self, Mode mode, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (self->path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, error);
  g_autofree char *name = uri != NULL ? g_strconcat (uri, mode == UNCHANGING ? "?immutable=1" : "", NULL) : NULL;
  int flags = mode == WRITABLE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;

  if (name == NULL)
    return FALSE;
  disconnect (self);
  /* Our own mutex is enough. */
  if (sqlite3_open_v2 (name, &self->db, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    return matinee_history_set_sql_error (self, error);
  sqlite3_busy_timeout (self->db, MATINEE_HISTORY_PATIENCE);
  sqlite3_create_function (self->db, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, fold_cb, NULL, NULL);
  /* A file may have been made by anybody: nothing in it is run. Thousands of runs are
   * read at once, so some memory is worth it. */
  return matinee_history_execute (self, "PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000", error);
}

/* Looks at every page of what is listed; at those of the traces only when something
 * was found there, for they are many. */
static gboolean
check_pages (MatineeHistory *self, GError **error)
{
  g_autofree char *marker = g_strconcat (self->path, "-damaged", NULL);
  gboolean all = g_file_test (marker, G_FILE_TEST_EXISTS);
  const char *const checks[] = { "PRAGMA quick_check (1)", "PRAGMA quick_check (run)", "PRAGMA quick_check (session)" };

  for (guint i = all ? 0 : 1; i < (all ? 1 : G_N_ELEMENTS (checks)); i++)
    {
      sqlite3_stmt *statement = matinee_history_prepare (self, checks[i], error);
      gboolean row;
      gboolean sound;

      if (statement == NULL || !matinee_history_step (self, statement, &row, error))
        return FALSE;
      sound = row && g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;
      sqlite3_reset (statement);
      if (!sound)
        {
          g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT, _ ("The history of runs is damaged"));
          return FALSE;
        }
    }
  if (all)
    g_unlink (marker);
  return TRUE;
}

/* Whether it is a history, of which version, and sound. */
static gboolean
inspect (MatineeHistory *self, gint64 *version, GError **error)
{
  gint64 application, n_tables;

  if (!matinee_history_get_integer (self, "PRAGMA user_version", version, error)
      || !matinee_history_get_integer (self, "PRAGMA application_id", &application, error)
      || !matinee_history_get_integer (self, "SELECT count (*) FROM sqlite_master", &n_tables, error))
    return FALSE;
  if (application == 0 && n_tables == 0 && *version == 0)
    return TRUE;
  if (application != MATINEE_HISTORY_APPLICATION || n_tables == 0 || *version < 1)
    {
      g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT, _ ("The file is not a history of runs"));
      return FALSE;
    }
  self->newer = *version > MATINEE_HISTORY_VERSION;
  return self->newer || check_pages (self, error);
}

static gboolean
connect_and_inspect (MatineeHistory *self, gint64 *version, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (!self->read_only)
    return connect_to (self, WRITABLE, error) && inspect (self, version, error);
  if (connect_to (self, READ_ONLY, NULL) && inspect (self, version, &failure))
    return TRUE;
  if (g_error_matches (failure, MATINEE_ERROR, MATINEE_ERROR_FORMAT))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return connect_to (self, UNCHANGING, error) && inspect (self, version, error);
}

static gboolean
move (const char *from, const char *to, const char *ending, GError **error)
{
  g_autofree char *old = g_strconcat (from, ending, NULL);
  g_autofree char *new = g_strconcat (to, ending, NULL);
  g_autofree char *name = NULL;
  int code;

  if (g_rename (old, new) == 0)
    return TRUE;
  code = errno;
  name = g_filename_display_name (from);
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               _ ("The damaged history of runs \u201c%s\u201d can\u2019t be set aside: %s"), name, g_strerror (code));
  return FALSE;
}

/* Gives a damaged file another name, with what SQLite keeps beside it. */
static gboolean
set_aside (MatineeHistory *self, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%d-%H%M%S");
  g_autofree char *wal = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (self->path, "-shm", NULL);
  g_autofree char *marker = g_strconcat (self->path, "-damaged", NULL);
  g_autofree char *name = NULL;

  disconnect (self);
  for (guint i = 1; name == NULL || g_file_test (name, G_FILE_TEST_EXISTS); i++)
    {
      g_free (name);
      name = i == 1 ? g_strdup_printf ("%s.damaged-%s", self->path, stamp)
                    : g_strdup_printf ("%s.damaged-%s-%u", self->path, stamp, i);
    }
  if (g_file_test (wal, G_FILE_TEST_EXISTS) && !move (self->path, name, "-wal", error))
    return FALSE;
  if (!move (self->path, name, "", error))
    return FALSE;
  g_unlink (shm);
  g_unlink (marker);
  self->set_aside = g_steal_pointer (&name);
  return TRUE;
}

/* Brings the schema up to date; another program may be doing so right now, and
 * so what was found out before doesn't count. */
static gboolean
prepare_schema (MatineeHistory *self, gint64 version, GError **error)
{
  gboolean complete;
  gboolean done;

  if (!matinee_history_execute (
          self, "PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL", error)
      || !matinee_history_find_params (self, error))
    return FALSE;
  complete = version == MATINEE_HISTORY_VERSION;
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    complete = complete && self->has_param[id];
  if (complete)
    return TRUE;
  if (!matinee_history_begin_writing (self, error))
    return FALSE;
  done = matinee_history_get_integer (self, "PRAGMA user_version", &version, error)
         && (version >= MATINEE_HISTORY_VERSION || matinee_history_migrate (self, version, error))
         && matinee_history_add_params (self, error);
  return matinee_history_end_writing (self, done, error);
}

/* An older file that can't be written is brought up to date in memory. */
static gboolean
copy_to_memory (MatineeHistory *self, gint64 version, GError **error)
{
  sqlite3 *memory = NULL;
  sqlite3_backup *backup;

  if (sqlite3_open (":memory:", &memory) != SQLITE_OK
      || (backup = sqlite3_backup_init (memory, "main", self->db, "main")) == NULL)
    {
      sqlite3_close (memory);
      return matinee_history_set_sql_error (self, error);
    }
  sqlite3_backup_step (backup, -1);
  sqlite3_backup_finish (backup);
  disconnect (self);
  self->db = memory;
  sqlite3_create_function (self->db, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, fold_cb, NULL, NULL);
  return matinee_history_migrate (self, version, error);
}

static gboolean
prepare_reading (MatineeHistory *self, gint64 version, GError **error)
{
  const MatineeRunQuery query = { .limit = 1 };
  g_autoptr (GPtrArray) runs = NULL;

  if (!self->read_only)
    {
      self->read_only = TRUE;
      if (!connect_to (self, READ_ONLY, error))
        return FALSE;
    }
  if (version < MATINEE_HISTORY_VERSION && !copy_to_memory (self, version, error))
    return FALSE;
  if (!matinee_history_find_params (self, error))
    return FALSE;
  runs = matinee_history_list (self, &query, error);
  return runs != NULL;
}

static gboolean
open_file (MatineeHistory *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 version;

  if (!connect_and_inspect (self, &version, &failure))
    {
      if (self->read_only || !g_error_matches (failure, MATINEE_ERROR, MATINEE_ERROR_FORMAT))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (!set_aside (self, error) || !connect_and_inspect (self, &version, error))
        return FALSE;
    }
  if (self->newer || self->read_only)
    return prepare_reading (self, version, error);
  return prepare_schema (self, version, error);
}

/* Waits until no other program is opening the file. */
static void
wait_to_open (MatineeHistory *self)
{
  for (guint i = 0; i < MATINEE_HISTORY_PATIENCE / 10 && !matinee_history_lock_take (self->lock, OPENING); i++)
    g_usleep (10000);
}

static gboolean
find_access (MatineeHistory *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *name = g_filename_display_name (self->path);
  gboolean exists = g_file_test (self->path, G_FILE_TEST_EXISTS);

  if (exists && !g_file_test (self->path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR,
                   _ ("The history of runs can’t be kept in “%s”, which is not a file"), name);
      return FALSE;
    }
  g_mkdir_with_parents (folder, 0700);
  self->read_only = access (folder, W_OK) != 0 || (exists && access (self->path, W_OK) != 0);
  if (exists || !self->read_only)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ROFS,
               _ ("There is no history of runs, and none can be begun in \u201c%s\u201d: see to it that its folder may "
                  "be written"),
               name);
  return FALSE;
}

/**
 * matinee_history_dup_default_path:
 *
 * Returns: (transfer full): where the history is unless somebody says otherwise
 */
char *
matinee_history_dup_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "matinee", "history.db", NULL);
}

/**
 * matinee_history_open:
 * @path: the file; it is begun, with its folder, if it isn't there
 * @error: return location
 *
 * Opens the history. A damaged file is given another name and a new one is begun;
 * a file that can't be written, or that a newer version of Matinee made, can be
 * read only: matinee_history_dup_notice() puts into words what people should know
 * of this.
 *
 * Returns: (transfer full) (nullable): the history, or %NULL with a #GFileError or
 *   %MATINEE_ERROR_FORMAT; one can do without
 */
MatineeHistory *
matinee_history_open (const char *path, GError **error)
{
  g_autoptr (MatineeHistory) self = g_new0 (MatineeHistory, 1);
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  gboolean opened;

  self->path = g_strdup (path);
  pthread_mutex_init (&self->db_mutex, NULL);
  pthread_mutex_init (&self->mutex, NULL);
  matinee_history_init_wake (self);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_cb);
  self->runs = matinee_open_runs_new ();
  if (!find_access (self, error))
    return NULL;
  self->lock = matinee_history_lock_new (lock_path, self->read_only);
  if (!self->read_only)
    wait_to_open (self);
  opened = open_file (self, error);
  matinee_history_lock_release (self->lock, OPENING);
  return opened ? g_steal_pointer (&self) : NULL;
}

/**
 * matinee_history_free:
 * @self: (nullable) (transfer full): a history that no other thread uses any more
 *
 * Writes what is still to be written and closes the file. Runs that have not been
 * finished will be shown as interrupted. To learn whether all could be written,
 * call matinee_history_flush() before.
 */
void
matinee_history_free (MatineeHistory *self)
{
  if (self == NULL)
    return;
  matinee_history_stop_writer (self);
  disconnect (self);
  g_hash_table_unref (self->statements);
  g_hash_table_unref (self->runs);
  matinee_history_lock_free (self->lock);
  g_clear_error (&self->failure);
  pthread_cond_destroy (&self->wake);
  pthread_mutex_destroy (&self->mutex);
  pthread_mutex_destroy (&self->db_mutex);
  g_free (self->set_aside);
  g_free (self->path);
  g_free (self);
}

/**
 * matinee_history_is_read_only:
 * @self: a history
 *
 * Returns: whether it can only be read
 */
gboolean
matinee_history_is_read_only (MatineeHistory *self)
{
  return self->read_only;
}

/**
 * matinee_history_is_newer:
 * @self: a history
 *
 * Returns: whether a newer version of Matinee made the file
 */
gboolean
matinee_history_is_newer (MatineeHistory *self)
{
  return self->newer;
}

/**
 * matinee_history_get_set_aside:
 * @self: a history
 *
 * Returns: (nullable) (transfer none): the name that a damaged file was given
 */
const char *
matinee_history_get_set_aside (MatineeHistory *self)
{
  return self->set_aside;
}

/**
 * matinee_history_dup_notice:
 * @self: a history
 *
 * Returns: (nullable) (transfer full): what people should know about how it was
 *   opened, in a sentence
 */
char *
matinee_history_dup_notice (MatineeHistory *self)
{
  g_autofree char *name = g_filename_display_name (self->set_aside != NULL ? self->set_aside : self->path);

  if (self->newer)
    return g_strdup_printf (
        _ ("The history of runs in \u201c%s\u201d was made by a newer version of Matinee: it can be "
           "read, but new runs are not kept"),
        name);
  if (self->read_only)
    return g_strdup_printf (_ ("The history of runs in \u201c%s\u201d may not be written: it can be read, but new runs "
                               "are not kept"),
                            name);
  if (self->set_aside != NULL)
    return g_strdup_printf (
        _ ("The history of runs was damaged. It is kept as \u201c%s\u201d, and a new one was begun"), name);
  return NULL;
}
