/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-row-solver.h"

#include <math.h>
#include <string.h>

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

/* More columns of matrices, to keep columns of 2 KB from falling on the same few
 * sets of the cache. */
#define MATRIX_EXTRA 16

/* Right sides of a row in its own space: t and 1. */
#define N_RIGHT 2

/* Rows of at most this percentage of k ratings are solved in their own space. */
#define DUAL_SHARE 75

static gsize
round_up (gsize n, gsize to)
{
  return (n + to - 1) / to * to;
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
  solver->summed = solver->view.fixed;
  solver->stop = stop;
  solver->width = round_up (k, solver->kernels->lanes);
  solver->ld = round_up (k, 16) + (k % 128 == 0 ? MATRIX_EXTRA : 0);
  solver->gram_size = (solver->width + 2) * solver->ld;
  /* Measured: a system of order n pays while n is well below k. */
  solver->dual_limit = step->regularization > 0 ? k * DUAL_SHARE / 100 : 0;
  solver->n_dual_bins = (guint) (MIN (solver->dual_limit, MATINEE_BIN_ORDER) / MATINEE_BIN_STEP);
  solver->primal_bin = k <= MATINEE_BIN_ORDER;
}

static guint
bin_order (guint bin)
{
  return (bin + 1) * MATINEE_BIN_STEP;
}

static gsize
bin_ld (guint bin)
{
  return round_up (bin_order (bin), 16);
}

static gsize
bin_system_size (guint bin)
{
  return (bin_order (bin) + N_RIGHT) * bin_ld (bin);
}

/* Lays out the memory of one worker from @memory on; with none, only measures it.
 * Returns the bytes used. */
static gsize
lay_out (const MatineeRowSolver *solver, guint8 *memory, MatineeRowScratch *scratch)
{
  guint k = solver->view.n_factors;
  guint lanes = solver->kernels->lanes;
  gsize at = 0;

#define TAKE(pointer, n, type)                                                                                         \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    (pointer) = memory != NULL ? (type *) (memory + at) : NULL;                                                        \
    at += round_up ((n) * sizeof (type), MATINEE_ALIGNMENT);                                                           \
  }                                                                                                                    \
  G_STMT_END

  TAKE (scratch->targets, MATINEE_SUM_ROWS, float);
  TAKE (scratch->sum_work, solver->kernels->sum_work (k), float);
  TAKE (scratch->transposed, solver->width * solver->ld, float);
  TAKE (scratch->gram, solver->gram_size, float);
  TAKE (scratch->right, N_RIGHT * solver->ld, float);
  TAKE (scratch->lanes, matinee_kernels_lanes_work (solver->kernels, MIN (round_up (k, 4), MATINEE_BIN_ORDER)), float);
  TAKE (scratch->careful, matinee_careful_scratch (k), double);
  for (guint bin = 0; bin < solver->n_dual_bins; bin++)
    for (guint s = 0; s < lanes; s++)
      TAKE (scratch->bins[bin].systems[s], bin_system_size (bin), float);
  if (solver->primal_bin)
    for (guint s = 0; s < lanes; s++)
      TAKE (scratch->bins[solver->n_dual_bins].systems[s], solver->gram_size, float);
#undef TAKE
  return at;
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
  MatineeRowScratch scratch;

  return lay_out (solver, NULL, &scratch);
}

/**
 * matinee_row_solver_scratch:
 * @solver: what rows have in common
 * @memory: matinee_row_solver_scratch_size() bytes, cleared, on a 64-byte boundary
 * @scratch: (out caller-allocates): parts of it
 *
 * Divides the memory of one worker.
 */
void
matinee_row_solver_scratch (const MatineeRowSolver *solver, void *memory, MatineeRowScratch *scratch)
{
  *scratch = (MatineeRowScratch){ 0 };
  lay_out (solver, memory, scratch);
}

/**
 * matinee_row_solver_begin:
 * @solver: what rows have in common
 * @entry: where reading will begin
 *
 * To be called by a worker before it sums or solves rows. Fetches the first
 * ratings' factors into the cache; from then on each sum fetches what the next
 * will read.
 */
void
matinee_row_solver_begin (const MatineeRowSolver *solver, gsize entry)
{
  const MatineeHalfStepView *view = &solver->view;
  gsize end = MIN (entry + MATINEE_SUM_AHEAD, view->ratings->n_entries);

  for (; entry < end; entry++)
    {
      const float *row = solver->summed + view->ratings->columns[entry] * view->stride;

      for (gsize f = 0; f < view->stride; f += 16)
        __builtin_prefetch (row + f);
    }
  solver->kernels->enter ();
}

/**
 * matinee_row_solver_end:
 * @solver: what rows have in common
 *
 * To be called by the same worker afterwards.
 */
void
matinee_row_solver_end (const MatineeRowSolver *solver)
{
  solver->kernels->leave ();
}

/* Computes the targets t of some ratings. Returns Σt. */
static double
fill_targets (const MatineeRowSolver *solver, gsize entry, gsize n, float *targets)
{
  const MatineeHalfStepView *view = &solver->view;
  double sum = 0.0;

  if (view->ratings->codes != NULL)
    sum = solver->kernels->targets (view->levels, view->ratings->codes + entry, view->fixed_biases,
                                    view->ratings->columns + entry, n, targets);
  else
    for (gsize r = 0; r < n; r++)
      {
        targets[r] = matinee_half_step_residual (view, entry + r);
        sum += (double) targets[r];
      }
  for (gsize r = n; r < round_up (n, MATINEE_SUM_PADDING); r++)
    targets[r] = 0.0f;
  return sum;
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
matinee_row_solver_sum (const MatineeRowSolver *solver, MatineeRowScratch *scratch, gsize from, gsize to, float *gram,
                        double *residuals)
{
  const MatineeHalfStepView *view = &solver->view;
  const MatineeKernels *kernels = solver->kernels;
  double total = 0.0;

  for (gsize entry = from; entry < to; entry += MATINEE_SUM_ROWS)
    {
      MatineeRows of
          = { solver->summed, view->stride, view->ratings->columns + entry, MIN (MATINEE_SUM_ROWS, to - entry) };

      if (matinee_stop_requested (solver->stop))
        return FALSE;
      total += fill_targets (solver, entry, of.n, scratch->targets);
      kernels->sum (&of, view->ratings->n_entries - entry - of.n, scratch->targets, view->n_factors, entry > from, gram,
                    solver->ld, gram + solver->width * solver->ld, scratch->sum_work);
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

/* Eliminates the bias from a summed system; %FALSE when little is left. */
static gboolean
eliminate_bias (const MatineeRowSolver *solver, guint32 row, float *gram, double residuals, double *count)
{
  const MatineeHalfStepView *view = &solver->view;
  gsize n = matinee_sparse_row_length (view->ratings, row);
  double weight = matinee_half_step_weight (view->count_exponent, n);
  float *s = gram + solver->width * solver->ld;

  *count = (double) n + weight * view->bias_regularization;
  /* What fills the order up to a multiple of four is an identity. */
  for (gsize f = view->n_factors; f < round_up (view->n_factors, 4); f++)
    gram[f * solver->ld + f] = 1.0f;
  return solver->kernels->eliminate (gram, solver->ld, view->n_factors, s, (float) (1.0 / *count),
                                     (float) (weight * view->regularization), s + solver->ld, (float) residuals);
}

/* Computes the bias from the solution, which stands in the place of h. */
static MatineeRowResult
write_primal (const MatineeRowSolver *solver, MatineeRowScratch *scratch, guint32 row, const float *gram,
              double residuals)
{
  const MatineeHalfStepView *view = &solver->view;
  const float *s = gram + solver->width * solver->ld;
  const float *x = s + solver->ld;
  gsize n = matinee_sparse_row_length (view->ratings, row);
  double count = (double) n + matinee_half_step_weight (view->count_exponent, n) * view->bias_regularization;
  double bias = (residuals - (double) solver->kernels->dot (s, x, solver->width)) / count;

  if (all_finite (x, view->n_factors, bias))
    return write_row (solver, row, x, bias);
  return matinee_careful_row (view, row, scratch->careful, solver->stop);
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
matinee_row_solver_finish (const MatineeRowSolver *solver, MatineeRowScratch *scratch, guint32 row, float *gram,
                           double residuals)
{
  const MatineeHalfStepView *view = &solver->view;
  double count;

  if (eliminate_bias (solver, row, gram, residuals, &count)
      && solver->kernels->cholesky (gram, solver->ld, (guint) round_up (view->n_factors, 4),
                                    gram + (solver->width + 1) * solver->ld, 1, scratch->right))
    return write_primal (solver, scratch, row, gram, residuals);
  return matinee_careful_row (view, row, scratch->careful, solver->stop);
}

/* Writes a row in its own space from p and q. */
static MatineeRowResult
write_dual (const MatineeRowSolver *solver, MatineeRowScratch *scratch, guint32 row, float *p, const float *q)
{
  const MatineeHalfStepView *view = &solver->view;
  gsize n = matinee_sparse_row_length (view->ratings, row);
  double weight = matinee_half_step_weight (view->count_exponent, n);
  double ridge = weight * view->regularization;
  double sum_p = 0.0;
  double sum_q = 0.0;
  double bias;

  for (gsize r = 0; r < n; r++)
    {
      sum_p += (double) p[r];
      sum_q += (double) q[r];
    }
  bias = ridge * sum_p / (weight * view->bias_regularization + ridge * sum_q);
  for (gsize r = 0; r < n; r++)
    p[r] -= (float) bias * q[r];
  solver->kernels->combine (solver->summed, view->stride, solver->width,
                            view->ratings->columns + view->ratings->offsets[row], p, n, scratch->gram);
  if (all_finite (scratch->gram, view->n_factors, bias))
    return write_row (solver, row, scratch->gram, bias);
  return matinee_careful_row (view, row, scratch->careful, solver->stop);
}

/* K = Y Yᵀ + λ'I of order @order ≥ n, with t and 1 after it. */
static void
sum_dual (const MatineeRowSolver *solver, MatineeRowScratch *scratch, guint32 row, guint order, float *system, gsize ld)
{
  const MatineeHalfStepView *view = &solver->view;
  gsize from = view->ratings->offsets[row];
  gsize n = matinee_sparse_row_length (view->ratings, row);
  float ridge = (float) (matinee_half_step_weight (view->count_exponent, n) * view->regularization);
  MatineeRows ahead = { solver->summed, view->stride, view->ratings->columns + from + n,
                        MIN (n, view->ratings->n_entries - from - n) };
  float *p = system + order * ld;
  float *q = p + ld;

  solver->kernels->gather_packed (scratch->transposed, ld, solver->width, solver->summed, view->stride,
                                  view->ratings->columns + from, n);
  solver->kernels->gram (scratch->transposed, view->n_factors, order, system, ld, &ahead);
  for (gsize r = 0; r < ld; r++)
    {
      if (r < order)
        system[r * ld + r] += r < n ? ridge : 1.0f;
      p[r] = r < n ? matinee_half_step_residual (view, from + r) : 0.0f;
      q[r] = r < n ? 1.0f : 0.0f;
    }
}

static MatineeRowResult
solve_dual (const MatineeRowSolver *solver, MatineeRowScratch *scratch, guint32 row)
{
  const MatineeHalfStepView *view = &solver->view;
  guint order = (guint) round_up (matinee_sparse_row_length (view->ratings, row), 4);
  gsize ld = round_up (order, 16);
  float *p = scratch->gram + order * ld;

  sum_dual (solver, scratch, row, order, scratch->gram, ld);
  if (!solver->kernels->cholesky (scratch->gram, ld, order, p, N_RIGHT, scratch->right))
    return matinee_careful_row (view, row, scratch->careful, solver->stop);
  memcpy (scratch->right, p, N_RIGHT * ld * sizeof (float));
  return write_dual (solver, scratch, row, scratch->right, scratch->right + ld);
}

static MatineeRowResult
flush_bin (const MatineeRowSolver *solver, MatineeRowScratch *scratch, guint number, MatineeFailedRow *failed)
{
  MatineeRowBin *bin = &scratch->bins[number];
  gboolean dual = number < solver->n_dual_bins;
  guint order = dual ? bin_order (number) : (guint) round_up (solver->view.n_factors, 4);
  gsize ld = dual ? bin_ld (number) : solver->ld;
  gsize right = dual ? order * ld : (solver->width + 1) * ld;
  float *systems[MATINEE_MAX_LANES];
  guint good;

  /* Lanes without a system repeat the first. */
  for (guint s = 0; s < solver->kernels->lanes; s++)
    systems[s] = bin->systems[s < bin->n ? s : 0];
  good = solver->kernels->solve_lanes (systems, ld, order, right, dual ? N_RIGHT : 1, scratch->lanes);
  for (guint s = 0; s < bin->n; s++)
    {
      guint32 row = bin->rows[s];
      MatineeRowResult result;

      if ((good >> s & 1) == 0)
        result = matinee_careful_row (&solver->view, row, scratch->careful, solver->stop);
      else if (dual)
        result = write_dual (solver, scratch, row, systems[s] + right, systems[s] + right + ld);
      else
        result = write_primal (solver, scratch, row, systems[s], bin->residuals[s]);
      if (result == MATINEE_ROW_STOPPED)
        return result;
      if (result == MATINEE_ROW_FAILED)
        matinee_failed_row_note (failed, row);
    }
  bin->n = 0;
  return MATINEE_ROW_SOLVED;
}

static MatineeRowResult
add_to_bin (const MatineeRowSolver *solver, MatineeRowScratch *scratch, guint number, guint32 row, double residuals,
            MatineeFailedRow *failed)
{
  MatineeRowBin *bin = &scratch->bins[number];

  bin->rows[bin->n] = row;
  bin->residuals[bin->n] = residuals;
  if (++bin->n < solver->kernels->lanes)
    return MATINEE_ROW_SOLVED;
  return flush_bin (solver, scratch, number, failed);
}

static MatineeRowResult
row_primal (const MatineeRowSolver *solver, MatineeRowScratch *scratch, guint32 row, MatineeFailedRow *failed)
{
  const MatineeSparse *ratings = solver->view.ratings;
  guint number = solver->n_dual_bins;
  float *gram = solver->primal_bin ? scratch->bins[number].systems[scratch->bins[number].n] : scratch->gram;
  double residuals, count;

  if (!matinee_row_solver_sum (solver, scratch, ratings->offsets[row], ratings->offsets[row + 1], gram, &residuals))
    return MATINEE_ROW_STOPPED;
  if (!solver->primal_bin)
    return matinee_row_solver_finish (solver, scratch, row, gram, residuals);
  if (!eliminate_bias (solver, row, gram, residuals, &count))
    return matinee_careful_row (&solver->view, row, scratch->careful, solver->stop);
  return add_to_bin (solver, scratch, number, row, residuals, failed);
}

/**
 * matinee_row_solver_row:
 * @solver: what rows have in common
 * @scratch: of this worker
 * @row: a row of the side that moves
 * @failed: where rows that were waiting are noted if they fail
 *
 * Solves one row from its ratings: O(n k² + k³), or O(n² k + n³) when it has
 * few. Which way depends on the row alone. A row may be left waiting for
 * others that are solved beside it, until matinee_row_solver_flush().
 *
 * Returns: what became of the row
 */
MatineeRowResult
matinee_row_solver_row (const MatineeRowSolver *solver, MatineeRowScratch *scratch, guint32 row,
                        MatineeFailedRow *failed)
{
  gsize n = matinee_sparse_row_length (solver->view.ratings, row);
  guint bin = (guint) (n + MATINEE_BIN_STEP - 1) / MATINEE_BIN_STEP - 1;

  if (n == 0)
    {
      matinee_half_step_clear_row (&solver->view, row);
      return MATINEE_ROW_SOLVED;
    }
  if (n <= solver->dual_limit && bin < solver->n_dual_bins)
    {
      float *system = scratch->bins[bin].systems[scratch->bins[bin].n];

      sum_dual (solver, scratch, row, bin_order (bin), system, bin_ld (bin));
      return add_to_bin (solver, scratch, bin, row, 0.0, failed);
    }
  if (n <= solver->dual_limit)
    return solve_dual (solver, scratch, row);
  return row_primal (solver, scratch, row, failed);
}

/**
 * matinee_row_solver_flush:
 * @solver: what rows have in common
 * @scratch: of this worker
 * @failed: where rows that fail are noted
 *
 * Solves what is still waiting.
 *
 * Returns: %MATINEE_ROW_STOPPED if stopped
 */
MatineeRowResult
matinee_row_solver_flush (const MatineeRowSolver *solver, MatineeRowScratch *scratch, MatineeFailedRow *failed)
{
  guint n_bins = solver->n_dual_bins + (solver->primal_bin ? 1 : 0);

  for (guint bin = 0; bin < n_bins; bin++)
    if (scratch->bins[bin].n > 0 && flush_bin (solver, scratch, bin, failed) == MATINEE_ROW_STOPPED)
      return MATINEE_ROW_STOPPED;
  return MATINEE_ROW_SOLVED;
}
