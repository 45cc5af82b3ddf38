/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "cli-run.h"

/* What generate writes can be read, trained on, and is what was asked for. */

static char *
read_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  return contents;
}

static void
remove_generated (const char *folder)
{
  static const char *const names[] = { "ratings.csv", "movies.csv", "README.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_round_trip (void)
{
  g_autofree char *folder = cli_path ("made");
  g_autofree char *ratings = g_build_filename (folder, "ratings.csv", NULL);
  g_autofree char *titles = g_build_filename (folder, "movies.csv", NULL);
  g_autoptr (CliRun) made = cli_run ("generate", folder, "--users", "200", "--movies", "120", "--ratings", "8000",
                                     "--factors", "2", "--noise", "0.4", "--seed", "7", "--json", NULL);
  g_autoptr (CliRun) info = cli_run ("info", ratings, "--movies", titles, "--json", NULL);
  g_autoptr (CliRun) train = cli_run ("train", ratings, "--movies", titles, "--factors", "2", "--json", NULL);
  g_autoptr (GPtrArray) made_events = cli_run_events (made);
  g_autoptr (GPtrArray) info_events = cli_run_events (info);
  g_autoptr (GPtrArray) train_events = cli_run_events (train);
  g_autofree char *readme = read_file (folder, "README.txt");
  JsonObject *event = made_events->pdata[0];
  double floor = json_object_get_double_member (event, "noise_floor");
  double rmse = json_object_get_double_member (train_events->pdata[train_events->len - 1], "test_rmse");
  g_autofree char *floor_text = g_strdup_printf ("%.4f", floor);

  g_assert_cmpint (made->status, ==, 0);
  g_assert_cmpint (info->status, ==, 0);
  g_assert_cmpint (train->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (event, "event"), ==, "generated");
  g_assert_cmpint (json_object_get_int_member (event, "seed"), ==, 7);
  g_assert_cmpint (json_object_get_int_member (info_events->pdata[0], "users"), ==, 200);
  g_assert_cmpint (json_object_get_int_member (info_events->pdata[0], "ratings"), ==, 8000);
  g_assert_cmpint (json_object_get_int_member (info_events->pdata[0], "movies_without_title"), ==, 0);
  g_assert_cmpfloat (json_object_get_double_member (info_events->pdata[0], "low"), ==, 0.5);
  g_assert_cmpfloat (json_object_get_double_member (info_events->pdata[0], "high"), ==, 5.0);
  /* The noise, and what rounding to half stars adds. */
  g_assert_cmpfloat_with_epsilon (floor, 0.4, 0.1);
  g_assert_cmpfloat (rmse, >, floor);
  g_assert_cmpfloat (rmse, <, 1.8 * floor);
  g_assert_nonnull (strstr (readme, "synthetic"));
  g_assert_nonnull (strstr (readme, "--seed 7"));
  g_assert_nonnull (strstr (readme, "--noise 0.4"));
  g_assert_nonnull (strstr (readme, floor_text));
  remove_generated (folder);
}

static void
test_same_seed_same_bytes (void)
{
  g_autofree char *folder = cli_path ("made");
  g_autoptr (CliRun) one = cli_run ("generate", folder, "--users", "50", "--movies", "40", "--ratings", "500", NULL);
  g_autofree char *first = read_file (folder, "ratings.csv");
  g_autoptr (CliRun) two
      = cli_run ("generate", folder, "--users", "50", "--movies", "40", "--ratings", "500", "--force", NULL);
  g_autofree char *second = read_file (folder, "ratings.csv");
  g_autoptr (CliRun) three = cli_run ("generate", folder, "--users", "50", "--movies", "40", "--ratings", "500",
                                      "--seed", "2", "--force", NULL);
  g_autofree char *third = read_file (folder, "ratings.csv");

  g_assert_cmpint (one->status, ==, 0);
  g_assert_cmpint (two->status, ==, 0);
  g_assert_cmpint (three->status, ==, 0);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, third);
  remove_generated (folder);
}

static void
test_keeps_files (void)
{
  g_autofree char *path = cli_write ("movies.csv", "mine");
  g_autoptr (CliRun) run = cli_run ("generate", cli_folder (), NULL);
  g_autofree char *kept = read_file (cli_folder (), "movies.csv");
  g_autofree char *ratings = cli_path ("ratings.csv");

  cli_assert_fails (run, 1, "--force");
  g_assert_cmpstr (kept, ==, "mine");
  g_assert_false (g_file_test (ratings, G_FILE_TEST_EXISTS));
}

static void
test_folder_is_file (void)
{
  g_autofree char *path = cli_write ("file", "mine");
  g_autoptr (CliRun) run = cli_run ("generate", path, NULL);

  cli_assert_fails (run, 1, "file");
}

static void
test_sample (void)
{
  g_autofree char *folder = cli_path ("made");
  g_autofree char *ratings = g_build_filename (folder, "ratings.csv", NULL);
  g_autofree char *titles = g_build_filename (folder, "movies.csv", NULL);
  g_autoptr (CliRun) made = cli_run ("generate", folder, NULL);
  g_autoptr (CliRun) info = cli_run ("info", ratings, "--movies", titles, "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (info);

  g_assert_cmpint (made->status, ==, 0);
  g_assert_cmpint (json_object_get_int_member (events->pdata[0], "users"), ==, 600);
  g_assert_cmpint (json_object_get_int_member (events->pdata[0], "titles"), ==, 400);
  remove_generated (folder);
}

int
main (int argc, char **argv)
{
  cli_test_init (&argc, &argv);
  g_test_add_func ("/cli/generate/round-trip", test_round_trip);
  g_test_add_func ("/cli/generate/same-seed-same-bytes", test_same_seed_same_bytes);
  g_test_add_func ("/cli/generate/keeps-files", test_keeps_files);
  g_test_add_func ("/cli/generate/folder-is-file", test_folder_is_file);
  g_test_add_func ("/cli/generate/sample", test_sample);
  return cli_test_run ();
}
