/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-timing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/**
 * matinee_cli_timing_since:
 * @start: from g_get_monotonic_time()
 *
 * Returns: seconds since then, never 0, so that rates are finite
 */
double
matinee_cli_timing_since (gint64 start)
{
  return (double) MAX (g_get_monotonic_time () - start, 1) / G_USEC_PER_SEC;
}

/**
 * matinee_cli_timing_add:
 * @timing: a timing
 * @seconds: how long it took once more
 *
 * Notes a run; those after %MATINEE_CLI_MAX_RUNS are left out.
 */
void
matinee_cli_timing_add (MatineeCliTiming *timing, double seconds)
{
  if (timing->n < MATINEE_CLI_MAX_RUNS)
    timing->seconds[timing->n++] = seconds;
}

/**
 * matinee_cli_timing_best:
 * @timing: a timing
 *
 * Other programs can only make a run slower, so the fastest tells most about what
 * was measured.
 *
 * Returns: seconds of the fastest run, or NaN when there was none
 */
double
matinee_cli_timing_best (const MatineeCliTiming *timing)
{
  double best = NAN;

  for (guint i = 0; i < timing->n; i++)
    best = fmin (best, timing->seconds[i]);
  return best;
}

static int
compare_seconds (gconstpointer a, gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

/**
 * matinee_cli_timing_median:
 * @timing: a timing
 *
 * Returns: seconds of the run in the middle, or NaN when there was none; far from
 *   the best, it tells that the machine was busy
 */
double
matinee_cli_timing_median (const MatineeCliTiming *timing)
{
  double sorted[MATINEE_CLI_MAX_RUNS];
  guint n = timing->n;

  if (n == 0)
    return NAN;
  memcpy (sorted, timing->seconds, n * sizeof *sorted);
  qsort (sorted, n, sizeof *sorted, compare_seconds);
  return 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
}
