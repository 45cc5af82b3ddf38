/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-ratings.h"

G_BEGIN_DECLS

/**
 * SampleTriples:
 * @n_users: users; ids are 10, 20, …
 * @n_movies: movies; ids are 7, 14, …
 * @n: triples
 * @n_levels: distinct ratings to draw from; more than 256 come as values
 * @distinct: whether no pair comes twice (then n_users × n_movies ≥ @n)
 * @with_times: whether each has a time
 * @seed: the same seed gives the same triples
 *
 * Triples for tests.
 */
typedef struct
{
  guint32 n_users;
  guint32 n_movies;
  gsize n;
  guint n_levels;
  gboolean distinct;
  gboolean with_times;
  guint64 seed;
} SampleTriples;

void sample_triples_make (const SampleTriples *shape, MatineeTriples *triples);
void sample_triples_permute (MatineeTriples *triples, guint64 seed);
void sample_triples_cut (MatineeTriples *triples, MatineeTriples *chunks, gsize n_chunks);
MatineeIds *sample_ids (guint32 n, gint64 step);
MatineeRatings *sample_ratings (const SampleTriples *shape, MatineePool *pool);
void assert_same_sparse (const MatineeSparse *a, const MatineeSparse *b);
void assert_same_ratings (const MatineeRatings *a, const MatineeRatings *b);

G_END_DECLS
