/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-fold-in.h"

G_BEGIN_DECLS

/**
 * MatineeContribution:
 * @movie: j, a film that the user has rated
 * @rating: r_uj
 * @weight: w_ij = y_iᵀ A_u⁻¹ y_j: how alike both films are in the eyes of this user
 * @influence: ∂r̂_ui / ∂r_uj: how far the prediction moves when this rating
 *   goes up by one, through the bias too
 * @amount: w_ij (r_uj − μ − b_u − b_j), in stars
 *
 * What one rating adds to a prediction.
 */
typedef struct
{
  guint32 movie;
  float rating;
  double weight;
  double influence;
  double amount;
} MatineeContribution;

/**
 * MatineeFactorTerm:
 * @factor: f, counted from 0
 * @user: x_uf
 * @movie: y_if
 * @amount: x_uf y_if, in stars
 *
 * What one factor adds to a prediction.
 */
typedef struct
{
  guint factor;
  double user;
  double movie;
  double amount;
} MatineeFactorTerm;

/**
 * MatineeExplanation:
 * @movie: i, the film
 * @mean: μ
 * @user_bias: b_u
 * @movie_bias: b_i
 * @prediction: r̂ = μ + b_u + b_i + Σ amounts, not clipped
 * @n_contributions: how many ratings, or 0 when @terms explain it
 * @contributions: (array n_contributions): largest amount first, either sign
 * @n_terms: how many factors, or 0 when @contributions explain it
 * @terms: (array n_terms): largest amount first, either sign
 *
 * The exact sum that makes a prediction.
 */
typedef struct
{
  guint32 movie;
  double mean;
  double user_bias;
  double movie_bias;
  double prediction;
  gsize n_contributions;
  MatineeContribution *contributions;
  guint n_terms;
  MatineeFactorTerm *terms;
} MatineeExplanation;

MatineeExplanation *matinee_explain_person (const MatineePerson *person, guint32 movie, GError **error);
MatineeExplanation *matinee_explain_factors (const MatineeModel *model, guint32 user, guint32 movie, GError **error);
MatineeExplanation *matinee_explain_user (MatineeModel *model, const MatineeSparse *ratings, guint32 user,
                                          guint32 movie, GError **error);
void matinee_explanation_free (MatineeExplanation *explanation);
double matinee_explanation_sum (const MatineeExplanation *explanation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeExplanation, matinee_explanation_free)

G_END_DECLS
