/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-grid.h"

#include <glib/gi18n.h>
#include <string.h>

#include "matinee-cli-command.h"
#include "matinee-cli-text.h"
#include "matinee-solver.h"

static gboolean
take_values (MatineeGrid *grid, MatineeParamId id, char **texts, GError **error)
{
  const MatineeParamInfo *info = matinee_param_info (id);
  guint n = g_strv_length (texts);
  g_autofree double *values = g_new (double, n);

  for (guint i = 0; i < n; i++)
    {
      if (!matinee_cli_parse_number (info->name, texts[i], info->whole, info->minimum, info->maximum, &values[i],
                                     error))
        return FALSE;
      for (guint j = 0; j < i; j++)
        if (values[j] == values[i])
          return matinee_cli_fail_usage (error, _ ("--%s has %s twice: give each value once"), info->name, texts[i]);
    }
  matinee_grid_add (grid, id, values, n);
  return TRUE;
}

/* Makes a dimension of an option, and leaves its first value for all that take one. */
static gboolean
take_option (MatineeGrid *grid, MatineeCliParams *options, MatineeParamId id, GError **error)
{
  g_auto (GStrv) texts = g_strsplit (options->numbers[id], ",", -1);
  gboolean many = g_strv_length (texts) > 1;

  if (many && !matinee_grid_can_vary (id))
    return matinee_cli_fail_usage (error, _ ("--%s takes one value: runs that differ in it can’t be compared"),
                                   matinee_param_info (id)->name);
  if (!many && id != MATINEE_PARAM_REGULARIZATION && id != MATINEE_PARAM_FACTORS)
    return TRUE;
  if (!take_values (grid, id, texts, error))
    return FALSE;
  g_free (options->numbers[id]);
  options->numbers[id] = g_strdup (texts[0]);
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
matinee_cli_grid_resolve (MatineeGrid *grid, MatineeCliParams *options, GError **error)
{
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    if (options->numbers[id] != NULL && !take_option (grid, options, id, error))
      return FALSE;
  if (grid->n_dimensions == 0)
    return matinee_cli_fail_usage (error, _ ("“sweep” needs values to try, such as --regularization 0.5,1,2"));
  return matinee_cli_params_resolve (options, &grid->base, error) && matinee_grid_check (grid, error);
}
