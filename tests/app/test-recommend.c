/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "matinee-film.h"
#include "matinee-films-export.h"
#include "matinee-solver.h"
#include "window-test.h"

typedef struct
{
  MatineeWindow *window;
  MatineeSession *session;
  MatineeRecommendPage *page;
} Fixture;

static gboolean
is_prepared (gpointer data)
{
  return matinee_recommend_page_is_prepared (data);
}

static void
train (Fixture *fixture, const char *solver)
{
  MatineeParams params = *matinee_session_get_params (fixture->session);

  matinee_params_apply_preset (&params, matinee_preset_for_solver (matinee_solver_find (solver)));
  params.n_iterations = 5;
  matinee_session_set_params (fixture->session, &params);
  window_test_train (fixture->window);
  matinee_window_show_page (fixture->window, "recommend");
  window_test_settle ();
}

/* A window with the sample, a model of it, and the page. */
static void
set_up (Fixture *fixture, gconstpointer solver)
{
  fixture->window = window_test_open (window_test_application ());
  fixture->session = matinee_window_get_session (fixture->window);
  fixture->page = matinee_window_get_recommend_page (fixture->window);
  window_test_wait (is_prepared, fixture->page);
  train (fixture, solver != NULL ? solver : "exact");
  g_assert_true (matinee_recommend_page_choose_user (fixture->page, "2"));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  MatineeSettings *settings = matinee_application_get_settings (window_test_application ());

  matinee_settings_set_int (settings, "minimum-ratings", 5);
  matinee_settings_set_int (settings, "number-of-films", 20);
  matinee_settings_set_boolean (settings, "hide-rated", TRUE);
  window_test_close (fixture->window);
}

static guint
n_films (Fixture *fixture)
{
  return g_list_model_get_n_items (matinee_recommend_page_get_films (fixture->page));
}

static MatineeFilm *
shown_at (Fixture *fixture, guint position)
{
  MatineeFilmsView *view = matinee_recommend_page_get_films_view (fixture->page);

  return g_list_model_get_item (matinee_films_view_get_shown (view), position);
}

/* What is hidden and what is listed make all films, and each count is the true one. */
static void
test_hidden (Fixture *fixture, gconstpointer data)
{
  MatineeFilmFilter *filter = matinee_recommend_page_get_filter (fixture->page);
  const MatineeHidden *hidden = matinee_recommend_page_get_hidden (fixture->page);
  MatineeDataset *dataset = matinee_session_get_dataset (fixture->session);
  const MatineeSparse *by_user = dataset->ratings->by_user;
  guint32 n_movies = matinee_ratings_get_n_movies (dataset->ratings);
  guint32 user;
  guint n_few = 0;
  g_autoptr (MatineeFilmStats) stats = matinee_film_stats_new (by_user, NULL);
  g_autofree char *text = NULL;

  g_assert_true (matinee_ids_find (dataset->ratings->users, "2", &user));
  matinee_film_filter_set_minimum (filter, 40);
  gtk_spin_button_set_value (matinee_recommend_page_get_n_button (fixture->page), 1000);
  for (guint32 movie = 0; movie < n_movies; movie++)
    n_few += stats->counts[movie] < 40;
  g_assert_cmpuint (n_few, >, 0);
  g_assert_cmpuint (hidden->by[MATINEE_HIDDEN_COUNT], ==, n_few);
  g_assert_cmpuint (hidden->by[MATINEE_HIDDEN_RATED], ==, matinee_sparse_row_length (by_user, user));
  g_assert_cmpuint (n_films (fixture) + hidden->total, ==, n_movies);
  text = matinee_film_filter_describe_hidden (filter, hidden);
  g_assert_nonnull (strstr (text, "already rated"));
  g_assert_nonnull (strstr (text, "with fewer than 40 ratings"));
  for (guint i = 0; i < n_films (fixture); i++)
    {
      g_autoptr (MatineeFilm) film = shown_at (fixture, i);

      g_assert_cmpuint (matinee_film_get_n_ratings (film), >=, 40);
      g_assert_cmpuint (matinee_film_get_n_ratings (film), ==, stats->counts[matinee_film_get_movie (film)]);
    }
}

static gboolean
has_users (gpointer data)
{
  return g_list_model_get_n_items (matinee_recommend_page_get_users (data)) > 0;
}

/* Who types an id that there is not is offered those that are near. */
static void
test_meant (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button;
  const char *label;

  matinee_recommend_page_search (fixture->page, "2x");
  g_assert_false (has_users (fixture->page));
  button = gtk_widget_get_first_child (matinee_recommend_page_get_meant (fixture->page));
  g_assert_nonnull (button);
  label = gtk_button_get_label (GTK_BUTTON (button));
  g_assert_true (g_str_has_prefix (label, "User 2"));
  g_signal_emit_by_name (button, "clicked");
  g_assert_nonnull (strstr (matinee_recommend_page_get_heading (fixture->page), label));
  window_test_wait (has_users, fixture->page);
  matinee_recommend_page_search (fixture->page, "<b>&nobody at all");
  g_assert_null (gtk_widget_get_first_child (matinee_recommend_page_get_meant (fixture->page)));
  window_test_settle ();
  matinee_recommend_page_search (fixture->page, "");
}

/* When everything is hidden, the page names the filter to loosen, and loosens it. */
static void
test_empty (Fixture *fixture, gconstpointer data)
{
  MatineeFilmFilter *filter = matinee_recommend_page_get_filter (fixture->page);

  g_assert_null (matinee_recommend_page_get_no_film (fixture->page));
  matinee_film_filter_set_minimum (filter, 100000);
  g_assert_cmpuint (n_films (fixture), ==, 0);
  g_assert_nonnull (strstr (matinee_recommend_page_get_no_film (fixture->page), "at least 100000 ratings"));
  matinee_recommend_page_loosen (fixture->page);
  g_assert_cmpuint (matinee_film_filter_get_minimum (filter), ==, 0);
  g_assert_cmpuint (n_films (fixture), ==, 20);
  g_assert_null (matinee_recommend_page_get_no_film (fixture->page));

  matinee_film_filter_set_years (filter, 1901, 1900);
  matinee_film_filter_set_minimum (filter, 100000);
  g_assert_cmpuint (n_films (fixture), ==, 0);
  matinee_recommend_page_loosen (fixture->page);
  if (n_films (fixture) == 0)
    matinee_recommend_page_loosen (fixture->page);
  g_assert_cmpuint (n_films (fixture), ==, 20);
}

static void
test_genre (Fixture *fixture, gconstpointer data)
{
  MatineeFilmFilter *filter = matinee_recommend_page_get_filter (fixture->page);

  matinee_film_filter_set_genre (filter, "Comedy");
  g_assert_cmpuint (n_films (fixture), >, 0);
  for (guint i = 0; i < n_films (fixture); i++)
    {
      g_autoptr (MatineeFilm) film = shown_at (fixture, i);

      g_assert_nonnull (strstr (matinee_film_get_genres (film), "Comedy"));
    }
  matinee_film_filter_reset (filter);
  g_assert_cmpuint (matinee_recommend_page_get_hidden (fixture->page)->by[MATINEE_HIDDEN_GENRE], ==, 0);
}

static GtkColumnViewColumn *
find_column (GtkColumnView *table, const char *title)
{
  GListModel *columns = gtk_column_view_get_columns (table);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_str_equal (gtk_column_view_column_get_title (column), title))
        return column;
    }
  g_assert_not_reached ();
}

static void
test_sort (Fixture *fixture, gconstpointer data)
{
  GtkColumnView *table = matinee_films_view_get_table (matinee_recommend_page_get_films_view (fixture->page));
  guint before = G_MAXUINT;

  gtk_column_view_sort_by_column (table, find_column (table, "Ratings"), GTK_SORT_DESCENDING);
  for (guint i = 0; i < n_films (fixture); i++)
    {
      g_autoptr (MatineeFilm) film = shown_at (fixture, i);

      g_assert_cmpuint (matinee_film_get_n_ratings (film), <=, before);
      before = matinee_film_get_n_ratings (film);
    }
  gtk_column_view_sort_by_column (table, find_column (table, "Rank"), GTK_SORT_ASCENDING);
  for (guint i = 0; i < n_films (fixture); i++)
    {
      g_autoptr (MatineeFilm) film = shown_at (fixture, i);

      g_assert_cmpuint (matinee_film_get_rank (film), ==, i + 1);
    }
}

/* By keyboard the menu sorts, also by what has no column for want of room. */
static void
test_sort_menu (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MatineeFilm) first = NULL;
      g_autoptr (MatineeFilm) last = NULL;

      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "films.sort", "i", 5));
      first = shown_at (fixture, 0);
      last = shown_at (fixture, n_films (fixture) - 1);
      if (i == 0)
        g_assert_cmpuint (matinee_film_get_n_ratings (first), >, matinee_film_get_n_ratings (last));
      else
        g_assert_cmpuint (matinee_film_get_n_ratings (first), <, matinee_film_get_n_ratings (last));
    }
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "films.sort", "i", 0);
  {
    g_autoptr (MatineeFilm) first = shown_at (fixture, 0);

    g_assert_cmpuint (matinee_film_get_rank (first), ==, 1);
  }
}

/* Why: the bars and the sum make the prediction that the list shows, for every solver. */
static void
test_why (Fixture *fixture, gconstpointer solver)
{
  MatineeFilmDetails *details = matinee_recommend_page_get_film_details (fixture->page);
  gboolean gradient = g_strcmp0 (solver, "gradient") == 0;
  const MatineeModel *model = matinee_session_get_model (fixture->session);
  g_autoptr (MatineeFilm) film = shown_at (fixture, 3);
  MatineeBars *why = matinee_film_details_get_why (details);
  g_autofree char *shown = g_strdup_printf ("%.2f", matinee_film_get_prediction (film));
  double sum = model->factors->mean;
  guint32 movie;

  matinee_recommend_page_open_film (fixture->page, matinee_film_get_movie (film));
  g_assert_true (matinee_film_details_get_movie (details, &movie));
  g_assert_cmpuint (movie, ==, matinee_film_get_movie (film));
  for (guint i = 0; i < matinee_bars_get_n (why); i++)
    sum += matinee_bars_get_value (why, i);
  g_assert_cmpfloat_with_epsilon (matinee_model_clip (model, sum), matinee_film_get_prediction (film), 1e-4);
  g_assert_nonnull (strstr (matinee_film_details_get_sum (details), shown));
  g_assert_nonnull (strstr (matinee_film_details_get_sum (details), gradient ? "factors" : "ratings"));
  g_assert_true (gradient == (strstr (matinee_film_details_get_sum (details), "mean") == NULL));

  g_assert_cmpint (gtk_list_box_get_row_at_index (matinee_film_details_get_contributions (details), 0) != NULL, ==,
                   !gradient);
  g_assert_nonnull (gtk_list_box_get_row_at_index (matinee_film_details_get_similar (details), 0));
  g_assert_nonnull (gtk_list_box_get_row_at_index (matinee_film_details_get_fans (details), 0));
  window_test_settle ();
}

static char *
dup_list (Fixture *fixture)
{
  return matinee_films_export_text (
      matinee_films_view_get_shown (matinee_recommend_page_get_films_view (fixture->page)));
}

/* Without a rating the whole list is another one, and says so; put back, it is as it was. */
static void
test_what_if (Fixture *fixture, gconstpointer data)
{
  MatineeFilmDetails *details = matinee_recommend_page_get_film_details (fixture->page);
  MatineeDataset *dataset = matinee_session_get_dataset (fixture->session);
  const MatineeSparse *learnt = matinee_session_get_split (fixture->session)->train_by_user;
  g_autoptr (MatineeFilm) film = shown_at (fixture, 0);
  g_autofree char *before = dup_list (fixture);
  g_autofree char *without = NULL;
  g_autofree char *after = NULL;
  g_autofree char *title = NULL;
  guint hidden = matinee_recommend_page_get_n_hidden (fixture->page);
  guint32 user, rated;

  g_assert_true (matinee_ids_find (dataset->ratings->users, "2", &user));
  rated = learnt->columns[learnt->offsets[user]];
  title = matinee_dataset_dup_name (dataset, rated);
  matinee_recommend_page_open_film (fixture->page, matinee_film_get_movie (film));
  g_assert_null (matinee_film_details_get_what_if (details));
  g_assert_null (matinee_recommend_page_get_what_if (fixture->page));

  matinee_film_details_what_if (details, rated);
  without = dup_list (fixture);
  g_assert_cmpstr (without, !=, before);
  g_assert_nonnull (strstr (matinee_film_details_get_what_if (details), "instead of"));
  g_assert_nonnull (strstr (matinee_recommend_page_get_what_if (fixture->page), title));
  g_assert_cmpuint (matinee_recommend_page_get_n_hidden (fixture->page), ==, hidden);

  matinee_recommend_page_put_back (fixture->page);
  after = dup_list (fixture);
  g_assert_cmpstr (after, ==, before);
  g_assert_null (matinee_recommend_page_get_what_if (fixture->page));
  g_assert_null (matinee_film_details_get_what_if (details));

  matinee_film_details_what_if (details, rated);
  g_assert_true (matinee_recommend_page_choose_user (fixture->page, "3"));
  g_assert_null (matinee_recommend_page_get_what_if (fixture->page));
}

/* The profile has every rating once, and tells how well they are predicted. */
static void
test_profile (Fixture *fixture, gconstpointer data)
{
  MatineeProfileView *profile = matinee_recommend_page_get_profile (fixture->page);
  MatineeDataset *dataset = matinee_session_get_dataset (fixture->session);
  guint32 user;

  g_assert_true (matinee_ids_find (dataset->ratings->users, "2", &user));
  g_assert_cmpuint (g_list_model_get_n_items (matinee_profile_view_get_ratings (profile)), ==,
                    matinee_sparse_row_length (dataset->ratings->by_user, user));
  g_assert_nonnull (strstr (matinee_profile_view_get_figures (profile), "Held out: RMSE"));
  g_assert_cmpuint (matinee_bars_get_n (matinee_profile_view_get_histogram (profile)), >, 1);
}

static void
find_columns (GtkWidget *widget, GtkColumnView **columns)
{
  if (GTK_IS_COLUMN_VIEW (widget))
    *columns = GTK_COLUMN_VIEW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_columns (child, columns);
}

static void
lengthen_parts (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), "learnt from"))
    gtk_label_set_text (GTK_LABEL (widget), "one of those that it was learnt from, said in many words");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    lengthen_parts (child);
}

/* However long the words of a language are, the table fits beside the list: what is
 * below the titles gives way, and the errors stay in sight. */
static void
test_profile_fits (Fixture *fixture, gconstpointer data)
{
  MatineeProfileView *profile = matinee_recommend_page_get_profile (fixture->page);
  GtkColumnView *table = NULL;
  int before, after;

  window_test_settle ();
  find_columns (GTK_WIDGET (profile), &table);
  gtk_widget_measure (GTK_WIDGET (table), GTK_ORIENTATION_HORIZONTAL, -1, &before, NULL, NULL, NULL);
  lengthen_parts (GTK_WIDGET (table));
  g_assert_true (window_test_shows (GTK_WIDGET (table), "said in many words"));
  gtk_widget_measure (GTK_WIDGET (table), GTK_ORIENTATION_HORIZONTAL, -1, &after, NULL, NULL, NULL);
  g_assert_cmpint (after, ==, before);
}

/* Nobody likes best what they rate below their own mean. */
static void
test_favorites (Fixture *fixture, gconstpointer data)
{
  g_assert_true (matinee_recommend_page_choose_user (fixture->page, "1"));
  g_assert_true (window_test_shows (GTK_WIDGET (fixture->page), "6 ratings, mean 2.92. Liked best: Michael"));
  g_assert_false (window_test_shows (GTK_WIDGET (fixture->page), "· Cops"));
}

static MatineeStars *
stars_at (Fixture *fixture, int position)
{
  GtkListBox *choices = matinee_you_view_get_choices (matinee_recommend_page_get_you_view (fixture->page));

  return g_object_get_data (G_OBJECT (gtk_list_box_get_row_at_index (choices, position)), "stars");
}

/* As somebody who uses the program would: three films are rated by key and click, the
 * list follows, a rating is taken back and brought again. */
static void
test_you (Fixture *fixture, gconstpointer data)
{
  MatineeYou *you = matinee_recommend_page_get_you (fixture->page);
  MatineeYouView *view = matinee_recommend_page_get_you_view (fixture->page);
  MatineeFilmDetails *details = matinee_recommend_page_get_film_details (fixture->page);
  guint32 n_movies = matinee_ratings_get_n_movies (matinee_session_get_dataset (fixture->session)->ratings);
  double before;
  guint32 movie;

  matinee_recommend_page_choose_you (fixture->page);
  window_test_settle ();
  g_assert_cmpuint (matinee_you_get_n (you), ==, 0);
  g_assert_cmpuint (n_films (fixture), ==, 20);

  g_assert_true (matinee_stars_press (stars_at (fixture, 0), GDK_KEY_5));
  g_assert_cmpuint (matinee_you_get_n (you), ==, 1);
  g_assert_true (matinee_stars_press (stars_at (fixture, 0), GDK_KEY_Right));
  g_assert_cmpuint (matinee_you_get_n (you), ==, 2);
  matinee_you_view_search (view, "the");
  matinee_stars_click (stars_at (fixture, 2), 40);
  g_assert_cmpuint (matinee_you_get_n (you), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (matinee_you_view_get_ratings (view)), ==, 3);
  g_assert_cmpuint (matinee_recommend_page_get_hidden (fixture->page)->by[MATINEE_HIDDEN_RATED], ==, 3);

  {
    g_autoptr (MatineeFilm) film = shown_at (fixture, 0);

    movie = matinee_film_get_movie (film);
    before = matinee_film_get_prediction (film);
  }
  matinee_recommend_page_open_film (fixture->page, movie);
  g_assert_cmpuint (matinee_bars_get_n (matinee_film_details_get_why (details)), ==, 2 + 3);
  g_assert_true (matinee_stars_press (matinee_film_details_get_stars (details), GDK_KEY_1));
  g_assert_cmpuint (matinee_you_get_n (you), ==, 4);
  g_assert_cmpfloat (matinee_you_find (you, movie), <, before);
  window_test_settle ();

  matinee_you_remove (you, 0);
  g_assert_cmpuint (matinee_you_get_n (you), ==, 3);
  g_assert_true (matinee_you_undo (you));
  g_assert_cmpuint (matinee_you_get_n (you), ==, 4);
  g_assert_cmpuint (n_films (fixture) + matinee_recommend_page_get_hidden (fixture->page)->total, <=, n_movies);
  while (matinee_you_get_n (you) > 0)
    matinee_you_remove (you, 0);
  window_test_settle ();
}

/* What other data lacks is kept; an id alone does not make two films one. */
static void
test_other_data (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MatineeYou) you = matinee_you_new (NULL);
  MatineeDataset *dataset = matinee_session_get_dataset (fixture->session);
  g_autofree char *title = g_strdup (matinee_titles_get_title (dataset->titles, dataset->title_rows[0]));
  g_autoptr (GPtrArray) ratings = g_ptr_array_new_with_free_func ((GDestroyNotify) matinee_you_rating_free);
  g_autofree guint32 *movies = NULL;
  g_autofree float *values = NULL;
  char buffer[MATINEE_ID_BUFFER];
  guint32 movie;

  g_ptr_array_add (ratings, matinee_you_rating_new ("nowhere", title, 4.0));
  g_ptr_array_add (ratings, matinee_you_rating_new (matinee_ids_format (dataset->ratings->movies, 1, buffer),
                                                    "Another Film (2031)", 2.0));
  g_ptr_array_add (ratings, matinee_you_rating_new (matinee_ids_format (dataset->ratings->movies, 2, buffer), "", 3.0));
  matinee_you_add_all (you, ratings);
  matinee_you_set_dataset (you, dataset);
  g_assert_cmpuint (matinee_you_get_n (you), ==, 3);
  matinee_you_get (you, 0, &movie);
  g_assert_cmpuint (movie, ==, 0);
  matinee_you_get (you, 1, &movie);
  g_assert_cmpuint (movie, ==, G_MAXUINT32);
  matinee_you_get (you, 2, &movie);
  g_assert_cmpuint (movie, ==, 2);
  g_assert_cmpuint (matinee_you_collect (you, &movies, &values), ==, 2);
}

/* The list as text, as a table and on paper has every film once. */
static void
test_export (Fixture *fixture, gconstpointer data)
{
  GListModel *shown = matinee_films_view_get_shown (matinee_recommend_page_get_films_view (fixture->page));
  g_autoptr (GPtrArray) films = matinee_films_export_copy (shown);
  g_autofree char *text = matinee_films_export_text (shown);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *folder = g_dir_make_tmp ("matinee-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "films", NULL);
  g_autofree char *table = NULL;
  g_auto (GStrv) rows = NULL;
  g_autoptr (GtkPrintOperation) print = matinee_films_export_print (shown, "Films <for> You");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_strv_length (lines), ==, n_films (fixture) + 1);
  g_assert_true (matinee_films_export_csv (films, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &table, NULL, &error));
  rows = g_strsplit (table, "\n", -1);
  g_assert_cmpuint (g_strv_length (rows), ==, n_films (fixture) + 2);
  g_assert_true (g_str_has_prefix (rows[0], "rank,title,year"));

  gtk_print_operation_set_export_filename (print, path);
  g_assert_cmpint (gtk_print_operation_run (print, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error), ==,
                   GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_remove (path);
  g_rmdir (folder);
}

/* Every page of the details fits in 360 pixels. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (fixture->window));
  int minimum;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  matinee_recommend_page_choose_you (fixture->page);
  window_test_settle ();
  matinee_recommend_page_open_film (fixture->page, 0);
  window_test_settle ();
  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 720);
  window_test_settle ();
}

static gboolean
is_quiet (gpointer data)
{
  return !matinee_you_get_busy (data);
}

static void
take_text_cb (MatineeYou *you, const char *heading, const char *body, char **text)
{
  g_free (*text);
  *text = g_strdup (body);
}

/* A file that can't be read is told of and kept, also when it happens twice. */
static void
test_broken_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("matinee-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "you.json", NULL);
  const char *const kept[] = { ".broken", ".broken-1" };

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *aside = g_strconcat (path, kept[i], NULL);
      g_autofree char *told = NULL;
      g_autoptr (MatineeYou) you = NULL;

      g_assert_true (g_file_set_contents (path, "{ not your ratings", -1, NULL));
      you = matinee_you_new (path);
      g_signal_connect (you, "failed", G_CALLBACK (take_text_cb), &told);
      window_test_wait (is_quiet, you);
      g_assert_nonnull (strstr (told, aside));
      g_assert_cmpuint (matinee_you_get_n (you), ==, 0);
      g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *aside = g_strconcat (path, kept[i], NULL);

      g_unlink (aside);
    }
  g_rmdir (folder);
}

/* What is rated is kept, also what was rated while the file was still being read; every
 * change can be taken back and made again, one after the other. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  MatineeDataset *dataset = matinee_session_get_dataset (fixture->session);
  g_autofree char *folder = g_dir_make_tmp ("matinee-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "deeper", "you.json", NULL);
  g_autofree char *deeper = g_path_get_dirname (path);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MatineeYou) you = matinee_you_new (path);

      matinee_you_set_dataset (you, dataset);
      matinee_you_rate (you, i, 4.0);
      window_test_wait (is_quiet, you);
      g_assert_cmpuint (matinee_you_get_n (you), ==, i + 1);
      matinee_you_rate (you, i, 2.0);
      window_test_wait (is_quiet, you);
      g_assert_true (matinee_you_undo (you));
      g_assert_cmpfloat (matinee_you_find (you, i), ==, 4.0);
      g_assert_true (matinee_you_undo (you));
      g_assert_cmpuint (matinee_you_get_n (you), ==, i);
      g_assert_false (matinee_you_undo (you));
      g_assert_true (matinee_you_redo (you));
      g_assert_true (matinee_you_redo (you));
      g_assert_false (matinee_you_redo (you));
      g_assert_cmpfloat (matinee_you_find (you, i), ==, 2.0);
      window_test_wait (is_quiet, you);
    }
  g_unlink (path);
  g_rmdir (deeper);
  g_rmdir (folder);
}

static gboolean
is_imported (gpointer data)
{
  return !matinee_recommend_page_get_importing (data);
}

/* One person's ratings are imported and can be taken back; a file of many is refused, and
 * what was there stays. */
static void
test_import (Fixture *fixture, gconstpointer data)
{
  MatineeYou *you = matinee_recommend_page_get_you (fixture->page);
  g_autofree char *folder = g_dir_make_tmp ("matinee-XXXXXX", NULL);
  g_autoptr (GFile) one = window_test_write (folder, "one.csv", "movieId,rating\n1,4\n2,3.5\nnowhere,1\n", -1);
  g_autoptr (GFile) many = window_test_write (folder, "many.csv", "userId,movieId,rating\n1,1,4\n2,1,2\n", -1);
  g_autofree char *told = NULL;
  gulong handler = g_signal_connect (fixture->session, "failed", G_CALLBACK (take_text_cb), &told);

  matinee_recommend_page_import (fixture->page, one);
  g_assert_cmpuint (matinee_you_get_n (you), ==, 0);
  window_test_wait (is_imported, fixture->page);
  g_assert_cmpuint (matinee_you_get_n (you), ==, 3);
  g_assert_cmpstr (matinee_recommend_page_get_heading (fixture->page), ==, "Films for You");
  g_assert_null (told);
  matinee_recommend_page_import (fixture->page, many);
  window_test_wait (is_imported, fixture->page);
  g_assert_nonnull (strstr (told, "ratings of one person"));
  g_assert_cmpuint (matinee_you_get_n (you), ==, 3);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "you.undo", NULL);
  g_assert_cmpuint (matinee_you_get_n (you), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "you.redo", NULL);
  g_assert_cmpuint (matinee_you_get_n (you), ==, 3);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "you.undo", NULL);
  window_test_wait (is_quiet, you);
  g_signal_handler_disconnect (fixture->session, handler);
  g_file_delete (one, NULL, NULL);
  g_file_delete (many, NULL, NULL);
  g_rmdir (folder);
}

#define ADD(path, func) g_test_add ("/recommend/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  window_test_application ();
  ADD ("hidden", test_hidden);
  ADD ("empty", test_empty);
  ADD ("meant", test_meant);
  ADD ("genre", test_genre);
  ADD ("sort", test_sort);
  ADD ("sort/menu", test_sort_menu);
  ADD ("why", test_why);
  g_test_add_func ("/recommend/you/broken-file", test_broken_file);
  g_test_add ("/recommend/why/cg", Fixture, "cg", set_up, test_why, tear_down);
  g_test_add ("/recommend/why/gradient", Fixture, "gradient", set_up, test_why, tear_down);
  ADD ("what-if", test_what_if);
  ADD ("profile", test_profile);
  ADD ("profile/fits", test_profile_fits);
  ADD ("favorites", test_favorites);
  ADD ("export", test_export);
  ADD ("narrow", test_narrow);
  ADD ("you", test_you);
  g_test_add ("/recommend/you/gradient", Fixture, "gradient", set_up, test_you, tear_down);
  ADD ("you/other-data", test_other_data);
  ADD ("you/kept", test_kept);
  ADD ("you/import", test_import);
  return g_test_run ();
}
