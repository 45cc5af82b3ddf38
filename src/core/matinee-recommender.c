/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-recommender.h"

#include "matinee-kernels.h"

/* Films scored at a time: their scores stay in the first-level cache. */
#define RUN 256

typedef struct
{
  const MatineeFactors *factors;
  const MatineeKernels *kernels;
  const float *x;
  float base;
} Scorer;

/* μ + b_u + b_i + x·y_i */
static void
score (guint32 first, guint32 n, float *scores, gpointer data)
{
  const Scorer *scorer = data;
  const MatineeFactors *factors = scorer->factors;
  const float *y = factors->movie_factors + first * factors->stride;
  const float *biases = factors->movie_biases + first;

  for (guint32 i = 0; i < n; i++, y += factors->stride)
    scores[i] = scorer->base + (scorer->kernels->dot (scorer->x, y, factors->stride) + biases[i]);
}

/**
 * matinee_query_exclude_row:
 * @query: what is asked
 * @rated: ratings, users as rows
 * @row: a user
 *
 * Leaves out what a user has rated. Borrows the row from @rated.
 */
void
matinee_query_exclude_row (MatineeQuery *query, const MatineeSparse *rated, guint32 row)
{
  query->excluded = rated->columns + rated->offsets[row];
  query->n_excluded = matinee_sparse_row_length (rated, row);
}

/**
 * matinee_query_exclude_person:
 * @query: what is asked
 * @person: a person
 *
 * Leaves out what a person has rated. Borrows from @person.
 */
void
matinee_query_exclude_person (MatineeQuery *query, const MatineePerson *person)
{
  query->excluded = person->movies;
  query->n_excluded = person->n;
}

/**
 * matinee_recommender_select:
 * @query: what is asked
 * @n_movies: how many films there are
 * @func: (scope call): scores a run of films
 * @data: (closure): for @func
 * @error: return location
 *
 * Finds the films with the highest scores among those that @query lets
 * through, and counts the others by reason. Every film is scored, seen or not,
 * because that is cheaper than choosing.
 * O(movies × log n) beside the scores.
 *
 * Returns: (transfer full) (nullable): the list, best first, or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
MatineeTopN *
matinee_recommender_select (const MatineeQuery *query, guint32 n_movies, MatineeScoreFunc func, gpointer data,
                            GError **error)
{
  g_autoptr (MatineeTopN) top = matinee_top_n_new (query->n, n_movies, error);
  const guint8 *reasons = query->filter != NULL ? query->filter->reasons : NULL;
  float scores[RUN];
  gsize next = 0;

  g_return_val_if_fail (query->filter == NULL || query->filter->n_movies == n_movies, NULL);
  if (top == NULL)
    return NULL;
  for (guint32 first = 0; first < n_movies; first += RUN)
    {
      guint32 n = MIN (RUN, n_movies - first);

      func (first, n, scores, data);
      for (guint32 i = 0; i < n; i++)
        {
          guint32 movie = first + i;
          guint why = reasons != NULL ? reasons[movie] : 0;

          /* Both ascend, so they are walked side by side. */
          while (next < query->n_excluded && query->excluded[next] < movie)
            next++;
          if (next < query->n_excluded && query->excluded[next] == movie)
            why |= 1 << MATINEE_HIDDEN_RATED;
          if (why != 0)
            matinee_hidden_add (&top->hidden, why);
          else
            matinee_top_n_offer (top, movie, scores[i]);
        }
    }
  top->n_hidden = top->hidden.by[MATINEE_HIDDEN_RATED];
  matinee_top_n_sort (top);
  return g_steal_pointer (&top);
}

static MatineeTopN *
select_for (const MatineeFactors *factors, const float *x, double bias, const MatineeQuery *query, GError **error)
{
  Scorer scorer = { factors, matinee_kernels_best (), x, (float) (factors->mean + bias) };

  return matinee_recommender_select (query, factors->n_movies, score, &scorer, error);
}

/**
 * matinee_recommender_top_user:
 * @model: a model
 * @user: index of a user
 * @query: what is asked
 * @error: return location
 *
 * Finds the films with the highest predictions for one user. For a user without
 * training ratings these are the films with the highest biases.
 * O(movies × (k + log n)).
 *
 * Returns: (transfer full) (nullable): the list, best first, or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
MatineeTopN *
matinee_recommender_top_user (const MatineeModel *model, guint32 user, const MatineeQuery *query, GError **error)
{
  const MatineeFactors *factors = model->factors;

  return select_for (factors, factors->user_factors + user * factors->stride, (double) factors->user_biases[user],
                     query, error);
}

/**
 * matinee_recommender_top_for:
 * @person: a person who was folded in
 * @query: what is asked; what the person has rated is left out only if it says so,
 *   see matinee_query_exclude_person()
 * @error: return location
 *
 * Like matinee_recommender_top_user(), for a person.
 *
 * Returns: (transfer full) (nullable): the list, best first, or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
MatineeTopN *
matinee_recommender_top_for (const MatineePerson *person, const MatineeQuery *query, GError **error)
{
  return select_for (person->model->factors, person->row, person->bias, query, error);
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
 * matinee_recommender_top_user() without a filter.
 *
 * Returns: (transfer full) (nullable): the list, best first, or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
MatineeTopN *
matinee_recommender_top (const MatineeModel *model, guint32 user, guint n, const MatineeSparse *rated, GError **error)
{
  MatineeQuery query = { .n = n };

  if (rated != NULL)
    matinee_query_exclude_row (&query, rated, user);
  return matinee_recommender_top_user (model, user, &query, error);
}

/**
 * matinee_recommender_is_cold:
 * @model: a model
 * @user: index of a user
 *
 * Tells whether a user had no ratings to learn from, so that predictions are
 * those of the means: μ + b_i. People should be told. O(k).
 *
 * Returns: %TRUE for such a user
 */
gboolean
matinee_recommender_is_cold (const MatineeModel *model, guint32 user)
{
  const MatineeFactors *factors = model->factors;
  const float *x = factors->user_factors + user * factors->stride;

  if (model->split != NULL)
    return matinee_sparse_row_length (model->split->train_by_user, user) == 0;
  for (guint f = 0; f < factors->n_factors; f++)
    if (x[f] != 0.0f)
      return FALSE;
  return factors->user_biases[user] == 0.0f;
}
