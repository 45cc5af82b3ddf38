/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-ranking-job.h"

#include "matinee-system.h"

/**
 * MatineeRankingJob:
 *
 * Judges in a worker thread how good the lists of a model are, beside those of the
 * baselines.
 */
struct _MatineeRankingJob
{
  GObject parent_instance;

  MatineeModel *model;
  MatineeRankingOptions options;
  MatineeStop stop;
};

G_DEFINE_FINAL_TYPE (MatineeRankingJob, matinee_ranking_job, G_TYPE_OBJECT)

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  MatineeRankingJob *self = data;

  matinee_stop_request (&self->stop);
}

static gboolean
judge (MatineeRankingJob *self, MatineeRankings *rankings, GError **error)
{
  g_autoptr (MatineePool) pool = matinee_pool_new (matinee_system_n_cores ());

  for (guint ranker = 0; ranker < MATINEE_N_RANKERS; ranker++)
    if (!matinee_ranking_evaluate (self->model, self->model->split, ranker, &self->options, pool, &self->stop,
                                   &rankings->by[ranker], error))
      return FALSE;
  return TRUE;
}

static void
judge_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  MatineeRankingJob *self = source;
  gulong handler = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL) : 0;
  g_autofree MatineeRankings *rankings = g_new0 (MatineeRankings, 1);
  GError *error = NULL;
  gboolean judged = judge (self, rankings, &error);

  g_cancellable_disconnect (cancellable, handler);
  if (judged)
    g_task_return_pointer (task, g_steal_pointer (&rankings), g_free);
  else
    g_task_return_error (task, error);
}

static void
matinee_ranking_job_finalize (GObject *object)
{
  MatineeRankingJob *self = MATINEE_RANKING_JOB (object);

  g_clear_pointer (&self->model, matinee_model_unref);

  G_OBJECT_CLASS (matinee_ranking_job_parent_class)->finalize (object);
}

static void
matinee_ranking_job_class_init (MatineeRankingJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_ranking_job_finalize;
}

static void
matinee_ranking_job_init (MatineeRankingJob *self)
{
}

/**
 * matinee_ranking_job_new:
 * @model: a model with the split that it learnt from; referenced
 * @options: how lists are judged; copied
 *
 * Returns: (transfer full): a job that judges its lists by what the split held out
 */
MatineeRankingJob *
matinee_ranking_job_new (MatineeModel *model, const MatineeRankingOptions *options)
{
  MatineeRankingJob *self;

  g_return_val_if_fail (model->split != NULL, NULL);

  self = g_object_new (MATINEE_TYPE_RANKING_JOB, NULL);
  self->model = matinee_model_ref (model);
  self->options = *options;
  return self;
}

/**
 * matinee_ranking_job_run_async:
 * @self: a job that was not started before
 * @cancellable: (nullable): cancel it to end within 50 ms
 * @callback: called when it has ended
 * @user_data: user data for @callback
 *
 * Starts judging. O(users judged × movies × k + ratings)
 */
void
matinee_ranking_job_run_async (MatineeRankingJob *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, matinee_ranking_job_run_async);
  g_task_run_in_thread (task, judge_in_thread);
}

/**
 * matinee_ranking_job_run_finish:
 * @self: the job
 * @result: the result that the callback got
 * @rankings: (out caller-allocates): how good the lists are
 * @error: return location
 *
 * Returns: %TRUE, or %FALSE with %G_IO_ERROR_CANCELLED, %MATINEE_ERROR_CANCELLED or
 *   %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_ranking_job_run_finish (MatineeRankingJob *self, GAsyncResult *result, MatineeRankings *rankings,
                                GError **error)
{
  g_autofree MatineeRankings *judged = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  judged = g_task_propagate_pointer (G_TASK (result), error);
  if (judged != NULL)
    *rankings = *judged;
  return judged != NULL;
}
