/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-opening.h"
#include "matinee-session.h"
#include "matinee-training-job.h"

G_BEGIN_DECLS

/* What the files of the session share. */

struct _MatineeSession
{
  GObject parent_instance;

  MatineeSettings *settings;
  MatineeRunStore *runs;
  MatineeParams params;

  MatineeDataset *dataset;
  MatineeDataset *model_dataset; /* what the model learnt from and was tested on */
  MatineeTestFile *test_file;
  GFile *ratings_file;
  GFile *titles_file;
  gboolean titles_chosen;
  MatineeOpening *opening;
  gboolean opening_at_start;
  gboolean shut_down;

  MatineeTrainingJob *training;
  MatineeCrossValidationJob *validation;
  MatineeSplit *split;
  MatineeBaselines baselines;
  gboolean has_baselines;
  MatineeModel *model;
};

void matinee_session_tell_failure (MatineeSession *self, GFile *file, const GError *error);
void matinee_session_add_test_file (MatineeSession *self);
void matinee_session_update_model_dataset (MatineeSession *self);

G_END_DECLS
