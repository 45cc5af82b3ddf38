/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a window that draws its chart 60 times a second costs the training behind it: the
 * same training with the window drawn and with it hidden, in turns, the best of each. */
#include "config.h"

#include <time.h>

#include "matinee-solver.h"
#include "window-test.h"

#define REDRAWS_MS 16

static int n_rounds = 7;
static int n_iterations = 400;
static int n_threads = 1;

static const GOptionEntry options[] = {
  { "rounds", 0, 0, G_OPTION_ARG_INT, &n_rounds, "How often", "N" },
  { "iterations", 0, 0, G_OPTION_ARG_INT, &n_iterations, "Of each training", "N" },
  { "threads", 0, 0, G_OPTION_ARG_INT, &n_threads, "Of each training", "N" },
  { NULL },
};

typedef struct
{
  double solver; /* seconds that the solver took, by the clock */
  double worker; /* seconds that all threads but the main one have worked */
  double main;   /* seconds that the main one has */
  guint n_frames;
} Cost;

static double
now (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

static gboolean
redraw_cb (gpointer plot)
{
  /* As if something had changed: else only what has is drawn. */
  matinee_plot_model_set_x_title (matinee_plot_get_model (plot), g_random_boolean () ? "Iteration" : "Iterations");
  return G_SOURCE_CONTINUE;
}

static void
painted_cb (GdkFrameClock *clock, Cost *cost)
{
  cost->n_frames++;
}

static void
train (MatineeWindow *window, gboolean drawn, Cost *cost)
{
  MatineePlot *plot = matinee_train_page_get_plot (matinee_window_get_train_page (window));
  GdkFrameClock *clock;
  double process, mine;
  gulong id;
  guint redraw;

  *cost = (Cost){ 0 };
  gtk_widget_set_visible (GTK_WIDGET (window), drawn);
  window_test_settle ();
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  id = drawn ? g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), cost) : 0;
  redraw = drawn ? g_timeout_add (REDRAWS_MS, redraw_cb, plot) : 0;
  process = now (CLOCK_PROCESS_CPUTIME_ID);
  mine = now (CLOCK_THREAD_CPUTIME_ID);
  window_test_train (window);
  cost->main = now (CLOCK_THREAD_CPUTIME_ID) - mine;
  cost->worker = now (CLOCK_PROCESS_CPUTIME_ID) - process - cost->main;
  cost->solver = matinee_trace_last (matinee_session_get_model (matinee_window_get_session (window))->trace)->seconds;
  if (drawn)
    {
      g_signal_handler_disconnect (clock, id);
      g_source_remove (redraw);
    }
}

int
main (int argc, char *argv[])
{
  static const char *const names[] = { "hidden", "drawn" };
  Cost best[2] = { { 1e9, 1e9, 1e9, 0 }, { 1e9, 1e9, 1e9, 0 } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  MatineeWindow *window;
  MatineeParams params;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  window = window_test_open (window_test_application ());
  matinee_params_init (&params, (guint) n_threads);
  params.n_iterations = (guint) n_iterations;
  params.tolerance = 0;
  matinee_session_set_params (matinee_window_get_session (window), &params);
  for (int round = 0; round < n_rounds; round++)
    for (guint drawn = 0; drawn < 2; drawn++)
      {
        Cost cost;

        train (window, drawn, &cost);
        best[drawn].solver = MIN (best[drawn].solver, cost.solver);
        best[drawn].worker = MIN (best[drawn].worker, cost.worker);
        best[drawn].main = MIN (best[drawn].main, cost.main);
        best[drawn].n_frames = MAX (best[drawn].n_frames, cost.n_frames);
      }
  for (guint drawn = 0; drawn < 2; drawn++)
    g_print ("%-6s: solver %.3f s, work of the trainer %.3f s, of the main thread %.3f s, %u frames\n", names[drawn],
             best[drawn].solver, best[drawn].worker, best[drawn].main, best[drawn].n_frames);
  g_print ("drawing costs the trainer %.1f %% of its work, %.1f %% by the clock\n",
           100 * (best[1].worker / best[0].worker - 1), 100 * (best[1].solver / best[0].solver - 1));
  gtk_widget_set_visible (GTK_WIDGET (window), TRUE);
  window_test_close (window);
  return 0;
}
