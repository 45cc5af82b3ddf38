/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "matinee-cross-validation.h"
#include "matinee-dataset.h"
#include "matinee-run-store.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_CROSS_VALIDATION_JOB (matinee_cross_validation_job_get_type ())

G_DECLARE_FINAL_TYPE (MatineeCrossValidationJob, matinee_cross_validation_job, MATINEE, CROSS_VALIDATION_JOB, GObject)

/* Signals, on the thread that made the job:
 *   "folds": folds were done, see matinee_cross_validation_job_get_folds()
 * Properties: "fraction" (0 … 1, notified on that thread), "running". */
MatineeCrossValidationJob *matinee_cross_validation_job_new (MatineeDataset *dataset, const MatineeParams *params);
void matinee_cross_validation_job_set_store (MatineeCrossValidationJob *self, MatineeRunStore *store,
                                             const char *data_name);
void matinee_cross_validation_job_run_async (MatineeCrossValidationJob *self, GAsyncReadyCallback callback,
                                             gpointer user_data);
gboolean matinee_cross_validation_job_run_finish (MatineeCrossValidationJob *self, GAsyncResult *result,
                                                  GError **error);
void matinee_cross_validation_job_stop (MatineeCrossValidationJob *self);
const MatineeFold *matinee_cross_validation_job_get_folds (MatineeCrossValidationJob *self, guint *n);
guint matinee_cross_validation_job_get_n_folds (MatineeCrossValidationJob *self);
double matinee_cross_validation_job_get_fraction (MatineeCrossValidationJob *self);
gboolean matinee_cross_validation_job_get_running (MatineeCrossValidationJob *self);

G_END_DECLS
