/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-data-file.h"
#include "matinee-dataset.h"
#include "matinee-job.h"
#include "matinee-oddities.h"
#include "matinee-ratings-reader.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_LOAD_JOB (matinee_load_job_get_type ())

G_DECLARE_FINAL_TYPE (MatineeLoadJob, matinee_load_job, MATINEE, LOAD_JOB, MatineeJob)

MatineeLoadJob *matinee_load_job_new_sample (void);
MatineeLoadJob *matinee_load_job_new_files (GFile *ratings, GFile *titles);
MatineeLoadJob *matinee_load_job_new_titles (GFile *titles, MatineeDataset *dataset);
void matinee_load_job_find_titles (MatineeLoadJob *self);
void matinee_load_job_set_reading (MatineeLoadJob *self, const MatineeTextHints *hints, MatineeTolerance tolerance);
void matinee_load_job_set_needs_times (MatineeLoadJob *self);
MatineeDataset *matinee_load_job_run_finish (MatineeLoadJob *self, GAsyncResult *result, GError **error);
GFile *matinee_load_job_get_ratings (MatineeLoadJob *self);
GFile *matinee_load_job_get_titles (MatineeLoadJob *self);
GPtrArray *matinee_load_job_get_choices (MatineeLoadJob *self);
const MatineeReadReport *matinee_load_job_get_report (MatineeLoadJob *self);
const MatineeOddities *matinee_load_job_get_oddities (MatineeLoadJob *self);

G_END_DECLS
