/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-latency"

#include "config.h"

#include "matinee-latency.h"

#define PERIOD_MS 5
#define LATE_MS 50.0

struct _MatineeLatency
{
  guint source;
  gint64 due;
  double largest;
  guint n_late;
};

static gboolean
tick_cb (gpointer data)
{
  MatineeLatency *self = data;
  gint64 now = g_get_monotonic_time ();
  double late = (double) (now - self->due) / 1000.0;

  self->largest = MAX (self->largest, late);
  if (late > LATE_MS)
    self->n_late++;
  self->due = now + PERIOD_MS * 1000;
  return G_SOURCE_CONTINUE;
}

/**
 * matinee_latency_new:
 *
 * Starts to watch the main loop: a timeout of high priority measures by how much
 * it comes too late, which is how long a key press would have waited.
 *
 * Returns: (transfer full): the watch
 */
MatineeLatency *
matinee_latency_new (void)
{
  MatineeLatency *self = g_new0 (MatineeLatency, 1);

  self->due = g_get_monotonic_time () + PERIOD_MS * 1000;
  self->source = g_timeout_add_full (G_PRIORITY_HIGH, PERIOD_MS, tick_cb, self, NULL);
  return self;
}

/**
 * matinee_latency_free:
 * @self: (transfer full): a watch
 *
 * Stops to watch.
 */
void
matinee_latency_free (MatineeLatency *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self);
}

/**
 * matinee_latency_get_largest:
 * @self: a watch
 *
 * Returns: the longest delay so far, in milliseconds
 */
double
matinee_latency_get_largest (MatineeLatency *self)
{
  return self->largest;
}

/**
 * matinee_latency_get_n_late:
 * @self: a watch
 *
 * Returns: how many delays were longer than 50 ms
 */
guint
matinee_latency_get_n_late (MatineeLatency *self)
{
  return self->n_late;
}
