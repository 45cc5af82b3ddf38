/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-curves.h"
#include "matinee-list-quality.h"
#include "matinee-param-row.h"
#include "matinee-session.h"
#include "matinee-split-group.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_TRAIN_PAGE (matinee_train_page_get_type ())

G_DECLARE_FINAL_TYPE (MatineeTrainPage, matinee_train_page, MATINEE, TRAIN_PAGE, AdwBin)

void matinee_train_page_set_session (MatineeTrainPage *self, MatineeSession *session);
MatineePlot *matinee_train_page_get_plot (MatineeTrainPage *self);
MatineeParamRow *matinee_train_page_get_row (MatineeTrainPage *self, MatineeParamId id);
MatineeSplitGroup *matinee_train_page_get_split_group (MatineeTrainPage *self);
void matinee_train_page_set_loss (MatineeTrainPage *self, MatineeLoss loss);
void matinee_train_page_set_kind (MatineeTrainPage *self, MatineeCurvesKind kind);
void matinee_train_page_set_by_time (MatineeTrainPage *self, gboolean by_time);
const char *matinee_train_page_get_status (MatineeTrainPage *self);
const char *matinee_train_page_get_result (MatineeTrainPage *self);
MatineeListQuality *matinee_train_page_get_lists (MatineeTrainPage *self);
const char *matinee_train_page_get_lists_text (MatineeTrainPage *self);

G_END_DECLS
