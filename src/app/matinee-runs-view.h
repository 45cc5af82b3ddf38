/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-runs.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_RUNS_VIEW (matinee_runs_view_get_type ())

G_DECLARE_FINAL_TYPE (MatineeRunsView, matinee_runs_view, MATINEE, RUNS_VIEW, AdwBin)

/* Signal "selected": another run, or none, is selected. */
void matinee_runs_view_set_runs (MatineeRunsView *self, MatineeRuns *runs);
void matinee_runs_view_search (MatineeRunsView *self, const char *text);
void matinee_runs_view_sort (MatineeRunsView *self, MatineeRunColumn column, GtkSortType order);
void matinee_runs_view_sort_by (MatineeRunsView *self, MatineeRunColumn column);
GListModel *matinee_runs_view_get_shown (MatineeRunsView *self);
MatineeRunItem *matinee_runs_view_get_selected (MatineeRunsView *self);
void matinee_runs_view_select (MatineeRunsView *self, MatineeRunItem *item);
gboolean matinee_runs_view_get_compact (MatineeRunsView *self);
void matinee_runs_view_set_menu (MatineeRunsView *self, GMenuModel *menu);

G_END_DECLS
