/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MatineeBar:
 * @label: what it stands for, plain text
 * @value: how long it is; negative values go the other way
 * @other: in upright bars, the value to compare with, or not a number
 *
 * One bar.
 */
typedef struct
{
  const char *label;
  double value;
  double other;
} MatineeBar;

#define MATINEE_TYPE_BARS (matinee_bars_get_type ())

G_DECLARE_FINAL_TYPE (MatineeBars, matinee_bars, MATINEE, BARS, GtkWidget)

void matinee_bars_set_lying (MatineeBars *self, const MatineeBar *bars, guint n, const char *description);
void matinee_bars_set_upright (MatineeBars *self, const MatineeBar *bars, guint n, const char *description);
guint matinee_bars_get_n (MatineeBars *self);
double matinee_bars_get_value (MatineeBars *self, guint bar);

G_END_DECLS
