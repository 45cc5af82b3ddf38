/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-evaluate.h"
#include "matinee-factors.h"
#include "matinee-params.h"
#include "matinee-split.h"
#include "matinee-trace.h"
#include "matinee-types.h"

G_BEGIN_DECLS

/**
 * MatineeModel:
 * @factors: what was learnt
 * @params: how
 * @users: ids of the users, a row of the factors each
 * @movies: ids of the movies
 * @low: smallest rating of the data: predictions shown to people are clipped
 * @high: largest rating of the data
 * @trace: what happened at each iteration
 * @reason: why training ended
 * @iteration: the iteration that @factors come from
 * @train: errors on the training ratings, of @factors
 * @test: errors on the test ratings, of @factors
 * @split: (nullable): the ratings that it was trained and tested on
 *
 * A trained model. Immutable, counted: may be read from any thread.
 */
struct _MatineeModel
{
  gatomicrefcount ref_count;
  MatineeFactors *factors;
  MatineeParams params;
  MatineeIds *users;
  MatineeIds *movies;
  float low;
  float high;
  MatineeTrace *trace;
  MatineeStopReason reason;
  guint iteration;
  MatineeErrors train;
  MatineeErrors test;
  MatineeSplit *split;
};

MatineeModel *matinee_model_ref (MatineeModel *model);
void matinee_model_unref (MatineeModel *model);
double matinee_model_predict (const MatineeModel *model, guint32 user, guint32 movie);
double matinee_model_clip (const MatineeModel *model, double rating);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeModel, matinee_model_unref)

G_END_DECLS
