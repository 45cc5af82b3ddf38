/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-param-row.h"
#include "matinee-session.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_MODEL_GROUP (matinee_model_group_get_type ())

G_DECLARE_FINAL_TYPE (MatineeModelGroup, matinee_model_group, MATINEE, MODEL_GROUP, AdwPreferencesGroup)

void matinee_model_group_set_session (MatineeModelGroup *self, MatineeSession *session);
MatineeParamRow *matinee_model_group_get_row (MatineeModelGroup *self, MatineeParamId id);

G_END_DECLS
