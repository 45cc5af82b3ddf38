/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli-run.h"

/* Help, version, and calls that make no sense: exit status 2 and one line. */

static void
test_version (void)
{
  g_autoptr (CliRun) run = cli_run ("--version", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_true (g_str_has_prefix (run->out, "matinee-cli "));
  g_assert_cmpstr (run->err, ==, "");
}

static void
test_help (void)
{
  static const char *const commands[] = { "info",    "train",  "recommend", "similar", "evaluate", "rate",
                                          "predict", "export", "sweep",     "fetch",   "generate" };
  g_autoptr (CliRun) run = cli_run ("--help", NULL);

  g_assert_cmpint (run->status, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (CliRun) by_help = cli_run ("help", commands[i], NULL);
      g_autoptr (CliRun) by_option = cli_run (commands[i], "--help", NULL);

      g_assert_nonnull (strstr (run->out, commands[i]));
      g_assert_cmpint (by_help->status, ==, 0);
      g_assert_cmpstr (by_help->err, ==, "");
      g_assert_nonnull (strstr (by_help->out, "--json"));
      g_assert_cmpstr (by_help->out, ==, by_option->out);
    }
}

static void
test_help_tells_ranges (void)
{
  g_autoptr (CliRun) run = cli_run ("train", "--help", NULL);

  g_assert_nonnull (strstr (run->out, "--factors=N"));
  g_assert_nonnull (strstr (run->out, "(1 to 512)"));
  g_assert_nonnull (strstr (run->out, "--count-exponent=X"));
  g_assert_nonnull (strstr (run->out, "Classic script"));
}

typedef struct
{
  const char *arguments[8];
  const char *message;
} WrongCall;

/* No file is read before a call is understood, so these need not exist. */
static const WrongCall wrong_calls[] = {
  { { NULL }, "command is missing" },
  { { "bake" }, "“bake”" },
  { { "--bake" }, "--bake" },
  { { "help", "bake" }, "“bake”" },
  { { "train" }, "RATINGS" },
  { { "info" }, "RATINGS" },
  { { "generate" }, "FOLDER" },
  { { "train", "a.csv", "b.csv" }, "b.csv" },
  { { "train", "a.csv", "--bake" }, "--bake" },
  { { "train", "a.csv", "--user" }, "--user" },
  { { "train", "a.csv", "--top", "5" }, "--user" },
  { { "train", "a.csv", "--user", "2", "--top", "0" }, "--top" },
  { { "train", "a.csv", "--user", "2", "--top", "five" }, "five" },
  { { "train", "a.csv", "--factors", "0" }, "--factors" },
  { { "train", "a.csv", "--factors", "513" }, "512" },
  { { "train", "a.csv", "--factors", "2.5" }, "whole" },
  { { "train", "a.csv", "--factors", "0x10" }, "0x10" },
  { { "train", "a.csv", "--factors", "10 " }, "10 " },
  { { "train", "a.csv", "--factors", "" }, "--factors" },
  { { "train", "a.csv", "--iterations", "-1" }, "--iterations" },
  { { "train", "a.csv", "--regularization", "nan" }, "nan" },
  { { "train", "a.csv", "--regularization", "inf" }, "inf" },
  { { "train", "a.csv", "--regularization", "0,5" }, "0,5" },
  { { "train", "a.csv", "--threads", "0" }, "--threads" },
  { { "train", "a.csv", "--threads", "many" }, "many" },
  { { "train", "a.csv", "--test-share", "1" }, "0.95" },
  { { "train", "a.csv", "--test", "b.csv", "--test-share", "0.1" }, "--test-share" },
  { { "train", "a.csv", "--solver", "magic" }, "exact" },
  { { "train", "a.csv", "--preset", "Magic" }, "Classic script" },
  { { "train", "a.csv", "--split", "newest" }, "latest-share" },
  { { "train", "a.csv", "--split", "given" }, "--test" },
  { { "train", "a.csv", "--split", "after", "--test-after", "tomorrow" }, "2015-06-01" },
  { { "train", "a.csv", "--split", "fold", "--folds", "3", "--fold", "4" }, "only 3 folds" },
  { { "train", "a.csv", "--test", "b.csv", "--split", "latest" }, "--split" },
  { { "sweep", "a.csv", "--regularization", "1,2", "--fold", "1,2" }, "--fold" },
  { { "cross-validate" }, "RATINGS" },
  { { "cross-validate", "a.csv", "--folds", "1" }, "--folds" },
  { { "cross-validate", "a.csv", "--test-share", "0.2" }, "--test-share" },
  { { "info", "a.csv", "--user", "2" }, "--user" },
  { { "recommend" }, "MODEL" },
  { { "recommend", "m.npz" }, "--all-users" },
  { { "recommend", "m.npz", "--user", "1", "--all-users" }, "exclude each other" },
  { { "recommend", "m.npz", "--user", "1", "--users", "u.txt" }, "exclude each other" },
  { { "recommend", "m.npz", "--all-users", "--explain" }, "--user" },
  { { "recommend", "m.npz", "--user", "1", "--explain", "--output", "o.csv" }, "--explain" },
  { { "recommend", "m.npz", "--user", "1", "--explain", "--format", "csv" }, "--explain" },
  { { "recommend", "m.npz", "--user", "1", "--format", "xml" }, "xml" },
  { { "recommend", "m.npz", "--user", "1", "--format", "csv", "--json" }, "exclude each other" },
  { { "recommend", "m.npz", "--user", "1", "--top", "0" }, "--top" },
  { { "recommend", "m.npz", "--user", "1", "--threads", "0" }, "--threads" },
  { { "recommend", "m.npz", "--user", "1", "--min-ratings", "-1" }, "--min-ratings" },
  { { "recommend", "m.npz", "--user", "1", "--year-from", "soon" }, "soon" },
  { { "recommend", "m.npz", "--user", "1", "--year-to", "0" }, "--year-to" },
  { { "recommend", "m", "--user", "1", "--year-from", "1930", "--year-to=1920" }, "exchange" },
  { { "similar", "m.npz" }, "--movie" },
  { { "similar", "m.npz", "--movie", "1", "--top", "many" }, "many" },
  { { "evaluate" }, "MODEL" },
  { { "evaluate", "m.npz", "--at", "0" }, "--at" },
  { { "evaluate", "m.npz", "--threshold", "high" }, "high" },
  { { "rate" }, "RATINGS" },
  { { "rate", "mine.csv" }, "--model" },
  { { "rate", "mine.csv", "--model", "m.npz", "--top", "1.5" }, "whole" },
  { { "sweep" }, "RATINGS" },
  { { "sweep", "a.csv" }, "--regularization" },
  { { "sweep", "a.csv", "--regularization", "1,,2" }, "--regularization" },
  { { "sweep", "a.csv", "--regularization", "1,2,1" }, "twice" },
  { { "sweep", "a.csv", "--regularization", "1,-2" }, "-2" },
  { { "sweep", "a.csv", "--factors", "10,513" }, "512" },
  { { "sweep", "a.csv", "--regularization", "1,2", "--seed", "1,2" }, "--seed" },
  { { "sweep", "a.csv", "--learning-rate", "0.1,0.2" }, "no effect" },
  { { "sweep", "a.csv", "--regularization", "1,2", "--test-share", "0" }, "--test-share" },
  { { "generate", "d", "--users", "0" }, "--users" },
  { { "generate", "d", "--users", "10", "--movies", "10", "--ratings", "1000" }, "1000" },
  { { "generate", "d", "--noise", "-1" }, "--noise" },
  { { "generate", "d", "--factors", "1000" }, "512" },
};

static void
test_wrong_call (gconstpointer data)
{
  const WrongCall *call = data;
  g_autoptr (CliRun) run = cli_run_strv (call->arguments);

  cli_assert_fails (run, 2, call->message);
  g_assert_cmpstr (run->out, ==, "");
}

static void
test_control_characters (void)
{
  g_autoptr (CliRun) run = cli_run ("a\033[31m\nb", NULL);

  cli_assert_fails (run, 2, "b”");
  g_assert_null (strchr (run->err, '\033'));
}

int
main (int argc, char **argv)
{
  cli_test_init (&argc, &argv);
  g_test_add_func ("/cli/usage/version", test_version);
  g_test_add_func ("/cli/usage/help", test_help);
  g_test_add_func ("/cli/usage/ranges", test_help_tells_ranges);
  g_test_add_func ("/cli/usage/control-characters", test_control_characters);
  for (guint i = 0; i < G_N_ELEMENTS (wrong_calls); i++)
    {
      g_autofree char *joined = g_strjoinv (" ", (char **) wrong_calls[i].arguments);
      g_autofree char *path = g_strdup_printf ("/cli/usage/wrong/%u %s", i, g_strdelimit (joined, "/", '_'));

      g_test_add_data_func (path, &wrong_calls[i], test_wrong_call);
    }
  return g_test_run ();
}
