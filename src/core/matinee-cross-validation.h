/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-model.h"
#include "matinee-params.h"
#include "matinee-pool.h"
#include "matinee-split.h"
#include "matinee-trace.h"

G_BEGIN_DECLS

/**
 * MatineeFold:
 * @number: which fold was held out, from 1
 * @n_train: ratings to learn from
 * @n_test: ratings held out
 * @n_cold_users: users without a training rating
 * @n_cold_movies: movies without a training rating
 * @train_period: when the training ratings were given, or never when that is not known
 * @test_period: when the ratings of the fold were given
 * @reason: why training ended
 * @iterations: how many were done
 * @seconds: of the solver
 * @train: errors of the model that was kept, on the training ratings
 * @test: its errors on the fold
 *
 * What came of one fold of a cross-validation.
 */
typedef struct
{
  guint number;
  gsize n_train;
  gsize n_test;
  guint32 n_cold_users;
  guint32 n_cold_movies;
  MatineePeriod train_period;
  MatineePeriod test_period;
  MatineeStopReason reason;
  guint iterations;
  double seconds;
  MatineeErrors train;
  MatineeErrors test;
} MatineeFold;

/**
 * MatineeSpread:
 * @mean: mean of a measure over folds, or NaN without any
 * @deviation: its standard deviation, with n − 1 in the denominator; NaN for less
 *   than two folds
 */
typedef struct
{
  double mean;
  double deviation;
} MatineeSpread;

/**
 * MatineeFoldWatch:
 * @begin: (nullable): a fold begins: its number, its parameters and its split
 * @point: (nullable): an iteration is done; %FALSE stops
 * @end: (nullable): a fold has ended, for whatever reason
 * @data: for all of them
 *
 * Somebody who watches a cross-validation, from the thread that does it.
 */
typedef struct
{
  void (*begin) (guint number, const MatineeParams *params, const MatineeSplit *split, gpointer data);
  gboolean (*point) (guint number, const MatineeTracePoint *point, gpointer data);
  void (*end) (const MatineeFold *fold, const MatineeModel *model, const char *message, gpointer data);
  gpointer data;
} MatineeFoldWatch;

gboolean matinee_cross_validate (MatineeRatings *ratings, const MatineeParams *params, const MatineeFoldWatch *watch,
                                 MatineePool *pool, MatineeStop *stop, MatineeFold *folds, guint *n_done,
                                 GError **error);
void matinee_folds_get_spread (const MatineeFold *folds, guint n, double (*measure) (const MatineeErrors *errors),
                               MatineeSpread *spread);

G_END_DECLS
