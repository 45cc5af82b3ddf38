/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "matinee-cli-actions.h"
#include "matinee-cli-event.h"
#include "matinee-cli-model.h"
#include "matinee-cli-rows.h"
#include "matinee-cli-save.h"
#include "matinee-cli-signals.h"
#include "matinee-cli-text.h"
#include "matinee-predictions.h"
#include "matinee-system.h"

/**
 * Options:
 * @model: the model file
 * @pairs: whom and what to predict
 * @rows: where the predictions go
 *
 * What the command was asked to do.
 */
typedef struct
{
  const char *model;
  const char *pairs;
  MatineeCliRows rows;
} Options;

static void
options_clear (gpointer data)
{
  Options *options = data;

  matinee_cli_rows_clear (&options->rows);
}

static void
progress_cb (double fraction, gpointer data)
{
  matinee_cli_progress (_ ("Predicting: %.0f %%"), 100.0 * fraction);
}

static void
tell (const Options *options, const MatineePredictionCounts *counts)
{
  g_autofree char *n = matinee_cli_format_count (counts->n);
  g_autofree char *users = matinee_cli_format_count (counts->n_unknown_users);
  g_autofree char *movies = matinee_cli_format_count (counts->n_unknown_movies);

  if (options->rows.json)
    {
      JsonBuilder *event = matinee_cli_event_new ("predicted");

      matinee_cli_event_add_count (event, "predictions", counts->n);
      matinee_cli_event_add_count (event, "unknown_users", counts->n_unknown_users);
      matinee_cli_event_add_count (event, "unknown_movies", counts->n_unknown_movies);
      matinee_cli_event_write (event);
    }
  else if (options->rows.output != NULL)
    {
      g_autofree char *name = g_filename_display_name (options->rows.output);
      g_autofree char *clean = matinee_cli_text_clean (name);

      matinee_cli_print_field (_ ("Saved"), _ ("%s: predictions %s"), clean, n);
    }
  if (!options->rows.json && counts->n_unknown_users + counts->n_unknown_movies > 0)
    matinee_cli_note (_ ("predicted from the means, as nothing was learnt of the user: %s, of the film: %s"), users,
                      movies);
}

static gboolean
predict (const Options *options, GError **error)
{
  const char *inputs[] = { options->model, options->pairs };
  MatineeStop *stop = matinee_cli_stop_on_signals ();
  g_autoptr (MatineePool) pool = matinee_pool_new (matinee_system_n_cores ());
  g_autoptr (MatineeModelFile) file = NULL;
  g_autoptr (MatineeTableWriter) table = NULL;
  MatineePredictions predictions = { .pairs = options->pairs, .progress = progress_cb };
  MatineePredictionCounts counts;
  gboolean done;

  if (!matinee_cli_check_output (options->rows.output, inputs, G_N_ELEMENTS (inputs), error))
    return FALSE;
  file = matinee_cli_open_model (options->model, pool, stop, error);
  if (file == NULL)
    return FALSE;
  table = matinee_cli_rows_open (&options->rows, matinee_prediction_columns, MATINEE_PREDICTION_COLUMNS, error);
  if (table == NULL)
    return FALSE;
  predictions.model = file->model;
  predictions.titles = file->dataset->titles;
  predictions.event = matinee_cli_rows_have_events (&options->rows) ? "prediction" : NULL;
  done = matinee_predictions_write (&predictions, table, stop, &counts, error);
  matinee_cli_progress_clear ();
  if (done)
    tell (options, &counts);
  return done;
}

static void
add_options (gpointer data, GOptionContext *context)
{
  Options *options = data;

  matinee_cli_rows_add_options (&options->rows, context);
}

static gboolean
run (gpointer data, const MatineeCliCall *call, GError **error)
{
  Options *options = data;

  options->model = matinee_cli_call_get_argument (call);
  options->pairs = matinee_cli_call_get_second (call);
  return matinee_cli_rows_resolve (&options->rows, error) && predict (options, error);
}

/**
 * matinee_cli_predict:
 *
 * What given users would give to given films, by a saved model.
 */
const MatineeCliAction matinee_cli_predict = { sizeof (Options), add_options, run, options_clear };
