/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-train.h"

#include <glib/gi18n.h>

#include "matinee-cli-films.h"
#include "matinee-cli-load.h"
#include "matinee-cli-params.h"
#include "matinee-cli-signals.h"
#include "matinee-cli-training.h"
#include "matinee-error.h"
#include "matinee-system.h"

#define DEFAULT_TOP 10
#define MAX_TOP 1000000

/**
 * TrainOptions:
 * @ratings: the ratings file
 * @titles: (nullable): `--movies`
 * @test: (nullable): `--test`
 * @user: (nullable): `--user`
 * @top_text: (nullable): `--top`
 * @top: what it says
 * @json: `--json`
 * @params: what decides the training
 *
 * What the command was asked to do.
 */
typedef struct
{
  const char *ratings;
  char *titles;
  char *test;
  char *user;
  char *top_text;
  guint top;
  gboolean json;
  MatineeParams params;
} TrainOptions;

static void
train_options_clear (TrainOptions *options)
{
  g_free (options->titles);
  g_free (options->test);
  g_free (options->user);
  g_free (options->top_text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrainOptions, train_options_clear)

static gboolean
check_memory (const TrainOptions *options, const MatineeRatings *ratings, GError **error)
{
  return matinee_params_check_memory (&options->params, matinee_ratings_get_n_users (ratings),
                                      matinee_ratings_get_n_movies (ratings), matinee_ratings_get_n (ratings),
                                      matinee_system_available_memory (), error);
}

/* Reads the data and decides which ratings train and which test. */
static MatineeDataset *
load (const TrainOptions *options, MatineePool *pool, MatineeStop *stop, MatineeSplit **split, GError **error)
{
  g_autoptr (MatineeDataset) dataset = NULL;
  g_autoptr (MatineeRatings) test = NULL;
  g_autoptr (MatineeRatings) joined = NULL;

  dataset = matinee_cli_read_dataset (options->ratings, options->titles, pool, stop, error);
  if (dataset == NULL || !check_memory (options, dataset->ratings, error))
    return NULL;
  if (options->test == NULL)
    {
      *split = matinee_split_new_random (dataset->ratings, options->params.test_share, options->params.seed, pool, stop,
                                         error);
      return *split != NULL ? g_steal_pointer (&dataset) : NULL;
    }
  test = matinee_cli_read_ratings (options->test, pool, stop, error);
  if (test == NULL)
    return NULL;
  *split = matinee_split_new_given (dataset->ratings, test, &joined, pool, stop, error);
  return *split != NULL ? matinee_dataset_new (joined, dataset->titles, error) : NULL;
}

static gboolean
find_user (const TrainOptions *options, const MatineeDataset *dataset, guint32 *user, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *file = NULL;

  if (options->user == NULL || matinee_ids_find (dataset->ratings->users, options->user, user))
    return TRUE;
  name = g_utf8_make_valid (options->user, -1);
  file = g_filename_display_basename (options->ratings);
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND, _ ("There is no user “%s” in %s"), name, file);
  return FALSE;
}

static gboolean
train (const TrainOptions *options, GError **error)
{
  MatineeStop *stop = matinee_cli_stop_on_signals ();
  g_autoptr (MatineePool) pool = matinee_pool_new (options->params.n_threads);
  g_autoptr (MatineeSplit) split = NULL;
  g_autoptr (MatineeDataset) dataset = load (options, pool, stop, &split, error);
  g_autoptr (MatineeModel) model = NULL;
  guint32 user = 0;

  if (dataset == NULL || !find_user (options, dataset, &user, error))
    return FALSE;
  if (options->json)
    matinee_cli_write_data (dataset, split);
  else
    {
      matinee_cli_print_dataset (dataset, options->ratings, options->titles);
      matinee_cli_print_split (split, &options->params, options->test);
    }
  model = matinee_cli_run_training (dataset, split, &options->params, options->json, pool, stop, error);
  if (model == NULL)
    return FALSE;
  return options->user == NULL || matinee_cli_recommend (model, dataset, user, options->top, options->json, error);
}

static gboolean
resolve (TrainOptions *options, const MatineeCliParams *params, GError **error)
{
  double top = DEFAULT_TOP;

  if (options->test != NULL && params->numbers[MATINEE_PARAM_TEST_SHARE] != NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _ ("--test and --test-share exclude each other: give one of them"));
      return FALSE;
    }
  if (options->top_text != NULL && options->user == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _ ("--top needs --user: whom to recommend films to"));
      return FALSE;
    }
  if (options->top_text != NULL && !matinee_cli_parse_number ("top", options->top_text, TRUE, 1, MAX_TOP, &top, error))
    return FALSE;
  options->top = (guint) top;
  return matinee_cli_params_resolve (params, &options->params, error);
}

/**
 * matinee_cli_train:
 * @command: its row
 * @argv: (array zero-terminated): its name and what follows
 *
 * `matinee-cli train`: learns from a ratings file, tells each iteration, and
 * recommends films if asked.
 *
 * Returns: the exit status
 */
MatineeCliStatus
matinee_cli_train (const MatineeCliCommand *command, char **argv)
{
  g_auto (TrainOptions) options = { 0 };
  g_autoptr (MatineeCliParams) params = NULL;
  g_autoptr (MatineeCliCall) call = matinee_cli_call_new (command);
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "movies", 'm', 0, G_OPTION_ARG_FILENAME, &options.titles, N_ ("The titles of the movies"), N_ ("FILE") },
    { "test", 't', 0, G_OPTION_ARG_FILENAME, &options.test, N_ ("Test on these ratings rather than on a share"),
      N_ ("FILE") },
    { "user", 'u', 0, G_OPTION_ARG_FILENAME, &options.user, N_ ("Recommend films to this user"), N_ ("ID") },
    { "top", 'n', 0, G_OPTION_ARG_STRING, &options.top_text, N_ ("How many films to recommend (10 if not given)"),
      "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print JSON, one object a line"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (call->context, entries, GETTEXT_PACKAGE);
  params = matinee_cli_params_new (call->context);
  if (!matinee_cli_call_parse (call, argv, &error))
    return matinee_cli_report (error);
  if (call->help)
    {
      matinee_cli_call_print_help (call);
      return MATINEE_CLI_DONE;
    }
  if (!resolve (&options, params, &error))
    return matinee_cli_report (error);
  matinee_cli_params_note_unused (params, &options.params);
  options.ratings = matinee_cli_call_get_argument (call);
  return train (&options, &error) ? MATINEE_CLI_DONE : matinee_cli_report (error);
}
