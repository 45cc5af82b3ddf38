/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-ids.h"

G_BEGIN_DECLS

guint matinee_cli_distance (const char *a, const char *b);
char *matinee_cli_suggest_id (const MatineeIds *ids, const char *text);
char *matinee_cli_suggest_name (const char *const *names, const char *text);

G_END_DECLS
