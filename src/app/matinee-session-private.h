/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-model-job.h"
#include "matinee-opening.h"
#include "matinee-session.h"
#include "matinee-sweep-job.h"
#include "matinee-training-job.h"

G_BEGIN_DECLS

struct _MatineeSession
{
  GObject parent_instance;

  MatineeSettings *settings;
  MatineeRecent *recent;
  MatineeRunStore *runs;
  MatineeParams params;

  MatineeDataset *dataset;
  MatineeDataset *model_dataset; /* what the model learnt from and was tested on */
  MatineeTestFile *test_file;
  gboolean reopens_test_file; /* whether it was in use when the program was left */
  GFile *ratings_file;
  MatineeLoadJob *ratings_job; /* (nullable): that has read them, and knows what was odd */
  GFile *titles_file;
  gboolean titles_chosen;
  MatineeTextHints hints; /* how the ratings were said to be read */
  MatineeOpening *opening;
  MatineeOpening *undecided; /* (nullable): one that waits for matinee_session_choose() */
  gboolean opening_at_start;
  gboolean shut_down;

  MatineePreparation *preparation; /* of the ratings that are open */
  MatineeSweepJob *sweep;
  MatineeTrainingJob *training;
  MatineeCrossValidationJob *validation;
  MatineeSplit *split;
  MatineeBaselines baselines;
  gboolean has_baselines;
  MatineeModel *model;

  /* What belongs to the model. */
  GFile *model_file;     /* (nullable): where it was opened from or saved to */
  gboolean unsaved;      /* whether it is in no file */
  MatineeModelFile *own; /* (nullable): what came with it, if it was opened */
  GFile *own_file;       /* (nullable): the model that the data came with which are open */
  char *own_name;        /* (nullable): what these data are called there */
  MatineeModel *start;   /* (nullable): a model of other data, to train on from */
  GFile *start_file;

  MatineeModelJob *model_job;
  GCancellable *model_cancellable;
  gboolean job_opens; /* whether it opens a model, or else writes a file */
  GFile *other_file;
  MatineeModelFile *other; /* (nullable): opened, but of other data than those that are open */
};

void matinee_session_take_data (MatineeSession *self, MatineeDataset *dataset, MatineeModel *model);
void matinee_session_tell_failure (MatineeSession *self, GFile *file, const GError *error);
void matinee_session_remember_files (MatineeSession *self);
gboolean matinee_session_can_open (MatineeSession *self);
void matinee_session_open_at_start (MatineeSession *self, GFile *ratings, GFile *titles);
void matinee_session_forget_model (MatineeSession *self);
void matinee_session_set_unsaved (MatineeSession *self, gboolean unsaved);
void matinee_session_cancel_model_job (MatineeSession *self);
void matinee_session_follow (MatineeSession *self, gpointer work, const char *state);
void matinee_session_notify_state (MatineeSession *self, const char *state);
void matinee_session_add_test_file (MatineeSession *self);
void matinee_session_restore_test_file (MatineeSession *self, gboolean there);
void matinee_session_update_model_dataset (MatineeSession *self);

G_END_DECLS
