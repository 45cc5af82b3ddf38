/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "matinee-format.h"
#include "matinee-plot.h"
#include "matinee-runs.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_RUN_CURVES (matinee_run_curves_get_type ())

G_DECLARE_FINAL_TYPE (MatineeRunCurves, matinee_run_curves, MATINEE, RUN_CURVES, GObject)

MatineeRunCurves *matinee_run_curves_new (MatineePlot *plot, MatineeRunStore *store, const char *empty_text);
void matinee_run_curves_show (MatineeRunCurves *self, GPtrArray *items);
void matinee_run_curves_show_run (MatineeRunCurves *self, gint64 run, const char *name);
void matinee_run_curves_set_loss (MatineeRunCurves *self, MatineeLoss loss);
void matinee_run_curves_set_by_time (MatineeRunCurves *self, gboolean by_time);

G_END_DECLS
