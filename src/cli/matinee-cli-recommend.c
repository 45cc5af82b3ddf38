/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "matinee-cli-actions.h"
#include "matinee-cli-explain.h"
#include "matinee-cli-films.h"
#include "matinee-cli-filter.h"
#include "matinee-cli-lists.h"
#include "matinee-cli-model.h"
#include "matinee-cli-save.h"
#include "matinee-cli-signals.h"
#include "matinee-cli-users.h"
#include "matinee-solver.h"

/**
 * Options:
 * @model: the model file
 * @user: (nullable): `--user`
 * @users: (nullable): `--users`
 * @all: `--all-users`
 * @top_text: (nullable): `--top`
 * @threads_text: (nullable): `--threads`
 * @include_rated: `--include-rated`
 * @explain: `--explain`
 * @rows: how tables for programs are written
 * @filter: which films may be listed
 * @top: how many films
 * @n_threads: how many threads
 *
 * What the command was asked to do.
 */
typedef struct
{
  const char *model;
  char *user;
  char *users;
  gboolean all;
  char *top_text;
  char *threads_text;
  gboolean include_rated;
  gboolean explain;
  MatineeCliRows rows;
  MatineeCliFilter filter;
  guint top;
  guint n_threads;
} Options;

static void
options_clear (gpointer data)
{
  Options *options = data;

  g_free (options->user);
  g_free (options->users);
  g_free (options->top_text);
  g_free (options->threads_text);
  matinee_cli_rows_clear (&options->rows);
  matinee_cli_filter_clear (&options->filter);
}

static gboolean
resolve (Options *options, GError **error)
{
  int n_whom = (options->user != NULL) + (options->users != NULL) + (options->all ? 1 : 0);

  if (n_whom == 0)
    return matinee_cli_fail_usage (
        error, _ ("“recommend” needs --user ID, --users FILE or --all-users: whom to recommend films to"));
  if (n_whom > 1)
    return matinee_cli_fail_usage (error, _ ("--user, --users and --all-users exclude each other: give one of them"));
  if (options->explain && options->user == NULL)
    return matinee_cli_fail_usage (error, _ ("--explain needs --user: whose recommendations to explain"));
  if (options->explain && (options->rows.output != NULL || g_strcmp0 (options->rows.format_text, "csv") == 0))
    return matinee_cli_fail_usage (
        error, _ ("--explain can’t be written as a table: leave --output and --format out, or use --json"));
  return matinee_cli_parse_top (options->top_text, &options->top, error)
         && matinee_cli_parse_threads (options->threads_text, &options->n_threads, error)
         && matinee_cli_filter_resolve (&options->filter, error) && matinee_cli_rows_resolve (&options->rows, error);
}

/* Lists the films for somebody, each with its reasons. The user is solved afresh,
 * so that the list is what the reasons add up to. */
static gboolean
explain_user (const Options *options, MatineeModelFile *file, guint32 user, const MatineeQuery *query,
              const MatineeCliAudience *audience, GError **error)
{
  gboolean by_ratings = file->has_ratings && matinee_solver_has_closed_form (file->model->params.solver);
  g_autoptr (MatineePerson) person = NULL;
  g_autoptr (MatineeTopN) top = NULL;

  if (by_ratings)
    {
      person = matinee_person_new_for_user (file->model, matinee_cli_get_train (file), user, error);
      top = person != NULL ? matinee_recommender_top_for (person, query, error) : NULL;
    }
  else
    top = matinee_recommender_top_user (file->model, user, query, error);
  if (top == NULL)
    return FALSE;
  if (!by_ratings)
    matinee_cli_note (_ ("predictions of this model are sums over factors, not over ratings"));
  matinee_cli_show_list (audience, top, options->rows.json);
  for (guint i = 0; i < top->n; i++)
    {
      guint32 movie = top->items[i].movie;
      g_autoptr (MatineeExplanation) explanation = by_ratings
                                                       ? matinee_explain_person (person, movie, error)
                                                       : matinee_explain_factors (file->model, user, movie, error);

      if (explanation == NULL)
        return FALSE;
      matinee_cli_show_explanation (audience, explanation, options->rows.json);
    }
  return TRUE;
}

static gboolean
save_list (const Options *options, MatineeModelFile *file, const MatineeCliAudience *audience, const MatineeTopN *top,
           GError **error)
{
  MatineeCliLists lists = { .file = file, .rows = &options->rows };
  g_autoptr (MatineeRecommendationWriter) writer = matinee_cli_lists_open (&lists, error);

  if (writer == NULL || !matinee_recommendation_writer_add_named (writer, audience->user, top->items, top->n, error)
      || !matinee_recommendation_writer_finish (writer, error))
    return FALSE;
  if (top->n == 0)
    {
      g_autofree char *empty = matinee_cli_describe_empty (audience, &top->hidden);

      matinee_cli_note ("%s", empty);
    }
  return TRUE;
}

static gboolean
recommend_to_one (const Options *options, MatineeModelFile *file, const MatineeFilter *filter, guint32 user,
                  GError **error)
{
  char buffer[MATINEE_ID_BUFFER];
  const char *id = matinee_ids_format (file->model->users, user, buffer);
  MatineeCliAudience audience = { file->model, file->dataset, id, TRUE };
  MatineeQuery query = { .n = options->top, .filter = filter };
  g_autoptr (MatineeTopN) top = NULL;

  if (!options->include_rated)
    matinee_query_exclude_row (&query, file->dataset->ratings->by_user, user);
  if (matinee_recommender_is_cold (file->model, user))
    matinee_cli_note (_ ("user %s had no ratings to learn from: predictions are those of the means"), id);
  if (options->explain)
    return explain_user (options, file, user, &query, &audience, error);
  top = matinee_recommender_top_user (file->model, user, &query, error);
  if (top == NULL)
    return FALSE;
  if (options->rows.output != NULL || (options->rows.format_text != NULL && !options->rows.json))
    return save_list (options, file, &audience, top, error);
  matinee_cli_show_list (&audience, top, options->rows.json);
  return TRUE;
}

static gboolean
recommend_to_many (const Options *options, MatineeModelFile *file, const MatineeFilter *filter, const GArray *users,
                   MatineePool *pool, MatineeStop *stop, GError **error)
{
  MatineeCliLists lists = {
    .file = file,
    .users = users != NULL ? (const guint32 *) (gpointer) users->data : NULL,
    .n_users = users != NULL ? users->len : file->model->factors->n_users,
    .top = options->top,
    .include_rated = options->include_rated,
    .filter = filter,
    .rows = &options->rows,
  };

  return matinee_cli_write_lists (&lists, pool, stop, error);
}

static gboolean
recommend (const Options *options, GError **error)
{
  const char *inputs[] = { options->model, options->users };
  MatineeStop *stop = matinee_cli_stop_on_signals ();
  g_autoptr (MatineePool) pool = matinee_pool_new (options->n_threads);
  g_autoptr (MatineeModelFile) file = NULL;
  g_autoptr (MatineeFilmStats) stats = NULL;
  g_autoptr (MatineeFilter) filter = NULL;
  g_autoptr (GArray) users = NULL;
  guint32 user = 0;

  if (!matinee_cli_check_output (options->rows.output, inputs, G_N_ELEMENTS (inputs), error))
    return FALSE;
  file = matinee_cli_open_model (options->model, pool, stop, error);
  if (file == NULL)
    return FALSE;
  if (options->user != NULL && !matinee_cli_find_user (file->model->users, options->user, options->model, &user, error))
    return FALSE;
  if (options->users != NULL)
    {
      users = matinee_cli_read_users (options->users, file->model->users, options->model, error);
      if (users == NULL)
        return FALSE;
    }
  stats = matinee_film_stats_new (file->dataset->ratings->by_user, error);
  if (stats == NULL || !matinee_cli_filter_make (&options->filter, file, stats, options->model, &filter, error))
    return FALSE;
  if (!options->include_rated && !file->has_ratings)
    matinee_cli_note (_ ("the model was saved without its ratings: films that were rated are listed too"));
  if (options->user == NULL)
    return recommend_to_many (options, file, filter, users, pool, stop, error);
  return matinee_model_file_restore_split (file, pool, stop, error)
         && recommend_to_one (options, file, filter, user, error);
}

static void
add_options (gpointer data, GOptionContext *context)
{
  Options *options = data;
  const GOptionEntry entries[] = {
    { "user", 'u', 0, G_OPTION_ARG_FILENAME, &options->user, N_ ("Recommend films to this user"), N_ ("ID") },
    { "users", 0, 0, G_OPTION_ARG_FILENAME, &options->users, N_ ("To the users in this file, one id a line"),
      N_ ("FILE") },
    { "all-users", 'a', 0, G_OPTION_ARG_NONE, &options->all, N_ ("To all users"), NULL },
    { "top", 'n', 0, G_OPTION_ARG_STRING, &options->top_text, N_ ("How many films to recommend (10 if not given)"),
      "N" },
    { "include-rated", 0, 0, G_OPTION_ARG_NONE, &options->include_rated, N_ ("Also list films that the user has rated"),
      NULL },
    { "explain", 0, 0, G_OPTION_ARG_NONE, &options->explain, N_ ("Say what each prediction is made of"), NULL },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &options->threads_text, N_ ("How many threads work"), "N" },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  matinee_cli_rows_add_options (&options->rows, context);
  matinee_cli_filter_add_options (&options->filter, context);
}

static gboolean
run (gpointer data, const MatineeCliCall *call, GError **error)
{
  Options *options = data;

  options->model = matinee_cli_call_get_argument (call);
  return resolve (options, error) && recommend (options, error);
}

/**
 * matinee_cli_recommend:
 *
 * What one, some or all users of a saved model should watch next.
 */
const MatineeCliAction matinee_cli_recommend = { sizeof (Options), add_options, run, options_clear };
