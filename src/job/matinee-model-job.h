/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-job.h"
#include "matinee-model-file.h"

G_BEGIN_DECLS

/**
 * MatineeModelExport:
 * @MATINEE_EXPORT_RECOMMENDATIONS: lists of films for all users
 * @MATINEE_EXPORT_PREDICTIONS: predictions of given pairs
 * @MATINEE_EXPORT_USER_FACTORS: biases and factors of the users
 * @MATINEE_EXPORT_MOVIE_FACTORS: biases and factors of the films
 * @MATINEE_EXPORT_TRACE: what was measured at each iteration
 * @MATINEE_N_EXPORTS: how many there are
 *
 * The tables that a model can be written as.
 */
typedef enum
{
  MATINEE_EXPORT_RECOMMENDATIONS,
  MATINEE_EXPORT_PREDICTIONS,
  MATINEE_EXPORT_USER_FACTORS,
  MATINEE_EXPORT_MOVIE_FACTORS,
  MATINEE_EXPORT_TRACE
} MatineeModelExport;

#define MATINEE_N_EXPORTS (MATINEE_EXPORT_TRACE + 1)

#define MATINEE_TYPE_MODEL_JOB (matinee_model_job_get_type ())

G_DECLARE_FINAL_TYPE (MatineeModelJob, matinee_model_job, MATINEE, MODEL_JOB, MatineeJob)

MatineeModelJob *matinee_model_job_new_open (GFile *file, MatineeDataset *beside);
MatineeModelJob *matinee_model_job_new_save (GFile *file, const MatineeModelFile *contents);
MatineeModelJob *matinee_model_job_new_export (GFile *file, const MatineeModelFile *contents, MatineeModelExport what);
void matinee_model_job_set_lists (MatineeModelJob *self, guint n_films, gboolean hide_rated);
void matinee_model_job_set_pairs (MatineeModelJob *self, GFile *pairs);
MatineeModelFile *matinee_model_job_run_finish (MatineeModelJob *self, GAsyncResult *result, GError **error);
GFile *matinee_model_job_get_file (MatineeModelJob *self);
gboolean matinee_model_job_get_same_data (MatineeModelJob *self);
guint64 matinee_model_job_get_n_unknown (MatineeModelJob *self);

G_END_DECLS
