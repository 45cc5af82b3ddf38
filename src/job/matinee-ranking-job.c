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
  MatineeJob parent_instance;

  MatineeModel *model;
  MatineeRankingOptions options;
  MatineeRankings rankings;
};

G_DEFINE_FINAL_TYPE (MatineeRankingJob, matinee_ranking_job, MATINEE_TYPE_JOB)

static gboolean
matinee_ranking_job_run (MatineeJob *job, GCancellable *cancellable, GError **error)
{
  MatineeRankingJob *self = MATINEE_RANKING_JOB (job);
  g_autoptr (MatineePool) pool = matinee_pool_new (matinee_system_n_cores ());

  for (guint ranker = 0; ranker < MATINEE_N_RANKERS; ranker++)
    if (!matinee_ranking_evaluate (self->model, self->model->split, ranker, &self->options, pool,
                                   matinee_job_get_stop (job), &self->rankings.by[ranker], error))
      return FALSE;
  return TRUE;
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
  MATINEE_JOB_CLASS (klass)->run = matinee_ranking_job_run;
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
  gboolean judged = matinee_job_run_finish (MATINEE_JOB (self), result, error);

  if (judged)
    *rankings = self->rankings;
  return judged;
}
