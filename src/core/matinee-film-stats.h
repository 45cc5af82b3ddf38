/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-sparse.h"

G_BEGIN_DECLS

/**
 * MatineeFilmStats:
 * @n_movies: how many movies
 * @n_ratings: all ratings
 * @counts: (array n_movies): ratings of each movie
 * @means: (array n_movies): mean rating of each, not a number without ratings
 *
 * How well films are known. Immutable.
 */
typedef struct
{
  guint32 n_movies;
  gsize n_ratings;
  guint32 *counts;
  float *means;
} MatineeFilmStats;

MatineeFilmStats *matinee_film_stats_new (const MatineeSparse *by_user, GError **error);
void matinee_film_stats_free (MatineeFilmStats *stats);
gboolean matinee_film_stats_find_percentile (const MatineeFilmStats *stats, double share, guint32 *count,
                                             GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeFilmStats, matinee_film_stats_free)

G_END_DECLS
