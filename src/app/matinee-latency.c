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
  gboolean training;
  /* Outside of trainings, and during them. */
  double largest[2];
  guint n_late[2];
};

static gboolean
tick_cb (gpointer data)
{
  MatineeLatency *self = data;
  gint64 now = g_get_monotonic_time ();
  double late = (double) (now - self->due) / 1000.0;

  self->largest[self->training] = MAX (self->largest[self->training], late);
  if (late > LATE_MS)
    self->n_late[self->training]++;
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
 * matinee_latency_set_training:
 * @self: a watch
 * @training: whether a training is going on
 *
 * From here on, delays are counted as of a training, or as of something else.
 */
void
matinee_latency_set_training (MatineeLatency *self, gboolean training)
{
  self->training = !!training;
}

/**
 * matinee_latency_get_largest:
 * @self: a watch
 * @training: whether to tell of trainings, or of the time outside of them
 *
 * Returns: the longest delay so far, in milliseconds
 */
double
matinee_latency_get_largest (MatineeLatency *self, gboolean training)
{
  return self->largest[!!training];
}

/**
 * matinee_latency_get_n_late:
 * @self: a watch
 * @training: whether to tell of trainings, or of the time outside of them
 *
 * Returns: how many delays were longer than 50 ms
 */
guint
matinee_latency_get_n_late (MatineeLatency *self, gboolean training)
{
  return self->n_late[!!training];
}
