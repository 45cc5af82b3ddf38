/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "matinee-cross-validation-window.h"
#include "matinee-user.h"
#include "window-test.h"

#define N_USERS 20
#define N_MOVIES 30

typedef struct
{
  MatineeWindow *window;
  MatineeSession *session;
  MatineeSplitGroup *group;
  char *folder;
} Fixture;

/* Ratings of some films, one a day from 2015-01-02 on; "damaged" has one bad time. */
static GFile *
write_ratings (Fixture *fixture, const char *name, guint first_user, guint n_users, gboolean damaged)
{
  g_autoptr (GString) text = g_string_new ("userId,movieId,rating,timestamp\n");

  for (guint user = first_user; user < first_user + n_users; user++)
    for (guint movie = 1; movie <= N_MOVIES; movie++)
      if ((user + movie) % 5 != 0)
        g_string_append_printf (text, "%u,%u,%u,%u%s\n", user, movie, 1 + (user * 7 + movie * movie) % 5,
                                1420070400 + 86400 * movie, damaged && movie == 10 ? "?" : "");
  return window_test_write (fixture->folder, name, text->str, -1);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = window_test_open (window_test_application ());
  fixture->session = g_object_ref (matinee_window_get_session (fixture->window));
  fixture->group = matinee_train_page_get_split_group (matinee_window_get_train_page (fixture->window));
  fixture->folder = g_dir_make_tmp ("matinee-XXXXXX", NULL);
  window_test_set (fixture->window, MATINEE_PARAM_FACTORS, 3);
  window_test_set (fixture->window, MATINEE_PARAM_ITERATIONS, 3);
}

static void
open_ratings (Fixture *fixture, gboolean damaged)
{
  g_autoptr (GFile) file = write_ratings (fixture, "ratings.csv", 1, N_USERS, damaged);

  matinee_session_open (fixture->session, file, NULL);
  window_test_wait_idle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  MatineeSettings *settings = matinee_application_get_settings (window_test_application ());
  MatineeParams params;

  window_test_close (fixture->window);
  g_assert_finalize_object (fixture->session);
  window_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  matinee_params_init (&params, 2);
  matinee_settings_save_params (settings, &params);
  matinee_settings_set_file (settings, "ratings-file", NULL);
}

static void
choose (Fixture *fixture, MatineeSplitKind kind)
{
  adw_combo_row_set_selected (matinee_split_group_get_kind_row (fixture->group), kind);
  window_test_settle ();
}

static gboolean
is_shown (Fixture *fixture, MatineeParamId id)
{
  return gtk_widget_get_mapped (GTK_WIDGET (matinee_split_group_get_row (fixture->group, id)));
}

static gboolean
says (Fixture *fixture, const char *part)
{
  g_autofree char *text = matinee_split_group_dup_text (fixture->group);

  g_test_message ("%s", text);
  return strstr (text, part) != NULL;
}

/* Each kind shows the rows that it uses, and trains. */
static void
test_kinds (Fixture *fixture, gconstpointer data)
{
  open_ratings (fixture, FALSE);
  for (guint kind = 0; kind < MATINEE_SPLIT_GIVEN; kind++)
    {
      const MatineeModel *model;

      choose (fixture, kind);
      g_assert_cmpint (matinee_session_get_params (fixture->session)->split, ==, kind);
      for (guint id = MATINEE_PARAM_TEST_SHARE; id <= MATINEE_PARAM_FOLD; id++)
        g_assert_cmpint (is_shown (fixture, id), ==, (matinee_split_info (kind)->uses >> id & 1) != 0);
      g_assert_true (is_shown (fixture, MATINEE_PARAM_SEED));
      window_test_train (fixture->window);
      g_assert_null (matinee_window_get_error_dialog (fixture->window));
      model = matinee_session_get_model (fixture->session);
      g_assert_cmpint (model->params.split, ==, kind);
      g_assert_cmpuint (model->test.n, >, 0);
      g_assert_true (says (fixture, "to test"));
      g_assert_true (says (fixture, "Train: 2015-01-02 to 2015-01-"));
    }
}

/* The day that is proposed divides the ratings; another can be typed. */
static void
test_day (Fixture *fixture, gconstpointer data)
{
  const MatineeSplit *split;

  open_ratings (fixture, FALSE);
  choose (fixture, MATINEE_SPLIT_AFTER);
  window_test_train (fixture->window);
  split = matinee_session_get_split (fixture->session);
  g_assert_cmpuint (split->test_by_user->n_entries, >, split->train_by_user->n_entries / 4);
  g_assert_cmpuint (split->test_by_user->n_entries, <, split->train_by_user->n_entries);
  window_test_type (fixture->window, MATINEE_PARAM_TEST_AFTER, "2015-01-20");
  window_test_train (fixture->window);
  split = matinee_session_get_split (fixture->session);
  g_assert_cmpint (split->test_period.first, ==, 1421712000);
  g_assert_true (says (fixture, "Test: 2015-01-20 to 2015-01-31"));
  window_test_type (fixture->window, MATINEE_PARAM_TEST_AFTER, "tomorrow");
  g_assert_cmpint (matinee_session_get_params (fixture->session)->test_after, ==, 1421712000);
  window_test_type (fixture->window, MATINEE_PARAM_TEST_AFTER, "2030-01-01");
  window_test_train (fixture->window);
  g_assert_nonnull (matinee_window_get_error_dialog (fixture->window));
}

/* Without times, what needs them says why it can't be done; the rest goes on. */
static void
test_no_times (Fixture *fixture, gconstpointer data)
{
  choose (fixture, MATINEE_SPLIT_LATEST);
  g_assert_true (says (fixture, "these ratings have none"));
  open_ratings (fixture, TRUE);
  g_assert_true (says (fixture, "ratings.csv, line 9, column"));
  window_test_train (fixture->window);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (matinee_window_get_error_dialog (fixture->window)), "line 9"));
  gtk_window_destroy (GTK_WINDOW (matinee_window_get_error_dialog (fixture->window)));
  choose (fixture, MATINEE_SPLIT_PER_USER);
  g_assert_false (says (fixture, "line 9"));
  window_test_train (fixture->window);
  g_assert_nonnull (matinee_session_get_model (fixture->session));
}

/* Test ratings of a file of their own, with users that the others have not. */
static void
test_given (Fixture *fixture, gconstpointer data)
{
  MatineeRecommendPage *page = matinee_window_get_recommend_page (fixture->window);
  MatineeTestFile *test_file = matinee_session_get_test_file (fixture->session);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) missing = g_file_new_for_path ("/nowhere/ratings.csv");

  open_ratings (fixture, FALSE);
  file = write_ratings (fixture, "test.csv", N_USERS, 5, FALSE);
  choose (fixture, MATINEE_SPLIT_GIVEN);
  g_assert_true (says (fixture, "Open the file"));
  matinee_session_open_test_file (fixture->session, file);
  window_test_wait_idle (fixture->window);
  g_assert_cmpint (matinee_session_get_params (fixture->session)->split, ==, MATINEE_SPLIT_GIVEN);
  g_assert_false (says (fixture, "Open the file"));
  window_test_train (fixture->window);
  g_assert_null (matinee_window_get_error_dialog (fixture->window));
  g_assert_cmpuint (matinee_session_get_model (fixture->session)->test.n, ==,
                    matinee_ratings_get_n (matinee_test_file_get_ratings (test_file)));
  g_assert_true (says (fixture, "4 users have no rating to train"));
  g_assert_cmpuint (matinee_ratings_get_n_users (matinee_session_get_dataset (fixture->session)->ratings), ==, N_USERS);

  /* The lists are of all whom the model knows, and of those who are open again after
   * another training. */
  matinee_window_show_page (fixture->window, "recommend");
  window_test_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (matinee_recommend_page_get_users (page)), ==, N_USERS + 4);
  g_assert_true (matinee_recommend_page_choose_user (page, "24"));
  matinee_window_show_page (fixture->window, "train");
  choose (fixture, MATINEE_SPLIT_RANDOM);
  window_test_train (fixture->window);
  g_assert_cmpuint (g_list_model_get_n_items (matinee_recommend_page_get_users (page)), ==, N_USERS);

  matinee_session_open_test_file (fixture->session, missing);
  window_test_wait_idle (fixture->window);
  g_assert_nonnull (matinee_window_get_error_dialog (fixture->window));
  g_assert_true (g_file_equal (matinee_test_file_get_file (test_file), file));
  matinee_session_open_sample (fixture->session);
  window_test_wait_idle (fixture->window);
  g_assert_null (matinee_test_file_get_file (test_file));
  g_assert_cmpint (matinee_session_get_params (fixture->session)->split, ==, MATINEE_SPLIT_RANDOM);
}

/* Test ratings that were in use are opened again at the next start, but not with others, and
 * not when another split was chosen. */
static void
test_given_again (Fixture *fixture, gconstpointer data)
{
  MatineeSettings *settings = matinee_session_get_settings (fixture->session);
  g_autoptr (GFile) file = NULL;

  open_ratings (fixture, FALSE);
  file = write_ratings (fixture, "test.csv", N_USERS, 5, FALSE);
  matinee_session_open_test_file (fixture->session, file);
  window_test_wait_idle (fixture->window);
  for (guint round = 0; round < 3; round++)
    {
      MatineeWindow *other = matinee_window_new (GTK_APPLICATION (window_test_application ()), settings);
      MatineeSession *session = matinee_window_get_session (other);
      MatineeTestFile *test_file = matinee_session_get_test_file (session);

      matinee_window_restore (other);
      window_test_wait_idle (other);
      g_assert_null (matinee_window_get_error_dialog (other));
      g_assert_false (matinee_session_is_sample (session));
      if (round == 0)
        g_assert_true (g_file_equal (matinee_test_file_get_file (test_file), file));
      else
        g_assert_null (matinee_test_file_get_file (test_file));
      g_assert_true ((matinee_session_get_params (session)->split == MATINEE_SPLIT_GIVEN) == (round == 0));
      if (round == 0)
        {
          MatineeParams params = *matinee_session_get_params (session);

          params.split = MATINEE_SPLIT_PER_USER;
          matinee_session_set_params (session, &params);
        }
      else if (round == 1)
        {
          /* It was in use, and has gone since. */
          MatineeParams params = *matinee_session_get_params (session);

          params.split = MATINEE_SPLIT_GIVEN;
          matinee_settings_save_params (settings, &params);
          matinee_settings_set_file (settings, "test-file", file);
          g_remove (g_file_peek_path (file));
        }
      gtk_window_present (GTK_WINDOW (other));
      window_test_close (other);
    }
}

/* A split by time is made again from the ratings that are open, and judges as before. */
static void
test_model_by_time (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "late.npz", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  const MatineeModel *model;
  const MatineeSplit *split;
  MatineeErrors errors;

  open_ratings (fixture, FALSE);
  choose (fixture, MATINEE_SPLIT_LATEST);
  window_test_train (fixture->window);
  matinee_session_save_model (fixture->session, file, TRUE);
  window_test_wait_idle (fixture->window);
  for (guint round = 0; round < 2; round++)
    {
      matinee_session_open_model (fixture->session, file);
      window_test_wait_idle (fixture->window);
      model = matinee_session_get_model (fixture->session);
      split = matinee_session_get_split (fixture->session);
      if (round == 0)
        {
          g_assert_true (
              matinee_evaluate (model->factors, split->test_by_user, model->low, model->high, pool, NULL, &errors));
          g_assert_cmpfloat (matinee_errors_rmse (&errors), ==, matinee_errors_rmse (&model->test));
          g_assert_false (matinee_period_is_never (&split->test_period));
          matinee_session_open_sample (fixture->session);
          window_test_wait_idle (fixture->window);
        }
      else
        g_assert_null (split); /* its own ratings have no times */
    }
}

static MatineeCrossValidationWindow *
open_validation (Fixture *fixture)
{
  g_autoptr (GList) windows = NULL;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.cross-validate", NULL);
  window_test_settle ();
  windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    if (MATINEE_IS_CROSS_VALIDATION_WINDOW (l->data))
      return l->data;
  g_assert_not_reached ();
}

static void
test_cross_validation (Fixture *fixture, gconstpointer data)
{
  MatineeCrossValidationWindow *window;
  MatineeParamRow *row;

  open_ratings (fixture, FALSE);
  window = open_validation (fixture);
  row = matinee_cross_validation_window_get_row (window);
  gtk_spin_button_set_value (matinee_param_row_get_spin_button (row), 4);
  for (guint round = 0; round < 2; round++)
    {
      matinee_cross_validation_window_run (window);
      g_assert_true (matinee_session_get_busy (fixture->session));
      g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (row)));
      window_test_wait_idle (fixture->window);
      g_assert_cmpuint (matinee_cross_validation_window_get_n_folds (window), ==, 4);
      g_assert_nonnull (strstr (matinee_cross_validation_window_get_summary (window), "±"));
      g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (row)));
    }
  /* The split of trainings is what it was. */
  g_assert_cmpint (matinee_session_get_params (fixture->session)->split, ==, MATINEE_SPLIT_RANDOM);
  gtk_window_close (GTK_WINDOW (window));
  window_test_settle ();
}

/* Closing either window ends it. */
static void
test_close (Fixture *fixture, gconstpointer data)
{
  MatineeParams params = *matinee_session_get_params (fixture->session);
  MatineeCrossValidationWindow *window;

  params.n_iterations = 10000;
  params.tolerance = 0;
  matinee_session_set_params (fixture->session, &params);
  window = open_validation (fixture);
  matinee_cross_validation_window_run (window);
  window_test_settle ();
  gtk_window_close (GTK_WINDOW (window));
  window_test_wait_idle (fixture->window);
  g_assert_null (matinee_window_get_error_dialog (fixture->window));
  /* The window of the next one goes with its parent, which tear_down() closes. */
  matinee_cross_validation_window_run (open_validation (fixture));
  g_assert_true (matinee_session_get_busy (fixture->session));
}

#define ADD(path, func) g_test_add ("/splits/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  window_test_application ();
  ADD ("kinds", test_kinds);
  ADD ("day", test_day);
  ADD ("no-times", test_no_times);
  ADD ("given", test_given);
  ADD ("given-again", test_given_again);
  ADD ("model-by-time", test_model_by_time);
  ADD ("cross-validation", test_cross_validation);
  ADD ("close", test_close);
  return g_test_run ();
}
