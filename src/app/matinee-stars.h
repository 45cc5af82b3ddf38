/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MATINEE_TYPE_STARS (matinee_stars_get_type ())

G_DECLARE_FINAL_TYPE (MatineeStars, matinee_stars, MATINEE, STARS, GtkWidget)

GtkWidget *matinee_stars_new (void);
void matinee_stars_set_scale (MatineeStars *self, double low, double high, double step);
double matinee_stars_get_value (MatineeStars *self);
void matinee_stars_set_value (MatineeStars *self, double value);
gboolean matinee_stars_press (MatineeStars *self, guint keyval);
void matinee_stars_click (MatineeStars *self, double x);

G_END_DECLS
