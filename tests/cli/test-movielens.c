/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-run.h"

/* The two presets on the small MovieLens set, which is not part of the project. */

static GPtrArray *
train (const char *preset, const char *seed)
{
  g_autofree char *ratings = cli_movielens ("ratings.csv");
  g_autofree char *titles = ratings != NULL ? cli_movielens ("movies.csv") : NULL;
  g_autoptr (CliRun) run = NULL;

  if (ratings == NULL)
    return NULL;
  run = cli_run ("train", ratings, "--movies", titles, "--preset", preset, "--seed", seed, "--user", "2", "--top", "5",
                 "--json", NULL);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  return cli_run_events (run);
}

static void
test_classic_script (void)
{
  g_autoptr (GPtrArray) events = train ("Classic script", "1");

  if (events == NULL)
    return;
  g_assert_cmpuint (events->len, ==, 1 + 6 + 1 + 5);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (json_object_get_int_member (events->pdata[1 + i], "iteration"), ==, i);
  g_assert_cmpfloat (json_object_get_double_member (events->pdata[7], "seconds"), <, 1.0);
  for (guint i = 8; i < 13; i++)
    g_assert_cmpstr (json_object_get_string_member (events->pdata[i], "title"), !=, "");
}

static void
test_recommended (void)
{
  static const char *const seeds[] = { "1", "2", "3" };

  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      g_autoptr (GPtrArray) events = train ("Recommended", seeds[i]);
      JsonObject *done;

      if (events == NULL)
        return;
      done = events->pdata[events->len - 6];
      g_test_message ("seed %s: %.4f in %.3f s", seeds[i], json_object_get_double_member (done, "test_rmse_clipped"),
                      json_object_get_double_member (done, "seconds"));
      g_assert_cmpfloat (json_object_get_double_member (done, "test_rmse_clipped"), <=, 0.860);
    }
}

int
main (int argc, char **argv)
{
  cli_test_init (&argc, &argv);
  g_test_add_func ("/cli/movielens/classic-script", test_classic_script);
  g_test_add_func ("/cli/movielens/recommended", test_recommended);
  return g_test_run ();
}
