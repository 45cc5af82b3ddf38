/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-types.h"

G_BEGIN_DECLS

/**
 * MatineeFactors:
 * @n_users: number of users
 * @n_movies: number of movies
 * @n_factors: k, 1 … 512
 * @stride: floats from one row of factors to the next: k rounded up to a
 *   multiple of 16; what lies between k and @stride is zero
 * @mean: μ, added to every prediction (0 for the gradient solver)
 * @user_factors: (array n_users*stride): x_u, each row on a 64-byte boundary
 * @user_biases: (array n_users): b_u
 * @movie_factors: (array n_movies*stride): y_i
 * @movie_biases: (array n_movies): b_i
 *
 * All the numbers of a factor model: r̂(u, i) = μ + b_u + b_i + x_u·y_i.
 */
struct _MatineeFactors
{
  guint32 n_users;
  guint32 n_movies;
  guint n_factors;
  gsize stride;
  double mean;
  float *user_factors;
  float *user_biases;
  float *movie_factors;
  float *movie_biases;
};

/**
 * MatineeSide:
 * @MATINEE_USERS: users are the rows
 * @MATINEE_MOVIES: movies are the rows
 *
 * Which half of the model a half-step moves.
 */
typedef enum
{
  MATINEE_USERS,
  MATINEE_MOVIES
} MatineeSide;

gsize matinee_factors_stride (guint n_factors);
MatineeFactors *matinee_factors_new (guint32 n_users, guint32 n_movies, guint n_factors, GError **error);
MatineeFactors *matinee_factors_copy (const MatineeFactors *factors, GError **error);
void matinee_factors_assign (MatineeFactors *to, const MatineeFactors *from);
void matinee_factors_free (MatineeFactors *factors);
double matinee_factors_predict (const MatineeFactors *factors, guint32 user, guint32 movie);
gboolean matinee_factors_is_learnt (const MatineeFactors *factors, MatineeSide side, guint32 row);
double matinee_factors_get_usual_bias (const MatineeFactors *factors, MatineeSide side);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeFactors, matinee_factors_free)

G_END_DECLS
