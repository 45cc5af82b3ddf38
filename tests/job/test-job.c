/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "job-test.h"

#include "matinee-error.h"

#define N_RECORDS 5

/* Counts, waits for somebody to stop it if it is told to, and keeps or loses what it did. */
typedef struct
{
  MatineeJob parent_instance;
  gboolean waits;
  gboolean fails;
  GThread *thread;
  guint n_seen;
  guint n_fractions;
} CountJob;

typedef MatineeJobClass CountJobClass;
typedef CountJob KeepJob;
typedef CountJobClass KeepJobClass;

static GType count_job_get_type (void);
static GType keep_job_get_type (void);
G_DEFINE_TYPE (CountJob, count_job, MATINEE_TYPE_JOB)
G_DEFINE_TYPE (KeepJob, keep_job, count_job_get_type ())

static gboolean
count_job_run (MatineeJob *job, GCancellable *cancellable, GError **error)
{
  CountJob *self = (CountJob *) job;

  g_assert_true (g_thread_self () != self->thread);
  for (guint i = 1; i <= N_RECORDS; i++)
    matinee_job_post (job, &i, (double) i / N_RECORDS);
  while (self->waits && !matinee_stop_requested (matinee_job_get_stop (job)))
    g_usleep (1000);
  if (self->fails)
    g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_DATA, "It can’t be done");
  return !self->fails;
}

static void
count_job_deliver (MatineeJob *job, gconstpointer records, guint n)
{
  CountJob *self = (CountJob *) job;
  const guint *numbers = records;

  g_assert_true (g_thread_self () == self->thread);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (numbers[i], ==, ++self->n_seen);
  g_assert_cmpfloat (matinee_job_get_fraction (job), ==, (double) self->n_seen / N_RECORDS);
  if (self->waits)
    matinee_job_stop (job);
}

static void
count_job_class_init (CountJobClass *klass)
{
  klass->record_size = sizeof (guint);
  klass->run = count_job_run;
  klass->deliver = count_job_deliver;
}

static void
fraction_cb (CountJob *self)
{
  g_assert_true (g_thread_self () == self->thread);
  self->n_fractions++;
}

static void
count_job_init (CountJob *self)
{
  self->thread = g_thread_self ();
  g_signal_connect (self, "notify::fraction", G_CALLBACK (fraction_cb), NULL);
}

static void
keep_job_class_init (KeepJobClass *klass)
{
  klass->keeps_done = TRUE;
}

static void
keep_job_init (KeepJob *self)
{
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_done (void)
{
  CountJob *job = g_object_new (count_job_get_type (), NULL);
  GAsyncResult *result;
  gboolean running;
  guint n_notifies = 0;
  GError *error = NULL;

  g_signal_connect_swapped (job, "notify::running", G_CALLBACK (count_cb), &n_notifies);
  g_assert_false (matinee_job_get_running (MATINEE_JOB (job)));
  result = job_test_wait (job, NULL);
  g_object_get (job, "running", &running, NULL);
  g_assert_true (running);
  g_assert_true (matinee_job_run_finish (MATINEE_JOB (job), result, &error));
  g_assert_no_error (error);
  g_assert_false (matinee_job_get_running (MATINEE_JOB (job)));
  g_assert_cmpuint (n_notifies, ==, 2);
  g_assert_cmpuint (job->n_seen, ==, N_RECORDS);
  g_assert_cmpuint (job->n_fractions, >=, 1);
  g_assert_cmpuint (job->n_fractions, <=, N_RECORDS);
  g_assert_cmpfloat (matinee_job_get_fraction (MATINEE_JOB (job)), ==, 1);
  g_object_unref (result);
  job_test_assert_finalized_soon (job);
}

static void
test_failed (void)
{
  CountJob *job = g_object_new (count_job_get_type (), NULL);
  GAsyncResult *result;
  g_autoptr (GError) error = NULL;

  job->fails = TRUE;
  result = job_test_wait (job, NULL);
  g_assert_false (matinee_job_run_finish (MATINEE_JOB (job), result, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA);
  g_assert_false (matinee_job_get_running (MATINEE_JOB (job)));
  g_object_unref (result);
  job_test_assert_finalized_soon (job);
}

static void
test_stopped (void)
{
  CountJob *job = g_object_new (count_job_get_type (), NULL);
  GAsyncResult *result;

  job->waits = TRUE;
  result = job_test_wait (job, NULL);
  g_assert_true (matinee_job_run_finish (MATINEE_JOB (job), result, NULL));
  g_object_unref (result);
  job_test_assert_finalized_soon (job);
}

/* What was done to the end is lost or kept, as the kind of job has it. */
static void
test_cancelled (void)
{
  const GType types[] = { count_job_get_type (), keep_job_get_type () };

  for (guint keeps = 0; keeps < G_N_ELEMENTS (types); keeps++)
    {
      CountJob *job = g_object_new (types[keeps], NULL);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      GAsyncResult *result;

      job->waits = TRUE;
      g_cancellable_cancel (cancellable);
      result = job_test_wait (job, cancellable);
      g_assert_cmpint (matinee_job_run_finish (MATINEE_JOB (job), result, &error), ==, keeps);
      if (!keeps)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_false (matinee_job_get_running (MATINEE_JOB (job)));
      g_object_unref (result);
      job_test_assert_finalized_soon (job);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job/done", test_done);
  g_test_add_func ("/job/failed", test_failed);
  g_test_add_func ("/job/stopped", test_stopped);
  g_test_add_func ("/job/cancelled", test_cancelled);
  return g_test_run ();
}
