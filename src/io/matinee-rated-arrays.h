/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-npz-reader.h"
#include "matinee-sparse.h"
#include "matinee-stop.h"

G_BEGIN_DECLS

/**
 * MatineeRatedArrays:
 * @offsets: (array n_users+1): where each user's ratings begin
 * @movies: (array n_movies): the movie of each rating
 * @codes: (nullable) (array n_codes): an index into @levels of each
 * @levels: (nullable) (array n_levels): distinct ratings
 * @values: (nullable) (array n_values): the rating of each, without @codes
 *
 * The arrays "rated_offsets", "rated_movies", … of a model file, as they come: the
 * counts are those of the file. Initialise with zeros.
 */
typedef struct
{
  gsize *offsets;
  guint64 n_offsets;
  guint32 *movies;
  guint64 n_movies;
  guint8 *codes;
  guint64 n_codes;
  float *levels;
  guint64 n_levels;
  float *values;
  guint64 n_values;
} MatineeRatedArrays;

gboolean matinee_rated_arrays_load (MatineeRatedArrays *rated, MatineeNpzReader *reader, const char *name,
                                    const MatineeNpyHeader *header, MatineeStop *stop, GError **error);
gboolean matinee_rated_arrays_complete (MatineeRatedArrays *rated, MatineeNpzReader *reader, guint32 n_users,
                                        guint32 n_movies, MatineeSparse **by_user, GError **error);
void matinee_rated_arrays_clear (MatineeRatedArrays *rated);

G_END_DECLS
