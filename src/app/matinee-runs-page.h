/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-plot.h"
#include "matinee-run-differences.h"
#include "matinee-runs-view.h"
#include "matinee-session.h"
#include "matinee-sweep-window.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_RUNS_PAGE (matinee_runs_page_get_type ())

G_DECLARE_FINAL_TYPE (MatineeRunsPage, matinee_runs_page, MATINEE, RUNS_PAGE, AdwBin)

/* Signals: "toast" (AdwToast *toast): to be shown; "params-used": go and train */
void matinee_runs_page_set_session (MatineeRunsPage *self, MatineeSession *session);
MatineeRuns *matinee_runs_page_get_runs (MatineeRunsPage *self);
MatineeRunsView *matinee_runs_page_get_view (MatineeRunsPage *self);
MatineePlot *matinee_runs_page_get_plot (MatineeRunsPage *self);
MatineeRunDifferences *matinee_runs_page_get_differences (MatineeRunsPage *self);
MatineeSweepWindow *matinee_runs_page_get_sweep (MatineeRunsPage *self);
GtkEditable *matinee_runs_page_get_search (MatineeRunsPage *self);
const char *matinee_runs_page_get_state (MatineeRunsPage *self);
const char *matinee_runs_page_get_trouble (MatineeRunsPage *self);

G_END_DECLS
