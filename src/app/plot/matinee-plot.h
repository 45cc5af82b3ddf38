/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-plot-draw.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MATINEE_TYPE_PLOT (matinee_plot_get_type ())
G_DECLARE_FINAL_TYPE (MatineePlot, matinee_plot, MATINEE, PLOT, GtkWidget)

GtkWidget *matinee_plot_new (void);
MatineePlotModel *matinee_plot_get_model (MatineePlot *self);
void matinee_plot_set_model (MatineePlot *self, MatineePlotModel *model);

void matinee_plot_set_label (MatineePlot *self, const char *label);
void matinee_plot_set_description (MatineePlot *self, const char *description);
void matinee_plot_set_file_name (MatineePlot *self, const char *name);

void matinee_plot_set_hover (MatineePlot *self, double x);
double matinee_plot_get_hover (MatineePlot *self);
char *matinee_plot_dup_readout (MatineePlot *self);
void matinee_plot_get_style (MatineePlot *self, MatineePlotStyle *style);

G_END_DECLS
