/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-plot-layout.h"

G_BEGIN_DECLS

/**
 * MatineeHeatState:
 * @MATINEE_HEAT_WAITING: nothing is known yet
 * @MATINEE_HEAT_WORKING: it is being found out
 * @MATINEE_HEAT_KNOWN: there is a value
 * @MATINEE_HEAT_VOID: there will be none
 *
 * How a cell stands.
 */
typedef enum
{
  MATINEE_HEAT_WAITING,
  MATINEE_HEAT_WORKING,
  MATINEE_HEAT_KNOWN,
  MATINEE_HEAT_VOID
} MatineeHeatState;

/**
 * MatineeHeatCell:
 * @state: how it stands
 * @value: its value, when known; finite
 */
typedef struct
{
  MatineeHeatState state;
  double value;
} MatineeHeatCell;

/**
 * MatineeHeatGrid:
 * @x_title: what goes from left to right
 * @y_title: (nullable): what goes from bottom to top
 * @value_title: what the values are
 * @columns: (array n_columns): labels of the columns
 * @rows: (array n_rows): labels of the rows, the lowest first
 * @n_columns: columns; 0 for an empty grid
 * @n_rows: rows
 * @cells: (array n_columns × n_rows): row after row
 * @best: index in @cells of the one to mark, or -1
 * @cursor: index of the one that is chosen, or -1
 *
 * What a heat map shows.
 */
typedef struct
{
  char *x_title;
  char *y_title;
  char *value_title;
  char **columns;
  char **rows;
  guint n_columns;
  guint n_rows;
  MatineeHeatCell *cells;
  int best;
  int cursor;
} MatineeHeatGrid;

void matinee_heat_grid_set_axes (MatineeHeatGrid *self, const char *x_title, const char *const *columns,
                                 const char *y_title, const char *const *rows);
void matinee_heat_grid_clear (MatineeHeatGrid *self);
gboolean matinee_heat_grid_get_range (const MatineeHeatGrid *self, double *low, double *high, gboolean *beyond);
void matinee_heat_grid_get_color (const MatineeHeatGrid *self, double value, GdkRGBA *color);
char *matinee_heat_grid_dup_text (const MatineeHeatGrid *self, int cell);

void matinee_heat_grid_draw (const MatineeHeatGrid *self, cairo_t *cr, double width, double height,
                             const MatineePlotStyle *style, MatineePlotRect *area);
int matinee_heat_grid_pick (const MatineeHeatGrid *self, const MatineePlotRect *area, double x, double y);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineeHeatGrid, matinee_heat_grid_clear)

G_END_DECLS
