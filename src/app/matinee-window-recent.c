/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-window"

#include "config.h"

#include "matinee-window-private.h"

#include <glib/gi18n.h>

/* A file of the list, while it is looked whether it is still there. */
typedef struct
{
  MatineeWindow *window;
  GFile *file;
  GFile *titles;
} Recent;

static void
recent_free (Recent *recent)
{
  g_clear_object (&recent->window);
  g_clear_object (&recent->file);
  g_clear_object (&recent->titles);
  g_free (recent);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Recent, recent_free)

static char *
dup_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return g_filename_display_name (name);
}

static void
tell_gone (const Recent *recent)
{
  MatineeSession *session = recent->window->session;
  g_autofree char *name = dup_name (recent->file);
  g_autofree char *path = g_file_get_parse_name (recent->file);
  g_autofree char *heading = g_strdup_printf (_ ("Could Not Open “%s”"), name);
  g_autofree char *body = g_strdup_printf (
      _ ("“%s” is not there any more: it may have been moved or deleted. It is no longer listed."), path);

  matinee_recent_remove (matinee_session_get_recent (session), recent->file);
  g_signal_emit_by_name (session, "failed", heading, body);
}

/* What else is wrong with a file is told by who reads it. */
static void
looked_for_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Recent) recent = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (recent->window->session == NULL)
    return;
  if (info == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    tell_gone (recent);
  else
    matinee_window_open_set (recent->window, recent->file, recent->titles);
}

static void
open_recent_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  Recent *recent = g_new0 (Recent, 1);
  const char *uri, *titles;

  g_variant_get (parameter, "(&s&s)", &uri, &titles);
  recent->window = g_object_ref (MATINEE_WINDOW (widget));
  recent->file = g_file_new_for_uri (uri);
  recent->titles = *titles != '\0' ? g_file_new_for_uri (titles) : NULL;
  g_file_query_info_async (recent->file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                           NULL, looked_for_cb, recent);
}

static void
clear_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  matinee_recent_clear (matinee_session_get_recent (MATINEE_WINDOW (widget)->session));
}

/* An underscore in a label would mark the next letter as its key. */
static char *
dup_label (GFile *file, GFile *titles)
{
  g_autofree char *name = dup_name (file);
  g_autofree char *titles_name = titles != NULL ? dup_name (titles) : NULL;
  /* Translators: a ratings file and the titles file that was chosen for it. */
  g_autofree char *both = titles != NULL ? g_strdup_printf (_ ("%s with %s"), name, titles_name) : g_strdup (name);
  GString *label = g_string_new (both);

  g_string_replace (label, "_", "__", 0);
  return g_string_free (label, FALSE);
}

/**
 * matinee_window_fill_recent:
 * @self: a window
 *
 * Fills the menu of the files that were opened before.
 */
void
matinee_window_fill_recent (MatineeWindow *self)
{
  MatineeRecent *recent = matinee_session_get_recent (self->session);
  guint n = matinee_recent_get_n (recent);
  g_autoptr (GMenu) files = g_menu_new ();
  g_autoptr (GMenu) edit = g_menu_new ();

  g_menu_remove_all (self->recent_menu);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GFile) file = matinee_recent_dup_file (recent, i);
      g_autoptr (GFile) titles = matinee_recent_dup_titles (recent, i);
      g_autofree char *uri = g_file_get_uri (file);
      g_autofree char *titles_uri = titles != NULL ? g_file_get_uri (titles) : g_strdup ("");
      g_autofree char *label = dup_label (file, titles);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.open-recent", "(ss)", uri, titles_uri);
      g_menu_append_item (files, item);
    }
  g_menu_append (edit, _ ("_Clear List"), "win.clear-recent");
  g_menu_append_section (self->recent_menu, NULL, G_MENU_MODEL (files));
  g_menu_append_section (self->recent_menu, NULL, G_MENU_MODEL (edit));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.clear-recent", n > 0);
}

/**
 * matinee_window_install_recent_actions:
 * @widget_class: the class of the window
 *
 * Installs what the menu of recent files does.
 */
void
matinee_window_install_recent_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open-recent", "(ss)", open_recent_cb);
  gtk_widget_class_install_action (widget_class, "win.clear-recent", NULL, clear_cb);
}
