/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-params.h"

G_BEGIN_DECLS

/* More runs than this would be a slip of the keyboard. */
#define MATINEE_GRID_MAX_RUNS 10000

/**
 * MatineeDimension:
 * @id: the parameter
 * @values: (array n): what it is to be, in the order given, none twice
 * @n: how many
 */
typedef struct
{
  MatineeParamId id;
  double *values;
  guint n;
} MatineeDimension;

/**
 * MatineeGrid:
 * @base: the parameters that all runs share
 * @dimensions: (array n_dimensions): those that differ
 * @n_dimensions: how many
 * @n_runs: how many combinations there are, once matinee_grid_check() has
 *   said that the grid is sound
 *
 * The runs of a sweep: every combination of the values. The last dimension
 * changes first.
 */
typedef struct
{
  MatineeParams base;
  MatineeDimension dimensions[MATINEE_N_PARAMS];
  guint n_dimensions;
  guint n_runs;
} MatineeGrid;

gboolean matinee_grid_can_vary (MatineeParamId id);
guint matinee_grid_space (MatineeParamId id, double first, double last, guint n, gboolean logarithmic, double *values);
void matinee_grid_add (MatineeGrid *grid, MatineeParamId id, const double *values, guint n);
gboolean matinee_grid_check (MatineeGrid *grid, GError **error);
void matinee_grid_copy (const MatineeGrid *grid, MatineeGrid *copy);
void matinee_grid_clear (MatineeGrid *grid);

void matinee_grid_get_params (const MatineeGrid *grid, guint run, MatineeParams *params);
void matinee_grid_get_largest (const MatineeGrid *grid, MatineeParams *params);
gboolean matinee_grid_find (const MatineeGrid *grid, const MatineeParams *params, guint *run);
gboolean matinee_grid_is_on_edge (const MatineeGrid *grid, guint dimension, const MatineeParams *params,
                                  gboolean *largest);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineeGrid, matinee_grid_clear)

G_END_DECLS
