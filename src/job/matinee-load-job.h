/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "matinee-dataset.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_LOAD_JOB (matinee_load_job_get_type ())

G_DECLARE_FINAL_TYPE (MatineeLoadJob, matinee_load_job, MATINEE, LOAD_JOB, GObject)

MatineeLoadJob *matinee_load_job_new_sample (void);
MatineeLoadJob *matinee_load_job_new_files (GFile *ratings, GFile *titles);
MatineeLoadJob *matinee_load_job_new_titles (GFile *titles, MatineeDataset *dataset);
void matinee_load_job_set_needs_times (MatineeLoadJob *self);
void matinee_load_job_run_async (MatineeLoadJob *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
MatineeDataset *matinee_load_job_run_finish (MatineeLoadJob *self, GAsyncResult *result, GError **error);
double matinee_load_job_get_fraction (MatineeLoadJob *self);

G_END_DECLS
