/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window-test.h"

#include <glib/gstdio.h>
#include <string.h>

/* Far more than anything here takes on a slow and busy machine. */
#define TIMEOUT_SECONDS 60

/* An application that is registered and has its actions, without a main loop of its
 * own: the tests turn the main context. One for all tests of a program, as GTK can be
 * initialized only once. */
MatineeApplication *
window_test_application (void)
{
  static MatineeApplication *application;
  g_autoptr (GError) error = NULL;

  if (application == NULL)
    {
      application = matinee_application_new ();
      g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
      g_application_register (G_APPLICATION (application), NULL, &error);
      g_assert_no_error (error);
      g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
    }
  return application;
}

static gboolean
timeout_cb (gpointer data)
{
  g_error ("Waited %d seconds for something that did not happen", TIMEOUT_SECONDS);
  return G_SOURCE_REMOVE;
}

/* Turns the main context until @condition holds. */
void
window_test_wait (WindowTestFunc condition, gpointer data)
{
  guint timeout = g_timeout_add_seconds (TIMEOUT_SECONDS, timeout_cb, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

static gboolean
later_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

/* Lets a few frames be drawn. */
void
window_test_settle (void)
{
  gboolean done = FALSE;

  g_timeout_add (120, later_cb, &done);
  window_test_wait (is_set, &done);
}

static gboolean
is_idle (gpointer data)
{
  return !matinee_session_get_busy (matinee_window_get_session (data));
}

void
window_test_wait_idle (MatineeWindow *window)
{
  window_test_wait (is_idle, window);
}

/* A window with the sample open. */
MatineeWindow *
window_test_open (MatineeApplication *application)
{
  MatineeWindow *window
      = matinee_window_new (GTK_APPLICATION (application), matinee_application_get_settings (application));

  gtk_window_present (GTK_WINDOW (window));
  matinee_session_open_sample (matinee_window_get_session (window));
  window_test_wait_idle (window);
  g_assert_nonnull (matinee_session_get_dataset (matinee_window_get_session (window)));
  return window;
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* Answers the question that is open, and lets that have its effect. */
void
window_test_answer (MatineeWindow *window, const char *answer)
{
  AdwMessageDialog *question = matinee_window_get_question (window);

  g_assert_nonnull (question);
  g_assert_true (adw_message_dialog_has_response (question, answer));
  g_object_ref (question);
  adw_message_dialog_response (question, answer);
  gtk_window_destroy (GTK_WINDOW (question));
  g_object_unref (question);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

/* Closes a window as its button does, discards a model that is not saved, and waits
 * until nothing is left of the window. */
void
window_test_close (MatineeWindow *window)
{
  gpointer watched = window;

  g_object_add_weak_pointer (G_OBJECT (window), &watched);
  gtk_window_close (GTK_WINDOW (window));
  if (watched != NULL && matinee_window_get_question (window) != NULL)
    window_test_answer (window, "discard");
  window_test_wait (is_gone, &watched);
}

/* Trains as Ctrl+Return does, to the end. */
void
window_test_train (MatineeWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
  g_assert_true (matinee_session_get_training (matinee_window_get_session (window)));
  window_test_wait_idle (window);
}

static GtkSpinButton *
spin_button (MatineeWindow *window, MatineeParamId id)
{
  return matinee_param_row_get_spin_button (matinee_train_page_get_row (matinee_window_get_train_page (window), id));
}

void
window_test_set (MatineeWindow *window, MatineeParamId id, double value)
{
  gtk_spin_button_set_value (spin_button (window, id), value);
}

/* Types a text in a spin button and enters it. */
void
window_test_type (MatineeWindow *window, MatineeParamId id, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (spin_button (window, id)), text);
  gtk_spin_button_update (spin_button (window, id));
}

/* Whether a label that can be seen, at @widget or below it, holds @text. */
gboolean
window_test_shows (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (window_test_shows (child, text))
      return TRUE;
  return FALSE;
}

GFile *
window_test_write (const char *folder, const char *name, const char *contents, gssize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, length, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

/* Removes a folder that holds files alone. */
void
window_test_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

/* Removes a history, as if nobody had ever trained here. */
void
window_test_forget_history (const char *path)
{
  static const char *const ends[] = { "", "-wal", "-shm", ".lock" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *name = g_strconcat (path, ends[i], NULL);

      g_remove (name);
    }
}
