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
  gboolean as_ratings; /* titles were not asked for */
  gboolean as_set;     /* titles that were chosen for other ratings don't stay */
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

static void
open_now (MatineeWindow *self, gpointer data)
{
  const Arrival *arrival = data;
  MatineeSession *session = self->session;

  if (arrival->n_files == 1 && arrival->kinds[0] == MATINEE_FILE_MODEL)
    matinee_session_open_model (session, arrival->files[0]);
  else if (arrival->n_files == 1 && arrival->as_set)
    matinee_session_open_set (session, arrival->files[0]);
  else if (arrival->n_files == 1)
    matinee_session_open (session, arrival->files[0], NULL);
  else if (arrival->kinds[0] == MATINEE_FILE_TITLES && arrival->kinds[1] == MATINEE_FILE_RATINGS)
    matinee_session_open (session, arrival->files[1], arrival->files[0]);
  else
    matinee_session_open (session, arrival->files[0], arrival->files[1]);
}

static void
refuse (MatineeWindow *self, const char *why)
{
  g_signal_emit_by_name (self->session, "failed", _ ("Too Many Files"), why);
  if (matinee_session_get_dataset (self->session) == NULL)
    matinee_session_restore (self->session);
}

/* Other titles for the same ratings take no model away. */
static void
open_arrival (Arrival *arrival)
{
  MatineeWindow *self = arrival->window;

  if (self->session == NULL)
    arrival_free (arrival);
  else if (arrival->n_files == 1 && arrival->kinds[0] == MATINEE_FILE_TITLES && !arrival->as_ratings
           && matinee_session_get_dataset (self->session) != NULL)
    {
      matinee_session_open_titles (self->session, arrival->files[0]);
      arrival_free (arrival);
    }
  else if (arrival->n_files == 2
           && (arrival->kinds[0] == MATINEE_FILE_MODEL || arrival->kinds[1] == MATINEE_FILE_MODEL))
    {
      refuse (self, _ ("A model is opened alone: it brings its data and titles with it."));
      arrival_free (arrival);
    }
  else
    matinee_window_unless_unsaved (self, open_now, arrival, (GDestroyNotify) arrival_free);
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
  if (arrival->n_known < arrival->n_files)
    {
      matinee_file_kind_guess_async (arrival->files[arrival->n_known], NULL, guessed_cb, arrival);
      return;
    }
  open_arrival (arrival);
}

static Arrival *
arrival_new (MatineeWindow *self, GFile **files, guint n_files)
{
  Arrival *arrival = g_new0 (Arrival, 1);

  arrival->window = g_object_ref (self);
  arrival->n_files = n_files;
  for (guint i = 0; i < n_files; i++)
    arrival->files[i] = g_object_ref (files[i]);
  return arrival;
}

/**
 * matinee_window_open_chosen:
 * @self: a window
 * @file: ratings or a model
 *
 * Opens a file that was asked for, when people agree to lose an unsaved model.
 */
void
matinee_window_open_chosen (MatineeWindow *self, GFile *file)
{
  Arrival *arrival = arrival_new (self, &file, 1);

  arrival->as_ratings = TRUE;
  guess_next (arrival);
}

/**
 * matinee_window_open_set:
 * @self: a window
 * @file: ratings or a model
 * @titles: (nullable): the titles of the ratings; if not given, those beside them
 *
 * Opens what belongs together, whatever titles were chosen for other ratings, when people
 * agree to lose an unsaved model.
 */
void
matinee_window_open_set (MatineeWindow *self, GFile *file, GFile *titles)
{
  GFile *files[MAX_FILES] = { file, titles };
  Arrival *arrival = arrival_new (self, files, titles != NULL ? 2 : 1);

  arrival->as_ratings = TRUE;
  arrival->as_set = TRUE;
  guess_next (arrival);
}

/**
 * matinee_window_open_files:
 * @self: a window
 * @files: (array length=n_files): one or two files
 * @n_files: how many
 *
 * Opens ratings, titles or both, in whatever order they come, or a model, when people agree
 * to lose an unsaved one.
 */
void
matinee_window_open_files (MatineeWindow *self, GFile **files, guint n_files)
{
  g_return_if_fail (MATINEE_IS_WINDOW (self) && n_files > 0);

  if (n_files > MAX_FILES)
    refuse (self, _ ("Matinee opens one ratings file, and one titles file that belongs to it."));
  else
    guess_next (arrival_new (self, files, n_files));
}

static void
open_sample_now (MatineeWindow *self, gpointer data)
{
  matinee_session_open_sample (self->session);
}

/**
 * matinee_window_open_sample:
 * @self: a window
 *
 * Opens the sample, when people agree to lose an unsaved model.
 */
void
matinee_window_open_sample (MatineeWindow *self)
{
  matinee_window_unless_unsaved (self, open_sample_now, NULL, NULL);
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
