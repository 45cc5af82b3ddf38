/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-window"

#include "config.h"

#include "matinee-window-private.h"

#include <glib/gi18n.h>

#include "matinee-file-kind.h"

/* One ratings file and the titles for it. */
#define MAX_FILES 2

/* Files that came from outside, while it is found out what they are. */
typedef struct
{
  MatineeWindow *window;
  GFile *files[MAX_FILES];
  MatineeFileKind kinds[MAX_FILES];
  guint n_files;
  guint n_known;
} Arrival;

static void guess_next (Arrival *arrival);

static void
arrival_free (Arrival *arrival)
{
  for (guint i = 0; i < arrival->n_files; i++)
    g_clear_object (&arrival->files[i]);
  g_clear_object (&arrival->window);
  g_free (arrival);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Arrival, arrival_free)

static void
open_arrival (Arrival *arrival)
{
  MatineeSession *session = arrival->window->session;

  if (session == NULL)
    return;
  if (arrival->n_files == 1 && arrival->kinds[0] == MATINEE_FILE_TITLES
      && matinee_session_get_dataset (session) != NULL)
    matinee_session_open_titles (session, arrival->files[0]);
  else if (arrival->n_files == 1)
    matinee_session_open (session, arrival->files[0], NULL);
  else if (arrival->kinds[0] == MATINEE_FILE_TITLES && arrival->kinds[1] == MATINEE_FILE_RATINGS)
    matinee_session_open (session, arrival->files[1], arrival->files[0]);
  else
    matinee_session_open (session, arrival->files[0], arrival->files[1]);
}

static void
guessed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Arrival *arrival = data;

  arrival->kinds[arrival->n_known++] = matinee_file_kind_guess_finish (G_FILE (source), result);
  guess_next (arrival);
}

static void
guess_next (Arrival *arrival)
{
  g_autoptr (Arrival) done = NULL;

  if (arrival->n_known < arrival->n_files)
    {
      matinee_file_kind_guess_async (arrival->files[arrival->n_known], NULL, guessed_cb, arrival);
      return;
    }
  done = arrival;
  open_arrival (arrival);
}

/**
 * matinee_window_open_files:
 * @self: a window
 * @files: (array length=n_files): one or two files
 * @n_files: how many
 *
 * Opens ratings, titles or both, in whatever order they come.
 */
void
matinee_window_open_files (MatineeWindow *self, GFile **files, guint n_files)
{
  Arrival *arrival;

  g_return_if_fail (MATINEE_IS_WINDOW (self) && n_files > 0);

  if (n_files > MAX_FILES)
    {
      g_signal_emit_by_name (self->session, "failed", _ ("Too Many Files"),
                             _ ("Matinee opens one ratings file, and one titles file that belongs to it."));
      if (matinee_session_get_dataset (self->session) == NULL)
        matinee_session_restore (self->session);
      return;
    }
  arrival = g_new0 (Arrival, 1);
  arrival->window = g_object_ref (self);
  arrival->n_files = n_files;
  for (guint i = 0; i < n_files; i++)
    arrival->files[i] = g_object_ref (files[i]);
  guess_next (arrival);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, MatineeWindow *self)
{
  GSList *list = g_value_get_boxed (value);
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (GSList *l = list; l != NULL; l = l->next)
    g_ptr_array_add (files, l->data);
  if (files->len == 0)
    return FALSE;
  matinee_window_open_files (self, (GFile **) files->pdata, files->len);
  return TRUE;
}

/**
 * matinee_window_add_drop_target:
 * @self: a window
 *
 * Lets files be dropped on the window.
 */
void
matinee_window_add_drop_target (MatineeWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
