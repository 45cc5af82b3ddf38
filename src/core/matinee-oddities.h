/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-ratings.h"

G_BEGIN_DECLS

/**
 * MatineeOddities:
 * @n_single_users: users with one rating, of whom little can be learnt
 * @n_single_movies: movies with one rating
 * @n_outliers: ratings far outside the scale of the others
 * @outlier_low: the smallest of them
 * @outlier_high: the largest of them
 * @n_apart: ratings of the lowest value, when that is 0 or less and stands apart from
 *   the others as if it meant "not rated"
 * @apart: that value
 *
 * What is odd about ratings, and may be a mistake in their file.
 */
typedef struct
{
  guint32 n_single_users;
  guint32 n_single_movies;
  gsize n_outliers;
  double outlier_low;
  double outlier_high;
  gsize n_apart;
  double apart;
} MatineeOddities;

gboolean matinee_oddities_find (MatineeOddities *oddities, const MatineeRatings *ratings, GError **error);

G_END_DECLS
