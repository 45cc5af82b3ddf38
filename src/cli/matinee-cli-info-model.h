/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-pool.h"

G_BEGIN_DECLS

gboolean matinee_cli_info_model (const char *path, gboolean json, MatineePool *pool, MatineeStop *stop, GError **error);

G_END_DECLS
