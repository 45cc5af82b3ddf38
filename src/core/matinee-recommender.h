/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-fold-in.h"
#include "matinee-model.h"
#include "matinee-sparse.h"
#include "matinee-top-n.h"
#include "matinee-types.h"

G_BEGIN_DECLS

/**
 * MatineeQuery:
 * @n: films to list; more than there are gives all there are
 * @excluded: (nullable) (array n_excluded): films to leave out, in ascending order,
 *   such as those that the user has rated
 * @n_excluded: how many
 * @filter: (nullable): which films may be shown
 *
 * What is asked of a recommender. The arrays are borrowed.
 */
struct _MatineeQuery
{
  guint n;
  const guint32 *excluded;
  gsize n_excluded;
  const MatineeFilter *filter;
};

void matinee_query_exclude_row (MatineeQuery *query, const MatineeSparse *rated, guint32 row);
void matinee_query_exclude_person (MatineeQuery *query, const MatineePerson *person);

MatineeTopN *matinee_recommender_top (const MatineeModel *model, guint32 user, guint n, const MatineeSparse *rated,
                                      GError **error);
MatineeTopN *matinee_recommender_top_user (const MatineeModel *model, guint32 user, const MatineeQuery *query,
                                           GError **error);
MatineeTopN *matinee_recommender_top_for (const MatineePerson *person, const MatineeQuery *query, GError **error);
gboolean matinee_recommender_is_cold (const MatineeModel *model, guint32 user);

/**
 * MatineeScoreFunc:
 * @first: first movie
 * @n: how many
 * @scores: (out) (array n): their scores
 * @data: user data
 *
 * Scores a run of films.
 */
typedef void (*MatineeScoreFunc) (guint32 first, guint32 n, float *scores, gpointer data);

MatineeTopN *matinee_recommender_select (const MatineeQuery *query, guint32 n_movies, MatineeScoreFunc func,
                                         gpointer data, GError **error);

G_END_DECLS
