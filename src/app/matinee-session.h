/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "matinee-baselines.h"
#include "matinee-cross-validation-job.h"
#include "matinee-dataset.h"
#include "matinee-load-job.h"
#include "matinee-model-job.h"
#include "matinee-model.h"
#include "matinee-params.h"
#include "matinee-recent.h"
#include "matinee-run-store.h"
#include "matinee-settings.h"
#include "matinee-sweep.h"
#include "matinee-test-file.h"
#include "matinee-text-format.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_SESSION (matinee_session_get_type ())

/**
 * MatineeOtherData:
 * @MATINEE_OTHER_DATA_CANCEL: everything stays as it is
 * @MATINEE_OTHER_DATA_KEEP: the ratings stay, and a training may go on from the model
 * @MATINEE_OTHER_DATA_REPLACE: the model opens with the data that came with it
 *
 * What to do with a model of other data than those that are open.
 */
typedef enum
{
  MATINEE_OTHER_DATA_CANCEL,
  MATINEE_OTHER_DATA_KEEP,
  MATINEE_OTHER_DATA_REPLACE
} MatineeOtherData;

G_DECLARE_FINAL_TYPE (MatineeSession, matinee_session, MATINEE, SESSION, GObject)

MatineeSession *matinee_session_new (MatineeSettings *settings);
MatineeSettings *matinee_session_get_settings (MatineeSession *self);
MatineeRunStore *matinee_session_get_runs (MatineeSession *self);
MatineeRecent *matinee_session_get_recent (MatineeSession *self);
char *matinee_session_dup_data_name (MatineeSession *self);
gboolean matinee_session_is_sample (MatineeSession *self);

void matinee_session_restore (MatineeSession *self);
void matinee_session_open_sample (MatineeSession *self);
void matinee_session_open (MatineeSession *self, GFile *ratings, GFile *titles);
void matinee_session_open_as (MatineeSession *self, GFile *ratings, GFile *titles, const MatineeTextHints *hints);
void matinee_session_open_set (MatineeSession *self, GFile *ratings);
void matinee_session_open_titles (MatineeSession *self, GFile *titles);
void matinee_session_choose (MatineeSession *self, GFile *chosen);
void matinee_session_cancel_loading (MatineeSession *self);
char *matinee_session_dup_loading_name (MatineeSession *self);
gboolean matinee_session_get_loading (MatineeSession *self);

MatineeDataset *matinee_session_get_dataset (MatineeSession *self);
MatineeDataset *matinee_session_get_model_dataset (MatineeSession *self);
MatineeTestFile *matinee_session_get_test_file (MatineeSession *self);
void matinee_session_open_test_file (MatineeSession *self, GFile *file);
GFile *matinee_session_get_ratings_file (MatineeSession *self);
GFile *matinee_session_get_titles_file (MatineeSession *self);
MatineeLoadJob *matinee_session_get_ratings_job (MatineeSession *self);

const MatineeParams *matinee_session_get_params (MatineeSession *self);
void matinee_session_set_params (MatineeSession *self, const MatineeParams *params);

void matinee_session_open_model (MatineeSession *self, GFile *file);
void matinee_session_answer_other_data (MatineeSession *self, MatineeOtherData answer);
gboolean matinee_session_save_model (MatineeSession *self, GFile *file, gboolean with_ratings);
void matinee_session_export (MatineeSession *self, MatineeModelExport what, GFile *file, GFile *pairs);
gboolean matinee_session_get_saving (MatineeSession *self);
gboolean matinee_session_get_unsaved (MatineeSession *self);
GFile *matinee_session_get_model_file (MatineeSession *self);
GFile *matinee_session_get_start_file (MatineeSession *self);

gboolean matinee_session_can_train (MatineeSession *self);
void matinee_session_train (MatineeSession *self);
gboolean matinee_session_can_train_on (MatineeSession *self);
void matinee_session_train_on (MatineeSession *self);
MatineeCrossValidationJob *matinee_session_cross_validate (MatineeSession *self);
void matinee_session_stop (MatineeSession *self);
gboolean matinee_session_get_training (MatineeSession *self);
void matinee_session_sweep (MatineeSession *self, const MatineeGrid *grid);
void matinee_session_stop_sweep (MatineeSession *self);
gboolean matinee_session_get_sweeping (MatineeSession *self);
double matinee_session_get_fraction (MatineeSession *self);
MatineeSplit *matinee_session_get_split (MatineeSession *self);
const MatineeBaselines *matinee_session_get_baselines (MatineeSession *self);
MatineeModel *matinee_session_get_model (MatineeSession *self);

gboolean matinee_session_get_busy (MatineeSession *self);
void matinee_session_shut_down (MatineeSession *self);

G_END_DECLS
