/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-recommend-page"

#include "config.h"

#include "matinee-recommend-actions.h"

#include <glib/gi18n.h>

#include "matinee-films-export.h"

/* What the menu of the page does: the list goes elsewhere, your ratings come and go. */

typedef gboolean (*WriteFunc) (GPtrArray *rows, const char *path, GError **error);

/* What a worker writes, and to where. */
typedef struct
{
  WriteFunc func;
  GPtrArray *rows;
  char *path;
} Write;

static void
write_free (Write *job)
{
  g_ptr_array_unref (job->rows);
  g_free (job->path);
  g_free (job);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Write *job = data;
  GError *error = NULL;

  if (job->func (job->rows, job->path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  MatineeSession *session = matinee_recommend_page_get_session (MATINEE_RECOMMEND_PAGE (source));
  const Write *job = g_task_get_task_data (G_TASK (result));
  g_autofree char *name = g_filename_display_basename (job->path);
  g_autofree char *text = g_strdup_printf (_ ("Saved “%s”"), name);
  g_autoptr (GError) error = NULL;

  if (session == NULL)
    return;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_signal_emit_by_name (session, "message", text);
  else
    g_signal_emit_by_name (session, "failed", _ ("Could Not Save"), error->message);
}

static void
write_rows (MatineeRecommendPage *self, GFile *file, WriteFunc func, GPtrArray *rows)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, written_cb, NULL);
  Write *job = g_new (Write, 1);

  job->func = func;
  job->rows = rows;
  job->path = g_file_get_path (file);
  g_task_set_task_data (task, job, (GDestroyNotify) write_free);
  g_task_run_in_thread (task, write_in_thread);
}

static gboolean
export_you (GPtrArray *rows, const char *path, GError **error)
{
  return matinee_you_file_export (path, rows, error);
}

static void
save_chosen_cb (GtkNativeDialog *chooser, int response, MatineeRecommendPage *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  GListModel *shown = matinee_films_view_get_shown (matinee_recommend_page_get_films_view (self));

  if (response == GTK_RESPONSE_ACCEPT)
    write_rows (self, file, matinee_films_export_csv, matinee_films_export_copy (shown));
  g_object_unref (chooser);
}

static void
export_chosen_cb (GtkNativeDialog *chooser, int response, MatineeRecommendPage *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  MatineeYou *you = matinee_recommend_page_get_you (self);

  if (response == GTK_RESPONSE_ACCEPT)
    write_rows (self, file, export_you, matinee_you_ratings_copy (matinee_you_get_ratings (you)));
  g_object_unref (chooser);
}

static void
import_chosen_cb (GtkNativeDialog *chooser, int response, MatineeRecommendPage *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT)
    matinee_recommend_page_import (self, file);
  g_object_unref (chooser);
}

/* A chooser that is shown keeps itself until it has an answer. */
static void
choose (MatineeRecommendPage *self, GtkFileChooserAction action, const char *title, const char *name,
        GCallback callback)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean saves = action == GTK_FILE_CHOOSER_ACTION_SAVE;
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (root), action,
                                                               saves ? _ ("_Save") : _ ("_Open"), _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  if (saves)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect_object (chooser, "response", callback, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeRecommendPage *self = MATINEE_RECOMMEND_PAGE (widget);
  g_autofree char *text
      = matinee_films_export_text (matinee_films_view_get_shown (matinee_recommend_page_get_films_view (self)));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  g_signal_emit_by_name (matinee_recommend_page_get_session (self), "message", _ ("Copied the list"));
}

static void
save_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose (MATINEE_RECOMMEND_PAGE (widget), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save the List"), _ ("films.csv"),
          G_CALLBACK (save_chosen_cb));
}

static void
print_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeRecommendPage *self = MATINEE_RECOMMEND_PAGE (widget);
  g_autoptr (GtkPrintOperation) operation
      = matinee_films_export_print (matinee_films_view_get_shown (matinee_recommend_page_get_films_view (self)),
                                    matinee_recommend_page_get_heading (self));
  g_autoptr (GError) error = NULL;

  gtk_print_operation_set_allow_async (operation, TRUE);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_WINDOW (gtk_widget_get_root (widget)), &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR)
    g_signal_emit_by_name (matinee_recommend_page_get_session (self), "failed", _ ("Could Not Print"), error->message);
}

static void
sort_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  matinee_films_view_sort_by (matinee_recommend_page_get_films_view (MATINEE_RECOMMEND_PAGE (widget)),
                              (guint) g_variant_get_int32 (parameter));
}

static void
import_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose (MATINEE_RECOMMEND_PAGE (widget), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Import Your Ratings"), NULL,
          G_CALLBACK (import_chosen_cb));
}

static void
export_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose (MATINEE_RECOMMEND_PAGE (widget), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Export Your Ratings"),
          _ ("my-ratings.csv"), G_CALLBACK (export_chosen_cb));
}

static void
undo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  matinee_you_undo (matinee_recommend_page_get_you (MATINEE_RECOMMEND_PAGE (widget)));
}

static void
redo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  matinee_you_redo (matinee_recommend_page_get_you (MATINEE_RECOMMEND_PAGE (widget)));
}

/**
 * matinee_recommend_page_install_actions:
 * @widget_class: the class of the page
 *
 * Installs what its menu does.
 */
void
matinee_recommend_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "films.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "films.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "films.print", NULL, print_cb);
  gtk_widget_class_install_action (widget_class, "films.sort", "i", sort_cb);
  gtk_widget_class_install_action (widget_class, "you.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "you.redo", NULL, redo_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "you.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "you.redo", NULL);
  gtk_widget_class_install_action (widget_class, "you.import", NULL, import_cb);
  gtk_widget_class_install_action (widget_class, "you.export", NULL, export_cb);
}
