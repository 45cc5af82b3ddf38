/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "job-test.h"

#include "matinee-load-job.h"

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/**
 * job_test_wait:
 * @job: a job
 * @cancellable: (nullable): cancels it
 *
 * Runs a job to its end.
 *
 * Returns: (transfer full): its result, to be finished
 */
GAsyncResult *
job_test_wait (gpointer job, GCancellable *cancellable)
{
  GAsyncResult *result = NULL;

  matinee_job_run_async (job, cancellable, ended_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return result;
}

/**
 * job_test_assert_finalized_soon:
 * @job: (transfer full): a job that has ended
 *
 * Gives it up. The worker thread may hold it for a moment after its callback.
 */
void
job_test_assert_finalized_soon (gpointer job)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  g_object_add_weak_pointer (job, &job);
  g_object_unref (job);
  while (job != NULL && g_get_monotonic_time () < deadline)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_null (job);
}

/**
 * job_test_load_sample:
 *
 * Returns: (transfer full): the built-in sample
 */
MatineeDataset *
job_test_load_sample (void)
{
  MatineeLoadJob *job = matinee_load_job_new_sample ();
  g_autoptr (GAsyncResult) result = job_test_wait (job, NULL);
  g_autoptr (GError) error = NULL;
  MatineeDataset *dataset = matinee_load_job_run_finish (job, result, &error);

  g_assert_no_error (error);
  g_clear_object (&result);
  job_test_assert_finalized_soon (job);
  return dataset;
}
