/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MATINEE_TYPE_RUN_DIFFERENCES (matinee_run_differences_get_type ())

G_DECLARE_FINAL_TYPE (MatineeRunDifferences, matinee_run_differences, MATINEE, RUN_DIFFERENCES, AdwBin)

void matinee_run_differences_show (MatineeRunDifferences *self, GPtrArray *items);
guint matinee_run_differences_get_n_rows (MatineeRunDifferences *self);
const char *matinee_run_differences_get_text (MatineeRunDifferences *self, guint row, guint column);
const char *matinee_run_differences_get_warning (MatineeRunDifferences *self);

G_END_DECLS
