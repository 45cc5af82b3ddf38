/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-plot-model.h"
#include "matinee-table-view.h"

G_BEGIN_DECLS

GtkWidget *matinee_data_window_new (GtkWindow *parent, const char *const *titles, guint n_columns, guint n_rows,
                                    MatineeTableCell cell, gpointer data, GDestroyNotify free_data);
GtkWidget *matinee_data_window_new_for_plot (GtkWindow *parent, MatineePlotModel *model);
guint matinee_data_window_get_n_rows (GtkWidget *window);

G_END_DECLS
