/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "matinee-cli-actions.h"
#include "matinee-cli-event.h"
#include "matinee-cli-held-out.h"
#include "matinee-cli-load.h"
#include "matinee-cli-model.h"
#include "matinee-cli-signals.h"
#include "matinee-cli-table.h"
#include "matinee-cli-text.h"
#include "matinee-cli-training.h"
#include "matinee-error.h"
#include "matinee-evaluate.h"
#include "matinee-ranking.h"

#define DEFAULT_AT 10
#define MAX_AT 1000
#define MAX_THRESHOLD 1e6

/**
 * Options:
 * @model: the model file
 * @ratings: (nullable): `--ratings`; once loaded, perhaps a file in an archive
 * @test: (nullable): `--test`
 * @reading: how they are to be read
 * @at_text: (nullable): `--at`
 * @threshold_text: (nullable): `--threshold`
 * @threads_text: (nullable): `--threads`
 * @json: `--json`
 * @at: N
 * @threshold: what makes a film relevant, if @threshold_text is there
 * @n_threads: how many threads
 *
 * What the command was asked to do.
 */
typedef struct
{
  const char *model;
  char *ratings;
  char *test;
  MatineeCliReading reading;
  char *at_text;
  char *threshold_text;
  char *threads_text;
  gboolean json;
  guint at;
  double threshold;
  guint n_threads;
} Options;

static void
options_clear (gpointer data)
{
  Options *options = data;

  g_free (options->ratings);
  g_free (options->test);
  matinee_cli_reading_clear (&options->reading);
  g_free (options->at_text);
  g_free (options->threshold_text);
  g_free (options->threads_text);
}

static void
write_errors (const MatineeModel *model, const MatineeCliHeldOut *held_out, const MatineeErrors *errors)
{
  JsonBuilder *event = matinee_cli_event_new ("evaluation");

  matinee_cli_event_add_count (event, "ratings", held_out->n);
  matinee_cli_event_add_count (event, "known", errors->n);
  matinee_cli_event_add_count (event, "unknown_users", held_out->n_unknown_users);
  matinee_cli_event_add_count (event, "unknown_movies", held_out->n_unknown_movies);
  /* Not known without the split of the training. */
  if (model->split != NULL)
    matinee_cli_event_add_count (event, "learnt", held_out->n_learnt);
  else
    matinee_cli_event_add_string (event, "learnt", NULL);
  matinee_cli_event_add_number (event, "rmse", matinee_errors_rmse (errors));
  matinee_cli_event_add_number (event, "mse", matinee_errors_mse (errors));
  matinee_cli_event_add_number (event, "mae", matinee_errors_mae (errors));
  matinee_cli_event_add_number (event, "rmse_clipped", matinee_errors_rmse_clipped (errors));
  matinee_cli_event_add_number (event, "mse_clipped", errors->squared_clipped / (double) errors->n);
  matinee_cli_event_add_number (event, "mae_clipped", matinee_errors_mae_clipped (errors));
  matinee_cli_event_write (event);
}

static void
print_error (const char *label, double plain, double clipped)
{
  matinee_cli_print_field (label, _ ("%.5f, and %.5f with predictions clipped to the scale"), plain, clipped);
}

static void
print_errors (const Options *options, const MatineeCliHeldOut *held_out, const MatineeErrors *errors)
{
  g_autofree char *n = matinee_cli_format_count (errors->n);
  g_autofree char *users = matinee_cli_format_count (held_out->n_unknown_users);
  g_autofree char *movies = matinee_cli_format_count (held_out->n_unknown_movies);

  if (options->test != NULL)
    {
      g_autofree char *name = g_filename_display_basename (options->test);
      g_autofree char *clean = matinee_cli_text_clean (name);

      matinee_cli_print_field (_ ("Ratings"), _ ("%s in %s that the model knows"), n, clean);
    }
  else
    {
      matinee_cli_print_field (_ ("Ratings"), _ ("%s that were held out of the training"), n);
      matinee_cli_print_parts (held_out->split, NULL);
    }
  if (held_out->n_unknown_users + held_out->n_unknown_movies > 0)
    matinee_cli_print_field (_ ("Left out"), _ ("ratings of users that the model does not know: %s, of films: %s"),
                             users, movies);
  print_error (_ ("RMSE"), matinee_errors_rmse (errors), matinee_errors_rmse_clipped (errors));
  print_error (_ ("MSE"), matinee_errors_mse (errors), errors->squared_clipped / (double) errors->n);
  print_error (_ ("MAE"), matinee_errors_mae (errors), matinee_errors_mae_clipped (errors));
}

static void
write_ranking (const MatineeRanking *ranking, MatineeRanker ranker)
{
  static const char *const names[MATINEE_N_RANKERS] = { "model", "popular", "bias" };
  JsonBuilder *event = matinee_cli_event_new ("ranking");

  matinee_cli_event_add_string (event, "ranker", names[ranker]);
  matinee_cli_event_add_count (event, "at", ranking->n);
  matinee_cli_event_add_number (event, "threshold", ranking->threshold);
  matinee_cli_event_add_count (event, "users", ranking->n_users);
  matinee_cli_event_add_count (event, "left_out", ranking->n_left_out);
  matinee_cli_event_add_number (event, "precision", ranking->mean.precision);
  matinee_cli_event_add_number (event, "recall", ranking->mean.recall);
  matinee_cli_event_add_number (event, "ndcg", ranking->mean.ndcg);
  matinee_cli_event_add_number (event, "map", ranking->mean.average_precision);
  matinee_cli_event_add_number (event, "mrr", ranking->mean.reciprocal_rank);
  matinee_cli_event_add_number (event, "hit_rate", ranking->mean.hit);
  matinee_cli_event_add_number (event, "coverage", ranking->coverage);
  matinee_cli_event_add_number (event, "popularity", ranking->popularity);
  matinee_cli_event_add_number (event, "novelty", ranking->novelty);
  matinee_cli_event_write (event);
}

static void
take_measure (MatineeCliTable *table, const char *label, const double values[MATINEE_N_RANKERS], int digits)
{
  matinee_cli_table_take_row (table, g_strdup (label), matinee_cli_format_fixed (values[MATINEE_RANKER_MODEL], digits),
                              matinee_cli_format_fixed (values[MATINEE_RANKER_POPULAR], digits),
                              matinee_cli_format_fixed (values[MATINEE_RANKER_BIAS], digits), NULL);
}

#define TAKE_MEASURE(label, member, digits)                                                                            \
  take_measure (table, label, (double[]){ rankings[0].member, rankings[1].member, rankings[2].member }, digits)

static void
print_rankings (const MatineeRanking rankings[MATINEE_N_RANKERS])
{
  static const MatineeCliColumn columns[] = {
    { N_ ("Measure"), FALSE },
    { N_ ("Model"), TRUE },
    { N_ ("Most popular"), TRUE },
    { N_ ("Bias only"), TRUE },
  };
  g_autoptr (MatineeCliTable) table = matinee_cli_table_new (columns, G_N_ELEMENTS (columns));
  g_autofree char *threshold = matinee_cli_format_number (rankings[0].threshold);
  g_autofree char *users = matinee_cli_format_count (rankings[0].n_users);
  g_autofree char *left_out = matinee_cli_format_count (rankings[0].n_left_out);

  matinee_cli_print ("\n");
  matinee_cli_print_field (_ ("Lists"), _ ("of %u films; right are those rated %s or more"), rankings[0].n, threshold);
  matinee_cli_print_field (_ ("Users"), _ ("%s judged; %s left out, as they rated no film that high"), users, left_out);
  matinee_cli_print ("\n");
  TAKE_MEASURE (_ ("Precision"), mean.precision, 4);
  TAKE_MEASURE (_ ("Recall"), mean.recall, 4);
  TAKE_MEASURE (_ ("NDCG"), mean.ndcg, 4);
  TAKE_MEASURE (_ ("MAP"), mean.average_precision, 4);
  TAKE_MEASURE (_ ("MRR"), mean.reciprocal_rank, 4);
  TAKE_MEASURE (_ ("Hit rate"), mean.hit, 4);
  TAKE_MEASURE (_ ("Coverage"), coverage, 4);
  TAKE_MEASURE (_ ("Popularity"), popularity, 1);
  TAKE_MEASURE (_ ("Novelty"), novelty, 2);
  matinee_cli_table_print (table);
}

static gboolean
judge_lists (const Options *options, const MatineeModel *model, const MatineeSplit *split, MatineePool *pool,
             MatineeStop *stop, GError **error)
{
  MatineeRanking rankings[MATINEE_N_RANKERS];
  MatineeRankingOptions how;

  matinee_ranking_options_init (&how, model->low, model->high);
  how.n = options->at;
  if (options->threshold_text != NULL)
    how.threshold = options->threshold;
  for (guint ranker = 0; ranker < MATINEE_N_RANKERS; ranker++)
    {
      matinee_cli_progress (_ ("Judging lists: %u of %u"), ranker + 1, MATINEE_N_RANKERS);
      if (!matinee_ranking_evaluate (model, split, ranker, &how, pool, stop, &rankings[ranker], error))
        return FALSE;
      if (options->json)
        write_ranking (&rankings[ranker], ranker);
    }
  matinee_cli_progress_clear ();
  if (!options->json)
    print_rankings (rankings);
  return TRUE;
}

static gboolean
judge (const Options *options, const MatineeModelFile *file, const MatineeCliHeldOut *held_out, MatineePool *pool,
       MatineeStop *stop, GError **error)
{
  const MatineeModel *model = file->model;
  MatineeErrors errors;

  if (!matinee_evaluate (model->factors, matinee_cli_held_out_get_test (held_out), model->low, model->high, pool, stop,
                         &errors))
    {
      matinee_error_set_cancelled (error);
      return FALSE;
    }
  if (options->json)
    write_errors (model, held_out, &errors);
  else
    print_errors (options, held_out, &errors);
  if (held_out->n_learnt > 0)
    {
      g_autofree char *learnt = matinee_cli_format_count (held_out->n_learnt);

      matinee_cli_note (_ ("the model learnt from %s of these ratings: it looks better than it is"), learnt);
    }
  if (held_out->split != NULL)
    return judge_lists (options, model, held_out->split, pool, stop, error);
  if (file->has_ratings)
    matinee_cli_note (_ ("lists can’t be judged: all that the model learnt from is in the test"));
  else
    matinee_cli_note (_ ("lists can’t be judged: the model was saved without the ratings that it learnt from"));
  return TRUE;
}

/* A split by time was made again only if the file knows the times. */
static gboolean
check_times (const Options *options, const MatineeRatings *ratings, gboolean needs_times, GError **error)
{
  g_autofree char *name = NULL;

  if (!needs_times || ratings->times != NULL)
    return TRUE;
  name = matinee_cli_display_name (options->ratings);
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
               _ ("The training has split by time, and the times in %s are not known: %s"), name, ratings->no_times);
  return FALSE;
}

/* Takes the ratings of the training from their file. */
static gboolean
adopt_ratings (Options *options, MatineeModelFile *file, MatineePool *pool, MatineeStop *stop, GError **error)
{
  gboolean needs_times = matinee_split_info (file->model->params.split)->needs_times;
  g_autoptr (MatineeRatings) ratings = NULL;
  g_autoptr (MatineeDataset) dataset = NULL;
  g_autofree char *name = NULL;
  g_autofree char *model = NULL;
  gboolean same;

  if (options->ratings == NULL)
    return TRUE;
  if (!matinee_cli_find_ratings (&options->ratings, NULL, MATINEE_TABLE_RATINGS, &options->reading, stop, error))
    return FALSE;
  options->reading.times = needs_times ? MATINEE_TIMES_NEEDED : MATINEE_TIMES_UNWANTED;
  ratings = matinee_cli_read_ratings (options->ratings, &options->reading, pool, stop, error);
  options->reading.times = MATINEE_TIMES_UNWANTED;
  dataset = ratings != NULL ? matinee_dataset_new (ratings, NULL, error) : NULL;
  if (dataset == NULL || !matinee_model_file_adopt (file, dataset, pool, stop, &same, error))
    return FALSE;
  if (same)
    return check_times (options, ratings, needs_times, error);
  name = matinee_cli_display_name (options->ratings);
  model = g_filename_display_basename (options->model);
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
               _ ("%s was not trained on the ratings in %s, or they have changed since: name the file that it was "
                  "trained on, or judge it by other ratings with --test"),
               model, name);
  return FALSE;
}

static gboolean
evaluate (Options *options, GError **error)
{
  MatineeStop *stop = matinee_cli_stop_on_signals ();
  g_autoptr (MatineePool) pool = matinee_pool_new (options->n_threads);
  g_autoptr (MatineeModelFile) file = matinee_cli_open_model (options->model, pool, stop, error);
  g_autoptr (MatineeRatings) ratings = NULL;
  g_auto (MatineeCliHeldOut) held_out = { 0 };

  if (file == NULL || !adopt_ratings (options, file, pool, stop, error)
      || !matinee_model_file_restore_split (file, pool, stop, error))
    return FALSE;
  if (options->test == NULL)
    return matinee_cli_hold_out_again (&held_out, file, options->model, error)
           && judge (options, file, &held_out, pool, stop, error);
  ratings = matinee_cli_read_ratings (options->test, &options->reading, pool, stop, error);
  return ratings != NULL && matinee_cli_hold_out (&held_out, file, ratings, options->test, pool, stop, error)
         && judge (options, file, &held_out, pool, stop, error);
}

static gboolean
resolve (Options *options, GError **error)
{
  double at = DEFAULT_AT;
  const MatineeCliNumber numbers[] = {
    { "at", options->at_text, TRUE, 1, MAX_AT, &at },
    { "threshold", options->threshold_text, FALSE, -MAX_THRESHOLD, MAX_THRESHOLD, &options->threshold },
  };

  if (!matinee_cli_parse_numbers (numbers, G_N_ELEMENTS (numbers), error)
      || !matinee_cli_parse_threads (options->threads_text, &options->n_threads, error)
      || !matinee_cli_reading_resolve (&options->reading, error))
    return FALSE;
  options->at = (guint) at;
  return TRUE;
}

static void
add_options (gpointer data, GOptionContext *context)
{
  Options *options = data;
  const GOptionEntry entries[] = {
    { "ratings", 0, 0, G_OPTION_ARG_FILENAME, &options->ratings,
      N_ ("The ratings that the model was trained on, to find out which were held out"), N_ ("FILE") },
    { "test", 't', 0, G_OPTION_ARG_FILENAME, &options->test,
      N_ ("Judge by these ratings; if not given, by those that the training held out"), N_ ("FILE") },
    { "at", 0, 0, G_OPTION_ARG_STRING, &options->at_text, N_ ("How long the judged lists are (10 if not given)"), "N" },
    { "threshold", 0, 0, G_OPTION_ARG_STRING, &options->threshold_text,
      N_ ("A film belongs in a list if it was rated this high or higher"), "X" },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &options->threads_text, N_ ("How many threads work"), "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print JSON, one object a line"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  matinee_cli_reading_add_options (&options->reading, context);
}

static gboolean
run (gpointer data, const MatineeCliCall *call, GError **error)
{
  Options *options = data;

  options->model = matinee_cli_call_get_argument (call);
  return resolve (options, error) && evaluate (options, error);
}

/**
 * matinee_cli_evaluate:
 *
 * How well a saved model predicts ratings that it has not seen, and how good its
 * lists are beside those of two baselines.
 */
const MatineeCliAction matinee_cli_evaluate = { sizeof (Options), add_options, run, options_clear };
