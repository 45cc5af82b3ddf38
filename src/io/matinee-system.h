/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-params.h"
#include "matinee-ratings.h"

G_BEGIN_DECLS

guint64 matinee_system_available_memory (void);
gboolean matinee_system_check_memory (const MatineeParams *params, const MatineeRatings *ratings, GError **error);
guint matinee_system_n_cores (void);
char *matinee_system_dup_processor (void);
gboolean matinee_system_check_space (const char *folder, guint64 needed, GError **error);

G_END_DECLS
