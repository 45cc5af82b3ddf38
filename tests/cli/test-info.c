/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli-run.h"

/* What info counts. */

static const char *const members[] = { "users",
                                       "movies",
                                       "ratings",
                                       "density",
                                       "mean",
                                       "low",
                                       "high",
                                       "step",
                                       "duplicates",
                                       "times",
                                       "user_ids",
                                       "movie_ids",
                                       "titles",
                                       "duplicate_titles",
                                       "titles_without_ratings",
                                       "movies_without_title",
                                       "ratings_without_title",
                                       "histogram",
                                       "most_rated",
                                       NULL };

static void
test_counts (void)
{
  g_autofree char *ratings = cli_write ("ratings.csv", "userId,movieId,rating\n"
                                                       "1,a,1\n1,b,3\n2,b,5\n3,b,3\n3,c,2\n");
  g_autofree char *titles
      = cli_write ("movies.csv", "movieId,title,genres\n"
                                 "a,Wings (1927),War\nb,\"General, The (1926)\",Comedy\nz,Faust,\n");
  g_autoptr (CliRun) run = cli_run ("info", ratings, "--movies", titles, "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  JsonObject *info = events->pdata[0];
  JsonArray *histogram = json_object_get_array_member (info, "histogram");
  JsonObject *threes = json_array_get_object_element (histogram, 2);
  JsonObject *first = json_array_get_object_element (json_object_get_array_member (info, "most_rated"), 0);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (events->len, ==, 1);
  cli_assert_members (info, "info", members);
  g_assert_cmpint (json_object_get_int_member (info, "users"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (info, "movies"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (info, "ratings"), ==, 5);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (info, "density"), 5.0 / 9.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (info, "mean"), 2.8, 1e-12);
  g_assert_cmpfloat (json_object_get_double_member (info, "low"), ==, 1);
  g_assert_cmpfloat (json_object_get_double_member (info, "high"), ==, 5);
  g_assert_cmpfloat (json_object_get_double_member (info, "step"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (info, "user_ids"), ==, "integer");
  g_assert_cmpstr (json_object_get_string_member (info, "movie_ids"), ==, "text");
  g_assert_cmpint (json_object_get_int_member (info, "titles"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (info, "titles_without_ratings"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (info, "movies_without_title"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (info, "ratings_without_title"), ==, 1);
  g_assert_cmpuint (json_array_get_length (histogram), ==, 4);
  g_assert_cmpfloat (json_object_get_double_member (threes, "low"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (threes, "count"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (first, "title"), ==, "General, The (1926)");
  g_assert_cmpint (json_object_get_int_member (first, "ratings"), ==, 3);
}

static void
test_many_levels (void)
{
  g_autoptr (GString) text = g_string_new ("userId,movieId,rating\n");
  g_autofree char *ratings = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (GPtrArray) events = NULL;
  JsonArray *histogram;
  gint64 sum = 0;

  for (guint i = 0; i <= 1000; i++)
    g_string_append_printf (text, "%u,%u,%u.%02u\n", i % 20, i, i / 100, i % 100);
  ratings = cli_write ("ratings.csv", text->str);
  run = cli_run ("info", ratings, "--json", NULL);
  events = cli_run_events (run);
  histogram = json_object_get_array_member (events->pdata[0], "histogram");
  g_assert_cmpuint (json_array_get_length (histogram), ==, 10);
  for (guint i = 0; i < 10; i++)
    sum += json_object_get_int_member (json_array_get_object_element (histogram, i), "count");
  g_assert_cmpint (sum, ==, 1001);
}

static void
test_for_people (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autofree char *titles = cli_write_titles ("movies.csv", 24);
  g_autoptr (CliRun) run = cli_run ("info", ratings, "-m", titles, NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_nonnull (strstr (run->out, "480"));
  g_assert_nonnull (strstr (run->out, "####"));
  g_assert_nonnull (strstr (run->out, "東京の合唱"));
}

int
main (int argc, char **argv)
{
  cli_test_init (&argc, &argv);
  g_test_add_func ("/cli/info/counts", test_counts);
  g_test_add_func ("/cli/info/many-levels", test_many_levels);
  g_test_add_func ("/cli/info/for-people", test_for_people);
  return cli_test_run ();
}
