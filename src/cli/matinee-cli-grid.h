/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-cli-params.h"

G_BEGIN_DECLS

/* More runs than this would be a slip of the keyboard. */
#define MATINEE_CLI_MAX_RUNS 10000

/**
 * MatineeCliDimension:
 * @id: the parameter
 * @values: (array n): what it is to be, in the order given, none twice
 * @n: how many
 */
typedef struct
{
  MatineeParamId id;
  double *values;
  guint n;
} MatineeCliDimension;

/**
 * MatineeCliGrid:
 * @base: the parameters that all runs share
 * @dimensions: (array n_dimensions): those that differ
 * @n_dimensions: how many
 * @n_runs: how many combinations there are
 *
 * The runs of a sweep: every combination of the values. The last dimension
 * changes first.
 */
typedef struct
{
  MatineeParams base;
  MatineeCliDimension dimensions[MATINEE_N_PARAMS];
  guint n_dimensions;
  guint n_runs;
} MatineeCliGrid;

gboolean matinee_cli_grid_resolve (MatineeCliGrid *grid, MatineeCliParams *options, GError **error);
void matinee_cli_grid_get_params (const MatineeCliGrid *grid, guint run, MatineeParams *params);
void matinee_cli_grid_get_largest (const MatineeCliGrid *grid, MatineeParams *params);
gboolean matinee_cli_grid_is_on_edge (const MatineeCliGrid *grid, guint dimension, const MatineeParams *params,
                                      gboolean *largest);
void matinee_cli_grid_clear (MatineeCliGrid *grid);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineeCliGrid, matinee_cli_grid_clear)

G_END_DECLS
