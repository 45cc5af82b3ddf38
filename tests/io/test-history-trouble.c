/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history when things go wrong: crashes, damage, full disks, other programs
 * and other versions. */
#include "matinee-history.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "matinee-error.h"
#include "matinee-history-private.h"
#include "sample-history.h"
#include "sample-model.h"

#define NOBODY 65534

typedef struct
{
  char *room;
  char *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->room = sample_room_new ();
  self->path = g_build_filename (self->room, "history.db", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_free (self->path);
  sample_room_free (self->room);
}

static guint
count_runs (MatineeHistory *history)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_true (matinee_history_count (history, &(MatineeRunQuery){ 0 }, &n, &error));
  g_assert_no_error (error);
  return n;
}

static void
wait_for (pid_t child)
{
  int status;

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* Trains until it is killed: the seconds of a point are the moment of its birth. */
static void
train_for_ever (const char *path)
{
  MatineeHistory *history = sample_history_open (path);
  gint64 run = sample_history_begin (history, "victim", "x");

  for (guint i = 0;; i++)
    {
      MatineeTracePoint point;

      sample_point (i, &point);
      point.seconds = (double) g_get_monotonic_time () / G_USEC_PER_SEC;
      g_assert_true (matinee_history_append (history, run, &point, 1, NULL));
      g_usleep (10000);
    }
}

/* Waits until the newest of @n runs has points; it then has to be running. */
static void
wait_for_points (MatineeHistory *history, guint n)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GPtrArray) runs = matinee_history_list (history, &(MatineeRunQuery){ .descending = TRUE }, NULL);
      const MatineeRun *run = runs->pdata[0];

      g_assert_cmpuint (runs->len, <=, n);
      if (runs->len == n && run->n_points > 0)
        {
          g_assert_cmpint (run->state, ==, MATINEE_RUN_RUNNING);
          return;
        }
      g_usleep (10000);
    }
  g_assert_not_reached ();
}

/* A crash at any moment loses a second at most, and nothing that was there before. */
static void
test_kill (Fixture *self, gconstpointer data)
{
  MatineeHistory *before = sample_history_open (self->path);

  sample_history_add (before, "before", "x", 5);
  matinee_history_free (before);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (MatineeHistory) watcher = NULL;
      g_autoptr (MatineeHistory) history = NULL;
      g_autoptr (GPtrArray) runs = NULL;
      g_autoptr (MatineeTrace) trace = NULL;
      const MatineeRun *run;
      double killed;
      pid_t child = fork ();

      if (child == 0)
        train_for_ever (self->path);
      watcher = sample_history_open (self->path);
      wait_for_points (watcher, i + 2);
      g_usleep (1200000 + i * 400000);
      killed = (double) g_get_monotonic_time () / G_USEC_PER_SEC;
      kill (child, SIGKILL);
      waitpid (child, NULL, 0);

      history = sample_history_open (self->path);
      g_assert_null (matinee_history_get_set_aside (history));
      runs = matinee_history_list (history, &(MatineeRunQuery){ .descending = TRUE }, NULL);
      g_assert_cmpuint (runs->len, ==, i + 2);
      run = runs->pdata[0];
      g_assert_cmpstr (run->name, ==, "victim");
      g_assert_cmpint (run->state, ==, MATINEE_RUN_INTERRUPTED);
      trace = matinee_history_get_trace (history, run->id, NULL);
      g_assert_cmpuint (trace->n, ==, run->n_points);
      g_assert_cmpuint (trace->n, >, 20);
      g_assert_cmpuint (trace->points[trace->n - 1].iteration, ==, trace->n - 1);
      g_test_message ("lost %.3f s", killed - trace->points[trace->n - 1].seconds);
      /* With some allowance for a machine that is busy with other tests. */
      g_assert_cmpfloat (killed - trace->points[trace->n - 1].seconds, <, 1.5);
    }
}

/* Programs that train at the same time, and one that looks on. */
static void
test_together (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeHistory) history = NULL;
  pid_t children[3];

  for (guint i = 0; i < 3; i++)
    {
      children[i] = fork ();
      if (children[i] == 0)
        {
          /* All begin the file at once. */
          MatineeHistory *own = sample_history_open (self->path);

          for (guint j = 0; j < 20; j++)
            {
              gint64 run = sample_history_begin (own, "one of three", "x");

              sample_history_append (own, run, 0, 50);
              sample_history_finish (own, run, MATINEE_ITERATIONS);
            }
          matinee_history_free (own);
          _exit (0);
        }
    }
  history = sample_history_open (self->path);
  for (guint i = 0; i < 30; i++)
    {
      count_runs (history);
      g_usleep (3000);
    }
  for (guint i = 0; i < 3; i++)
    wait_for (children[i]);
  g_assert_cmpuint (count_runs (history), ==, 60);
  for (gint64 id = 1; id <= 60; id++)
    {
      g_autoptr (MatineeTrace) trace = matinee_history_get_trace (history, id, NULL);
      g_autoptr (MatineeRun) run = matinee_history_get_run (history, id, NULL);

      g_assert_cmpuint (trace->n, ==, 50);
      g_assert_cmpint (run->state, ==, MATINEE_RUN_FINISHED);
    }
}

static void
overwrite (const char *path, gsize at, gsize length)
{
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_cmpuint (at, <, size);
  memset (bytes + at, 0xa5, MIN (length, size - at));
  g_assert_true (g_file_set_contents_full (path, bytes, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* Opens what is damaged: it has to be kept under another name, and a new history
 * to work. */
static void
assert_set_aside (Fixture *self)
{
  g_autoptr (MatineeHistory) history = sample_history_open (self->path);
  const char *kept = matinee_history_get_set_aside (history);
  g_autofree char *notice = matinee_history_dup_notice (history);

  g_assert_nonnull (kept);
  g_assert_true (g_file_test (kept, G_FILE_TEST_IS_REGULAR));
  g_assert_nonnull (strstr (notice, kept));
  g_assert_false (matinee_history_is_read_only (history));
  g_assert_cmpuint (count_runs (history), ==, 0);
  sample_history_add (history, "after", "x", 3);
  g_assert_cmpuint (count_runs (history), ==, 1);
}

static void
test_damage (Fixture *self, gconstpointer data)
{
  static const char png[]
      = "\x89PNG\r\n\x1a\n and so on, for longer than a header of SQLite has to be: at least 100 bytes"
        " of something else entirely";
  MatineeHistory *history;

  /* Something else. */
  g_assert_true (g_file_set_contents (self->path, png, sizeof png, NULL));
  assert_set_aside (self);

  /* Damaged in the middle of the runs, three times in one second. */
  for (guint i = 0; i < 3; i++)
    {
      history = sample_history_open (self->path);
      for (guint j = 0; j < 300; j++)
        sample_history_add (history, "some name that takes room in the file", "x", 1);
      matinee_history_free (history);
      overwrite (self->path, i == 0 ? 4096 * 3 : 4096 * (10 + i), 20000);
      assert_set_aside (self);
    }

  /* Cut off. */
  g_assert_cmpint (truncate (self->path, 5000), ==, 0);
  assert_set_aside (self);

  /* Of another program. */
  g_unlink (self->path);
  sample_execute (self->path, "CREATE TABLE bookmark (url TEXT); PRAGMA user_version = 12");
  assert_set_aside (self);
  g_unlink (self->path);
  sample_execute (self->path, "CREATE TABLE run (x)");
  assert_set_aside (self);

  /* Empty is not damaged. */
  g_unlink (self->path);
  g_assert_true (g_file_set_contents (self->path, "", 0, NULL));
  history = sample_history_open (self->path);
  g_assert_null (matinee_history_get_set_aside (history));
  matinee_history_free (history);
}

/* Damage among the points, which are not looked at on opening, is found when they
 * are read; the next opening then looks at everything. */
static void
test_damaged_points (Fixture *self, gconstpointer data)
{
  MatineeHistory *history = sample_history_open (self->path);
  gint64 run = sample_history_add (history, "long", "x", 5000);
  g_autoptr (GError) error = NULL;

  matinee_history_free (history);
  overwrite (self->path, 4096 * 60, 40960);
  history = sample_history_open (self->path);
  g_assert_null (matinee_history_get_set_aside (history));
  g_assert_null (matinee_history_get_trace (history, run, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT);
  g_assert_cmpuint (count_runs (history), ==, 1);
  matinee_history_free (history);
  assert_set_aside (self);
  history = sample_history_open (self->path);
  g_assert_null (matinee_history_get_set_aside (history));
  matinee_history_free (history);
}

static void
assert_only_reading (const char *path, guint n_runs)
{
  g_autoptr (MatineeHistory) history = sample_history_open (path);
  g_autofree char *notice = matinee_history_dup_notice (history);
  g_autoptr (MatineeTrace) trace = NULL;
  g_autoptr (GError) error = NULL;
  MatineeParams params;
  const gint64 first = 1;

  matinee_params_init (&params, 1);
  g_assert_true (matinee_history_is_read_only (history));
  g_assert_nonnull (strstr (notice, path));
  g_assert_cmpuint (count_runs (history), ==, n_runs);
  trace = matinee_history_get_trace (history, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (trace->n, ==, 4);
  g_assert_cmpint (matinee_history_begin (history, &(MatineeRunStart){ .params = &params }, &error), ==, 0);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ROFS);
  g_assert_cmpstr (error->message, ==, notice);
  g_clear_error (&error);
  g_assert_false (matinee_history_rename (history, 1, "x", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ROFS);
  g_clear_error (&error);
  g_assert_false (matinee_history_set_deleted (history, &first, 1, TRUE, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ROFS);
  g_clear_error (&error);
  g_assert_false (matinee_history_purge (history, 0, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ROFS);
}

/* Somebody who may do nothing in the folder: root may do everything. */
static void
read_only_child (const char *path, const char *missing)
{
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    g_assert_cmpint (setuid (NOBODY), ==, 0);
  assert_only_reading (path, 1);
  g_assert_null (matinee_history_open (missing, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ROFS);
  _exit (0);
}

static void
test_read_only (Fixture *self, gconstpointer data)
{
  MatineeHistory *history = sample_history_open (self->path);
  g_autofree char *missing = g_build_filename (self->room, "missing.db", NULL);
  pid_t child;

  sample_history_add (history, "a", "x", 4);
  /* First with what SQLite keeps beside an open file, then without. */
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (g_chmod (self->path, 0444), ==, 0);
      g_assert_cmpint (g_chmod (self->room, 0555), ==, 0);
      child = fork ();
      if (child == 0)
        read_only_child (self->path, missing);
      wait_for (child);
      g_assert_cmpint (g_chmod (self->room, 0755), ==, 0);
      g_assert_cmpint (g_chmod (self->path, 0644), ==, 0);
      g_clear_pointer (&history, matinee_history_free);
    }
}

static void
test_newer (Fixture *self, gconstpointer data)
{
  MatineeHistory *history = sample_history_open (self->path);
  g_autofree char *before = NULL, *after = NULL;
  gsize n_before, n_after;

  sample_history_add (history, "a", "x", 4);
  matinee_history_free (history);
  sample_execute (self->path, "PRAGMA journal_mode = DELETE; PRAGMA user_version = 99;"
                              " ALTER TABLE run ADD COLUMN mood TEXT DEFAULT 'good'; CREATE TABLE sweep (id)");
  g_assert_true (g_file_get_contents (self->path, &before, &n_before, NULL));
  history = sample_history_open (self->path);
  g_assert_true (matinee_history_is_newer (history));
  g_assert_null (matinee_history_get_set_aside (history));
  matinee_history_free (history);
  assert_only_reading (self->path, 1);
  g_assert_true (g_file_get_contents (self->path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);

  /* So new that not even the runs can be listed: an error, and no harm done. */
  sample_execute (self->path, "ALTER TABLE run RENAME TO training");
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (matinee_history_open (self->path, &error));
    g_assert_nonnull (error);
  }
  g_assert_true (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

/* A full disk: told once, training goes on, and all is written when there is room
 * again. */
static void
test_full (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeHistory) history = sample_history_open (self->path);
  gint64 run = sample_history_begin (history, "a", "x");
  g_autoptr (MatineeTrace) trace = NULL;
  g_autoptr (MatineeRun) known = NULL;
  g_autoptr (GError) error = NULL;
  MatineeParams params;
  MatineeTracePoint point;
  guint n_told = 0;
  guint n = 3000;

  matinee_params_init (&params, 1);
  g_assert_true (matinee_history_flush (history, &error));
  pthread_mutex_lock (&history->db_mutex);
  g_assert_true (matinee_history_execute (history, "PRAGMA max_page_count = 1", NULL));
  pthread_mutex_unlock (&history->db_mutex);
  for (guint i = 0; i < n; i++)
    {
      sample_point (i, &point);
      if (!matinee_history_append (history, run, &point, 1, &error))
        {
          g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
          g_clear_error (&error);
          n_told++;
        }
      if (i % 100 == 0)
        g_usleep (80000);
    }
  g_assert_cmpuint (n_told, >, 0);
  g_assert_cmpuint (n_told, <=, 5);
  g_assert_false (matinee_history_finish (history, run, &(MatineeRunEnd){ .reason = MATINEE_CONVERGED }, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  g_assert_nonnull (strstr (error->message, self->path));
  g_clear_error (&error);
  for (guint i = 0; i < 200 && error == NULL; i++)
    matinee_history_begin (history, &(MatineeRunStart){ .name = "b", .params = &params }, &error);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  g_clear_error (&error);

  pthread_mutex_lock (&history->db_mutex);
  g_assert_true (matinee_history_execute (history, "PRAGMA max_page_count = 1000000", NULL));
  pthread_mutex_unlock (&history->db_mutex);
  g_assert_true (matinee_history_flush (history, &error));
  trace = matinee_history_get_trace (history, run, &error);
  g_assert_cmpuint (trace->n, ==, n);
  known = matinee_history_get_run (history, run, &error);
  g_assert_cmpint (known->state, ==, MATINEE_RUN_FINISHED);
  g_assert_cmpint (known->reason, ==, MATINEE_CONVERGED);
}

/* Another program that is in the middle of writing, for too long. */
static void
test_busy (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeHistory) history = sample_history_open (self->path);
  g_autoptr (GError) error = NULL;
  gint64 run = sample_history_begin (history, "a", "x");
  sqlite3 *other = NULL;
  gint64 begin;
  MatineeTracePoint point;

  pthread_mutex_lock (&history->db_mutex);
  sqlite3_busy_timeout (history->db, 100);
  pthread_mutex_unlock (&history->db_mutex);
  g_assert_cmpint (sqlite3_open (self->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  sample_point (0, &point);
  begin = g_get_monotonic_time ();
  g_assert_true (matinee_history_append (history, run, &point, 1, &error));
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 50000);
  g_assert_false (matinee_history_flush (history, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN);
  g_clear_error (&error);
  g_assert_cmpuint (count_runs (history), ==, 1);
  g_assert_cmpint (sqlite3_exec (other, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  sample_history_finish (history, run, MATINEE_ITERATIONS);
}

/* Version 1 as it was, written down by hand. */
static const char version_1[]
    = "PRAGMA application_id = 1299476040; PRAGMA user_version = 1;"
      "CREATE TABLE session (id INTEGER PRIMARY KEY AUTOINCREMENT, version TEXT NOT NULL, machine TEXT NOT NULL,"
      " cores INTEGER NOT NULL, started INTEGER NOT NULL);"
      "CREATE TABLE run (id INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER NOT NULL REFERENCES session (id),"
      " name TEXT NOT NULL, solver TEXT NOT NULL, preset TEXT, data_name TEXT NOT NULL, fingerprint TEXT NOT NULL,"
      " n_users INTEGER NOT NULL, n_movies INTEGER NOT NULL, n_train INTEGER NOT NULL, n_test INTEGER NOT NULL,"
      " split TEXT NOT NULL, split_seed INTEGER NOT NULL, started INTEGER NOT NULL, duration REAL, reason TEXT,"
      " message TEXT, n_points INTEGER NOT NULL DEFAULT 0, seconds REAL, iteration INTEGER, train_squared REAL,"
      " train_absolute REAL, train_squared_clipped REAL, train_absolute_clipped REAL, test_squared REAL,"
      " test_absolute REAL, test_squared_clipped REAL, test_absolute_clipped REAL, best_iteration INTEGER,"
      " best_test_rmse REAL);"
      "CREATE TABLE point (run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE, iteration INTEGER NOT NULL,"
      " seconds REAL, train_squared REAL, train_absolute REAL, train_squared_clipped REAL,"
      " train_absolute_clipped REAL, test_squared REAL, test_absolute REAL, test_squared_clipped REAL,"
      " test_absolute_clipped REAL, penalty REAL, gradient_norm REAL, PRIMARY KEY (run, iteration)) WITHOUT ROWID;"
      "ALTER TABLE run ADD COLUMN param_factors REAL;"
      "INSERT INTO session VALUES (7, '0.0.1', 'Abacus', 1, 0);"
      "INSERT INTO run (id, session, name, solver, data_name, fingerprint, n_users, n_movies, n_train, n_test, split,"
      " split_seed, started, reason, n_points, train_squared, param_factors)"
      " VALUES (1, 7, 'Über old', 'exact', 'ratings.csv', '00000000000000010000000000000002', 1, 2, 100, 0, 'random',"
      " 1, 5, 'converged', 1, 4, 13);"
      "INSERT INTO point (run, iteration, seconds, train_squared) VALUES (1, 0, 0, 400);"
      "INSERT INTO point (run, iteration, seconds, train_squared) VALUES (1, 1, 1, 100);"
      "INSERT INTO point (run, iteration, seconds, train_squared) VALUES (1, 2, 2, 4);"
      "INSERT INTO point (run, iteration, seconds, train_squared) VALUES (1, 3, 3, 3);";

static void
assert_old_run (MatineeHistory *history, const char *note)
{
  g_autoptr (GPtrArray) runs = matinee_history_list (history, &(MatineeRunQuery){ .search = "über RAT" }, NULL);
  const MatineeRun *run;
  MatineeParams params;

  g_assert_cmpuint (runs->len, ==, 1);
  run = runs->pdata[0];
  matinee_params_init (&params, 1);
  g_assert_cmpstr (run->machine, ==, "Abacus");
  g_assert_cmpstr (run->note, ==, note);
  g_assert_false (run->deleted);
  g_assert_cmpuint (run->params.n_factors, ==, 13);
  g_assert_true (run->params.regularization == params.regularization);
  g_assert_cmpfloat (matinee_errors_rmse (&run->train), ==, 0.2);
  g_assert_cmpuint (run->test.n, ==, 0);
  g_assert_cmpint (run->reason, ==, MATINEE_CONVERGED);
}

static void
test_migration (Fixture *self, gconstpointer data)
{
  MatineeHistory *history;
  gint64 run, version = 0;

  sample_execute (self->path, version_1);
  history = sample_history_open (self->path);
  g_assert_null (matinee_history_get_set_aside (history));
  assert_old_run (history, "");
  g_assert_true (matinee_history_set_note (history, 1, "worn", NULL));
  run = sample_history_add (history, "new", "x", 3);
  g_assert_cmpint (run, ==, 2);
  matinee_history_free (history);
  history = sample_history_open (self->path);
  assert_old_run (history, "worn");
  g_assert_cmpuint (count_runs (history), ==, 2);
  g_assert_true (matinee_history_get_integer (history, "PRAGMA user_version", &version, NULL));
  g_assert_cmpint (version, ==, MATINEE_HISTORY_VERSION);
  matinee_history_free (history);
}

static void
old_read_only_child (const char *path)
{
  MatineeHistory *history;

  if (geteuid () == 0)
    g_assert_cmpint (setuid (NOBODY), ==, 0);
  assert_only_reading (path, 1);
  history = sample_history_open (path);
  assert_old_run (history, "");
  matinee_history_free (history);
  _exit (0);
}

/* An old file that can't be brought up to date can be read nevertheless. */
static void
test_old_read_only (Fixture *self, gconstpointer data)
{
  pid_t child;

  sample_execute (self->path, version_1);
  g_assert_cmpint (g_chmod (self->path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (self->room, 0555), ==, 0);
  child = fork ();
  if (child == 0)
    old_read_only_child (self->path);
  wait_for (child);
  g_assert_cmpint (g_chmod (self->room, 0755), ==, 0);
}

static void
test_places (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->room, "odd %41 ?#name", NULL);
  g_autofree char *deeper = g_build_filename (folder, "history.db", NULL);
  g_autofree char *below = g_build_filename (self->path, "history.db", NULL);
  g_autofree char *lock = g_strconcat (deeper, ".lock", NULL);
  g_autofree char *normal = matinee_history_dup_default_path ();
  g_autoptr (GError) error = NULL;
  MatineeHistory *history;

  g_assert_true (g_str_has_suffix (normal, "/matinee/history.db"));
  history = sample_history_open (deeper);
  sample_history_add (history, "a", "x", 1);
  matinee_history_free (history);
  g_assert_cmpint (g_remove (deeper), ==, 0);
  g_assert_cmpint (g_remove (lock), ==, 0);
  g_assert_null (matinee_history_open (self->room, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (self->path, "", 0, NULL));
  g_assert_null (matinee_history_open (below, &error));
  g_assert_nonnull (error);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/history-trouble/kill", test_kill);
  ADD ("/history-trouble/together", test_together);
  ADD ("/history-trouble/damage", test_damage);
  ADD ("/history-trouble/damaged-points", test_damaged_points);
  ADD ("/history-trouble/read-only", test_read_only);
  ADD ("/history-trouble/newer", test_newer);
  ADD ("/history-trouble/full", test_full);
  ADD ("/history-trouble/busy", test_busy);
  ADD ("/history-trouble/migration", test_migration);
  ADD ("/history-trouble/old-read-only", test_old_read_only);
  ADD ("/history-trouble/places", test_places);
  return g_test_run ();
}
