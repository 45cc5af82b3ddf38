/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "matinee-solver.h"
#include "sample-history.h"
#include "window-test.h"

typedef struct
{
  char *path;
  MatineeWindow *window;
  MatineeSession *session;
  MatineeRunsPage *page;
  AdwToast *toast;
} Fixture;

/* What the page is waited for to show. */
typedef struct
{
  Fixture *fixture;
  guint n;
} Expected;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->path = matinee_history_dup_default_path ();
  window_test_forget_history (fixture->path);
}

static void
toast_cb (MatineeRunsPage *page, AdwToast *toast, Fixture *fixture)
{
  g_set_object (&fixture->toast, toast);
}

static void
open_window (Fixture *fixture)
{
  fixture->window = window_test_open (window_test_application ());
  fixture->session = g_object_ref (matinee_window_get_session (fixture->window));
  fixture->page = matinee_window_get_runs_page (fixture->window);
  g_signal_connect (fixture->page, "toast", G_CALLBACK (toast_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  MatineeParams params;

  g_clear_object (&fixture->toast);
  window_test_close (fixture->window);
  window_test_settle ();
  g_assert_finalize_object (fixture->session);
  window_test_forget_history (fixture->path);
  g_free (fixture->path);
  matinee_params_init (&params, 2);
  matinee_settings_save_params (matinee_application_get_settings (window_test_application ()), &params);
}

static GListModel *
shown (Fixture *fixture)
{
  return matinee_runs_view_get_shown (matinee_runs_page_get_view (fixture->page));
}

static gboolean
shows_n (gpointer data)
{
  Expected *expected = data;

  return matinee_runs_is_loaded (matinee_runs_page_get_runs (expected->fixture->page))
         && g_list_model_get_n_items (shown (expected->fixture)) == expected->n;
}

static void
wait_for_runs (Fixture *fixture, guint n)
{
  window_test_wait (shows_n, &(Expected){ fixture, n });
}

static MatineeRunItem *
item_at (Fixture *fixture, guint position)
{
  g_autoptr (MatineeRunItem) item = g_list_model_get_item (shown (fixture), position);

  g_assert_nonnull (item);
  return item; /* the list keeps it */
}

static const char *
name_at (Fixture *fixture, guint position)
{
  return matinee_run_item_get_run (item_at (fixture, position))->name;
}

static gboolean
has_series (gpointer data)
{
  Expected *expected = data;

  return matinee_plot_model_get_n_series (matinee_plot_get_model (matinee_runs_page_get_plot (expected->fixture->page)))
         == expected->n;
}

static gboolean
is_ended (gpointer data)
{
  return matinee_run_item_get_run (data)->state == MATINEE_RUN_FINISHED;
}

/* Trainings come up by themselves, and are what was trained. */
static void
test_trained (Fixture *fixture, gconstpointer data)
{
  const MatineeModel *model;
  const MatineeRun *run;

  open_window (fixture);
  matinee_window_show_page (fixture->window, "runs");
  wait_for_runs (fixture, 0);
  window_test_settle ();
  g_assert_cmpstr (matinee_runs_page_get_state (fixture->page), ==, "empty");

  window_test_train (fixture->window);
  wait_for_runs (fixture, 1);
  window_test_wait (is_ended, item_at (fixture, 0));
  g_assert_cmpstr (matinee_runs_page_get_state (fixture->page), ==, "runs");
  model = matinee_session_get_model (fixture->session);
  run = matinee_run_item_get_run (item_at (fixture, 0));
  g_assert_cmpstr (run->data_name, ==, "Sample");
  g_assert_cmpuint (run->n_points, ==, model->trace->n);
  g_assert_cmpfloat (run->test.squared, ==, model->test.squared);
  g_assert_null (matinee_runs_page_get_trouble (fixture->page));

  matinee_run_item_set_ticked (item_at (fixture, 0), TRUE);
  window_test_wait (has_series, &(Expected){ fixture, 2 });
  g_assert_cmpuint (matinee_plot_series_get_length (matinee_plot_model_get_series (
                        matinee_plot_get_model (matinee_runs_page_get_plot (fixture->page)), 0)),
                    ==, model->trace->n);
  window_test_train (fixture->window);
  wait_for_runs (fixture, 2);
  g_assert_false (matinee_run_item_get_ticked (item_at (fixture, 0)));
  g_assert_true (matinee_run_item_get_ticked (item_at (fixture, 1)));
}

/* What another program trained is there when somebody comes back to the page. */
static void
test_others (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = matinee_history_dup_default_path ();
  g_autoptr (MatineeHistory) other = NULL;

  open_window (fixture);
  matinee_window_show_page (fixture->window, "runs");
  window_test_train (fixture->window);
  wait_for_runs (fixture, 1);
  other = sample_history_open (path);
  matinee_window_show_page (fixture->window, "train");
  window_test_settle ();
  sample_history_add (other, "from elsewhere", "ratings.csv", 5);
  matinee_window_show_page (fixture->window, "runs");
  wait_for_runs (fixture, 2);
  g_assert_cmpstr (name_at (fixture, 0), ==, "from elsewhere");
}

/* By keyboard: Tab comes into the table and leaves it, however many rows it has, and it can
 * be sorted without a click. */
static void
test_keyboard (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view;

  open_window (fixture);
  window_test_train (fixture->window);
  window_test_train (fixture->window);
  matinee_window_show_page (fixture->window, "runs");
  wait_for_runs (fixture, 2);
  window_test_settle ();
  view = GTK_WIDGET (matinee_runs_page_get_view (fixture->page));
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  g_assert_true (gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), view));
  g_assert_false (gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD));

  for (guint again = 0; again < 2; again++)
    {
      const MatineeRun *first, *second;

      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "runs.sort", "u",
                                                 (guint) MATINEE_RUN_COLUMN_DURATION));
      first = matinee_run_item_get_run (item_at (fixture, 0));
      second = matinee_run_item_get_run (item_at (fixture, 1));
      g_assert_cmpfloat (again ? second->duration : first->duration, <=, again ? first->duration : second->duration);
    }
}

static gboolean
is_at_start (gpointer data)
{
  Fixture *fixture = data;
  GtkWidget *scroller = adw_bin_get_child (ADW_BIN (matinee_runs_page_get_view (fixture->page)));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller));

  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment)
             - gtk_adjustment_get_value (adjustment)
         < 0.5;
}

/* Where text runs from right to left, the table begins at its right edge, and a window that
 * gets narrower or wider leaves it there. */
static void
test_right_to_left (Fixture *fixture, gconstpointer data)
{
  static const int widths[] = { 1200, 800, 1000, 600, 900 };

  /* GTK sets the direction of the locale when it starts. */
  window_test_application ();
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  open_window (fixture);
  window_test_train (fixture->window);
  matinee_window_show_page (fixture->window, "runs");
  wait_for_runs (fixture, 1);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      gtk_window_set_default_size (GTK_WINDOW (fixture->window), widths[i], 700);
      window_test_settle ();
      window_test_wait (is_at_start, fixture);
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* It fits in a window of 360 pixels, whole: what has no room is reached by scrolling. */
static void
test_small (Fixture *fixture, gconstpointer data)
{
  GtkWidget *scroller;
  GtkAdjustment *adjustment;
  int minimum;

  open_window (fixture);
  window_test_train (fixture->window);
  matinee_window_show_page (fixture->window, "runs");
  wait_for_runs (fixture, 1);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  window_test_settle ();
  gtk_widget_measure (GTK_WIDGET (fixture->page), GTK_ORIENTATION_VERTICAL, 360, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 240);
  scroller = adw_bin_get_child (ADW_BIN (matinee_runs_page_get_view (fixture->page)));
  adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), <=, gtk_adjustment_get_page_size (adjustment));
}

static gboolean
has_points (gpointer data)
{
  Expected *expected = data;
  MatineePlotModel *model = matinee_plot_get_model (matinee_runs_page_get_plot (expected->fixture->page));

  return matinee_plot_model_get_n_series (model) == 2
         && matinee_plot_series_get_length (matinee_plot_model_get_series (model, 0)) >= expected->n;
}

/* A run that goes on grows in the chart, and leaves the view as somebody chose it. */
static void
test_live (Fixture *fixture, gconstpointer data)
{
  MatineeRunsView *view;
  MatineePlotModel *model;
  g_autoptr (MatineeHistory) history = sample_history_open (fixture->path);
  gint64 run = sample_history_begin (history, "at work", "ratings.csv");

  sample_history_append (history, run, 0, 5);
  g_assert_true (matinee_history_flush (history, NULL));
  open_window (fixture);
  matinee_window_show_page (fixture->window, "runs");
  wait_for_runs (fixture, 1);
  view = matinee_runs_page_get_view (fixture->page);
  matinee_runs_view_select (view, item_at (fixture, 0));
  matinee_run_item_set_ticked (item_at (fixture, 0), TRUE);
  window_test_wait (has_points, &(Expected){ fixture, 5 });
  model = matinee_plot_get_model (matinee_runs_page_get_plot (fixture->page));
  matinee_plot_model_zoom (model, 0.5, 0.5, 0.5, 0.5);
  matinee_plot_series_set_visible (matinee_plot_model_get_series (model, 1), FALSE);
  sample_history_append (history, run, 5, 20);
  window_test_wait (has_points, &(Expected){ fixture, 25 });
  g_assert_false (matinee_plot_model_is_following (model));
  g_assert_false (matinee_plot_series_get_visible (matinee_plot_model_get_series (model, 1)));
  sample_history_finish (history, run, MATINEE_ITERATIONS);
  window_test_wait (is_ended, item_at (fixture, 0));
}

static void
add_runs (Fixture *fixture)
{
  g_autoptr (MatineeHistory) history = sample_history_open (fixture->path);

  sample_history_add (history, "Größe <b>10</b>", "ratings.csv", 5);
  sample_history_add (history, "second", "ratings.csv", 20);
  sample_history_add (history, "third", "other.csv", 3);
}

static void
test_table (Fixture *fixture, gconstpointer data)
{
  MatineeRunsView *view;

  add_runs (fixture);
  open_window (fixture);
  matinee_window_show_page (fixture->window, "runs");
  wait_for_runs (fixture, 3);
  view = matinee_runs_page_get_view (fixture->page);
  g_assert_cmpstr (name_at (fixture, 0), ==, "third");
  g_assert_cmpstr (name_at (fixture, 2), ==, "Größe <b>10</b>");
  matinee_runs_view_sort (view, MATINEE_RUN_COLUMN_ITERATIONS, GTK_SORT_DESCENDING);
  g_assert_cmpstr (name_at (fixture, 0), ==, "second");
  matinee_runs_view_sort (view, MATINEE_RUN_COLUMN_BEST, GTK_SORT_ASCENDING);
  g_assert_cmpstr (name_at (fixture, 0), ==, "second");
  matinee_runs_view_sort (view, MATINEE_RUN_COLUMN_DATA, GTK_SORT_ASCENDING);
  g_assert_cmpstr (name_at (fixture, 0), ==, "third");

  gtk_editable_set_text (matinee_runs_page_get_search (fixture->page), "gRÖSSE");
  wait_for_runs (fixture, 1);
  gtk_editable_set_text (matinee_runs_page_get_search (fixture->page), "csv exact second");
  wait_for_runs (fixture, 1);
  gtk_editable_set_text (matinee_runs_page_get_search (fixture->page), "nothing");
  wait_for_runs (fixture, 0);
  g_assert_cmpstr (matinee_runs_page_get_state (fixture->page), ==, "runs");
  gtk_editable_set_text (matinee_runs_page_get_search (fixture->page), "");
  wait_for_runs (fixture, 3);

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 600);
  window_test_settle ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 700);
  window_test_settle ();
}

/* What differs is shown, and nothing else; what can't be compared is said. */
static void
test_differences (Fixture *fixture, gconstpointer data)
{
  MatineeRunDifferences *differences;

  open_window (fixture);
  matinee_window_show_page (fixture->window, "runs");
  for (guint i = 0; i < 3; i++)
    {
      if (i == 1)
        window_test_set (fixture->window, MATINEE_PARAM_FACTORS, 7);
      if (i == 2)
        window_test_set (fixture->window, MATINEE_PARAM_SEED, 99);
      window_test_set (fixture->window, MATINEE_PARAM_ITERATIONS, 3);
      window_test_train (fixture->window);
      matinee_window_show_page (fixture->window, "runs");
      wait_for_runs (fixture, i + 1);
    }
  differences = matinee_runs_page_get_differences (fixture->page);
  g_assert_cmpuint (matinee_run_differences_get_n_rows (differences), ==, 0);
  matinee_run_item_set_ticked (item_at (fixture, 2), TRUE);
  g_assert_cmpuint (matinee_run_differences_get_n_rows (differences), ==, 0);
  matinee_run_item_set_ticked (item_at (fixture, 1), TRUE);
  /* Name, factors, best, final, duration. */
  g_assert_cmpuint (matinee_run_differences_get_n_rows (differences), ==, 5);
  g_assert_cmpstr (matinee_run_differences_get_text (differences, 1, 2), ==, "7");
  g_assert_null (matinee_run_differences_get_warning (differences));
  matinee_run_item_set_ticked (item_at (fixture, 0), TRUE);
  g_assert_cmpuint (matinee_run_differences_get_n_rows (differences), ==, 6);
  g_assert_nonnull (strstr (matinee_run_differences_get_warning (differences), "split"));
  window_test_wait (has_series, &(Expected){ fixture, 6 });
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "runs.untick", NULL);
  window_test_wait (has_series, &(Expected){ fixture, 0 });
  g_assert_cmpuint (matinee_run_differences_get_n_rows (differences), ==, 0);
}

static void
test_use_params (Fixture *fixture, gconstpointer data)
{
  MatineeParams params;

  open_window (fixture);
  params = *matinee_session_get_params (fixture->session);
  window_test_set (fixture->window, MATINEE_PARAM_ITERATIONS, 2);
  window_test_set (fixture->window, MATINEE_PARAM_FACTORS, 9);
  window_test_train (fixture->window);
  matinee_session_set_params (fixture->session, &params);
  matinee_window_show_page (fixture->window, "runs");
  wait_for_runs (fixture, 1);
  matinee_runs_view_select (matinee_runs_page_get_view (fixture->page), item_at (fixture, 0));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "runs.use-params", NULL);
  g_assert_cmpuint (matinee_session_get_params (fixture->session)->n_factors, ==, 9);
  g_assert_cmpuint (matinee_session_get_params (fixture->session)->n_iterations, ==, 2);
  g_assert_cmpfloat (matinee_param_row_get_value (matinee_train_page_get_row (
                         matinee_window_get_train_page (fixture->window), MATINEE_PARAM_FACTORS)),
                     ==, 9);
}

static gboolean
is_renamed (gpointer data)
{
  return strcmp (name_at (data, 0), "Fünf & <mehr>") == 0;
}

static void
test_edit (Fixture *fixture, gconstpointer data)
{
  add_runs (fixture);
  open_window (fixture);
  matinee_window_show_page (fixture->window, "runs");
  wait_for_runs (fixture, 3);
  matinee_run_item_set_ticked (item_at (fixture, 0), TRUE);
  matinee_runs_edit (matinee_runs_page_get_runs (fixture->page), matinee_run_item_get_run (item_at (fixture, 0))->id,
                     "Fünf & <mehr>", "a note");
  window_test_wait (is_renamed, fixture);
  g_assert_true (matinee_run_item_get_ticked (item_at (fixture, 0)));
  gtk_editable_set_text (matinee_runs_page_get_search (fixture->page), "A NOTE");
  wait_for_runs (fixture, 1);
  gtk_editable_set_text (matinee_runs_page_get_search (fixture->page), "");

  /* Deleted, and taken back. */
  matinee_runs_view_select (matinee_runs_page_get_view (fixture->page), item_at (fixture, 0));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "runs.delete", NULL);
  wait_for_runs (fixture, 2);
  g_assert_cmpuint (matinee_runs_get_ticked (matinee_runs_page_get_runs (fixture->page))->len, ==, 0);
  g_assert_nonnull (fixture->toast);
  g_signal_emit_by_name (fixture->toast, "button-clicked");
  wait_for_runs (fixture, 3);
  g_assert_cmpstr (name_at (fixture, 0), ==, "Fünf & <mehr>");
  g_assert_cmpstr (matinee_run_item_get_run (item_at (fixture, 0))->note, ==, "a note");

  matinee_run_item_set_ticked (item_at (fixture, 1), TRUE);
  matinee_run_item_set_ticked (item_at (fixture, 2), TRUE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "runs.delete-ticked", NULL);
  wait_for_runs (fixture, 1);
}

static gboolean
is_there (gpointer data)
{
  return g_file_test (data, G_FILE_TEST_EXISTS);
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "runs.csv", "runs.json", "points.csv", "points.json" };
  g_autofree char *folder = g_dir_make_tmp ("matinee-XXXXXX", NULL);
  gint64 ids[2];

  add_runs (fixture);
  open_window (fixture);
  matinee_window_show_page (fixture->window, "runs");
  wait_for_runs (fixture, 3);
  for (guint i = 0; i < 2; i++)
    ids[i] = matinee_run_item_get_run (item_at (fixture, i))->id;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autofree char *text = NULL;
      g_autoptr (GFile) file = g_file_new_for_path (path);

      matinee_runs_export (matinee_runs_page_get_runs (fixture->page), ids, 2, i >= 2, file);
      window_test_wait (is_there, path);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_cmpint (*text, ==, g_str_has_suffix (path, "json") ? '[' : *text);
      g_assert_nonnull (strstr (text, i < 2 ? "third" : "iteration"));
      g_assert_null (strstr (text, "Größe"));
      g_remove (path);
    }
  window_test_settle ();
  g_rmdir (folder);
}

/* With as many runs as somebody may ever have; bench-runs tells how long it takes. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  sample_history_fill (fixture->path, 10000, 3);
  open_window (fixture);
  matinee_window_show_page (fixture->window, "runs");
  wait_for_runs (fixture, 10000);
  gtk_editable_set_text (matinee_runs_page_get_search (fixture->page), "90, 9987");
  wait_for_runs (fixture, 0);
  gtk_editable_set_text (matinee_runs_page_get_search (fixture->page), "70, 9987");
  wait_for_runs (fixture, 1);
  gtk_editable_set_text (matinee_runs_page_get_search (fixture->page), "");
  wait_for_runs (fixture, 10000);
  matinee_runs_view_sort (matinee_runs_page_get_view (fixture->page), MATINEE_RUN_COLUMN_NAME, GTK_SORT_ASCENDING);
  g_assert_cmpstr (name_at (fixture, 0), ==, "Exact least squares, k = 0");
  /* Also what lies far down can be chosen. */
  matinee_runs_view_select (matinee_runs_page_get_view (fixture->page), item_at (fixture, 500));
  g_assert_true (matinee_runs_view_get_selected (matinee_runs_page_get_view (fixture->page)) == item_at (fixture, 500));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/runs/trained", test_trained);
  ADD ("/runs/others", test_others);
  ADD ("/runs/keyboard", test_keyboard);
  ADD ("/runs/right-to-left", test_right_to_left);
  ADD ("/runs/small", test_small);
  ADD ("/runs/live", test_live);
  ADD ("/runs/table", test_table);
  ADD ("/runs/differences", test_differences);
  ADD ("/runs/use-params", test_use_params);
  ADD ("/runs/edit", test_edit);
  ADD ("/runs/export", test_export);
  ADD ("/runs/many", test_many);
  return g_test_run ();
}
