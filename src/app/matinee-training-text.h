/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-format.h"
#include "matinee-model.h"
#include "matinee-trace.h"

G_BEGIN_DECLS

char *matinee_training_text_status (const MatineeTracePoint *point, guint n_iterations, MatineeLoss loss,
                                    double seconds_left);
char *matinee_training_text_headline (const MatineeModel *model);
char *matinee_training_text_details (const MatineeModel *model, MatineeLoss loss, const char *explanation);
const char *matinee_training_text_icon (const MatineeModel *model);

G_END_DECLS
