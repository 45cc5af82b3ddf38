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

  prescription->ratings = g_object_ref (g_object_get_data (G_OBJECT (dialog), "ratings"));
  g_set_object (&prescription->titles, g_object_get_data (G_OBJECT (dialog), "titles"));
  matinee_doctor_dialog_init_hints (dialog, &prescription->hints);
  matinee_window_unless_unsaved (self, open_now, prescription, prescription_free);
}

/**
 * matinee_window_open_with_options:
 * @self: a window
 * @ratings: a file of ratings
 * @titles: (nullable): the titles of the ratings
 *
 * Asks how the ratings are to be read, and then opens them.
 */
void
matinee_window_open_with_options (MatineeWindow *self, GFile *ratings, GFile *titles)
{
  MatineeDoctorDialog *dialog = matinee_doctor_dialog_new (GTK_WINDOW (self), ratings);

  if (self->doctor_dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->doctor_dialog));
  g_set_weak_pointer (&self->doctor_dialog, dialog);
  g_object_set_data_full (G_OBJECT (dialog), "ratings", g_object_ref (ratings), g_object_unref);
  if (titles != NULL)
    g_object_set_data_full (G_OBJECT (dialog), "titles", g_object_ref (titles), g_object_unref);
  g_signal_connect_object (dialog, "open", G_CALLBACK (open_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
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
