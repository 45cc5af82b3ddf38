/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trouble with the history of runs, as somebody meets it who just wants to train: the
 * training goes on, and what is wrong is said on the page of runs. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "matinee-history-private.h"
#include "sample-history.h"
#include "window-test.h"

#define NOBODY 65534

typedef struct
{
  char *path;
  char *folder;
  MatineeWindow *window;
  MatineeSession *session;
  MatineeRunsPage *page;
} Fixture;

static void
add_run (Fixture *fixture)
{
  g_autoptr (MatineeHistory) history = sample_history_open (fixture->path);

  sample_history_add (history, "from before", "ratings.csv", 5);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->path = matinee_history_dup_default_path ();
  fixture->folder = g_path_get_dirname (fixture->path);
  g_mkdir_with_parents (fixture->folder, 0700);
  window_test_forget_history (fixture->path);
}

static void
open_window (Fixture *fixture)
{
  fixture->window = window_test_open (window_test_application ());
  fixture->session = g_object_ref (matinee_window_get_session (fixture->window));
  fixture->page = matinee_window_get_runs_page (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  window_test_close (fixture->window);
  window_test_settle ();
  g_assert_finalize_object (fixture->session);
  window_test_forget_history (fixture->path);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static gboolean
tells (gpointer data)
{
  return matinee_runs_page_get_trouble (data) != NULL;
}

/* Trains, and expects a model, and that what is wrong is said. */
static void
train_in_trouble (Fixture *fixture, const char *said)
{
  window_test_train (fixture->window);
  g_assert_nonnull (matinee_session_get_model (fixture->session));
  window_test_wait (tells, fixture->page);
  g_test_message ("said: %s", matinee_runs_page_get_trouble (fixture->page));
  g_assert_nonnull (strstr (matinee_runs_page_get_trouble (fixture->page), said));
}

static gboolean
is_loaded (gpointer data)
{
  return matinee_runs_is_loaded (matinee_runs_page_get_runs (data));
}

static guint
n_shown (Fixture *fixture)
{
  matinee_window_show_page (fixture->window, "runs");
  window_test_wait (is_loaded, fixture->page);
  window_test_settle ();
  return g_list_model_get_n_items (matinee_runs_view_get_shown (matinee_runs_page_get_view (fixture->page)));
}

static void
test_not_a_file (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  open_window (fixture);
  train_in_trouble (fixture, "history.db");
  g_assert_cmpuint (n_shown (fixture), ==, 0);
  g_assert_cmpstr (matinee_runs_page_get_state (fixture->page), ==, "empty");
  g_rmdir (fixture->path);
}

/* For root no folder is read-only: it becomes somebody else for a while. */
static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  gboolean root = geteuid () == 0;

  add_run (fixture);
  open_window (fixture);
  g_assert_cmpint (g_chmod (g_get_home_dir (), 0755), ==, 0);
  g_assert_cmpint (g_chmod (g_get_user_data_dir (), 0755), ==, 0);
  g_assert_cmpint (g_chmod (fixture->path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  if (root)
    g_assert_cmpint (setresuid (NOBODY, NOBODY, 0), ==, 0);
  train_in_trouble (fixture, "may not be written");
  /* What is there can be read all the same. */
  g_assert_cmpuint (n_shown (fixture), ==, 1);
  if (root)
    g_assert_cmpint (setresuid (0, 0, 0), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  add_run (fixture);
  sample_execute (fixture->path, "PRAGMA user_version = 99; ALTER TABLE run ADD COLUMN mood TEXT");
  open_window (fixture);
  train_in_trouble (fixture, "newer version");
  g_assert_cmpuint (n_shown (fixture), ==, 1);
}

static void
test_corrupt (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  g_autofree char *aside = NULL;
  const char *name;

  g_assert_true (g_file_set_contents (fixture->path, "this is no database, and long enough to see it", -1, NULL));
  open_window (fixture);
  train_in_trouble (fixture, "was damaged. It is kept as");
  /* It is kept under the name that is told, and the new one has the run. */
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (strstr (matinee_runs_page_get_trouble (fixture->page), name) != NULL && strcmp (name, "history.db") != 0)
      aside = g_build_filename (fixture->folder, name, NULL);
  g_assert_nonnull (aside);
  g_assert_cmpuint (n_shown (fixture), ==, 1);
  g_remove (aside);
}

/* A second Matinee that only has it open is no trouble. */
static void
test_together (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MatineeHistory) other = sample_history_open (fixture->path);
  gint64 run = sample_history_begin (other, "of another window", "ratings.csv");

  sample_history_append (other, run, 0, 3);
  open_window (fixture);
  window_test_train (fixture->window);
  sample_history_append (other, run, 3, 3);
  sample_history_finish (other, run, MATINEE_ITERATIONS);
  g_assert_cmpuint (n_shown (fixture), ==, 2);
  g_assert_null (matinee_runs_page_get_trouble (fixture->page));
}

/* One that never lets go of it is. When it does, runs are kept again. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  sqlite3 *other = NULL;

  add_run (fixture);
  open_window (fixture);
  g_assert_cmpint (sqlite3_open (fixture->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  train_in_trouble (fixture, "Another program");
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  window_test_train (fixture->window);
  g_assert_cmpuint (n_shown (fixture), ==, 2);
}

static gboolean
execute (MatineeHistory *history, const char *sql)
{
  gboolean done;

  pthread_mutex_lock (&history->db_mutex);
  done = matinee_history_execute (history, sql, NULL);
  pthread_mutex_unlock (&history->db_mutex);
  return done;
}

/* SQLite tells of a file that may not grow as it does of a disk that is full. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  MatineeHistory *history;

  add_run (fixture);
  open_window (fixture);
  history = matinee_run_store_open (matinee_session_get_runs (fixture->session), NULL);
  g_assert_true (execute (history, "PRAGMA max_page_count = 1"));
  window_test_set (fixture->window, MATINEE_PARAM_TOLERANCE, 0);
  window_test_set (fixture->window, MATINEE_PARAM_ITERATIONS, 500);
  train_in_trouble (fixture, "The disk is full");
  g_assert_true (execute (history, "PRAGMA max_page_count = 1000000"));
  window_test_train (fixture->window);
  g_assert_cmpuint (n_shown (fixture), >=, 2);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/history-trouble/not-a-file", test_not_a_file);
  ADD ("/history-trouble/read-only", test_read_only);
  ADD ("/history-trouble/newer", test_newer);
  ADD ("/history-trouble/corrupt", test_corrupt);
  ADD ("/history-trouble/together", test_together);
  ADD ("/history-trouble/locked", test_locked);
  ADD ("/history-trouble/full", test_full);
  return g_test_run ();
}
