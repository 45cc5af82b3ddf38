/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-solver.h"

G_BEGIN_DECLS

void matinee_start_random (const MatineeSolverRun *run, double factor_scale, double bias_scale);

G_END_DECLS
