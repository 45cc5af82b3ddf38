/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-run-dialog"

#include "config.h"

#include "matinee-run-dialog.h"

#include <glib/gi18n.h>

/* What the dialog needs to know while it is open. */
typedef struct
{
  MatineeRuns *runs;
  gint64 run;
  GtkWidget *name;
  GtkWidget *note;
} Edit;

static void
edit_free (gpointer data, GClosure *closure)
{
  Edit *edit = data;

  g_object_unref (edit->runs);
  g_free (edit);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Edit *edit = data;

  if (g_str_equal (response, "save"))
    matinee_runs_edit (edit->runs, edit->run, gtk_editable_get_text (GTK_EDITABLE (edit->name)),
                       gtk_editable_get_text (GTK_EDITABLE (edit->note)));
}

/* A run without a name could not be found again. */
static void
name_changed_cb (AdwMessageDialog *dialog, GtkEditable *name)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (name)));

  adw_message_dialog_set_response_enabled (dialog, "save", *text != '\0');
}

static GtkWidget *
row_new (const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  return row;
}

/**
 * matinee_run_dialog_new:
 * @parent: the window
 * @runs: the list of runs
 * @run: the run to edit
 *
 * Makes a dialog that asks for the name and the note of a run.
 *
 * Returns: (transfer none): the dialog, not shown yet
 */
GtkWidget *
matinee_run_dialog_new (GtkWindow *parent, MatineeRuns *runs, const MatineeRun *run)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _ ("Name and Note"), NULL));
  GtkWidget *group = adw_preferences_group_new ();
  Edit *edit = g_new0 (Edit, 1);

  edit->runs = g_object_ref (runs);
  edit->run = run->id;
  edit->name = row_new (_ ("Name"), run->name);
  edit->note = row_new (_ ("Note"), run->note);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), edit->name);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), edit->note);
  adw_message_dialog_set_extra_child (dialog, group);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (edit->name, "changed", G_CALLBACK (name_changed_cb), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), edit, edit_free, 0);
  gtk_widget_grab_focus (edit->name);
  return GTK_WIDGET (dialog);
}
