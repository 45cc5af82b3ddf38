/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of runs with a long history: how long it takes to open, and how long a letter
 * that is typed into its search waits until what it finds is drawn. */
#include "config.h"

#include <glib/gstdio.h>

#include "sample-history.h"
#include "window-test.h"

#define N_ROUNDS 5

static int n_runs = 10000;
static int n_points = 50;

static const GOptionEntry options[] = {
  { "runs", 0, 0, G_OPTION_ARG_INT, &n_runs, "Runs", "N" },
  { "points", 0, 0, G_OPTION_ARG_INT, &n_points, "Points of each", "N" },
  { NULL },
};

static void
happened_cb (gpointer instance, gpointer data)
{
  *(gboolean *) data = TRUE;
}

/* Turns the main context until something is told. */
static void
wait_for (gpointer instance, const char *signal)
{
  gboolean happened = FALSE;
  gulong id = g_signal_connect_after (instance, signal, G_CALLBACK (happened_cb), &happened);

  while (!happened)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (instance, id);
}

static void
wait_for_frame (MatineeWindow *window)
{
  gtk_widget_queue_draw (GTK_WIDGET (window));
  wait_for (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint");
}

static double
milliseconds_since (gint64 begin)
{
  return (double) (g_get_monotonic_time () - begin) / 1000;
}

static double
time_opening (MatineeWindow **window)
{
  MatineeRuns *runs;
  gint64 begin;

  *window = window_test_open (window_test_application ());
  window_test_settle ();
  runs = matinee_runs_page_get_runs (matinee_window_get_runs_page (*window));
  begin = g_get_monotonic_time ();
  matinee_window_show_page (*window, "runs");
  while (!matinee_runs_is_loaded (runs))
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (*window);
  return milliseconds_since (begin);
}

/* Types a letter, or with 0 deletes one. */
static double
time_key (MatineeWindow *window, char letter)
{
  GtkEditable *search = matinee_runs_page_get_search (matinee_window_get_runs_page (window));
  int end = (int) g_utf8_strlen (gtk_editable_get_text (search), -1);
  int position = end;
  gint64 begin = g_get_monotonic_time ();

  if (letter != '\0')
    gtk_editable_insert_text (search, &letter, 1, &position);
  else
    gtk_editable_delete_text (search, end - 1, end);
  if (end > 1 || letter != '\0')
    wait_for (search, "search-changed");
  wait_for_frame (window);
  return milliseconds_since (begin);
}

int
main (int argc, char *argv[])
{
  static const char text[] = "ml-25 77";
  enum
  {
    N_KEYS = 2 * (sizeof text - 1)
  };
  double opening = 1e9;
  double keys[N_KEYS];
  double longest = 0;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = matinee_history_dup_default_path ();

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_printerr ("%s is there already: start this with tests/run-headless, which gives it a home of its own\n", path);
      return 2;
    }
  sample_history_fill (path, (guint) n_runs, (guint) n_points);
  for (guint i = 0; i < N_KEYS; i++)
    keys[i] = 1e9;
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      MatineeWindow *window;
      double time = time_opening (&window);

      opening = MIN (opening, time);
      window_test_settle ();
      for (guint i = 0; i < N_KEYS; i++)
        {
          time = time_key (window, i < sizeof text - 1 ? text[i] : '\0');
          keys[i] = MIN (keys[i], time);
          window_test_settle ();
        }
      window_test_close (window);
    }
  g_print ("%d runs of %d points: the page opens in %.1f ms\n", n_runs, n_points, opening);
  for (guint i = 0; i < N_KEYS; i++)
    {
      g_print ("%s %c: %5.1f ms\n", i < sizeof text - 1 ? "typing  " : "deleting",
               text[i < sizeof text - 1 ? i : N_KEYS - 1 - i], keys[i]);
      longest = MAX (longest, keys[i]);
    }
  g_print ("the longest %.1f ms\n", longest);
  return 0;
}
