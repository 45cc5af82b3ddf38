/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-factors.h"
#include "matinee-sparse.h"

G_BEGIN_DECLS

/**
 * ReferenceModel:
 *
 * A factor model in float64, rows of exactly k numbers, for the plainest
 * possible implementation of the mathematics.
 */
typedef struct
{
  guint32 n_users;
  guint32 n_movies;
  guint k;
  double mean;
  double *user_factors;
  double *user_biases;
  double *movie_factors;
  double *movie_biases;
} ReferenceModel;

typedef struct
{
  double regularization;
  double bias_regularization;
  double count_exponent;
} ReferencePenalty;

ReferenceModel *reference_model_new (guint32 n_users, guint32 n_movies, guint k);
ReferenceModel *reference_model_from_factors (const MatineeFactors *factors);
void reference_model_to_factors (const ReferenceModel *model, MatineeFactors *factors);
void reference_model_free (ReferenceModel *model);

void reference_half_step (ReferenceModel *model, const MatineeSparse *ratings, MatineeSide side,
                          const ReferencePenalty *penalty);
double reference_predict (const ReferenceModel *model, guint32 user, guint32 movie);
double reference_fit (const ReferenceModel *model, const MatineeSparse *by_user);
double reference_penalty (const ReferenceModel *model, const MatineeSparse *by_user, const MatineeSparse *by_movie,
                          const ReferencePenalty *penalty);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReferenceModel, reference_model_free)

G_END_DECLS
