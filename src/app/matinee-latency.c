/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-latency"

#include "config.h"

#include "matinee-latency.h"

#include <time.h>
#include <unistd.h>

#define PERIOD_MS 5
#define LATE_MS 50.0

/* Which field of /proc/self/stat, counted from the one after the name in parentheses,
 * tells when the process began, in ticks since the machine did. */
#define START_FIELD 19

struct _MatineeLatency
{
  guint source;
  gint64 due;
  GtkWidget *window;
  GdkFrameClock *clock;
  double first_frame;
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

  self->due = now + PERIOD_MS * 1000;
  if (self->first_frame < 0)
    return G_SOURCE_CONTINUE;
  self->largest[self->training] = MAX (self->largest[self->training], late);
  if (late > LATE_MS)
    self->n_late[self->training]++;
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
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  if (self->window != NULL)
    g_signal_handlers_disconnect_by_data (self->window, self);
  g_clear_object (&self->clock);
  g_clear_weak_pointer (&self->window);
  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self);
}

/* Milliseconds since the process began, or 0 where the system doesn't tell. */
static double
process_age (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;
  const char *after_name;
  struct timespec now;

  if (!g_file_get_contents ("/proc/self/stat", &text, NULL, NULL) || (after_name = strrchr (text, ')')) == NULL)
    return 0;
  fields = g_strsplit (after_name + 2, " ", START_FIELD + 2);
  if (g_strv_length (fields) <= START_FIELD || clock_gettime (CLOCK_BOOTTIME, &now) != 0)
    return 0;
  return ((double) now.tv_sec + 1e-9 * (double) now.tv_nsec
          - (double) g_ascii_strtoull (fields[START_FIELD], NULL, 10) / (double) sysconf (_SC_CLK_TCK))
         * 1000;
}

static void
painted_cb (MatineeLatency *self)
{
  self->first_frame = process_age ();
  self->due = g_get_monotonic_time () + PERIOD_MS * 1000;
  g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);
}

static void
mapped_cb (MatineeLatency *self)
{
  g_signal_handlers_disconnect_by_data (self->window, self);
  self->clock = g_object_ref (gtk_widget_get_frame_clock (self->window));
  g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (painted_cb), self);
}

/**
 * matinee_latency_watch_start:
 * @self: a watch
 * @window: a window that is not shown yet
 *
 * Until the first frame of the window, delays are not counted: nobody can press a key
 * in it.
 */
void
matinee_latency_watch_start (MatineeLatency *self, GtkWidget *window)
{
  self->first_frame = -1;
  g_set_weak_pointer (&self->window, window);
  g_signal_connect_swapped (window, "map", G_CALLBACK (mapped_cb), self);
}

/**
 * matinee_latency_get_first_frame:
 * @self: a watch
 *
 * Returns: milliseconds from the start of the process to the first frame of the window,
 *   to 10 ms; 0 if that is not known
 */
double
matinee_latency_get_first_frame (MatineeLatency *self)
{
  return MAX (self->first_frame, 0);
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
