/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>

#include "cli-run.h"

/* What bench prints can be relied on, and nothing is left of what it writes. */

static char *temporary;

static void
assert_nothing_left (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (temporary, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (g_dir_read_name (dir), ==, NULL);
}

static CliRun *
run_tiny (const char *option)
{
  return cli_run ("bench", "--users", "60", "--movies", "50", "--ratings", "1500", "--factors", "5", "--threads", "2",
                  "--rounds", "2", option, NULL);
}

static double
get (JsonObject *event, const char *member)
{
  JsonNode *node = json_object_get_member (event, member);

  g_test_message ("%s", member);
  g_assert_nonnull (node);
  return json_node_is_null (node) ? NAN : json_node_get_double (node);
}

static void
assert_ratio (JsonObject *event, const char *ratio, const char *a, const char *b)
{
  double expected = get (event, a) / get (event, b);

  g_assert_cmpfloat_with_epsilon (get (event, ratio), expected, 1e-9 * expected);
}

/* One run is enough for the tests of what it prints. */
static CliRun *json_run;

static CliRun *
get_json_run (void)
{
  if (json_run == NULL)
    json_run = run_tiny ("--json");
  g_assert_cmpint (json_run->status, ==, 0);
  g_assert_cmpstr (json_run->err, ==, "");
  return json_run;
}

static void
test_event (void)
{
  static const char *const positive[] = {
    "sgemm_gflops",   "fma_gflops",      "copy_gbps",        "exact_gflops",    "exact_ratio",       "exact_seconds",
    "exact_users_ms", "exact_movies_ms", "cg_seconds",       "cg_users_ms",     "cg_movies_ms",      "cg_speedup",
    "wc_seconds",     "load_wc_ratio",   "ready_wc_ratio",   "split_seconds",   "top_n_ms",          "all_top_n_ratio",
    "load_seconds",   "ready_seconds",   "evaluate_seconds", "exact_fma_ratio", "all_top_n_seconds",
  };
  g_autoptr (GPtrArray) events = cli_run_events (get_json_run ());
  JsonObject *event = events->pdata[events->len - 1];
  double flops = 2.0 * 1350 * 6 * 7 + (60 + 50) * 125 / 3.0;

  g_assert_cmpstr (json_object_get_string_member (event, "event"), ==, "bench");
  g_assert_cmpint (json_object_get_int_member (event, "users"), ==, 60);
  g_assert_cmpint (json_object_get_int_member (event, "movies"), ==, 50);
  g_assert_cmpint (json_object_get_int_member (event, "ratings"), ==, 1500);
  g_assert_cmpint (json_object_get_int_member (event, "train"), ==, 1350);
  g_assert_cmpint (json_object_get_int_member (event, "factors"), ==, 5);
  g_assert_cmpint (json_object_get_int_member (event, "threads"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (event, "all_top_n_users"), ==, 60);
  for (guint i = 0; i < G_N_ELEMENTS (positive); i++)
    g_assert_cmpfloat (get (event, positive[i]), >, 0);
  g_assert_cmpfloat_with_epsilon (get (event, "exact_gflops") * get (event, "exact_seconds"), flops * 1e-9,
                                  flops * 1e-15);
  assert_ratio (event, "exact_ratio", "exact_gflops", "sgemm_gflops");
  assert_ratio (event, "cg_speedup", "exact_seconds", "cg_seconds");
  assert_ratio (event, "load_wc_ratio", "load_seconds", "wc_seconds");
  assert_ratio (event, "ready_wc_ratio", "ready_seconds", "wc_seconds");
  g_assert_cmpfloat (get (event, "load_seconds"), <=, get (event, "ready_seconds"));
  assert_nothing_left ();
}

static void
test_timings (void)
{
  g_autoptr (GPtrArray) events = cli_run_events (get_json_run ());

  g_assert_cmpuint (events->len, >, 10);
  for (guint i = 0; i + 1 < events->len; i++)
    {
      JsonObject *event = events->pdata[i];

      g_assert_cmpstr (json_object_get_string_member (event, "event"), ==, "timing");
      g_assert_cmpint (json_object_get_int_member (event, "runs"), >=, 2);
      g_assert_cmpfloat (get (event, "median"), >=, get (event, "seconds"));
    }
}

/* Memory is that of a small process: not of what made the ratings, nor unknown where
 * the system tells. */
static void
test_memory (void)
{
  g_autoptr (GPtrArray) events = cli_run_events (get_json_run ());
  double peak = get (events->pdata[events->len - 1], "peak_rss_mb");

  if (!g_file_test ("/proc/self/status", G_FILE_TEST_EXISTS))
    {
      g_assert_true (isnan (peak));
      return;
    }
  g_assert_cmpfloat (peak, >, 1);
  g_assert_cmpfloat (peak, <, 2000);
}

static void
test_table (void)
{
  g_autoptr (CliRun) run = run_tiny ("--kernels=portable");

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_nonnull (strstr (run->out, "sgemm"));
  g_assert_nonnull (strstr (run->out, "portable"));
  g_assert_nonnull (strstr (run->out, "Median"));
  g_assert_null (strstr (run->out, "nan"));
  assert_nothing_left ();
}

static void
test_wrong_usage (void)
{
  static const struct
  {
    const char *option;
    const char *message;
  } wrong[] = {
    { "--users=0", "--users" },       { "--movies=many", "--movies" },  { "--ratings=1000000001", "ratings" },
    { "--ratings=2.5", "--ratings" }, { "--factors=513", "--factors" }, { "--factors=0", "--factors" },
    { "--threads=0", "--threads" },   { "--rounds=0", "--rounds" },     { "--kernels=abacus", "portable" },
    { "--speed=full", "--speed" },    { "ratings.csv", "ratings.csv" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (CliRun) run = cli_run ("bench", wrong[i].option, NULL);

      cli_assert_fails (run, 2, wrong[i].message);
    }
  assert_nothing_left ();
}

static void
test_no_folder (void)
{
  g_autofree char *missing = cli_path ("missing");
  g_autoptr (CliRun) run = NULL;

  g_setenv ("TMPDIR", missing, TRUE);
  run = run_tiny ("--json");
  g_setenv ("TMPDIR", temporary, TRUE);
  cli_assert_fails (run, 1, "missing");
}

static gboolean
is_writing (void)
{
  g_autoptr (GDir) dir = g_dir_open (temporary, 0, NULL);

  return g_dir_read_name (dir) != NULL;
}

/* Ctrl+C at different times: the file is gone, and it does not take long. */
static void
test_interrupt (gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error, cli_program (),
                          "bench", "--rounds", "64", "--threads", "1", NULL);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  g_assert_no_error (error);
  while (!is_writing ())
    g_usleep (1000);
  g_usleep (GPOINTER_TO_UINT (data) * 1000);
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_cmpstr (out, ==, "");
  g_assert_nonnull (strstr (err, "matinee-cli: "));
  assert_nothing_left ();
}

int
main (int argc, char **argv)
{
  int status;

  cli_test_init (&argc, &argv);
  temporary = cli_path ("temporary");
  g_assert_cmpint (g_mkdir (temporary, 0700), ==, 0);
  g_setenv ("TMPDIR", temporary, TRUE);
  g_test_add_func ("/cli/bench/event", test_event);
  g_test_add_func ("/cli/bench/timings", test_timings);
  g_test_add_func ("/cli/bench/memory", test_memory);
  g_test_add_func ("/cli/bench/table", test_table);
  g_test_add_func ("/cli/bench/wrong-usage", test_wrong_usage);
  g_test_add_func ("/cli/bench/no-folder", test_no_folder);
  g_test_add_data_func ("/cli/bench/interrupt/writing", GUINT_TO_POINTER (0), test_interrupt);
  g_test_add_data_func ("/cli/bench/interrupt/later", GUINT_TO_POINTER (400), test_interrupt);
  g_test_add_data_func ("/cli/bench/interrupt/measuring", GUINT_TO_POINTER (2000), test_interrupt);
  status = cli_test_run ();
  g_clear_pointer (&json_run, cli_run_free);
  g_free (temporary);
  return status;
}
