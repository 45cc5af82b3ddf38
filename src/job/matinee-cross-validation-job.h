/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-cross-validation.h"
#include "matinee-dataset.h"
#include "matinee-job.h"
#include "matinee-run-store.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_CROSS_VALIDATION_JOB (matinee_cross_validation_job_get_type ())

G_DECLARE_FINAL_TYPE (MatineeCrossValidationJob, matinee_cross_validation_job, MATINEE, CROSS_VALIDATION_JOB,
                      MatineeJob)

/* Signals, on the thread that made the job:
 *   "folds": folds were done, see matinee_cross_validation_job_get_folds() */
MatineeCrossValidationJob *matinee_cross_validation_job_new (MatineeDataset *dataset, const MatineeParams *params);
void matinee_cross_validation_job_set_store (MatineeCrossValidationJob *self, MatineeRunStore *store,
                                             const char *data_name);
const MatineeFold *matinee_cross_validation_job_get_folds (MatineeCrossValidationJob *self, guint *n);
guint matinee_cross_validation_job_get_n_folds (MatineeCrossValidationJob *self);

G_END_DECLS
