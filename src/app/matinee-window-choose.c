/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-window"

#include "config.h"

#include "matinee-window-private.h"

#include <glib/gi18n.h>

/**
 * matinee_window_make_chooser:
 * @self: a window
 * @action: to open or to save
 * @title: title of the dialog
 * @beside: (nullable): a file in whose folder to begin
 * @callback: for its "response", called with @self
 *
 * Makes a file chooser, to be filled and then shown by matinee_window_show_chooser(). The
 * window keeps it, as nothing else does.
 *
 * Returns: (transfer none): the chooser
 */
GtkFileChooser *
matinee_window_make_chooser (MatineeWindow *self, GtkFileChooserAction action, const char *title, GFile *beside,
                             GCallback callback)
{
  g_autoptr (GFile) folder = beside != NULL ? g_file_get_parent (beside) : NULL;
  gboolean saves = action == GTK_FILE_CHOOSER_ACTION_SAVE;

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, saves ? _ ("_Save") : _ ("_Open"),
                                               _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  /* A folder that has gone is no reason to trouble anybody: the chooser opens elsewhere. */
  if (folder != NULL && g_file_query_exists (folder, NULL))
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), folder, NULL);
  g_signal_connect_object (self->chooser, "response", callback, self, 0);
  return GTK_FILE_CHOOSER (self->chooser);
}

/**
 * matinee_window_add_filter:
 * @chooser: a chooser
 * @name: what the files are called
 * @suffixes: (array zero-terminated): what their names end with; none for all files
 *
 * Offers to show these files only.
 */
void
matinee_window_add_filter (GtkFileChooser *chooser, const char *name, const char *const *suffixes)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  if (suffixes[0] == NULL)
    gtk_file_filter_add_pattern (filter, "*");
  gtk_file_chooser_add_filter (chooser, filter);
}

/**
 * matinee_window_show_chooser:
 * @self: a window that has made a chooser
 *
 * Shows it, with all files as the last choice.
 */
void
matinee_window_show_chooser (MatineeWindow *self)
{
  const char *const all[] = { NULL };

  matinee_window_add_filter (GTK_FILE_CHOOSER (self->chooser), _ ("All Files"), all);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/**
 * matinee_window_take_chosen:
 * @self: a window
 * @chooser: the chooser that has an answer
 * @response: the answer
 *
 * Ends the choice.
 *
 * Returns: (transfer full) (nullable): the file that was chosen, or %NULL for none
 */
GFile *
matinee_window_take_chosen (MatineeWindow *self, GtkNativeDialog *chooser, int response)
{
  GFile *file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  g_clear_object (&self->chooser);
  return file;
}
