/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-opening.h"
#include "matinee-session.h"
#include "matinee-sweep-job.h"
#include "matinee-training-job.h"

G_BEGIN_DECLS

struct _MatineeSession
{
  GObject parent_instance;

  MatineeSettings *settings;
  MatineeRunStore *runs;
  MatineeParams params;

  MatineeDataset *dataset;
  GFile *ratings_file;
  GFile *titles_file;
  gboolean titles_chosen;
  MatineeOpening *opening;
  MatineeOpening *undecided; /* (nullable): one that waits for matinee_session_choose() */
  gboolean opening_at_start;
  gboolean shut_down;

  MatineePreparation *preparation; /* of the ratings that are open */
  MatineeSweepJob *sweep;
  MatineeTrainingJob *training;
  MatineeSplit *split;
  MatineeBaselines baselines;
  gboolean has_baselines;
  MatineeModel *model;
};

void matinee_session_notify_state (MatineeSession *self, const char *state);

G_END_DECLS
