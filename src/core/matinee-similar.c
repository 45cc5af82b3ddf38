/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-similar.h"

#include <math.h>

#include "matinee-kernels.h"

typedef struct
{
  const MatineeFactors *factors;
  const MatineeKernels *kernels;
  const MatineeFilmStats *stats;
  const float *y;
  guint32 movie;
  gboolean is_counted; /* whether ratings are known at all */
  float norm;
  double shrinkage;
} Scorer;

/* Films that can't be compared get −∞ and leave the list in the end. */
static void
score (guint32 first, guint32 n, float *scores, gpointer data)
{
  const Scorer *scorer = data;
  gsize stride = scorer->factors->stride;
  const float *y = scorer->factors->movie_factors + first * stride;

  for (guint32 i = 0; i < n; i++, y += stride)
    {
      float norm = sqrtf (scorer->kernels->dot (y, y, stride));
      double support = MIN (scorer->stats->counts[scorer->movie], scorer->stats->counts[first + i]);
      double trust = scorer->is_counted ? support / (support + scorer->shrinkage) : 1.0;

      if (norm > 0.0f && first + i != scorer->movie)
        scores[i] = scorer->kernels->dot (scorer->y, y, stride) / (scorer->norm * norm) * (float) trust;
      else
        scores[i] = -INFINITY;
    }
}

/* A model may come without the ratings that it was trained on. */
static gboolean
has_counts (const MatineeFilmStats *stats)
{
  for (guint32 movie = 0; movie < stats->n_movies; movie++)
    if (stats->counts[movie] > 0)
      return TRUE;
  return FALSE;
}

/**
 * matinee_similar_movies:
 * @model: a model
 * @movie: a film
 * @stats: figures of the ratings that it was trained on
 * @shrinkage: s > 0, such as %MATINEE_SIMILAR_SHRINKAGE: similarities to films with s
 *   ratings count half
 * @query: how many films, and which
 * @error: return location
 *
 * Finds the films that appeal to the same people:
 *
 *   s_ij = cos (y_i, y_j) · m / (m + s),   m = min (n_i, n_j),
 *
 * so that films with three ratings, whose factors are mostly chance, don't
 * lead (the shrinkage of Koren 2008, doi:10.1145/1401890.1401944, with the smaller
 * count instead of the common one). Where no film has a rating, because the ratings are
 * not known, it is the cosine alone. Films without factors, and @movie itself, are
 * never listed; if @movie has none, nothing is. O(movies × (k + log n)).
 *
 * Returns: (transfer full) (nullable): the list, most similar first, or %NULL
 *   with %MATINEE_ERROR_MEMORY
 */
MatineeTopN *
matinee_similar_movies (const MatineeModel *model, guint32 movie, const MatineeFilmStats *stats, double shrinkage,
                        const MatineeQuery *query, GError **error)
{
  const MatineeFactors *factors = model->factors;
  Scorer scorer = { .factors = factors,
                    .kernels = matinee_kernels_best (),
                    .stats = stats,
                    .y = factors->movie_factors + movie * factors->stride,
                    .movie = movie,
                    .is_counted = has_counts (stats),
                    .shrinkage = shrinkage };
  MatineeQuery adapted = *query;
  MatineeTopN *top;

  g_return_val_if_fail (stats->n_movies == factors->n_movies, NULL);
  scorer.norm = sqrtf (scorer.kernels->dot (scorer.y, scorer.y, factors->stride));
  if (scorer.norm == 0.0f)
    adapted.n = 0;
  top = matinee_recommender_select (&adapted, factors->n_movies, score, &scorer, error);
  while (top != NULL && top->n > 0 && isinf (top->items[top->n - 1].score))
    top->n--;
  return top;
}
