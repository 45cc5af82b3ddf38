/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-list-quality.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_RANKING_WINDOW (matinee_ranking_window_get_type ())

G_DECLARE_FINAL_TYPE (MatineeRankingWindow, matinee_ranking_window, MATINEE, RANKING_WINDOW, AdwWindow)

MatineeRankingWindow *matinee_ranking_window_new (GtkWindow *parent, MatineeListQuality *quality);
GtkSpinButton *matinee_ranking_window_get_n_button (MatineeRankingWindow *self);
GtkSpinButton *matinee_ranking_window_get_threshold_button (MatineeRankingWindow *self);
const char *matinee_ranking_window_get_figure (MatineeRankingWindow *self, guint measure, MatineeRanker ranker);
const char *matinee_ranking_window_get_status (MatineeRankingWindow *self);

G_END_DECLS
