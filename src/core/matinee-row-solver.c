/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-row-solver.h"

#include <math.h>

#include "matinee-careful.h"
#include "matinee-memory.h"

/*
 * One row of an exact half-step: minimise over b and x
 *
 *   Σ (t_i − b − y_i·x)² + λ_b' b² + λ' ‖x‖²,   λ' = n^ν λ, λ_b' = n^ν λ_b.
 *
 * Rows with many ratings: with G = Σ y yᵀ, s = Σ y, h = Σ t y, the bias is
 * eliminated first, which keeps the order k instead of an awkward k + 1:
 *
 *   (G + λ'I − s sᵀ/d) x = h − s Σt/d,   b = (Σt − s·x)/d,   d = n + λ_b'.
 *
 * Rows with few ratings: x = Yᵀβ lies in the space of the rows seen, so a system
 * of order n is enough (the push-through identity, as in kernel ridge
 * regression: Saunders, Gammerman, Vovk 1998):
 *
 *   K = Y Yᵀ + λ'I,  K p = t,  K q = 1,
 *   b = λ' Σp / (λ_b' + λ' Σq),  β = p − b q,  x = Yᵀβ.
 */

/* Ratings gathered at a time: with the next ones, which are being fetched,
 * they fill most of the first-level cache at k = 64. */
#define PANEL_ROWS 48

/* Two more columns beside the factors in a panel: 1 and t; rounded up to a
 * cache line, which also keeps rows of 2 KB from falling on the same few
 * sets of the cache. */
#define PANEL_EXTRA 16

/* Same for the columns of matrices. */
#define MATRIX_EXTRA 16

/* Right sides of a row in its own space: t and 1. */
#define N_RIGHT 2

static gsize
round_up (gsize n, gsize to)
{
  return (n + to - 1) / to * to;
}

static gsize
panel_stride (const MatineeRowSolver *solver)
{
  return round_up (solver->width, PANEL_EXTRA) + PANEL_EXTRA;
}

/**
 * matinee_row_solver_init:
 * @solver: (out caller-allocates): to be filled in
 * @step: what to do
 * @stop: (nullable): looked at often
 *
 * Prepares to solve rows.
 */
void
matinee_row_solver_init (MatineeRowSolver *solver, const MatineeHalfStep *step, MatineeStop *stop)
{
  guint k = step->factors->n_factors;

  matinee_half_step_view (step, &solver->view);
  solver->kernels = step->kernels != NULL ? step->kernels : matinee_kernels_best ();
  solver->stop = stop;
  solver->width = round_up (k, solver->kernels->lanes);
  solver->ld = round_up (k, 16) + MATRIX_EXTRA;
  solver->gram_size = (solver->width + 2) * solver->ld;
  /* Measured: a system of n × n pays while n is well below k, but needs
   * whole vectors. */
  solver->dual_limit = step->regularization > 0 ? k * 3 / 4 : 0;
}

static gsize
transposed_size (const MatineeRowSolver *solver)
{
  return solver->width * solver->ld;
}

/**
 * matinee_row_solver_scratch_size:
 * @solver: what rows have in common
 *
 * Returns: bytes that one worker needs, O(k²), a multiple of 64
 */
gsize
matinee_row_solver_scratch_size (const MatineeRowSolver *solver)
{
  gsize floats = PANEL_ROWS * panel_stride (solver) + transposed_size (solver) + solver->gram_size
                 + N_RIGHT * solver->ld;

  return round_up (floats * sizeof (float) + matinee_careful_scratch (solver->view.n_factors) * sizeof (double),
                   MATINEE_ALIGNMENT);
}

/**
 * matinee_row_solver_scratch:
 * @solver: what rows have in common
 * @memory: matinee_row_solver_scratch_size() bytes on a 64-byte boundary
 * @scratch: (out caller-allocates): parts of it
 *
 * Divides the memory of one worker.
 */
void
matinee_row_solver_scratch (const MatineeRowSolver *solver, void *memory, MatineeRowScratch *scratch)
{
  scratch->panel = memory;
  scratch->transposed = scratch->panel + PANEL_ROWS * panel_stride (solver);
  scratch->gram = scratch->transposed + transposed_size (solver);
  scratch->right = scratch->gram + solver->gram_size;
  scratch->careful = (double *) (scratch->right + N_RIGHT * solver->ld);
}

/**
 * matinee_row_solver_fetch:
 * @solver: what rows have in common
 * @entry: where reading will begin
 *
 * Fetches the first ratings' factors into the cache; from then on each panel
 * fetches the next while it is multiplied.
 */
void
matinee_row_solver_fetch (const MatineeRowSolver *solver, gsize entry)
{
  const MatineeHalfStepView *view = &solver->view;
  gsize end = MIN (entry + PANEL_ROWS, view->ratings->n_entries);

  for (; entry < end; entry++)
    {
      const float *row = view->fixed + view->ratings->columns[entry] * view->stride;

      for (gsize f = 0; f < view->stride; f += 16)
        __builtin_prefetch (row + f);
    }
}

/* What comes PANEL_ROWS ratings after those being multiplied. */
static MatineeAhead
ahead_of (const MatineeRowSolver *solver, gsize entry, gsize n)
{
  const MatineeHalfStepView *view = &solver->view;
  gsize from = MIN (entry + PANEL_ROWS, view->ratings->n_entries);
  MatineeAhead ahead = { view->fixed, view->stride, view->ratings->columns + from,
                         MIN (n, view->ratings->n_entries - from) };

  return ahead;
}

/**
 * matinee_row_solver_sum:
 * @solver: what rows have in common
 * @scratch: of this worker
 * @from: first rating
 * @to: one after the last; at least one more than @from
 * @gram: (out) (array gram_size): G, then s and h
 * @residuals: (out): Σt
 *
 * Sums up what ratings tell: G, s, h and Σt. O((to − from) k²).
 *
 * Returns: %FALSE if stopped
 */
gboolean
matinee_row_solver_sum (const MatineeRowSolver *solver, const MatineeRowScratch *scratch, gsize from, gsize to,
                        float *gram, double *residuals)
{
  const MatineeHalfStepView *view = &solver->view;
  const MatineeKernels *kernels = solver->kernels;
  gsize stride = panel_stride (solver);
  double total = 0.0;

  for (gsize entry = from; entry < to; entry += PANEL_ROWS)
    {
      gsize n = MIN (PANEL_ROWS, to - entry);
      gboolean add = entry > from;
      MatineeAhead ahead = ahead_of (solver, entry, n);

      if (matinee_stop_requested (solver->stop))
        return FALSE;
      for (gsize r = 0; r < n; r++)
        {
          float t = matinee_half_step_residual (view, entry + r);

          scratch->panel[r * stride + solver->width] = 1.0f;
          scratch->panel[r * stride + solver->width + 1] = t;
          total += (double) t;
        }
      kernels->gather (scratch->panel, stride, solver->width, view->fixed, view->stride,
                       view->ratings->columns + entry, n);
      kernels->gram (scratch->panel, n, stride, view->n_factors, add, gram, solver->ld, &ahead);
      kernels->moments (scratch->panel, n, stride, solver->width, add, gram + solver->width * solver->ld, solver->ld);
    }
  *residuals = total;
  return TRUE;
}

static MatineeRowResult
write_row (const MatineeRowSolver *solver, guint32 row, const float *x, double bias)
{
  const MatineeHalfStepView *view = &solver->view;
  float *to = view->moving + row * view->stride;

  for (guint f = 0; f < view->n_factors; f++)
    to[f] = x[f];
  view->moving_biases[row] = (float) bias;
  return MATINEE_ROW_SOLVED;
}

/* Whether all of x and b are finite: 0 · ∞ is not a number. */
static gboolean
all_finite (const float *x, guint k, double bias)
{
  float nothing = 0.0f * (float) bias;

  for (guint f = 0; f < k; f++)
    nothing += 0.0f * x[f];
  return nothing == 0.0f;
}

/**
 * matinee_row_solver_finish:
 * @solver: what rows have in common
 * @scratch: of this worker
 * @row: the row
 * @gram: (array gram_size): its sums; overwritten
 * @residuals: Σt
 *
 * Solves the system of a row whose ratings were summed up, O(k³), and writes
 * the row.
 *
 * Returns: what became of the row
 */
MatineeRowResult
matinee_row_solver_finish (const MatineeRowSolver *solver, const MatineeRowScratch *scratch, guint32 row, float *gram,
                           double residuals)
{
  const MatineeHalfStepView *view = &solver->view;
  gsize n = matinee_sparse_row_length (view->ratings, row);
  double weight = matinee_half_step_weight (view->count_exponent, n);
  double d = (double) n + weight * view->bias_regularization;
  const float *s = gram + solver->width * solver->ld;
  float *h = gram + (solver->width + 1) * solver->ld;
  double bias;

  if (solver->kernels->eliminate (gram, solver->ld, view->n_factors, s, (float) (1.0 / d),
                                  (float) (weight * view->regularization), h, (float) residuals)
      && solver->kernels->cholesky (gram, solver->ld, view->n_factors, h, 1))
    {
      bias = (residuals - (double) solver->kernels->dot (s, h, solver->width)) / d;
      if (all_finite (h, view->n_factors, bias))
        return write_row (solver, row, h, bias);
    }
  return matinee_careful_row (view, row, scratch->careful, solver->stop);
}

/* A row with few ratings, in its own space. */
static MatineeRowResult
solve_dual (const MatineeRowSolver *solver, const MatineeRowScratch *scratch, guint32 row)
{
  const MatineeHalfStepView *view = &solver->view;
  const MatineeKernels *kernels = solver->kernels;
  gsize from = view->ratings->offsets[row];
  gsize n = matinee_sparse_row_length (view->ratings, row);
  const guint32 *columns = view->ratings->columns + from;
  gsize ld = round_up (n, 16);
  double weight = matinee_half_step_weight (view->count_exponent, n);
  double ridge = weight * view->regularization;
  MatineeAhead ahead = ahead_of (solver, from, n);
  float *p = scratch->right;
  float *q = scratch->right + ld;
  double sum_p = 0.0;
  double sum_q = 0.0;
  double bias;

  kernels->gather_transposed (scratch->transposed, ld, solver->width, view->fixed, view->stride, columns, n);
  kernels->gram (scratch->transposed, view->n_factors, ld, (guint) n, FALSE, scratch->gram, ld, &ahead);
  for (gsize r = 0; r < n; r++)
    {
      scratch->gram[r * ld + r] += (float) ridge;
      p[r] = matinee_half_step_residual (view, from + r);
      q[r] = 1.0f;
    }
  for (gsize r = n; r < ld; r++)
    p[r] = q[r] = 0.0f;
  if (!kernels->cholesky (scratch->gram, ld, (guint) n, p, N_RIGHT))
    return matinee_careful_row (view, row, scratch->careful, solver->stop);
  for (gsize r = 0; r < n; r++)
    {
      sum_p += (double) p[r];
      sum_q += (double) q[r];
    }
  bias = ridge * sum_p / (weight * view->bias_regularization + ridge * sum_q);
  for (gsize r = 0; r < n; r++)
    p[r] -= (float) bias * q[r];
  kernels->combine (view->fixed, view->stride, solver->width, columns, p, n, scratch->gram);
  if (!all_finite (scratch->gram, view->n_factors, bias))
    return matinee_careful_row (view, row, scratch->careful, solver->stop);
  return write_row (solver, row, scratch->gram, bias);
}

/**
 * matinee_row_solver_row:
 * @solver: what rows have in common
 * @scratch: of this worker
 * @row: a row of the side that moves
 *
 * Solves one row from its ratings: O(n k² + k³), or O(n² k + n³) when it has
 * few. Which way depends on the row alone.
 *
 * Returns: what became of the row
 */
MatineeRowResult
matinee_row_solver_row (const MatineeRowSolver *solver, const MatineeRowScratch *scratch, guint32 row)
{
  const MatineeSparse *ratings = solver->view.ratings;
  gsize n = matinee_sparse_row_length (ratings, row);
  double residuals;

  if (n == 0)
    {
      matinee_half_step_clear_row (&solver->view, row);
      return MATINEE_ROW_SOLVED;
    }
  if (n <= solver->dual_limit)
    return solve_dual (solver, scratch, row);
  if (!matinee_row_solver_sum (solver, scratch, ratings->offsets[row], ratings->offsets[row + 1], scratch->gram,
                               &residuals))
    return MATINEE_ROW_STOPPED;
  return matinee_row_solver_finish (solver, scratch, row, scratch->gram, residuals);
}
