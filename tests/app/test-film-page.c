/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "failing-memory.h"
#include "matinee-film.h"
#include "matinee-films-export.h"
#include "matinee-solver.h"
#include "window-test.h"

#define N_USERS 12
#define N_MOVIES 6

/* Titles that somebody could trip over; the last is 300 letters long. */
static const char *const odd_titles[N_MOVIES - 1] = {
  "<b>Tom & Jerry</b> &amp; <i>friends (1940)",
  "\"Quoted, with comma\" (1950)",
  "\u0633\u064a\u0646\u0645\u0627 \u0628\u0627\u0631\u0627\u062f\u064a\u0633\u0648 (1988)",
  "\u202eReversed\u202c \u05d0\u05d1\u05d2 %s %n (2001)",
  "\U0001f3ac \u6771\u4eac\u7269\u8a9e (1953)",
};

typedef struct
{
  MatineeWindow *window;
  MatineeSession *session;
  MatineeRecommendPage *page;
  char *folder;
  GFile *ratings;
  GFile *titles;
} Fixture;

static char *
dup_title (guint movie)
{
  return movie < G_N_ELEMENTS (odd_titles) ? g_strdup (odd_titles[movie]) : g_strnfill (300, 'W');
}

static void
write_data (Fixture *fixture, gboolean equal)
{
  g_autoptr (GString) ratings = g_string_new ("userId,movieId,rating\n");
  g_autoptr (GString) titles = g_string_new ("movieId,title,genres\n");

  for (guint user = 1; user <= N_USERS; user++)
    for (guint movie = 0; movie < N_MOVIES; movie++)
      if ((user + movie) % 3 != 0)
        g_string_append_printf (ratings, "%u,%u,%u\n", user, movie + 1, equal ? 4 : 1 + (user * (movie + 2)) % 5);
  for (guint movie = 0; movie < N_MOVIES; movie++)
    {
      g_autofree char *title = dup_title (movie);
      g_auto (GStrv) parts = g_strsplit (title, "\"", -1);
      g_autofree char *quoted = g_strjoinv ("\"\"", parts);

      g_string_append_printf (titles, "%u,\"%s\",<Drama>|A & B\n", movie + 1, quoted);
    }
  fixture->folder = g_dir_make_tmp ("matinee-XXXXXX", NULL);
  fixture->ratings = window_test_write (fixture->folder, "ratings.csv", ratings->str, -1);
  fixture->titles = window_test_write (fixture->folder, "movies.csv", titles->str, -1);
}

static gboolean
is_prepared (gpointer data)
{
  return matinee_recommend_page_is_prepared (data);
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static void
set_up (Fixture *fixture, gconstpointer equal)
{
  MatineeParams params;

  write_data (fixture, equal != NULL);
  fixture->window = window_test_open (window_test_application ());
  fixture->session = matinee_window_get_session (fixture->window);
  fixture->page = matinee_window_get_recommend_page (fixture->window);
  matinee_session_open (fixture->session, fixture->ratings, fixture->titles);
  window_test_wait_idle (fixture->window);
  window_test_wait (is_prepared, fixture->page);
  params = *matinee_session_get_params (fixture->session);
  params.n_factors = 3;
  params.n_iterations = 3;
  params.test_share = 0.0;
  matinee_session_set_params (fixture->session, &params);
  window_test_train (fixture->window);
  /* Whatever size the window of the test before left behind. */
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 720);
  matinee_window_show_page (fixture->window, "recommend");
  window_test_wait (is_mapped, matinee_recommend_page_get_search (fixture->page));
  gtk_switch_set_active (matinee_recommend_page_get_hide_switch (fixture->page), FALSE);
  g_assert_true (matinee_recommend_page_choose_user (fixture->page, "2"));
  window_test_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_switch_set_active (matinee_recommend_page_get_hide_switch (fixture->page), TRUE);
  gtk_spin_button_set_value (matinee_recommend_page_get_n_button (fixture->page), 20);
  window_test_close (fixture->window);
  g_file_delete (fixture->ratings, NULL, NULL);
  g_file_delete (fixture->titles, NULL, NULL);
  g_rmdir (fixture->folder);
  g_clear_object (&fixture->ratings);
  g_clear_object (&fixture->titles);
  g_free (fixture->folder);
}

static MatineeFilm *
film_at (Fixture *fixture, guint position)
{
  return g_list_model_get_item (matinee_recommend_page_get_films (fixture->page), position);
}

/* A label with exactly this text, anywhere in a widget. */
static gboolean
has_text (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_text (child, text))
      return TRUE;
  return FALSE;
}

/* Whatever is in a title, it is shown as it is, in the list and on the film's page, and
 * nothing gets wider than a phone. */
static void
test_titles (Fixture *fixture, gconstpointer data)
{
  MatineeFilmDetails *details = matinee_recommend_page_get_film_details (fixture->page);
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (fixture->window));
  GListModel *films = matinee_recommend_page_get_films (fixture->page);
  int minimum;

  g_assert_cmpuint (g_list_model_get_n_items (films), ==, N_MOVIES);
  for (guint i = 0; i < N_MOVIES; i++)
    {
      g_autoptr (MatineeFilm) film = film_at (fixture, i);
      const char *title = matinee_film_get_title (film);

      g_assert_true (has_text (GTK_WIDGET (matinee_recommend_page_get_films_view (fixture->page)), title));
      matinee_recommend_page_open_film (fixture->page, matinee_film_get_movie (film));
      window_test_settle ();
      g_assert_true (has_text (GTK_WIDGET (details), title));
    }
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  window_test_settle ();
  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 720);
  window_test_settle ();
}

/* More films are asked for than there are: all are listed, once each. */
static void
test_all (Fixture *fixture, gconstpointer data)
{
  gtk_spin_button_set_value (matinee_recommend_page_get_n_button (fixture->page), 1000);
  g_assert_cmpuint (g_list_model_get_n_items (matinee_recommend_page_get_films (fixture->page)), ==, N_MOVIES);
  gtk_switch_set_active (matinee_recommend_page_get_hide_switch (fixture->page), TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (matinee_recommend_page_get_films (fixture->page))
                        + matinee_recommend_page_get_n_hidden (fixture->page),
                    ==, N_MOVIES);
}

/* Where all predictions are equal the list has one order, every time. */
static void
test_equal (Fixture *fixture, gconstpointer data)
{
  MatineeFilmDetails *details = matinee_recommend_page_get_film_details (fixture->page);

  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < N_MOVIES; i++)
        {
          g_autoptr (MatineeFilm) film = film_at (fixture, i);

          g_assert_cmpuint (matinee_film_get_movie (film), ==, i);
          g_assert_cmpfloat (matinee_film_get_prediction (film), ==, 4.0);
        }
      g_assert_true (matinee_recommend_page_choose_user (fixture->page, round == 0 ? "5" : "2"));
    }
  matinee_recommend_page_open_film (fixture->page, 0);
  window_test_settle ();
  g_assert_nonnull (strstr (matinee_film_details_get_sum (details), "4.00"));
}

/* What there is no memory for is said where it would stand, and the rest stays. */
static void
test_memory (Fixture *fixture, gconstpointer data)
{
  MatineeFilmDetails *details = matinee_recommend_page_get_film_details (fixture->page);
  gboolean failed = TRUE;
  guint n_told = 0;

  for (int at = 0; failed; at++)
    {
      gboolean told;

      matinee_recommend_page_open_film (fixture->page, 0);
      failing_memory_fail_at (at);
      matinee_recommend_page_open_film (fixture->page, 1);
      failed = failing_memory_has_failed ();
      failing_memory_stop ();
      told = strcmp (matinee_film_details_get_sum (details), "") == 0
             || gtk_list_box_get_row_at_index (matinee_film_details_get_similar (details), 1) == NULL
             || gtk_list_box_get_row_at_index (matinee_film_details_get_fans (details), 1) == NULL;
      g_assert_cmpint (told, ==, failed);
      g_assert_nonnull (gtk_list_box_get_row_at_index (matinee_film_details_get_similar (details), 0));
      g_assert_nonnull (gtk_list_box_get_row_at_index (matinee_film_details_get_fans (details), 0));
      n_told += told;
    }
  g_assert_cmpuint (n_told, >=, 3);
  matinee_recommend_page_open_film (fixture->page, 0);
  g_assert_cmpstr (matinee_film_details_get_sum (details), !=, "");
  window_test_settle ();
}

static GtkWidget *
get_focus (Fixture *fixture)
{
  return gtk_window_get_focus (GTK_WINDOW (fixture->window));
}

/* Presses Tab until the focus is in a widget. */
static void
tab_to (Fixture *fixture, GtkWidget *wanted)
{
  for (guint i = 0; i < 200; i++)
    {
      GtkWidget *focus = get_focus (fixture);

      if (focus != NULL && (focus == wanted || gtk_widget_is_ancestor (focus, wanted)))
        return;
      g_signal_emit_by_name (fixture->window, "move-focus", GTK_DIR_TAB_FORWARD);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_error ("Tab does not lead to %s", G_OBJECT_TYPE_NAME (wanted));
}

static void
press_enter (Fixture *fixture)
{
  g_signal_emit_by_name (fixture->window, "activate-focus");
  /* A button is seen to be pressed for a quarter of a second first. */
  for (guint i = 0; i < 4; i++)
    window_test_settle ();
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Without a mouse: a user is picked, the list sorted, a film opened, its Why read and
 * questioned, and three films are rated as You. */
static void
test_keyboard (Fixture *fixture, gconstpointer data)
{
  MatineeFilmDetails *details = matinee_recommend_page_get_film_details (fixture->page);
  MatineeFilmsView *view = matinee_recommend_page_get_films_view (fixture->page);
  MatineeYouView *you_view = matinee_recommend_page_get_you_view (fixture->page);
  MatineeYou *you = matinee_recommend_page_get_you (fixture->page);
  GtkWidget *search = matinee_recommend_page_get_search (fixture->page);
  guint32 movie;

  tab_to (fixture, search);
  gtk_editable_set_text (GTK_EDITABLE (search), "7");
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpstr (matinee_recommend_page_get_heading (fixture->page), ==, "Films for User 7");

  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "films.sort", "i", 1);
  tab_to (fixture, GTK_WIDGET (view));
  tab_to (fixture, gtk_widget_get_last_child (GTK_WIDGET (matinee_films_view_get_table (view))));
  press_enter (fixture);
  g_assert_true (matinee_film_details_get_movie (details, &movie));
  g_assert_nonnull (strstr (matinee_film_details_get_sum (details), "mean"));
  tab_to (fixture, GTK_WIDGET (matinee_film_details_get_contributions (details)));
  tab_to (fixture, find_button (GTK_WIDGET (matinee_film_details_get_contributions (details)), _ ("Without?")));
  press_enter (fixture);
  g_assert_nonnull (matinee_recommend_page_get_what_if (fixture->page));
  press_enter (fixture);
  g_assert_null (matinee_recommend_page_get_what_if (fixture->page));

  tab_to (fixture, matinee_recommend_page_get_you_row (fixture->page));
  press_enter (fixture);
  g_assert_cmpstr (matinee_recommend_page_get_heading (fixture->page), ==, "Films for You");
  matinee_you_view_search (you_view, "(19");
  window_test_settle ();
  for (int i = 0; i < 3; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (matinee_you_view_get_choices (you_view), i);
      GtkWidget *stars = g_object_get_data (G_OBJECT (row), "stars");

      tab_to (fixture, stars);
      g_assert_true (matinee_stars_press (MATINEE_STARS (get_focus (fixture)), GDK_KEY_4));
      g_assert_true (matinee_stars_press (MATINEE_STARS (get_focus (fixture)), GDK_KEY_Right));
      window_test_settle ();
    }
  g_assert_cmpuint (matinee_you_get_n (you), ==, 3);
  for (guint i = 0; i < 6; i++)
    g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "you.undo", NULL));
  g_assert_cmpuint (matinee_you_get_n (you), ==, 0);
  window_test_settle ();
}

#define ADD(path, func, equal) g_test_add ("/film-page/" path, Fixture, equal, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  window_test_application ();
  if (argc > 1 && g_str_equal (argv[1], "--rtl"))
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  ADD ("titles", test_titles, NULL);
  ADD ("all", test_all, NULL);
  ADD ("equal", test_equal, "equal");
  ADD ("memory", test_memory, NULL);
  ADD ("keyboard", test_keyboard, NULL);
  return g_test_run ();
}
