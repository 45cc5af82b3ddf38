/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-sweep.h"

G_BEGIN_DECLS

void matinee_cli_sweep_print_headings (const MatineeGrid *grid);
void matinee_cli_sweep_print_run (const MatineeGrid *grid, const MatineeSweepCell *cell);
void matinee_cli_sweep_write_run (const MatineeGrid *grid, const MatineeSweepCell *cell);
void matinee_cli_sweep_print_best (const MatineeGrid *grid, const MatineeSweepCell *best, guint n_done);
void matinee_cli_sweep_write_best (const MatineeGrid *grid, const MatineeSweepCell *best, guint n_done);

G_END_DECLS
