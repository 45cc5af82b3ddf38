/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A long history: how long opening, listing and searching take, beside reading a
 * file of as many bytes. The best of some rounds counts. */
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "matinee-history-private.h"
#include "sample-history.h"
#include "sample-model.h"

static int n_runs = 10000;
static int n_points = 50;
static int n_rounds = 7;

static const GOptionEntry options[] = {
  { "runs", 0, 0, G_OPTION_ARG_INT, &n_runs, "Runs", "N" },
  { "points", 0, 0, G_OPTION_ARG_INT, &n_points, "Points of each", "N" },
  { "rounds", 0, 0, G_OPTION_ARG_INT, &n_rounds, "How often", "N" },
  { NULL },
};

static double
milliseconds_since (gint64 begin)
{
  return (double) (g_get_monotonic_time () - begin) / 1000;
}

static double
time_find (MatineeHistory *history, const MatineeRunQuery *query)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GArray) ids = matinee_history_find (history, query, NULL);

  g_assert_nonnull (ids);
  return milliseconds_since (begin);
}

static double
time_list (MatineeHistory *history, const MatineeRunQuery *query, guint *n)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GPtrArray) runs = matinee_history_list (history, query, NULL);
  double time = milliseconds_since (begin);

  *n = runs->len;
  return time;
}

int
main (int argc, char *argv[])
{
  static const MatineeRunQuery queries[] = {
    { .descending = TRUE },
    { .order = MATINEE_RUN_ORDER_BEST_TEST_RMSE },
    { .order = MATINEE_RUN_ORDER_NAME },
    { .search = "e" },
    { .search = "ml-25 777" },
    { .search = "nothing has this" },
    { .search = "least", .limit = 100 },
  };
  static const char *const names[]
      = { "list, newest first",      "list by best test RMSE", "list by name",         "search \"e\": all",
          "search two words: a few", "search: none",           "search: the first 100" };
  double best[G_N_ELEMENTS (queries)];
  double found[G_N_ELEMENTS (queries)];
  guint n[G_N_ELEMENTS (queries)];
  double opening = 1e9, tracing = 1e9, reading = 1e9;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  char *room;
  GStatBuf known;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  room = sample_room_new ();
  path = g_build_filename (room, "history.db", NULL);
  sample_history_fill (path, (guint) n_runs, (guint) n_points);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    best[i] = found[i] = 1e9;
  for (int round = 0; round < n_rounds; round++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (MatineeHistory) history = sample_history_open (path);
      g_autoptr (MatineeTrace) trace = NULL;
      g_autofree char *bytes = NULL;

      opening = MIN (opening, milliseconds_since (begin));
      for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
        {
          double time = time_list (history, &queries[i], &n[i]);

          double finding = time_find (history, &queries[i]);

          best[i] = MIN (best[i], time);
          found[i] = MIN (found[i], finding);
        }
      begin = g_get_monotonic_time ();
      trace = matinee_history_get_trace (history, n_runs / 2, NULL);
      tracing = MIN (tracing, milliseconds_since (begin));
      begin = g_get_monotonic_time ();
      g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
      reading = MIN (reading, milliseconds_since (begin));
    }
  g_stat (path, &known);
  g_print ("%.1f MB: opening %.1f ms (reading the whole file %.1f ms), one trace %.2f ms\n",
           (double) known.st_size / 1e6, opening, reading, tracing);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    g_print ("%-26s %6u runs: found in %5.1f ms, listed in %5.1f ms\n", names[i], n[i], found[i], best[i]);
  sample_room_free (room);
  return 0;
}
