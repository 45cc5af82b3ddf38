/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-param-row.h"
#include "matinee-session.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_SPLIT_GROUP (matinee_split_group_get_type ())

G_DECLARE_FINAL_TYPE (MatineeSplitGroup, matinee_split_group, MATINEE, SPLIT_GROUP, AdwPreferencesGroup)

void matinee_split_group_set_session (MatineeSplitGroup *self, MatineeSession *session);
MatineeParamRow *matinee_split_group_get_row (MatineeSplitGroup *self, MatineeParamId id);

AdwComboRow *matinee_split_group_get_kind_row (MatineeSplitGroup *self);
char *matinee_split_group_dup_text (MatineeSplitGroup *self);

G_END_DECLS
