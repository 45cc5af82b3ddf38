/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-trace.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const struct
{
  const char *id;
  const char *title;
} reasons[] = {
  [MATINEE_RUNNING] = { "running", N_ ("Running") },
  [MATINEE_CONVERGED] = { "converged", N_ ("Converged") },
  [MATINEE_ITERATIONS] = { "iterations", N_ ("All iterations done") },
  [MATINEE_IMPATIENT] = { "no-improvement", N_ ("No more improvement") },
  [MATINEE_DIVERGED] = { "diverged", N_ ("Diverged") },
  [MATINEE_CANCELLED] = { "cancelled", N_ ("Stopped") },
};

/**
 * matinee_stop_reason_id:
 * @reason: a reason
 *
 * Returns: its name in files
 */
const char *
matinee_stop_reason_id (MatineeStopReason reason)
{
  return reasons[reason].id;
}

/**
 * matinee_stop_reason_find:
 * @id: (nullable): a reason's name in files
 * @reason: (out): the reason of that name
 *
 * Returns: whether there is one
 */
gboolean
matinee_stop_reason_find (const char *id, MatineeStopReason *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i].id, id) == 0)
      {
        *reason = (MatineeStopReason) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * matinee_stop_reason_title:
 * @reason: a reason
 *
 * Returns: its name for people, translated
 */
const char *
matinee_stop_reason_title (MatineeStopReason reason)
{
  return _ (reasons[reason].title);
}

/**
 * matinee_trace_new:
 *
 * Returns: (transfer full): an empty trace
 */
MatineeTrace *
matinee_trace_new (void)
{
  return g_new0 (MatineeTrace, 1);
}

/**
 * matinee_trace_append:
 * @trace: a trace
 * @point: a record
 *
 * Adds a record. O(1) on average.
 */
void
matinee_trace_append (MatineeTrace *trace, const MatineeTracePoint *point)
{
  if (trace->n == trace->n_allocated)
    {
      trace->n_allocated = MAX (2 * trace->n_allocated, 32);
      trace->points = g_renew (MatineeTracePoint, trace->points, trace->n_allocated);
    }
  trace->points[trace->n++] = *point;
}

/**
 * matinee_trace_best:
 * @trace: a trace
 *
 * Returns: (nullable): the record with the lowest test RMSE, the earliest of
 *   equals; the last record when there are no test ratings; %NULL when empty
 */
const MatineeTracePoint *
matinee_trace_best (const MatineeTrace *trace)
{
  const MatineeTracePoint *best = NULL;

  for (guint i = 0; i < trace->n; i++)
    {
      const MatineeTracePoint *point = &trace->points[i];

      if (point->test.n > 0 && isfinite (point->test.squared)
          && (best == NULL || point->test.squared < best->test.squared))
        best = point;
    }
  return best != NULL ? best : matinee_trace_last (trace);
}

/**
 * matinee_trace_last:
 * @trace: a trace
 *
 * Returns: (nullable): the last record
 */
const MatineeTracePoint *
matinee_trace_last (const MatineeTrace *trace)
{
  return trace->n > 0 ? &trace->points[trace->n - 1] : NULL;
}

/**
 * matinee_trace_free:
 * @trace: (nullable) (transfer full): a trace
 *
 * Frees it.
 */
void
matinee_trace_free (MatineeTrace *trace)
{
  if (trace == NULL)
    return;
  g_free (trace->points);
  g_free (trace);
}
