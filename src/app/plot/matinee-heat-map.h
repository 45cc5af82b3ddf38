/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-heat-grid.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MATINEE_TYPE_HEAT_MAP (matinee_heat_map_get_type ())
G_DECLARE_FINAL_TYPE (MatineeHeatMap, matinee_heat_map, MATINEE, HEAT_MAP, GtkWidget)

/* Signals: "moved": the cursor is in another cell; "activated": that cell was clicked, or
 * Enter was pressed */
GtkWidget *matinee_heat_map_new (void);
const MatineeHeatGrid *matinee_heat_map_get_grid (MatineeHeatMap *self);

void matinee_heat_map_set_axes (MatineeHeatMap *self, const char *x_title, const char *const *columns,
                                const char *y_title, const char *const *rows);
void matinee_heat_map_set_value_title (MatineeHeatMap *self, const char *title);
void matinee_heat_map_set_cell (MatineeHeatMap *self, guint column, guint row, MatineeHeatState state, double value);
void matinee_heat_map_set_best (MatineeHeatMap *self, guint column, guint row);
void matinee_heat_map_clear_best (MatineeHeatMap *self);
void matinee_heat_map_set_cursor (MatineeHeatMap *self, guint column, guint row);
gboolean matinee_heat_map_get_cursor (MatineeHeatMap *self, guint *column, guint *row);

void matinee_heat_map_set_label (MatineeHeatMap *self, const char *label);
void matinee_heat_map_set_summary (MatineeHeatMap *self, const char *summary);

G_END_DECLS
