/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-window"

#include "config.h"

#include "matinee-window-private.h"

/* A file that is to be opened as people have said. */
typedef struct
{
  GFile *ratings;
  GFile *titles;
  MatineeTextHints hints;
} Prescription;

static void
prescription_free (gpointer data)
{
  Prescription *prescription = data;

  g_clear_object (&prescription->ratings);
  g_clear_object (&prescription->titles);
  matinee_text_hints_clear (&prescription->hints);
  g_free (prescription);
}

static void
open_now (MatineeWindow *self, gpointer data)
{
  const Prescription *prescription = data;

  matinee_session_open_as (self->session, prescription->ratings, prescription->titles, &prescription->hints);
}

static void
open_cb (MatineeDoctorDialog *dialog, MatineeWindow *self)
{
  Prescription *prescription = g_new0 (Prescription, 1);

  prescription->ratings = g_object_ref (matinee_doctor_dialog_get_file (dialog));
  g_set_object (&prescription->titles, g_object_get_data (G_OBJECT (dialog), "titles"));
  matinee_doctor_dialog_init_hints (dialog, &prescription->hints);
  matinee_window_unless_unsaved (self, open_now, prescription, prescription_free);
}

/**
 * matinee_window_open_with_options:
 * @self: a window
 * @ratings: a file of ratings
 * @titles: (nullable): the titles of the ratings
 * @hints: (nullable): what was said before about how they are to be read; if nothing, what
 *   was said when they were opened last is proposed
 *
 * Asks how the ratings are to be read, and then opens them.
 */
void
matinee_window_open_with_options (MatineeWindow *self, GFile *ratings, GFile *titles, const MatineeTextHints *hints)
{
  g_auto (MatineeTextHints) remembered = { NULL };
  MatineeDoctorDialog *dialog;

  if (hints == NULL)
    matinee_recent_take_hints (matinee_session_get_recent (self->session), ratings, &remembered);
  dialog = matinee_doctor_dialog_new (GTK_WINDOW (self), ratings, hints != NULL ? hints : &remembered);

  if (self->doctor_dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->doctor_dialog));
  g_set_weak_pointer (&self->doctor_dialog, dialog);
  if (titles != NULL)
    g_object_set_data_full (G_OBJECT (dialog), "titles", g_object_ref (titles), g_object_unref);
  g_signal_connect_object (dialog, "open", G_CALLBACK (open_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * matinee_window_ask_how_to_open:
 * @self: a window
 * @opening: what could not be opened without asking
 *
 * Asks how its ratings are to be read, and then opens them.
 */
void
matinee_window_ask_how_to_open (MatineeWindow *self, MatineeOpening *opening)
{
  GFile *titles = matinee_opening_get_found_titles (opening) ? NULL : matinee_opening_get_titles (opening);

  matinee_window_open_with_options (self, matinee_opening_get_ratings (opening), titles,
                                    matinee_opening_get_hints (opening));
}

/**
 * matinee_window_get_doctor_dialog:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the dialog that asks how ratings are to be read, if
 *   it is open
 */
MatineeDoctorDialog *
matinee_window_get_doctor_dialog (MatineeWindow *self)
{
  return self->doctor_dialog;
}
