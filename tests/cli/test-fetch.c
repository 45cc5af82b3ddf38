/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli-run.h"
#include "movielens-server.h"

/* A set is fetched once its licence is accepted, and what fetch names can be trained on. */

typedef struct
{
  MovieLensServer *server;
  GBytes *archive;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = movielens_server_new ();
  fixture->archive = movielens_archive_ratings ("latest-small", "ml-latest-small", 50);
  fixture->folder = cli_path ("sets");
  movielens_server_put (fixture->server, "ml-latest-small.zip", fixture->archive, "\"raw\"");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  movielens_server_free (fixture->server);
  g_bytes_unref (fixture->archive);
  movielens_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static CliRun *
fetch (Fixture *fixture, const char *name, const char *option, const char *option2)
{
  return cli_run ("fetch", name, "--base-url", movielens_server_get_url (fixture->server), "--folder", fixture->folder,
                  option, option2, NULL);
}

static JsonObject *
last_event (GPtrArray *events)
{
  return events->pdata[events->len - 1];
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliRun) table = cli_run ("fetch", NULL);
  g_autoptr (CliRun) fetched = fetch (fixture, "latest-small", "--accept-licence", NULL);
  g_autoptr (CliRun) json = cli_run ("fetch", "--folder", fixture->folder, "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (json);
  g_autofree char *folder = g_build_filename (fixture->folder, "latest-small", NULL);

  g_assert_cmpint (table->status, ==, 0);
  g_assert_nonnull (strstr (table->out, "latest-small"));
  g_assert_nonnull (strstr (table->out, "25000095"));
  g_assert_cmpint (fetched->status, ==, 0);
  g_assert_cmpuint (events->len, ==, 8);
  cli_assert_members (events->pdata[0], "set",
                      (const char *const[]){ "name", "title", "ratings", "users", "movies", "bytes", "folder", NULL });
  g_assert_cmpstr (json_object_get_string_member (events->pdata[0], "folder"), ==, folder);
  g_assert_true (json_object_get_null_member (events->pdata[1], "folder"));
}

static void
test_train (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliRun) run = fetch (fixture, "ml-latest-small", "--accept-license", "--json");
  g_autoptr (GPtrArray) events = cli_run_events (run);
  JsonObject *event = last_event (events);
  g_autoptr (CliRun) train = NULL;

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  cli_assert_members (event, "fetched", (const char *const[]){ "name", "ratings", "movies", "bytes", "resumed", NULL });
  g_assert_cmpint (json_object_get_int_member (event, "bytes"), ==, (gint64) g_bytes_get_size (fixture->archive));
  train = cli_run ("train", json_object_get_string_member (event, "ratings"), "--movies",
                   json_object_get_string_member (event, "movies"), "--iterations", "1", "--factors", "2", NULL);
  g_assert_cmpint (train->status, ==, 0);
  g_assert_nonnull (strstr (train->out, "150"));
}

static void
test_licence (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliRun) run = fetch (fixture, "latest-small", NULL, NULL);
  g_autoptr (CliRun) json = fetch (fixture, "latest-small", "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (json);

  cli_assert_fails (run, 2, "--accept-licence");
  g_assert_nonnull (strstr (run->out, "The user may redistribute"));
  cli_assert_fails (json, 2, "--accept-licence");
  g_assert_nonnull (strstr (json_object_get_string_member (cli_find_event (events, "licence"), "text"), "endorsement"));
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
}

/* Somebody sits at a terminal and answers. */
static int
answer (Fixture *fixture, const char *text)
{
  const char *argv[] = {
    cli_program (),  "fetch", "latest-small", "--base-url", movielens_server_get_url (fixture->server), "--folder",
    fixture->folder, NULL
  };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  int terminal = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  int inside;

  g_assert_cmpint (grantpt (terminal), ==, 0);
  g_assert_cmpint (unlockpt (terminal), ==, 0);
  inside = open (ptsname (terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (inside, >=, 0);
  g_assert_cmpint (write (terminal, text, strlen (text)), ==, (gssize) strlen (text));
  g_subprocess_launcher_take_stdin_fd (launcher, dup (inside));
  g_subprocess_launcher_take_stderr_fd (launcher, inside);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  close (terminal);
  return g_subprocess_get_exit_status (process);
}

static void
test_question (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (answer (fixture, "\n"), ==, 2);
  g_assert_cmpint (answer (fixture, "no\n"), ==, 2);
  g_assert_cmpint (movielens_server_get_n_archives (fixture->server), ==, 0);
  g_assert_cmpint (answer (fixture, "y\n"), ==, 0);
  g_assert_cmpint (movielens_server_get_n_archives (fixture->server), ==, 1);
}

static void
test_there_already (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliRun) first = fetch (fixture, "latest-small", "--accept-licence", NULL);
  g_autoptr (CliRun) second = fetch (fixture, "latest-small", NULL, NULL);
  g_autoptr (CliRun) again = NULL;

  g_assert_nonnull (strstr (first->out, "downloaded and checked"));
  g_assert_cmpint (second->status, ==, 0);
  g_assert_nonnull (strstr (second->out, "was there already"));
  g_assert_nonnull (strstr (second->out, "ratings.csv"));
  g_assert_cmpuint (movielens_server_get_n_archives (fixture->server), ==, 1);
  again = fetch (fixture, "latest-small", "--accept-licence", "--force");
  g_assert_cmpint (again->status, ==, 0);
  g_assert_cmpuint (movielens_server_get_n_archives (fixture->server), ==, 2);
}

static void
test_wrong_usage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliRun) unknown = cli_run ("fetch", "26m", NULL);
  g_autoptr (CliRun) two = cli_run ("fetch", "1m", "10m", NULL);
  g_autoptr (CliRun) address = cli_run ("fetch", "1m", "--accept-licence", "--folder", fixture->folder, "--base-url",
                                        "ftp://example.org", NULL);

  cli_assert_fails (unknown, 2, "latest-small, 100k");
  cli_assert_fails (two, 2, "10m");
  cli_assert_fails (address, 2, "ftp://example.org");
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    MovieLensMood mood;
    const char *message;
  } failures[] = {
    { MOVIELENS_MISSING, "404" },
    { MOVIELENS_PAGE, "log in" },
    { MOVIELENS_WRONG_SUM, "MD5" },
    { MOVIELENS_CUT, "cut off" },
  };
  g_autoptr (CliRun) rest = NULL;
  g_autoptr (GPtrArray) events = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (CliRun) run = NULL;

      movielens_server_set_mood (fixture->server, failures[i].mood);
      run = fetch (fixture, "latest-small", "--accept-licence", NULL);
      cli_assert_fails (run, 1, failures[i].message);
    }
  /* After the last one, it goes on. */
  movielens_server_set_mood (fixture->server, MOVIELENS_WELL);
  rest = fetch (fixture, "latest-small", "--accept-licence", "--json");
  events = cli_run_events (rest);
  g_assert_cmpint (json_object_get_int_member (last_event (events), "resumed"), ==,
                   (gint64) g_bytes_get_size (fixture->archive) / 2);
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_autofree char *part = g_build_filename (fixture->folder, "ml-latest-small.zip.part", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CliRun) run = g_new0 (CliRun, 1);
  g_autoptr (CliRun) rest = NULL;
  g_autoptr (GSubprocess) process = NULL;

  movielens_server_set_mood (fixture->server, MOVIELENS_STUCK);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error, cli_program (),
                              "fetch", "latest-small", "--accept-licence", "--base-url",
                              movielens_server_get_url (fixture->server), "--folder", fixture->folder, NULL);
  g_assert_no_error (error);
  for (;;)
    {
      g_autoptr (GMappedFile) file = g_mapped_file_new (part, FALSE, NULL);

      if (file != NULL && g_mapped_file_get_length (file) > 0)
        break;
      g_usleep (1000);
    }
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &run->out, &run->err, &error);
  g_assert_no_error (error);
  run->status = g_subprocess_get_exit_status (process);
  cli_assert_fails (run, 1, "goes on from there");
  movielens_server_set_mood (fixture->server, MOVIELENS_WELL);
  rest = fetch (fixture, "latest-small", "--accept-licence", "--json");
  g_assert_cmpint (rest->status, ==, 0);
  g_assert_null (strstr (rest->out, "\"resumed\":0"));
}

int
main (int argc, char **argv)
{
  const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/cli/fetch/list", test_list },
    { "/cli/fetch/train", test_train },
    { "/cli/fetch/licence", test_licence },
    { "/cli/fetch/question", test_question },
    { "/cli/fetch/there-already", test_there_already },
    { "/cli/fetch/wrong-usage", test_wrong_usage },
    { "/cli/fetch/failures", test_failures },
    { "/cli/fetch/stop", test_stop },
  };
  cli_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return cli_test_run ();
}
