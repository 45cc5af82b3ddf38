/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-half-step.h"
#include "matinee-kernels.h"

G_BEGIN_DECLS

/* Rows in their own space are grouped by length in steps of so many. */
#define MATINEE_BIN_STEP MATINEE_PADDING

/* Systems up to this order are solved side by side, in vector lanes; larger
 * ones would fall out of the second-level cache together. */
#define MATINEE_BIN_ORDER 96

#define MATINEE_MAX_BINS (MATINEE_BIN_ORDER / MATINEE_BIN_STEP + 1)

/**
 * MatineeRowSolver:
 * @view: the half-step
 * @kernels: the inner loops
 * @summed: factors of the side that stays, as the kernels sum them
 * @stop: (nullable): looked at while summing
 * @width: k rounded up to whole vectors
 * @ld: floats from one column of a k × k matrix to the next
 * @gram_size: floats of such a matrix with its sums s and h
 * @dual_limit: rows with at most so many ratings are solved in their own
 *   space, n × n
 * @n_dual_bins: how many bins hold such rows
 * @primal_bin: whether other rows are solved side by side as well, in a last bin
 *
 * What all rows of an exact half-step have in common.
 */
typedef struct
{
  MatineeHalfStepView view;
  const MatineeKernels *kernels;
  const float *summed;
  MatineeStop *stop;
  gsize width;
  gsize ld;
  gsize gram_size;
  gsize dual_limit;
  guint n_dual_bins;
  gboolean primal_bin;
} MatineeRowSolver;

/**
 * MatineeRowBin:
 * @n: systems that wait until there is one for each lane
 * @systems: their matrices, each followed by its right sides
 * @rows: which rows they are
 * @residuals: Σt of each
 *
 * Systems of one order. A row's solution doesn't depend on what is beside it.
 */
typedef struct
{
  guint n;
  float *systems[MATINEE_MAX_LANES];
  guint32 rows[MATINEE_MAX_LANES];
  double residuals[MATINEE_MAX_LANES];
} MatineeRowBin;

/**
 * MatineeRowScratch:
 * @targets: t of the ratings being summed
 * @sum_work: for summing them
 * @transposed: gathered rows, transposed
 * @gram: one matrix with its sums
 * @right: right sides
 * @lanes: for solving side by side
 * @careful: for solving in float64
 * @bins: systems that wait
 *
 * What one worker needs to solve rows one after another.
 */
typedef struct
{
  float *targets;
  float *sum_work;
  float *transposed;
  float *gram;
  float *right;
  float *lanes;
  double *careful;
  MatineeRowBin bins[MATINEE_MAX_BINS];
} MatineeRowScratch;

void matinee_row_solver_init (MatineeRowSolver *solver, const MatineeHalfStep *step, MatineeStop *stop);
gsize matinee_row_solver_scratch_size (const MatineeRowSolver *solver);
void matinee_row_solver_scratch (const MatineeRowSolver *solver, void *memory, MatineeRowScratch *scratch);
void matinee_row_solver_begin (const MatineeRowSolver *solver, gsize entry);
void matinee_row_solver_end (const MatineeRowSolver *solver);
gboolean matinee_row_solver_sum (const MatineeRowSolver *solver, MatineeRowScratch *scratch, gsize from, gsize to,
                                 float *gram, double *residuals);
MatineeRowResult matinee_row_solver_finish (const MatineeRowSolver *solver, MatineeRowScratch *scratch, guint32 row,
                                            float *gram, double residuals);
MatineeRowResult matinee_row_solver_row (const MatineeRowSolver *solver, MatineeRowScratch *scratch, guint32 row,
                                         MatineeFailedRow *failed);
MatineeRowResult matinee_row_solver_flush (const MatineeRowSolver *solver, MatineeRowScratch *scratch,
                                           MatineeFailedRow *failed);

G_END_DECLS
