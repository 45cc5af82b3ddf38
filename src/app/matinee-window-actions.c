/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-window"

#include "config.h"

#include "matinee-window-private.h"

#include <glib/gi18n.h>

#include "matinee-cross-validation-window.h"

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *pattern)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (chooser, filter);
}

/* Shows a chooser and keeps it, as nothing else does. */
static void
choose (MatineeWindow *self, const char *title, GFile *beside, GCallback callback)
{
  g_autoptr (GFile) folder = beside != NULL ? g_file_get_parent (beside) : NULL;

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"),
                                               _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  add_filter (GTK_FILE_CHOOSER (self->chooser), _ ("Tables (*.csv)"), "*.[cC][sS][vV]");
  add_filter (GTK_FILE_CHOOSER (self->chooser), _ ("All Files"), "*");
  /* A folder that has gone is no reason to trouble anybody: the chooser opens elsewhere. */
  if (folder != NULL && g_file_query_exists (folder, NULL))
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), folder, NULL);
  g_signal_connect_object (self->chooser, "response", callback, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static GFile *
chosen_file (GtkNativeDialog *chooser, int response)
{
  return response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
}

static void
ratings_chosen_cb (GtkNativeDialog *chooser, int response, MatineeWindow *self)
{
  g_autoptr (GFile) file = chosen_file (chooser, response);

  g_clear_object (&self->chooser);
  if (file != NULL)
    matinee_session_open (self->session, file, NULL);
}

static void
titles_chosen_cb (GtkNativeDialog *chooser, int response, MatineeWindow *self)
{
  g_autoptr (GFile) file = chosen_file (chooser, response);

  g_clear_object (&self->chooser);
  if (file != NULL)
    matinee_session_open_titles (self->session, file);
}

static void
open_ratings_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeWindow *self = MATINEE_WINDOW (widget);

  choose (self, _ ("Open Ratings"), matinee_session_get_ratings_file (self->session), G_CALLBACK (ratings_chosen_cb));
}

static void
open_titles_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeWindow *self = MATINEE_WINDOW (widget);
  GFile *beside = matinee_session_get_titles_file (self->session);

  if (beside == NULL)
    beside = matinee_session_get_ratings_file (self->session);
  choose (self, _ ("Open Titles"), beside, G_CALLBACK (titles_chosen_cb));
}

static void
test_chosen_cb (GtkNativeDialog *chooser, int response, MatineeWindow *self)
{
  g_autoptr (GFile) file = chosen_file (chooser, response);

  g_clear_object (&self->chooser);
  if (file != NULL)
    matinee_test_file_open (matinee_session_get_test_file (self->session), file);
}

static void
open_test_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeWindow *self = MATINEE_WINDOW (widget);
  GFile *beside = matinee_test_file_get_file (matinee_session_get_test_file (self->session));

  if (beside == NULL)
    beside = matinee_session_get_ratings_file (self->session);
  choose (self, _ ("Open Test Ratings"), beside, G_CALLBACK (test_chosen_cb));
}

static void
cross_validate_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeWindow *self = MATINEE_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (matinee_cross_validation_window_new (GTK_WINDOW (self), self->session)));
}

static void
open_sample_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  matinee_session_open_sample (MATINEE_WINDOW (widget)->session);
}

static void
cancel_loading_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  matinee_session_cancel_loading (MATINEE_WINDOW (widget)->session);
}

static void
train_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeWindow *self = MATINEE_WINDOW (widget);

  /* A number that was typed and not yet entered is meant to count. */
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->train_button));
  matinee_window_show_page (self, "train");
  matinee_session_train (self->session);
}

static void
stop_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  matinee_session_stop (MATINEE_WINDOW (widget)->session);
}

static void
show_page_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  matinee_window_show_page (MATINEE_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/**
 * matinee_window_install_actions:
 * @widget_class: the class of the window
 *
 * Installs what menus, buttons and keys do.
 */
void
matinee_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open-ratings", NULL, open_ratings_cb);
  gtk_widget_class_install_action (widget_class, "win.open-titles", NULL, open_titles_cb);
  gtk_widget_class_install_action (widget_class, "win.open-test", NULL, open_test_cb);
  gtk_widget_class_install_action (widget_class, "win.cross-validate", NULL, cross_validate_cb);
  gtk_widget_class_install_action (widget_class, "win.open-sample", NULL, open_sample_cb);
  gtk_widget_class_install_action (widget_class, "win.cancel-loading", NULL, cancel_loading_cb);
  gtk_widget_class_install_action (widget_class, "win.train", NULL, train_cb);
  gtk_widget_class_install_action (widget_class, "win.stop", NULL, stop_cb);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_cb);
}

/**
 * matinee_window_update_actions:
 * @self: a window
 *
 * Allows what can be done now.
 */
void
matinee_window_update_actions (MatineeWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean idle = !matinee_session_get_busy (self->session);

  gtk_widget_action_set_enabled (widget, "win.open-ratings", idle);
  gtk_widget_action_set_enabled (widget, "win.open-titles",
                                 idle && matinee_session_get_dataset (self->session) != NULL);
  gtk_widget_action_set_enabled (widget, "win.open-test", idle && matinee_session_get_dataset (self->session) != NULL);
  gtk_widget_action_set_enabled (widget, "win.cross-validate", matinee_session_can_train (self->session));
  gtk_widget_action_set_enabled (widget, "win.open-sample", idle);
  gtk_widget_action_set_enabled (widget, "win.cancel-loading", matinee_session_get_loading (self->session));
  gtk_widget_action_set_enabled (widget, "win.train", matinee_session_can_train (self->session));
  gtk_widget_action_set_enabled (widget, "win.stop", matinee_session_get_training (self->session));
}
