/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-model.h"
#include "matinee-sparse.h"
#include "matinee-row-system.h"
#include "matinee-types.h"

G_BEGIN_DECLS

/**
 * MatineePerson:
 * @model: the model
 * @n: ratings of the person
 * @movies: (array n): indices of the films rated, ascending
 * @ratings: (array n): their ratings
 * @bias: b
 * @factors: (array k): x, in float64
 * @row: (array stride): x in float32, as a row of the model, to score with
 * @system: the solved system that they come from: A = Σ z zᵀ + penalty
 *
 * Somebody folded into a model: what the model would have learnt of this
 * person, had the films stayed as they are. Immutable, counted: may be read
 * from any thread.
 */
struct _MatineePerson
{
  gatomicrefcount ref_count;
  MatineeModel *model;
  gsize n;
  guint32 *movies;
  float *ratings;
  double bias;
  const double *factors;
  float *row;
  MatineeRowSystem system;
  double *memory;
};

MatineePerson *matinee_person_new (MatineeModel *model, const guint32 *movies, const float *ratings, gsize n,
                                   GError **error);
MatineePerson *matinee_person_new_for_user (MatineeModel *model, const MatineeSparse *ratings, guint32 user,
                                            GError **error);
MatineePerson *matinee_person_new_without (const MatineePerson *person, guint32 movie, GError **error);
MatineePerson *matinee_person_ref (MatineePerson *person);
void matinee_person_unref (MatineePerson *person);
gboolean matinee_person_find (const MatineePerson *person, guint32 movie, float *rating);
double matinee_person_predict (const MatineePerson *person, guint32 movie);
gboolean matinee_person_has_closed_form (const MatineePerson *person);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineePerson, matinee_person_unref)

G_END_DECLS
