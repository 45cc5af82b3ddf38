/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-factors.h"
#include "matinee-kernels.h"
#include "matinee-pool.h"
#include "matinee-sparse.h"

G_BEGIN_DECLS

/**
 * MatineeScored:
 * @movie: a movie
 * @score: its predicted rating, not clipped
 */
typedef struct
{
  guint32 movie;
  float score;
} MatineeScored;

/**
 * MatineeBatch:
 * @factors: a model
 * @users: (nullable) (array n_users): whom to score for; %NULL for the first
 *   @n_users
 * @n_users: how many
 * @n_top: N, how many movies for each
 * @exclude: (nullable): ratings by user; what a user has rated is left out
 * @allowed: (nullable) (array n_movies): only movies with a non-zero byte
 * @kernels: (nullable): the instruction set, for tests and measuring
 *
 * What to recommend to many users at once.
 */
typedef struct
{
  const MatineeFactors *factors;
  const guint32 *users;
  gsize n_users;
  guint n_top;
  const MatineeSparse *exclude;
  const guint8 *allowed;
  const MatineeKernels *kernels;
} MatineeBatch;

/**
 * MatineeBatchFunc:
 * @user: a user
 * @top: (array n): movies, the best first
 * @n: how many; fewer than N when there aren't more
 * @data: user data
 *
 * Called for each user in order, in the thread that called matinee_batch_top_n().
 */
typedef void (*MatineeBatchFunc) (guint32 user, const MatineeScored *top, guint n, gpointer data);

gboolean matinee_batch_top_n (const MatineeBatch *batch, MatineePool *pool, MatineeStop *stop, MatineeBatchFunc func,
                              gpointer data, GError **error);

G_END_DECLS
