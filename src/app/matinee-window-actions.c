/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-window"

#include "config.h"

#include "matinee-window-private.h"

#include <glib/gi18n.h>

#include "matinee-cross-validation-window.h"
#include "matinee-fetch-dialog.h"

/* What is offered at first. A file of another name is opened as well: what it is, its
 * content tells. */
#define TABLE_SUFFIXES "csv", "dat", "data", "item", "tsv", "txt", "zip", "gz", "tgz", "bz2", "xz", "zst", "tar"

static const char *const tables[] = { TABLE_SUFFIXES, NULL };
static const char *const tables_and_models[] = { TABLE_SUFFIXES, "npz", NULL };

static void
ratings_chosen_cb (GtkNativeDialog *chooser, int response, MatineeWindow *self)
{
  g_autoptr (GFile) file = matinee_window_take_chosen (self, chooser, response);

  if (file != NULL)
    matinee_window_open_chosen (self, file);
}

static void
ratings_chosen_as_cb (GtkNativeDialog *chooser, int response, MatineeWindow *self)
{
  g_autoptr (GFile) file = matinee_window_take_chosen (self, chooser, response);

  if (file != NULL)
    matinee_window_open_with_options (self, file, NULL, NULL);
}

static void
titles_chosen_cb (GtkNativeDialog *chooser, int response, MatineeWindow *self)
{
  g_autoptr (GFile) file = matinee_window_take_chosen (self, chooser, response);

  if (file != NULL)
    matinee_session_open_titles (self->session, file);
}

static void
open_ratings_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeWindow *self = MATINEE_WINDOW (widget);
  GtkFileChooser *chooser
      = matinee_window_make_chooser (self, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Open Ratings"),
                                     matinee_session_get_ratings_file (self->session), G_CALLBACK (ratings_chosen_cb));

  matinee_window_add_filter (chooser, _ ("Tables, Archives and Models"), tables_and_models);
  matinee_window_show_chooser (self);
}

static void
open_ratings_as_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeWindow *self = MATINEE_WINDOW (widget);
  GtkFileChooser *chooser = matinee_window_make_chooser (
      self, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Open Ratings With Options"),
      matinee_session_get_ratings_file (self->session), G_CALLBACK (ratings_chosen_as_cb));

  matinee_window_add_filter (chooser, _ ("Tables and Archives"), tables);
  matinee_window_show_chooser (self);
}

static void
open_titles_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeWindow *self = MATINEE_WINDOW (widget);
  GFile *beside = matinee_session_get_titles_file (self->session);
  GtkFileChooser *chooser;

  if (beside == NULL)
    beside = matinee_session_get_ratings_file (self->session);
  chooser = matinee_window_make_chooser (self, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Open Titles"), beside,
                                         G_CALLBACK (titles_chosen_cb));
  matinee_window_add_filter (chooser, _ ("Tables and Archives"), tables);
  matinee_window_show_chooser (self);
}

static void
test_chosen_cb (GtkNativeDialog *chooser, int response, MatineeWindow *self)
{
  g_autoptr (GFile) file = matinee_window_take_chosen (self, chooser, response);

  if (file != NULL)
    matinee_session_open_test_file (self->session, file);
}

static void
open_test_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeWindow *self = MATINEE_WINDOW (widget);
  GFile *beside = matinee_test_file_get_file (matinee_session_get_test_file (self->session));
  GtkFileChooser *chooser;

  if (beside == NULL)
    beside = matinee_session_get_ratings_file (self->session);
  chooser = matinee_window_make_chooser (self, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Open Test Ratings"), beside,
                                         G_CALLBACK (test_chosen_cb));
  matinee_window_add_filter (chooser, _ ("Tables and Archives"), tables);
  matinee_window_show_chooser (self);
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
  matinee_window_open_sample (MATINEE_WINDOW (widget));
}

static void
open_movielens_cb (MatineeWindow *self, GFile *ratings)
{
  matinee_window_open_set (self, ratings, NULL);
}

static void
get_movielens_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeFetchDialog *dialog = matinee_fetch_dialog_new (GTK_WINDOW (widget), MATINEE_WINDOW (widget)->settings);

  g_signal_connect_object (dialog, "open", G_CALLBACK (open_movielens_cb), widget, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
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
  gtk_widget_class_install_action (widget_class, "win.open-ratings-as", NULL, open_ratings_as_cb);
  gtk_widget_class_install_action (widget_class, "win.open-titles", NULL, open_titles_cb);
  gtk_widget_class_install_action (widget_class, "win.open-test", NULL, open_test_cb);
  gtk_widget_class_install_action (widget_class, "win.cross-validate", NULL, cross_validate_cb);
  gtk_widget_class_install_action (widget_class, "win.open-sample", NULL, open_sample_cb);
  gtk_widget_class_install_action (widget_class, "win.get-movielens", NULL, get_movielens_cb);
  gtk_widget_class_install_action (widget_class, "win.cancel-loading", NULL, cancel_loading_cb);
  gtk_widget_class_install_action (widget_class, "win.train", NULL, train_cb);
  gtk_widget_class_install_action (widget_class, "win.stop", NULL, stop_cb);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_cb);
  matinee_window_install_model_actions (widget_class);
  matinee_window_install_recent_actions (widget_class);
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
  gtk_widget_action_set_enabled (widget, "win.open-ratings-as", idle);
  gtk_widget_action_set_enabled (widget, "win.open-titles",
                                 idle && matinee_session_get_dataset (self->session) != NULL);
  gtk_widget_action_set_enabled (widget, "win.open-test", idle && matinee_session_get_dataset (self->session) != NULL);
  gtk_widget_action_set_enabled (widget, "win.cross-validate", matinee_session_can_train (self->session));
  gtk_widget_action_set_enabled (widget, "win.open-sample", idle);
  gtk_widget_action_set_enabled (widget, "win.get-movielens", idle);
  gtk_widget_action_set_enabled (widget, "win.cancel-loading",
                                 matinee_session_get_loading (self->session)
                                     || matinee_session_get_saving (self->session));
  gtk_widget_action_set_enabled (widget, "win.train", matinee_session_can_train (self->session));
  gtk_widget_action_set_enabled (widget, "win.stop", matinee_session_get_training (self->session));
  gtk_widget_action_set_enabled (widget, "win.open-recent", idle);
  matinee_window_update_model_actions (self);
}
