/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-ids.h"

G_BEGIN_DECLS

GArray *matinee_cli_read_users (const char *path, const MatineeIds *users, const char *model_path, GError **error);

G_END_DECLS
