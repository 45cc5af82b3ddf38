/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-cli-command.h"
#include "matinee-planted.h"

G_BEGIN_DECLS

MatineeCliStatus matinee_cli_generate (const MatineeCliCommand *command, char **argv);
gboolean matinee_cli_check_plan_memory (const MatineePlan *plan, GError **error);

G_END_DECLS
