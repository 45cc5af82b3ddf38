/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-mailbox.h"

#define INTERVAL_MS 33

struct _MatineeMailbox
{
  gatomicrefcount ref_count;
  MatineeMailboxFunc func;
  gpointer data;
  GMainContext *context;
  gsize record_size;

  GMutex mutex;
  /* All below is guarded by the mutex. */
  GArray *records;
  double fraction;
  GSource *source;
  gint64 delivered_at;
  gboolean closed;
};

static MatineeMailbox *
matinee_mailbox_ref (MatineeMailbox *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
matinee_mailbox_unref (gpointer data)
{
  MatineeMailbox *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_mutex_clear (&self->mutex);
  g_array_unref (self->records);
  g_main_context_unref (self->context);
  g_free (self);
}

/* Takes what has come under the lock and tells of it outside: so a record posted
 * while the listener works arms the next source, and none is lost. */
static void
deliver (MatineeMailbox *self)
{
  g_autoptr (GArray) records = NULL;
  double fraction;
  gboolean closed;

  g_mutex_lock (&self->mutex);
  records = g_steal_pointer (&self->records);
  self->records = g_array_new (FALSE, FALSE, (guint) self->record_size);
  fraction = self->fraction;
  closed = self->closed;
  self->delivered_at = g_get_monotonic_time ();
  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_clear_pointer (&self->source, g_source_unref);
    }
  g_mutex_unlock (&self->mutex);
  if (!closed)
    self->func (records->data, records->len, fraction, self->data);
}

static gboolean
deliver_cb (gpointer data)
{
  deliver (data);
  return G_SOURCE_REMOVE;
}

/**
 * matinee_mailbox_new:
 * @record_size: bytes of a record
 * @func: told of what was posted
 * @data: user data for @func
 *
 * Makes a mailbox that delivers to the thread's default main context.
 *
 * Returns: (transfer full): a mailbox, to be closed with matinee_mailbox_close()
 */
MatineeMailbox *
matinee_mailbox_new (gsize record_size, MatineeMailboxFunc func, gpointer data)
{
  MatineeMailbox *self = g_new0 (MatineeMailbox, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->func = func;
  self->data = data;
  self->context = g_main_context_ref_thread_default ();
  self->record_size = record_size;
  self->records = g_array_new (FALSE, FALSE, (guint) record_size);
  g_mutex_init (&self->mutex);
  return self;
}

/**
 * matinee_mailbox_post:
 * @self: a mailbox
 * @record: (nullable): a record to deliver, copied; %NULL posts the fraction alone
 * @fraction: how much is done, 0 … 1
 *
 * Posts from any thread. Never blocks for longer than a copy.
 */
void
matinee_mailbox_post (MatineeMailbox *self, gconstpointer record, double fraction)
{
  g_mutex_lock (&self->mutex);
  if (record != NULL)
    g_array_append_vals (self->records, record, 1);
  self->fraction = fraction;
  if (self->source == NULL && !self->closed)
    {
      gint64 since = (g_get_monotonic_time () - self->delivered_at) / 1000;

      self->source = g_timeout_source_new ((guint) CLAMP (INTERVAL_MS - since, 0, INTERVAL_MS));
      g_source_set_callback (self->source, deliver_cb, matinee_mailbox_ref (self), matinee_mailbox_unref);
      g_source_attach (self->source, self->context);
    }
  g_mutex_unlock (&self->mutex);
}

/**
 * matinee_mailbox_flush:
 * @self: a mailbox
 *
 * Delivers at once what waits. Only from the thread of its main context.
 */
void
matinee_mailbox_flush (MatineeMailbox *self)
{
  gboolean waiting;

  g_mutex_lock (&self->mutex);
  waiting = self->source != NULL;
  g_mutex_unlock (&self->mutex);
  if (waiting)
    deliver (self);
}

/**
 * matinee_mailbox_close:
 * @self: (transfer full): a mailbox
 *
 * Ends delivery and gives the mailbox up, when no thread will post any more and all
 * was delivered (see matinee_mailbox_flush()), or from the thread of its main context.
 * A job whose last reference is the worker's closes it from there.
 */
void
matinee_mailbox_close (MatineeMailbox *self)
{
  g_mutex_lock (&self->mutex);
  self->closed = TRUE;
  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_clear_pointer (&self->source, g_source_unref);
    }
  g_mutex_unlock (&self->mutex);
  matinee_mailbox_unref (self);
}
