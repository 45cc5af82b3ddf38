/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "matinee-fetch-dialog.h"
#include "matinee-fetch-job.h"
#include "matinee-part-file.h"
#include "movielens-server.h"
#include "window-test.h"

/* MovieLens sets from the window: chosen, accepted, downloaded and opened. */

typedef struct
{
  MovieLensServer *server;
  GBytes *archive;
  char *root;
  MatineeWindow *window;
  MatineeSession *session;
  MatineeFetchDialog *dialog; /* weak */
  const char *page;
} Fixture;

static MatineeFetchDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (MATINEE_IS_FETCH_DIALOG (window))
        return MATINEE_FETCH_DIALOG (window);
    }
  return NULL;
}

static void
open_dialog (Fixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.get-movielens", NULL);
  g_set_weak_pointer (&fixture->dialog, find_dialog ());
  g_assert_nonnull (fixture->dialog);
  g_assert_cmpstr (matinee_fetch_dialog_get_page (fixture->dialog), ==, "sets");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = movielens_server_new ();
  fixture->archive = movielens_archive_ratings ("latest-small", "ml-latest-small", 50);
  fixture->root = matinee_movielens_dup_root ();
  movielens_server_put (fixture->server, "ml-latest-small.zip", fixture->archive, "\"raw\"");
  matinee_settings_set_string (matinee_application_get_settings (window_test_application ()), "movielens-url",
                               movielens_server_get_url (fixture->server));
  fixture->window = window_test_open (window_test_application ());
  fixture->session = matinee_window_get_session (fixture->window);
  open_dialog (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  window_test_close (fixture->window);
  window_test_settle ();
  g_assert_null (fixture->dialog);
  movielens_server_free (fixture->server);
  g_bytes_unref (fixture->archive);
  movielens_remove_folder (fixture->root);
  g_free (fixture->root);
}

static GtkWidget *
child (Fixture *fixture, const char *name)
{
  GObject *object = gtk_widget_get_template_child (GTK_WIDGET (fixture->dialog), MATINEE_TYPE_FETCH_DIALOG, name);

  g_assert_true (GTK_IS_WIDGET (object));
  return GTK_WIDGET (object);
}

static gboolean
shows_page (gpointer data)
{
  Fixture *fixture = data;

  return g_str_equal (matinee_fetch_dialog_get_page (fixture->dialog), fixture->page);
}

static void
wait_for_page (Fixture *fixture, const char *page)
{
  fixture->page = page;
  window_test_wait (shows_page, fixture);
}

static gboolean
has_gone (gpointer data)
{
  Fixture *fixture = data;

  return fixture->dialog == NULL;
}

static gboolean
has_progress (gpointer data)
{
  double fraction = gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (child (data, "progress")));

  return fraction > 0.05;
}

static GtkListBoxRow *
row_of (Fixture *fixture, const char *name)
{
  guint n;
  const MatineeMovieLensSet *sets = matinee_movielens_get_sets (&n);

  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (child (fixture, "list")),
                                        (int) (matinee_movielens_find (name) - sets));
}

static void
choose (Fixture *fixture, const char *name)
{
  g_signal_emit_by_name (child (fixture, "list"), "row-activated", row_of (fixture, name));
}

static void
accept_and_download (Fixture *fixture)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (child (fixture, "accept")), TRUE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "fetch.download", NULL));
  g_assert_cmpstr (matinee_fetch_dialog_get_page (fixture->dialog), ==, "work");
}

static gboolean
is_open (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *path = matinee_movielens_dup_ratings (matinee_movielens_find ("latest-small"), fixture->root);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GFile *open = matinee_session_get_ratings_file (fixture->session);

  return open != NULL && g_file_equal (open, file) && !matinee_session_get_busy (fixture->session);
}

static void
assert_open (Fixture *fixture)
{
  g_autofree char *title = NULL;
  MatineeDataset *dataset;

  window_test_wait (has_gone, fixture);
  window_test_wait (is_open, fixture);
  dataset = matinee_session_get_dataset (fixture->session);
  g_assert_cmpuint (matinee_ratings_get_n_users (dataset->ratings), ==, 50);
  title = matinee_dataset_dup_title (dataset, 0);
  g_assert_cmpstr (title, ==, "Metropolis (1927)");
}

static void
test_fetch (Fixture *fixture, gconstpointer data)
{
  GtkTextBuffer *terms;
  g_autofree char *text = NULL;

  choose (fixture, "latest-small");
  g_assert_cmpstr (matinee_fetch_dialog_get_page (fixture->dialog), ==, "terms");
  terms = gtk_text_view_get_buffer (GTK_TEXT_VIEW (child (fixture, "terms")));
  g_object_get (terms, "text", &text, NULL);
  g_assert_cmpstr (text, ==, matinee_movielens_get_terms (matinee_movielens_find ("latest-small")));
  /* Nothing comes before the licence is accepted. */
  g_assert_false (gtk_widget_is_sensitive (child (fixture, "download_button")));
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "fetch.download", NULL);
  g_assert_cmpstr (matinee_fetch_dialog_get_page (fixture->dialog), ==, "terms");
  accept_and_download (fixture);
  assert_open (fixture);

  /* What was downloaded opens at once. */
  matinee_session_open_sample (fixture->session);
  window_test_wait_idle (fixture->window);
  open_dialog (fixture);
  g_assert_nonnull (
      strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row_of (fixture, "latest-small"))), "Downloaded"));
  choose (fixture, "latest-small");
  assert_open (fixture);
  g_assert_cmpuint (movielens_server_get_n_archives (fixture->server), ==, 1);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *range = NULL;

  movielens_server_set_mood (fixture->server, MOVIELENS_STUCK);
  choose (fixture, "latest-small");
  accept_and_download (fixture);
  window_test_wait (has_progress, fixture);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (child (fixture, "progress_text"))), " of "));
  /* As Escape does. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "fetch.back", NULL);
  wait_for_page (fixture, "sets");
  g_assert_nonnull (
      strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row_of (fixture, "latest-small"))), "of about"));

  /* It goes on from there. */
  movielens_server_set_mood (fixture->server, MOVIELENS_WELL);
  choose (fixture, "latest-small");
  accept_and_download (fixture);
  assert_open (fixture);
  range = movielens_server_dup_range (fixture->server);
  g_assert_nonnull (range);
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  MatineeDataset *before = matinee_session_get_dataset (fixture->session);

  movielens_server_set_mood (fixture->server, MOVIELENS_PAGE);
  choose (fixture, "latest-small");
  accept_and_download (fixture);
  wait_for_page (fixture, "failed");
  g_assert_nonnull (
      strstr (adw_status_page_get_description (ADW_STATUS_PAGE (child (fixture, "failed_page"))), "log in"));
  g_assert_true (matinee_session_get_dataset (fixture->session) == before);

  /* Another address has what is not here. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "fetch.back", NULL);
  choose (fixture, "25m");
  accept_and_download (fixture);
  wait_for_page (fixture, "failed");
  g_assert_nonnull (strstr (adw_status_page_get_description (ADW_STATUS_PAGE (child (fixture, "failed_page"))), "404"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "fetch.back", NULL);

  /* And again, when the network has come to its senses. */
  movielens_server_set_mood (fixture->server, MOVIELENS_WRONG_SUM);
  choose (fixture, "latest-small");
  accept_and_download (fixture);
  wait_for_page (fixture, "failed");
  movielens_server_set_mood (fixture->server, MOVIELENS_WELL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "fetch.download", NULL);
  assert_open (fixture);
}

/* The thread of a download that was cancelled has let go of its file. */
static gboolean
is_unlocked (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *archive = matinee_movielens_dup_archive (matinee_movielens_find ("latest-small"), fixture->root);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, fixture->archive);
  g_autoptr (MatineePartFile) part = matinee_part_file_new (archive, sum, NULL);

  if (part == NULL)
    g_main_context_wakeup (NULL);
  return part != NULL;
}

/* The dialog, or the whole window, is closed while something comes. */
static void
test_close (Fixture *fixture, gconstpointer data)
{
  g_autofree char *archive = matinee_movielens_dup_archive (matinee_movielens_find ("latest-small"), fixture->root);

  movielens_server_set_mood (fixture->server, MOVIELENS_STUCK);
  choose (fixture, "latest-small");
  accept_and_download (fixture);
  window_test_wait (has_progress, fixture);
  gtk_window_close (GTK_WINDOW (fixture->dialog));
  window_test_wait (has_gone, fixture);
  window_test_wait (is_unlocked, fixture);
  g_assert_cmpuint (matinee_part_file_peek_size (archive), >, 0);
  g_assert_true (matinee_session_get_ratings_file (fixture->session) == NULL);

  open_dialog (fixture);
  choose (fixture, "latest-small");
  accept_and_download (fixture);
  window_test_wait (has_progress, fixture);
  /* tear_down() closes the window. */
}

static gboolean
has_question (gpointer data)
{
  return matinee_window_get_question (data) != NULL;
}

/* A set comes with its own titles, whatever was chosen for other ratings before, and they
 * don't stay for those; a model that is not saved is asked about. */
static void
test_others (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("matinee-XXXXXX", NULL);
  g_autoptr (GFile) titles = NULL;
  g_autoptr (GFile) ratings = NULL;
  GString *text = g_string_new ("userId,movieId,rating\n");

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (text, "%u,%u,%u\n", i / 10 + 1, i % 10 + 1, 1 + i * i % 5);
  ratings = window_test_write (folder, "mine.csv", text->str, -1);
  titles = window_test_write (folder, "names.csv", "movieId,title,genres\n1,Mine (2001),Drama\n", -1);
  g_string_free (text, TRUE);
  choose (fixture, "latest-small");
  accept_and_download (fixture);
  assert_open (fixture);

  matinee_session_open (fixture->session, ratings, titles);
  window_test_wait_idle (fixture->window);
  window_test_train (fixture->window);
  open_dialog (fixture);
  choose (fixture, "latest-small");
  window_test_wait (has_question, fixture->window);
  window_test_answer (fixture->window, "cancel");
  g_assert_true (g_file_equal (matinee_session_get_ratings_file (fixture->session), ratings));
  window_test_wait (has_gone, fixture);
  open_dialog (fixture);
  choose (fixture, "latest-small");
  window_test_wait (has_question, fixture->window);
  window_test_answer (fixture->window, "discard");
  assert_open (fixture);

  matinee_session_open (fixture->session, ratings, NULL);
  window_test_wait_idle (fixture->window);
  g_assert_true (g_file_equal (matinee_session_get_ratings_file (fixture->session), ratings));
  g_assert_null (matinee_session_get_dataset (fixture->session)->titles);
  movielens_remove_folder (folder);
}

static void
test_keyboard (Fixture *fixture, gconstpointer data)
{
  choose (fixture, "1m");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->dialog)) == child (fixture, "terms"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "fetch.back", NULL);
  g_assert_cmpstr (matinee_fetch_dialog_get_page (fixture->dialog), ==, "sets");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->dialog)) == GTK_WIDGET (row_of (fixture, "1m")));
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "fetch.back", NULL);
  window_test_wait (has_gone, fixture);
}

int
main (int argc, char *argv[])
{
  const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/app/fetch/fetch", test_fetch },       { "/app/fetch/cancel", test_cancel },
    { "/app/fetch/failure", test_failure },   { "/app/fetch/close", test_close },
    { "/app/fetch/keyboard", test_keyboard }, { "/app/fetch/others", test_others },
  };

  g_test_init (&argc, &argv, NULL);
  window_test_application ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
