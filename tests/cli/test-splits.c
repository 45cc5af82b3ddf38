/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <signal.h>
#include <string.h>

#include "cli-run.h"

/* Splits of all kinds, and cross-validation. */

#define N_USERS 30
#define N_MOVIES 40

/* Each user has rated each film but every seventh, one a day from 2015-01-01 on. */
static char *
write_timed (const char *name)
{
  g_autoptr (GString) text = g_string_new ("userId,movieId,rating,timestamp\n");
  guint n = 0;

  for (guint user = 1; user <= N_USERS; user++)
    for (guint movie = 1; movie <= N_MOVIES; movie++)
      if (++n % 7 != 0)
        g_string_append_printf (text, "%u,%u,%u.5,%u\n", user, movie, (user * 7 + movie * movie) % 5,
                                1420070400 + 86400 * movie);
  return cli_write (name, text->str);
}

static JsonObject *
find_data (CliRun *run, GPtrArray **events)
{
  g_test_message ("%s", run->err);
  g_assert_cmpint (run->status, ==, 0);
  *events = cli_run_events (run);
  return cli_find_event (*events, "data");
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *arguments[7];
    gint64 n_test; /* −1: told by the share */
  } cases[] = {
    { { "--split", "random", "--test-share", "0.25" }, -1 },
    { { "--split", "per-user", "--test-share", "0.25" }, -1 },
    { { "--split", "leave-one-out" }, N_USERS },
    { { "--split", "latest", "--test-count", "4" }, 4 * N_USERS },
    { { "--split", "latest-share", "--test-share", "0.25" }, -1 },
    { { "--split", "after", "--test-after", "2015-02-01" }, 0 },
    { { "--split", "fold", "--folds", "4", "--fold", "3" }, -1 },
  };
  g_autofree char *ratings = write_timed ("timed.csv");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *arguments[13] = { "train", ratings, "--iterations", "1", "--json" };
      g_autoptr (CliRun) run = NULL;
      g_autoptr (GPtrArray) events = NULL;
      JsonObject *data;
      gint64 n, n_test;

      for (guint a = 0; cases[i].arguments[a] != NULL; a++)
        arguments[5 + a] = cases[i].arguments[a];
      run = cli_run_strv (arguments);
      data = find_data (run, &events);
      n = json_object_get_int_member (data, "ratings");
      n_test = json_object_get_int_member (data, "test");
      g_assert_cmpstr (json_object_get_string_member (data, "split"), ==, cases[i].arguments[1]);
      g_assert_cmpint (json_object_get_int_member (data, "train") + n_test, ==, n);
      if (cases[i].n_test > 0)
        g_assert_cmpint (n_test, ==, cases[i].n_test);
      if (cases[i].n_test < 0)
        g_assert_cmpfloat_with_epsilon ((double) n_test, 0.25 * (double) n, N_USERS);
      /* Times are told for every split, if the file has them. */
      g_assert_false (json_object_get_null_member (data, "train_times"));
      g_assert_false (json_object_get_null_member (data, "test_times"));
      if (g_str_equal (cases[i].arguments[1], "after"))
        {
          JsonArray *train = json_object_get_array_member (data, "train_times");
          JsonArray *test = json_object_get_array_member (data, "test_times");

          g_assert_cmpint (json_array_get_int_element (train, 1), <, 1422748800);
          g_assert_cmpint (json_array_get_int_element (test, 0), ==, 1422748800);
        }
    }
}

static void
test_refused (void)
{
  g_autofree char *timed = write_timed ("timed.csv");
  g_autofree char *plain = cli_write ("plain.csv", "userId,movieId,rating\n1,1,3\n1,2,4\n2,1,2\n");
  g_autofree char *damaged
      = cli_write ("damaged.csv", "userId,movieId,rating,timestamp\n1,1,3,5\n1,2,4,late\n2,1,2,6\n");
  g_autoptr (CliRun) none = cli_run ("train", plain, "--split", "latest", NULL);
  g_autoptr (CliRun) wrong = cli_run ("train", damaged, "--split", "latest", NULL);
  g_autoptr (CliRun) late = cli_run ("train", timed, "--split", "after", "--test-after", "2020-01-01", NULL);
  g_autoptr (CliRun) early = cli_run ("train", timed, "--split", "after", NULL);
  g_autoptr (CliRun) fine = cli_run ("train", damaged, "--iterations", "1", NULL);
  g_autoptr (CliRun) noted
      = cli_run ("train", timed, "--split", "latest", "--test-share", "0.1", "--iterations", "1", NULL);

  cli_assert_fails (none, 1, "plain.csv has no column for it");
  cli_assert_fails (wrong, 1, "damaged.csv, line 3, column 7");
  cli_assert_fails (late, 1, "The ratings are from 2015-01-02 to 2015-02-10");
  cli_assert_fails (early, 1, "left to learn from");
  g_assert_cmpint (fine->status, ==, 0);
  g_assert_cmpint (noted->status, ==, 0);
  g_assert_nonnull (strstr (noted->err, "--test-share has no effect with the split “latest”"));
}

/* What people read, and what info knows of times. */
static void
test_people (void)
{
  g_autofree char *timed = write_timed ("timed.csv");
  g_autoptr (CliRun) run
      = cli_run ("train", timed, "--split", "latest", "--test-count", "100", "--iterations", "1", NULL);
  g_autoptr (CliRun) info = cli_run ("info", timed, NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->out, "Train         from 2015-01-02 to 2015-"));
  g_assert_nonnull (strstr (run->out, "to keep one to train: 30"));
  g_assert_nonnull (strstr (run->out, "split latest  test-count 100"));
  g_assert_nonnull (strstr (info->out, "Times         2015-01-02 to 2015-02-10"));
}

/* A model tells its split, which can be made again where it follows from the ratings. */
static void
test_model (void)
{
  g_autofree char *timed = write_timed ("timed.csv");
  g_autofree char *path = cli_path ("split.npz");
  g_autofree char *late = cli_path ("late.npz");
  g_autoptr (CliRun) train
      = cli_run ("train", timed, "--split", "per-user", "--iterations", "2", "--output", path, "--json", NULL);
  g_autoptr (CliRun) info = cli_run ("info", path, "--json", NULL);
  g_autoptr (CliRun) evaluate = cli_run ("evaluate", path, "--json", NULL);
  g_autoptr (CliRun) again
      = cli_run ("train", timed, "--split", "per-user", "--start-from", path, "--iterations", "1", "--json", NULL);
  g_autoptr (CliRun) other = cli_run ("train", timed, "--start-from", path, "--iterations", "1", "--json", NULL);
  g_autoptr (CliRun) timed_train
      = cli_run ("train", timed, "--split", "latest", "--iterations", "1", "--output", late, NULL);
  g_autoptr (CliRun) timed_evaluate = cli_run ("evaluate", late, NULL);
  g_autoptr (GPtrArray) trained = cli_run_events (train);
  g_autoptr (GPtrArray) told = cli_run_events (info);
  g_autoptr (GPtrArray) judged = cli_run_events (evaluate);
  JsonObject *model = cli_find_event (told, "model");

  g_assert_cmpstr (json_object_get_string_member (model, "split"), ==, "per-user");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (model, "parameters"), "split"), ==,
                   "per-user");
  g_assert_cmpfloat (json_object_get_double_member (cli_find_event (judged, "evaluation"), "rmse"), ==,
                     json_object_get_double_member (cli_find_event (trained, "done"), "test_rmse"));
  g_assert_null (strstr (again->err, "may have learnt"));
  g_assert_nonnull (strstr (other->err, "may have learnt"));
  g_assert_cmpint (timed_train->status, ==, 0);
  cli_assert_fails (timed_evaluate, 1, "trained on with --ratings");
}

/* Each fold is what train does with that fold; the mean is theirs. */
static void
test_cross_validate (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_autoptr (CliRun) run = cli_run ("cross-validate", ratings, "--folds", "3", "--factors", "4", "--json", NULL);
  g_autoptr (CliRun) people = cli_run ("cross-validate", ratings, "--folds", "3", "--factors", "4", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  static const char *const parts[] = { "train", "test", "cold_users", "cold_movies", "train_times", "test_times" };
  JsonObject *done = cli_find_event (events, "cross-validation");
  double sum = 0, squares = 0, rmse[3];
  g_autofree char *text = NULL;

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (cli_count_events (events, "fold"), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      JsonObject *fold = events->pdata[i];
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autoptr (CliRun) train = cli_run ("train", ratings, "--split", "fold", "--folds", "3", "--fold", number,
                                          "--factors", "4", "--json", NULL);
      g_autoptr (GPtrArray) trained = cli_run_events (train);

      rmse[i] = json_object_get_double_member (fold, "test_rmse");
      for (guint m = 0; m < G_N_ELEMENTS (parts); m++)
        g_assert_true (json_node_equal (json_object_get_member (fold, parts[m]),
                                        json_object_get_member (cli_find_event (trained, "data"), parts[m])));
      g_assert_cmpint (json_object_get_int_member (fold, "fold"), ==, i + 1);
      g_assert_cmpfloat (rmse[i], ==, json_object_get_double_member (cli_find_event (trained, "done"), "test_rmse"));
      sum += rmse[i];
    }
  for (guint i = 0; i < 3; i++)
    squares += (rmse[i] - sum / 3) * (rmse[i] - sum / 3);
  g_assert_cmpstr (json_object_get_string_member (done, "reason"), ==, "complete");
  g_assert_cmpint (json_object_get_int_member (done, "done"), ==, 3);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (done, "test_rmse"), sum / 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (done, "test_rmse_deviation"), sqrt (squares / 2),
                                  1e-12);
  text = g_strdup_printf ("Test RMSE     %.5f ± %.5f\n", sum / 3, sqrt (squares / 2));
  g_assert_nonnull (strstr (people->out, text));
  /* Each fold is held out, none in particular. */
  g_assert_nonnull (strstr (people->out, "folds 3"));
  g_assert_null (strstr (people->out, "fold 1"));
  g_assert_nonnull (strstr (people->out, "Unseen movies"));
}

static void
test_cross_validate_trouble (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 60, 40);
  g_autofree char *two = cli_write ("two.csv", "userId,movieId,rating\n1,1,3\n2,1,4\n");
  g_autoptr (CliRun) diverged = cli_run ("cross-validate", ratings, "--solver", "gradient", "--learning-rate", "0.9",
                                         "--iterations", "300", NULL);
  g_autoptr (CliRun) few = cli_run ("cross-validate", two, "--folds", "3", NULL);

  cli_assert_fails (diverged, 1, "Fold 1 of 5");
  cli_assert_fails (few, 1, "leaves no rating to test with");
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);
  g_test_add_func ("/cli/splits/kinds", test_kinds);
  g_test_add_func ("/cli/splits/refused", test_refused);
  g_test_add_func ("/cli/splits/people", test_people);
  g_test_add_func ("/cli/splits/model", test_model);
  g_test_add_func ("/cli/splits/cross-validate", test_cross_validate);
  g_test_add_func ("/cli/splits/cross-validate-trouble", test_cross_validate_trouble);
  return cli_test_run ();
}
