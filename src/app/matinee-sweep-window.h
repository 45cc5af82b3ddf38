/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-session.h"
#include "matinee-sweep-chart.h"
#include "matinee-sweep-range.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_SWEEP_WINDOW (matinee_sweep_window_get_type ())

G_DECLARE_FINAL_TYPE (MatineeSweepWindow, matinee_sweep_window, MATINEE, SWEEP_WINDOW, AdwWindow)

/* Signal "params-used": go and train. */
GtkWidget *matinee_sweep_window_new (GtkWindow *parent, MatineeSession *session);
MatineeSweepRange *matinee_sweep_window_get_range (MatineeSweepWindow *self, guint number);
MatineeSweepChart *matinee_sweep_window_get_chart (MatineeSweepWindow *self);
MatineePlot *matinee_sweep_window_get_curve (MatineeSweepWindow *self);
const char *matinee_sweep_window_get_status (MatineeSweepWindow *self);
const char *matinee_sweep_window_get_result (MatineeSweepWindow *self);

G_END_DECLS
