/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-planted.h"

G_BEGIN_DECLS

gboolean matinee_cli_check_plan_memory (const MatineePlan *plan, GError **error);

G_END_DECLS
