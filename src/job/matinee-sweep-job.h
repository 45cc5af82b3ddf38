/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-sweep.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_SWEEP_JOB (matinee_sweep_job_get_type ())

G_DECLARE_FINAL_TYPE (MatineeSweepJob, matinee_sweep_job, MATINEE, SWEEP_JOB, GObject)

/* Signal, on the thread that owns the job (the main thread):
 *   "cells" (const MatineeSweepCell *cells, guint n): runs that have come further, in
 *     order; the same run may come several times
 * Property: "fraction" (0 … 1, notified on that thread). */
MatineeSweepJob *matinee_sweep_job_new (MatineeDataset *dataset, const MatineeGrid *grid);
void matinee_sweep_job_set_preparation (MatineeSweepJob *self, MatineePreparation *preparation);
void matinee_sweep_job_set_test (MatineeSweepJob *self, MatineeRatings *test);
void matinee_sweep_job_set_store (MatineeSweepJob *self, MatineeRunStore *store, const char *data_name);
void matinee_sweep_job_run_async (MatineeSweepJob *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean matinee_sweep_job_run_finish (MatineeSweepJob *self, GAsyncResult *result, GError **error);
void matinee_sweep_job_stop (MatineeSweepJob *self);
double matinee_sweep_job_get_fraction (MatineeSweepJob *self);

G_END_DECLS
