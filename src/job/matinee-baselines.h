/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-bias-only.h"
#include "matinee-evaluate.h"
#include "matinee-params.h"

G_BEGIN_DECLS

/**
 * MatineeBaselines:
 * @mean: errors of one who predicts the mean of the training ratings for all
 * @biases: errors of one who knows how users and movies deviate from it, and no more
 *
 * What a model must beat to be worth anything: on the test ratings or, without any,
 * on those of the training.
 */
typedef struct
{
  MatineeErrors mean;
  MatineeErrors biases;
} MatineeBaselines;

gboolean matinee_baselines_compute (MatineeBaselines *baselines, const MatineeSplit *split, const MatineeParams *params,
                                    MatineePool *pool, MatineeStop *stop, GError **error);

G_END_DECLS
