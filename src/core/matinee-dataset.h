/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-ratings.h"
#include "matinee-titles.h"
#include "matinee-types.h"

G_BEGIN_DECLS

/**
 * MatineeDataset:
 * @ratings: the ratings
 * @titles: (nullable): the films of the titles file, if one is open
 * @title_rows: (nullable) (array n_movies): the row in @titles of each movie of
 *   @ratings, or %G_MAXUINT32 for a movie without a title
 * @n_untitled_movies: movies with ratings but without a title
 * @n_untitled_ratings: ratings of those
 * @n_unrated_titles: titles without a rating
 * @noise_floor: for planted data, the RMSE of somebody who knows all but the
 *   noise, which no model can be expected to beat; else NaN
 * @synthetic: whether the ratings were made, not given by people
 *
 * What is open: ratings, with the titles that belong to them. Immutable,
 * counted.
 */
struct _MatineeDataset
{
  gatomicrefcount ref_count;
  MatineeRatings *ratings;
  MatineeTitles *titles;
  guint32 *title_rows;
  guint32 n_untitled_movies;
  gsize n_untitled_ratings;
  guint32 n_unrated_titles;
  double noise_floor;
  gboolean synthetic;
};

MatineeDataset *matinee_dataset_new (MatineeRatings *ratings, MatineeTitles *titles, GError **error);
MatineeDataset *matinee_dataset_new_planted (MatineeRatings *ratings, MatineeTitles *titles, double noise_floor,
                                             GError **error);
MatineeDataset *matinee_dataset_ref (MatineeDataset *dataset);
void matinee_dataset_unref (MatineeDataset *dataset);
char *matinee_dataset_dup_title (const MatineeDataset *dataset, guint32 movie);
char *matinee_dataset_dup_name (const MatineeDataset *dataset, guint32 movie);
int matinee_dataset_get_year (const MatineeDataset *dataset, guint32 movie);
const char *matinee_dataset_get_genres (const MatineeDataset *dataset, guint32 movie);
double matinee_dataset_get_density (const MatineeDataset *dataset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeDataset, matinee_dataset_unref)

G_END_DECLS
