/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-history.h"

#include <math.h>
#include <sqlite3.h>

#define N_TRAIN 700
#define N_TEST 300

/* A point of a run that learns: its numbers are not round. */
void
sample_point (guint iteration, MatineeTracePoint *point)
{
  double error = 1 + 3.0 / (iteration + 1) + 0.01 * iteration;

  *point = (MatineeTracePoint){
    .iteration = iteration,
    .seconds = 0.1 * iteration,
    .train = { N_TRAIN, N_TRAIN * error / 3, N_TRAIN * error / 7, N_TRAIN * error / 11, N_TRAIN * error / 13 },
    .test = { N_TEST, N_TEST * error, N_TEST * error / 17, N_TEST * error / 19, N_TEST * error / 23 },
    .penalty = error / 29,
    .gradient_norm = iteration % 2 == 0 ? NAN : error / 31,
  };
}

MatineeHistory *
sample_history_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  MatineeHistory *history = matinee_history_open (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (history);
  return history;
}

gint64
sample_history_begin (MatineeHistory *history, const char *name, const char *data_name)
{
  g_autoptr (GError) error = NULL;
  MatineeParams params;
  MatineeRunStart start = {
    .name = name,
    .params = &params,
    .data_name = data_name,
    .fingerprint = { 0x123456789abcdef0, 0x0fedcba987654321 },
    .n_users = 610,
    .n_movies = 9724,
    .n_train = N_TRAIN,
    .n_test = N_TEST,
    .split = "random",
    .split_seed = 42,
  };
  gint64 run;

  matinee_params_init (&params, 2);
  run = matinee_history_begin (history, &start, &error);
  g_assert_no_error (error);
  g_assert_cmpint (run, >, 0);
  return run;
}

void
sample_history_append (MatineeHistory *history, gint64 run, guint first, guint n)
{
  g_autoptr (GError) error = NULL;

  for (guint i = first; i < first + n; i++)
    {
      MatineeTracePoint point;

      sample_point (i, &point);
      g_assert_true (matinee_history_append (history, run, &point, 1, &error));
      g_assert_no_error (error);
    }
}

void
sample_history_finish (MatineeHistory *history, gint64 run, MatineeStopReason reason)
{
  const MatineeRunEnd end = { .reason = reason };
  g_autoptr (GError) error = NULL;

  g_assert_true (matinee_history_finish (history, run, &end, &error));
  g_assert_no_error (error);
}

/* A whole run. */
gint64
sample_history_add (MatineeHistory *history, const char *name, const char *data_name, guint n_points)
{
  gint64 run = sample_history_begin (history, name, data_name);

  sample_history_append (history, run, 0, n_points);
  sample_history_finish (history, run, MATINEE_ITERATIONS);
  return run;
}

/* As another program would. */
void
sample_execute (const char *path, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

/* As many runs as people may have in years; without a transaction for each. */
void
sample_history_fill (const char *path, guint n_runs, guint n_points)
{
  MatineeHistory *history = sample_history_open (path);
  g_autofree char *sql = NULL;

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("Exact least squares, k = %u", 10 * i);
      gint64 run = sample_history_add (history, name, i % 2 == 0 ? "ratings.csv" : "ml-25m.zip", n_points);

      matinee_history_set_note (history, run, "Some words on what was tried and what came of it, for later", NULL);
    }
  matinee_history_free (history);
  sql = g_strdup_printf (
      "CREATE TEMP TABLE old AS SELECT * FROM run;"
      "CREATE TEMP TABLE number AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
      " SELECT i FROM n;"
      "UPDATE old SET id = -id;"
      "CREATE TEMP TABLE copy AS SELECT * FROM old, number WHERE old.id = -1 - number.i %% 10;"
      "UPDATE copy SET id = i + 10, name = name || ', ' || i, search = search || ' ' || i, started = started + i,"
      " best_test_rmse = abs (random () %% 1000) / 1000.0;"
      "ALTER TABLE copy DROP COLUMN i;"
      "INSERT INTO run SELECT * FROM copy;"
      "INSERT INTO point SELECT i + 10, iteration, seconds, train_squared, train_absolute, train_squared_clipped,"
      " train_absolute_clipped, test_squared, test_absolute, test_squared_clipped, test_absolute_clipped, penalty,"
      " gradient_norm FROM number, point WHERE run = 1 + i %% 10;",
      n_runs - 10);
  sample_execute (path, sql);
}
