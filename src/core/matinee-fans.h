/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-model.h"
#include "matinee-sparse.h"

G_BEGIN_DECLS

/**
 * MatineeFan:
 * @user: a user
 * @rating: the rating given, or not a number
 * @prediction: r̂, not clipped
 */
typedef struct
{
  guint32 user;
  float rating;
  double prediction;
} MatineeFan;

/**
 * MatineeFans:
 * @items: (array n): those who like it most first
 * @n: how many
 *
 * Who likes a film.
 */
typedef struct
{
  MatineeFan *items;
  guint n;
} MatineeFans;

MatineeFans *matinee_fans_new_given (const MatineeModel *model, const MatineeSparse *by_movie, guint32 movie, guint n,
                                     GError **error);
MatineeFans *matinee_fans_new_predicted (const MatineeModel *model, const MatineeSparse *by_user, guint32 movie,
                                         guint n, GError **error);
void matinee_fans_free (MatineeFans *fans);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeFans, matinee_fans_free)

G_END_DECLS
