/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-history.h"

#include <math.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-history-private.h"
#include "matinee-solver.h"
#include "sample-history.h"
#include "sample-model.h"

typedef struct
{
  char *room;
  char *path;
  MatineeHistory *history;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->room = sample_room_new ();
  self->path = g_build_filename (self->room, "history.db", NULL);
  self->history = sample_history_open (self->path);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  matinee_history_free (self->history);
  g_free (self->path);
  sample_room_free (self->room);
}

static void
open_again (Fixture *self)
{
  matinee_history_free (self->history);
  self->history = sample_history_open (self->path);
}

static MatineeRun *
get_run (Fixture *self, gint64 id)
{
  g_autoptr (GError) error = NULL;
  MatineeRun *run = matinee_history_get_run (self->history, id, &error);

  g_assert_no_error (error);
  return run;
}

static void
assert_same_points (const MatineeTrace *trace, guint n)
{
  g_assert_cmpuint (trace->n, ==, n);
  for (guint i = 0; i < n; i++)
    {
      const MatineeTracePoint *found = &trace->points[i];
      MatineeTracePoint wanted;

      sample_point (i, &wanted);
      g_assert_cmpuint (found->iteration, ==, i);
      g_assert_true (found->seconds == wanted.seconds && found->penalty == wanted.penalty);
      g_assert_cmpmem (&found->train, sizeof found->train, &wanted.train, sizeof wanted.train);
      g_assert_cmpmem (&found->test, sizeof found->test, &wanted.test, sizeof wanted.test);
      if (isnan (wanted.gradient_norm))
        g_assert_true (isnan (found->gradient_norm));
      else
        g_assert_true (found->gradient_norm == wanted.gradient_norm);
    }
}

/* All that goes in comes out, to the last bit. */
static void
test_round_trip (Fixture *self, gconstpointer data)
{
  MatineeParams params;
  MatineeRunStart start = { .params = &params, .data_name = "ratings.csv", .fingerprint = { 1, 2 } };
  MatineeRunEnd end = { .reason = MATINEE_CONVERGED, .iteration = 5 };
  g_autoptr (MatineeRun) run = NULL;
  g_autoptr (MatineeTrace) trace = NULL;
  g_autoptr (GError) error = NULL;
  MatineeTracePoint point;
  gint64 before = g_get_real_time ();
  gint64 id;

  matinee_params_init (&params, 3);
  params.solver = &matinee_solver_gradient;
  for (guint i = 0; i < MATINEE_N_PARAMS; i++)
    matinee_params_set (&params, i, 0.1 * (i + 1) + (matinee_param_info (i)->whole ? 7 : 0));
  start.n_users = 4000000000;
  start.n_movies = 3;
  start.n_train = 700;
  start.n_test = 300;
  start.split = "per-user";
  start.split_seed = 4294967295;
  id = matinee_history_begin (self->history, &start, &error);
  g_assert_no_error (error);
  sample_history_append (self->history, id, 0, 9);
  sample_point (5, &point);
  end.train = point.train;
  end.test = point.test;
  g_assert_true (matinee_history_finish (self->history, id, &end, &error));
  open_again (self);

  run = get_run (self, id);
  g_assert_cmpint (run->id, ==, id);
  g_assert_cmpstr (run->name, !=, "");
  g_assert_cmpstr (run->note, ==, "");
  g_assert_cmpstr (run->data_name, ==, "ratings.csv");
  g_assert_true (run->fingerprint.high == 1 && run->fingerprint.low == 2);
  g_assert_cmpuint (run->n_users, ==, 4000000000);
  g_assert_cmpstr (run->split, ==, "per-user");
  g_assert_cmpuint (run->split_seed, ==, 4294967295);
  g_assert_cmpstr (run->solver, ==, "gradient");
  g_assert_true (run->params.solver == &matinee_solver_gradient);
  for (guint i = 0; i < MATINEE_N_PARAMS; i++)
    g_assert_true (matinee_params_get (&run->params, i) == matinee_params_get (&params, i));
  g_assert_null (run->preset);
  g_assert_cmpstr (run->version, ==, MATINEE_VERSION);
  g_assert_cmpstr (run->machine, !=, "");
  g_assert_cmpuint (run->n_cores, >, 0);
  g_assert_cmpint (run->started, >=, before);
  g_assert_cmpint (run->started, <=, g_get_real_time ());
  g_assert_cmpfloat (run->duration, >=, 0);
  g_assert_cmpint (run->state, ==, MATINEE_RUN_FINISHED);
  g_assert_cmpint (run->reason, ==, MATINEE_CONVERGED);
  g_assert_cmpuint (run->n_points, ==, 9);
  g_assert_cmpuint (run->iteration, ==, 5);
  g_assert_cmpmem (&run->test, sizeof run->test, &point.test, sizeof point.test);
  g_assert_cmpmem (&run->train, sizeof run->train, &point.train, sizeof point.train);
  g_assert_cmpuint (run->best_iteration, ==, 8);
  trace = matinee_history_get_trace (self->history, id, &error);
  assert_same_points (trace, 9);
  sample_point (8, &point);
  g_assert_true (run->best_test_rmse == matinee_errors_rmse (&point.test));
}

/* A run is running while its program has the history open; later, it was
 * interrupted. */
static void
test_states (Fixture *self, gconstpointer data)
{
  const MatineeRunEnd failed = { .reason = MATINEE_RUNNING, .message = "Not enough memory" };
  gint64 a = sample_history_begin (self->history, "a", "x");
  gint64 b = sample_history_begin (self->history, "b", "x");
  g_autoptr (MatineeHistory) other = sample_history_open (self->path);
  g_autoptr (GError) error = NULL;

  sample_history_append (self->history, a, 0, 3);
  g_assert_true (matinee_history_finish (self->history, b, &failed, &error));
  g_assert_true (matinee_history_flush (self->history, &error));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MatineeRun) run = matinee_history_get_run (i == 0 ? self->history : other, a, NULL);
      g_autoptr (MatineeRun) bad = matinee_history_get_run (i == 0 ? self->history : other, b, NULL);

      g_assert_cmpint (run->state, ==, MATINEE_RUN_RUNNING);
      g_assert_cmpuint (run->n_points, ==, 3);
      g_assert_cmpuint (run->iteration, ==, 2);
      g_assert_cmpint (bad->state, ==, MATINEE_RUN_FAILED);
      g_assert_cmpstr (bad->message, ==, "Not enough memory");
      g_assert_cmpuint (bad->n_points, ==, 0);
      g_assert_true (isnan (bad->best_test_rmse));
    }
  open_again (self);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MatineeRun) run = matinee_history_get_run (i == 0 ? self->history : other, a, NULL);

      g_assert_cmpint (run->state, ==, MATINEE_RUN_INTERRUPTED);
      g_assert_cmpuint (run->n_points, ==, 3);
      g_assert_cmpstr (matinee_run_get_state_id (run), ==, "interrupted");
    }
  g_assert_false (matinee_history_append (self->history, a, NULL, 0, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND);
}

static int
count_cb (gpointer data)
{
  g_atomic_int_inc ((int *) data);
  return 0;
}

/* However fast points come, there is one transaction a second, and what has come
 * is on disk a second later without anybody asking. */
static void
test_batches (Fixture *self, gconstpointer data)
{
  gint64 id = sample_history_begin (self->history, "fast", "x");
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (MatineeHistory) other = sample_history_open (self->path);
  g_autoptr (MatineeTrace) trace = NULL;
  int n_commits = 0;
  guint n = 0;

  sqlite3_commit_hook (self->history->db, count_cb, &n_commits);
  for (; g_get_monotonic_time () - begin < 1500000; n++)
    {
      sample_history_append (self->history, id, n, 1);
      g_usleep (200);
    }
  g_assert_cmpint (g_atomic_int_get (&n_commits), <=, 3);
  g_assert_cmpint (g_atomic_int_get (&n_commits), >=, 1);
  for (guint i = 0; i < 60 && (trace == NULL || trace->n < n); i++)
    {
      g_clear_pointer (&trace, matinee_trace_free);
      g_usleep (50000);
      trace = matinee_history_get_trace (other, id, NULL);
    }
  assert_same_points (trace, n);
  sample_history_finish (self->history, id, MATINEE_CANCELLED);
}

static char *
list_names (Fixture *self, const MatineeRunQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = matinee_history_list (self->history, query, &error);
  GString *names = g_string_new (NULL);
  MatineeRunQuery all = *query;
  guint n;

  g_assert_no_error (error);
  for (guint i = 0; i < runs->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "," : "", ((MatineeRun *) runs->pdata[i])->name);
  g_assert_true (matinee_history_count (self->history, &all, &n, &error));
  if (query->limit == 0 && query->offset == 0)
    g_assert_cmpuint (n, ==, runs->len);
  return g_string_free (names, FALSE);
}

static void
assert_list (Fixture *self, MatineeRunQuery query, const char *expected)
{
  g_autofree char *names = list_names (self, &query);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_list (Fixture *self, gconstpointer data)
{
  gint64 a = sample_history_add (self->history, "banana", "ratings.csv", 1);
  gint64 b = sample_history_add (self->history, "Apple", "ML-25M.zip", 4);
  gint64 c = sample_history_begin (self->history, "ÉCLAIR", "100%_wild'\"; DROP TABLE run");

  assert_list (self, (MatineeRunQuery){ 0 }, "banana,Apple,ÉCLAIR");
  assert_list (self, (MatineeRunQuery){ .descending = TRUE }, "ÉCLAIR,Apple,banana");
  assert_list (self, (MatineeRunQuery){ .order = MATINEE_RUN_ORDER_NAME }, "Apple,banana,ÉCLAIR");
  assert_list (self, (MatineeRunQuery){ .order = MATINEE_RUN_ORDER_TEST_RMSE }, "Apple,banana,ÉCLAIR");
  assert_list (self, (MatineeRunQuery){ .order = MATINEE_RUN_ORDER_BEST_TEST_RMSE, .descending = TRUE },
               "banana,Apple,ÉCLAIR");
  for (guint order = 0; order < MATINEE_RUN_ORDER_PARAMS + MATINEE_N_PARAMS; order++)
    {
      g_autofree char *names = list_names (self, &(MatineeRunQuery){ .order = order });

      g_assert_cmpuint (strlen (names), ==, strlen ("banana,Apple,ÉCLAIR"));
    }
  assert_list (self, (MatineeRunQuery){ .limit = 1, .offset = 1 }, "Apple");
  assert_list (self, (MatineeRunQuery){ .offset = 5 }, "");

  assert_list (self, (MatineeRunQuery){ .search = "éclair" }, "ÉCLAIR");
  assert_list (self,
               (MatineeRunQuery){ .search = "e\xcc\x81"
                                            "clair" },
               "ÉCLAIR");
  assert_list (self, (MatineeRunQuery){ .search = "APP ml-25" }, "Apple");
  assert_list (self, (MatineeRunQuery){ .search = "app csv" }, "");
  assert_list (self, (MatineeRunQuery){ .search = "  exact " }, "banana,Apple,ÉCLAIR");
  assert_list (self, (MatineeRunQuery){ .search = "recommended" }, "banana,Apple,ÉCLAIR");
  assert_list (self, (MatineeRunQuery){ .search = "%" }, "ÉCLAIR");
  assert_list (self, (MatineeRunQuery){ .search = "'\";" }, "ÉCLAIR");

  g_assert_true (matinee_history_rename (self->history, a, "Cherry", NULL));
  g_assert_true (matinee_history_set_note (self->history, a, "with Strawberries", NULL));
  assert_list (self, (MatineeRunQuery){ .search = "banana" }, "");
  assert_list (self, (MatineeRunQuery){ .search = "STRAWberr cherry" }, "Cherry");
  sample_history_finish (self->history, c, MATINEE_CANCELLED);
  g_assert_cmpint (b, ==, a + 1);
}

static void
test_delete (Fixture *self, gconstpointer data)
{
  gint64 runs[3];
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeTrace) trace = NULL;
  g_autoptr (MatineeRun) run = NULL;

  runs[0] = sample_history_add (self->history, "a", "x", 5);
  runs[1] = sample_history_add (self->history, "b", "x", 5);
  runs[2] = sample_history_begin (self->history, "c", "x");
  g_assert_true (matinee_history_set_deleted (self->history, runs, 2, TRUE, &error));
  assert_list (self, (MatineeRunQuery){ 0 }, "c");
  assert_list (self, (MatineeRunQuery){ .deleted = TRUE }, "a,b");
  g_assert_true (matinee_history_set_deleted (self->history, runs, 1, FALSE, &error));
  assert_list (self, (MatineeRunQuery){ 0 }, "a,c");
  run = get_run (self, runs[1]);
  g_assert_true (run->deleted);

  /* Too new to be removed; then with all that belongs to it. */
  g_assert_true (matinee_history_purge (self->history, 3600, &error));
  assert_list (self, (MatineeRunQuery){ .deleted = TRUE }, "b");
  g_assert_true (matinee_history_purge (self->history, 0, &error));
  assert_list (self, (MatineeRunQuery){ .deleted = TRUE }, "");
  trace = matinee_history_get_trace (self->history, runs[1], &error);
  g_assert_cmpuint (trace->n, ==, 0);
  g_assert_null (matinee_history_get_run (self->history, runs[1], &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (matinee_history_rename (self->history, runs[1], "z", &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* One that is still being trained goes without trouble, too. */
  g_assert_true (matinee_history_set_deleted (self->history, runs + 2, 1, TRUE, &error));
  g_assert_true (matinee_history_purge (self->history, 0, &error));
  sample_history_append (self->history, runs[2], 0, 3);
  g_assert_true (matinee_history_flush (self->history, &error));
  sample_history_finish (self->history, runs[2], MATINEE_CONVERGED);
  assert_list (self, (MatineeRunQuery){ 0 }, "a");
}

/* What another version may have left: a solver and a reason that this one doesn't
 * know, no value for a parameter. */
static void
test_unknown (Fixture *self, gconstpointer data)
{
  gint64 id = sample_history_add (self->history, "a", "x", 2);
  g_autoptr (MatineeRun) run = NULL;
  MatineeParams params;

  sample_execute (self->path, "UPDATE run SET solver = 'magic', reason = 'boredom', param_factors = NULL");
  run = get_run (self, id);
  matinee_params_init (&params, 1);
  g_assert_cmpstr (run->solver, ==, "magic");
  g_assert_true (run->params.solver == params.solver);
  g_assert_cmpuint (run->params.n_factors, ==, params.n_factors);
  g_assert_cmpint (run->state, ==, MATINEE_RUN_FAILED);
}

static void
test_compare (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeRun) a = get_run (self, sample_history_add (self->history, "a", "x", 2));
  g_autoptr (MatineeRun) b = get_run (self, sample_history_add (self->history, "b", "y", 2));
  const MatineeRun *runs[] = { a, b };

  g_assert_true (matinee_runs_have_same_data (runs, 2));
  g_assert_true (matinee_runs_have_same_split (runs, 2));
  g_assert_cmpuint (matinee_runs_get_differing_params (runs, 2), ==, 0);
  b->params.regularization *= 2;
  b->params.learning_rate *= 2; /* not used by this solver */
  b->split_seed++;
  g_assert_cmpuint (matinee_runs_get_differing_params (runs, 2), ==, 1 << MATINEE_PARAM_REGULARIZATION);
  g_assert_true (matinee_runs_have_same_data (runs, 2));
  g_assert_false (matinee_runs_have_same_split (runs, 2));
  b->fingerprint.low++;
  g_assert_false (matinee_runs_have_same_data (runs, 2));
}

typedef struct
{
  MatineeHistory *history;
  gint64 run;
} Job;

static gpointer
append_thread (gpointer data)
{
  Job *job = data;

  for (guint i = 0; i < 300; i++)
    {
      sample_history_append (job->history, job->run, i, 1);
      g_usleep (500);
    }
  sample_history_finish (job->history, job->run, MATINEE_ITERATIONS);
  return NULL;
}

/* Some threads train while another looks at the runs. */
static void
test_threads (Fixture *self, gconstpointer data)
{
  GThread *threads[4];
  Job jobs[4];

  for (guint i = 0; i < 4; i++)
    {
      jobs[i] = (Job){ self->history, sample_history_begin (self->history, "thread", "x") };
      threads[i] = g_thread_new ("append", append_thread, &jobs[i]);
    }
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GPtrArray) runs = matinee_history_list (self->history, &(MatineeRunQuery){ 0 }, NULL);

      g_assert_cmpuint (runs->len, ==, 4);
      g_usleep (2000);
    }
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (MatineeTrace) trace = NULL;

      g_thread_join (threads[i]);
      trace = matinee_history_get_trace (self->history, jobs[i].run, NULL);
      assert_same_points (trace, 300);
    }
}

static void
test_export (Fixture *self, gconstpointer data)
{
  gint64 runs[2];
  g_autofree char *path = g_build_filename (self->room, "out", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  const gint64 none = 77;

  runs[0] = sample_history_add (self->history, "=1+1", "x, y", 2);
  runs[1] = sample_history_add (self->history, "b", "x", 3);
  g_assert_true (matinee_history_export_runs (self->history, runs, 2, path, MATINEE_EXPORT_CSV, &error));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (g_str_has_prefix (lines[0], "run,name,note,data,fingerprint,"));
  g_assert_true (g_str_has_suffix (lines[0], ",split,test-share,test-count,test-after,folds,fold,seed,threads"));
  g_assert_true (
      g_str_has_prefix (lines[1], "1,'=1+1,,\"x, y\",123456789abcdef00fedcba987654321,610,9724,700,300,random,"));
  g_assert_nonnull (strstr (lines[2], ",iterations,"));

  g_clear_pointer (&text, g_free);
  g_assert_true (matinee_history_export_points (self->history, runs, 2, path, MATINEE_EXPORT_JSON, &error));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_test_message ("%.300s", text);
  g_assert_true (g_str_has_prefix (text, "[\n{\"run\":1,\"iteration\":0,\"seconds\":0,\"train_rmse\":"));
  g_assert_nonnull (strstr (text, "\"gradient_norm\":null},\n{\"run\":1,\"iteration\":1,"));
  g_assert_false (matinee_history_export_runs (self->history, &none, 1, path, MATINEE_EXPORT_CSV, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/history/round-trip", test_round_trip);
  ADD ("/history/states", test_states);
  ADD ("/history/batches", test_batches);
  ADD ("/history/list", test_list);
  ADD ("/history/delete", test_delete);
  ADD ("/history/unknown", test_unknown);
  ADD ("/history/compare", test_compare);
  ADD ("/history/threads", test_threads);
  ADD ("/history/export", test_export);
  return g_test_run ();
}
