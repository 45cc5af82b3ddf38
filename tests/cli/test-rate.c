/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli-run.h"

/* Recommendations for somebody whom the model does not know. */

static char *model;

static void
test_taste (void)
{
  g_autofree char *mine = cli_write ("mine.csv", "movieId,rating\n20,5\n40,5\n60,5\n10,1\n30,1\n999,3\n20,4.5\n");
  g_autoptr (CliRun) run = cli_run ("rate", mine, "--model", model, "--top", "4", "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  JsonObject *person = cli_find_event (events, "person");

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (json_object_get_int_member (person, "ratings"), ==, 6);
  g_assert_cmpint (json_object_get_int_member (person, "known"), ==, 5);
  g_assert_cmpint (json_object_get_int_member (person, "unknown"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (person, "duplicates"), ==, 1);
  g_assert_true (json_object_get_null_member (person, "user"));
  g_assert_cmpuint (cli_count_events (events, "recommendation"), ==, 4);
  /* Who likes even films is shown even films, and none of those rated. */
  for (guint i = 1; i <= 4; i++)
    {
      gint64 movie = g_ascii_strtoll (json_object_get_string_member (events->pdata[i], "movie"), NULL, 10) / 10;

      g_assert_cmpint (movie % 2, ==, 0);
      g_assert_cmpint (movie, >, 6);
    }
}

static void
test_explain (void)
{
  g_autofree char *mine = cli_write ("mine.csv", "userId,movieId,rating\nme,20,5\nme,10,1\n");
  g_autoptr (CliRun) run = cli_run ("rate", mine, "--model", model, "--top", "1", "--explain", "--json", NULL);
  g_autoptr (CliRun) people = cli_run ("rate", mine, "--model", model, "--top", "1", "--explain", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  JsonObject *reason = cli_find_event (events, "explanation");
  JsonArray *parts = json_object_get_array_member (reason, "contributions");
  double sum = json_object_get_double_member (reason, "mean") + json_object_get_double_member (reason, "user_bias")
               + json_object_get_double_member (reason, "movie_bias");

  g_assert_cmpstr (json_object_get_string_member (reason, "user"), ==, "me");
  g_assert_cmpuint (json_array_get_length (parts), ==, 2);
  for (guint i = 0; i < 2; i++)
    sum += json_object_get_double_member (json_array_get_object_element (parts, i), "amount");
  g_assert_cmpfloat_with_epsilon (
      sum, json_object_get_double_member (cli_find_event (events, "recommendation"), "score"), 1e-4);
  g_assert_nonnull (strstr (people->out, "5 given to Sunrise"));
}

static void
test_all_rated (void)
{
  g_autofree char *mine = cli_write ("mine.csv", "movieId,rating\n20,5\n");
  g_autoptr (CliRun) run = cli_run ("rate", mine, "--model", model, "--year-from", "1999", NULL);
  g_autoptr (CliRun) all = cli_run ("rate", mine, "--model", model, "--include-rated", "--top", "99", "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (all);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->out, "Loosen --year-from/--year-to"));
  g_assert_cmpuint (cli_count_events (events, "recommendation"), ==, 24);
}

static void
test_none_known (void)
{
  g_autofree char *mine = cli_write ("mine.csv", "movieId,rating\n1,5\n2,9\n");
  g_autoptr (CliRun) run = cli_run ("rate", mine, "--model", model, "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err, "none of these films"));
  g_assert_nonnull (strstr (run->err, "outside the model’s scale"));
  g_assert_cmpint (json_object_get_int_member (events->pdata[0], "unknown"), ==, 2);
  g_assert_cmpuint (cli_count_events (events, "recommendation"), ==, 10);
}

static void
test_bad_files (void)
{
  g_autofree char *two = cli_write ("two.csv", "userId,movieId,rating\n1,20,5\n2,20,4\n");
  g_autofree char *text = cli_write ("text.csv", "movieId,rating\n20,great\n");
  g_autofree char *good = cli_write ("mine.csv", "movieId,rating\n20,5\n");
  g_autofree char *missing = cli_path ("missing.csv");
  g_autoptr (CliRun) users = cli_run ("rate", two, "--model", model, "--json", NULL);
  g_autoptr (CliRun) words = cli_run ("rate", text, "--model", model, "--json", NULL);
  g_autoptr (CliRun) lost = cli_run ("rate", missing, "--model", model, "--json", NULL);
  g_autoptr (CliRun) swapped = cli_run ("rate", model, "--model", good, "--json", NULL);

  cli_assert_fails (users, 1, "two.csv, line 3");
  cli_assert_fails (words, 1, "“great”");
  cli_assert_fails (lost, 1, "missing.csv");
  cli_assert_fails (swapped, 1, "model.npz");
}

int
main (int argc, char **argv)
{
  int status;

  cli_test_init (&argc, &argv);
  model = cli_make_model (60);
  g_test_add_func ("/cli/rate/taste", test_taste);
  g_test_add_func ("/cli/rate/explain", test_explain);
  g_test_add_func ("/cli/rate/all-rated", test_all_rated);
  g_test_add_func ("/cli/rate/none-known", test_none_known);
  g_test_add_func ("/cli/rate/bad-files", test_bad_files);
  status = cli_test_run ();
  g_free (model);
  return status;
}
