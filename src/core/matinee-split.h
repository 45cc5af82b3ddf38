/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-moment.h"
#include "matinee-params.h"
#include "matinee-pool.h"
#include "matinee-ratings.h"
#include "matinee-sparse.h"
#include "matinee-types.h"

G_BEGIN_DECLS

/**
 * MatineeSplit:
 * @train_by_user: the ratings to learn from, users as rows
 * @train_by_movie: the same, movies as rows
 * @test_by_user: the ratings held out, users as rows
 * @train_mean: mean of the training ratings, in float64
 * @low: smallest rating of train and test: predictions are clipped to it
 * @high: largest rating of train and test
 * @n_cold_users: users without a training rating
 * @n_cold_movies: movies without a training rating
 * @n_cold_test: test ratings whose user or movie is cold; they are predicted
 *   from what is known of the other
 * @n_short_users: users of whom fewer ratings are held out than the split asks for,
 *   because one is left to learn from
 * @train_period: when the training ratings were given, or never when that is not
 *   known
 * @test_period: when the test ratings were given
 *
 * Which ratings train a model and which test it. Immutable, counted.
 */
struct _MatineeSplit
{
  gatomicrefcount ref_count;
  MatineeSparse *train_by_user;
  MatineeSparse *train_by_movie;
  MatineeSparse *test_by_user;
  double train_mean;
  float low;
  float high;
  guint32 n_cold_users;
  guint32 n_cold_movies;
  gsize n_cold_test;
  guint32 n_short_users;
  MatineePeriod train_period;
  MatineePeriod test_period;
};

MatineeSplit *matinee_split_new (MatineeRatings *ratings, const MatineeParams *params, MatineePool *pool,
                                 MatineeStop *stop, GError **error);
void matinee_split_propose_moment (const MatineeRatings *ratings, MatineeParams *params);
MatineeSplit *matinee_split_new_random (MatineeRatings *ratings, double test_share, guint64 seed, MatineePool *pool,
                                        MatineeStop *stop, GError **error);
MatineeSplit *matinee_split_new_parts (MatineeSparse *train_by_user, MatineeSparse *test_by_user, MatineePool *pool,
                                       MatineeStop *stop, GError **error);
MatineeSplit *matinee_split_new_given (MatineeRatings *train, MatineeRatings *test, MatineeRatings **joined,
                                       MatineePool *pool, MatineeStop *stop, GError **error);
MatineeSplit *matinee_split_ref (MatineeSplit *split);
void matinee_split_unref (MatineeSplit *split);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeSplit, matinee_split_unref)

G_END_DECLS
