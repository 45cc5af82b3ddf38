/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-film-stats.h"
#include "matinee-recommender.h"

G_BEGIN_DECLS

/* Ratings at which a similarity counts half. */
#define MATINEE_SIMILAR_SHRINKAGE 20.0

MatineeTopN *matinee_similar_movies (const MatineeModel *model, guint32 movie, const MatineeFilmStats *stats,
                                     double shrinkage, const MatineeQuery *query, GError **error);

G_END_DECLS
