/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>

#include "cli-run.h"

/* Every combination of values, one run after another. */

static void
test_grid (void)
{
  static const char *const members[] = { "run",
                                         "runs",
                                         "regularization",
                                         "factors",
                                         "reason",
                                         "iterations",
                                         "seconds",
                                         "best_iteration",
                                         "train_rmse",
                                         "test_rmse",
                                         "train_rmse_clipped",
                                         "test_rmse_clipped",
                                         NULL };
  static const double regularizations[] = { 0.1, 1, 30 };
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autoptr (CliRun) run
      = cli_run ("sweep", ratings, "--regularization", "0.1,1,30", "--factors", "2,4", "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  JsonObject *done = cli_find_event (events, "sweep-done");
  JsonObject *best = json_object_get_object_member (done, "best");
  double least = INFINITY;

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpuint (events->len, ==, 1 + 6 + 1);
  for (guint i = 0; i < 6; i++)
    {
      JsonObject *event = events->pdata[1 + i];

      cli_assert_members (event, "sweep-run", members);
      g_assert_cmpint (json_object_get_int_member (event, "run"), ==, i + 1);
      g_assert_cmpint (json_object_get_int_member (event, "factors"), ==, i < 3 ? 2 : 4);
      g_assert_cmpfloat (json_object_get_double_member (event, "regularization"), ==, regularizations[i % 3]);
      least = MIN (least, json_object_get_double_member (event, "test_rmse"));
    }
  g_assert_cmpstr (json_object_get_string_member (done, "reason"), ==, "complete");
  g_assert_cmpfloat (json_object_get_double_member (best, "test_rmse"), ==, least);
}

/* A run of a sweep is the run that train does. */
static void
test_same_as_train (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autofree char *path = cli_path ("best.npz");
  g_autoptr (CliRun) run
      = cli_run ("sweep", ratings, "--regularization", "0.5,60", "--factors", "3", "--output", path, "--json", NULL);
  g_autoptr (CliRun) train = cli_run ("train", ratings, "--regularization", "0.5", "--factors", "3", "--json", NULL);
  g_autoptr (CliRun) info = cli_run ("info", path, "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  g_autoptr (GPtrArray) trained = cli_run_events (train);
  g_autoptr (GPtrArray) saved = cli_run_events (info);
  double rmse = json_object_get_double_member (cli_find_event (trained, "done"), "test_rmse");

  g_assert_cmpfloat (json_object_get_double_member (cli_find_event (events, "sweep-run"), "test_rmse"), ==, rmse);
  g_assert_cmpfloat (json_object_get_double_member (cli_find_event (saved, "model"), "test_rmse"), ==, rmse);
}

static gboolean
has_edge (CliRun *run, const char *name)
{
  g_autoptr (GPtrArray) events = cli_run_events (run);
  JsonArray *edges = json_object_get_array_member (cli_find_event (events, "sweep-done"), "edges");

  for (guint i = 0; i < json_array_get_length (edges); i++)
    if (g_str_equal (json_array_get_string_element (edges, i), name))
      return TRUE;
  return FALSE;
}

static void
test_edge (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autoptr (CliRun) small = cli_run ("sweep", ratings, "--regularization", "0.2,1,2", "--json", NULL);
  g_autoptr (CliRun) inside = cli_run ("sweep", ratings, "--regularization", "0.01,0.1,1", "--json", NULL);
  g_autoptr (CliRun) one = cli_run ("sweep", ratings, "--regularization", "10", "--json", NULL);
  g_autoptr (CliRun) people = cli_run ("sweep", ratings, "--regularization", "0.2,1,2", NULL);

  g_assert_true (has_edge (small, "regularization"));
  g_assert_false (has_edge (inside, "regularization"));
  g_assert_false (has_edge (one, "regularization"));
  g_assert_nonnull (strstr (people->out, "smallest --regularization tried"));
  g_assert_nonnull (strstr (people->out, "Best          --regularization 0.2"));
}

/* A run that diverges is one of the results, unless all do. */
static void
test_diverging (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 60, 40);
  g_autoptr (CliRun) some = cli_run ("sweep", ratings, "--solver", "gradient", "--learning-rate", "0.9,0.0005",
                                     "--iterations", "300", "--json", NULL);
  g_autoptr (CliRun) all = cli_run ("sweep", ratings, "--solver", "gradient", "--learning-rate", "0.9,0.8",
                                    "--iterations", "300", "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (some);
  g_autoptr (GPtrArray) none = cli_run_events (all);
  JsonObject *first = cli_find_event (events, "sweep-run");
  JsonObject *best = json_object_get_object_member (cli_find_event (events, "sweep-done"), "best");

  g_assert_cmpint (some->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (first, "reason"), ==, "diverged");
  g_assert_cmpfloat (json_object_get_double_member (best, "learning_rate"), ==, 0.0005);
  cli_assert_fails (all, 1, "Every run diverged");
  g_assert_true (json_object_get_null_member (cli_find_event (none, "sweep-done"), "best"));
}

static void
test_no_test (void)
{
  g_autofree char *ratings = cli_write ("one.csv", "userId,movieId,rating\n1,1,3\n");
  g_autoptr (CliRun) run = cli_run ("sweep", ratings, "--regularization", "1,2", "--json", NULL);
  g_autoptr (CliRun) same = cli_run ("sweep", ratings, "--regularization", "1,2", "--output", ratings, NULL);

  cli_assert_fails (run, 1, "no test ratings");
  cli_assert_fails (same, 2, "would replace");
}

/* Ctrl+C after the first run keeps it. */
static void
test_stop (void)
{
  g_autofree char *ratings = cli_write_ratings ("large.csv", 2000, 600);
  g_autofree char *path = cli_path ("stopped.npz");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error, cli_program (), "sweep", ratings,
      "--factors", "1,400", "--iterations", "2000", "--tolerance", "1e-3", "--output", path, "--json", NULL);
  g_autoptr (GDataInputStream) out = NULL;
  g_autoptr (CliRun) run = g_new0 (CliRun, 1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) events = NULL;
  char *line;

  g_assert_no_error (error);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  while ((line = g_data_input_stream_read_line (out, NULL, NULL, &error)) != NULL)
    {
      g_string_append_printf (text, "%s\n", line);
      if (strstr (line, "\"run\":1,") != NULL && strstr (line, "sweep-run") != NULL)
        g_subprocess_send_signal (process, SIGINT);
      g_free (line);
    }
  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  run->out = g_string_free (g_steal_pointer (&text), FALSE);
  events = cli_run_events (run);
  g_assert_cmpstr (json_object_get_string_member (cli_find_event (events, "sweep-done"), "reason"), ==, "cancelled");
  g_assert_cmpint (json_object_get_int_member (cli_find_event (events, "sweep-done"), "done"), ==, 1);
  g_assert_cmpint (
      json_object_get_int_member (json_object_get_object_member (cli_find_event (events, "sweep-done"), "best"), "run"),
      ==, 1);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* What was done before is taken from the history, down to the last digit. */
static void
test_history (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autofree char *data = cli_path ("data");
  g_autofree char *folder = g_build_filename (data, "matinee", NULL);
  g_autofree char *file = g_build_filename (folder, "history.db", NULL);
  g_autofree char *path = cli_path ("best.npz");

  g_setenv ("XDG_DATA_HOME", data, TRUE);
  {
    g_autoptr (CliRun) first
        = cli_run ("sweep", ratings, "--regularization", "0.5,2", "--factors", "3", "--history", "--json", NULL);
    g_autoptr (CliRun) again
        = cli_run ("sweep", ratings, "--regularization", "0.5,2", "--factors", "3", "--history", "--json", NULL);
    g_autoptr (CliRun) both
        = cli_run ("sweep", ratings, "--regularization", "0.5", "--history", "--output", path, NULL);

    g_assert_cmpint (first->status, ==, 0);
    g_assert_cmpstr (first->err, ==, "");
    g_assert_cmpstr (again->out, ==, first->out);
    g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
    cli_assert_fails (both, 2, "--history");
  }
  g_unsetenv ("XDG_DATA_HOME");
  remove_folder (folder);
  g_assert_cmpint (g_rmdir (data), ==, 0);
}

int
main (int argc, char **argv)
{
  cli_test_init (&argc, &argv);
  g_test_add_func ("/cli/sweep/grid", test_grid);
  g_test_add_func ("/cli/sweep/same-as-train", test_same_as_train);
  g_test_add_func ("/cli/sweep/edge", test_edge);
  g_test_add_func ("/cli/sweep/diverging", test_diverging);
  g_test_add_func ("/cli/sweep/no-test", test_no_test);
  g_test_add_func ("/cli/sweep/stop", test_stop);
  g_test_add_func ("/cli/sweep/history", test_history);
  return cli_test_run ();
}
