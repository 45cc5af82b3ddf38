/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-cli-actions.h"
#include "matinee-cli-event.h"
#include "matinee-cli-load.h"
#include "matinee-cli-params.h"
#include "matinee-cli-signals.h"
#include "matinee-cli-source.h"
#include "matinee-cli-table.h"
#include "matinee-cli-text.h"
#include "matinee-cross-validation.h"

/**
 * Options:
 * @source: where the data come from
 * @json: `--json`
 * @given: the options of parameters
 * @params: what decides the trainings
 *
 * What the command was asked to do.
 */
typedef struct
{
  MatineeCliSource source;
  gboolean json;
  MatineeCliParams *given;
  MatineeParams params;
} Options;

static void
options_clear (gpointer data)
{
  Options *options = data;

  matinee_cli_source_clear (&options->source);
  g_clear_pointer (&options->given, matinee_cli_params_free);
}

static const struct
{
  const char *member; /* in events */
  const char *title;  /* (translatable) */
  double (*get) (const MatineeErrors *errors);
} measures[] = {
  { "test_rmse", N_ ("Test RMSE"), matinee_errors_rmse },
  { "test_mae", N_ ("Test MAE"), matinee_errors_mae },
  { "test_rmse_clipped", N_ ("Clipped RMSE"), matinee_errors_rmse_clipped },
  { "test_mae_clipped", N_ ("Clipped MAE"), matinee_errors_mae_clipped },
};

static gboolean
point_cb (guint number, const MatineeTracePoint *point, gpointer data)
{
  const Options *options = data;
  g_autofree char *test = matinee_cli_format_fixed (matinee_errors_rmse (&point->test), 4);

  matinee_cli_progress (_ ("Fold %u of %u · iteration %u · test %s"), number, options->params.folds, point->iteration,
                        test);
  return !matinee_cli_output_failed ();
}

static void
write_fold (const MatineeFold *fold, const MatineeModel *model, const char *message, gpointer data)
{
  const Options *options = data;
  JsonBuilder *event = matinee_cli_event_new ("fold");

  matinee_cli_event_add_count (event, "fold", fold->number);
  matinee_cli_event_add_count (event, "folds", options->params.folds);
  matinee_cli_event_add_count (event, "train", fold->n_train);
  matinee_cli_event_add_count (event, "test", fold->n_test);
  matinee_cli_event_add_count (event, "cold_users", fold->n_cold_users);
  matinee_cli_event_add_count (event, "cold_movies", fold->n_cold_movies);
  matinee_cli_event_add_period (event, "train_times", &fold->train_period);
  matinee_cli_event_add_period (event, "test_times", &fold->test_period);
  matinee_cli_event_add_string (event, "reason", matinee_stop_reason_id (fold->reason));
  matinee_cli_event_add_count (event, "iterations", fold->iterations);
  matinee_cli_event_add_number (event, "seconds", fold->seconds);
  matinee_cli_event_add_number (event, "train_rmse", matinee_errors_rmse (&fold->train));
  matinee_cli_event_add_number (event, "train_mae", matinee_errors_mae (&fold->train));
  for (guint m = 0; m < G_N_ELEMENTS (measures); m++)
    matinee_cli_event_add_number (event, measures[m].member, measures[m].get (&fold->test));
  matinee_cli_event_write (event);
}

static void
write_summary (const Options *options, const MatineeFold *folds, guint n)
{
  JsonBuilder *event = matinee_cli_event_new ("cross-validation");

  matinee_cli_event_add_string (event, "reason", n == options->params.folds ? "complete" : "cancelled");
  matinee_cli_event_add_count (event, "folds", options->params.folds);
  matinee_cli_event_add_count (event, "done", n);
  for (guint m = 0; m < G_N_ELEMENTS (measures); m++)
    {
      g_autofree char *deviation = g_strconcat (measures[m].member, "_deviation", NULL);
      MatineeSpread spread;

      matinee_folds_get_spread (folds, n, measures[m].get, &spread);
      matinee_cli_event_add_number (event, measures[m].member, spread.mean);
      matinee_cli_event_add_number (event, deviation, spread.deviation);
    }
  matinee_cli_event_write (event);
}

static char *
format_period (const MatineePeriod *period)
{
  g_autofree char *first = matinee_moment_format (period->first);
  g_autofree char *last = matinee_moment_format (period->last);

  if (matinee_period_is_never (period))
    return g_strdup ("–");
  return g_strdup_printf (_ ("%s to %s"), first, last);
}

/* What the ratings were dealt out to. */
static void
print_parts (const MatineeFold *folds, guint n)
{
  static const MatineeCliColumn columns[] = {
    { N_ ("Fold"), TRUE },         { N_ ("Train"), TRUE },         { N_ ("Test"), TRUE },
    { N_ ("Unseen users"), TRUE }, { N_ ("Unseen movies"), TRUE }, { N_ ("Train times"), FALSE },
    { N_ ("Test times"), FALSE },
  };
  gboolean timed = !matinee_period_is_never (&folds[0].train_period);
  g_autoptr (MatineeCliTable) table
      = matinee_cli_table_new (columns, timed ? G_N_ELEMENTS (columns) : G_N_ELEMENTS (columns) - 2);

  for (guint i = 0; i < n; i++)
    matinee_cli_table_take_row (
        table, g_strdup_printf ("%u", folds[i].number), matinee_cli_format_count (folds[i].n_train),
        matinee_cli_format_count (folds[i].n_test), matinee_cli_format_count (folds[i].n_cold_users),
        matinee_cli_format_count (folds[i].n_cold_movies), timed ? format_period (&folds[i].train_period) : NULL,
        timed ? format_period (&folds[i].test_period) : NULL, NULL);
  matinee_cli_print ("\n");
  matinee_cli_table_print (table);
}

static void
print_folds (const MatineeFold *folds, guint n)
{
  static const MatineeCliColumn columns[] = {
    { N_ ("Fold"), TRUE },       { N_ ("Train RMSE"), TRUE }, { N_ ("Test RMSE"), TRUE }, { N_ ("Test MAE"), TRUE },
    { N_ ("Iterations"), TRUE }, { N_ ("Seconds"), TRUE },    { N_ ("Ended"), FALSE },
  };
  g_autoptr (MatineeCliTable) table = matinee_cli_table_new (columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < n; i++)
    {
      const MatineeFold *fold = &folds[i];

      matinee_cli_table_take_row (
          table, g_strdup_printf ("%u", fold->number), matinee_cli_format_fixed (matinee_errors_rmse (&fold->train), 5),
          matinee_cli_format_fixed (matinee_errors_rmse (&fold->test), 5),
          matinee_cli_format_fixed (matinee_errors_mae (&fold->test), 5), g_strdup_printf ("%u", fold->iterations),
          matinee_cli_format_fixed (fold->seconds, 3), g_strdup (matinee_stop_reason_title (fold->reason)), NULL);
    }
  matinee_cli_print ("\n");
  matinee_cli_table_print (table);
}

static void
print_summary (const Options *options, const MatineeFold *folds, guint n)
{
  if (n > 0)
    {
      print_parts (folds, n);
      print_folds (folds, n);
    }
  matinee_cli_print ("\n");
  if (n < options->params.folds)
    matinee_cli_print_field (_ ("Stopped"), _ ("after %u of %u folds"), n, options->params.folds);
  for (guint m = 0; m < G_N_ELEMENTS (measures) && n > 0; m++)
    {
      MatineeSpread spread;

      matinee_folds_get_spread (folds, n, measures[m].get, &spread);
      if (n > 1)
        /* Translators: mean and standard deviation of an error. */
        matinee_cli_print_field (_ (measures[m].title), _ ("%.5f ± %.5f"), spread.mean, spread.deviation);
      else
        matinee_cli_print_field (_ (measures[m].title), "%.5f", spread.mean);
    }
}

static gboolean
cross_validate (Options *options, GError **error)
{
  MatineeFoldWatch watch = { .point = point_cb, .end = options->json ? write_fold : NULL, .data = options };
  MatineeStop *stop = matinee_cli_stop_on_signals ();
  g_autoptr (MatineePool) pool = matinee_pool_new (options->params.n_threads);
  g_autoptr (MatineeDataset) dataset = matinee_cli_read_source (&options->source, &options->params, pool, stop, error);
  g_autofree MatineeFold *folds = g_new0 (MatineeFold, options->params.folds);
  guint n_done = 0;
  gboolean done;

  if (dataset == NULL)
    return FALSE;
  if (!options->json)
    {
      matinee_cli_print_dataset (dataset, options->source.ratings, options->source.titles);
      /* Each of the folds is held out, one after another. */
      matinee_cli_params_print (&options->params, MATINEE_PARAM_FOLD);
    }
  done = matinee_cross_validate (dataset->ratings, &options->params, &watch, pool, stop, folds, &n_done, error);
  matinee_cli_progress_clear ();
  if (options->json)
    write_summary (options, folds, n_done);
  else
    print_summary (options, folds, n_done);
  return done;
}

/* The folds are the split: what else is asked for would be ignored. */
static gboolean
resolve (Options *options, GError **error)
{
  const MatineeCliParams *params = options->given;

  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    if (matinee_param_is_of_split (id) && id != MATINEE_PARAM_FOLDS && params->numbers[id] != NULL)
      return matinee_cli_fail_usage (error, _ ("“cross-validate” splits by --folds: leave out --%s"),
                                     matinee_param_info (id)->name);
  if (!matinee_cli_reading_resolve (&options->source.reading, error)
      || !matinee_cli_params_resolve (params, &options->params, error))
    return FALSE;
  options->params.split = MATINEE_SPLIT_FOLD;
  return TRUE;
}

static void
add_options (gpointer data, GOptionContext *context)
{
  Options *options = data;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print JSON, one object a line"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  matinee_cli_source_add_options (&options->source, context);
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
  return cross_validate (options, error);
}

/**
 * matinee_cli_cross_validate:
 *
 * Trains once for each of several folds and tells how the test error varies.
 */
const MatineeCliAction matinee_cli_cross_validate = { sizeof (Options), add_options, run, options_clear };
