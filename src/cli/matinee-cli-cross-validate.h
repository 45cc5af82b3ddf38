/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-cli-command.h"

G_BEGIN_DECLS

MatineeCliStatus matinee_cli_cross_validate (const MatineeCliCommand *command, char **argv);

G_END_DECLS
