/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-runs-page"

#include "config.h"

#include "matinee-runs-page.h"

#include <glib/gi18n.h>

#include "matinee-data-window.h"
#include "matinee-run-curves.h"
#include "matinee-run-dialog.h"
#include "matinee-solver.h"

/**
 * MatineeRunsPage:
 *
 * The history of runs: a table of all of them, and below it the curves of those that
 * are ticked and in what they differ.
 */
struct _MatineeRunsPage
{
  AdwBin parent_instance;

  GtkInfoBar *trouble;
  GtkLabel *trouble_text;
  GtkStack *stack;
  GtkSearchEntry *search;
  GtkWidget *sweep_button;
  GtkWidget *use_button;
  MatineeRunsView *view;
  GtkStack *compare;
  GtkWidget *choices;
  GtkDropDown *x_choice;
  GtkDropDown *y_choice;
  AdwBin *plot_bin;
  MatineeRunDifferences *differences;
  GMenuModel *run_menu;
  GMenu *sort_menu;

  MatineePlot *plot;
  MatineeSession *session;
  MatineeRuns *runs;
  MatineeRunCurves *curves;
  MatineeSweepWindow *sweep; /* once it was asked for, until the main window goes */
  GtkFileChooserNative *chooser;
  gboolean exports_points;
};

G_DEFINE_FINAL_TYPE (MatineeRunsPage, matinee_runs_page, ADW_TYPE_BIN)

enum
{
  TOAST,
  PARAMS_USED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_actions (MatineeRunsPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean any = self->runs != NULL && g_list_model_get_n_items (matinee_runs_get_items (self->runs)) > 0;
  gboolean selected = any && matinee_runs_view_get_selected (self->view) != NULL;
  gboolean ticked = any && matinee_runs_get_ticked (self->runs)->len > 0;

  gtk_widget_action_set_enabled (widget, "runs.use-params", selected && !matinee_session_get_training (self->session));
  gtk_widget_action_set_enabled (widget, "runs.edit", selected);
  gtk_widget_action_set_enabled (widget, "runs.delete", selected);
  gtk_widget_action_set_enabled (widget, "runs.untick", ticked);
  gtk_widget_action_set_enabled (widget, "runs.delete-ticked", ticked);
  gtk_widget_action_set_enabled (widget, "runs.show-data", ticked);
  gtk_widget_action_set_enabled (widget, "runs.export", any);
  gtk_widget_action_set_enabled (widget, "runs.export-points", any);
}

static void
show_state (MatineeRunsPage *self)
{
  const char *state = "runs";

  if (g_list_model_get_n_items (matinee_runs_get_items (self->runs)) == 0)
    state = matinee_runs_is_loaded (self->runs) ? "empty" : "loading";
  gtk_stack_set_visible_child_name (self->stack, state);
  update_actions (self);
}

static void
ticked_cb (MatineeRunsPage *self)
{
  matinee_run_curves_show (self->curves, matinee_runs_get_ticked (self->runs));
  matinee_run_differences_show (self->differences, matinee_runs_get_ticked (self->runs));
  update_actions (self);
}

static void
trouble_cb (MatineeRunsPage *self, const char *text)
{
  gtk_label_set_text (self->trouble_text, text);
  gtk_info_bar_set_revealed (self->trouble, TRUE);
}

static void
trouble_response_cb (MatineeRunsPage *self)
{
  gtk_info_bar_set_revealed (self->trouble, FALSE);
}

static void
failed_cb (MatineeRunsPage *self, const char *heading, const char *body)
{
  g_signal_emit_by_name (self->session, "failed", heading, body);
}

static void
exported_cb (MatineeRunsPage *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *display = g_filename_display_name (name);
  g_autofree char *text = g_strdup_printf (_ ("Saved “%s”"), display);

  g_signal_emit_by_name (self->session, "message", text);
}

static void
export_failed_cb (MatineeRunsPage *self, const GError *error)
{
  g_signal_emit_by_name (self->session, "failed", _ ("Could Not Save the Chart"), error->message);
}

static void
undo_cb (MatineeRunsPage *self, AdwToast *toast)
{
  const GArray *ids = g_object_get_data (G_OBJECT (toast), "runs");

  matinee_runs_set_deleted (self->runs, (const gint64 *) (gpointer) ids->data, ids->len, FALSE);
}

static void
deleted_cb (MatineeRunsPage *self, GArray *ids)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u run deleted", "%u runs deleted", ids->len), ids->len);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "runs", g_array_ref (ids), (GDestroyNotify) g_array_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
  g_signal_emit (self, signals[TOAST], 0, toast);
}

static void
searched_cb (MatineeRunsPage *self)
{
  matinee_runs_view_search (self->view, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
x_chosen_cb (MatineeRunsPage *self)
{
  gboolean by_time = gtk_drop_down_get_selected (self->x_choice) == 1;

  if (self->curves == NULL)
    return;
  matinee_run_curves_set_by_time (self->curves, by_time);
  matinee_settings_set_boolean (matinee_session_get_settings (self->session), "runs-by-time", by_time);
}

static void
y_chosen_cb (MatineeRunsPage *self)
{
  MatineeLoss loss = (MatineeLoss) gtk_drop_down_get_selected (self->y_choice);

  if (self->curves == NULL)
    return;
  matinee_run_curves_set_loss (self->curves, loss);
  matinee_settings_set_string (matinee_session_get_settings (self->session), "runs-loss", matinee_loss_id (loss));
}

/* The number of threads stays: it says what this machine is to do, not how to learn. */
static void
use_params_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeRunsPage *self = MATINEE_RUNS_PAGE (widget);
  MatineeRunItem *item = matinee_runs_view_get_selected (self->view);
  const MatineeRun *run = matinee_run_item_get_run (item);
  MatineeParams params = run->params;
  g_autoptr (GError) error = NULL;

  params.n_threads = matinee_session_get_params (self->session)->n_threads;
  if (matinee_solver_find (run->solver) == NULL)
    {
      g_autofree char *text
          = g_strdup_printf (_ ("This version of Matinee does not have the solver “%s” of that run."), run->solver);

      g_signal_emit_by_name (self->session, "failed", _ ("Could Not Use the Parameters"), text);
    }
  else if (!matinee_params_check (&params, &error))
    g_signal_emit_by_name (self->session, "failed", _ ("Could Not Use the Parameters"), error->message);
  else
    {
      g_autofree char *text = g_strdup_printf (_ ("Using the parameters of “%s”"), run->name);

      matinee_session_set_params (self->session, &params);
      g_signal_emit (self, signals[PARAMS_USED], 0);
      g_signal_emit_by_name (self->session, "message", text);
    }
}

static void
sweep_params_used_cb (MatineeRunsPage *self)
{
  g_signal_emit (self, signals[PARAMS_USED], 0);
}

static void
sweep_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeRunsPage *self = MATINEE_RUNS_PAGE (widget);

  if (self->sweep == NULL)
    {
      GtkWidget *window = matinee_sweep_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->session);

      g_set_weak_pointer (&self->sweep, MATINEE_SWEEP_WINDOW (window));
      g_signal_connect_object (window, "params-used", G_CALLBACK (sweep_params_used_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_window_present (GTK_WINDOW (self->sweep));
}

static void
edit_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeRunsPage *self = MATINEE_RUNS_PAGE (widget);
  MatineeRunItem *item = matinee_runs_view_get_selected (self->view);

  gtk_window_present (GTK_WINDOW (
      matinee_run_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->runs, matinee_run_item_get_run (item))));
}

static void
delete_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeRunsPage *self = MATINEE_RUNS_PAGE (widget);
  MatineeRunItem *item = matinee_runs_view_get_selected (self->view);

  matinee_runs_set_deleted (self->runs, &matinee_run_item_get_run (item)->id, 1, TRUE);
}

static void
untick_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  matinee_runs_untick_all (MATINEE_RUNS_PAGE (widget)->runs);
}

/* The ticked runs or, without any, those that are shown. */
static GArray *
chosen_runs (MatineeRunsPage *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const GPtrArray *ticked = matinee_runs_get_ticked (self->runs);
  GListModel *shown = matinee_runs_view_get_shown (self->view);

  for (guint i = 0; i < ticked->len; i++)
    g_array_append_val (ids, matinee_run_item_get_run (ticked->pdata[i])->id);
  for (guint i = 0; ticked->len == 0 && i < g_list_model_get_n_items (shown); i++)
    {
      g_autoptr (MatineeRunItem) item = g_list_model_get_item (shown, i);

      g_array_append_val (ids, matinee_run_item_get_run (item)->id);
    }
  return ids;
}

static void
delete_ticked_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeRunsPage *self = MATINEE_RUNS_PAGE (widget);
  g_autoptr (GArray) ids = chosen_runs (self);

  matinee_runs_set_deleted (self->runs, (const gint64 *) (gpointer) ids->data, ids->len, TRUE);
}

static void
file_chosen_cb (GtkNativeDialog *chooser, int response, MatineeRunsPage *self)
{
  g_autoptr (GFile) file
      = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autoptr (GArray) ids = chosen_runs (self);

  g_clear_object (&self->chooser);
  if (file == NULL)
    return;
  if (g_file_peek_path (file) == NULL)
    g_signal_emit_by_name (self->session, "failed", _ ("Could Not Export the Runs"),
                           _ ("Only files on this computer can be written: choose another folder."));
  else
    matinee_runs_export (self->runs, (const gint64 *) (gpointer) ids->data, ids->len, self->exports_points, file);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *pattern)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
export_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeRunsPage *self = MATINEE_RUNS_PAGE (widget);

  self->exports_points = g_str_equal (name, "runs.export-points");
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (self->exports_points ? _ ("Export Curves") : _ ("Export Runs"),
                                               GTK_WINDOW (gtk_widget_get_root (widget)), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _ ("_Export"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser),
                                     self->exports_points ? _ ("curves.csv") : _ ("runs.csv"));
  add_filter (GTK_FILE_CHOOSER (self->chooser), _ ("Tables (*.csv)"), "*.[cC][sS][vV]");
  add_filter (GTK_FILE_CHOOSER (self->chooser), _ ("JSON (*.json)"), "*.[jJ][sS][oO][nN]");
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
folded_cb (MatineeRunsPage *self)
{
  gboolean compact = matinee_runs_view_get_compact (self->view);

  gtk_widget_set_visible (self->sweep_button, !compact);
  gtk_widget_set_visible (self->use_button, !compact);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->choices),
                                  compact ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

/* The history is not read before somebody wants to see it. */
static void
matinee_runs_page_map (GtkWidget *widget)
{
  MatineeRunsPage *self = MATINEE_RUNS_PAGE (widget);

  GTK_WIDGET_CLASS (matinee_runs_page_parent_class)->map (widget);
  if (self->runs != NULL)
    matinee_runs_load (self->runs);
}

static void
matinee_runs_page_dispose (GObject *object)
{
  MatineeRunsPage *self = MATINEE_RUNS_PAGE (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  if (self->sweep != NULL)
    gtk_window_destroy (GTK_WINDOW (self->sweep));
  g_clear_weak_pointer (&self->sweep);
  g_clear_object (&self->curves);
  /* Before the template, or AdwBin would drop its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_RUNS_PAGE);
  g_clear_object (&self->runs);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (matinee_runs_page_parent_class)->dispose (object);
}

static void
sort_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  matinee_runs_view_sort_by (MATINEE_RUNS_PAGE (widget)->view, (MatineeRunColumn) g_variant_get_uint32 (parameter));
}

static void
fill_sort_menu (MatineeRunsPage *self)
{
  for (guint id = 0; id < MATINEE_N_RUN_COLUMNS; id++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (matinee_run_column_title (id), NULL);

      g_menu_item_set_action_and_target (item, "runs.sort", "u", id);
      g_menu_append_item (self->sort_menu, item);
    }
}

static void
show_data_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeRunsPage *self = MATINEE_RUNS_PAGE (widget);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (widget));

  gtk_window_present (GTK_WINDOW (matinee_data_window_new_for_plot (window, matinee_plot_get_model (self->plot))));
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "runs.use-params", NULL, use_params_cb);
  gtk_widget_class_install_action (widget_class, "runs.sweep", NULL, sweep_cb);
  gtk_widget_class_install_action (widget_class, "runs.edit", NULL, edit_cb);
  gtk_widget_class_install_action (widget_class, "runs.delete", NULL, delete_cb);
  gtk_widget_class_install_action (widget_class, "runs.untick", NULL, untick_cb);
  gtk_widget_class_install_action (widget_class, "runs.delete-ticked", NULL, delete_ticked_cb);
  gtk_widget_class_install_action (widget_class, "runs.show-data", NULL, show_data_cb);
  gtk_widget_class_install_action (widget_class, "runs.sort", "u", sort_cb);
  gtk_widget_class_install_action (widget_class, "runs.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "runs.export-points", NULL, export_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "runs.edit", NULL);
}

static void
matinee_runs_page_class_init (MatineeRunsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = matinee_runs_page_dispose;
  widget_class->map = matinee_runs_page_map;

  /**
   * MatineeRunsPage::toast:
   * @toast: (transfer full): a toast to show
   */
  signals[TOAST] = g_signal_new ("toast", MATINEE_TYPE_RUNS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, ADW_TYPE_TOAST);
  /** MatineeRunsPage::params-used: the parameters of a run were taken over */
  signals[PARAMS_USED]
      = g_signal_new ("params-used", MATINEE_TYPE_RUNS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MATINEE_TYPE_RUNS_VIEW);
  g_type_ensure (MATINEE_TYPE_RUN_DIFFERENCES);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-runs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeRunsPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, MatineeRunsPage, trouble_text);
  gtk_widget_class_bind_template_child (widget_class, MatineeRunsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MatineeRunsPage, search);
  gtk_widget_class_bind_template_child (widget_class, MatineeRunsPage, sweep_button);
  gtk_widget_class_bind_template_child (widget_class, MatineeRunsPage, use_button);
  gtk_widget_class_bind_template_child (widget_class, MatineeRunsPage, view);
  gtk_widget_class_bind_template_child (widget_class, MatineeRunsPage, compare);
  gtk_widget_class_bind_template_child (widget_class, MatineeRunsPage, choices);
  gtk_widget_class_bind_template_child (widget_class, MatineeRunsPage, x_choice);
  gtk_widget_class_bind_template_child (widget_class, MatineeRunsPage, y_choice);
  gtk_widget_class_bind_template_child (widget_class, MatineeRunsPage, plot_bin);
  gtk_widget_class_bind_template_child (widget_class, MatineeRunsPage, differences);
  gtk_widget_class_bind_template_child (widget_class, MatineeRunsPage, run_menu);
  gtk_widget_class_bind_template_child (widget_class, MatineeRunsPage, sort_menu);
  install_actions (widget_class);
}

static void
matinee_runs_page_init (MatineeRunsPage *self)
{
  g_autoptr (GtkStringList) losses = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < MATINEE_N_LOSSES; i++)
    gtk_string_list_append (losses, matinee_loss_title (i));
  gtk_drop_down_set_model (self->y_choice, G_LIST_MODEL (losses));
  self->plot = MATINEE_PLOT (matinee_plot_new ());
  adw_bin_set_child (self->plot_bin, GTK_WIDGET (self->plot));
  matinee_runs_view_set_menu (self->view, self->run_menu);
  fill_sort_menu (self);
  g_signal_connect_object (self->plot, "exported", G_CALLBACK (exported_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->plot, "export-failed", G_CALLBACK (export_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (searched_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "selected", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  folded_cb (self);
  g_signal_connect_object (self->x_choice, "notify::selected", G_CALLBACK (x_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->y_choice, "notify::selected", G_CALLBACK (y_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->trouble, "response", G_CALLBACK (trouble_response_cb), self, G_CONNECT_SWAPPED);
}

/* What the chart showed last. */
static void
restore_choices (MatineeRunsPage *self)
{
  MatineeSettings *settings = matinee_session_get_settings (self->session);
  g_autofree char *loss_id = matinee_settings_dup_string (settings, "runs-loss");
  gboolean by_time = matinee_settings_get_boolean (settings, "runs-by-time");
  MatineeLoss loss;

  if (matinee_loss_from_id (loss_id, &loss))
    gtk_drop_down_set_selected (self->y_choice, loss);
  gtk_drop_down_set_selected (self->x_choice, by_time ? 1 : 0);
}

/**
 * matinee_runs_page_set_session:
 * @self: a page
 * @session: the session whose history it shows; set once
 */
void
matinee_runs_page_set_session (MatineeRunsPage *self, MatineeSession *session)
{
  g_return_if_fail (MATINEE_IS_RUNS_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
  self->runs = matinee_runs_new (matinee_session_get_runs (session));
  self->curves = matinee_run_curves_new (self->plot, matinee_session_get_runs (session),
                                         _ ("Tick runs to compare their curves"));
  restore_choices (self);
  matinee_runs_view_set_runs (self->view, self->runs);
  matinee_run_differences_show (self->differences, matinee_runs_get_ticked (self->runs));
  g_signal_connect_object (session, "runs-trouble", G_CALLBACK (trouble_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::training", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runs, "loaded", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runs, "ticked", G_CALLBACK (ticked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runs, "deleted", G_CALLBACK (deleted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runs, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runs, "exported", G_CALLBACK (exported_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (matinee_runs_get_items (self->runs), "items-changed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  show_state (self);
}

/**
 * matinee_runs_page_get_runs:
 * @self: a page
 *
 * Returns: (transfer none): the runs that it shows
 */
MatineeRuns *
matinee_runs_page_get_runs (MatineeRunsPage *self)
{
  return self->runs;
}

MatineeRunsView *
matinee_runs_page_get_view (MatineeRunsPage *self)
{
  return self->view;
}

MatineePlot *
matinee_runs_page_get_plot (MatineeRunsPage *self)
{
  return self->plot;
}

MatineeRunDifferences *
matinee_runs_page_get_differences (MatineeRunsPage *self)
{
  return self->differences;
}

/**
 * matinee_runs_page_get_sweep:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the window of the sweep, once it was asked for
 */
MatineeSweepWindow *
matinee_runs_page_get_sweep (MatineeRunsPage *self)
{
  return self->sweep;
}

GtkEditable *
matinee_runs_page_get_search (MatineeRunsPage *self)
{
  return GTK_EDITABLE (self->search);
}

/**
 * matinee_runs_page_get_state:
 * @self: a page
 *
 * Returns: "loading", "empty" or "runs"
 */
const char *
matinee_runs_page_get_state (MatineeRunsPage *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

/**
 * matinee_runs_page_get_trouble:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what is wrong with the history, if that is shown
 */
const char *
matinee_runs_page_get_trouble (MatineeRunsPage *self)
{
  return gtk_info_bar_get_revealed (self->trouble) ? gtk_label_get_text (self->trouble_text) : NULL;
}
