/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-cli-grid.h"
#include "matinee-trace.h"

G_BEGIN_DECLS

/**
 * MatineeCliSweepRun:
 * @number: which run, from 1
 * @params: how it was done
 * @reason: why it ended
 * @iterations: how many it did
 * @best_iteration: the one with the lowest test error
 * @seconds: solver time
 * @train: errors on the training ratings, of the model that would be kept
 * @test: errors on the test ratings
 *
 * What came out of a run.
 */
typedef struct
{
  guint number;
  MatineeParams params;
  MatineeStopReason reason;
  guint iterations;
  guint best_iteration;
  double seconds;
  MatineeErrors train;
  MatineeErrors test;
} MatineeCliSweepRun;

void matinee_cli_sweep_print_headings (const MatineeCliGrid *grid);
void matinee_cli_sweep_print_run (const MatineeCliGrid *grid, const MatineeCliSweepRun *run);
void matinee_cli_sweep_write_run (const MatineeCliGrid *grid, const MatineeCliSweepRun *run);
void matinee_cli_sweep_print_best (const MatineeCliGrid *grid, const MatineeCliSweepRun *best, guint n_done);
void matinee_cli_sweep_write_best (const MatineeCliGrid *grid, const MatineeCliSweepRun *best, guint n_done);

G_END_DECLS
