/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "matinee-cli-actions.h"
#include "matinee-cli-text.h"

static const MatineeCliCommand commands[] = {
  { "info", N_ ("RATINGS|MODEL"), N_ ("Say what a ratings file or a model holds"),
    N_ ("Counts the users, movies and ratings of a file and the titles that belong to it, says how the file is read "
        "and what is odd about it. Of a model, says how it was trained and how well it does."),
    &matinee_cli_info },
  { "train", N_ ("RATINGS"), N_ ("Learn from ratings, save the model, recommend films"),
    N_ ("Learns from a file with the columns userId, movieId and rating, and prints the errors of each iteration.\n"
        "Ctrl+C ends the training and keeps what was learnt."),
    &matinee_cli_train },
  { "recommend", N_ ("MODEL"), N_ ("Recommend films to users of a saved model"),
    N_ ("Lists the films with the highest predictions for one user, for those in a file or for all."),
    &matinee_cli_recommend },
  { "similar", N_ ("MODEL"), N_ ("Find films that appeal to the same people"),
    N_ ("Lists the films whose factors point in the same direction as those of the given film."),
    &matinee_cli_similar },
  { "evaluate", N_ ("MODEL"), N_ ("Judge a saved model by ratings it has not seen"),
    N_ ("Prints the errors of the predictions, and how good the lists are beside those of two baselines: the most "
        "popular films, and those with the highest biases."),
    &matinee_cli_evaluate },
  { "rate", N_ ("RATINGS"), N_ ("Recommend films to somebody new"),
    N_ ("Takes a file with the columns movieId and rating, the ratings of one person, and recommends films from a "
        "saved model, without training."),
    &matinee_cli_rate },
  { "predict", N_ ("MODEL"), N_ ("Predict the ratings of given users and films"),
    N_ ("Predicts from a saved model what each user of a CSV file with the columns userId and movieId would give to "
        "the film of the same line. Users and films that the model does not know are predicted from the means, and "
        "the column “known” says so."),
    &matinee_cli_predict, N_ ("PAIRS") },
  { "export", N_ ("MODEL"), N_ ("Write what a saved model holds as tables"),
    N_ ("Writes the factors of a saved model, and what was measured while it was trained, as CSV or JSON."),
    &matinee_cli_export },
  { "sweep", N_ ("RATINGS"), N_ ("Train with many parameters, find the best"),
    N_ ("Trains once for every combination of the values given, one after another, and tells which has the lowest "
        "test error. Give several values with commas: --regularization 0.5,1,2 --factors 10,50.\n"
        "Ctrl+C ends the sweep and keeps what was found."),
    &matinee_cli_sweep },
  { "fetch", N_ ("[NAME]"), N_ ("Download a MovieLens set, or list them"),
    N_ ("Downloads a set of real ratings from GroupLens, checks it and unpacks it into your data folder. Without a "
        "name, "
        "lists the sets that there are. Each has a licence that you have to accept.\n"
        "Ctrl+C ends the download; the same command goes on from there."),
    &matinee_cli_fetch, NULL, TRUE },
  { "cross-validate", N_ ("RATINGS"), N_ ("Train several times, tell how sure the error is"),
    N_ ("Deals the ratings out at random into --folds parts of equal size, trains once for each part on all others, "
        "and "
        "tests on it. Prints the error of each fold, and their mean and standard deviation.\n"
        "Ctrl+C ends it and keeps the folds that were done."),
    &matinee_cli_cross_validate },
  { "generate", N_ ("FOLDER"), N_ ("Make up ratings to try things on"),
    N_ ("Writes ratings.csv, movies.csv and README.txt into a folder: synthetic ratings, drawn from hidden tastes and "
        "noise that are known."),
    &matinee_cli_generate },
  { "bench", NULL, N_ ("Measure this machine"),
    N_ ("Makes ratings, and measures how long it takes to read them, to train and to recommend, beside what the "
        "machine "
        "can do at best. Reading is measured on a temporary file."),
    &matinee_cli_bench },
};

static const MatineeCliCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  return NULL;
}

static MatineeCliStatus
fail_unknown (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *valid = g_utf8_make_valid (name, -1);

  if (name[0] == '-')
    g_set_error (&error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION,
                 _ ("There is no option %s before a command (see “matinee-cli --help”)"), valid);
  else
    g_set_error (&error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                 _ ("There is no command “%s” (see “matinee-cli --help”)"), valid);
  return matinee_cli_report (error);
}

static MatineeCliStatus
print_commands (void)
{
  matinee_cli_print ("%s\n  matinee-cli %s\n\n%s\n", _ ("Usage:"), _ ("COMMAND [OPTION…]"),
                     _ ("Train a matrix factorization on ratings, without a display."));
  matinee_cli_print ("\n%s\n", _ ("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *arguments = matinee_cli_command_dup_arguments (&commands[i]);
      g_autofree char *call
          = g_strdup_printf ("%s %s", commands[i].name, arguments != NULL ? arguments : _ ("[OPTION…]"));
      g_autofree char *padded = matinee_cli_text_pad (call, 20, FALSE);

      matinee_cli_print ("  %s  %s\n", padded, _ (commands[i].summary));
    }
  matinee_cli_print ("  %-20s  %s\n", "help COMMAND", _ ("Show what a command does and its options"));
  matinee_cli_print ("\n%s\n  %-20s  %s\n  %-20s  %s\n", _ ("Options:"), "-h, --help", _ ("Show this help"),
                     "--version", _ ("Show the version"));
  matinee_cli_print ("\n%s\n", _ ("Exit status: 0 done, 1 the work failed, 2 wrong usage."));
  return MATINEE_CLI_DONE;
}

static MatineeCliStatus
help (char **argv)
{
  char *help_argv[] = { argv[0], (char *) "--help", NULL };
  const MatineeCliCommand *command;

  if (argv[0] == NULL || g_str_equal (argv[0], "help"))
    return print_commands ();
  command = find_command (argv[0]);
  return command != NULL ? matinee_cli_call (command, help_argv) : fail_unknown (argv[0]);
}

static MatineeCliStatus
run (char **argv)
{
  const MatineeCliCommand *command;
  g_autoptr (GError) error = NULL;

  if (argv[0] == NULL)
    {
      g_set_error_literal (&error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                           _ ("A command is missing (see “matinee-cli --help”)"));
      return matinee_cli_report (error);
    }
  if (g_str_equal (argv[0], "--help") || g_str_equal (argv[0], "-h"))
    return print_commands ();
  if (g_str_equal (argv[0], "--version"))
    {
      matinee_cli_print ("matinee-cli %s\n", MATINEE_VERSION);
      return MATINEE_CLI_DONE;
    }
  if (g_str_equal (argv[0], "help"))
    return help (argv + 1);
  command = find_command (argv[0]);
  return command != NULL ? matinee_cli_call (command, argv) : fail_unknown (argv[0]);
}

int
main (int argc, char **argv)
{
  /* A build that is not installed has its translations elsewhere. */
  const char *locale_dir = g_getenv ("MATINEE_LOCALE_DIR");

  matinee_cli_output_init ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : MATINEE_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("matinee-cli");
  return matinee_cli_output_finish (argc > 0 ? run (argv + 1) : MATINEE_CLI_USAGE);
}
