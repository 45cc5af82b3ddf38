/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "matinee-cli-actions.h"
#include "matinee-cli-grid.h"
#include "matinee-cli-load.h"
#include "matinee-cli-save.h"
#include "matinee-cli-signals.h"
#include "matinee-cli-source.h"
#include "matinee-cli-sweep-report.h"
#include "matinee-cli-text.h"
#include "matinee-cli-training.h"
#include "matinee-error.h"
#include "matinee-sweep.h"

/**
 * Options:
 * @source: where the data come from
 * @output: (nullable): `--output`
 * @json: `--json`
 * @history: `--history`
 * @given: the options of parameters
 * @grid: the runs
 *
 * What the command was asked to do.
 */
typedef struct
{
  MatineeCliSource source;
  char *output;
  gboolean json;
  gboolean history;
  MatineeCliParams *given;
  MatineeGrid grid;
} Options;

static void
options_clear (gpointer data)
{
  Options *options = data;

  matinee_cli_source_clear (&options->source);
  g_clear_pointer (&options->given, matinee_cli_params_free);
  g_free (options->output);
  matinee_grid_clear (&options->grid);
}

/**
 * Sweep:
 * @options: what is asked
 * @dataset: the data
 * @pool: threads
 * @store: (nullable): the history
 * @preparation: (nullable): what is known of the ratings, with a history
 * @n_done: runs that came to an end
 * @has_best: whether one of them did not diverge
 * @best: the best of these
 * @model: (nullable): its model
 *
 * A sweep at work.
 */
typedef struct
{
  const Options *options;
  MatineeDataset *dataset;
  MatineePool *pool;
  MatineeRunStore *store;
  MatineePreparation *preparation;
  guint n_done;
  gboolean has_best;
  MatineeSweepCell best;
  MatineeModel *model;
} Sweep;

static void
tell_progress (const Sweep *sweep, const MatineeSweepCell *cell)
{
  g_autofree char *test = matinee_cli_format_fixed (matinee_errors_rmse (&cell->test), 4);

  matinee_cli_progress (_ ("Run %u of %u · iteration %u · test %s"), cell->index + 1, sweep->options->grid.n_runs,
                        cell->iterations, test);
}

static void
tell_run (const Sweep *sweep, const MatineeSweepCell *cell)
{
  matinee_cli_progress_clear ();
  if (sweep->options->json)
    matinee_cli_sweep_write_run (&sweep->options->grid, cell);
  else
    matinee_cli_sweep_print_run (&sweep->options->grid, cell);
}

static void
consider (Sweep *sweep, const MatineeSweepCell *cell, MatineeModel *model)
{
  if (cell->reason != MATINEE_CANCELLED)
    sweep->n_done++;
  if (!matinee_sweep_cell_is_better (cell, sweep->has_best ? &sweep->best : NULL, MATINEE_SWEEP_FINAL))
    return;
  sweep->has_best = TRUE;
  sweep->best = *cell;
  g_clear_pointer (&sweep->model, matinee_model_unref);
  if (sweep->options->output != NULL)
    sweep->model = matinee_model_ref (model);
}

static gboolean
cell_cb (const MatineeSweepCell *cell, MatineeModel *model, gpointer data)
{
  Sweep *sweep = data;

  if (cell->state == MATINEE_SWEEP_RUNNING)
    tell_progress (sweep, cell);
  else
    {
      tell_run (sweep, cell);
      consider (sweep, cell, model);
    }
  return !matinee_cli_output_failed ();
}

static gboolean
do_runs (Sweep *sweep, MatineeSplit *split, MatineeStop *stop, GError **error)
{
  g_autofree char *name = g_path_get_basename (sweep->options->source.ratings);
  const MatineeSweep work = {
    .grid = &sweep->options->grid,
    .ratings = sweep->dataset->ratings,
    .split = split,
    .pool = sweep->pool,
    .stop = stop,
    .store = sweep->store,
    .data_name = name,
    .preparation = sweep->preparation,
  };
  g_autoptr (GError) failure = NULL;
  gboolean done = matinee_sweep_run (&work, cell_cb, sweep, &failure);

  matinee_cli_progress_clear ();
  if (done || g_error_matches (failure, MATINEE_ERROR, MATINEE_ERROR_CANCELLED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
finish (Sweep *sweep, GError **error)
{
  const Options *options = sweep->options;
  const MatineeSweepCell *best = sweep->has_best ? &sweep->best : NULL;
  MatineeCliSave save = { .path = options->output,
                          .ratings_path = options->source.ratings,
                          .split = matinee_split_info (options->grid.base.split)->choice.id,
                          .json = options->json };

  if (options->json)
    matinee_cli_sweep_write_best (&options->grid, best, sweep->n_done);
  else
    matinee_cli_sweep_print_best (&options->grid, best, sweep->n_done);
  if (sweep->model != NULL)
    return matinee_cli_save_model (&save, sweep->model, sweep->dataset, sweep->pool, error);
  if (best != NULL || sweep->n_done < options->grid.n_runs)
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DIVERGED, _ ("Every run diverged. To prevent it, %s"),
               _ (options->grid.base.solver->diverged_hint));
  return FALSE;
}

static void
tell_data (const Options *options, const MatineeDataset *dataset, const MatineeSplit *split)
{
  if (options->json)
    {
      matinee_cli_write_data (dataset, split, &options->grid.base);
      return;
    }
  matinee_cli_print_dataset (dataset, options->source.ratings, options->source.titles);
  matinee_cli_print_split (split, &options->grid.base, options->source.test);
  matinee_cli_print_field (_ ("Runs"), "%u", options->grid.n_runs);
  matinee_cli_sweep_print_headings (&options->grid);
}

static void
trouble_cb (MatineeRunStore *store, const char *text)
{
  matinee_cli_note ("%s", text);
}

/* The history tells of trouble through the main loop, which nobody runs here. */
static gboolean
do_runs_with_history (Sweep *sweep, MatineeSplit *split, MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeRunStore) store = matinee_run_store_new (NULL);
  g_autoptr (MatineePreparation) preparation = matinee_preparation_new ();
  gboolean done;

  g_signal_connect (store, "trouble", G_CALLBACK (trouble_cb), NULL);
  sweep->store = store;
  sweep->preparation = preparation;
  done = do_runs (sweep, split, stop, error);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  return done;
}

static gboolean
sweep (Options *options, GError **error)
{
  const char *inputs[] = { options->source.ratings, options->source.titles, options->source.test };
  MatineeStop *stop = matinee_cli_stop_on_signals ();
  g_autoptr (MatineePool) pool = matinee_pool_new (options->grid.base.n_threads);
  g_autoptr (MatineeSplit) split = NULL;
  g_autoptr (MatineeDataset) dataset = NULL;
  MatineeParams largest;
  Sweep work = { .options = options, .pool = pool };
  gboolean done;

  if (!matinee_cli_check_output (options->output, inputs, G_N_ELEMENTS (inputs), error))
    return FALSE;
  matinee_grid_get_largest (&options->grid, &largest);
  dataset = matinee_cli_load_source (&options->source, &largest, pool, stop, &split, error);
  if (dataset == NULL || !matinee_sweep_check_split (split, error))
    return FALSE;
  work.dataset = dataset;
  tell_data (options, dataset, split);
  done = options->history ? do_runs_with_history (&work, split, stop, error) : do_runs (&work, split, stop, error);
  done = done && finish (&work, error);
  g_clear_pointer (&work.model, matinee_model_unref);
  return done;
}

static gboolean
resolve (Options *options, GError **error)
{
  if (!matinee_cli_reading_resolve (&options->source.reading, error)
      || !matinee_cli_grid_resolve (&options->grid, options->given, error)
      || !matinee_cli_source_resolve (&options->source, options->given, &options->grid.base, error))
    return FALSE;
  if (options->history && options->output != NULL)
    return matinee_cli_fail_usage (
        error, _ ("The history keeps no models, so --output can’t save one of a run that is taken from "
                  "there: leave out --history, or --output"));
  if (!matinee_params_uses (&options->grid.base, MATINEE_PARAM_TEST_SHARE) || options->grid.base.test_share > 0)
    return TRUE;
  return matinee_cli_fail_usage (error, _ ("--test-share 0 leaves no test ratings to compare the runs by"));
}

static void
add_options (gpointer data, GOptionContext *context)
{
  Options *options = data;
  const GOptionEntry entries[] = {
    { "movies", 'm', 0, G_OPTION_ARG_FILENAME, &options->source.titles, N_ ("The titles of the movies"), N_ ("FILE") },
    { "test", 't', 0, G_OPTION_ARG_FILENAME, &options->source.test, N_ ("Test on these ratings instead of a share"),
      N_ ("FILE") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, N_ ("Save the best model to this file (.npz)"),
      N_ ("MODEL") },
    { "history", 0, 0, G_OPTION_ARG_NONE, &options->history,
      N_ ("Keep the runs in the history of the window, and take from there those that were done before"), NULL },
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
  matinee_cli_params_note_unused (options->given, &options->grid.base);
  return sweep (options, error);
}

/**
 * matinee_cli_sweep:
 *
 * Trains with every combination of the values given, and tells which has the lowest
 * test error.
 */
const MatineeCliAction matinee_cli_sweep = { sizeof (Options), add_options, run, options_clear };
