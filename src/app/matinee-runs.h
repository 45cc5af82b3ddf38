/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "matinee-run-item.h"
#include "matinee-run-store.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_RUNS (matinee_runs_get_type ())

G_DECLARE_FINAL_TYPE (MatineeRuns, matinee_runs, MATINEE, RUNS, GObject)

MatineeRuns *matinee_runs_new (MatineeRunStore *store);
void matinee_runs_load (MatineeRuns *self);
gboolean matinee_runs_is_loaded (MatineeRuns *self);
GListModel *matinee_runs_get_items (MatineeRuns *self);
GPtrArray *matinee_runs_get_ticked (MatineeRuns *self);
void matinee_runs_untick_all (MatineeRuns *self);
void matinee_runs_edit (MatineeRuns *self, gint64 run, const char *name, const char *note);
void matinee_runs_set_deleted (MatineeRuns *self, const gint64 *runs, guint n, gboolean deleted);
void matinee_runs_export (MatineeRuns *self, const gint64 *runs, guint n, gboolean points, GFile *file);

G_END_DECLS
