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
