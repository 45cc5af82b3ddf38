/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-recommender.h"

#include <glib/gi18n-lib.h>

#include "matinee-memory.h"

#define LANES 16

/* Whether @a belongs below @b in a list. */
static inline gboolean
is_worse (const MatineeRecommendation *a, const MatineeRecommendation *b)
{
  return a->score < b->score || (a->score == b->score && a->movie > b->movie);
}

/* Restores the heap below @i: the root is the worst of the best. */
static void
sift_down (MatineeRecommendation *heap, guint n, guint i)
{
  MatineeRecommendation item = heap[i];

  for (guint child = 2 * i + 1; child < n; i = child, child = 2 * i + 1)
    {
      if (child + 1 < n && is_worse (&heap[child + 1], &heap[child]))
        child++;
      if (!is_worse (&heap[child], &item))
        break;
      heap[i] = heap[child];
    }
  heap[i] = item;
}

static void
sift_up (MatineeRecommendation *heap, guint i)
{
  MatineeRecommendation item = heap[i];

  for (; i > 0 && is_worse (&item, &heap[(i - 1) / 2]); i = (i - 1) / 2)
    heap[i] = heap[(i - 1) / 2];
  heap[i] = item;
}

static void
offer (MatineeTopN *top, guint wanted, MatineeRecommendation item)
{
  if (top->n < wanted)
    {
      top->items[top->n] = item;
      sift_up (top->items, top->n++);
    }
  else if (is_worse (&top->items[0], &item))
    {
      top->items[0] = item;
      sift_down (top->items, top->n, 0);
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return is_worse (a, b) ? 1 : is_worse (b, a) ? -1 : 0;
}

static float
score (const MatineeFactors *factors, const float *x, guint32 movie)
{
  const float *y = factors->movie_factors + movie * factors->stride;
  float lanes[LANES] = { 0 };
  float sum = 0;

  for (gsize f = 0; f < factors->stride; f += LANES)
    for (gsize l = 0; l < LANES; l++)
      lanes[l] += x[f + l] * y[f + l];
  for (gsize l = 0; l < LANES; l++)
    sum += lanes[l];
  return sum + factors->movie_biases[movie];
}

/**
 * matinee_recommender_top:
 * @model: a model
 * @user: index of a user
 * @n: how many films to list; more than there are gives all there are
 * @rated: (nullable): ratings, users as rows; what the user has rated there is
 *   left out and counted
 * @error: return location
 *
 * Finds the films with the highest predictions for one user. O(movies × (k + log n)).
 *
 * Returns: (transfer full) (nullable): the list, best first, or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
MatineeTopN *
matinee_recommender_top (const MatineeModel *model, guint32 user, guint n, const MatineeSparse *rated, GError **error)
{
  const MatineeFactors *factors = model->factors;
  const float *x = factors->user_factors + user * factors->stride;
  float base = (float) factors->mean + factors->user_biases[user];
  gsize next = rated != NULL ? rated->offsets[user] : 0;
  gsize end = rated != NULL ? rated->offsets[user + 1] : 0;
  guint wanted = MIN (n, factors->n_movies);
  g_autoptr (MatineeTopN) top = g_new0 (MatineeTopN, 1);

  top->items = matinee_alloc (wanted, sizeof *top->items, _ ("the list of films"), error);
  if (top->items == NULL)
    return NULL;
  for (guint32 movie = 0; wanted > 0 && movie < factors->n_movies; movie++)
    {
      /* Columns ascend within a row, so both are walked side by side. */
      while (next < end && rated->columns[next] < movie)
        next++;
      if (next < end && rated->columns[next] == movie)
        top->n_hidden++;
      else
        offer (top, wanted, (MatineeRecommendation){ .movie = movie, .score = base + score (factors, x, movie) });
    }
  qsort (top->items, top->n, sizeof *top->items, compare);
  return g_steal_pointer (&top);
}

/**
 * matinee_top_n_free:
 * @top: (nullable) (transfer full): a list
 *
 * Frees it.
 */
void
matinee_top_n_free (MatineeTopN *top)
{
  if (top == NULL)
    return;
  matinee_free (top->items);
  g_free (top);
}
