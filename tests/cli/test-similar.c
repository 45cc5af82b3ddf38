/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli-run.h"

/* Films that appeal to the same people, found by id or by title. */

static char *model;

static void
test_by_id (void)
{
  static const char *const members[] = { "to", "rank", "movie", "title", "similarity", "ratings", NULL };
  g_autoptr (CliRun) run = cli_run ("similar", model, "--movie", "20", "--top", "5", "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  double last = 1.0;

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (events->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      double similarity = json_object_get_double_member (events->pdata[i], "similarity");

      cli_assert_members (events->pdata[i], "similar", members);
      g_assert_cmpstr (json_object_get_string_member (events->pdata[i], "to"), ==, "20");
      g_assert_cmpstr (json_object_get_string_member (events->pdata[i], "movie"), !=, "20");
      g_assert_cmpint (json_object_get_int_member (events->pdata[i], "ratings"), ==, 20);
      g_assert_cmpfloat (similarity, <=, last);
      last = similarity;
    }
  /* The users who like one even film like them all. */
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (g_ascii_strtoll (json_object_get_string_member (events->pdata[i], "movie"), NULL, 10) / 10 % 2, ==,
                     0);
}

static void
test_by_title (void)
{
  g_autoptr (CliRun) by_id = cli_run ("similar", model, "--movie", "200", "--json", NULL);
  g_autoptr (CliRun) by_title = cli_run ("similar", model, "--movie", "sunrise a song 20", "--json", NULL);
  /* The beginning of others, but the whole of one. */
  g_autoptr (CliRun) by_whole = cli_run ("similar", model, "--movie", "Sunrise, a \"Song\" 2", "--json", NULL);
  g_autoptr (CliRun) two = cli_run ("similar", model, "--movie", "20", "--json", NULL);

  g_assert_cmpint (by_title->status, ==, 0);
  g_assert_cmpstr (by_id->out, ==, by_title->out);
  g_assert_cmpstr (by_whole->out, ==, two->out);
}

static void
test_for_people (void)
{
  g_autoptr (CliRun) run = cli_run ("similar", model, "--movie", "20", "--top", "3", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_true (g_str_has_prefix (run->out, "Films for those who like Sunrise, a \"Song\" 2 (1927)\n"));
  g_assert_nonnull (strstr (run->out, "Similarity"));
}

static void
test_filter (void)
{
  g_autoptr (CliRun) none = cli_run ("similar", model, "--movie", "20", "--min-ratings", "100", NULL);
  g_autoptr (CliRun) event = cli_run ("similar", model, "--movie", "20", "--year-from", "1999", "--json", NULL);

  g_assert_cmpint (none->status, ==, 0);
  g_assert_nonnull (strstr (none->out, "Loosen --min-ratings"));
  g_assert_true (g_str_has_prefix (event->out, "{\"event\":\"empty\",\"to\":\"20\""));
}

static void
test_unknown (void)
{
  g_autoptr (CliRun) many = cli_run ("similar", model, "--movie", "sunrise", NULL);
  g_autoptr (CliRun) near = cli_run ("similar", model, "--movie", "1100", NULL);
  g_autoptr (CliRun) none = cli_run ("similar", model, "--movie", "Nosferatu", NULL);
  g_autoptr (CliRun) signs = cli_run ("similar", model, "--movie", "!?", NULL);

  cli_assert_fails (many, 1, "12 films fit “sunrise”");
  cli_assert_fails (near, 1, "did you mean “110”");
  cli_assert_fails (none, 1, "There is no film “Nosferatu” in model.npz");
  cli_assert_fails (signs, 1, "There is no film “!?”");
}

int
main (int argc, char **argv)
{
  int status;

  cli_test_init (&argc, &argv);
  model = cli_make_model (30);
  g_test_add_func ("/cli/similar/by-id", test_by_id);
  g_test_add_func ("/cli/similar/by-title", test_by_title);
  g_test_add_func ("/cli/similar/for-people", test_for_people);
  g_test_add_func ("/cli/similar/filter", test_filter);
  g_test_add_func ("/cli/similar/unknown", test_unknown);
  status = cli_test_run ();
  g_free (model);
  return status;
}
