/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-train-page"

#include "config.h"

#include "matinee-train-page.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-data-group.h"
#include "matinee-list-quality.h"
#include "matinee-model-group.h"
#include "matinee-ranking-window.h"
#include "matinee-trace-window.h"
#include "matinee-training-text.h"

/**
 * MatineeTrainPage:
 *
 * The page on which one trains: settings at the side, the learning curves, and under
 * them where the training is and what came of it.
 */
struct _MatineeTrainPage
{
  AdwBin parent_instance;

  AdwFlap *flap;
  MatineeDataGroup *data_group;
  MatineeSplitGroup *split_group;
  MatineeModelGroup *model_group;
  GtkToggleButton *loss_buttons[MATINEE_N_LOSSES];
  GtkWidget *loss_box;
  GtkDropDown *kind_choice;
  GtkDropDown *x_choice;
  GtkStack *stack;
  AdwBin *plot_bin;
  GtkLabel *status;
  GtkProgressBar *progress;
  GtkWidget *result;
  GtkImage *result_icon;
  GtkLabel *result_headline;
  GtkLabel *result_details;
  GtkLabel *result_lists;

  MatineePlot *plot;
  MatineeCurves *curves;
  MatineeSession *session;
  MatineeListQuality *lists;
  gint64 began_at;
  guint n_iterations;
  char *explanation;
};

G_DEFINE_FINAL_TYPE (MatineeTrainPage, matinee_train_page, ADW_TYPE_BIN)

/* As the settings have them. */
static const char *const kind_ids[MATINEE_N_CURVES_KINDS] = {
  [MATINEE_CURVES_LOSS] = "loss",
  [MATINEE_CURVES_OBJECTIVE] = "objective",
  [MATINEE_CURVES_CONVERGENCE] = "convergence",
};

/* How long the rest takes, from how long it took so far, errors and all; NaN before
 * that can be told and after the end. */
static double
seconds_left (MatineeTrainPage *self, const MatineeTracePoint *last)
{
  double elapsed = (double) (g_get_monotonic_time () - self->began_at) / G_USEC_PER_SEC;

  if (!matinee_session_get_training (self->session) || last->iteration == 0)
    return NAN;
  return elapsed / last->iteration * (self->n_iterations - MIN (last->iteration, self->n_iterations));
}

static void
show_status (MatineeTrainPage *self)
{
  const MatineeTracePoint *last = matinee_curves_get_last (self->curves);
  g_autofree char *text = NULL;

  if (last != NULL)
    text = matinee_training_text_status (last, self->n_iterations, matinee_curves_get_loss (self->curves),
                                         seconds_left (self, last));
  else if (matinee_session_get_training (self->session))
    text = g_strdup (_ ("Splitting the ratings…"));
  gtk_label_set_text (self->status, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->status), text != NULL);
}

static void
show_result (MatineeTrainPage *self)
{
  const MatineeModel *model = matinee_session_get_model (self->session);
  gboolean visible
      = model != NULL && matinee_curves_get_n (self->curves) > 0 && !matinee_session_get_training (self->session);

  if (visible)
    {
      g_autofree char *headline = matinee_training_text_headline (model);
      g_autofree char *details
          = matinee_training_text_details (model, matinee_curves_get_loss (self->curves), self->explanation);

      gtk_label_set_text (self->result_headline, headline);
      gtk_label_set_text (self->result_details, details);
      gtk_image_set_from_icon_name (self->result_icon, matinee_training_text_icon (model));
      if (model->reason == MATINEE_DIVERGED)
        gtk_widget_add_css_class (GTK_WIDGET (self->result_icon), "warning");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self->result_icon), "warning");
    }
  gtk_widget_set_visible (self->result, visible);
}

static void
lists_changed_cb (MatineeTrainPage *self)
{
  g_autofree char *summary = matinee_list_quality_dup_summary (self->lists);

  gtk_label_set_text (self->result_lists, summary != NULL ? summary : "");
}

/* A new set of data makes the curves of another one meaningless. */
static void
dataset_changed_cb (MatineeTrainPage *self)
{
  const MatineeDataset *dataset = matinee_session_get_dataset (self->session);

  matinee_curves_set_noise_floor (self->curves,
                                  dataset != NULL && dataset->synthetic ? dataset->noise_floor : (double) NAN);
  if (matinee_session_get_model (self->session) != NULL)
    return;
  matinee_curves_begin (self->curves, matinee_session_get_params (self->session));
  gtk_stack_set_visible_child_name (self->stack, "empty");
  show_status (self);
  show_result (self);
}

/* How a model was trained is in its file. */
static void
model_opened_cb (MatineeTrainPage *self)
{
  const MatineeTrace *trace = matinee_session_get_model (self->session)->trace;

  self->n_iterations = matinee_session_get_model (self->session)->params.n_iterations;
  g_clear_pointer (&self->explanation, g_free);
  matinee_curves_begin (self->curves, &matinee_session_get_model (self->session)->params);
  matinee_curves_append (self->curves, trace->points, trace->n);
  matinee_curves_end (self->curves);
  gtk_stack_set_visible_child_name (self->stack, "chart");
  show_status (self);
  show_result (self);
}

static void
fraction_cb (MatineeTrainPage *self)
{
  if (matinee_session_get_training (self->session) && !matinee_session_get_saving (self->session))
    gtk_progress_bar_set_fraction (self->progress, matinee_session_get_fraction (self->session));
}

static void
training_cb (MatineeTrainPage *self)
{
  gboolean training = matinee_session_get_training (self->session);

  if (training)
    {
      self->began_at = g_get_monotonic_time ();
      self->n_iterations = matinee_session_get_params (self->session)->n_iterations;
      g_clear_pointer (&self->explanation, g_free);
      matinee_curves_begin (self->curves, matinee_session_get_params (self->session));
      gtk_progress_bar_set_fraction (self->progress, 0);
      gtk_stack_set_visible_child_name (self->stack, "chart");
    }
  gtk_widget_set_visible (GTK_WIDGET (self->progress), training);
  gtk_widget_set_sensitive (GTK_WIDGET (self->data_group), !training);
  gtk_widget_set_sensitive (GTK_WIDGET (self->split_group), !training);
  gtk_widget_set_sensitive (GTK_WIDGET (self->model_group), !training);
  show_status (self);
  show_result (self);
}

static void
points_cb (MatineeTrainPage *self, const MatineeTracePoint *points, guint n)
{
  matinee_curves_append (self->curves, points, n);
  show_status (self);
}

static void
trained_cb (MatineeTrainPage *self, MatineeModel *model, const char *explanation)
{
  g_free (self->explanation);
  self->explanation = g_strdup (explanation);
  if (matinee_curves_get_n (self->curves) == 0)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  matinee_curves_end (self->curves);
  show_status (self);
  show_result (self);
}

/* Where there is little room, the button goes below the text. */
static void
folded_cb (MatineeTrainPage *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->result), adw_flap_get_folded (self->flap)
                                                                     ? GTK_ORIENTATION_VERTICAL
                                                                     : GTK_ORIENTATION_HORIZONTAL);
}

static void
loss_toggled_cb (MatineeTrainPage *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < MATINEE_N_LOSSES; i++)
    if (self->loss_buttons[i] == button)
      {
        matinee_curves_set_loss (self->curves, i);
        if (self->session != NULL)
          {
            matinee_settings_set_string (matinee_session_get_settings (self->session), "loss", matinee_loss_id (i));
            show_status (self);
            show_result (self);
          }
      }
}

/* Losses differ from each other; the objective and the convergence are one. */
static void
kind_chosen_cb (MatineeTrainPage *self)
{
  guint kind = gtk_drop_down_get_selected (self->kind_choice);

  matinee_curves_set_kind (self->curves, (MatineeCurvesKind) kind);
  gtk_widget_set_sensitive (self->loss_box, kind == MATINEE_CURVES_LOSS);
  if (self->session != NULL)
    matinee_settings_set_string (matinee_session_get_settings (self->session), "chart", kind_ids[kind]);
}

static void
x_chosen_cb (MatineeTrainPage *self)
{
  gboolean by_time = gtk_drop_down_get_selected (self->x_choice) == 1;

  matinee_curves_set_by_time (self->curves, by_time);
  if (self->session != NULL)
    matinee_settings_set_boolean (matinee_session_get_settings (self->session), "chart-by-time", by_time);
}

static void
baselines_cb (MatineeTrainPage *self)
{
  matinee_curves_set_baselines (self->curves, matinee_session_get_baselines (self->session));
}

static void
show_data_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeTrainPage *self = MATINEE_TRAIN_PAGE (widget);
  GtkWidget *window
      = matinee_trace_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), matinee_curves_get_points (self->curves),
                                  matinee_curves_get_n (self->curves));

  gtk_window_present (GTK_WINDOW (window));
}

static void
show_lists_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeTrainPage *self = MATINEE_TRAIN_PAGE (widget);

  gtk_window_present (GTK_WINDOW (matinee_ranking_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->lists)));
}

static void
exported_cb (MatineeTrainPage *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *display = g_filename_display_name (name);
  g_autofree char *text = g_strdup_printf (_ ("Saved “%s”"), display);

  g_signal_emit_by_name (self->session, "message", text);
}

static void
export_failed_cb (MatineeTrainPage *self, const GError *error)
{
  g_signal_emit_by_name (self->session, "failed", _ ("Could Not Save the Chart"), error->message);
}

static void
matinee_train_page_dispose (GObject *object)
{
  MatineeTrainPage *self = MATINEE_TRAIN_PAGE (object);

  g_clear_object (&self->curves);
  if (self->lists != NULL)
    matinee_list_quality_cancel (self->lists);
  g_clear_object (&self->lists);
  g_clear_object (&self->session);
  g_clear_pointer (&self->explanation, g_free);
  /* Before the template, or AdwBin would drop its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_TRAIN_PAGE);

  G_OBJECT_CLASS (matinee_train_page_parent_class)->dispose (object);
}

static void
matinee_train_page_class_init (MatineeTrainPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = matinee_train_page_dispose;

  g_type_ensure (MATINEE_TYPE_DATA_GROUP);
  g_type_ensure (MATINEE_TYPE_SPLIT_GROUP);
  g_type_ensure (MATINEE_TYPE_MODEL_GROUP);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-train-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeTrainPage, flap);
  gtk_widget_class_bind_template_child (widget_class, MatineeTrainPage, data_group);
  gtk_widget_class_bind_template_child (widget_class, MatineeTrainPage, split_group);
  gtk_widget_class_bind_template_child (widget_class, MatineeTrainPage, model_group);
  gtk_widget_class_bind_template_child (widget_class, MatineeTrainPage, loss_box);
  gtk_widget_class_bind_template_child (widget_class, MatineeTrainPage, kind_choice);
  gtk_widget_class_bind_template_child (widget_class, MatineeTrainPage, x_choice);
  gtk_widget_class_bind_template_child (widget_class, MatineeTrainPage, stack);
  gtk_widget_class_install_action (widget_class, "train.show-data", NULL, show_data_cb);
  gtk_widget_class_install_action (widget_class, "train.show-lists", NULL, show_lists_cb);
  gtk_widget_class_bind_template_child (widget_class, MatineeTrainPage, plot_bin);
  gtk_widget_class_bind_template_child (widget_class, MatineeTrainPage, status);
  gtk_widget_class_bind_template_child (widget_class, MatineeTrainPage, progress);
  gtk_widget_class_bind_template_child (widget_class, MatineeTrainPage, result);
  gtk_widget_class_bind_template_child (widget_class, MatineeTrainPage, result_icon);
  gtk_widget_class_bind_template_child (widget_class, MatineeTrainPage, result_headline);
  gtk_widget_class_bind_template_child (widget_class, MatineeTrainPage, result_details);
  gtk_widget_class_bind_template_child (widget_class, MatineeTrainPage, result_lists);
}

static void
add_loss_buttons (MatineeTrainPage *self)
{
  static const char *const tooltips[MATINEE_N_LOSSES] = {
    [MATINEE_LOSS_RMSE] = N_ ("Root Mean Squared Error, in Stars"),
    [MATINEE_LOSS_MSE] = N_ ("Mean Squared Error"),
    [MATINEE_LOSS_MAE] = N_ ("Mean Absolute Error, in Stars"),
  };

  for (guint i = 0; i < MATINEE_N_LOSSES; i++)
    {
      GtkToggleButton *button = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (matinee_loss_title (i)));

      if (i > 0)
        gtk_toggle_button_set_group (button, self->loss_buttons[0]);
      gtk_widget_set_tooltip_text (GTK_WIDGET (button), _ (tooltips[i]));
      gtk_box_append (GTK_BOX (self->loss_box), GTK_WIDGET (button));
      self->loss_buttons[i] = button;
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (loss_toggled_cb), self);
    }
}

static void
matinee_train_page_init (MatineeTrainPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->plot = MATINEE_PLOT (matinee_plot_new ());
  adw_bin_set_child (self->plot_bin, GTK_WIDGET (self->plot));
  g_signal_connect_object (self->plot, "exported", G_CALLBACK (exported_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->plot, "export-failed", G_CALLBACK (export_failed_cb), self, G_CONNECT_SWAPPED);
  self->curves = matinee_curves_new (self->plot);
  add_loss_buttons (self);
  g_signal_connect_object (self->kind_choice, "notify::selected", G_CALLBACK (kind_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->x_choice, "notify::selected", G_CALLBACK (x_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flap, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  gtk_toggle_button_set_active (self->loss_buttons[0], TRUE);
}

/* What the chart showed last. */
static void
restore_choices (MatineeTrainPage *self)
{
  MatineeSettings *settings = matinee_session_get_settings (self->session);
  g_autofree char *loss_id = matinee_settings_dup_string (settings, "loss");
  g_autofree char *kind_id = matinee_settings_dup_string (settings, "chart");
  gboolean by_time = matinee_settings_get_boolean (settings, "chart-by-time");
  MatineeLoss loss;

  if (matinee_loss_from_id (loss_id, &loss))
    gtk_toggle_button_set_active (self->loss_buttons[loss], TRUE);
  for (guint kind = 0; kind < MATINEE_N_CURVES_KINDS; kind++)
    if (g_str_equal (kind_id, kind_ids[kind]))
      matinee_train_page_set_kind (self, kind);
  matinee_train_page_set_by_time (self, by_time);
}

/**
 * matinee_train_page_set_session:
 * @self: a page
 * @session: what it shows; set once
 */
void
matinee_train_page_set_session (MatineeTrainPage *self, MatineeSession *session)
{
  g_return_if_fail (MATINEE_IS_TRAIN_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
  matinee_data_group_set_session (self->data_group, session);
  matinee_split_group_set_session (self->split_group, session);
  matinee_model_group_set_session (self->model_group, session);
  g_signal_connect_object (session, "dataset-changed", G_CALLBACK (dataset_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "model-opened", G_CALLBACK (model_opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::training", G_CALLBACK (training_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::fraction", G_CALLBACK (fraction_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "baselines-changed", G_CALLBACK (baselines_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "points", G_CALLBACK (points_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "trained", G_CALLBACK (trained_cb), self, G_CONNECT_SWAPPED);

  restore_choices (self);

  self->lists = matinee_list_quality_new (session);
  g_signal_connect_object (self->lists, "changed", G_CALLBACK (lists_changed_cb), self, G_CONNECT_SWAPPED);
  lists_changed_cb (self);
  dataset_changed_cb (self);
  training_cb (self);
}

/**
 * matinee_train_page_get_plot:
 * @self: a page
 *
 * Returns: (transfer none): its chart
 */
MatineePlot *
matinee_train_page_get_plot (MatineeTrainPage *self)
{
  return self->plot;
}

/**
 * matinee_train_page_get_row:
 * @self: a page
 * @id: a parameter
 *
 * Returns: (transfer none): its row
 */
MatineeParamRow *
matinee_train_page_get_row (MatineeTrainPage *self, MatineeParamId id)
{
  MatineeParamRow *row = matinee_split_group_get_row (self->split_group, id);

  return row != NULL ? row : matinee_model_group_get_row (self->model_group, id);
}

/**
 * matinee_train_page_get_split_group:
 * @self: a page
 *
 * Returns: (transfer none): where the split is chosen
 */
MatineeSplitGroup *
matinee_train_page_get_split_group (MatineeTrainPage *self)
{
  return self->split_group;
}

void
matinee_train_page_set_loss (MatineeTrainPage *self, MatineeLoss loss)
{
  gtk_toggle_button_set_active (self->loss_buttons[loss], TRUE);
}

void
matinee_train_page_set_kind (MatineeTrainPage *self, MatineeCurvesKind kind)
{
  gtk_drop_down_set_selected (self->kind_choice, kind);
}

void
matinee_train_page_set_by_time (MatineeTrainPage *self, gboolean by_time)
{
  gtk_drop_down_set_selected (self->x_choice, by_time ? 1 : 0);
}

/**
 * matinee_train_page_get_status:
 * @self: a page
 *
 * Returns: (transfer none): the line that tells where the training is
 */
const char *
matinee_train_page_get_status (MatineeTrainPage *self)
{
  return gtk_label_get_text (self->status);
}

/**
 * matinee_train_page_get_result:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): how the training ended, if that is shown
 */
const char *
matinee_train_page_get_result (MatineeTrainPage *self)
{
  return gtk_widget_get_visible (self->result) ? gtk_label_get_text (self->result_headline) : NULL;
}

/**
 * matinee_train_page_get_lists:
 * @self: a page
 *
 * Returns: (transfer none): how good the lists of the model are
 */
MatineeListQuality *
matinee_train_page_get_lists (MatineeTrainPage *self)
{
  return self->lists;
}

const char *
matinee_train_page_get_lists_text (MatineeTrainPage *self)
{
  return gtk_label_get_text (self->result_lists);
}
