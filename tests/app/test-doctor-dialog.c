/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "window-test.h"

/* Nothing says which of these is the rating, the movie or the user. */
static const char unclear[] = "3,1,2\n4,1,3\n2,2,4\n1,2,1\n3,3,4\n";

typedef struct
{
  MatineeWindow *window;
  MatineeSession *session;
  char *folder;
  GFile *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->window = window_test_open (window_test_application ());
  fixture->session = g_object_ref (matinee_window_get_session (fixture->window));
  fixture->folder = g_dir_make_tmp ("matinee-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->file = window_test_write (fixture->folder, "unclear.csv", unclear, -1);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  window_test_close (fixture->window);
  g_assert_finalize_object (fixture->session);
  g_remove (g_file_peek_path (fixture->file));
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_object_unref (fixture->file);
}

static gboolean
has_answer (gpointer data)
{
  MatineeDoctorDialog *dialog = matinee_window_get_doctor_dialog (data);

  return dialog != NULL && matinee_doctor_dialog_get_diagnosis (dialog) != NULL;
}

static gboolean
has_gone (gpointer data)
{
  return matinee_window_get_doctor_dialog (data) == NULL;
}

static void
choose (Fixture *fixture, const char *row, guint selected)
{
  MatineeDoctorDialog *dialog = matinee_window_get_doctor_dialog (fixture->window);

  adw_combo_row_set_selected (
      ADW_COMBO_ROW (gtk_widget_get_template_child (GTK_WIDGET (dialog), MATINEE_TYPE_DOCTOR_DIALOG, row)), selected);
  window_test_wait (has_answer, fixture->window);
}

/* Fails to open the file as it is, and asks for the dialog. */
static const MatineeDiagnosis *
fail_and_ask (Fixture *fixture)
{
  AdwMessageDialog *failure;

  matinee_session_open (fixture->session, fixture->file, NULL);
  window_test_wait_idle (fixture->window);
  failure = matinee_window_get_error_dialog (fixture->window);
  g_assert_nonnull (failure);
  g_assert_true (adw_message_dialog_has_response (failure, "choose"));
  window_test_settle ();
  g_object_ref (failure);
  adw_message_dialog_response (failure, "choose");
  gtk_window_destroy (GTK_WINDOW (failure));
  g_object_unref (failure);
  window_test_wait (has_answer, fixture->window);
  return matinee_doctor_dialog_get_diagnosis (matinee_window_get_doctor_dialog (fixture->window));
}

static const MatineeRatings *
ratings_of (Fixture *fixture)
{
  return matinee_session_get_dataset (fixture->session)->ratings;
}

/* Columns that are chosen are read: here the ratings stand first. */
static void
test_choose (Fixture *fixture, gconstpointer data)
{
  const MatineeDiagnosis *diagnosis = fail_and_ask (fixture);
  MatineeDoctorDialog *dialog = matinee_window_get_doctor_dialog (fixture->window);

  g_assert_false (diagnosis->certain);
  g_assert_cmpuint (diagnosis->n_columns, ==, 3);
  choose (fixture, "user_row", 3);
  choose (fixture, "movie_row", 3);
  g_assert_false (matinee_doctor_dialog_get_diagnosis (dialog)->usable);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "doctor.open", NULL);
  g_assert_true (matinee_window_get_doctor_dialog (fixture->window) == dialog);
  choose (fixture, "movie_row", 2);
  choose (fixture, "rating_row", 1);
  g_assert_true (matinee_doctor_dialog_get_diagnosis (dialog)->certain);
  window_test_settle ();
  gtk_widget_activate_action (GTK_WIDGET (dialog), "doctor.open", NULL);
  window_test_wait (has_gone, fixture->window);
  window_test_wait_idle (fixture->window);
  g_assert_true (g_file_equal (matinee_session_get_ratings_file (fixture->session), fixture->file));
  g_assert_cmpuint (matinee_ratings_get_n (ratings_of (fixture)), ==, 5);
  g_assert_cmpuint (matinee_ratings_get_n_users (ratings_of (fixture)), ==, 4);
  g_assert_cmpuint (matinee_ratings_get_n_movies (ratings_of (fixture)), ==, 3);
}

/* What is proposed is shown, and may be taken as it is. */
static void
test_proposal (Fixture *fixture, gconstpointer data)
{
  const MatineeDiagnosis *diagnosis = fail_and_ask (fixture);

  g_assert_true (diagnosis->usable && !diagnosis->certain);
  window_test_settle ();
  gtk_widget_activate_action (GTK_WIDGET (matinee_window_get_doctor_dialog (fixture->window)), "doctor.open", NULL);
  window_test_wait (has_gone, fixture->window);
  window_test_wait_idle (fixture->window);
  g_assert_true (g_file_equal (matinee_session_get_ratings_file (fixture->session), fixture->file));
  g_assert_cmpuint (matinee_ratings_get_n_movies (ratings_of (fixture)), ==, 3);
}

/* The first line can be said to be a header, and that another character separates. */
static void
test_format (Fixture *fixture, gconstpointer data)
{
  MatineeDoctorDialog *dialog;

  fail_and_ask (fixture);
  dialog = matinee_window_get_doctor_dialog (fixture->window);
  choose (fixture, "header_row", MATINEE_ANSWER_YES);
  g_assert_cmpstr (matinee_doctor_dialog_get_diagnosis (dialog)->names[0], ==, "3");
  g_assert_cmpuint (matinee_doctor_dialog_get_diagnosis (dialog)->rows->len, ==, 4);
  choose (fixture, "delimiter_row", 3);
  g_assert_false (matinee_doctor_dialog_get_diagnosis (dialog)->usable);
}

/* Whoever cancels keeps what is open. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  MatineeDataset *before = matinee_session_get_dataset (fixture->session);
  MatineeDoctorDialog *dialog;

  fail_and_ask (fixture);
  choose (fixture, "user_row", 1);
  dialog = matinee_window_get_doctor_dialog (fixture->window);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "window.close", NULL);
  window_test_wait (has_gone, fixture->window);
  window_test_wait_idle (fixture->window);
  g_assert_true (matinee_session_get_dataset (fixture->session) == before);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  window_test_application ();
  g_test_add ("/doctor-dialog/choose", Fixture, NULL, set_up, test_choose, tear_down);
  g_test_add ("/doctor-dialog/proposal", Fixture, NULL, set_up, test_proposal, tear_down);
  g_test_add ("/doctor-dialog/format", Fixture, NULL, set_up, test_format, tear_down);
  g_test_add ("/doctor-dialog/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  return g_test_run ();
}
