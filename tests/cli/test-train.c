/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "cli-run.h"

/* What train says about data that are right, and what it makes of its options. */

static const char *const data_members[] = { "users", "movies", "ratings", "train", "test", NULL };
static const char *const iteration_members[] = { "iteration", "train_rmse", "test_rmse", "train_mse", "test_mse",
                                                 "train_mae", "test_mae",   "objective", "seconds",   NULL };
static const char *const done_members[] = { "reason",
                                            "iterations",
                                            "seconds",
                                            "best_iteration",
                                            "train_rmse",
                                            "test_rmse",
                                            "train_rmse_clipped",
                                            "test_rmse_clipped",
                                            NULL };
static const char *const recommendation_members[] = { "user", "rank", "movie", "title", "prediction", "score", NULL };

static void
test_events (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autofree char *titles = cli_write_titles ("movies.csv", 24);
  g_autoptr (CliRun) run = cli_run ("train", ratings, "--movies", titles, "--iterations", "4", "--tolerance", "0",
                                    "--factors", "3", "--user", "2", "--top", "5", "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  JsonObject *data = events->pdata[0];
  double last_objective = HUGE_VAL;
  double last_score = HUGE_VAL;

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpuint (events->len, ==, 1 + 5 + 1 + 5);
  cli_assert_members (data, "data", data_members);
  g_assert_cmpint (json_object_get_int_member (data, "users"), ==, 30);
  g_assert_cmpint (json_object_get_int_member (data, "movies"), ==, 24);
  g_assert_cmpint (json_object_get_int_member (data, "ratings"), ==, 480);
  g_assert_cmpint (json_object_get_int_member (data, "train"), ==, 336);
  g_assert_cmpint (json_object_get_int_member (data, "test"), ==, 144);
  for (guint i = 0; i < 5; i++)
    {
      JsonObject *event = events->pdata[1 + i];
      double rmse = json_object_get_double_member (event, "test_rmse");

      cli_assert_members (event, "iteration", iteration_members);
      g_assert_cmpint (json_object_get_int_member (event, "iteration"), ==, i);
      g_assert_cmpfloat_with_epsilon (rmse * rmse, json_object_get_double_member (event, "test_mse"), 1e-12);
      g_assert_cmpfloat (json_object_get_double_member (event, "objective"), <=, last_objective);
      last_objective = json_object_get_double_member (event, "objective");
    }
  cli_assert_members (events->pdata[6], "done", done_members);
  g_assert_cmpstr (json_object_get_string_member (events->pdata[6], "reason"), ==, "iterations");
  g_assert_cmpint (json_object_get_int_member (events->pdata[6], "iterations"), ==, 4);
  for (guint i = 0; i < 5; i++)
    {
      JsonObject *event = events->pdata[7 + i];
      double prediction = json_object_get_double_member (event, "prediction");
      double score = json_object_get_double_member (event, "score");
      guint64 movie = g_ascii_strtoull (json_object_get_string_member (event, "movie"), NULL, 10);

      cli_assert_members (event, "recommendation", recommendation_members);
      g_assert_cmpstr (json_object_get_string_member (event, "user"), ==, "2");
      g_assert_cmpint (json_object_get_int_member (event, "rank"), ==, i + 1);
      g_assert_true (strstr (json_object_get_string_member (event, "title"), "(1927)") != NULL);
      g_assert_cmpfloat (prediction, ==, CLAMP (score, 1.0, 5.0));
      g_assert_cmpfloat (score, <=, last_score);
      /* The user has rated the others. */
      g_assert_cmpuint ((2 + movie / 10) % 3, ==, 0);
      last_score = score;
    }
}

static void
test_same_for_any_threads (void)
{
  static const char *const solvers[] = { "exact", "gradient" };
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 150, 90);

  for (guint i = 0; i < G_N_ELEMENTS (solvers); i++)
    {
      static const char *const threads[] = { "1", "2", "5" };
      g_autofree char *first = NULL;

      for (guint j = 0; j < G_N_ELEMENTS (threads); j++)
        {
          g_autoptr (CliRun) run = cli_run ("train", ratings, "--solver", solvers[i], "--iterations", "6", "--user",
                                            "7", "--json", "--threads", threads[j], NULL);
          g_autofree char *now = cli_run_without_seconds (run);

          g_assert_cmpint (run->status, ==, 0);
          if (first == NULL)
            first = g_steal_pointer (&now);
          else
            g_assert_cmpstr (first, ==, now);
        }
    }
}

static void
test_seed_matters (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autoptr (CliRun) one = cli_run ("train", ratings, "--seed", "1", "--json", NULL);
  g_autoptr (CliRun) two = cli_run ("train", ratings, "--seed", "2", "--json", NULL);
  g_autofree char *a = cli_run_without_seconds (one);
  g_autofree char *b = cli_run_without_seconds (two);

  g_assert_cmpstr (a, !=, b);
}

static void
test_options_override_preset (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autoptr (CliRun) before
      = cli_run ("train", ratings, "--iterations", "3", "--preset", "Classic script", "--json", NULL);
  g_autoptr (CliRun) after
      = cli_run ("train", ratings, "--preset", "classic-script", "--iterations", "3", "--json", NULL);
  g_autoptr (CliRun) by_solver
      = cli_run ("train", ratings, "--solver", "gradient", "--iterations", "3", "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (before);
  g_autofree char *a = cli_run_without_seconds (before);
  g_autofree char *b = cli_run_without_seconds (after);
  g_autofree char *c = cli_run_without_seconds (by_solver);

  g_assert_cmpuint (cli_count_events (events, "iteration"), ==, 4);
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, ==, c);
}

static void
test_note_on_unused_option (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autoptr (CliRun) run = cli_run ("train", ratings, "--learning-rate", "0.01", "--json", NULL);
  g_autoptr (CliRun) quiet = cli_run ("train", ratings, "--json", NULL);
  g_autofree char *a = cli_run_without_seconds (run);
  g_autofree char *b = cli_run_without_seconds (quiet);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err, "note: --learning-rate"));
  g_assert_cmpstr (quiet->err, ==, "");
  g_assert_cmpstr (a, ==, b);
}

static void
test_no_test_ratings (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autoptr (CliRun) run = cli_run ("train", ratings, "--test-share", "0", "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpint (json_object_get_int_member (events->pdata[0], "test"), ==, 0);
  g_assert_true (json_object_get_null_member (events->pdata[1], "test_rmse"));
  g_assert_true (json_object_get_null_member (events->pdata[1], "test_mse"));
  g_assert_true (json_object_get_null_member (cli_find_event (events, "done"), "test_rmse_clipped"));
}

static void
test_given_test_file (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autofree char *test = cli_write ("test.csv", "userId,movieId,rating\n1,20,4\n2,10,1\n99,10,3\n1,9999,3\n");
  g_autoptr (CliRun) run = cli_run ("train", ratings, "--test", test, "--json", "--user", "99", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  JsonObject *data = events->pdata[0];

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpint (json_object_get_int_member (data, "test"), ==, 4);
  g_assert_cmpint (json_object_get_int_member (data, "users"), ==, 31);
  g_assert_cmpint (json_object_get_int_member (data, "cold_users"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (data, "cold_movies"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (data, "cold_test"), ==, 2);
}

static void
test_text_ids (void)
{
  g_autofree char *ratings = cli_write ("ratings.csv", "movieId,rating,userId\n"
                                                       "\"tt, 1\",4,anna\n"
                                                       "tt2,2,anna\n"
                                                       "tt3,5,Зоя\n"
                                                       "tt2,3,Зоя\n"
                                                       "tt3,1,bob\n");
  g_autoptr (CliRun) run
      = cli_run ("train", ratings, "--test-share", "0", "--user", "Зоя", "--top", "9", "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  JsonObject *film = cli_find_event (events, "recommendation");

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (cli_count_events (events, "recommendation"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (film, "user"), ==, "Зоя");
  g_assert_cmpstr (json_object_get_string_member (film, "movie"), ==, "tt, 1");
  g_assert_cmpstr (json_object_get_string_member (film, "title"), ==, "Movie tt, 1");
}

static void
test_for_people (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autofree char *titles = cli_write_titles ("movies.csv", 24);
  g_autoptr (CliRun) run = cli_run ("train", ratings, "--movies", titles, "--user", "2", "--top", "4", NULL);
  g_auto (GStrv) lines = g_strsplit (run->out, "\n", -1);
  guint n = g_strv_length (lines);
  glong column = -1;

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_nonnull (strstr (run->out, "Train RMSE"));
  /* Genres stand in one column, though the titles have wide characters. */
  for (guint i = n - 5; i < n; i++)
    {
      const char *end = strstr (lines[i], "Drama|Comedy");
      glong width = 0;

      if (end == NULL)
        continue;
      for (const char *p = lines[i]; p < end; p = g_utf8_next_char (p))
        width += g_unichar_iswide (g_utf8_get_char (p)) ? 2 : 1;
      if (column >= 0)
        g_assert_cmpint (width, ==, column);
      column = width;
    }
  g_assert_cmpint (column, >, 0);
}

static void
test_duplicates (void)
{
  g_autofree char *ratings = cli_write ("ratings.csv", "userId,movieId,rating\n1,1,1\n1,2,3\n2,1,4\n1,1,5\n2,2,2\n");
  g_autoptr (CliRun) run = cli_run ("info", ratings, "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpint (json_object_get_int_member (events->pdata[0], "ratings"), ==, 4);
  g_assert_cmpint (json_object_get_int_member (events->pdata[0], "duplicates"), ==, 1);
  /* The last one wins. */
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (events->pdata[0], "mean"), 3.5, 1e-9);
}

static void
assert_trains (const char *contents)
{
  static const char *const solvers[] = { "exact", "gradient" };
  g_autofree char *ratings = cli_write ("ratings.csv", contents);

  for (guint i = 0; i < G_N_ELEMENTS (solvers); i++)
    {
      g_autoptr (CliRun) run = cli_run ("train", ratings, "--solver", solvers[i], "--json", NULL);
      g_autoptr (GPtrArray) events = cli_run_events (run);
      g_autoptr (CliRun) info = cli_run ("info", ratings, NULL);

      g_assert_cmpstr (run->err, ==, "");
      g_assert_cmpint (run->status, ==, 0);
      g_assert_cmpint (info->status, ==, 0);
      g_assert_true (json_object_has_member (cli_find_event (events, "done"), "train_rmse"));
    }
}

static void
test_one_user (void)
{
  assert_trains ("userId,movieId,rating\n1,1,1\n1,2,3\n1,3,4\n1,4,5\n");
}

static void
test_one_movie (void)
{
  assert_trains ("userId,movieId,rating\n1,1,1\n2,1,3\n3,1,4\n4,1,5\n");
}

static void
test_constant_ratings (void)
{
  assert_trains ("userId,movieId,rating\n1,1,3\n1,2,3\n2,1,3\n2,2,3\n3,1,3\n");
}

static void
test_huge_and_negative_ids (void)
{
  assert_trains ("userId,movieId,rating\n-1,9223372036854775807,3\n-9223372036854775808,2,4\n7,2,3\n"
                 "99999999999999999999999,1,3\n");
}

int
main (int argc, char **argv)
{
  cli_test_init (&argc, &argv);
  g_test_add_func ("/cli/train/events", test_events);
  g_test_add_func ("/cli/train/same-for-any-threads", test_same_for_any_threads);
  g_test_add_func ("/cli/train/seed", test_seed_matters);
  g_test_add_func ("/cli/train/options-override-preset", test_options_override_preset);
  g_test_add_func ("/cli/train/note-on-unused-option", test_note_on_unused_option);
  g_test_add_func ("/cli/train/no-test-ratings", test_no_test_ratings);
  g_test_add_func ("/cli/train/test-file", test_given_test_file);
  g_test_add_func ("/cli/train/text-ids", test_text_ids);
  g_test_add_func ("/cli/train/for-people", test_for_people);
  g_test_add_func ("/cli/train/duplicates", test_duplicates);
  g_test_add_func ("/cli/train/one-user", test_one_user);
  g_test_add_func ("/cli/train/one-movie", test_one_movie);
  g_test_add_func ("/cli/train/constant-ratings", test_constant_ratings);
  g_test_add_func ("/cli/train/huge-and-negative-ids", test_huge_and_negative_ids);
  return cli_test_run ();
}
