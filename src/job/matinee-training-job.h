/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-job.h"
#include "matinee-model.h"
#include "matinee-params.h"
#include "matinee-preparation.h"
#include "matinee-run-store.h"
#include "matinee-start-from.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_TRAINING_JOB (matinee_training_job_get_type ())

G_DECLARE_FINAL_TYPE (MatineeTrainingJob, matinee_training_job, MATINEE, TRAINING_JOB, MatineeJob)

/* Signals, all on the thread that owns the job (the main thread):
 *   "points" (const MatineeTracePoint *points, guint n): new records, in order,
 *     several at once when they come faster than 30 times a second
 *   "split": the split is made, matinee_training_job_get_split() tells it
 *   "baselines": so are they, see matinee_training_job_get_baselines() */
MatineeTrainingJob *matinee_training_job_new (MatineeDataset *dataset, const MatineeParams *params);
void matinee_training_job_set_preparation (MatineeTrainingJob *self, MatineePreparation *preparation);
void matinee_training_job_set_test (MatineeTrainingJob *self, MatineeRatings *test);
void matinee_training_job_set_store (MatineeTrainingJob *self, MatineeRunStore *store, const char *data_name);
void matinee_training_job_set_start (MatineeTrainingJob *self, MatineeModel *model);
MatineeModel *matinee_training_job_run_finish (MatineeTrainingJob *self, GAsyncResult *result, GError **error);
MatineeSplit *matinee_training_job_get_split (MatineeTrainingJob *self);
MatineeDataset *matinee_training_job_get_dataset (MatineeTrainingJob *self);
const MatineeBaselines *matinee_training_job_get_baselines (MatineeTrainingJob *self);
const char *matinee_training_job_get_message (MatineeTrainingJob *self);
const MatineeStartMatch *matinee_training_job_get_start_match (MatineeTrainingJob *self);

G_END_DECLS
