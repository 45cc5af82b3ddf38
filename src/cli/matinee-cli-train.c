/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "matinee-cli-actions.h"
#include "matinee-cli-event.h"
#include "matinee-cli-films.h"
#include "matinee-cli-load.h"
#include "matinee-cli-model.h"
#include "matinee-cli-params.h"
#include "matinee-cli-save.h"
#include "matinee-cli-signals.h"
#include "matinee-cli-source.h"
#include "matinee-cli-text.h"
#include "matinee-cli-training.h"
#include "matinee-start-from.h"

/**
 * Options:
 * @source: where the data come from
 * @start_from: (nullable): `--start-from`
 * @output: (nullable): `--output`
 * @user: (nullable): `--user`
 * @top_text: (nullable): `--top`
 * @top: what it says
 * @json: `--json`
 * @given: the options of parameters
 * @params: what decides the training
 * @with_factors: whether `--factors` was given
 *
 * What the command was asked to do.
 */
typedef struct
{
  MatineeCliSource source;
  char *start_from;
  char *output;
  char *user;
  char *top_text;
  guint top;
  gboolean json;
  MatineeCliParams *given;
  MatineeParams params;
  gboolean with_factors;
} Options;

static void
options_clear (gpointer data)
{
  Options *options = data;

  matinee_cli_source_clear (&options->source);
  g_free (options->start_from);
  g_free (options->output);
  g_free (options->user);
  g_free (options->top_text);
  g_clear_pointer (&options->given, matinee_cli_params_free);
}

/* Opens the model to start from, and takes its k unless another was asked for. */
static gboolean
open_start (Options *options, MatineePool *pool, MatineeStop *stop, MatineeModelFile **start, GError **error)
{
  if (options->start_from == NULL)
    return TRUE;
  *start = matinee_cli_open_model (options->start_from, pool, stop, error);
  if (*start == NULL)
    return FALSE;
  if (!options->with_factors)
    options->params.n_factors = (*start)->model->factors->n_factors;
  return matinee_start_from_check (&options->params, (*start)->model, error);
}

/* What a model learnt from may be held out now, and flatter it, unless its split is
 * this one. */
static gboolean
is_same_split (const Options *options, const MatineeModelFile *start, const MatineeRatings *ratings, MatineePool *pool)
{
  const MatineeParams *before = &start->model->params;
  MatineeFingerprint now;
  MatineeParams same = options->params;

  matinee_params_copy_split (&same, before);
  return options->source.test == NULL
         && g_strcmp0 (start->split, matinee_split_info (options->params.split)->choice.id) == 0
         && matinee_params_equal (&same, &options->params)
         && matinee_fingerprint_ratings (ratings, pool, NULL, &now, NULL)
         && matinee_fingerprint_equal (&now, &start->fingerprint);
}

static void
tell_start (const Options *options, const MatineeStartMatch *match, const MatineeRatings *ratings)
{
  g_autofree char *name = g_filename_display_basename (options->start_from);
  g_autofree char *clean = matinee_cli_text_clean (name);
  guint32 n_users = matinee_ratings_get_n_users (ratings), n_movies = matinee_ratings_get_n_movies (ratings);

  if (options->json)
    {
      JsonBuilder *event = matinee_cli_event_new ("start");

      matinee_cli_event_add_string (event, "model", name);
      matinee_cli_event_add_count (event, "users", match->n_users);
      matinee_cli_event_add_count (event, "new_users", n_users - match->n_users);
      matinee_cli_event_add_count (event, "movies", match->n_movies);
      matinee_cli_event_add_count (event, "new_movies", n_movies - match->n_movies);
      matinee_cli_event_write (event);
    }
  else
    {
      g_autofree char *users = matinee_cli_format_count (match->n_users);
      g_autofree char *movies = matinee_cli_format_count (match->n_movies);
      g_autofree char *all_users = matinee_cli_format_count (n_users);
      g_autofree char *all_movies = matinee_cli_format_count (n_movies);

      matinee_cli_print_field (_ ("Start"), _ ("%s knows %s of %s users and %s of %s movies"), clean, users, all_users,
                               movies, all_movies);
    }
}

/* Makes the factors to begin with, or none for a fresh start. */
static gboolean
make_start (const Options *options, const MatineeModelFile *file, const MatineeDataset *dataset, MatineeSplit *split,
            MatineePool *pool, MatineeFactors **start, GError **error)
{
  const MatineeRatings *ratings = dataset->ratings;
  MatineeStartMatch match;

  if (file == NULL)
    return TRUE;
  *start = matinee_start_from_model (file->model, &options->params, split, ratings->users, ratings->movies, pool,
                                     &match, error);
  if (*start == NULL)
    return FALSE;
  tell_start (options, &match, ratings);
  if (match.n_users == 0 && match.n_movies == 0)
    matinee_cli_note (_ ("the model to start from has no user and no movie of these ratings: this is a fresh start"));
  else if (split->test_by_user->n_entries > 0 && !is_same_split (options, file, ratings, pool))
    matinee_cli_note (_ ("the model to start from may have learnt from ratings that are held out now: the test error "
                         "may look better than it is"));
  return TRUE;
}

static void
tell_data (const Options *options, const MatineeDataset *dataset, const MatineeSplit *split)
{
  if (options->json)
    matinee_cli_write_data (dataset, split, &options->params);
  else
    {
      matinee_cli_print_dataset (dataset, options->source.ratings, options->source.titles);
      matinee_cli_print_split (split, &options->params, options->source.test);
    }
}

/* Trains, and saves what was learnt however the training ended. */
static MatineeModel *
run_and_save (const Options *options, MatineeDataset *dataset, MatineeSplit *split, const MatineeFactors *start,
              MatineePool *pool, MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeModel) model = NULL;
  g_autoptr (GError) problem = NULL;
  MatineeCliSave save = { .path = options->output,
                          .ratings_path = options->source.ratings,
                          .split = matinee_split_info (options->params.split)->choice.id,
                          .json = options->json };
  gboolean done
      = matinee_cli_run_training (dataset, split, &options->params, start, options->json, pool, stop, &model, error);

  if (model != NULL && options->output != NULL && !matinee_cli_save_model (&save, model, dataset, pool, &problem))
    {
      /* A line for each of two failures would be one too many: the loss counts. */
      if (!done)
        g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return done ? g_steal_pointer (&model) : NULL;
}

static gboolean
train (Options *options, GError **error)
{
  const char *inputs[] = { options->source.ratings, options->source.titles, options->source.test };
  MatineeStop *stop = matinee_cli_stop_on_signals ();
  g_autoptr (MatineePool) pool = matinee_pool_new (options->params.n_threads);
  g_autoptr (MatineeSplit) split = NULL;
  g_autoptr (MatineeModelFile) start_file = NULL;
  g_autoptr (MatineeDataset) dataset = NULL;
  g_autoptr (MatineeFactors) start = NULL;
  g_autoptr (MatineeModel) model = NULL;
  guint32 user = 0;

  if (!matinee_cli_check_output (options->output, inputs, G_N_ELEMENTS (inputs), error)
      || !open_start (options, pool, stop, &start_file, error))
    return FALSE;
  dataset = matinee_cli_load_source (&options->source, &options->params, pool, stop, &split, error);
  if (dataset == NULL
      || (options->user != NULL
          && !matinee_cli_find_user (dataset->ratings->users, options->user, options->source.ratings, &user, error)))
    return FALSE;
  tell_data (options, dataset, split);
  if (!make_start (options, start_file, dataset, split, pool, &start, error))
    return FALSE;
  g_clear_pointer (&start_file, matinee_model_file_free);
  model = run_and_save (options, dataset, split, start, pool, stop, error);
  if (model == NULL)
    return FALSE;
  return options->user == NULL
         || matinee_cli_recommend_films (model, dataset, user, options->top, options->json, error);
}

static gboolean
resolve (Options *options, GError **error)
{
  const MatineeCliParams *params = options->given;

  if (options->top_text != NULL && options->user == NULL)
    return matinee_cli_fail_usage (error, _ ("--top needs --user: whom to recommend films to"));
  if (!matinee_cli_parse_top (options->top_text, &options->top, error)
      || !matinee_cli_reading_resolve (&options->source.reading, error))
    return FALSE;
  options->with_factors = params->numbers[MATINEE_PARAM_FACTORS] != NULL;
  return matinee_cli_params_resolve (params, &options->params, error)
         && matinee_cli_source_resolve (&options->source, params, &options->params, error);
}

static void
add_options (gpointer data, GOptionContext *context)
{
  Options *options = data;
  const GOptionEntry entries[] = {
    { "movies", 'm', 0, G_OPTION_ARG_FILENAME, &options->source.titles, N_ ("The titles of the movies"), N_ ("FILE") },
    { "test", 't', 0, G_OPTION_ARG_FILENAME, &options->source.test, N_ ("Test on these ratings instead of a share"),
      N_ ("FILE") },
    { "start-from", 0, 0, G_OPTION_ARG_FILENAME, &options->start_from, N_ ("Go on from this model"), N_ ("MODEL") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, N_ ("Save the model to this file (.npz)"),
      N_ ("MODEL") },
    { "user", 'u', 0, G_OPTION_ARG_FILENAME, &options->user, N_ ("Recommend films to this user"), N_ ("ID") },
    { "top", 'n', 0, G_OPTION_ARG_STRING, &options->top_text, N_ ("How many films to recommend (10 if not given)"),
      "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print JSON, one object a line"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  matinee_cli_source_add_options (&options->source, context);
  matinee_cli_reading_add_titles_options (&options->source.reading, context);
  options->given = matinee_cli_params_new (context);
}

static gboolean
run (gpointer data, const MatineeCliCall *call, GError **error)
{
  Options *options = data;

  options->source.ratings = g_strdup (matinee_cli_call_get_argument (call));
  if (!resolve (options, error))
    return FALSE;
  matinee_cli_params_note_unused (options->given, &options->params);
  return train (options, error);
}

/**
 * matinee_cli_train:
 *
 * Learns from a ratings file, tells each iteration, saves the model and recommends
 * films if asked.
 */
const MatineeCliAction matinee_cli_train = { sizeof (Options), add_options, run, options_clear };
