/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "archive-file.h"
#include "matinee-data-window.h"
#include "matinee-trace-window.h"
#include "matinee-choice-dialog.h"
#include "matinee-data-group.h"
#include "matinee-film.h"
#include "matinee-solver.h"
#include "matinee-user.h"
#include "window-test.h"

/* A title that would be markup, one from right to left, one that no line can hold. */
#define MARKUP_TITLE "<b>Tom & Jerry</b> (1940)"
#define RTL_TITLE "الفيلم (1958)"

typedef struct
{
  MatineeWindow *window;
  MatineeSession *session;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->window = window_test_open (window_test_application ());
  fixture->session = g_object_ref (matinee_window_get_session (fixture->window));
  fixture->folder = g_dir_make_tmp ("matinee-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MatineeSettings) settings = g_object_ref (matinee_application_get_settings (window_test_application ()));
  MatineeParams params;

  if (fixture->window != NULL)
    window_test_close (fixture->window);
  g_assert_finalize_object (fixture->session);
  window_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  matinee_params_init (&params, 2);
  matinee_settings_save_params (settings, &params);
  matinee_settings_set_file (settings, "ratings-file", NULL);
  matinee_settings_set_file (settings, "titles-file", NULL);
  matinee_settings_set_boolean (settings, "titles-chosen", FALSE);
}

static guint
n_films (Fixture *fixture)
{
  return g_list_model_get_n_items (
      matinee_recommend_page_get_films (matinee_window_get_recommend_page (fixture->window)));
}

static MatineeFilm *
film_at (Fixture *fixture, guint position)
{
  return g_list_model_get_item (matinee_recommend_page_get_films (matinee_window_get_recommend_page (fixture->window)),
                                position);
}

/* From the start to a list of films, as a person would go. */
static void
test_sample (Fixture *fixture, gconstpointer data)
{
  MatineeTrainPage *train_page = matinee_window_get_train_page (fixture->window);
  MatineeRecommendPage *page = matinee_window_get_recommend_page (fixture->window);
  const MatineeModel *model;
  g_autoptr (MatineeFilm) first = NULL;
  double before = G_MAXDOUBLE;
  guint n_hidden;

  g_assert_true (matinee_session_get_dataset (fixture->session)->synthetic);
  g_assert_cmpstr (matinee_recommend_page_get_state (page), ==, "untrained");
  g_assert_null (matinee_train_page_get_result (train_page));

  window_test_train (fixture->window);
  model = matinee_session_get_model (fixture->session);
  g_assert_nonnull (model);
  g_assert_nonnull (matinee_train_page_get_result (train_page));
  g_assert_nonnull (strstr (matinee_train_page_get_status (train_page), "test RMSE"));
  g_assert_cmpfloat (matinee_errors_rmse_clipped (&model->test), <, 0.9);
  g_assert_cmpuint (matinee_plot_series_get_length (matinee_plot_model_get_series (
                        matinee_plot_get_model (matinee_train_page_get_plot (train_page)), 1)),
                    ==, model->trace->n);

  matinee_window_show_page (fixture->window, "recommend");
  window_test_settle ();
  g_assert_cmpstr (matinee_recommend_page_get_state (page), ==, "films");
  g_assert_cmpuint (g_list_model_get_n_items (matinee_recommend_page_get_users (page)), ==, 600);
  g_assert_true (matinee_recommend_page_choose_user (page, "2"));
  g_assert_false (matinee_recommend_page_choose_user (page, "nobody"));
  gtk_spin_button_set_value (matinee_recommend_page_get_n_button (page), 5);
  g_assert_cmpuint (n_films (fixture), ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (MatineeFilm) film = film_at (fixture, i);

      g_assert_cmpuint (matinee_film_get_rank (film), ==, i + 1);
      g_assert_cmpfloat (matinee_film_get_prediction (film), <=, before);
      g_assert_cmpstr (matinee_film_get_title (film), !=, "");
      before = matinee_film_get_prediction (film);
    }

  n_hidden = matinee_recommend_page_get_n_hidden (page);
  g_assert_cmpuint (n_hidden, >, 0);
  gtk_spin_button_set_value (matinee_recommend_page_get_n_button (page), 1000);
  g_assert_cmpuint (n_films (fixture), ==, 400 - n_hidden);
  gtk_switch_set_active (matinee_recommend_page_get_hide_switch (page), FALSE);
  g_assert_cmpuint (n_films (fixture), ==, 400);
  g_assert_cmpuint (matinee_recommend_page_get_n_hidden (page), ==, 0);
  gtk_switch_set_active (matinee_recommend_page_get_hide_switch (page), TRUE);
  gtk_spin_button_set_value (matinee_recommend_page_get_n_button (page), 20);

  matinee_recommend_page_search (page, "59");
  g_assert_cmpuint (g_list_model_get_n_items (matinee_recommend_page_get_users (page)), ==, 11);
  matinee_recommend_page_search (page, "<i>");
  g_assert_cmpuint (g_list_model_get_n_items (matinee_recommend_page_get_users (page)), ==, 0);
  g_assert_cmpuint (n_films (fixture), ==, 20);
  matinee_recommend_page_search (page, "");
  window_test_settle ();
}

/* The same records by time, as the objective, as a table, and beside the baselines. */
static void
test_chart (Fixture *fixture, gconstpointer data)
{
  MatineeTrainPage *page = matinee_window_get_train_page (fixture->window);
  MatineePlotModel *plot = matinee_plot_get_model (matinee_train_page_get_plot (page));
  const MatineeModel *model;
  const MatineeTracePoint *last;
  GtkWidget *window;
  double x, y;

  window_test_train (fixture->window);
  model = matinee_session_get_model (fixture->session);
  last = matinee_trace_last (model->trace);
  /* The noise floor, biases only, the mean rating. */
  g_assert_cmpuint (matinee_plot_model_get_n_references (plot), ==, 3);
  g_assert_cmpfloat (matinee_plot_model_get_reference (plot, 0)->value, <,
                     matinee_plot_model_get_reference (plot, 1)->value);
  g_assert_cmpfloat (matinee_plot_model_get_reference (plot, 1)->value, <,
                     matinee_plot_model_get_reference (plot, 2)->value);

  matinee_train_page_set_by_time (page, TRUE);
  g_assert_true (matinee_plot_series_get_point (matinee_plot_model_get_series (plot, 0), model->trace->n - 1, &x, &y));
  g_assert_cmpfloat (x, ==, last->seconds);
  g_assert_cmpfloat (y, ==, matinee_errors_rmse (&last->train));
  matinee_train_page_set_kind (page, MATINEE_CURVES_OBJECTIVE);
  g_assert_true (matinee_plot_series_get_point (matinee_plot_model_get_series (plot, 1), model->trace->n - 1, &x, &y));
  g_assert_cmpfloat (y, ==, last->penalty);
  g_assert_cmpuint (matinee_plot_model_get_n_references (plot), ==, 0);
  g_assert_cmpuint (matinee_plot_model_get_n_marks (plot), ==, 0);
  /* On a log axis down to the tolerance, and a mark where it is met. */
  matinee_train_page_set_kind (page, MATINEE_CURVES_CONVERGENCE);
  g_assert_cmpint (matinee_plot_model_get_y_scale (plot), ==, MATINEE_PLOT_SCALE_LOG);
  g_assert_cmpuint (matinee_plot_model_get_n_series (plot), ==, 1);
  g_assert_cmpuint (matinee_plot_model_get_n_references (plot), ==, 1);
  g_assert_cmpfloat (matinee_plot_model_get_reference (plot, 0)->value, ==, model->params.tolerance);
  g_assert_cmpint (model->reason, ==, MATINEE_CONVERGED);
  g_assert_cmpuint (matinee_plot_model_get_n_marks (plot), ==, 1);
  g_assert_cmpfloat (matinee_plot_model_get_mark (plot, 0)->y, <=, model->params.tolerance);
  g_assert_cmpfloat (matinee_plot_model_get_mark (plot, 0)->x, ==, last->seconds);
  matinee_train_page_set_kind (page, MATINEE_CURVES_LOSS);
  g_assert_cmpint (matinee_plot_model_get_y_scale (plot), ==, MATINEE_PLOT_SCALE_LINEAR);
  matinee_train_page_set_by_time (page, FALSE);
  g_assert_cmpuint (matinee_plot_model_get_n_references (plot), ==, 3);
  g_assert_cmpuint (matinee_plot_model_get_n_marks (plot), ==, 1);

  window = matinee_trace_window_new (GTK_WINDOW (fixture->window), model->trace->points, model->trace->n);
  gtk_window_present (GTK_WINDOW (window));
  window_test_settle ();
  g_assert_cmpuint (matinee_data_window_get_n_rows (window), ==, model->trace->n);
  gtk_window_destroy (GTK_WINDOW (window));
  window_test_settle ();
}

/* Six users and five films, one of them without a title. */
static const char ratings_text[] = "userId,movieId,rating,timestamp\n"
                                   "1,10,4,0\n1,20,3,0\n1,30,5,0\n2,10,4.5,0\n2,20,2,0\n3,30,4,0\n3,40,1,0\n"
                                   "anna,10,5,0\nanna,99,4,0\n5,40,2,0\n5,20,3,0\n6,99,3.5,0\n6,30,4.5,0\n6,10,4,0\n";

static char *
titles_text (void)
{
  g_autofree char *long_title = g_strnfill (300, 'x');

  return g_strdup_printf ("movieId,title,genres\n10,%s,Animation|Comedy\n20,%s,Drama\n30,%s,\n40,\"Last, The (2001)\","
                          "Drama\n50,Unseen (1999),War\n",
                          MARKUP_TITLE, RTL_TITLE, long_title);
}

static void
test_files (Fixture *fixture, gconstpointer data)
{
  MatineeRecommendPage *page = matinee_window_get_recommend_page (fixture->window);
  g_autofree char *titles = titles_text ();
  g_autoptr (GFile) ratings_file = window_test_write (fixture->folder, "ratings.csv", ratings_text, -1);
  g_autoptr (GFile) titles_file = window_test_write (fixture->folder, "movies.csv", titles, -1);
  const MatineeDataset *dataset;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  matinee_session_open (fixture->session, ratings_file, NULL);
  window_test_wait_idle (fixture->window);
  g_assert_null (matinee_window_get_error_dialog (fixture->window));
  dataset = matinee_session_get_dataset (fixture->session);
  g_assert_cmpuint (matinee_ratings_get_n (dataset->ratings), ==, 14);
  g_assert_nonnull (dataset->titles);
  g_assert_true (g_file_equal (matinee_session_get_titles_file (fixture->session), titles_file));
  g_assert_cmpuint (dataset->n_untitled_movies, ==, 1);
  g_assert_cmpuint (dataset->n_unrated_titles, ==, 1);

  window_test_set (fixture->window, MATINEE_PARAM_FACTORS, 2);
  window_test_train (fixture->window);
  matinee_window_show_page (fixture->window, "recommend");
  gtk_switch_set_active (matinee_recommend_page_get_hide_switch (page), FALSE);
  g_assert_true (matinee_recommend_page_choose_user (page, "anna"));
  g_assert_cmpuint (n_films (fixture), ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (MatineeFilm) film = film_at (fixture, i);

      g_assert_cmpfloat (matinee_film_get_prediction (film), >=, 1);
      g_assert_cmpfloat (matinee_film_get_prediction (film), <=, 5);
      g_hash_table_add (seen, g_strdup (matinee_film_get_title (film)));
    }
  g_assert_true (g_hash_table_contains (seen, "<b>Tom & Jerry</b>"));
  g_assert_true (g_hash_table_contains (seen, "الفيلم"));
  g_assert_true (g_hash_table_contains (seen, "Movie 99"));
  window_test_settle ();
  gtk_switch_set_active (matinee_recommend_page_get_hide_switch (page), TRUE);
}

/* Titles that were chosen by hand stay when other ratings are opened; files are told
 * apart by what is in them; titles can come later, and leave the model alone. */
static void
test_titles (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) ratings = window_test_write (fixture->folder, "a.csv", ratings_text, -1);
  g_autofree char *text = titles_text ();
  g_autoptr (GFile) titles = window_test_write (fixture->folder, "b.csv", text, -1);
  GFile *files[] = { titles, ratings };
  const MatineeModel *model;

  matinee_window_open_files (fixture->window, &ratings, 1);
  while (matinee_session_get_ratings_file (fixture->session) == NULL)
    g_main_context_iteration (NULL, TRUE);
  window_test_wait_idle (fixture->window);
  g_assert_null (matinee_session_get_dataset (fixture->session)->titles);

  window_test_set (fixture->window, MATINEE_PARAM_FACTORS, 2);
  window_test_train (fixture->window);
  model = matinee_session_get_model (fixture->session);
  matinee_window_open_files (fixture->window, &titles, 1);
  while (matinee_session_get_titles_file (fixture->session) == NULL)
    g_main_context_iteration (NULL, TRUE);
  window_test_wait_idle (fixture->window);
  g_assert_true (matinee_session_get_model (fixture->session) == model);
  g_assert_nonnull (matinee_session_get_dataset (fixture->session)->titles);

  matinee_session_open (fixture->session, ratings, NULL);
  window_test_wait_idle (fixture->window);
  g_assert_true (g_file_equal (matinee_session_get_titles_file (fixture->session), titles));
  g_assert_null (matinee_session_get_model (fixture->session));

  matinee_session_open_sample (fixture->session);
  window_test_wait_idle (fixture->window);
  g_assert_null (matinee_session_get_titles_file (fixture->session));
  matinee_window_open_files (fixture->window, files, 2);
  while (matinee_session_get_titles_file (fixture->session) == NULL)
    g_main_context_iteration (NULL, TRUE);
  window_test_wait_idle (fixture->window);
  g_assert_true (g_file_equal (matinee_session_get_ratings_file (fixture->session), ratings));
  g_assert_null (matinee_window_get_error_dialog (fixture->window));
}

static const char *
data_text (Fixture *fixture, const char *name)
{
  GtkWidget *page = GTK_WIDGET (matinee_window_get_train_page (fixture->window));
  GObject *group = gtk_widget_get_template_child (page, MATINEE_TYPE_TRAIN_PAGE, "data_group");
  GObject *label = gtk_widget_get_template_child (GTK_WIDGET (group), MATINEE_TYPE_DATA_GROUP, name);

  return GTK_IS_EXPANDER (label) ? gtk_expander_get_label (GTK_EXPANDER (label))
                                 : gtk_label_get_text (GTK_LABEL (label));
}

/* What may be a mistake in a file is told, with the lines that were left out. */
static void
test_oddities (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("userId,movieId,rating\n");
  g_autoptr (GFile) ratings = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, i % 1000 == 700 ? "%u,%u,good%u\n" : "%u,%u,%u\n", i / 30 + 1, i % 30 + 1,
                            1 + i * i % 5);
  g_string_append (text, "999,1,3\n1,777,50\n");
  ratings = window_test_write (fixture->folder, "odd.csv", text->str, -1);
  matinee_session_open (fixture->session, ratings, NULL);
  window_test_wait_idle (fixture->window);
  g_assert_nonnull (strstr (data_text (fixture, "notes"), "1 user has a single rating."));
  g_assert_nonnull (strstr (data_text (fixture, "notes"), "1 movie has a single rating."));
  g_assert_nonnull (strstr (data_text (fixture, "notes"), "far outside the scale of the others: 50."));
  g_assert_cmpstr (data_text (fixture, "bad_lines"), ==, "3 bad lines were left out");
  g_assert_nonnull (strstr (data_text (fixture, "bad_lines_text"), "odd.csv, line 1702, column"));
  matinee_session_open_sample (fixture->session);
  window_test_wait_idle (fixture->window);
  g_assert_null (strstr (data_text (fixture, "notes"), "single rating"));
}

static gboolean
has_choice (gpointer data)
{
  return matinee_window_get_choice_dialog (data) != NULL;
}

static gboolean
has_no_choice (gpointer data)
{
  return matinee_window_get_choice_dialog (data) == NULL;
}

/* An archive with two tables: the person is asked, and what is then chosen is opened
 * with the titles in the same archive, and again at the next start. */
static void
test_archive (Fixture *fixture, gconstpointer data)
{
  g_autofree char *titles = titles_text ();
  const ArchiveFileMember members[] = {
    { "<b>old</b>/ratings.csv", "userId,movieId,rating\n1,10,4\n2,10,3\n", 0, 0 },
    { "new/ratings.csv", ratings_text, 0, 0 },
    { "new/movies.csv", titles, 0, 0 },
  };
  g_autofree char *path = g_build_filename (fixture->folder, "films.zip", NULL);
  g_autofree char *packed = g_build_filename (fixture->folder, "names.csv.gz", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) packed_file = g_file_new_for_path (packed);
  MatineeDataset *before = matinee_session_get_dataset (fixture->session);
  AdwMessageDialog *dialog;
  GtkListBox *list;

  archive_file_write (path, ARCHIVE_FILE_ZIP, members, G_N_ELEMENTS (members));
  archive_file_write_text (packed, ARCHIVE_FILE_GZIP, "-", titles);

  matinee_window_open_files (fixture->window, &file, 1);
  window_test_wait (has_choice, fixture->window);
  dialog = matinee_window_get_choice_dialog (fixture->window);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "films.zip"));
  window_test_settle ();
  gtk_window_close (GTK_WINDOW (dialog));
  window_test_wait (has_no_choice, fixture->window);
  g_assert_true (matinee_session_get_dataset (fixture->session) == before);

  matinee_session_open (fixture->session, file, NULL);
  window_test_wait (has_choice, fixture->window);
  dialog = matinee_window_get_choice_dialog (fixture->window);
  list = matinee_choice_dialog_get_list (dialog);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (gtk_list_box_get_row_at_index (list, 0))), ==,
                   "<b>old</b>/ratings.csv");
  g_assert_null (gtk_list_box_get_row_at_index (list, 2));
  window_test_settle ();
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 1));
  window_test_wait (has_no_choice, fixture->window);
  window_test_wait_idle (fixture->window);
  g_assert_null (matinee_window_get_error_dialog (fixture->window));
  g_assert_cmpuint (matinee_ratings_get_n (matinee_session_get_dataset (fixture->session)->ratings), ==, 14);
  g_assert_nonnull (matinee_session_get_dataset (fixture->session)->titles);

  matinee_session_open_sample (fixture->session);
  window_test_wait_idle (fixture->window);
  matinee_window_open_files (fixture->window, &packed_file, 1);
  while (matinee_session_get_titles_file (fixture->session) == NULL)
    g_main_context_iteration (NULL, TRUE);
  window_test_wait_idle (fixture->window);
  g_assert_true (g_file_equal (matinee_session_get_titles_file (fixture->session), packed_file));
}

static gboolean
has_no_dialog (gpointer data)
{
  return matinee_window_get_error_dialog (data) == NULL;
}

static void
assert_fails (Fixture *fixture, GFile *file, gboolean as_titles, const char *said)
{
  MatineeDataset *dataset = matinee_session_get_dataset (fixture->session);
  MatineeModel *model = matinee_session_get_model (fixture->session);
  g_autofree char *name = g_file_get_basename (file);
  AdwMessageDialog *dialog;

  if (as_titles)
    matinee_session_open_titles (fixture->session, file);
  else
    matinee_session_open (fixture->session, file, NULL);
  window_test_wait_idle (fixture->window);
  dialog = matinee_window_get_error_dialog (fixture->window);
  g_assert_nonnull (dialog);
  g_assert_nonnull (strstr (adw_message_dialog_get_heading (dialog), name));
  g_assert_false (adw_message_dialog_get_body_use_markup (dialog));
  g_test_message ("%s", adw_message_dialog_get_body (dialog));
  if (strstr (adw_message_dialog_get_body (dialog), said) == NULL)
    g_error ("“%s” is not in “%s”", said, adw_message_dialog_get_body (dialog));
  g_assert_true (matinee_session_get_dataset (fixture->session) == dataset);
  g_assert_true (matinee_session_get_model (fixture->session) == model);
  window_test_settle ();
  gtk_window_close (GTK_WINDOW (dialog));
  window_test_wait (has_no_dialog, fixture->window);
}

static void
test_broken (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *text;
    const char *said;
  } cases[] = {
    { "empty.csv", "", "empty.csv" },
    { "header.csv", "userId,movieId,rating\n", "header.csv" },
    { "column.csv", "userId,movieId\n1,2\n", "rating" },
    { "text.csv", "userId,movieId,rating\n1,2,3\n1,3,good\n", "line 3" },
    { "nan.csv", "userId,movieId,rating\n1,2,nan\n", "line 2" },
    { "huge.csv", "userId,movieId,rating\n1,2,1e999\n", "line 2" },
    { "<b>&.csv", "userId,movieId,rating\n1,2,<b>&\n", "<b>&" },
  };
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  g_autoptr (GFile) missing = g_file_get_child (folder, "missing.csv");
  g_autoptr (GFile) ratings = window_test_write (fixture->folder, "r.csv", ratings_text, -1);

  window_test_train (fixture->window);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) file = window_test_write (fixture->folder, cases[i].name, cases[i].text, -1);

      assert_fails (fixture, file, FALSE, cases[i].said);
    }
  assert_fails (fixture, missing, FALSE, "missing.csv");
  assert_fails (fixture, folder, FALSE, "");
  assert_fails (fixture, ratings, TRUE, "title");
}

static void
told_cb (GString *told, const char *text)
{
  g_string_append_printf (told, "%s\n", text);
}

/* A bad line in thousands is left out, and that is said. */
static void
test_bad_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("userId,movieId,rating\n1,10,good\n");
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (GFile) file = NULL;
  gulong handler;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text, "%u,%u,%u\n", 1 + i / 20, i % 20, 1 + i % 5);
  file = window_test_write (fixture->folder, "slip.csv", text->str, -1);
  handler = g_signal_connect_swapped (fixture->session, "message", G_CALLBACK (told_cb), told);
  matinee_session_open (fixture->session, file, NULL);
  window_test_wait_idle (fixture->window);
  g_signal_handler_disconnect (fixture->session, handler);
  g_assert_null (matinee_window_get_error_dialog (fixture->window));
  g_assert_cmpuint (matinee_ratings_get_n (matinee_session_get_dataset (fixture->session)->ratings), ==, 2000);
  g_assert_nonnull (strstr (told->str, "Left out 1 bad line of “slip.csv”\n"));
}

/* Titles that were merely found beside the ratings don't keep those from opening. */
static void
test_broken_titles (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) ratings = window_test_write (fixture->folder, "ratings.csv", ratings_text, -1);
  g_autoptr (GFile) titles = window_test_write (fixture->folder, "movies.csv", "nothing\n", -1);
  AdwMessageDialog *dialog;

  matinee_session_open (fixture->session, ratings, NULL);
  window_test_wait_idle (fixture->window);
  dialog = matinee_window_get_error_dialog (fixture->window);
  g_assert_nonnull (dialog);
  g_assert_nonnull (strstr (adw_message_dialog_get_heading (dialog), "movies.csv"));
  g_assert_true (g_file_equal (matinee_session_get_ratings_file (fixture->session), ratings));
  g_assert_null (matinee_session_get_titles_file (fixture->session));
  gtk_window_close (GTK_WINDOW (dialog));
}

/* Sets up a training that would take for ever, and begins it. */
static void
begin_long_training (Fixture *fixture)
{
  MatineeParams params = *matinee_session_get_params (fixture->session);

  params.solver = matinee_solver_find ("gradient");
  params.n_iterations = 10000;
  params.learning_rate = 1e-6;
  params.tolerance = 0;
  matinee_session_set_params (fixture->session, &params);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.train", NULL);
}

static MatineePlotSeries *
test_series (Fixture *fixture)
{
  MatineePlot *plot = matinee_train_page_get_plot (matinee_window_get_train_page (fixture->window));

  return matinee_plot_model_get_series (matinee_plot_get_model (plot), 1);
}

static gboolean
has_points (gpointer data)
{
  return matinee_plot_series_get_length (test_series (data)) > 2;
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  MatineeTrainPage *page = matinee_window_get_train_page (fixture->window);
  g_autoptr (GFile) file = window_test_write (fixture->folder, "r.csv", ratings_text, -1);
  MatineeDataset *dataset = matinee_session_get_dataset (fixture->session);
  gint64 asked;

  begin_long_training (fixture);
  window_test_wait (has_points, fixture);
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (matinee_train_page_get_row (page, MATINEE_PARAM_SEED))));
  matinee_session_open (fixture->session, file, NULL);
  g_assert_false (matinee_session_get_loading (fixture->session));
  g_assert_true (matinee_session_get_dataset (fixture->session) == dataset);

  asked = g_get_monotonic_time ();
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.stop", NULL);
  window_test_wait_idle (fixture->window);
  g_test_message ("stopped after %.1f ms", (double) (g_get_monotonic_time () - asked) / 1000);
  g_assert_cmpint (matinee_session_get_model (fixture->session)->reason, ==, MATINEE_CANCELLED);
  g_assert_nonnull (strstr (matinee_train_page_get_result (page), "Stopped"));
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (matinee_train_page_get_row (page, MATINEE_PARAM_SEED))));
  g_assert_cmpuint (n_films (fixture), >, 0);
}

static void
test_close_while_training (Fixture *fixture, gconstpointer data)
{
  begin_long_training (fixture);
  window_test_wait (has_points, fixture);
  window_test_close (g_steal_pointer (&fixture->window));
  g_assert_false (matinee_session_get_busy (fixture->session));
}

static void
test_close_while_loading (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) ratings = window_test_write (fixture->folder, "ratings.csv", ratings_text, -1);

  matinee_session_open (fixture->session, ratings, NULL);
  g_assert_true (matinee_session_get_loading (fixture->session));
  window_test_close (g_steal_pointer (&fixture->window));
  g_assert_false (matinee_session_get_busy (fixture->session));
}

static void
test_diverge (Fixture *fixture, gconstpointer data)
{
  MatineeTrainPage *page = matinee_window_get_train_page (fixture->window);
  MatineeParams params = *matinee_session_get_params (fixture->session);

  params.solver = matinee_solver_find ("gradient");
  params.learning_rate = 1;
  params.n_iterations = 200;
  matinee_session_set_params (fixture->session, &params);
  window_test_train (fixture->window);
  g_assert_cmpint (matinee_session_get_model (fixture->session)->reason, ==, MATINEE_DIVERGED);
  g_assert_nonnull (strstr (matinee_train_page_get_result (page), "Diverged"));
  g_assert_null (matinee_window_get_error_dialog (fixture->window));
}

/* What is typed reaches the training, and the next start. */
static void
test_params (Fixture *fixture, gconstpointer data)
{
  MatineeSettings *settings = matinee_session_get_settings (fixture->session);
  MatineeTrainPage *page = matinee_window_get_train_page (fixture->window);
  MatineeParams params;

  window_test_type (fixture->window, MATINEE_PARAM_FACTORS, "7");
  window_test_type (fixture->window, MATINEE_PARAM_TOLERANCE, "1e-7");
  window_test_type (fixture->window, MATINEE_PARAM_TEST_SHARE, "25 %");
  window_test_type (fixture->window, MATINEE_PARAM_SEED, "4294967295");
  window_test_train (fixture->window);
  params = matinee_session_get_model (fixture->session)->params;
  g_assert_cmpuint (params.n_factors, ==, 7);
  g_assert_cmpfloat (params.tolerance, ==, 1e-7);
  g_assert_cmpfloat (params.test_share, ==, 0.25);
  g_assert_cmpuint (params.seed, ==, 4294967295);
  matinee_settings_load_params (settings, &params);
  g_assert_cmpuint (params.n_factors, ==, 7);
  g_assert_cmpfloat (params.test_share, ==, 0.25);

  matinee_train_page_set_loss (page, MATINEE_LOSS_MAE);
  g_assert_nonnull (strstr (matinee_train_page_get_status (page), "test MAE"));
  matinee_train_page_set_loss (page, MATINEE_LOSS_RMSE);
  window_test_type (fixture->window, MATINEE_PARAM_TEST_SHARE, "0");
  window_test_train (fixture->window);
  g_assert_null (strstr (matinee_train_page_get_status (page), "test"));
}

/* What was open last is opened again; what has gone since is replaced by the sample. */
static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) ratings = window_test_write (fixture->folder, "ratings.csv", ratings_text, -1);
  g_autofree char *text = titles_text ();
  g_autoptr (GFile) titles = window_test_write (fixture->folder, "movies.csv", text, -1);
  MatineeSettings *settings = matinee_session_get_settings (fixture->session);

  matinee_session_open (fixture->session, ratings, NULL);
  window_test_wait_idle (fixture->window);
  for (guint gone = 0; gone < 2; gone++)
    {
      MatineeWindow *other = matinee_window_new (GTK_APPLICATION (window_test_application ()), settings);
      MatineeSession *session = matinee_window_get_session (other);

      gtk_window_present (GTK_WINDOW (other));
      matinee_window_restore (other);
      window_test_wait_idle (other);
      if (!gone)
        {
          g_assert_true (g_file_equal (matinee_session_get_ratings_file (session), ratings));
          g_assert_nonnull (matinee_session_get_dataset (session)->titles);
          g_assert_true (g_file_delete (ratings, NULL, NULL));
        }
      else
        g_assert_true (matinee_session_get_dataset (session)->synthetic);
      g_assert_null (matinee_window_get_error_dialog (other));
      window_test_close (other);
    }
}

/* Without the borders, which are the window manager's. */
static int
minimum_width (MatineeWindow *window)
{
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));
  int minimum;

  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* It fits in 360 pixels with and without a model, in both directions of text. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < 2; round++)
    {
      gtk_widget_set_default_direction (round == 0 ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_RTL);
      for (guint trained = 0; trained < 2; trained++)
        {
          gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
          matinee_window_show_page (fixture->window, "recommend");
          window_test_settle ();
          g_assert_cmpint (minimum_width (fixture->window), <=, 360);
          matinee_window_show_page (fixture->window, "train");
          window_test_settle ();
          g_assert_cmpint (minimum_width (fixture->window), <=, 360);
          if (!trained)
            window_test_train (fixture->window);
          window_test_settle ();
        }
      gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 720);
      window_test_settle ();
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_windows (Fixture *fixture, gconstpointer data)
{
  GActionGroup *actions = G_ACTION_GROUP (window_test_application ());
  GtkWidget *widget = GTK_WIDGET (fixture->window);

  g_action_group_activate_action (actions, "help", NULL);
  g_action_group_activate_action (actions, "about", NULL);
  g_assert_true (gtk_widget_activate_action (widget, "win.show-help-overlay", NULL));
  window_test_settle ();
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (actions)); l != NULL;)
    {
      GtkWindow *window = l->data;

      l = l->next;
      if (window != GTK_WINDOW (fixture->window))
        gtk_window_destroy (window);
    }
  window_test_settle ();
}

#define ADD(path, func) g_test_add ("/window/" path, Fixture, NULL, set_up, func, tear_down)

/* All shortcuts can be seen at once on a small screen. */
static void
test_shortcuts (Fixture *fixture, gconstpointer data)
{
  GtkWidget *overlay = GTK_WIDGET (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (fixture->window)));
  int height;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-help-overlay", NULL);
  window_test_settle ();
  g_assert_true (gtk_widget_get_mapped (overlay));
  g_assert_true (window_test_shows (overlay, "Zoom in and out"));
  gtk_widget_measure (overlay, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, <=, 720);
  gtk_window_close (GTK_WINDOW (overlay));
  window_test_settle ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  window_test_application ();
  ADD ("sample", test_sample);
  ADD ("chart", test_chart);
  ADD ("files", test_files);
  ADD ("titles", test_titles);
  ADD ("oddities", test_oddities);
  ADD ("archive", test_archive);
  ADD ("broken", test_broken);
  ADD ("bad-line", test_bad_line);
  ADD ("broken-titles", test_broken_titles);
  ADD ("stop", test_stop);
  ADD ("close-while-training", test_close_while_training);
  ADD ("close-while-loading", test_close_while_loading);
  ADD ("diverge", test_diverge);
  ADD ("params", test_params);
  ADD ("restore", test_restore);
  ADD ("narrow", test_narrow);
  ADD ("windows", test_windows);
  ADD ("shortcuts", test_shortcuts);
  return g_test_run ();
}
