/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-grid.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_SWEEP_RANGE (matinee_sweep_range_get_type ())

G_DECLARE_FINAL_TYPE (MatineeSweepRange, matinee_sweep_range, MATINEE, SWEEP_RANGE, AdwBin)

/* Signal "changed": something else is chosen. */
GtkWidget *matinee_sweep_range_new (const char *title, gboolean optional);
void matinee_sweep_range_set_params (MatineeSweepRange *self, const MatineeParams *params);
gboolean matinee_sweep_range_get_id (MatineeSweepRange *self, MatineeParamId *id);
void matinee_sweep_range_add_to (MatineeSweepRange *self, MatineeGrid *grid);
void matinee_sweep_range_set (MatineeSweepRange *self, MatineeParamId id, double first, double last, guint n,
                              gboolean logarithmic);
char *matinee_sweep_range_dup_text (MatineeSweepRange *self);
void matinee_sweep_range_set_text (MatineeSweepRange *self, const char *text);

G_END_DECLS
