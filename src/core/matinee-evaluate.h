/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-factors.h"
#include "matinee-pool.h"
#include "matinee-sparse.h"
#include "matinee-types.h"

G_BEGIN_DECLS

/**
 * MatineeErrors:
 * @n: how many ratings were predicted
 * @squared: Σ (r − r̂)²
 * @absolute: Σ |r − r̂|
 * @squared_clipped: Σ (r − clip(r̂))², clipped to the file's scale
 * @absolute_clipped: Σ |r − clip(r̂)|
 *
 * The sums from which MSE, RMSE and MAE follow, in float64.
 */
struct _MatineeErrors
{
  gsize n;
  double squared;
  double absolute;
  double squared_clipped;
  double absolute_clipped;
};

gboolean matinee_evaluate (const MatineeFactors *factors, const MatineeSparse *ratings_by_user, double low, double high,
                           MatineePool *pool, MatineeStop *stop, MatineeErrors *errors);
void matinee_errors_add (MatineeErrors *errors, double rating, double prediction, double low, double high);
double matinee_errors_mse (const MatineeErrors *errors);
double matinee_errors_rmse (const MatineeErrors *errors);
double matinee_errors_mae (const MatineeErrors *errors);
double matinee_errors_rmse_clipped (const MatineeErrors *errors);
double matinee_errors_mae_clipped (const MatineeErrors *errors);

G_END_DECLS
