/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "matinee-film.h"
#include "matinee-solver.h"
#include "window-test.h"

/* Models that are saved, opened, nearly lost, and trained on from. */

typedef struct
{
  MatineeWindow *window;
  MatineeSession *session;
  char *folder;
  GFile *ratings;
  GFile *model;
} Fixture;

static char *
ratings_text (guint n_users)
{
  GString *text = g_string_new ("userId,movieId,rating\n");

  for (guint user = 1; user <= n_users; user++)
    for (guint movie = 1; movie <= 20; movie++)
      if ((user + movie) % 3 != 0)
        g_string_append_printf (text, "%u,%u,%u\n", user, movie, 1 + (user + movie * movie) % 5);
  return g_string_free (text, FALSE);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *text = ratings_text (40);
  g_autoptr (GFile) folder = NULL;

  self->window = window_test_open (window_test_application ());
  self->session = g_object_ref (matinee_window_get_session (self->window));
  self->folder = g_dir_make_tmp ("matinee-XXXXXX", NULL);
  folder = g_file_new_for_path (self->folder);
  self->ratings = window_test_write (self->folder, "my_ratings.csv", text, -1);
  self->model = g_file_get_child (folder, "model.npz");
  window_test_set (self->window, MATINEE_PARAM_FACTORS, 3);
  matinee_recent_clear (matinee_session_get_recent (self->session));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeSettings) settings = g_object_ref (matinee_application_get_settings (window_test_application ()));
  MatineeParams params;

  if (self->window != NULL)
    window_test_close (self->window);
  g_assert_finalize_object (self->session);
  window_test_remove_folder (self->folder);
  g_free (self->folder);
  g_object_unref (self->ratings);
  g_object_unref (self->model);
  matinee_params_init (&params, 2);
  matinee_settings_save_params (settings, &params);
  matinee_settings_set_file (settings, "ratings-file", NULL);
  matinee_settings_set_file (settings, "titles-file", NULL);
  matinee_settings_set_file (settings, "model-file", NULL);
  matinee_settings_set_boolean (settings, "titles-chosen", FALSE);
}

static void
open_ratings (Fixture *self)
{
  matinee_session_open (self->session, self->ratings, NULL);
  window_test_wait_idle (self->window);
  g_assert_null (matinee_window_get_error_dialog (self->window));
}

static void
save (Fixture *self, gboolean with_ratings)
{
  matinee_session_save_model (self->session, self->model, with_ratings);
  g_assert_true (matinee_session_get_saving (self->session));
  window_test_wait_idle (self->window);
  g_assert_null (matinee_window_get_error_dialog (self->window));
  g_assert_false (matinee_session_get_unsaved (self->session));
}

static void
open_model (Fixture *self)
{
  matinee_session_open_model (self->session, self->model);
  window_test_wait_idle (self->window);
  g_assert_null (matinee_window_get_error_dialog (self->window));
}

static gboolean
has_list (gpointer data)
{
  MatineeRecommendPage *page = matinee_window_get_recommend_page (data);

  return matinee_recommend_page_is_prepared (page)
         && g_list_model_get_n_items (matinee_recommend_page_get_films (page)) > 0;
}

/* Chooses a file in the chooser that is open, as far as that can be done without hands:
 * what it would do with the file is done. */
static void
choose_model_file (Fixture *self, GFile *file)
{
  g_assert_nonnull (matinee_window_get_chooser (self->window));
  matinee_window_save_model_to (self->window, file, TRUE);
  window_test_wait_idle (self->window);
}

/* The list of a user, every prediction with all its digits. */
static char *
describe_list (Fixture *self, const char *user)
{
  MatineeRecommendPage *page = matinee_window_get_recommend_page (self->window);
  GListModel *films = matinee_recommend_page_get_films (page);
  GString *text = g_string_new (NULL);

  matinee_window_show_page (self->window, "recommend");
  window_test_wait (has_list, self->window);
  g_assert_true (matinee_recommend_page_choose_user (page, user));
  for (guint i = 0; i < g_list_model_get_n_items (films); i++)
    {
      g_autoptr (MatineeFilm) film = g_list_model_get_item (films, i);

      g_string_append_printf (text, "%s %a\n", matinee_film_get_title (film), matinee_film_get_prediction (film));
    }
  return g_string_free (text, FALSE);
}

/* Saved and opened again, a model says the same to the last bit: beside its ratings,
 * and without them. */
static void
test_round_trip (Fixture *self, gconstpointer data)
{
  MatineeTrainPage *train_page = matinee_window_get_train_page (self->window);
  g_autofree char *before = NULL;
  g_autofree char *beside = NULL;
  g_autofree char *alone = NULL;
  MatineeDataset *dataset;

  open_ratings (self);
  window_test_train (self->window);
  g_assert_true (g_str_has_prefix (gtk_window_get_title (GTK_WINDOW (self->window)), "• my_ratings.csv"));
  before = describe_list (self, "7");
  save (self, TRUE);
  g_assert_true (g_str_has_prefix (gtk_window_get_title (GTK_WINDOW (self->window)), "model.npz"));

  dataset = matinee_session_get_dataset (self->session);
  open_model (self);
  g_assert_null (matinee_window_get_question (self->window));
  g_assert_true (matinee_session_get_dataset (self->session) == dataset);
  beside = describe_list (self, "7");
  g_assert_cmpstr (before, ==, beside);

  matinee_session_open_sample (self->session);
  window_test_wait_idle (self->window);
  g_assert_null (matinee_train_page_get_result (train_page));
  window_test_set (self->window, MATINEE_PARAM_FACTORS, 9);
  open_model (self);
  g_assert_null (matinee_session_get_ratings_file (self->session));
  g_assert_false (matinee_session_is_sample (self->session));
  g_assert_cmpuint (matinee_session_get_params (self->session)->n_factors, ==, 3);
  g_assert_nonnull (matinee_train_page_get_result (train_page));
  alone = describe_list (self, "7");
  g_assert_cmpstr (before, ==, alone);
  g_assert_true (matinee_session_can_train (self->session));
}

static GtkWidget *
find_by_tooltip (GtkWidget *widget, const char *tooltip)
{
  GtkWidget *found = g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0 ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_by_tooltip (child, tooltip);
  return found;
}

/* Where there are no titles, own ratings are named like films are everywhere else. */
static void
test_no_titles (Fixture *self, gconstpointer data)
{
  MatineeRecommendPage *page = matinee_window_get_recommend_page (self->window);
  MatineeYouView *view = matinee_recommend_page_get_you_view (page);
  GtkListBoxRow *row;
  g_autofree char *list = NULL;

  open_ratings (self);
  window_test_train (self->window);
  list = describe_list (self, "7");
  matinee_recommend_page_choose_you (page);
  window_test_settle ();
  row = gtk_list_box_get_row_at_index (matinee_you_view_get_choices (view), 0);
  g_assert_true (matinee_stars_press (g_object_get_data (G_OBJECT (row), "stars"), GDK_KEY_5));
  window_test_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (matinee_you_view_get_ratings (view)), ==, 1);
  g_assert_true (g_str_has_prefix (
      gtk_string_list_get_string (GTK_STRING_LIST (matinee_you_view_get_ratings (view)), 0), "Movie "));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_by_tooltip (GTK_WIDGET (view), "Remove This Rating")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Remove This Rating");
  matinee_you_remove (matinee_recommend_page_get_you (page), 0);
}

/* A model that was saved without its ratings recommends at once, and leaves out nothing. */
static void
test_without_ratings (Fixture *self, gconstpointer data)
{
  MatineeRecommendPage *page = matinee_window_get_recommend_page (self->window);
  GtkWidget *window = GTK_WIDGET (self->window);
  const MatineeModel *model;
  g_autoptr (MatineeModel) trained = NULL;
  g_autofree char *list = NULL;

  open_ratings (self);
  window_test_train (self->window);
  trained = matinee_model_ref (matinee_session_get_model (self->session));
  save (self, FALSE);
  matinee_session_open_sample (self->session);
  window_test_wait_idle (self->window);
  open_model (self);
  model = matinee_session_get_model (self->session);
  g_assert_cmpuint (matinee_ratings_get_n (matinee_session_get_dataset (self->session)->ratings), ==, 0);
  g_assert_false (matinee_session_can_train (self->session));
  g_assert_false (matinee_session_can_train_on (self->session));
  for (guint32 user = 0; user < 40; user++)
    for (guint32 movie = 0; movie < 20; movie++)
      g_assert_true (matinee_model_predict (model, user, movie) == matinee_model_predict (trained, user, movie));
  matinee_window_show_page (self->window, "recommend");
  list = describe_list (self, "7");
  window_test_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (matinee_recommend_page_get_films (page)), ==, 20);
  /* What is not known is not said to be nothing. */
  {
    g_autoptr (MatineeFilm) film = g_list_model_get_item (matinee_recommend_page_get_films (page), 0);
    g_autofree char *n_ratings = matinee_film_dup_n_ratings (film);

    g_assert_cmpstr (n_ratings, ==, "–");
  }
  g_assert_false (window_test_shows (window, "No ratings yet"));
  matinee_recommend_page_open_film (page, 3);
  window_test_settle ();
  g_assert_true (window_test_shows (window, "saved without its ratings"));
  g_assert_false (window_test_shows (window, "no closed form"));
  g_assert_false (window_test_shows (window, "How everybody rated it"));
  g_assert_false (window_test_shows (window, "Has not rated it"));
  matinee_window_show_page (self->window, "train");
  window_test_settle ();
  g_assert_true (window_test_shows (window, "20 movies · ratings not known · scale"));
  g_assert_true (window_test_shows (window, "not known which ratings the model was tested on"));
}

/* Cancel, Discard and Save, when other data would take the place of the model. */
static void
test_question (Fixture *self, gconstpointer data)
{
  MatineeModel *model;

  open_ratings (self);
  window_test_train (self->window);
  model = matinee_session_get_model (self->session);
  g_assert_true (matinee_session_get_unsaved (self->session));

  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.open-sample", NULL);
  window_test_answer (self->window, "cancel");
  g_assert_false (matinee_session_get_busy (self->session));
  g_assert_true (matinee_session_get_model (self->session) == model);
  g_assert_true (matinee_session_get_unsaved (self->session));

  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.open-sample", NULL);
  window_test_answer (self->window, "save");
  g_assert_nonnull (matinee_window_get_chooser (self->window));
  g_signal_emit_by_name (matinee_window_get_chooser (self->window), "response", GTK_RESPONSE_CANCEL);
  g_assert_true (matinee_session_get_model (self->session) == model);

  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.open-sample", NULL);
  window_test_answer (self->window, "save");
  choose_model_file (self, self->model);
  g_assert_true (matinee_session_is_sample (self->session));
  g_assert_true (g_file_query_exists (self->model, NULL));

  open_ratings (self);
  window_test_train (self->window);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.open-sample", NULL);
  window_test_answer (self->window, "discard");
  window_test_wait_idle (self->window);
  g_assert_true (matinee_session_is_sample (self->session));
  g_assert_null (matinee_session_get_model (self->session));

  /* A model of the sample is no loss. */
  window_test_train (self->window);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.open-sample", NULL);
  g_assert_null (matinee_window_get_question (self->window));
  window_test_wait_idle (self->window);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* Closing asks too, and saves before it closes; a save that fails keeps the window. */
static void
test_close (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nowhere/model.npz");
  gpointer watched = self->window;

  open_ratings (self);
  window_test_train (self->window);
  /* While a table is written too, whose end is none of the question's business. */
  matinee_session_export (self->session, MATINEE_EXPORT_TRACE, self->model, NULL);
  gtk_window_close (GTK_WINDOW (self->window));
  window_test_wait_idle (self->window);
  g_assert_nonnull (matinee_window_get_question (self->window));
  window_test_answer (self->window, "cancel");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (self->window)));

  gtk_window_close (GTK_WINDOW (self->window));
  window_test_answer (self->window, "save");
  choose_model_file (self, nowhere);
  g_assert_nonnull (matinee_window_get_error_dialog (self->window));
  g_assert_true (matinee_session_get_unsaved (self->session));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (self->window)));

  gtk_window_close (GTK_WINDOW (self->window));
  window_test_answer (self->window, "save");
  g_object_add_weak_pointer (G_OBJECT (self->window), &watched);
  matinee_window_save_model_to (self->window, self->model, TRUE);
  window_test_wait (is_gone, &watched);
  self->window = NULL;
  g_assert_true (g_file_query_exists (self->model, NULL));
}

/* A model of other ratings says so, and does what people choose. */
static void
test_other_data (Fixture *self, gconstpointer data)
{
  g_autofree char *text = ratings_text (30);
  g_autoptr (GFile) others = window_test_write (self->folder, "others.csv", text, -1);
  MatineeDataset *dataset;

  open_ratings (self);
  window_test_train (self->window);
  save (self, TRUE);
  matinee_session_open (self->session, others, NULL);
  window_test_wait_idle (self->window);
  dataset = matinee_session_get_dataset (self->session);

  matinee_session_open_model (self->session, self->model);
  window_test_wait_idle (self->window);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (matinee_window_get_question (self->window)), "others.csv"));
  window_test_answer (self->window, "cancel");
  g_assert_true (matinee_session_get_dataset (self->session) == dataset);
  g_assert_false (matinee_session_can_train_on (self->session));

  window_test_set (self->window, MATINEE_PARAM_FACTORS, 8);
  matinee_session_open_model (self->session, self->model);
  window_test_wait_idle (self->window);
  window_test_answer (self->window, "keep");
  g_assert_true (matinee_session_get_dataset (self->session) == dataset);
  g_assert_true (matinee_session_can_train_on (self->session));
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.train-on", NULL);
  window_test_wait_idle (self->window);
  g_assert_cmpuint (matinee_session_get_model (self->session)->factors->n_factors, ==, 3);
  g_assert_cmpuint (matinee_session_get_model (self->session)->factors->n_users, ==, 30);

  matinee_session_open_model (self->session, self->model);
  window_test_wait_idle (self->window);
  window_test_answer (self->window, "replace");
  g_assert_cmpuint (matinee_session_get_model (self->session)->factors->n_users, ==, 40);
  g_assert_null (matinee_session_get_ratings_file (self->session));
}

/* Trained on from a file is trained in one go. */
static void
test_train_on (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeModel) whole = NULL;
  const MatineeModel *on;

  open_ratings (self);
  window_test_set (self->window, MATINEE_PARAM_TOLERANCE, 0);
  window_test_set (self->window, MATINEE_PARAM_ITERATIONS, 8);
  window_test_train (self->window);
  whole = matinee_model_ref (matinee_session_get_model (self->session));
  window_test_set (self->window, MATINEE_PARAM_ITERATIONS, 4);
  window_test_train (self->window);
  save (self, TRUE);
  matinee_session_open_sample (self->session);
  window_test_wait_idle (self->window);
  open_model (self);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.train-on", NULL);
  window_test_wait_idle (self->window);
  on = matinee_session_get_model (self->session);
  for (guint32 user = 0; user < 40; user++)
    for (guint32 movie = 0; movie < 20; movie++)
      g_assert_true (matinee_model_predict (on, user, movie) == matinee_model_predict (whole, user, movie));
}

static gboolean
has_no_dialog (gpointer data)
{
  return matinee_window_get_error_dialog (data) == NULL;
}

/* Whatever is wrong with a model file is told, and the former model stays. */
static void
test_broken (Fixture *self, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize length;
  gsize lengths[] = { 0, 3, 100, 5000, 0 };
  MatineeModel *model;

  open_ratings (self);
  window_test_train (self->window);
  save (self, TRUE);
  model = matinee_session_get_model (self->session);
  g_assert_true (g_file_load_contents (self->model, NULL, &bytes, &length, NULL, NULL));
  lengths[4] = length;
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GFile) broken = NULL;
      AdwMessageDialog *dialog;

      /* Cut off, or with a byte that is another one. */
      bytes[length / 2] ^= (char) (i == 4 ? 0x55 : 0);
      broken = window_test_write (self->folder, "broken.npz", bytes, (gssize) lengths[i]);
      matinee_window_open_files (self->window, &broken, 1);
      while (matinee_window_get_error_dialog (self->window) == NULL)
        g_main_context_iteration (NULL, TRUE);
      dialog = matinee_window_get_error_dialog (self->window);
      g_test_message ("%s", adw_message_dialog_get_body (dialog));
      g_assert_nonnull (strstr (adw_message_dialog_get_heading (dialog), "broken.npz"));
      g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "broken.npz"));
      g_assert_true (matinee_session_get_model (self->session) == model);
      g_assert_false (matinee_session_get_unsaved (self->session));
      window_test_settle ();
      gtk_window_close (GTK_WINDOW (dialog));
      window_test_wait (has_no_dialog, self->window);
    }
}

static gboolean
has_model (gpointer data)
{
  return matinee_session_get_model (matinee_window_get_session (data)) != NULL;
}

/* What was opened is listed, the last one first; what has gone is told and forgotten. */
static void
test_recent (Fixture *self, gconstpointer data)
{
  MatineeRecent *recent = matinee_session_get_recent (self->session);
  g_autoptr (GFile) first = NULL;
  g_autoptr (GFile) second = NULL;
  g_autofree char *uri = g_file_get_uri (self->model);

  open_ratings (self);
  window_test_train (self->window);
  save (self, TRUE);
  open_ratings (self);
  g_assert_cmpuint (matinee_recent_get_n (recent), ==, 2);
  first = matinee_recent_dup_file (recent, 0);
  second = matinee_recent_dup_file (recent, 1);
  g_assert_true (g_file_equal (first, self->ratings));
  g_assert_true (g_file_equal (second, self->model));

  matinee_session_open_sample (self->session);
  window_test_wait_idle (self->window);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.open-recent", "(ss)", uri, "");
  window_test_wait (has_model, self->window);
  window_test_wait_idle (self->window);

  g_assert_true (g_file_delete (self->model, NULL, NULL));
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.open-recent", "(ss)", uri, "");
  while (matinee_window_get_error_dialog (self->window) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (matinee_recent_get_n (recent), ==, 1);
  gtk_window_close (GTK_WINDOW (matinee_window_get_error_dialog (self->window)));
  window_test_wait (has_no_dialog, self->window);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.clear-recent", NULL);
  g_assert_cmpuint (matinee_recent_get_n (recent), ==, 0);

  /* Who wants nothing remembered has nothing listed. */
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", FALSE, NULL);
  open_ratings (self);
  g_assert_cmpuint (matinee_recent_get_n (recent), ==, 0);
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", TRUE, NULL);
  g_assert_cmpuint (matinee_recent_get_n (recent), ==, 0);
}

/* A model that was open with its own data is opened again at the next start. */
static void
test_restore (Fixture *self, gconstpointer data)
{
  MatineeSettings *settings = matinee_session_get_settings (self->session);

  open_ratings (self);
  window_test_train (self->window);
  save (self, TRUE);
  matinee_session_open_sample (self->session);
  window_test_wait_idle (self->window);
  open_model (self);
  for (guint broken = 0; broken < 2; broken++)
    {
      MatineeWindow *other = matinee_window_new (GTK_APPLICATION (window_test_application ()), settings);
      MatineeSession *session = matinee_window_get_session (other);

      gtk_window_present (GTK_WINDOW (other));
      matinee_window_restore (other);
      window_test_wait_idle (other);
      g_assert_cmpint (matinee_session_is_sample (session), ==, broken);
      g_assert_cmpint (matinee_window_get_error_dialog (other) != NULL, ==, broken);
      g_assert_true (g_file_replace_contents (self->model, "broken", 6, NULL, FALSE, 0, NULL, NULL, NULL));
      window_test_close (other);
    }
}

static void
test_exports (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) pairs = window_test_write (self->folder, "pairs.csv", "userId,movieId\n1,1\nx,2\n", -1);

  open_ratings (self);
  window_test_train (self->window);
  for (guint what = 0; what < MATINEE_N_EXPORTS; what++)
    {
      g_autofree char *name = g_strdup_printf ("table-%u.json", what);
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_autoptr (GFile) out = g_file_new_for_path (path);

      matinee_session_export (self->session, what, out, pairs);
      window_test_wait_idle (self->window);
      g_assert_null (matinee_window_get_error_dialog (self->window));
      g_assert_true (g_file_query_exists (out, NULL));
    }
  g_assert_true (matinee_session_get_unsaved (self->session));
}

#define ADD(path, func) g_test_add ("/models/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  window_test_application ();
  ADD ("round-trip", test_round_trip);
  ADD ("no-titles", test_no_titles);
  ADD ("without-ratings", test_without_ratings);
  ADD ("question", test_question);
  ADD ("close", test_close);
  ADD ("other-data", test_other_data);
  ADD ("train-on", test_train_on);
  ADD ("broken", test_broken);
  ADD ("recent", test_recent);
  ADD ("restore", test_restore);
  ADD ("exports", test_exports);
  return g_test_run ();
}
