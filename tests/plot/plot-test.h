/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PLOT_GOLDEN_WIDTH 480
#define PLOT_GOLDEN_HEIGHT 300

void plot_golden_check (cairo_surface_t *surface, const char *name);

void plot_test_spin (guint milliseconds);
gpointer plot_test_find_controller (gpointer widget, GType type);
gboolean plot_test_press_key (gpointer widget, guint key, GdkModifierType modifiers);

G_END_DECLS
