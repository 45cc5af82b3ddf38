/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-rate-next.h"

#include "matinee-params.h"

/* Films worked on together: one vector of each of their coordinates. */
#define LANES 8
typedef double Vector __attribute__ ((vector_size (LANES * sizeof (double)), may_alias));

/* The columns of L⁻¹ [z_i …] for LANES films, and then Σ of their squares. */
static void
find_spreads (const MatineeRowSystem *system, const MatineeFactors *factors, const guint32 *movies, Vector *spreads)
{
  Vector v[MATINEE_MAX_FACTORS + 1];
  gsize k = system->order - 1;

  for (gsize f = 0; f < k; f++)
    for (guint l = 0; l < LANES; l++)
      v[f][l] = (double) factors->movie_factors[movies[l] * factors->stride + f];
  v[k] = (Vector){ 0 } + 1.0;
  *spreads = (Vector){ 0 };
  for (gsize i = 0; i < system->order; i++)
    {
      const double *row = system->a + i * system->stride;
      Vector sum = v[i];

      for (gsize p = 0; p < i; p++)
        sum -= row[p] * v[p];
      v[i] = sum / system->diagonal[i];
      *spreads += v[i] * v[i];
    }
}

static void
offer (MatineeTopN *top, const MatineePerson *person, guint32 *movies, guint n)
{
  Vector spreads;

  if (n == 0)
    return;
  for (guint l = n; l < LANES; l++)
    movies[l] = movies[0];
  find_spreads (&person->system, person->model->factors, movies, &spreads);
  for (guint l = 0; l < n; l++)
    matinee_top_n_offer (top, movies[l], (float) spreads[l]);
}

/**
 * matinee_rate_next:
 * @person: a person
 * @query: how many films, and which; let its filter leave only films that are well
 *   known (see matinee_film_stats_find_percentile()), for people can't rate what
 *   they have not seen
 * @error: return location
 *
 * Finds the films whose ratings would teach the model most about a person: those
 * with the largest z_iᵀ A⁻¹ z_i, z = [y; 1], which is, up to the variance of the
 * noise, the variance of the prediction. A rating of that film multiplies
 * det A by 1 + z_iᵀ A⁻¹ z_i: the choice is D-optimal, one step ahead (Fedorov
 * 1972; for recommenders Rubens, Elahi, Sugiyama, Kaplan 2015,
 * doi:10.1007/978-1-4899-7637-6_24). Films that the person has rated are left out.
 * O(allowed films × k²).
 *
 * Returns: (transfer full) (nullable): the films, most telling first, or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
MatineeTopN *
matinee_rate_next (const MatineePerson *person, const MatineeQuery *query, GError **error)
{
  guint32 n_movies = person->model->factors->n_movies;
  g_autoptr (MatineeTopN) top = matinee_top_n_new (query->n, n_movies, error);
  guint32 movies[LANES];
  guint n = 0;
  gsize next = 0, own = 0;

  if (top == NULL)
    return NULL;
  for (guint32 movie = 0; movie < n_movies; movie++)
    {
      guint why = query->filter != NULL ? query->filter->reasons[movie] : 0;

      while (next < query->n_excluded && query->excluded[next] < movie)
        next++;
      while (own < person->n && person->movies[own] < movie)
        own++;
      if ((next < query->n_excluded && query->excluded[next] == movie)
          || (own < person->n && person->movies[own] == movie))
        why |= 1 << MATINEE_HIDDEN_RATED;
      if (why != 0)
        {
          matinee_hidden_add (&top->hidden, why);
          continue;
        }
      movies[n++] = movie;
      if (n == LANES)
        {
          offer (top, person, movies, n);
          n = 0;
        }
    }
  offer (top, person, movies, n);
  top->n_hidden = top->hidden.by[MATINEE_HIDDEN_RATED];
  matinee_top_n_sort (top);
  return g_steal_pointer (&top);
}
