/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-factors.h"
#include "matinee-sparse.h"

G_BEGIN_DECLS

/**
 * Synthetic:
 *
 * Ratings made for a test, by user and by movie.
 */
typedef struct
{
  MatineeSparse *by_user;
  MatineeSparse *by_movie;
} Synthetic;

Synthetic *synthetic_from_lengths (const guint32 *lengths, guint32 n_users, guint32 n_movies, gboolean with_codes,
                                   guint64 seed);
Synthetic *synthetic_from_shape (guint32 n_users, guint32 n_movies, gsize n_ratings, guint64 seed);
void synthetic_free (Synthetic *data);

MatineeSparse *synthetic_transpose (const MatineeSparse *by_user);
void synthetic_set_value (MatineeSparse *ratings, gsize entry, float value);
MatineeFactors *synthetic_factors (guint32 n_users, guint32 n_movies, guint k, double scale, guint64 seed);
guint64 synthetic_random (guint64 *state);
double synthetic_uniform (guint64 *state);
double synthetic_normal (guint64 *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Synthetic, synthetic_free)

G_END_DECLS
