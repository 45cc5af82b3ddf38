/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-mailbox.h"

#define N_RECORDS 200000

typedef struct
{
  MatineeMailbox *mailbox;
  guint expected;
  guint n_deliveries;
  double fraction;
} Listener;

static void
delivered_cb (gconstpointer records, guint n_records, double fraction, gpointer data)
{
  Listener *listener = data;
  const guint *numbers = records;

  for (guint i = 0; i < n_records; i++)
    g_assert_cmpuint (numbers[i], ==, listener->expected++);
  listener->n_deliveries++;
  listener->fraction = fraction;
}

static gpointer
post_all (gpointer data)
{
  MatineeMailbox *mailbox = data;

  for (guint i = 0; i < N_RECORDS; i++)
    matinee_mailbox_post (mailbox, &i, (i + 1.0) / N_RECORDS);
  return NULL;
}

/* Whatever the speed of the worker, records come all, in order, and few times. */
static void
test_flood (void)
{
  Listener listener = { 0 };
  GThread *thread;
  gint64 begin = g_get_monotonic_time ();
  double seconds;

  listener.mailbox = matinee_mailbox_new (sizeof (guint), delivered_cb, &listener);
  thread = g_thread_new ("worker", post_all, listener.mailbox);
  while (listener.expected < N_RECORDS)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  seconds = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  g_assert_cmpfloat (listener.fraction, ==, 1.0);
  g_assert_cmpuint (listener.n_deliveries, <=, (guint) (seconds * 1000 / 30) + 3);
  matinee_mailbox_close (listener.mailbox);
}

static void
test_flush (void)
{
  Listener listener = { 0 };
  guint number = 0;

  listener.mailbox = matinee_mailbox_new (sizeof (guint), delivered_cb, &listener);
  matinee_mailbox_post (listener.mailbox, &number, 0.25);
  matinee_mailbox_flush (listener.mailbox);
  g_assert_cmpuint (listener.expected, ==, 1);
  g_assert_cmpfloat (listener.fraction, ==, 0.25);
  /* Nothing is left to tell. */
  matinee_mailbox_flush (listener.mailbox);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (listener.n_deliveries, ==, 1);
  matinee_mailbox_close (listener.mailbox);
}

/* Nothing is told after closing, even if a source was waiting. */
static void
test_close (void)
{
  Listener listener = { 0 };
  guint number = 0;

  listener.mailbox = matinee_mailbox_new (sizeof (guint), delivered_cb, &listener);
  matinee_mailbox_post (listener.mailbox, &number, 0.5);
  matinee_mailbox_close (listener.mailbox);
  for (guint i = 0; i < 10; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }
  g_assert_cmpuint (listener.n_deliveries, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mailbox/flood", test_flood);
  g_test_add_func ("/mailbox/flush", test_flush);
  g_test_add_func ("/mailbox/close", test_close);
  return g_test_run ();
}
