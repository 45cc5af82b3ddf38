/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-heat-map.h"
#include "matinee-plot.h"
#include "matinee-sweep.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_SWEEP_CHART (matinee_sweep_chart_get_type ())

G_DECLARE_FINAL_TYPE (MatineeSweepChart, matinee_sweep_chart, MATINEE, SWEEP_CHART, AdwBin)

/* Signal "moved": another run is chosen. */
void matinee_sweep_chart_set_grid (MatineeSweepChart *self, const MatineeGrid *grid);
void matinee_sweep_chart_add_cells (MatineeSweepChart *self, const MatineeSweepCell *cells, guint n);
void matinee_sweep_chart_end (MatineeSweepChart *self);
void matinee_sweep_chart_set_measure (MatineeSweepChart *self, MatineeSweepMeasure measure);
const MatineeGrid *matinee_sweep_chart_get_grid (MatineeSweepChart *self);
const MatineeSweepCell *matinee_sweep_chart_get_chosen (MatineeSweepChart *self);
const MatineeSweepCell *matinee_sweep_chart_get_best (MatineeSweepChart *self);
guint matinee_sweep_chart_get_n_done (MatineeSweepChart *self, guint *n_found);
char *matinee_sweep_chart_dup_name (MatineeSweepChart *self, guint run);
char *matinee_sweep_chart_dup_result (MatineeSweepChart *self);
MatineeHeatMap *matinee_sweep_chart_get_map (MatineeSweepChart *self);
MatineePlot *matinee_sweep_chart_get_plot (MatineeSweepChart *self);

G_END_DECLS
