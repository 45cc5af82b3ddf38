/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "cli-run.h"

/* Models that train saves: what info says of them, and training on from them. */

static void
test_info (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autofree char *titles = cli_write_titles ("movies.csv", 24);
  g_autofree char *path = cli_path ("any-name-will-do");
  g_autoptr (CliRun) train = cli_run ("train", ratings, "--movies", titles, "--output", path, "--factors", "3",
                                      "--iterations", "2", "--seed", "5", "--json", NULL);
  g_autoptr (CliRun) info = cli_run ("info", path, "--json", NULL);
  g_autoptr (CliRun) people = cli_run ("info", path, NULL);
  g_autoptr (GPtrArray) trained = cli_run_events (train);
  g_autoptr (GPtrArray) events = cli_run_events (info);
  JsonObject *done = cli_find_event (trained, "done");
  JsonObject *saved = cli_find_event (trained, "saved");
  JsonObject *model = cli_find_event (events, "model");
  JsonObject *params = json_object_get_object_member (model, "parameters");

  g_assert_cmpstr (json_object_get_string_member (saved, "model"), ==, path);
  g_assert_cmpint (json_object_get_int_member (saved, "bytes"), >, 1000);
  g_assert_cmpint (json_object_get_int_member (model, "users"), ==, 30);
  g_assert_cmpint (json_object_get_int_member (model, "movies"), ==, 24);
  g_assert_cmpint (json_object_get_int_member (model, "factors"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (model, "ratings"), ==, 480);
  g_assert_cmpint (json_object_get_int_member (model, "titles"), ==, 24);
  g_assert_cmpstr (json_object_get_string_member (model, "data"), ==, "ratings.csv");
  g_assert_cmpstr (json_object_get_string_member (model, "split"), ==, "random");
  g_assert_cmpstr (json_object_get_string_member (model, "reason"), ==, json_object_get_string_member (done, "reason"));
  g_assert_cmpfloat (json_object_get_double_member (model, "test_rmse"), ==,
                     json_object_get_double_member (done, "test_rmse"));
  g_assert_cmpfloat (json_object_get_double_member (model, "train_rmse_clipped"), ==,
                     json_object_get_double_member (done, "train_rmse_clipped"));
  g_assert_true (g_str_has_prefix (json_object_get_string_member (model, "program"), "Matinee "));
  g_assert_true (g_str_has_prefix (json_object_get_string_member (model, "saved"), "20"));
  g_assert_cmpstr (json_object_get_string_member (params, "solver"), ==, "exact");
  g_assert_cmpint (json_object_get_int_member (params, "seed"), ==, 5);
  g_assert_cmpint (people->status, ==, 0);
  g_assert_nonnull (strstr (people->out, "iterations 2"));
  g_assert_nonnull (strstr (people->out, "ratings.csv"));
}

static void
test_info_ignores_titles (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autofree char *titles = cli_write_titles ("movies.csv", 24);
  g_autofree char *model = cli_train ("model.npz", ratings, titles);
  g_autoptr (CliRun) run = cli_run ("info", model, "--movies", titles, NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err, "note: --movies"));
}

static void
test_goes_on (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autofree char *path = cli_path ("model.npz");
  g_autoptr (CliRun) first
      = cli_run ("train", ratings, "--tolerance", "0", "--iterations", "3", "--factors", "4", "--output", path, NULL);
  g_autoptr (CliRun) second
      = cli_run ("train", ratings, "--tolerance", "0", "--iterations", "2", "--start-from", path, "--json", NULL);
  g_autoptr (CliRun) whole
      = cli_run ("train", ratings, "--tolerance", "0", "--iterations", "5", "--factors", "4", "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (second);
  g_autoptr (GPtrArray) expected = cli_run_events (whole);
  JsonObject *start = cli_find_event (events, "start");

  g_assert_cmpint (first->status, ==, 0);
  g_assert_cmpstr (second->err, ==, "");
  g_assert_cmpint (json_object_get_int_member (start, "users"), ==, 30);
  g_assert_cmpint (json_object_get_int_member (start, "movies"), ==, 24);
  g_assert_cmpint (json_object_get_int_member (start, "new_users"), ==, 0);
  g_assert_cmpfloat (json_object_get_double_member (cli_find_event (events, "done"), "test_rmse"), ==,
                     json_object_get_double_member (cli_find_event (expected, "done"), "test_rmse"));
}

/* More users and films than the model knows, and a split that it has not seen. */
static void
test_new_data (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autofree char *more = cli_write_ratings ("more.csv", 40, 30);
  g_autofree char *model = cli_train ("model.npz", ratings, NULL);
  g_autoptr (CliRun) run = cli_run ("train", more, "--start-from", model, "--output", model, "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  g_autoptr (CliRun) info = cli_run ("info", model, "--json", NULL);
  g_autoptr (GPtrArray) known = cli_run_events (info);
  JsonObject *start = cli_find_event (events, "start");

  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err, "held out now"));
  g_assert_cmpint (json_object_get_int_member (start, "users"), ==, 30);
  g_assert_cmpint (json_object_get_int_member (start, "new_users"), ==, 10);
  g_assert_cmpint (json_object_get_int_member (start, "new_movies"), ==, 6);
  g_assert_cmpint (json_object_get_int_member (known->pdata[0], "users"), ==, 40);
}

static void
test_strangers (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autofree char *others = cli_write ("others.csv", "userId,movieId,rating\na,x,3\na,y,4\nb,x,5\nb,z,1\n");
  g_autofree char *model = cli_train ("model.npz", ratings, NULL);
  g_autoptr (CliRun) run = cli_run ("train", others, "--start-from", model, "--json", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err, "fresh start"));
}

static void
test_other_factors (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autofree char *model = cli_train ("model.npz", ratings, NULL);
  g_autoptr (CliRun) run = cli_run ("train", ratings, "--start-from", model, "--factors", "5", "--json", NULL);

  cli_assert_fails (run, 1, "has 4 factors, and 5 were asked for");
  g_assert_cmpstr (run->out, ==, "");
}

/* What diverges is told as ever, and what was learnt before is kept. */
static void
test_diverged (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 100, 60);
  g_autofree char *path = cli_path ("diverged.npz");
  g_autoptr (CliRun) run = cli_run ("train", ratings, "--solver", "gradient", "--learning-rate", "0.9", "--iterations",
                                    "500", "--output", path, "--json", NULL);
  g_autoptr (CliRun) info = cli_run ("info", path, "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (info);

  cli_assert_fails (run, 1, "learning rate");
  g_assert_cmpstr (json_object_get_string_member (events->pdata[0], "reason"), ==, "diverged");
}

static void
test_output_is_checked_first (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autofree char *before = cli_read (ratings);
  g_autofree char *nowhere = cli_path ("no-such-folder/model.npz");
  g_autofree char *after = NULL;
  g_autoptr (CliRun) lost = cli_run ("train", ratings, "--output", nowhere, "--json", NULL);
  g_autoptr (CliRun) folder = cli_run ("train", ratings, "--output", cli_folder (), "--json", NULL);
  g_autoptr (CliRun) same = cli_run ("train", ratings, "--output", ratings, "--json", NULL);

  cli_assert_fails (lost, 1, "can’t be saved");
  cli_assert_fails (folder, 1, "can’t be saved");
  cli_assert_fails (same, 2, "would replace");
  g_assert_cmpstr (lost->out, ==, "");
  g_assert_cmpstr (same->out, ==, "");
  after = cli_read (ratings);
  g_assert_cmpstr (before, ==, after);
}

static void
test_broken_models (void)
{
  static const char *const commands[] = { "recommend", "similar", "evaluate" };
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autofree char *model = cli_train ("model.npz", ratings, NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *missing = cli_path ("missing.npz");
  gsize length;

  g_assert_true (g_file_get_contents (model, &bytes, &length, NULL));
  cut = cli_write_bytes ("cut.npz", bytes, (gssize) length / 2);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *option = i == 0 ? "--user" : i == 1 ? "--movie" : "--at";
      g_autoptr (CliRun) text = cli_run (commands[i], ratings, option, "1", NULL);
      g_autoptr (CliRun) half = cli_run (commands[i], cut, option, "1", NULL);
      g_autoptr (CliRun) none = cli_run (commands[i], missing, option, "1", NULL);

      cli_assert_fails (text, 1, "can’t be opened as a model");
      cli_assert_fails (half, 1, "cut.npz");
      cli_assert_fails (none, 1, "missing.npz");
    }
}

int
main (int argc, char **argv)
{
  cli_test_init (&argc, &argv);
  g_test_add_func ("/cli/model/info", test_info);
  g_test_add_func ("/cli/model/info-ignores-titles", test_info_ignores_titles);
  g_test_add_func ("/cli/model/goes-on", test_goes_on);
  g_test_add_func ("/cli/model/new-data", test_new_data);
  g_test_add_func ("/cli/model/strangers", test_strangers);
  g_test_add_func ("/cli/model/other-factors", test_other_factors);
  g_test_add_func ("/cli/model/diverged", test_diverged);
  g_test_add_func ("/cli/model/output-is-checked-first", test_output_is_checked_first);
  g_test_add_func ("/cli/model/broken", test_broken_models);
  return cli_test_run ();
}
