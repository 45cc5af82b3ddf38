/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-choice-dialog"

#include "config.h"

#include "matinee-choice-dialog.h"

#include <glib/gi18n.h>

#include "matinee-data-file.h"
#include "matinee-file-name.h"

/* What the dialog needs to know while it is open. */
typedef struct
{
  MatineeSession *session;
  GPtrArray *choices;
  GtkListBox *list;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->session);
  g_ptr_array_unref (question->choices);
  g_free (question);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Question *question = data;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (question->list);
  g_autoptr (GFile) chosen = NULL;

  if (row != NULL && g_str_equal (response, "open"))
    {
      const MatineeDataChoice *choice = g_ptr_array_index (question->choices, (guint) gtk_list_box_row_get_index (row));

      chosen = g_file_new_for_path (choice->path);
    }
  matinee_session_choose (question->session, chosen);
}

static void
row_activated_cb (AdwMessageDialog *dialog, GtkListBoxRow *row, GtkListBox *list)
{
  gtk_list_box_select_row (list, row);
  adw_message_dialog_response (dialog, "open");
  gtk_window_close (GTK_WINDOW (dialog));
}

/* Names come from a file: they are no markup. */
static GtkWidget *
row_new (const MatineeDataChoice *choice)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *size = g_format_size (choice->size);
  g_autofree char *label = g_strdup_printf (C_ ("name and size of a file", "%s, %s"), choice->name, size);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), choice->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), size);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return row;
}

static GtkListBox *
list_new (const GPtrArray *choices)
{
  GtkListBox *list = GTK_LIST_BOX (gtk_list_box_new ());

  gtk_widget_add_css_class (GTK_WIDGET (list), "boxed-list");
  gtk_list_box_set_selection_mode (list, GTK_SELECTION_BROWSE);
  gtk_list_box_set_activate_on_single_click (list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Files in the archive"), -1);
  for (guint i = 0; i < choices->len; i++)
    gtk_list_box_append (list, row_new (g_ptr_array_index (choices, i)));
  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 0));
  return list;
}

/**
 * matinee_choice_dialog_new:
 * @parent: the window
 * @session: who is told what was chosen
 * @archive: an archive that holds several tables
 * @choices: (element-type MatineeDataChoice): those
 *
 * Makes a dialog that asks which table of an archive is to be opened.
 *
 * Returns: (transfer none): the dialog, not shown yet
 */
GtkWidget *
matinee_choice_dialog_new (GtkWindow *parent, MatineeSession *session, GFile *archive, GPtrArray *choices)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _ ("Which Table?"), NULL));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  Question *question = g_new0 (Question, 1);
  g_autofree char *name = matinee_file_name_dup (archive);
  g_autofree char *body = g_strdup_printf (_ ("“%s” holds more than one. Choose the one to open."), name);

  question->session = g_object_ref (session);
  question->choices = g_ptr_array_ref (choices);
  question->list = list_new (choices);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (question->list));
  adw_message_dialog_set_body (dialog, body);
  adw_message_dialog_set_extra_child (dialog, scroller);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "open", _ ("_Open"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "open", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "open");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data (G_OBJECT (dialog), "list", question->list);
  g_signal_connect_object (question->list, "row-activated", G_CALLBACK (row_activated_cb), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  return GTK_WIDGET (dialog);
}

/**
 * matinee_choice_dialog_get_list:
 * @dialog: a dialog of matinee_choice_dialog_new()
 *
 * Returns: (transfer none): the list to choose from, in the order of the choices
 */
GtkListBox *
matinee_choice_dialog_get_list (AdwMessageDialog *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "list");
}
