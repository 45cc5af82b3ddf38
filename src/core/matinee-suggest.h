/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-ids.h"

G_BEGIN_DECLS

guint matinee_suggest_distance (const char *a, const char *b, guint limit);
GStrv matinee_suggest_ids (const MatineeIds *ids, const char *text);
GStrv matinee_suggest_names (const char *const *names, const char *text);

G_END_DECLS
