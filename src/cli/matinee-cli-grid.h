/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-cli-params.h"
#include "matinee-grid.h"

G_BEGIN_DECLS

gboolean matinee_cli_grid_resolve (MatineeGrid *grid, MatineeCliParams *options, GError **error);

G_END_DECLS
