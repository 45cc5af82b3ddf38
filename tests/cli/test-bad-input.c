/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli-run.h"

/* Files that can't be used: exit status 1 and one line that says where and why. */

typedef struct
{
  const char *name;
  const char *contents;
  /* What the message must hold beside the file's name. */
  const char *message;
} BadFile;

static const BadFile bad_files[] = {
  { "empty", "", "empty" },
  { "header-only", "userId,movieId,rating\n", "no rating" },
  { "missing-column", "userId,rating\n1,3\n", "movieId" },
  { "titles-as-ratings", "movieId,title,genres\n1,Sunrise (1927),Drama\n", "titles" },
  { "text-for-number", "userId,movieId,rating\n1,1,3\n1,2,good\n", "good" },
  { "nan", "userId,movieId,rating\n1,1,nan\n", "nan" },
  { "infinite", "userId,movieId,rating\n1,1,3\n1,2,inf\n", "inf" },
  { "cut", "userId,movieId,rating\n1,1,3\n1,2", "3" },
  { "empty-field", "userId,movieId,rating\n1,1,3\n1,,4\n", "3" },
};

static void
test_bad_ratings (gconstpointer data)
{
  const BadFile *file = data;
  g_autofree char *path = cli_write (file->name, file->contents);
  g_autoptr (CliRun) train = cli_run ("train", path, "--json", NULL);
  g_autoptr (CliRun) info = cli_run ("info", path, NULL);

  cli_assert_fails (train, 1, file->message);
  cli_assert_fails (info, 1, file->message);
  g_assert_nonnull (strstr (train->err, file->name));
  g_assert_cmpstr (train->out, ==, "");
}

static void
test_ratings_as_titles (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 10, 10);
  g_autoptr (CliRun) run = cli_run ("train", ratings, "--movies", ratings, NULL);

  cli_assert_fails (run, 1, "title");
  g_assert_cmpstr (run->out, ==, "");
}

static void
test_folder (void)
{
  g_autoptr (CliRun) run = cli_run ("train", cli_folder (), NULL);
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 10, 10);
  g_autoptr (CliRun) titles = cli_run ("info", ratings, "--movies", cli_folder (), NULL);

  cli_assert_fails (run, 1, "folder");
  cli_assert_fails (titles, 1, "folder");
}

static void
test_missing (void)
{
  g_autofree char *path = cli_path ("missing.csv");
  g_autoptr (CliRun) run = cli_run ("train", path, NULL);

  cli_assert_fails (run, 1, "missing.csv");
}

static void
test_unreadable (void)
{
  g_autofree char *path = cli_write_ratings ("unreadable.csv", 10, 10);

  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  if (access (path, R_OK) == 0)
    g_test_skip ("the superuser can read every file");
  else
    {
      g_autoptr (CliRun) run = cli_run ("train", path, NULL);

      cli_assert_fails (run, 1, "unreadable.csv");
    }
}

static void
test_zeros (void)
{
  g_autofree char *zeros = g_malloc0 (1 << 20);
  g_autofree char *path = cli_write_bytes ("zeros.csv", zeros, 1 << 20);
  g_autoptr (CliRun) run = cli_run ("train", path, NULL);

  cli_assert_fails (run, 1, "zeros.csv");
}

static void
test_unknown_user (void)
{
  g_autofree char *path = cli_write_ratings ("ratings.csv", 10, 10);
  g_autoptr (CliRun) run = cli_run ("train", path, "--json", "--user", "nobody", NULL);

  cli_assert_fails (run, 1, "“nobody”");
  /* It is said before any work is done. */
  g_assert_cmpstr (run->out, ==, "");
}

static void
test_diverging (void)
{
  g_autofree char *path = cli_write_ratings ("ratings.csv", 100, 60);
  g_autoptr (CliRun) run = cli_run ("train", path, "--solver", "gradient", "--learning-rate", "0.9", "--iterations",
                                    "500", "--user", "1", "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  JsonObject *done = events->pdata[events->len - 1];

  cli_assert_fails (run, 1, "learning rate");
  g_assert_cmpstr (json_object_get_string_member (done, "event"), ==, "done");
  g_assert_cmpstr (json_object_get_string_member (done, "reason"), ==, "diverged");
  g_assert_cmpint (json_object_get_int_member (done, "iterations"), <, 500);
}

static void
limit_memory_cb (gpointer data)
{
  const struct rlimit limit = { .rlim_cur = (rlim_t) 600 << 20, .rlim_max = (rlim_t) 600 << 20 };

  setrlimit (RLIMIT_AS, &limit);
}

/* 200 000 users with 512 factors take about 800 MB, twice. */
static void
test_memory (void)
{
  g_autoptr (GString) text = g_string_new ("userId,movieId,rating\n");
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (CliRun) run = g_new0 (CliRun, 1);

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the address sanitizer needs more address space than there is");
  return;
#endif
  for (guint u = 0; u < 200000; u++)
    g_string_append_printf (text, "%u,%u,%u\n", u, u % 7, u % 5 + 1);
  path = cli_write ("many-users.csv", text->str);
  g_subprocess_launcher_set_child_setup (launcher, limit_memory_cb, NULL, NULL);
  process = g_subprocess_launcher_spawn (launcher, &error, cli_program (), "train", path, "--factors", "512",
                                         "--threads", "1", "--json", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &run->out, &run->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  run->status = g_subprocess_get_exit_status (process);
  cli_assert_fails (run, 1, "memory");
}

static void
test_generate_memory (void)
{
  g_autofree char *path = cli_path ("too-much");
  g_autoptr (CliRun) run
      = cli_run ("generate", path, "--users", "1000000000", "--movies", "1000", "--ratings", "900000000000", NULL);

  cli_assert_fails (run, 1, "memory");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  cli_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (bad_files); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/bad-input/ratings/", bad_files[i].name, NULL);

      g_test_add_data_func (path, &bad_files[i], test_bad_ratings);
    }
  g_test_add_func ("/cli/bad-input/ratings-as-titles", test_ratings_as_titles);
  g_test_add_func ("/cli/bad-input/folder", test_folder);
  g_test_add_func ("/cli/bad-input/missing", test_missing);
  g_test_add_func ("/cli/bad-input/unreadable", test_unreadable);
  g_test_add_func ("/cli/bad-input/zeros", test_zeros);
  g_test_add_func ("/cli/bad-input/unknown-user", test_unknown_user);
  g_test_add_func ("/cli/bad-input/diverging", test_diverging);
  g_test_add_func ("/cli/bad-input/memory", test_memory);
  g_test_add_func ("/cli/bad-input/generate-memory", test_generate_memory);
  return cli_test_run ();
}
