/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-model.h"
#include "matinee-sparse.h"
#include "matinee-types.h"

G_BEGIN_DECLS

/**
 * MatineeRecommendation:
 * @movie: index of the movie
 * @score: the prediction, not clipped: what the list is ordered by
 */
typedef struct
{
  guint32 movie;
  float score;
} MatineeRecommendation;

/**
 * MatineeTopN:
 * @items: (array n): best first; equal scores by ascending movie index
 * @n: how many were found, at most what was asked for
 * @n_hidden: movies left out because the user has rated them
 */
typedef struct
{
  MatineeRecommendation *items;
  guint n;
  guint n_hidden;
} MatineeTopN;

MatineeTopN *matinee_recommender_top (const MatineeModel *model, guint32 user, guint n, const MatineeSparse *rated,
                                      GError **error);
void matinee_top_n_free (MatineeTopN *top);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeTopN, matinee_top_n_free)

G_END_DECLS
