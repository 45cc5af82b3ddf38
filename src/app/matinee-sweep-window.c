/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-sweep-window"

#include "config.h"

#include "matinee-sweep-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-run-curves.h"

#define N_RANGES 2

/* A run that goes on is read anew this often, in microseconds: its points come as often. */
#define CURVE_EVERY G_USEC_PER_SEC

static const char *const setting_keys[N_RANGES] = { "sweep-first", "sweep-second" };

/**
 * MatineeSweepWindow:
 *
 * A window to try values of one or two parameters: what to try at the side, what came
 * of it in a chart, and below it the curve of the run that is chosen there. The sweep
 * itself belongs to the session, and goes on when this window is closed.
 */
struct _MatineeSweepWindow
{
  AdwWindow parent_instance;

  AdwFlap *flap;
  GtkButton *start_button;
  GtkBox *settings_box;
  GtkLabel *plan;
  GtkStack *stack;
  GtkLabel *result;
  GtkLabel *status;
  GtkProgressBar *progress;
  GtkDropDown *measure;
  MatineeSweepChart *chart;
  GtkBox *chosen_box;
  GtkLabel *chosen;
  AdwBin *curve_bin;

  MatineeSweepRange *ranges[N_RANGES];
  MatineePlot *curve;
  MatineeRunCurves *curves;
  gint64 curve_run; /* that is shown, or 0 */
  MatineeSweepState curve_state;
  gint64 curve_time;

  MatineeSession *session;
  gboolean changed; /* whether something else was chosen since the sweep began */
};

G_DEFINE_FINAL_TYPE (MatineeSweepWindow, matinee_sweep_window, ADW_TYPE_WINDOW)

enum
{
  PARAMS_USED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What is chosen at the side. The first parameter goes from left to right in the chart,
 * and so changes first. */
static gboolean
get_grid (MatineeSweepWindow *self, MatineeGrid *grid, GError **error)
{
  grid->base = *matinee_session_get_params (self->session);
  for (guint i = N_RANGES; i-- > 0;)
    matinee_sweep_range_add_to (self->ranges[i], grid);
  return matinee_grid_check (grid, error);
}

static gboolean
is_complete (MatineeSweepWindow *self)
{
  return matinee_sweep_chart_get_n_done (self->chart, NULL) == matinee_sweep_chart_get_grid (self->chart)->n_runs;
}

static void
update_actions (MatineeSweepWindow *self)
{
  gboolean sweeping = matinee_session_get_sweeping (self->session);
  gboolean begun = matinee_sweep_chart_get_grid (self->chart)->n_runs > 0;
  gboolean go_on = begun && !self->changed && !is_complete (self);

  gtk_button_set_label (self->start_button, sweeping ? _ ("_Stop") : go_on ? _ ("_Go On") : _ ("_Start"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->start_button), sweeping ? "sweep.stop" : "sweep.start");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->start_button), sweeping ? _ ("Stop, and Keep the Runs That Are Done")
                                                                : go_on  ? _ ("Do the Runs That Are Left")
                                                                         : _ ("Train with Every Combination"));
  if (sweeping)
    gtk_widget_remove_css_class (GTK_WIDGET (self->start_button), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->start_button), "suggested-action");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sweep.start", matinee_session_can_train (self->session));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sweep.stop", sweeping);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sweep.use-params",
                                 begun && matinee_sweep_chart_get_chosen (self->chart) != NULL
                                     && !matinee_session_get_training (self->session));
  gtk_widget_set_sensitive (GTK_WIDGET (self->settings_box), !sweeping);
}

static void
show_plan (MatineeSweepWindow *self)
{
  g_auto (MatineeGrid) grid = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (get_grid (self, &grid, &error))
    text = g_strdup_printf (ngettext ("%u run, one after another. All other parameters are those of the Train page.",
                                      "%u runs, one after another. All other parameters are those of the Train page.",
                                      grid.n_runs),
                            grid.n_runs);
  gtk_label_set_text (self->plan, text != NULL ? text : error->message);
}

static void
show_status (MatineeSweepWindow *self, const MatineeSweepCell *running)
{
  guint n_runs = matinee_sweep_chart_get_grid (self->chart)->n_runs;
  guint n_found;
  guint n_done = matinee_sweep_chart_get_n_done (self->chart, &n_found);
  g_autofree char *done
      = g_strdup_printf (ngettext ("%u of %u run done", "%u of %u runs done", n_runs), n_done, n_runs);
  g_autofree char *found
      = n_found > 0 ? g_strdup_printf (
            ngettext ("%u of them taken from the history", "%u of them taken from the history", n_found), n_found)
                    : NULL;
  g_autoptr (GString) text = g_string_new (done);

  if (found != NULL)
    g_string_append_printf (text, " · %s", found);
  if (running != NULL)
    {
      g_autofree char *name = matinee_sweep_chart_dup_name (self->chart, running->index);

      g_string_append_printf (text, _ (" · %s: iteration %u, test RMSE %.4f"), name, running->iterations,
                              matinee_errors_rmse (&running->test));
    }
  gtk_label_set_text (self->status, text->str);
}

static void
show_result (MatineeSweepWindow *self)
{
  g_autofree char *result = matinee_sweep_chart_dup_result (self->chart);

  gtk_label_set_text (self->result, *result != '\0' ? result : _ ("No run is done yet"));
}

/* The curve of the run that is chosen, from the history. */
static void
show_curve (MatineeSweepWindow *self, const MatineeSweepCell *cell)
{
  gint64 run = cell != NULL ? cell->run : 0;
  gint64 now = g_get_monotonic_time ();
  g_autofree char *name = cell != NULL ? matinee_sweep_chart_dup_name (self->chart, cell->index) : NULL;

  if (run == self->curve_run && cell != NULL && cell->state == self->curve_state
      && (cell->state != MATINEE_SWEEP_RUNNING || now < self->curve_time + CURVE_EVERY))
    return;
  self->curve_run = run;
  self->curve_state = cell != NULL ? cell->state : MATINEE_SWEEP_WAITING;
  self->curve_time = now;
  matinee_run_curves_show_run (self->curves, run, name);
}

static void
show_chosen (MatineeSweepWindow *self)
{
  const MatineeSweepCell *cell = matinee_sweep_chart_get_chosen (self->chart);
  const MatineeHeatGrid *map = matinee_heat_map_get_grid (matinee_sweep_chart_get_map (self->chart));
  g_autofree char *text = cell != NULL ? matinee_heat_grid_dup_text (map, map->cursor) : NULL;

  gtk_label_set_text (self->chosen, text != NULL ? text : _ ("Choose a cell to see its curve"));
  show_curve (self, cell);
  update_actions (self);
}

static void
cells_cb (MatineeSweepWindow *self, const MatineeSweepCell *cells, guint n)
{
  const MatineeSweepCell *last = &cells[n - 1];

  matinee_sweep_chart_add_cells (self->chart, cells, n);
  show_status (self, last->state == MATINEE_SWEEP_RUNNING ? last : NULL);
  show_result (self);
  show_chosen (self);
}

static void
fraction_cb (MatineeSweepWindow *self)
{
  if (matinee_session_get_sweeping (self->session))
    gtk_progress_bar_set_fraction (self->progress, matinee_session_get_fraction (self->session));
}

static void
sweeping_cb (MatineeSweepWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->progress), matinee_session_get_sweeping (self->session));
  update_actions (self);
}

static void
swept_cb (MatineeSweepWindow *self, gboolean complete)
{
  const MatineeSweepCell *best;

  matinee_sweep_chart_end (self->chart);
  best = matinee_sweep_chart_get_best (self->chart);
  if (complete && best != NULL && matinee_sweep_chart_get_chosen (self->chart) == NULL)
    {
      guint n_columns = matinee_heat_map_get_grid (matinee_sweep_chart_get_map (self->chart))->n_columns;

      matinee_heat_map_set_cursor (matinee_sweep_chart_get_map (self->chart), best->index % n_columns,
                                   best->index / n_columns);
    }
  show_status (self, NULL);
  show_result (self);
  show_chosen (self);
  /* Who looks elsewhere is told there. */
  if (complete && !gtk_widget_get_visible (GTK_WIDGET (self)))
    g_signal_emit_by_name (self->session, "message", _ ("The sweep is done"));
}

/* What came of other data would be compared with what is to come. */
static void
dataset_changed_cb (MatineeSweepWindow *self)
{
  self->changed = TRUE;
  gtk_stack_set_visible_child_name (self->stack, "empty");
  update_actions (self);
}

static void
range_changed_cb (MatineeSweepWindow *self)
{
  MatineeSettings *settings = matinee_session_get_settings (self->session);

  for (guint i = 0; i < N_RANGES; i++)
    {
      g_autofree char *text = matinee_sweep_range_dup_text (self->ranges[i]);

      matinee_settings_set_string (settings, setting_keys[i], text);
    }
  self->changed = TRUE;
  show_plan (self);
  update_actions (self);
}

static void
params_changed_cb (MatineeSweepWindow *self)
{
  for (guint i = 0; i < N_RANGES; i++)
    matinee_sweep_range_set_params (self->ranges[i], matinee_session_get_params (self->session));
  self->changed = TRUE;
  show_plan (self);
  update_actions (self);
}

static void
measure_cb (MatineeSweepWindow *self)
{
  matinee_sweep_chart_set_measure (self->chart, (MatineeSweepMeasure) gtk_drop_down_get_selected (self->measure));
  show_result (self);
  show_chosen (self);
}

static void
folded_cb (MatineeSweepWindow *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->chosen_box), adw_flap_get_folded (self->flap)
                                                                         ? GTK_ORIENTATION_VERTICAL
                                                                         : GTK_ORIENTATION_HORIZONTAL);
}

static void
start_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeSweepWindow *self = MATINEE_SWEEP_WINDOW (widget);
  g_auto (MatineeGrid) grid = { 0 };
  g_autoptr (GError) error = NULL;

  /* A number that was typed and not yet entered is meant to count. */
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->start_button));
  if (!get_grid (self, &grid, &error))
    {
      g_signal_emit_by_name (self->session, "failed", _ ("Could Not Start the Sweep"), error->message);
      return;
    }
  self->changed = FALSE;
  matinee_sweep_chart_set_grid (self->chart, &grid);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_stack_set_visible_child_name (self->stack, "results");
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  matinee_session_sweep (self->session, &grid);
  show_status (self, NULL);
  show_result (self);
  show_chosen (self);
}

static void
stop_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  matinee_session_stop_sweep (MATINEE_SWEEP_WINDOW (widget)->session);
}

/* The number of threads stays: it says what this machine is to do, not how to learn. */
static void
use_params_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeSweepWindow *self = MATINEE_SWEEP_WINDOW (widget);
  const MatineeSweepCell *cell = matinee_sweep_chart_get_chosen (self->chart);
  g_autofree char *run = matinee_sweep_chart_dup_name (self->chart, cell->index);
  g_autofree char *text = g_strdup_printf (_ ("Using the parameters of “%s”"), run);
  gboolean changed = self->changed;
  MatineeParams params;

  matinee_grid_get_params (matinee_sweep_chart_get_grid (self->chart), cell->index, &params);
  params.n_threads = matinee_session_get_params (self->session)->n_threads;
  matinee_session_set_params (self->session, &params);
  /* The sweep tries these values, too: it is still the one that is shown. */
  self->changed = changed;
  update_actions (self);
  g_signal_emit (self, signals[PARAMS_USED], 0);
  g_signal_emit_by_name (self->session, "message", text);
}

static void
matinee_sweep_window_dispose (GObject *object)
{
  MatineeSweepWindow *self = MATINEE_SWEEP_WINDOW (object);

  g_clear_object (&self->curves);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_SWEEP_WINDOW);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (matinee_sweep_window_parent_class)->dispose (object);
}

static void
matinee_sweep_window_class_init (MatineeSweepWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = matinee_sweep_window_dispose;

  /** MatineeSweepWindow::params-used: the parameters of a run were taken over */
  signals[PARAMS_USED]
      = g_signal_new ("params-used", MATINEE_TYPE_SWEEP_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MATINEE_TYPE_SWEEP_CHART);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-sweep-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeSweepWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, MatineeSweepWindow, start_button);
  gtk_widget_class_bind_template_child (widget_class, MatineeSweepWindow, settings_box);
  gtk_widget_class_bind_template_child (widget_class, MatineeSweepWindow, plan);
  gtk_widget_class_bind_template_child (widget_class, MatineeSweepWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, MatineeSweepWindow, result);
  gtk_widget_class_bind_template_child (widget_class, MatineeSweepWindow, status);
  gtk_widget_class_bind_template_child (widget_class, MatineeSweepWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, MatineeSweepWindow, measure);
  gtk_widget_class_bind_template_child (widget_class, MatineeSweepWindow, chart);
  gtk_widget_class_bind_template_child (widget_class, MatineeSweepWindow, chosen_box);
  gtk_widget_class_bind_template_child (widget_class, MatineeSweepWindow, chosen);
  gtk_widget_class_bind_template_child (widget_class, MatineeSweepWindow, curve_bin);
  gtk_widget_class_install_action (widget_class, "sweep.start", NULL, start_cb);
  gtk_widget_class_install_action (widget_class, "sweep.stop", NULL, stop_cb);
  gtk_widget_class_install_action (widget_class, "sweep.use-params", NULL, use_params_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "sweep.start", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
matinee_sweep_window_init (MatineeSweepWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = N_RANGES; i-- > 0;)
    {
      self->ranges[i]
          = MATINEE_SWEEP_RANGE (matinee_sweep_range_new (i == 0 ? _ ("Parameter") : _ ("Second Parameter"), i > 0));
      gtk_box_prepend (self->settings_box, GTK_WIDGET (self->ranges[i]));
    }
  self->curve = MATINEE_PLOT (matinee_plot_new ());
  adw_bin_set_child (self->curve_bin, GTK_WIDGET (self->curve));
  g_signal_connect_object (self->chart, "moved", G_CALLBACK (show_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->measure, "notify::selected", G_CALLBACK (measure_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flap, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
}

static void
restore_ranges (MatineeSweepWindow *self)
{
  MatineeSettings *settings = matinee_session_get_settings (self->session);

  for (guint i = 0; i < N_RANGES; i++)
    {
      g_autofree char *text = matinee_settings_dup_string (settings, setting_keys[i]);

      matinee_sweep_range_set_params (self->ranges[i], matinee_session_get_params (self->session));
      matinee_sweep_range_set_text (self->ranges[i], text);
      g_signal_connect_object (self->ranges[i], "changed", G_CALLBACK (range_changed_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
exported_cb (MatineeSweepWindow *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *display = g_filename_display_name (name);
  g_autofree char *text = g_strdup_printf (_ ("Saved “%s”"), display);

  g_signal_emit_by_name (self->session, "message", text);
}

static void
export_failed_cb (MatineeSweepWindow *self, const GError *error)
{
  g_signal_emit_by_name (self->session, "failed", _ ("Could Not Save the Chart"), error->message);
}

/**
 * matinee_sweep_window_new:
 * @parent: the main window
 * @session: whose data is to be trained with
 *
 * Returns: (transfer none): a window, not shown yet. Closed, it is only hidden, until
 *   @parent goes.
 */
GtkWidget *
matinee_sweep_window_new (GtkWindow *parent, MatineeSession *session)
{
  MatineeSweepWindow *self
      = g_object_new (MATINEE_TYPE_SWEEP_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  MatineePlot *plots[] = { self->curve, matinee_sweep_chart_get_plot (self->chart) };

  self->session = g_object_ref (session);
  self->curves
      = matinee_run_curves_new (self->curve, matinee_session_get_runs (session), _ ("The curve of the chosen run"));
  restore_ranges (self);
  for (guint i = 0; i < G_N_ELEMENTS (plots); i++)
    {
      g_signal_connect_object (plots[i], "exported", G_CALLBACK (exported_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (plots[i], "export-failed", G_CALLBACK (export_failed_cb), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (session, "sweep-cells", G_CALLBACK (cells_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "swept", G_CALLBACK (swept_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::sweeping", G_CALLBACK (sweeping_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::fraction", G_CALLBACK (fraction_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::busy", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "params-changed", G_CALLBACK (params_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "dataset-changed", G_CALLBACK (dataset_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (matinee_session_get_test_file (session), "changed", G_CALLBACK (params_changed_cb), self,
                           G_CONNECT_SWAPPED);
  show_plan (self);
  update_actions (self);
  return GTK_WIDGET (self);
}

/**
 * matinee_sweep_window_get_range:
 * @self: a window
 * @number: 0 or 1
 *
 * Returns: (transfer none): what to try
 */
MatineeSweepRange *
matinee_sweep_window_get_range (MatineeSweepWindow *self, guint number)
{
  return self->ranges[number];
}

MatineeSweepChart *
matinee_sweep_window_get_chart (MatineeSweepWindow *self)
{
  return self->chart;
}

MatineePlot *
matinee_sweep_window_get_curve (MatineeSweepWindow *self)
{
  return self->curve;
}

const char *
matinee_sweep_window_get_status (MatineeSweepWindow *self)
{
  return gtk_label_get_text (self->status);
}

const char *
matinee_sweep_window_get_result (MatineeSweepWindow *self)
{
  return gtk_label_get_text (self->result);
}
