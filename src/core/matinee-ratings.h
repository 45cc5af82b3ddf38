/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-ids.h"
#include "matinee-moment.h"
#include "matinee-pool.h"
#include "matinee-sparse.h"
#include "matinee-types.h"

G_BEGIN_DECLS

/**
 * MatineeRatings:
 * @users: the users' ids; a user's index is a row of @by_user
 * @movies: the movies' ids; a movie's index is a column of @by_user
 * @by_user: every rating, users as rows, movies ascending in a row, no pair twice
 * @times: (nullable) (array by_user.n_entries): seconds since 1970 of each
 *   rating, in the order of @by_user, when the file has them and they were
 *   asked for
 * @no_times: (nullable): why @times are not there although they were asked for, a
 *   clause to go behind a colon
 * @period: from when to when the ratings were given, or never without @times
 * @mean: mean of all ratings
 * @low: the smallest rating
 * @high: the largest rating
 * @step: the largest step that all distinct ratings are multiples of, counted
 *   from @low, or 0 when there is none to be seen
 * @n_levels: how many distinct ratings there are, or 0 for more than 256
 * @n_duplicates: how many ratings were replaced by a later one of the same pair
 *
 * All ratings of a data set in their canonical order: the same file with its
 * lines in another order gives the same bytes (where duplicate pairs don't
 * disagree). Immutable, counted.
 */
struct _MatineeRatings
{
  gatomicrefcount ref_count;
  MatineeIds *users;
  MatineeIds *movies;
  MatineeSparse *by_user;
  gint64 *times;
  char *no_times;
  MatineePeriod period;
  double mean;
  float low;
  float high;
  float step;
  guint n_levels;
  gsize n_duplicates;
};

/**
 * MatineeTriples:
 * @n: how many; at most 2³² − 1 in all that make one set of ratings
 * @users: (array n): index of the user of each
 * @movies: (array n): index of the movie of each
 * @codes: (nullable) (array n): index into @levels of each
 * @values: (nullable) (array n): the rating of each when @codes is %NULL
 * @levels: the rating that each code stands for
 * @times: (nullable) (array n): when
 *
 * Ratings as they come from a file, in its order. The arrays are from
 * matinee_alloc(). Initialise with zeros.
 */
typedef struct
{
  gsize n;
  guint32 *users;
  guint32 *movies;
  guint8 *codes;
  float *values;
  float levels[MATINEE_MAX_LEVELS];
  gint64 *times;
} MatineeTriples;

gboolean matinee_triples_alloc (MatineeTriples *triples, gsize n, gboolean with_codes, GError **error);
void matinee_triples_clear (MatineeTriples *triples);

MatineeRatings *matinee_ratings_new (MatineeIds *users, MatineeIds *movies, MatineeTriples *triples, MatineePool *pool,
                                     MatineeStop *stop, GError **error);
MatineeRatings *matinee_ratings_new_chunked (MatineeIds *users, MatineeIds *movies, MatineeTriples *chunks,
                                             gsize n_chunks, MatineePool *pool, MatineeStop *stop, GError **error);
MatineeRatings *matinee_ratings_ref (MatineeRatings *ratings);
void matinee_ratings_unref (MatineeRatings *ratings);
guint32 matinee_ratings_get_n_users (const MatineeRatings *ratings);
guint32 matinee_ratings_get_n_movies (const MatineeRatings *ratings);
gsize matinee_ratings_get_n (const MatineeRatings *ratings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeRatings, matinee_ratings_unref)

G_END_DECLS
