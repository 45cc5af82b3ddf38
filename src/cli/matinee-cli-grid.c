/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-grid.h"

#include <glib/gi18n.h>
#include <string.h>

#include "matinee-cli-command.h"
#include "matinee-cli-text.h"
#include "matinee-solver.h"

/* With these, runs would be tested on other ratings, or give the same. */
static gboolean
is_fixed (MatineeParamId id)
{
  return matinee_param_is_of_split (id) || id == MATINEE_PARAM_SEED || id == MATINEE_PARAM_THREADS;
}

static gboolean
fail (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return FALSE;
}

static gboolean
take_values (MatineeCliDimension *dimension, char **texts, GError **error)
{
  const MatineeParamInfo *info = matinee_param_info (dimension->id);
  guint n = g_strv_length (texts);

  dimension->values = g_new (double, n);
  for (guint i = 0; i < n; i++)
    {
      if (!matinee_cli_parse_number (info->name, texts[i], info->whole, info->minimum, info->maximum,
                                     &dimension->values[i], error))
        return FALSE;
      for (guint j = 0; j < i; j++)
        if (dimension->values[j] == dimension->values[i])
          return fail (error, _ ("--%s has %s twice: give each value once"), info->name, texts[i]);
    }
  dimension->n = n;
  return TRUE;
}

/* Makes a dimension of an option, and leaves its first value for all that take one. */
static gboolean
take_option (MatineeCliGrid *grid, MatineeCliParams *options, MatineeParamId id, GError **error)
{
  g_auto (GStrv) texts = g_strsplit (options->numbers[id], ",", -1);
  gboolean many = g_strv_length (texts) > 1;

  if (many && is_fixed (id))
    return fail (error, _ ("--%s takes one value: runs that differ in it can’t be compared"),
                 matinee_param_info (id)->name);
  if (!many && id != MATINEE_PARAM_REGULARIZATION && id != MATINEE_PARAM_FACTORS)
    return TRUE;
  grid->dimensions[grid->n_dimensions++].id = id;
  if (!take_values (&grid->dimensions[grid->n_dimensions - 1], texts, error))
    return FALSE;
  g_free (options->numbers[id]);
  options->numbers[id] = g_strdup (texts[0]);
  return TRUE;
}

static gboolean
check (MatineeCliGrid *grid, GError **error)
{
  grid->n_runs = 1;
  if (grid->n_dimensions == 0)
    return fail (error, _ ("“sweep” needs values to try, such as --regularization 0.5,1,2"));
  for (guint i = 0; i < grid->n_dimensions; i++)
    {
      const MatineeCliDimension *dimension = &grid->dimensions[i];

      if (dimension->n > 1 && !matinee_params_uses (&grid->base, dimension->id))
        return fail (error, _ ("--%s has no effect with the solver “%s”: there is nothing to compare"),
                     matinee_param_info (dimension->id)->name, grid->base.solver->id);
      if (dimension->n > MATINEE_CLI_MAX_RUNS / grid->n_runs)
        return fail (error, _ ("These values make more than %u runs: give fewer"), MATINEE_CLI_MAX_RUNS);
      grid->n_runs *= dimension->n;
    }
  return TRUE;
}

/**
 * matinee_cli_grid_resolve:
 * @grid: (out caller-allocates): the runs; zeros
 * @options: what was given: values with commas between them; of each, the first
 *   one is left
 * @error: return location
 *
 * Works out which runs are to be done.
 *
 * Returns: whether all is in range; else @error is in %G_OPTION_ERROR or is
 *   %MATINEE_ERROR_PARAMS
 */
gboolean
matinee_cli_grid_resolve (MatineeCliGrid *grid, MatineeCliParams *options, GError **error)
{
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    if (options->numbers[id] != NULL && !take_option (grid, options, id, error))
      return FALSE;
  return matinee_cli_params_resolve (options, &grid->base, error) && check (grid, error);
}

/**
 * matinee_cli_grid_get_params:
 * @grid: runs
 * @run: which, from 0
 * @params: (out caller-allocates): its parameters
 */
void
matinee_cli_grid_get_params (const MatineeCliGrid *grid, guint run, MatineeParams *params)
{
  *params = grid->base;
  for (guint i = grid->n_dimensions; i-- > 0;)
    {
      const MatineeCliDimension *dimension = &grid->dimensions[i];

      matinee_params_set (params, dimension->id, dimension->values[run % dimension->n]);
      run /= dimension->n;
    }
}

/**
 * matinee_cli_grid_get_largest:
 * @grid: runs
 * @params: (out caller-allocates): parameters that take as much memory as any run
 */
void
matinee_cli_grid_get_largest (const MatineeCliGrid *grid, MatineeParams *params)
{
  *params = grid->base;
  for (guint run = 0; run < grid->n_runs; run++)
    {
      MatineeParams other;

      matinee_cli_grid_get_params (grid, run, &other);
      params->n_factors = MAX (params->n_factors, other.n_factors);
    }
}

/**
 * matinee_cli_grid_is_on_edge:
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
matinee_cli_grid_is_on_edge (const MatineeCliGrid *grid, guint dimension, const MatineeParams *params,
                             gboolean *largest)
{
  const MatineeCliDimension *known = &grid->dimensions[dimension];
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

/**
 * matinee_cli_grid_clear:
 * @grid: runs
 *
 * Frees the values.
 */
void
matinee_cli_grid_clear (MatineeCliGrid *grid)
{
  for (guint i = 0; i < grid->n_dimensions; i++)
    g_free (grid->dimensions[i].values);
}
