/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-ids.h"

G_BEGIN_DECLS

char *matinee_cli_suggest_id (const MatineeIds *ids, const char *text);
char *matinee_cli_suggest_name (const char *const *names, const char *text);

G_END_DECLS
