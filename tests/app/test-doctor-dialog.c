/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-file.h"
#include "matinee-window-private.h"
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
  matinee_recent_clear (matinee_session_get_recent (fixture->session));
  window_test_close (fixture->window);
  g_assert_finalize_object (fixture->session);
  window_test_remove_folder (fixture->folder);
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

/* Opens the file as it is, which asks at once. */
static const MatineeDiagnosis *
open_and_ask (Fixture *fixture)
{
  matinee_session_open (fixture->session, fixture->file, NULL);
  window_test_wait (has_answer, fixture->window);
  g_assert_null (matinee_window_get_error_dialog (fixture->window));
  g_assert_true (matinee_session_is_sample (fixture->session));
  return matinee_doctor_dialog_get_diagnosis (matinee_window_get_doctor_dialog (fixture->window));
}

static void
press_open (Fixture *fixture)
{
  window_test_settle ();
  gtk_widget_activate_action (GTK_WIDGET (matinee_window_get_doctor_dialog (fixture->window)), "doctor.open", NULL);
  window_test_wait (has_gone, fixture->window);
  window_test_wait_idle (fixture->window);
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
  const MatineeDiagnosis *diagnosis = open_and_ask (fixture);
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
  press_open (fixture);
  g_assert_true (g_file_equal (matinee_session_get_ratings_file (fixture->session), fixture->file));
  g_assert_cmpuint (matinee_ratings_get_n (ratings_of (fixture)), ==, 5);
  g_assert_cmpuint (matinee_ratings_get_n_users (ratings_of (fixture)), ==, 4);
  g_assert_cmpuint (matinee_ratings_get_n_movies (ratings_of (fixture)), ==, 3);
}

/* What is proposed is shown, and may be taken as it is. */
static void
test_proposal (Fixture *fixture, gconstpointer data)
{
  const MatineeDiagnosis *diagnosis = open_and_ask (fixture);

  g_assert_true (diagnosis->usable && !diagnosis->certain);
  press_open (fixture);
  g_assert_true (g_file_equal (matinee_session_get_ratings_file (fixture->session), fixture->file));
  g_assert_cmpuint (matinee_ratings_get_n_movies (ratings_of (fixture)), ==, 3);
}

/* The first line can be said to be a header, and that another character separates. */
static void
test_format (Fixture *fixture, gconstpointer data)
{
  MatineeDoctorDialog *dialog;

  open_and_ask (fixture);
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

  open_and_ask (fixture);
  choose (fixture, "user_row", 1);
  dialog = matinee_window_get_doctor_dialog (fixture->window);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "window.close", NULL);
  window_test_wait (has_gone, fixture->window);
  window_test_wait_idle (fixture->window);
  g_assert_true (matinee_session_get_dataset (fixture->session) == before);
}

static void
open_sample (Fixture *fixture)
{
  matinee_session_open_sample (fixture->session);
  window_test_wait_idle (fixture->window);
  g_assert_true (matinee_session_is_sample (fixture->session));
}

/* What was chosen for a file is not asked again: neither when it is opened once more, nor
 * at the next start. */
static void
test_remembered (Fixture *fixture, gconstpointer data)
{
  MatineeSettings *settings = matinee_session_get_settings (fixture->session);
  g_autofree char *uri = g_file_get_uri (fixture->file);
  MatineeWindow *other;

  open_and_ask (fixture);
  choose (fixture, "user_row", 3);
  choose (fixture, "rating_row", 1);
  choose (fixture, "movie_row", 2);
  press_open (fixture);
  g_assert_cmpuint (matinee_ratings_get_n_users (ratings_of (fixture)), ==, 4);

  other = matinee_window_new (GTK_APPLICATION (window_test_application ()), settings);
  gtk_window_present (GTK_WINDOW (other));
  matinee_window_restore (other);
  window_test_wait_idle (other);
  g_assert_null (matinee_window_get_doctor_dialog (other));
  g_assert_false (matinee_session_is_sample (matinee_window_get_session (other)));
  g_assert_cmpuint (
      matinee_ratings_get_n_users (matinee_session_get_dataset (matinee_window_get_session (other))->ratings), ==, 4);
  window_test_close (other);

  open_sample (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-recent", "(ss)", uri, "");
  while (matinee_session_is_sample (fixture->session))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (matinee_window_get_doctor_dialog (fixture->window));
  g_assert_cmpuint (matinee_ratings_get_n_users (ratings_of (fixture)), ==, 4);

  /* Who opens it with options sees them, and who forgets the list forgets them. */
  matinee_window_open_with_options (fixture->window, fixture->file, NULL, NULL);
  window_test_wait (has_answer, fixture->window);
  g_assert_true (matinee_doctor_dialog_get_diagnosis (matinee_window_get_doctor_dialog (fixture->window))->certain);
  gtk_window_destroy (GTK_WINDOW (matinee_window_get_doctor_dialog (fixture->window)));
  open_sample (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.clear-recent", NULL);
  g_assert_false (open_and_ask (fixture)->certain);
}

/* Columns are remembered by their names: a file whose columns were moved is not misread,
 * and one that has lost them is asked about. */
static void
test_moved_columns (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = window_test_write (fixture->folder, "named.csv", "a,b,c\n5,1,2\n4,1,3\n2,2,4\n", -1);
  MatineeDoctorDialog *dialog;

  g_set_object (&fixture->file, file);
  open_and_ask (fixture);
  choose (fixture, "user_row", 3);
  choose (fixture, "movie_row", 2);
  choose (fixture, "rating_row", 1);
  /* What is chosen stays when something else is said. */
  choose (fixture, "header_row", MATINEE_ANSWER_NO);
  choose (fixture, "header_row", MATINEE_ANSWER_YES);
  press_open (fixture);
  g_assert_cmpuint (matinee_ratings_get_n_users (ratings_of (fixture)), ==, 3);
  g_assert_cmpfloat (ratings_of (fixture)->high, ==, 5);

  open_sample (fixture);
  g_object_unref (window_test_write (fixture->folder, "named.csv", "c,a,b\n2,5,1\n3,4,1\n4,2,2\n", -1));
  matinee_session_open (fixture->session, fixture->file, NULL);
  window_test_wait_idle (fixture->window);
  g_assert_null (matinee_window_get_doctor_dialog (fixture->window));
  g_assert_cmpuint (matinee_ratings_get_n_users (ratings_of (fixture)), ==, 3);
  g_assert_cmpfloat (ratings_of (fixture)->high, ==, 5);

  open_sample (fixture);
  g_object_unref (window_test_write (fixture->folder, "named.csv", "d,b,e\n2,5,1\n3,4,1\n4,2,2\n", -1));
  open_and_ask (fixture);
  dialog = matinee_window_get_doctor_dialog (fixture->window);
  g_assert_true (matinee_doctor_dialog_get_diagnosis (dialog)->usable);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* What is kept may be nonsense by now: then it is asked, and what is still there opens. */
static void
test_nonsense (Fixture *fixture, gconstpointer data)
{
  static const char *const kept[]
      = { "{'userId': '17', 'movieId': 'isbn', 'rating': ''}", "{'delimiter': 'xy', 'header': 'perhaps', 'a': 'b'}",
          "{'delimiter': '|', 'encoding': 'latin-1'}" };
  MatineeSettings *settings = matinee_session_get_settings (fixture->session);

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      MatineeWindow *other;

      matinee_settings_set_file (settings, "ratings-file", fixture->file);
      matinee_settings_set_value (settings, "ratings-hints",
                                  g_variant_parse (G_VARIANT_TYPE ("a{ss}"), kept[i], NULL, NULL, NULL));
      other = matinee_window_new (GTK_APPLICATION (window_test_application ()), settings);
      gtk_window_present (GTK_WINDOW (other));
      matinee_window_restore (other);
      window_test_wait_idle (other);
      g_assert_true (matinee_session_is_sample (matinee_window_get_session (other)));
      g_assert_true (matinee_window_get_doctor_dialog (other) != NULL
                     || matinee_window_get_error_dialog (other) != NULL);
      if (matinee_window_get_doctor_dialog (other) != NULL)
        {
          const MatineeDiagnosis *diagnosis;

          window_test_wait (has_answer, other);
          diagnosis = matinee_doctor_dialog_get_diagnosis (matinee_window_get_doctor_dialog (other));
          g_assert_true (diagnosis->usable);
          gtk_window_destroy (GTK_WINDOW (matinee_window_get_doctor_dialog (other)));
        }
      window_test_close (other);
    }
  matinee_settings_set_file (settings, "ratings-file", NULL);
  matinee_settings_set_value (settings, "ratings-hints", g_variant_new_parsed ("@a{ss} {}"));
}

/* Of an archive with several tables, one is chosen in the same dialog. */
static void
test_archive (Fixture *fixture, gconstpointer data)
{
  const ArchiveFileMember members[]
      = { { "first.txt", unclear, 0, 0 }, { "other/second.txt", "5,1,2,9\n4,1,3,9\n2,2,4,9\n", 0, 0 } };
  g_autofree char *path = g_build_filename (fixture->folder, "tables.zip", NULL);
  g_autofree char *second = g_build_filename (path, "other", "second.txt", NULL);
  g_autoptr (GFile) archive = g_file_new_for_path (path);
  MatineeDoctorDialog *dialog;

  archive_file_write (path, ARCHIVE_FILE_ZIP, members, G_N_ELEMENTS (members));
  matinee_window_open_with_options (fixture->window, archive, NULL, NULL);
  window_test_wait (has_answer, fixture->window);
  dialog = matinee_window_get_doctor_dialog (fixture->window);
  g_assert_cmpuint (matinee_doctor_dialog_get_diagnosis (dialog)->n_columns, ==, 3);
  choose (fixture, "table_row", 1);
  g_assert_cmpuint (matinee_doctor_dialog_get_diagnosis (dialog)->n_columns, ==, 4);
  choose (fixture, "user_row", 2);
  choose (fixture, "movie_row", 3);
  choose (fixture, "rating_row", 1);
  press_open (fixture);
  g_assert_cmpstr (g_file_peek_path (matinee_session_get_ratings_file (fixture->session)), ==, second);
  g_assert_cmpuint (matinee_ratings_get_n (ratings_of (fixture)), ==, 3);
  g_assert_cmpuint (matinee_ratings_get_n_users (ratings_of (fixture)), ==, 2);
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
  g_test_add ("/doctor-dialog/remembered", Fixture, NULL, set_up, test_remembered, tear_down);
  g_test_add ("/doctor-dialog/moved-columns", Fixture, NULL, set_up, test_moved_columns, tear_down);
  g_test_add ("/doctor-dialog/nonsense", Fixture, NULL, set_up, test_nonsense, tear_down);
  g_test_add ("/doctor-dialog/archive", Fixture, NULL, set_up, test_archive, tear_down);
  return g_test_run ();
}
