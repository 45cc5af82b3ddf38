/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-window"

#include "config.h"

#include "matinee-window-private.h"

#include <glib/gi18n.h>

#include "matinee-choice-dialog.h"

/* Files that are open sooner than this are not worth a progress bar. */
#define LOADING_DELAY_MS 200

/**
 * MatineeWindow:
 *
 * The main window: header bar, pages, and what is told to people by toasts, dialogs and
 * the progress of opening files. What is open belongs to its [class@Session].
 */

G_DEFINE_FINAL_TYPE (MatineeWindow, matinee_window, ADW_TYPE_APPLICATION_WINDOW)

/* The title of a toast is markup. */
static void
message_cb (MatineeWindow *self, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
}

/* Toasts have room for a few words only; the page of runs has all of them. */
static void
runs_trouble_cb (MatineeWindow *self)
{
  AdwToast *toast = adw_toast_new (_ ("Trouble with the history of runs"));

  adw_toast_set_button_label (toast, _ ("_Show"));
  adw_toast_set_action_name (toast, "win.show-page");
  adw_toast_set_action_target (toast, "s", "runs");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
toast_cb (MatineeWindow *self, AdwToast *toast)
{
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
params_used_cb (MatineeWindow *self)
{
  matinee_window_show_page (self, "train");
}

static void
failed_cb (MatineeWindow *self, const char *heading, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), NULL, NULL);

  if (self->error_dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->error_dialog));
  g_set_weak_pointer (&self->error_dialog, ADW_MESSAGE_DIALOG (dialog));
  adw_message_dialog_set_heading (self->error_dialog, heading);
  adw_message_dialog_set_body (self->error_dialog, body);
  adw_message_dialog_add_response (self->error_dialog, "close", _ ("_OK"));
  adw_message_dialog_set_default_response (self->error_dialog, "close");
  adw_message_dialog_set_close_response (self->error_dialog, "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
misread_response_cb (MatineeOpening *opening, const char *response, AdwMessageDialog *dialog)
{
  if (g_str_equal (response, "choose"))
    matinee_window_ask_how_to_open (MATINEE_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (dialog))), opening);
}

static void
misread_cb (MatineeWindow *self, const char *heading, const char *body, MatineeOpening *opening)
{
  failed_cb (self, heading, body);
  adw_message_dialog_add_response (self->error_dialog, "choose", _ ("_Choose Columns…"));
  g_signal_connect_data (self->error_dialog, "response", G_CALLBACK (misread_response_cb), g_object_ref (opening),
                         (GClosureNotify) (void (*) (void)) g_object_unref, G_CONNECT_SWAPPED);
}

static void
undecided_cb (MatineeWindow *self, GFile *archive, GPtrArray *choices)
{
  GtkWidget *dialog = matinee_choice_dialog_new (GTK_WINDOW (self), self->session, archive, choices);

  if (self->choice_dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->choice_dialog));
  g_set_weak_pointer (&self->choice_dialog, ADW_MESSAGE_DIALOG (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
show_loading_cb (gpointer data)
{
  MatineeWindow *self = data;
  g_autofree char *name = matinee_session_dup_loading_name (self->session);
  g_autofree char *text = NULL;

  if (matinee_session_get_saving (self->session))
    text = g_strdup_printf (_ ("Saving “%s”…"), name);
  else
    text = name != NULL ? g_strdup_printf (_ ("Opening “%s”…"), name) : g_strdup (_ ("Opening…"));

  self->loading_timeout = 0;
  gtk_label_set_text (self->loading_label, text);
  gtk_revealer_set_reveal_child (self->loading_revealer, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
is_loading_or_saving (MatineeWindow *self)
{
  return matinee_session_get_loading (self->session) || matinee_session_get_saving (self->session);
}

static void
loading_cb (MatineeWindow *self)
{
  g_clear_handle_id (&self->loading_timeout, g_source_remove);
  gtk_progress_bar_set_fraction (self->loading_progress, 0);
  if (is_loading_or_saving (self))
    self->loading_timeout = g_timeout_add (LOADING_DELAY_MS, show_loading_cb, self);
  else
    gtk_revealer_set_reveal_child (self->loading_revealer, FALSE);
  matinee_window_update_actions (self);
}

static void
saving_cb (MatineeWindow *self)
{
  loading_cb (self);
  if (!matinee_session_get_saving (self->session))
    matinee_window_saving_ended (self);
}

static void
fraction_cb (MatineeWindow *self)
{
  if (is_loading_or_saving (self))
    gtk_progress_bar_set_fraction (self->loading_progress, matinee_session_get_fraction (self->session));
}

/* One button, so that the focus stays where it is when Train becomes Stop. */
static void
training_cb (MatineeWindow *self)
{
  gboolean training = matinee_session_get_training (self->session);

  gtk_button_set_label (self->train_button, training ? _ ("_Stop") : _ ("_Train"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->train_button), training ? "win.stop" : "win.train");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->train_button),
                               training ? _ ("Stop and Keep the Best Model") : _ ("Train a Model of the Ratings"));
  if (training)
    gtk_widget_remove_css_class (GTK_WIDGET (self->train_button), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->train_button), "suggested-action");
  matinee_window_update_actions (self);
}

static void
unsaved_cb (MatineeWindow *self)
{
  matinee_window_show_title (self);
  matinee_window_update_actions (self);
}

/* What one opens a model for. */
static void
model_opened_cb (MatineeWindow *self)
{
  matinee_window_show_page (self, "recommend");
}

static gboolean
reveal_bar_cb (gpointer data)
{
  MatineeWindow *self = data;

  self->reveal_idle = 0;
  adw_view_switcher_bar_set_reveal (self->switcher_bar,
                                    adw_squeezer_get_visible_child (self->squeezer) != self->switcher);
  return G_SOURCE_REMOVE;
}

/* The pages are in the header bar where they fit there, and else at the bottom. This
 * comes while sizes are being given out, too late for the bar to ask for room
 * where there are no animations: so it waits until that is over. */
static void
squeezed_cb (MatineeWindow *self)
{
  if (self->reveal_idle == 0)
    self->reveal_idle = g_idle_add (reveal_bar_cb, self);
}

static void
busy_cb (MatineeWindow *self)
{
  matinee_window_update_actions (self);
  if (self->closing && !matinee_session_get_busy (self->session))
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
save_size (MatineeWindow *self)
{
  int width;
  int height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (width > 0 && height > 0)
    {
      matinee_settings_set_int (self->settings, "window-width", width);
      matinee_settings_set_int (self->settings, "window-height", height);
    }
  matinee_settings_set_boolean (self->settings, "maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

static void
close_now (MatineeWindow *self, gpointer data)
{
  if (!self->closing)
    save_size (self);
  self->closing = TRUE;
  matinee_session_shut_down (self->session);
  /* A worker may still write: the window goes when it has ended, which is soon. */
  if (!matinee_session_get_busy (self->session))
    gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
matinee_window_close_request (GtkWindow *window)
{
  matinee_window_unless_unsaved (MATINEE_WINDOW (window), close_now, NULL, NULL);
  return GDK_EVENT_STOP;
}

static void
matinee_window_dispose (GObject *object)
{
  MatineeWindow *self = MATINEE_WINDOW (object);

  g_clear_handle_id (&self->loading_timeout, g_source_remove);
  g_clear_handle_id (&self->reveal_idle, g_source_remove);
  if (self->session != NULL)
    matinee_session_shut_down (self->session);
  g_clear_weak_pointer (&self->error_dialog);
  g_clear_weak_pointer (&self->question);
  matinee_window_drop_pending (self);
  g_clear_object (&self->pairs);
  g_clear_weak_pointer (&self->choice_dialog);
  g_clear_weak_pointer (&self->doctor_dialog);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_WINDOW);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (matinee_window_parent_class)->dispose (object);
}

static void
matinee_window_class_init (MatineeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = matinee_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = matinee_window_close_request;

  g_type_ensure (MATINEE_TYPE_TRAIN_PAGE);
  g_type_ensure (MATINEE_TYPE_RECOMMEND_PAGE);
  g_type_ensure (MATINEE_TYPE_RUNS_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, MatineeWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, MatineeWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, MatineeWindow, squeezer);
  gtk_widget_class_bind_template_child (widget_class, MatineeWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, MatineeWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, MatineeWindow, train_button);
  gtk_widget_class_bind_template_child (widget_class, MatineeWindow, loading_revealer);
  gtk_widget_class_bind_template_child (widget_class, MatineeWindow, loading_label);
  gtk_widget_class_bind_template_child (widget_class, MatineeWindow, loading_progress);
  gtk_widget_class_bind_template_child (widget_class, MatineeWindow, recent_menu);
  gtk_widget_class_bind_template_child (widget_class, MatineeWindow, train_page);
  gtk_widget_class_bind_template_child (widget_class, MatineeWindow, recommend_page);
  gtk_widget_class_bind_template_child (widget_class, MatineeWindow, runs_page);
  matinee_window_install_actions (widget_class);
}

/* The arrow beside "Open" can't be given a name where the button is described. */
static void
name_open_arrow (MatineeWindow *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->open_button); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_MENU_BUTTON (child))
      gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (child)),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Open Something Else"), -1);
}

static void
matinee_window_init (MatineeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_open_arrow (self);
  g_signal_connect_object (self->squeezer, "notify::visible-child", G_CALLBACK (squeezed_cb), self, G_CONNECT_SWAPPED);
  matinee_window_add_drop_target (self);
}

static void
set_session (MatineeWindow *self, MatineeSession *session)
{
  self->session = session;
  g_signal_connect_object (session, "message", G_CALLBACK (message_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "runs-trouble", G_CALLBACK (runs_trouble_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "misread", G_CALLBACK (misread_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "uncertain", G_CALLBACK (matinee_window_ask_how_to_open), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "undecided", G_CALLBACK (undecided_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::loading", G_CALLBACK (loading_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::saving", G_CALLBACK (saving_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::unsaved", G_CALLBACK (unsaved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "other-data", G_CALLBACK (matinee_window_ask_other_data), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "model-opened", G_CALLBACK (model_opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (matinee_session_get_recent (session), "changed", G_CALLBACK (matinee_window_fill_recent),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::training", G_CALLBACK (training_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::sweeping", G_CALLBACK (matinee_window_update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::fraction", G_CALLBACK (fraction_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::busy", G_CALLBACK (busy_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (session, "dataset-changed", G_CALLBACK (matinee_window_update_actions), self,
                           G_CONNECT_SWAPPED);
  matinee_train_page_set_session (self->train_page, session);
  matinee_recommend_page_set_session (self->recommend_page, session);
  matinee_runs_page_set_session (self->runs_page, session);
  g_signal_connect_object (self->runs_page, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runs_page, "params-used", G_CALLBACK (params_used_cb), self, G_CONNECT_SWAPPED);
  training_cb (self);
  matinee_window_fill_recent (self);
}

/**
 * matinee_window_new:
 * @application: the application
 * @settings: what is remembered
 *
 * Returns: (transfer none): a window with nothing open yet: call
 *   matinee_window_restore() or matinee_window_open_files()
 */
MatineeWindow *
matinee_window_new (GtkApplication *application, MatineeSettings *settings)
{
  MatineeWindow *self = g_object_new (MATINEE_TYPE_WINDOW, "application", application, NULL);

  self->settings = g_object_ref (settings);
  gtk_window_set_default_size (GTK_WINDOW (self), matinee_settings_get_int (settings, "window-width"),
                               matinee_settings_get_int (settings, "window-height"));
  if (matinee_settings_get_boolean (settings, "maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  set_session (self, matinee_session_new (settings));
  return self;
}

/**
 * matinee_window_restore:
 * @self: a window with nothing open yet
 *
 * Opens what was open last, or the sample.
 */
void
matinee_window_restore (MatineeWindow *self)
{
  g_return_if_fail (MATINEE_IS_WINDOW (self));

  matinee_session_restore (self->session);
}

MatineeSession *
matinee_window_get_session (MatineeWindow *self)
{
  return self->session;
}

MatineeTrainPage *
matinee_window_get_train_page (MatineeWindow *self)
{
  return self->train_page;
}

MatineeRecommendPage *
matinee_window_get_recommend_page (MatineeWindow *self)
{
  return self->recommend_page;
}

MatineeRunsPage *
matinee_window_get_runs_page (MatineeWindow *self)
{
  return self->runs_page;
}

/**
 * matinee_window_show_page:
 * @self: a window
 * @name: "train", "recommend" or "runs"
 *
 * Goes to a page.
 */
void
matinee_window_show_page (MatineeWindow *self, const char *name)
{
  adw_view_stack_set_visible_child_name (self->pages, name);
}

/**
 * matinee_window_get_error_dialog:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the dialog that tells what failed, if it is open
 */
AdwMessageDialog *
matinee_window_get_error_dialog (MatineeWindow *self)
{
  return self->error_dialog;
}

/**
 * matinee_window_get_question:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the dialog that asks something, if it is open
 */
AdwMessageDialog *
matinee_window_get_question (MatineeWindow *self)
{
  return self->question;
}

/**
 * matinee_window_get_chooser:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the file chooser that is open
 */
GtkFileChooser *
matinee_window_get_chooser (MatineeWindow *self)
{
  return self->chooser != NULL ? GTK_FILE_CHOOSER (self->chooser) : NULL;
}

/**
 * matinee_window_get_choice_dialog:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the dialog that asks which table of an archive is
 *   meant, if it is open
 */
AdwMessageDialog *
matinee_window_get_choice_dialog (MatineeWindow *self)
{
  return self->choice_dialog;
}
