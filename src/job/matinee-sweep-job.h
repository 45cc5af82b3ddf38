/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-job.h"
#include "matinee-sweep.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_SWEEP_JOB (matinee_sweep_job_get_type ())

G_DECLARE_FINAL_TYPE (MatineeSweepJob, matinee_sweep_job, MATINEE, SWEEP_JOB, MatineeJob)

/* Signal, on the thread that owns the job (the main thread):
 *   "cells" (const MatineeSweepCell *cells, guint n): runs that have come further, in
 *     order; the same run may come several times */
MatineeSweepJob *matinee_sweep_job_new (MatineeDataset *dataset, const MatineeGrid *grid);
void matinee_sweep_job_set_preparation (MatineeSweepJob *self, MatineePreparation *preparation);
void matinee_sweep_job_set_test (MatineeSweepJob *self, MatineeRatings *test);
void matinee_sweep_job_set_store (MatineeSweepJob *self, MatineeRunStore *store, const char *data_name);

G_END_DECLS
