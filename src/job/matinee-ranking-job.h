/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-job.h"
#include "matinee-ranking.h"

G_BEGIN_DECLS

/**
 * MatineeRankings:
 * @by: for each #MatineeRanker
 *
 * How good the lists of a model are, and those of the baselines.
 */
typedef struct
{
  MatineeRanking by[MATINEE_N_RANKERS];
} MatineeRankings;

#define MATINEE_TYPE_RANKING_JOB (matinee_ranking_job_get_type ())

G_DECLARE_FINAL_TYPE (MatineeRankingJob, matinee_ranking_job, MATINEE, RANKING_JOB, MatineeJob)

MatineeRankingJob *matinee_ranking_job_new (MatineeModel *model, const MatineeRankingOptions *options);
gboolean matinee_ranking_job_run_finish (MatineeRankingJob *self, GAsyncResult *result, MatineeRankings *rankings,
                                         GError **error);

G_END_DECLS
