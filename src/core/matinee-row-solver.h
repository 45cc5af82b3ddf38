/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-half-step.h"
#include "matinee-kernels.h"

G_BEGIN_DECLS

/**
 * MatineeRowSolver:
 * @view: the half-step
 * @kernels: the inner loops
 * @stop: (nullable): looked at while summing
 * @width: k rounded up to whole vectors
 * @ld: floats from one column of a matrix to the next
 * @gram_size: floats of one #MatineeNormal's matrix and sums
 * @dual_limit: rows with at most so many ratings are solved in their own
 *   space, n × n
 *
 * What all rows of an exact half-step have in common.
 */
typedef struct
{
  MatineeHalfStepView view;
  const MatineeKernels *kernels;
  MatineeStop *stop;
  gsize width;
  gsize ld;
  gsize gram_size;
  gsize dual_limit;
} MatineeRowSolver;

/**
 * MatineeRowScratch:
 *
 * What one worker needs to solve rows one after another.
 */
typedef struct
{
  float *panel;
  float *transposed;
  float *gram;
  float *right;
  double *careful;
} MatineeRowScratch;

void matinee_row_solver_init (MatineeRowSolver *solver, const MatineeHalfStep *step, MatineeStop *stop);
gsize matinee_row_solver_scratch_size (const MatineeRowSolver *solver);
void matinee_row_solver_scratch (const MatineeRowSolver *solver, void *memory, MatineeRowScratch *scratch);
void matinee_row_solver_fetch (const MatineeRowSolver *solver, gsize entry);
gboolean matinee_row_solver_sum (const MatineeRowSolver *solver, const MatineeRowScratch *scratch, gsize from, gsize to,
                                 float *gram, double *residuals);
MatineeRowResult matinee_row_solver_finish (const MatineeRowSolver *solver, const MatineeRowScratch *scratch,
                                            guint32 row, float *gram, double residuals);
MatineeRowResult matinee_row_solver_row (const MatineeRowSolver *solver, const MatineeRowScratch *scratch,
                                         guint32 row);

G_END_DECLS
