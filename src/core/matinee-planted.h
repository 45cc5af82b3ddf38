/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-pool.h"

G_BEGIN_DECLS

/**
 * MatineePlan:
 * @n_users: users, at least 1
 * @n_movies: movies, at least 1
 * @n_ratings: ratings to make; at least one a user, at most all pairs
 * @n_factors: factors of the hidden tastes, 0 … 512
 * @noise: standard deviation of the noise added to each rating, ≥ 0
 * @seed: the same seed gives the same data
 *
 * The shape of planted data: ratings drawn from known factors and known noise.
 */
typedef struct
{
  guint32 n_users;
  guint32 n_movies;
  gsize n_ratings;
  guint n_factors;
  double noise;
  guint64 seed;
} MatineePlan;

void matinee_plan_init_sample (MatineePlan *plan);
gboolean matinee_plan_check (const MatineePlan *plan, GError **error);
MatineeDataset *matinee_planted_new (const MatineePlan *plan, MatineePool *pool, MatineeStop *stop, GError **error);

G_END_DECLS
