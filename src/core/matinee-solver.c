/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-solver.h"

/* The first is the default. */
static const MatineeSolver *const solvers[] = {
  &matinee_solver_exact,
  &matinee_solver_cg,
  &matinee_solver_gradient,
};

/**
 * matinee_solvers:
 * @n: (out): how many
 *
 * Returns: (array length=n): the solvers, the default first
 */
const MatineeSolver *const *
matinee_solvers (guint *n)
{
  *n = G_N_ELEMENTS (solvers);
  return solvers;
}

/**
 * matinee_solver_find:
 * @id: a solver's id
 *
 * Returns: (nullable): that solver
 */
const MatineeSolver *
matinee_solver_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (solvers); i++)
    if (g_str_equal (solvers[i]->id, id))
      return solvers[i];
  return NULL;
}

/**
 * matinee_solver_has_closed_form:
 * @solver: a solver
 *
 * Returns: whether each row that it trains is the minimiser of a quadratic, so
 *   that a prediction is a sum over the row's own ratings
 */
gboolean
matinee_solver_has_closed_form (const MatineeSolver *solver)
{
  return solver->row_penalty == NULL;
}

/**
 * matinee_solver_get_row_penalty:
 * @params: the parameters of a training
 * @penalty: (out caller-allocates): what the size of one row costs
 *
 * Tells with which penalty a row is solved for when all others stay.
 */
void
matinee_solver_get_row_penalty (const MatineeParams *params, MatineePenalty *penalty)
{
  if (params->solver->row_penalty != NULL)
    params->solver->row_penalty (params, penalty);
  else
    *penalty = (MatineePenalty){ .regularization = params->regularization,
                                 .bias_regularization = params->bias_regularization,
                                 .count_exponent = params->count_exponent };
}
