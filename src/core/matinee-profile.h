/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-evaluate.h"
#include "matinee-fold-in.h"
#include "matinee-model.h"
#include "matinee-split.h"

G_BEGIN_DECLS

/**
 * MatineeProfileItem:
 * @movie: a film
 * @rating: the rating given
 * @prediction: r̂, not clipped
 * @held_out: whether the rating is one of the test
 */
typedef struct
{
  guint32 movie;
  float rating;
  double prediction;
  gboolean held_out;
} MatineeProfileItem;

/**
 * MatineeProfile:
 * @items: (array n): every rating of a user, films in ascending order
 * @n: how many
 * @mean: mean of the ratings, or not a number without any
 * @train: errors of those that the model learnt from; the model's own @train has
 *   those of everybody
 * @test: errors of those held out
 *
 * What a user thinks, and what the model thinks that the user thinks.
 */
typedef struct
{
  MatineeProfileItem *items;
  gsize n;
  double mean;
  MatineeErrors train;
  MatineeErrors test;
} MatineeProfile;

MatineeProfile *matinee_profile_new (const MatineeModel *model, const MatineeSplit *split, guint32 user,
                                     GError **error);
MatineeProfile *matinee_profile_new_for_person (const MatineePerson *person, GError **error);
void matinee_profile_free (MatineeProfile *profile);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeProfile, matinee_profile_free)

G_END_DECLS
