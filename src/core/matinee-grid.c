/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-grid.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-solver.h"

/* Values of a range are rounded to so many significant digits: nobody wants to read,
 * or to type again, 0.31622776601683794. */
#define DIGITS "%.3g"

/**
 * matinee_grid_can_vary:
 * @id: a parameter
 *
 * Returns: whether runs that differ in it can be compared: whether they are tested on
 *   the same ratings, and may give something else
 */
gboolean
matinee_grid_can_vary (MatineeParamId id)
{
  return !matinee_param_is_of_split (id) && id != MATINEE_PARAM_SEED && id != MATINEE_PARAM_THREADS;
}

static double
round_value (const MatineeParamInfo *info, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (info->whole)
    return round (value);
  return g_ascii_strtod (g_ascii_formatd (text, sizeof text, DIGITS, value), NULL);
}

/**
 * matinee_grid_space:
 * @id: a parameter
 * @first: where to begin, in its range; above 0 if @logarithmic
 * @last: where to end, in its range
 * @n: how many values
 * @logarithmic: whether each is so many times the one before, rather than so much more
 * @values: (out) (array length=n): the values
 *
 * Spreads values from @first to @last, both among them. Those between are rounded to
 * three digits, or to whole numbers; what comes twice then is left out. O(n).
 *
 * Returns: how many there are, 0 if that can't be done
 */
guint
matinee_grid_space (MatineeParamId id, double first, double last, guint n, gboolean logarithmic, double *values)
{
  const MatineeParamInfo *info = matinee_param_info (id);
  guint n_values = 0;

  if (!isfinite (first) || !isfinite (last) || (logarithmic && (first <= 0 || last <= 0)))
    return 0;
  for (guint i = 0; i < n; i++)
    {
      double part = n > 1 ? (double) i / (n - 1) : 0;
      double value = logarithmic ? first * pow (last / first, part) : first + part * (last - first);

      if (i == 0)
        value = first;
      else
        value = i + 1 == n ? last : round_value (info, value);
      if (n_values == 0 || value != values[n_values - 1])
        values[n_values++] = value;
    }
  return n_values;
}

/**
 * matinee_grid_add:
 * @grid: a grid, with less than %MATINEE_N_PARAMS dimensions
 * @id: a parameter
 * @values: (array length=n): what it is to be; copied
 * @n: how many
 *
 * Adds a dimension, whose values change before those of the others.
 */
void
matinee_grid_add (MatineeGrid *grid, MatineeParamId id, const double *values, guint n)
{
  MatineeDimension *dimension = &grid->dimensions[grid->n_dimensions++];

  dimension->id = id;
  dimension->values = g_memdup2 (values, n * sizeof *values);
  dimension->n = n;
}

static gboolean
check_dimension (const MatineeGrid *grid, const MatineeDimension *dimension, GError **error)
{
  const MatineeParamInfo *info = matinee_param_info (dimension->id);

  if (dimension->n > 1 && (!matinee_grid_can_vary (dimension->id) || !matinee_params_uses (&grid->base, dimension->id)))
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS,
                   _ ("“%s” has no effect with the solver “%s”: there is nothing to compare"), _ (info->label),
                   _ (grid->base.solver->title));
      return FALSE;
    }
  for (guint i = 0; i < dimension->n; i++)
    {
      MatineeParams params = grid->base;

      matinee_params_set (&params, dimension->id, dimension->values[i]);
      if (!matinee_params_check (&params, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * matinee_grid_check:
 * @grid: dimensions with the parameters that all runs share
 * @error: return location
 *
 * Checks every value, and counts the runs. O(values).
 *
 * Returns: whether all runs can be done; else %MATINEE_ERROR_PARAMS
 */
gboolean
matinee_grid_check (MatineeGrid *grid, GError **error)
{
  grid->n_runs = 1;
  for (guint i = 0; i < grid->n_dimensions; i++)
    {
      const MatineeDimension *dimension = &grid->dimensions[i];

      if (!check_dimension (grid, dimension, error))
        return FALSE;
      if (dimension->n == 0 || dimension->n > MATINEE_GRID_MAX_RUNS / grid->n_runs)
        {
          g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS,
                       _ ("These values don’t make between 1 and %u runs: give others"), MATINEE_GRID_MAX_RUNS);
          return FALSE;
        }
      grid->n_runs *= dimension->n;
    }
  return TRUE;
}

/**
 * matinee_grid_copy:
 * @grid: runs
 * @copy: (out caller-allocates): the same; free with matinee_grid_clear()
 */
void
matinee_grid_copy (const MatineeGrid *grid, MatineeGrid *copy)
{
  *copy = *grid;
  for (guint i = 0; i < grid->n_dimensions; i++)
    copy->dimensions[i].values = g_memdup2 (grid->dimensions[i].values, grid->dimensions[i].n * sizeof (double));
}

/**
 * matinee_grid_clear:
 * @grid: runs
 *
 * Frees the values.
 */
void
matinee_grid_clear (MatineeGrid *grid)
{
  for (guint i = 0; i < grid->n_dimensions; i++)
    g_free (grid->dimensions[i].values);
  memset (grid, 0, sizeof *grid);
}

/**
 * matinee_grid_get_params:
 * @grid: runs
 * @run: which, from 0
 * @params: (out caller-allocates): its parameters
 */
void
matinee_grid_get_params (const MatineeGrid *grid, guint run, MatineeParams *params)
{
  *params = grid->base;
  for (guint i = grid->n_dimensions; i-- > 0;)
    {
      const MatineeDimension *dimension = &grid->dimensions[i];

      matinee_params_set (params, dimension->id, dimension->values[run % dimension->n]);
      run /= dimension->n;
    }
}

/**
 * matinee_grid_get_largest:
 * @grid: runs
 * @params: (out caller-allocates): parameters that take as much memory as any run
 */
void
matinee_grid_get_largest (const MatineeGrid *grid, MatineeParams *params)
{
  *params = grid->base;
  for (guint i = 0; i < grid->n_dimensions; i++)
    {
      const MatineeDimension *dimension = &grid->dimensions[i];

      if (dimension->id != MATINEE_PARAM_FACTORS)
        continue;
      params->n_factors = 0;
      for (guint j = 0; j < dimension->n; j++)
        params->n_factors = MAX (params->n_factors, (guint) dimension->values[j]);
    }
}

/**
 * matinee_grid_find:
 * @grid: runs
 * @params: parameters
 * @run: (out): the run that gives the same model as they do, from 0
 *
 * O(values).
 *
 * Returns: whether there is one
 */
gboolean
matinee_grid_find (const MatineeGrid *grid, const MatineeParams *params, guint *run)
{
  MatineeParams found;

  *run = 0;
  for (guint i = 0; i < grid->n_dimensions; i++)
    {
      const MatineeDimension *dimension = &grid->dimensions[i];
      guint at = 0;

      while (at < dimension->n && dimension->values[at] != matinee_params_get (params, dimension->id))
        at++;
      if (at == dimension->n)
        return FALSE;
      *run = *run * dimension->n + at;
    }
  matinee_grid_get_params (grid, *run, &found);
  return matinee_params_equal (&found, params);
}

/**
 * matinee_grid_is_on_edge:
 * @grid: runs
 * @dimension: which dimension
 * @params: parameters of a run
 * @largest: (out): whether its value is the largest tried, or the smallest
 *
 * Tells whether a still better value may lie beyond those tried: whether that of the
 * run is the smallest or the largest of at least two, and the parameter could be
 * smaller or larger yet.
 *
 * Returns: %TRUE if so
 */
gboolean
matinee_grid_is_on_edge (const MatineeGrid *grid, guint dimension, const MatineeParams *params, gboolean *largest)
{
  const MatineeDimension *known = &grid->dimensions[dimension];
  const MatineeParamInfo *info = matinee_param_info (known->id);
  double value = matinee_params_get (params, known->id);
  guint n_smaller = 0;

  for (guint i = 0; i < known->n; i++)
    n_smaller += known->values[i] < value;
  *largest = n_smaller == known->n - 1;
  if (known->n < 2)
    return FALSE;
  return (*largest && value < info->maximum) || (n_smaller == 0 && value > info->minimum);
}
