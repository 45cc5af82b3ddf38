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
   | 1 << MATINEE_PARAM_TEST_SHARE | 1 << MATINEE_PARAM_SEED | 1 << MATINEE_PARAM_THREADS)

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
};

extern const MatineeSolver matinee_solver_exact;
extern const MatineeSolver matinee_solver_gradient;

const MatineeSolver *const *matinee_solvers (guint *n);
const MatineeSolver *matinee_solver_find (const char *id);

G_END_DECLS
