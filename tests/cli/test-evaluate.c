/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "cli-run.h"

/* Judging saved models. */

static char *ratings;

/* The ratings that the training held out, found again, give its errors again. */
static void
test_held_out (void)
{
  g_autofree char *path = cli_path ("model.npz");
  g_autoptr (CliRun) train
      = cli_run ("train", ratings, "--factors", "4", "--seed", "7", "--output", path, "--json", NULL);
  g_autoptr (CliRun) run = cli_run ("evaluate", path, "--json", NULL);
  g_autoptr (GPtrArray) trained = cli_run_events (train);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  JsonObject *done = cli_find_event (trained, "done");
  JsonObject *evaluation = cli_find_event (events, "evaluation");
  double rmse = json_object_get_double_member (evaluation, "rmse");

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (json_object_get_int_member (evaluation, "ratings"), ==, 144);
  g_assert_cmpint (json_object_get_int_member (evaluation, "learnt"), ==, 0);
  g_assert_cmpfloat (rmse, ==, json_object_get_double_member (done, "test_rmse"));
  g_assert_cmpfloat (json_object_get_double_member (evaluation, "rmse_clipped"), ==,
                     json_object_get_double_member (done, "test_rmse_clipped"));
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (evaluation, "mse"), rmse * rmse, 1e-12);
  g_assert_cmpfloat (json_object_get_double_member (evaluation, "mae"), <=, rmse);
}

static void
test_rankings (void)
{
  static const char *const rankers[] = { "model", "popular", "bias" };
  static const char *const shares[] = { "precision", "recall", "ndcg", "map", "mrr", "hit_rate", "coverage" };
  g_autofree char *path = cli_train ("model.npz", ratings, NULL);
  g_autoptr (CliRun) run = cli_run ("evaluate", path, "--at", "3", "--threshold", "4.5", "--json", NULL);
  g_autoptr (CliRun) people = cli_run ("evaluate", path, "--at", "3", "--threshold", "4.5", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);

  g_assert_cmpuint (cli_count_events (events, "ranking"), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      JsonObject *ranking = events->pdata[1 + i];

      g_assert_cmpstr (json_object_get_string_member (ranking, "ranker"), ==, rankers[i]);
      g_assert_cmpint (json_object_get_int_member (ranking, "at"), ==, 3);
      g_assert_cmpfloat (json_object_get_double_member (ranking, "threshold"), ==, 4.5);
      for (guint j = 0; j < G_N_ELEMENTS (shares); j++)
        {
          double share = json_object_get_double_member (ranking, shares[j]);

          g_assert_cmpfloat (share, >=, 0.0);
          g_assert_cmpfloat (share, <=, 1.0);
        }
    }
  /* Tastes differ, so that who looks at them is better. */
  g_assert_cmpfloat (json_object_get_double_member (events->pdata[1], "ndcg"), >,
                     json_object_get_double_member (events->pdata[2], "ndcg"));
  g_assert_nonnull (strstr (people->out, "Most popular"));
  g_assert_nonnull (strstr (people->out, "Hit rate"));
}

/* Four ratings: one good, one of a stranger, two of unknown films. */
static void
test_unknown (void)
{
  g_autofree char *path = cli_train ("model.npz", ratings, NULL);
  g_autofree char *test = cli_write ("test.csv", "userId,movieId,rating\n1,20,4\n99,10,3\n1,9999,3\n2,9998,3\n");
  g_autoptr (CliRun) run = cli_run ("evaluate", path, "--test", test, "--json", NULL);
  g_autoptr (CliRun) people = cli_run ("evaluate", path, "--test", test, NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  JsonObject *evaluation = cli_find_event (events, "evaluation");

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpint (json_object_get_int_member (evaluation, "ratings"), ==, 4);
  g_assert_cmpint (json_object_get_int_member (evaluation, "known"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (evaluation, "unknown_users"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (evaluation, "unknown_movies"), ==, 2);
  g_assert_nonnull (strstr (people->out, "Left out"));
}

static void
test_learnt (void)
{
  g_autofree char *path = cli_train ("model.npz", ratings, NULL);
  g_autoptr (CliRun) run = cli_run ("evaluate", path, "--test", ratings, "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpint (json_object_get_int_member (events->pdata[0], "learnt"), ==, 336);
  g_assert_nonnull (strstr (run->err, "learnt from 336 of these"));
  g_assert_nonnull (strstr (run->err, "lists can’t be judged"));
}

/* With the file that tested it, a model is judged as its training did. */
static void
test_given (void)
{
  g_autofree char *test = cli_write ("test.csv", "userId,movieId,rating\n1,20,4\n2,10,1\n3,60,5\n4,80,5\n");
  g_autofree char *path = cli_path ("given.npz");
  g_autoptr (CliRun) train
      = cli_run ("train", ratings, "--test", test, "--factors", "4", "--output", path, "--json", NULL);
  g_autoptr (CliRun) run = cli_run ("evaluate", path, "--test", test, "--json", NULL);
  g_autoptr (CliRun) alone = cli_run ("evaluate", path, "--json", NULL);
  g_autoptr (GPtrArray) trained = cli_run_events (train);
  g_autoptr (GPtrArray) events = cli_run_events (run);

  g_assert_cmpfloat (json_object_get_double_member (cli_find_event (events, "evaluation"), "rmse"), ==,
                     json_object_get_double_member (cli_find_event (trained, "done"), "test_rmse"));
  g_assert_true (json_object_get_null_member (cli_find_event (events, "evaluation"), "learnt"));
  g_assert_cmpuint (cli_count_events (events, "ranking"), ==, 3);
  cli_assert_fails (alone, 1, "--test");
}

/* A split by time is made again from the file that knows the times, to the last bit. */
static void
test_by_time (void)
{
  static const char *const splits[][2]
      = { { "--split=latest", NULL }, { "--split=latest-share", NULL }, { "--test-after=1200", "--split=after" } };
  g_autoptr (GString) text = g_string_new ("userId,movieId,rating,timestamp\n");
  g_autofree char *timed = NULL;
  g_autofree char *path = cli_path ("timed.npz");

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (text, "%u,%u,%u,%u\n", i / 20 + 1, i % 20 + 1, 1 + i * i % 5, 1000 + i * 7919 % 401);
  timed = cli_write ("timed.csv", text->str);
  for (guint i = 0; i < G_N_ELEMENTS (splits); i++)
    {
      g_autoptr (CliRun) train = cli_run ("train", timed, "--factors", "4", "--iterations", "5", "--output", path,
                                          "--json", splits[i][0], splits[i][1], NULL);
      g_autoptr (CliRun) run = cli_run ("evaluate", path, "--ratings", timed, "--json", NULL);
      g_autoptr (CliRun) alone = cli_run ("evaluate", path, "--json", NULL);
      g_autoptr (GPtrArray) trained = cli_run_events (train);
      g_autoptr (GPtrArray) events = cli_run_events (run);
      JsonObject *done = cli_find_event (trained, "done");
      JsonObject *evaluation = cli_find_event (events, "evaluation");

      g_assert_cmpint (json_object_get_int_member (evaluation, "ratings"), ==,
                       json_object_get_int_member (cli_find_event (trained, "data"), "test"));
      g_assert_cmpfloat (json_object_get_double_member (evaluation, "rmse"), ==,
                         json_object_get_double_member (done, "test_rmse"));
      g_assert_cmpfloat (json_object_get_double_member (evaluation, "rmse_clipped"), ==,
                         json_object_get_double_member (done, "test_rmse_clipped"));
      g_assert_cmpuint (cli_count_events (events, "ranking"), ==, 3);
      cli_assert_fails (alone, 1, "--ratings");
    }
}

/* Ratings that are not those of the training, or have lost their times, are no help. */
static void
test_wrong_ratings (void)
{
  g_autofree char *timed
      = cli_write ("small.csv", "userId,movieId,rating,timestamp\n1,1,3,10\n1,2,4,20\n2,1,5,30\n2,3,1,9\n");
  g_autofree char *timeless = cli_write ("timeless.csv", "userId,movieId,rating\n1,1,3\n1,2,4\n2,1,5\n2,3,1\n");
  g_autofree char *path = cli_path ("small.npz");
  g_autoptr (CliRun) train = cli_run ("train", timed, "--split", "latest", "--output", path, NULL);
  g_autoptr (CliRun) lost = cli_run ("evaluate", path, "--ratings", timeless, NULL);
  g_autoptr (CliRun) other = cli_run ("evaluate", path, "--ratings", ratings, NULL);

  g_assert_cmpint (train->status, ==, 0);
  cli_assert_fails (lost, 1, "times in timeless.csv are not known");
  cli_assert_fails (other, 1, "was not trained on the ratings in");
}

/* Nobody has rated a film so well. */
static void
test_threshold_too_high (void)
{
  g_autofree char *path = cli_train ("model.npz", ratings, NULL);
  g_autoptr (CliRun) run = cli_run ("evaluate", path, "--threshold", "99", "--json", NULL);
  g_autoptr (CliRun) people = cli_run ("evaluate", path, "--threshold", "99", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  JsonObject *ranking = cli_find_event (events, "ranking");

  g_assert_cmpint (json_object_get_int_member (ranking, "users"), ==, 0);
  g_assert_true (json_object_get_null_member (ranking, "ndcg"));
  g_assert_nonnull (strstr (people->out, "–"));
}

static void
test_other_data (void)
{
  g_autofree char *path = cli_train ("model.npz", ratings, NULL);
  g_autofree char *other = cli_write ("other.csv", "userId,movieId,rating\na,20,4\n");
  g_autofree char *broken = cli_write ("broken.csv", "userId,movieId,rating\n1,20,good\n");
  g_autoptr (CliRun) strangers = cli_run ("evaluate", path, "--test", other, "--json", NULL);
  g_autoptr (CliRun) text = cli_run ("evaluate", path, "--test", broken, "--json", NULL);

  cli_assert_fails (strangers, 1, "another data set");
  cli_assert_fails (text, 1, "broken.csv, line 2");
}

int
main (int argc, char **argv)
{
  int status;

  cli_test_init (&argc, &argv);
  ratings = cli_write_ratings ("ratings.csv", 30, 24);
  g_test_add_func ("/cli/evaluate/held-out", test_held_out);
  g_test_add_func ("/cli/evaluate/rankings", test_rankings);
  g_test_add_func ("/cli/evaluate/unknown", test_unknown);
  g_test_add_func ("/cli/evaluate/learnt", test_learnt);
  g_test_add_func ("/cli/evaluate/given", test_given);
  g_test_add_func ("/cli/evaluate/by-time", test_by_time);
  g_test_add_func ("/cli/evaluate/wrong-ratings", test_wrong_ratings);
  g_test_add_func ("/cli/evaluate/threshold-too-high", test_threshold_too_high);
  g_test_add_func ("/cli/evaluate/other-data", test_other_data);
  status = cli_test_run ();
  g_free (ratings);
  return status;
}
