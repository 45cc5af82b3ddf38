/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "window-test.h"

typedef struct
{
  char *path;
  MatineeWindow *window;
  MatineeSession *session;
  MatineeSweepWindow *sweep;
  MatineeSweepChart *chart;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->path = matinee_history_dup_default_path ();
  window_test_forget_history (fixture->path);
  fixture->window = window_test_open (window_test_application ());
  fixture->session = g_object_ref (matinee_window_get_session (fixture->window));
  matinee_window_show_page (fixture->window, "runs");
  gtk_widget_activate_action (GTK_WIDGET (matinee_window_get_runs_page (fixture->window)), "runs.sweep", NULL);
  fixture->sweep = matinee_runs_page_get_sweep (matinee_window_get_runs_page (fixture->window));
  fixture->chart = matinee_sweep_window_get_chart (fixture->sweep);
  window_test_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  MatineeParams params;
  gpointer watched = fixture->sweep;

  g_object_add_weak_pointer (watched, &watched);
  window_test_close (fixture->window);
  window_test_settle ();
  g_assert_null (watched);
  g_assert_finalize_object (fixture->session);
  window_test_forget_history (fixture->path);
  g_free (fixture->path);
  matinee_params_init (&params, 2);
  matinee_settings_save_params (matinee_application_get_settings (window_test_application ()), &params);
}

static void
choose (Fixture *fixture)
{
  matinee_sweep_range_set (matinee_sweep_window_get_range (fixture->sweep, 0), MATINEE_PARAM_REGULARIZATION, 0.2, 5, 3,
                           TRUE);
  matinee_sweep_range_set (matinee_sweep_window_get_range (fixture->sweep, 1), MATINEE_PARAM_FACTORS, 4, 8, 2, FALSE);
}

static void
start (Fixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->sweep), "sweep.start", NULL);
  g_assert_true (matinee_session_get_sweeping (fixture->session));
}

static void
sweep_all (Fixture *fixture)
{
  start (fixture);
  window_test_wait_idle (fixture->window);
  window_test_settle ();
}

static gboolean
has_curve (gpointer data)
{
  MatineePlotModel *model = matinee_plot_get_model (matinee_sweep_window_get_curve (data));

  return matinee_plot_model_get_n_series (model) == 2
         && matinee_plot_series_get_length (matinee_plot_model_get_series (model, 0)) > 1;
}

static gboolean
has_runs (gpointer data)
{
  MatineeRuns *runs = matinee_runs_page_get_runs (matinee_window_get_runs_page (data));

  return g_list_model_get_n_items (matinee_runs_get_items (runs)) == 6;
}

/* Two parameters fill a heat map; each cell is a run, has a curve, and can be used. */
static void
test_map (Fixture *fixture, gconstpointer data)
{
  const MatineeHeatGrid *grid = matinee_heat_map_get_grid (matinee_sweep_chart_get_map (fixture->chart));
  const MatineeSweepCell *best;
  double least = INFINITY;
  guint column, row;

  choose (fixture);
  sweep_all (fixture);
  g_assert_cmpuint (grid->n_columns, ==, 3);
  g_assert_cmpuint (grid->n_rows, ==, 2);
  g_assert_cmpstr (grid->columns[1], ==, "1");
  g_assert_cmpstr (grid->rows[1], ==, "8");
  for (guint i = 0; i < 6; i++)
    {
      g_assert_cmpint (grid->cells[i].state, ==, MATINEE_HEAT_KNOWN);
      least = MIN (least, grid->cells[i].value);
    }
  g_assert_cmpfloat (grid->cells[grid->best].value, ==, least);
  best = matinee_sweep_chart_get_best (fixture->chart);
  g_assert_cmpint ((int) best->index, ==, grid->best);
  g_assert_nonnull (strstr (matinee_sweep_window_get_result (fixture->sweep), "Best: Regularization"));
  /* Of two values each is at the edge. */
  g_assert_nonnull (strstr (matinee_sweep_window_get_result (fixture->sweep), "“Factors” tried"));
  g_assert_nonnull (strstr (matinee_sweep_window_get_status (fixture->sweep), "6 of 6 runs done"));
  window_test_wait (has_runs, fixture->window);

  /* The best is chosen by itself, and then another. */
  g_assert_true (matinee_heat_map_get_cursor (matinee_sweep_chart_get_map (fixture->chart), &column, &row));
  g_assert_cmpint ((int) (row * 3 + column), ==, grid->best);
  matinee_heat_map_set_cursor (matinee_sweep_chart_get_map (fixture->chart), 2, 0);
  window_test_wait (has_curve, fixture->sweep);
  gtk_widget_activate_action (GTK_WIDGET (fixture->sweep), "sweep.use-params", NULL);
  g_assert_cmpuint (matinee_session_get_params (fixture->session)->n_factors, ==, 4);
  g_assert_cmpfloat (matinee_session_get_params (fixture->session)->regularization, ==, 5);

  /* All are there: nothing is trained again. */
  sweep_all (fixture);
  g_assert_nonnull (strstr (matinee_sweep_window_get_status (fixture->sweep), "6 of them taken from the history"));
  window_test_wait (has_runs, fixture->window);
}

/* One parameter makes a curve, by the final or by the lowest error. */
static void
test_curve (Fixture *fixture, gconstpointer data)
{
  MatineePlotModel *model = matinee_plot_get_model (matinee_sweep_chart_get_plot (fixture->chart));
  double x, y;

  choose (fixture);
  matinee_sweep_range_set_text (matinee_sweep_window_get_range (fixture->sweep, 1), "none");
  sweep_all (fixture);
  g_assert_cmpuint (matinee_plot_series_get_length (matinee_plot_model_get_series (model, 0)), ==, 3);
  g_assert_true (matinee_plot_series_get_point (matinee_plot_model_get_series (model, 0), 1, &x, &y));
  g_assert_cmpfloat (x, ==, 1);
  g_assert_cmpint (matinee_plot_model_get_x_scale (model), ==, MATINEE_PLOT_SCALE_LOG);
  g_assert_cmpuint (matinee_plot_model_get_n_marks (model), ==, 1);
  matinee_sweep_chart_set_measure (fixture->chart, MATINEE_SWEEP_BEST);
  g_assert_cmpuint (matinee_plot_series_get_length (matinee_plot_model_get_series (model, 0)), ==, 3);
}

static gboolean
has_begun (gpointer data)
{
  return matinee_sweep_chart_get_n_done (data, NULL) > 0;
}

/* Stopped, it says how far it came, and goes on from there; closing the window leaves it
 * at work. */
static void
test_stop (Fixture *fixture, gconstpointer data)
{
  guint n_found;

  window_test_set (fixture->window, MATINEE_PARAM_ITERATIONS, 300);
  window_test_set (fixture->window, MATINEE_PARAM_TOLERANCE, 0);
  choose (fixture);
  start (fixture);
  g_assert_false (matinee_session_can_train (fixture->session));
  window_test_wait (has_begun, fixture->chart);
  gtk_widget_activate_action (GTK_WIDGET (fixture->sweep), "sweep.stop", NULL);
  window_test_wait_idle (fixture->window);
  window_test_settle ();
  g_assert_cmpuint (matinee_sweep_chart_get_n_done (fixture->chart, NULL), <, 6);
  start (fixture);
  gtk_window_close (GTK_WINDOW (fixture->sweep));
  window_test_wait_idle (fixture->window);
  window_test_settle ();
  g_assert_cmpuint (matinee_sweep_chart_get_n_done (fixture->chart, &n_found), ==, 6);
  g_assert_cmpuint (n_found, >, 0);
}

/* The main window closes in the middle of a sweep, and waits for its end. */
static void
test_close (Fixture *fixture, gconstpointer data)
{
  window_test_set (fixture->window, MATINEE_PARAM_ITERATIONS, 5000);
  window_test_set (fixture->window, MATINEE_PARAM_TOLERANCE, 0);
  choose (fixture);
  start (fixture);
  window_test_settle ();
}

/* What is chosen is remembered, and nonsense in the settings is not believed. */
static void
test_remember (Fixture *fixture, gconstpointer data)
{
  MatineeSweepRange *range = matinee_sweep_window_get_range (fixture->sweep, 0);
  MatineeSettings *settings = matinee_session_get_settings (fixture->session);
  g_autofree char *text = NULL;
  g_autofree char *after = NULL;
  g_autofree char *stored = NULL;

  choose (fixture);
  text = matinee_sweep_range_dup_text (range);
  g_assert_cmpstr (text, ==, "regularization 0.2 5 3 factors");
  stored = matinee_settings_dup_string (settings, "sweep-first");
  g_assert_cmpstr (stored, ==, text);
  matinee_sweep_range_set_text (range, "no such thing");
  matinee_sweep_range_set_text (range, "seed 1 2 3 steps");
  matinee_sweep_range_set_text (range, "");
  after = matinee_sweep_range_dup_text (range);
  g_assert_cmpstr (after, ==, text);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sweep/map", test_map);
  ADD ("/sweep/curve", test_curve);
  ADD ("/sweep/stop", test_stop);
  ADD ("/sweep/close", test_close);
  ADD ("/sweep/remember", test_remember);
  return g_test_run ();
}
