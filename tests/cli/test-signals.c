/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli-run.h"

/* Ctrl+C keeps the model, and output that nobody reads ends the work. */

/* Starts a training that would take very long. */
static GSubprocess *
start_long_training (const char *ratings)
{
  g_autofree char *model = cli_path ("stopped.npz");
  g_autoptr (GError) error = NULL;
  GSubprocess *process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error, cli_program (),
                          "train", ratings, "--iterations", "10000", "--tolerance", "0", "--factors", "200", "--output",
                          model, "--user", "3", "--top", "2", "--json", NULL);

  g_assert_no_error (error);
  return process;
}

/* Waits for the start of the training, which is when Ctrl+C keeps a model. */
static char *
read_until_iteration (GSubprocess *process)
{
  GInputStream *stream = g_subprocess_get_stdout_pipe (process);
  GString *text = g_string_new (NULL);

  while (strstr (text->str, "\"iteration\":1,") == NULL)
    {
      char byte;
      g_autoptr (GError) error = NULL;
      gssize n = g_input_stream_read (stream, &byte, 1, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpint (n, ==, 1);
      g_string_append_c (text, byte);
    }
  return g_string_free (text, FALSE);
}

static void
test_stop (gconstpointer data)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 200, 150);
  g_autoptr (GSubprocess) process = start_long_training (ratings);
  g_autofree char *first = read_until_iteration (process);
  g_autofree char *rest = NULL;
  g_autoptr (CliRun) run = g_new0 (CliRun, 1);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *model = cli_path ("stopped.npz");
  g_autoptr (CliRun) info = NULL;
  JsonObject *done;

  g_subprocess_send_signal (process, GPOINTER_TO_INT (data));
  g_subprocess_communicate_utf8 (process, NULL, NULL, &rest, &run->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  run->out = g_strconcat (first, rest, NULL);
  events = cli_run_events (run);
  g_assert_cmpuint (events->len, >, 5);
  done = events->pdata[events->len - 4];
  g_assert_cmpstr (json_object_get_string_member (done, "event"), ==, "done");
  g_assert_cmpstr (json_object_get_string_member (done, "reason"), ==, "cancelled");
  g_assert_cmpint (json_object_get_int_member (done, "iterations"), <, 10000);
  g_assert_cmpstr (json_object_get_string_member (events->pdata[events->len - 3], "event"), ==, "saved");
  for (guint i = events->len - 2; i < events->len; i++)
    g_assert_cmpstr (json_object_get_string_member (events->pdata[i], "event"), ==, "recommendation");
  /* What Ctrl+C kept can be asked. */
  info = cli_run ("info", model, "--json", NULL);
  g_assert_cmpint (info->status, ==, 0);
  g_assert_nonnull (strstr (info->out, "\"reason\":\"cancelled\""));
}

/* The reader goes away in the middle, as in “matinee-cli … | head -3”. */
static void
test_reader_gone (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 200, 150);
  g_autoptr (GSubprocess) process = start_long_training (ratings);
  g_autofree char *first = read_until_iteration (process);
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  g_input_stream_close (g_subprocess_get_stdout_pipe (process), NULL, &error);
  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
}

static void
close_stdout_cb (gpointer data)
{
  close (STDOUT_FILENO);
}

static CliRun *
run_with_setup (GSpawnChildSetupFunc setup, const char *const *argv)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  CliRun *run = g_new0 (CliRun, 1);

  g_subprocess_launcher_set_child_setup (launcher, setup, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &run->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  run->status = g_subprocess_get_exit_status (process);
  return run;
}

static void
test_closed_output (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 20);
  const char *const version[] = { cli_program (), "--version", NULL };
  const char *const train[] = { cli_program (), "train", ratings, NULL };
  g_autoptr (CliRun) short_run = run_with_setup (close_stdout_cb, version);
  g_autoptr (CliRun) long_run = run_with_setup (close_stdout_cb, train);

  g_assert_cmpint (short_run->status, ==, 1);
  g_assert_cmpstr (short_run->err, ==, "");
  g_assert_cmpint (long_run->status, ==, 1);
  g_assert_cmpstr (long_run->err, ==, "");
}

static void
fill_stdout_cb (gpointer data)
{
  int full = open ("/dev/full", O_WRONLY);

  dup2 (full, STDOUT_FILENO);
}

static void
test_full_disk (void)
{
  const char *const argv[] = { cli_program (), "--version", NULL };
  g_autoptr (CliRun) run = NULL;

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there is no /dev/full");
      return;
    }
  run = run_with_setup (fill_stdout_cb, argv);
  cli_assert_fails (run, 1, "output");
}

int
main (int argc, char **argv)
{
  cli_test_init (&argc, &argv);
  g_test_add_data_func ("/cli/signals/interrupt", GINT_TO_POINTER (SIGINT), test_stop);
  g_test_add_data_func ("/cli/signals/terminate", GINT_TO_POINTER (SIGTERM), test_stop);
  g_test_add_func ("/cli/output/reader-gone", test_reader_gone);
  g_test_add_func ("/cli/output/closed", test_closed_output);
  g_test_add_func ("/cli/output/full-disk", test_full_disk);
  return cli_test_run ();
}
