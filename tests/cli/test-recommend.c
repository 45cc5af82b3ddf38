/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "cli-run.h"

/* Recommendations from saved models: for one user, for some and for all. */

static char *ratings;
static char *titles;
static char *model;

static GPtrArray *
events_named (GPtrArray *events, const char *name)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < events->len; i++)
    if (g_str_equal (json_object_get_string_member (events->pdata[i], "event"), name))
      g_ptr_array_add (found, events->pdata[i]);
  return found;
}

/* The list of the run that trained, to the last bit. */
static void
test_round_trip (void)
{
  static const char *const solvers[] = { "exact", "cg", "gradient" };

  for (guint s = 0; s < G_N_ELEMENTS (solvers); s++)
    {
      g_autofree char *path = cli_path ("round.npz");
      g_autoptr (CliRun) train = cli_run ("train", ratings, "--movies", titles, "--solver", solvers[s], "--factors",
                                          "5", "--output", path, "--user", "2", "--top", "6", "--json", NULL);
      g_autoptr (CliRun) run = cli_run ("recommend", path, "--user", "2", "--top", "6", "--json", NULL);
      const char *list = strstr (train->out, "{\"event\":\"recommendation\"");

      g_assert_cmpint (run->status, ==, 0);
      g_assert_cmpstr (run->err, ==, "");
      g_assert_nonnull (list);
      g_assert_cmpstr (list, ==, run->out);
    }
}

static void
test_for_people (void)
{
  g_autofree char *path = cli_path ("round.npz");
  g_autoptr (CliRun) train = cli_run ("train", ratings, "--movies", titles, "--factors", "5", "--output", path,
                                      "--user", "2", "--top", "6", NULL);
  g_autoptr (CliRun) run = cli_run ("recommend", path, "--user", "2", "--top", "6", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_true (g_str_has_suffix (train->out, run->out));
}

static void
test_include_rated (void)
{
  g_autoptr (CliRun) run
      = cli_run ("recommend", model, "--user", "2", "--top", "1000", "--include-rated", "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);

  g_assert_cmpuint (cli_count_events (events, "recommendation"), ==, 24);
}

static void
test_filters (void)
{
  g_autofree char *films = cli_write ("films.csv", "movieId,title,genres\n10,Old (1900),Drama\n20,New (1999),Comedy\n"
                                                   "30,Both (1950),Drama|Comedy\n40,No year,Western\n");
  g_autofree char *path = cli_train ("films.npz", ratings, films);
  g_autoptr (CliRun) drama
      = cli_run ("recommend", path, "--user", "1", "--include-rated", "--genre", "drama", "--json", NULL);
  g_autoptr (CliRun) two
      = cli_run ("recommend", path, "--user", "1", "--include-rated", "-g", "Western", "-g", "Comedy", "--json", NULL);
  g_autoptr (CliRun) years = cli_run ("recommend", path, "--user", "1", "--include-rated", "--year-from", "1940",
                                      "--year-to", "1960", "--json", NULL);
  g_autoptr (CliRun) known
      = cli_run ("recommend", path, "--user", "1", "--include-rated", "--min-ratings", "20", "--json", NULL);
  g_autoptr (GPtrArray) drama_events = cli_run_events (drama);
  g_autoptr (GPtrArray) two_events = cli_run_events (two);
  g_autoptr (GPtrArray) year_events = cli_run_events (years);
  g_autoptr (GPtrArray) known_events = cli_run_events (known);

  g_assert_cmpuint (drama_events->len, ==, 2);
  g_assert_cmpuint (two_events->len, ==, 3);
  g_assert_cmpuint (year_events->len, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (year_events->pdata[0], "title"), ==, "Both (1950)");
  g_assert_cmpuint (known_events->len, ==, 10);
}

static void
test_nothing_left (void)
{
  g_autoptr (CliRun) people = cli_run ("recommend", model, "--user", "1", "--year-from", "1999", NULL);
  g_autoptr (CliRun) run = cli_run ("recommend", model, "--user", "1", "--min-ratings", "999", "--json", NULL);
  g_autoptr (CliRun) csv = cli_run ("recommend", model, "--user", "1", "--year-from", "1999", "--format", "csv", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);

  g_assert_cmpint (people->status, ==, 0);
  g_assert_nonnull (strstr (people->out, "Loosen --year-from/--year-to"));
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (events->pdata[0], "event"), ==, "empty");
  g_assert_cmpstr (json_object_get_string_member (events->pdata[0], "loosen"), ==, "min_ratings");
  g_assert_cmpint (json_object_get_int_member (events->pdata[0], "hidden"), ==, 24);
  g_assert_cmpint (csv->status, ==, 0);
  g_assert_cmpstr (csv->out, ==, "user,rank,movie,title,prediction,score\r\n");
  g_assert_nonnull (strstr (csv->err, "Loosen"));
}

static gpointer
read_pipe (gpointer data)
{
  char *contents = NULL;

  g_assert_true (g_file_get_contents (data, &contents, NULL, NULL));
  return contents;
}

/* Whoever reads from a named pipe gets all of it. */
static void
test_pipe (void)
{
  g_autofree char *path = cli_path ("pipe");
  g_autofree char *contents = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) plain = cli_run ("recommend", model, "--all-users", "--top", "3", NULL);
  GThread *reader;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  reader = g_thread_new ("reader", read_pipe, path);
  run = cli_run ("recommend", model, "--all-users", "--top", "3", "--format", "csv", "--output", path, NULL);
  contents = g_thread_join (reader);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (contents, ==, plain->out);
  g_remove (path);
}

/* The parts are the prediction of the list. */
static void
test_explain (void)
{
  g_autoptr (CliRun) run = cli_run ("recommend", model, "--user", "2", "--top", "3", "--explain", "--json", NULL);
  g_autoptr (CliRun) people = cli_run ("recommend", model, "--user", "2", "--top", "3", "--explain", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  g_autoptr (GPtrArray) list = events_named (events, "recommendation");
  g_autoptr (GPtrArray) reasons = events_named (events, "explanation");

  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpuint (list->len, ==, 3);
  g_assert_cmpuint (reasons->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      JsonObject *reason = reasons->pdata[i];
      JsonArray *parts = json_object_get_array_member (reason, "contributions");
      double sum = json_object_get_double_member (reason, "mean") + json_object_get_double_member (reason, "user_bias")
                   + json_object_get_double_member (reason, "movie_bias");

      /* The ratings that were held out explain nothing. */
      g_assert_cmpuint (json_array_get_length (parts), >, 4);
      g_assert_cmpuint (json_array_get_length (parts), <, 16);
      for (guint j = 0; j < json_array_get_length (parts); j++)
        sum += json_object_get_double_member (json_array_get_object_element (parts, j), "amount");
      g_assert_cmpstr (json_object_get_string_member (reason, "movie"), ==,
                       json_object_get_string_member (list->pdata[i], "movie"));
      g_assert_cmpfloat_with_epsilon (sum, json_object_get_double_member (list->pdata[i], "score"), 1e-4);
      g_assert_cmpfloat_with_epsilon (sum, json_object_get_double_member (reason, "score"), 1e-9);
    }
  g_assert_cmpint (people->status, ==, 0);
  g_assert_nonnull (strstr (people->out, "the mean of all ratings"));
  g_assert_nonnull (strstr (people->out, "other ratings"));
}

static void
test_explain_gradient (void)
{
  g_autofree char *path = cli_path ("gradient.npz");
  g_autoptr (CliRun) train
      = cli_run ("train", ratings, "--solver", "gradient", "--factors", "4", "--output", path, NULL);
  g_autoptr (CliRun) run = cli_run ("recommend", path, "--user", "2", "--top", "1", "--explain", "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  g_autoptr (CliRun) people = cli_run ("recommend", path, "--user", "2", "--top", "1", "--explain", NULL);
  JsonObject *reason = cli_find_event (events, "explanation");
  JsonArray *parts = json_object_get_array_member (reason, "factors");
  double sum
      = json_object_get_double_member (reason, "user_bias") + json_object_get_double_member (reason, "movie_bias");

  g_assert_cmpint (train->status, ==, 0);
  g_assert_nonnull (strstr (run->err, "factors"));
  /* There is no mean in such a model. */
  g_assert_null (strstr (people->out, "the mean of all ratings"));
  g_assert_cmpuint (json_array_get_length (parts), ==, 4);
  for (guint j = 0; j < 4; j++)
    sum += json_object_get_double_member (json_array_get_object_element (parts, j), "amount");
  g_assert_cmpfloat_with_epsilon (
      sum, json_object_get_double_member (cli_find_event (events, "recommendation"), "score"), 1e-4);
}

/* Everybody's lists are those that each would get alone, on any number of threads. */
static void
test_all_users (void)
{
  g_autoptr (CliRun) run = cli_run ("recommend", model, "--all-users", "--top", "3", "--json", "--threads", "3", NULL);
  g_autoptr (CliRun) one = cli_run ("recommend", model, "--all-users", "--top", "3", "--json", "--threads", "1", NULL);
  g_autoptr (CliRun) alone = cli_run ("recommend", model, "--user", "17", "--top", "3", "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  g_autoptr (GPtrArray) expected = cli_run_events (alone);
  g_autofree char *a = cli_run_without_seconds (run);
  g_autofree char *b = cli_run_without_seconds (one);
  JsonObject *end = cli_find_event (events, "recommended");

  g_assert_cmpstr (a, ==, b);
  g_assert_cmpuint (cli_count_events (events, "recommendation"), ==, 90);
  g_assert_cmpint (json_object_get_int_member (end, "users"), ==, 30);
  g_assert_cmpint (json_object_get_int_member (end, "recommendations"), ==, 90);
  for (guint i = 0; i < 3; i++)
    {
      JsonObject *event = events->pdata[16 * 3 + i];

      g_assert_cmpstr (json_object_get_string_member (event, "user"), ==, "17");
      g_assert_cmpstr (json_object_get_string_member (event, "movie"), ==,
                       json_object_get_string_member (expected->pdata[i], "movie"));
      g_assert_cmpfloat_with_epsilon (json_object_get_double_member (event, "score"),
                                      json_object_get_double_member (expected->pdata[i], "score"), 1e-5);
    }
}

static void
test_files (void)
{
  g_autofree char *csv = cli_path ("lists.csv");
  g_autofree char *json = cli_path ("lists.json");
  g_autofree char *lines = cli_path ("lists.jsonl");
  g_autoptr (CliRun) printed = cli_run ("recommend", model, "--all-users", "--top", "2", NULL);
  g_autoptr (CliRun) a = cli_run ("recommend", model, "--all-users", "--top", "2", "--output", csv, NULL);
  g_autoptr (CliRun) b = cli_run ("recommend", model, "--all-users", "--top", "2", "--output", json, NULL);
  g_autoptr (CliRun) c = cli_run ("recommend", model, "--user", "1", "--top", "2", "--output", lines, NULL);
  g_autofree char *csv_text = cli_read (csv);
  g_autofree char *lines_text = cli_read (lines);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (a->status, ==, 0);
  g_assert_nonnull (strstr (a->out, "lists.csv"));
  g_assert_cmpstr (csv_text, ==, printed->out);
  g_assert_cmpint (b->status, ==, 0);
  json_parser_load_from_file (parser, json, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (json_parser_get_root (parser))), ==, 60);
  g_assert_cmpint (c->status, ==, 0);
  g_assert_true (g_str_has_prefix (lines_text, "{\"user\":\"1\",\"rank\":1,"));
}

/* Titles that a spreadsheet would run as formulas. */
static void
test_formulas (void)
{
  g_autofree char *films = cli_write ("films.csv", "movieId,title,genres\n10,\"=HYPERLINK(\"\"x\"\")\",Drama\n");
  g_autofree char *path = cli_train ("formula.npz", ratings, films);
  g_autoptr (CliRun) run
      = cli_run ("recommend", path, "--user", "1", "--include-rated", "--genre", "Drama", "--format", "csv", NULL);

  g_assert_nonnull (strstr (run->out, "\"'=HYPERLINK(\"\"x\"\")\""));
}

static void
test_users_file (void)
{
  g_autofree char *users = cli_write ("users.txt", "\xef\xbb\xbfuserId\r\n3\r\n\r\n\"1\"\n3");
  g_autofree char *unknown = cli_write ("unknown.txt", "3\n1\n111\n");
  g_autofree char *empty = cli_write ("empty.txt", "\n\n");
  g_autofree char *binary = cli_write_bytes ("binary.txt", "1\n\0002\n", 5);
  g_autofree char *missing = cli_path ("missing.txt");
  g_autoptr (CliRun) run = cli_run ("recommend", model, "--users", users, "--top", "1", "--json", NULL);
  g_autoptr (CliRun) wrong = cli_run ("recommend", model, "--users", unknown, "--json", NULL);
  g_autoptr (CliRun) none = cli_run ("recommend", model, "--users", empty, NULL);
  g_autoptr (CliRun) bytes = cli_run ("recommend", model, "--users", binary, NULL);
  g_autoptr (CliRun) lost = cli_run ("recommend", model, "--users", missing, NULL);
  g_autoptr (CliRun) same = cli_run ("recommend", model, "--users", users, "--output", users, NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);

  g_assert_cmpuint (events->len, ==, 4);
  g_assert_cmpstr (json_object_get_string_member (events->pdata[0], "user"), ==, "3");
  g_assert_cmpstr (json_object_get_string_member (events->pdata[1], "user"), ==, "1");
  g_assert_cmpstr (json_object_get_string_member (events->pdata[2], "user"), ==, "3");
  cli_assert_fails (wrong, 1, "unknown.txt, line 3: There is no user “111”");
  g_assert_cmpstr (wrong->out, ==, "");
  cli_assert_fails (none, 1, "empty.txt is empty");
  cli_assert_fails (bytes, 1, "not a text file");
  cli_assert_fails (lost, 1, "missing.txt");
  cli_assert_fails (same, 2, "would replace");
}

static void
test_unknown_user (void)
{
  g_autoptr (CliRun) near = cli_run ("recommend", model, "--user", "221", "--json", NULL);
  g_autoptr (CliRun) far = cli_run ("recommend", model, "--user", "somebody", "--json", NULL);
  g_autoptr (CliRun) train = cli_run ("train", ratings, "--user", "221", "--json", NULL);

  cli_assert_fails (near, 1, "There is no user “221” in model.npz; did you mean “22” or “21”?");
  cli_assert_fails (far, 1, "There is no user “somebody” in model.npz\n");
  cli_assert_fails (train, 1, "did you mean “22”");
  g_assert_cmpstr (near->out, ==, "");
}

static void
test_unknown_genre (void)
{
  g_autofree char *bare = cli_train ("bare.npz", ratings, NULL);
  g_autoptr (CliRun) near = cli_run ("recommend", model, "--user", "2", "--genre", "Comdy", NULL);
  g_autoptr (CliRun) far = cli_run ("recommend", model, "--user", "2", "--genre", "Space opera", NULL);
  g_autoptr (CliRun) none = cli_run ("recommend", bare, "--user", "2", "--year-to", "1950", NULL);

  cli_assert_fails (near, 1, "did you mean “Comedy”?");
  cli_assert_fails (far, 1, "there are: Comedy, Drama");
  cli_assert_fails (none, 1, "has no titles");
}

static void
test_cold_user (void)
{
  g_autofree char *test = cli_write ("test.csv", "userId,movieId,rating\n99,10,3\n");
  g_autofree char *path = cli_path ("cold.npz");
  g_autoptr (CliRun) train = cli_run ("train", ratings, "--test", test, "--output", path, NULL);
  g_autoptr (CliRun) run = cli_run ("recommend", path, "--user", "99", "--json", NULL);

  g_assert_cmpint (train->status, ==, 0);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err, "predictions are those of the means"));
}

/* The reader of the output goes away. */
static void
test_closed_output (void)
{
  g_autofree char *quoted = g_shell_quote (model);
  g_autofree char *program = g_shell_quote (cli_program ());
  g_autofree char *command = g_strdup_printf (
      "{ %s recommend %s --all-users --top 24 --include-rated; echo $? >&2; } | true", program, quoted);
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  const char *const argv[] = { "sh", "-c", command, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &err, NULL, &error);
  g_assert_no_error (error);
  /* It may have written all before. */
  g_assert_true (g_str_equal (err, "1\n") || g_str_equal (err, "0\n"));
}

int
main (int argc, char **argv)
{
  int status;

  cli_test_init (&argc, &argv);
  model = cli_make_model (30);
  ratings = cli_path ("ratings.csv");
  titles = cli_path ("movies.csv");
  g_test_add_func ("/cli/recommend/round-trip", test_round_trip);
  g_test_add_func ("/cli/recommend/for-people", test_for_people);
  g_test_add_func ("/cli/recommend/include-rated", test_include_rated);
  g_test_add_func ("/cli/recommend/filters", test_filters);
  g_test_add_func ("/cli/recommend/nothing-left", test_nothing_left);
  g_test_add_func ("/cli/recommend/pipe", test_pipe);
  g_test_add_func ("/cli/recommend/explain", test_explain);
  g_test_add_func ("/cli/recommend/explain-gradient", test_explain_gradient);
  g_test_add_func ("/cli/recommend/all-users", test_all_users);
  g_test_add_func ("/cli/recommend/files", test_files);
  g_test_add_func ("/cli/recommend/formulas", test_formulas);
  g_test_add_func ("/cli/recommend/users-file", test_users_file);
  g_test_add_func ("/cli/recommend/unknown-user", test_unknown_user);
  g_test_add_func ("/cli/recommend/unknown-genre", test_unknown_genre);
  g_test_add_func ("/cli/recommend/cold-user", test_cold_user);
  g_test_add_func ("/cli/recommend/closed-output", test_closed_output);
  status = cli_test_run ();
  g_free (model);
  g_free (titles);
  g_free (ratings);
  return status;
}
