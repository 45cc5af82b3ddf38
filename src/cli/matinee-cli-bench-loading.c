/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "matinee-cli-bench-parts.h"
#include "matinee-cli-output.h"
#include "matinee-ratings-reader.h"

typedef struct
{
  gint64 start;
  double parsed;
} Watch;

static void
progress_cb (double fraction, gpointer data)
{
  Watch *watch = data;

  if (fraction <= MATINEE_RATINGS_READ_PARSED)
    watch->parsed = matinee_cli_timing_since (watch->start);
}

static gboolean
load_once (MatineeCliBench *bench, GError **error)
{
  Watch watch = { .start = g_get_monotonic_time () };
  double read;

  bench->ratings = matinee_ratings_read (bench->path, bench->pool, progress_cb, &watch, bench->stop, error);
  if (bench->ratings == NULL)
    return FALSE;
  read = matinee_cli_timing_since (watch.start);
  bench->split = matinee_split_new_random (bench->ratings, bench->params.test_share, bench->params.seed, bench->pool,
                                           bench->stop, error);
  if (bench->split == NULL)
    return FALSE;
  matinee_cli_timing_add (&bench->parse, watch.parsed);
  matinee_cli_timing_add (&bench->ready, matinee_cli_timing_since (watch.start));
  matinee_cli_timing_add (&bench->split_time, matinee_cli_timing_since (watch.start) - read);
  return TRUE;
}

/**
 * matinee_cli_bench_loading:
 * @bench: a run
 * @error: return location
 *
 * Measures how long the temporary file takes to read, in turn with counting its
 * lines. Afterwards the ratings are there, ready to train.
 *
 * Returns: whether all went well
 */
gboolean
matinee_cli_bench_loading (MatineeCliBench *bench, GError **error)
{
  gint64 start = g_get_monotonic_time ();

  do
    {
      matinee_cli_progress (_ ("Measuring how long the ratings take to read"));
      g_clear_pointer (&bench->split, matinee_split_unref);
      g_clear_pointer (&bench->ratings, matinee_ratings_unref);
      if (!matinee_cli_bench_check_stop (bench, error) || !matinee_cli_bench_count_lines (bench, error)
          || !load_once (bench, error))
        return FALSE;
    }
  while (matinee_cli_bench_again (bench, &bench->ready, start));
  return TRUE;
}
