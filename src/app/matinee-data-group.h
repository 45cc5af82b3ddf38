/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-session.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_DATA_GROUP (matinee_data_group_get_type ())

G_DECLARE_FINAL_TYPE (MatineeDataGroup, matinee_data_group, MATINEE, DATA_GROUP, AdwPreferencesGroup)

void matinee_data_group_set_session (MatineeDataGroup *self, MatineeSession *session);

G_END_DECLS
