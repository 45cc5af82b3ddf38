/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-plot-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean matinee_plot_print (MatineePlotModel *model, GtkWindow *parent, const char *job_name, const char *export_path,
                             GError **error);

G_END_DECLS
