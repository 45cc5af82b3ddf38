/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-sweep-report.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-cli-event.h"
#include "matinee-cli-output.h"
#include "matinee-cli-text.h"
#include "matinee-solver.h"

#define N_RESULTS 5
#define WIDTH 10

static const char *const result_titles[N_RESULTS]
    = { N_ ("Iterations"), N_ ("Train RMSE"), N_ ("Test RMSE"), N_ ("Seconds"), N_ ("Ended") };

static const char *
dimension_name (const MatineeGrid *grid, guint dimension)
{
  return matinee_param_info (grid->dimensions[dimension].id)->name;
}

/* The parameters, in the names of their options, then what came out. */
static void
print_row (const MatineeGrid *grid, char *const *values, char *const results[N_RESULTS])
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < grid->n_dimensions; i++)
    {
      gsize width = MAX (WIDTH, matinee_cli_text_width (dimension_name (grid, i)));
      g_autofree char *cell = matinee_cli_text_pad (values[i], width, TRUE);

      g_string_append_printf (line, "%s  ", cell);
    }
  for (guint i = 0; i < N_RESULTS; i++)
    {
      gboolean last = i + 1 == N_RESULTS;
      gsize width = last ? 0 : MAX (WIDTH, matinee_cli_text_width (_ (result_titles[i])));
      g_autofree char *cell = matinee_cli_text_pad (results[i], width, !last);

      g_string_append_printf (line, "%s%s", cell, last ? "" : "  ");
    }
  matinee_cli_print ("%s\n", line->str);
}

/**
 * matinee_cli_sweep_print_headings:
 * @grid: the runs to come
 */
void
matinee_cli_sweep_print_headings (const MatineeGrid *grid)
{
  char *names[MATINEE_N_PARAMS];
  char *titles[N_RESULTS];

  for (guint i = 0; i < grid->n_dimensions; i++)
    names[i] = (char *) dimension_name (grid, i);
  for (guint i = 0; i < N_RESULTS; i++)
    titles[i] = (char *) _ (result_titles[i]);
  matinee_cli_print ("\n");
  print_row (grid, names, titles);
}

/**
 * matinee_cli_sweep_print_run:
 * @grid: the runs
 * @cell: one that has ended
 */
void
matinee_cli_sweep_print_run (const MatineeGrid *grid, const MatineeSweepCell *cell)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *iterations = g_strdup_printf ("%u", cell->iterations);
  g_autofree char *train = matinee_cli_format_fixed (matinee_errors_rmse (&cell->train), 5);
  g_autofree char *test = matinee_cli_format_fixed (matinee_errors_rmse (&cell->test), 5);
  g_autofree char *seconds = matinee_cli_format_fixed (cell->seconds, 3);
  MatineeParams params;

  matinee_grid_get_params (grid, cell->index, &params);
  for (guint i = 0; i < grid->n_dimensions; i++)
    g_ptr_array_add (values, matinee_cli_format_option (matinee_params_get (&params, grid->dimensions[i].id)));
  print_row (grid, (char **) values->pdata,
             (char *[]){ iterations, train, test, seconds, (char *) matinee_stop_reason_title (cell->reason) });
}

static void
add_parameter (JsonBuilder *event, const MatineeParams *params, MatineeParamId id)
{
  g_autofree char *name = g_strdelimit (g_strdup (matinee_param_info (id)->name), "-", '_');

  if (matinee_param_info (id)->whole)
    matinee_cli_event_add_count (event, name, (guint64) matinee_params_get (params, id));
  else
    matinee_cli_event_add_number (event, name, matinee_params_get (params, id));
}

static void
add_run (JsonBuilder *event, const MatineeGrid *grid, const MatineeSweepCell *cell)
{
  MatineeParams params;

  matinee_grid_get_params (grid, cell->index, &params);
  matinee_cli_event_add_count (event, "run", cell->index + 1);
  matinee_cli_event_add_count (event, "runs", grid->n_runs);
  add_parameter (event, &params, MATINEE_PARAM_REGULARIZATION);
  add_parameter (event, &params, MATINEE_PARAM_FACTORS);
  for (guint i = 0; i < grid->n_dimensions; i++)
    if (grid->dimensions[i].id != MATINEE_PARAM_REGULARIZATION && grid->dimensions[i].id != MATINEE_PARAM_FACTORS)
      add_parameter (event, &params, grid->dimensions[i].id);
  matinee_cli_event_add_string (event, "reason", matinee_stop_reason_id (cell->reason));
  matinee_cli_event_add_count (event, "iterations", cell->iterations);
  matinee_cli_event_add_number (event, "seconds", cell->seconds);
  matinee_cli_event_add_count (event, "best_iteration", cell->best_iteration);
  matinee_cli_event_add_number (event, "train_rmse", matinee_errors_rmse (&cell->train));
  matinee_cli_event_add_number (event, "test_rmse", matinee_errors_rmse (&cell->test));
  matinee_cli_event_add_number (event, "train_rmse_clipped", matinee_errors_rmse_clipped (&cell->train));
  matinee_cli_event_add_number (event, "test_rmse_clipped", matinee_errors_rmse_clipped (&cell->test));
}

/**
 * matinee_cli_sweep_write_run:
 * @grid: the runs
 * @cell: one that has ended
 *
 * Writes the event "sweep-run".
 */
void
matinee_cli_sweep_write_run (const MatineeGrid *grid, const MatineeSweepCell *cell)
{
  JsonBuilder *event = matinee_cli_event_new ("sweep-run");

  add_run (event, grid, cell);
  matinee_cli_event_write (event);
}

/**
 * matinee_cli_sweep_print_best:
 * @grid: the runs
 * @best: (nullable): the best of those that came to an end
 * @n_done: how many did
 *
 * Says which run has the lowest test error, and whether it lies on the edge of what
 * was tried.
 */
void
matinee_cli_sweep_print_best (const MatineeGrid *grid, const MatineeSweepCell *best, guint n_done)
{
  g_autoptr (GString) values = g_string_new (NULL);
  MatineeParams params;

  matinee_cli_print ("\n");
  if (n_done < grid->n_runs)
    matinee_cli_print_field (_ ("Runs"), _ ("%u of %u came to an end"), n_done, grid->n_runs);
  if (best == NULL)
    return;
  matinee_grid_get_params (grid, best->index, &params);
  for (guint i = 0; i < grid->n_dimensions; i++)
    {
      g_autofree char *value = matinee_cli_format_option (matinee_params_get (&params, grid->dimensions[i].id));

      g_string_append_printf (values, "%s--%s %s", i > 0 ? " " : "", dimension_name (grid, i), value);
    }
  matinee_cli_print_field (_ ("Best"), _ ("%s, with a test RMSE of %.5f"), values->str,
                           matinee_errors_rmse (&best->test));
  for (guint i = 0; i < grid->n_dimensions; i++)
    {
      gboolean largest;

      if (matinee_grid_is_on_edge (grid, i, &params, &largest))
        matinee_cli_print_field (_ ("Edge"),
                                 largest ? _ ("this is the largest --%s tried: larger ones may be better")
                                         : _ ("this is the smallest --%s tried: smaller ones may be better"),
                                 dimension_name (grid, i));
    }
}

/**
 * matinee_cli_sweep_write_best:
 * @grid: the runs
 * @best: (nullable): the best of those that came to an end
 * @n_done: how many did
 *
 * Writes the event "sweep-done".
 */
void
matinee_cli_sweep_write_best (const MatineeGrid *grid, const MatineeSweepCell *best, guint n_done)
{
  JsonBuilder *event = matinee_cli_event_new ("sweep-done");
  MatineeParams params;

  matinee_cli_event_add_string (event, "reason", n_done < grid->n_runs ? "cancelled" : "complete");
  matinee_cli_event_add_count (event, "runs", grid->n_runs);
  matinee_cli_event_add_count (event, "done", n_done);
  json_builder_set_member_name (event, "best");
  if (best != NULL)
    {
      json_builder_begin_object (event);
      add_run (event, grid, best);
      json_builder_end_object (event);
    }
  else
    json_builder_add_null_value (event);
  json_builder_set_member_name (event, "edges");
  json_builder_begin_array (event);
  if (best != NULL)
    matinee_grid_get_params (grid, best->index, &params);
  for (guint i = 0; best != NULL && i < grid->n_dimensions; i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (dimension_name (grid, i)), "-", '_');
      gboolean largest;

      if (matinee_grid_is_on_edge (grid, i, &params, &largest))
        json_builder_add_string_value (event, name);
    }
  json_builder_end_array (event);
  matinee_cli_event_write (event);
}
