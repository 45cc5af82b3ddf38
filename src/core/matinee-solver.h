/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-factors.h"
#include "matinee-params.h"
#include "matinee-pool.h"
#include "matinee-split.h"
#include "matinee-types.h"

G_BEGIN_DECLS

/* The parameters that mean something to every solver. */
#define MATINEE_USES_ALWAYS                                                                                            \
  (1 << MATINEE_PARAM_FACTORS | 1 << MATINEE_PARAM_ITERATIONS | 1 << MATINEE_PARAM_TOLERANCE                           \
   | 1 << MATINEE_PARAM_FACTOR_SCALE | 1 << MATINEE_PARAM_PATIENCE | 1 << MATINEE_PARAM_IMPROVEMENT                    \
   | 1 << MATINEE_PARAM_SEED | 1 << MATINEE_PARAM_THREADS)

/**
 * MatineeSolverRun:
 * @params: what was asked for
 * @split: the ratings
 * @factors: what is learnt
 * @pool: threads to work with
 * @stop: (nullable): look at it at least every 50 ms
 *
 * What a solver's functions work on.
 */
typedef struct
{
  const MatineeParams *params;
  const MatineeSplit *split;
  MatineeFactors *factors;
  MatineePool *pool;
  MatineeStop *stop;
} MatineeSolverRun;

/**
 * MatineePenalty:
 * @regularization: λ ≥ 0, on factors
 * @bias_regularization: λ_b ≥ 0, on biases
 * @count_exponent: ν in 0 … 1; the penalty of a row with n ratings is
 *   multiplied by n^ν
 *
 * What the size of one row costs in the objective.
 */
typedef struct
{
  double regularization;
  double bias_regularization;
  double count_exponent;
} MatineePenalty;

/**
 * MatineeSolver:
 * @id: its name on the command line and in files
 * @title: (translatable): its name for people
 * @description: (translatable): one sentence on what it does
 * @uses: bit `1 << MatineeParamId` for each parameter that has an effect
 * @half_steps: half-steps in one iteration: 2 where an iteration moves users
 *   and movies, 1 where they take turns
 * @has_gradient: whether half_step() tells a gradient norm, which is then what
 *   the tolerance is compared with
 * @diverged_hint: (translatable): what to change when numbers overflow
 * @prepare: sets the first values of the factors and the mean
 * @half_step: does half-step @number (0, 1, …); returns %FALSE with
 *   %MATINEE_ERROR_DIVERGED or %MATINEE_ERROR_CANCELLED
 * @penalty: the part of the objective that is not the fit, in float64
 * @row_penalty: (nullable): the penalty of one row in the objective; %NULL for a
 *   solver that minimises over each row, with λ, λ_b and ν as they are in the
 *   parameters. A solver that has it leaves rows on the way to their minimum.
 *
 * A way to learn: one row of the table in matinee-solver.c.
 */
struct _MatineeSolver
{
  const char *id;
  const char *title;
  const char *description;
  guint64 uses;
  guint half_steps;
  gboolean has_gradient;
  const char *diverged_hint;
  void (*prepare) (const MatineeSolverRun *run);
  gboolean (*half_step) (const MatineeSolverRun *run, guint number, double *gradient_norm, GError **error);
  double (*penalty) (const MatineeSolverRun *run);
  void (*row_penalty) (const MatineeParams *params, MatineePenalty *penalty);
};

extern const MatineeSolver matinee_solver_exact;
extern const MatineeSolver matinee_solver_cg;
extern const MatineeSolver matinee_solver_gradient;

const MatineeSolver *const *matinee_solvers (guint *n);
const MatineeSolver *matinee_solver_find (const char *id);
gboolean matinee_solver_has_closed_form (const MatineeSolver *solver);
void matinee_solver_get_row_penalty (const MatineeParams *params, MatineePenalty *penalty);

G_END_DECLS
