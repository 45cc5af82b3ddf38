/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-fold-in.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-memory.h"
#include "matinee-solver.h"

typedef struct
{
  guint32 movie;
  float rating;
} Rated;

static int
compare_rated (gconstpointer a, gconstpointer b)
{
  const Rated *x = a, *y = b;

  return (x->movie > y->movie) - (x->movie < y->movie);
}

static gboolean
check_rated (const Rated *rated, gsize n, guint32 n_movies, GError **error)
{
  for (gsize j = 0; j < n; j++)
    {
      if (rated[j].movie >= n_movies)
        {
          g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND,
                       _ ("There is no film number %u in the model, which has %u films"), rated[j].movie + 1, n_movies);
          return FALSE;
        }
      if (!isfinite (rated[j].rating))
        {
          g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                       _ ("The rating of film number %u is not a number: give it another"), rated[j].movie + 1);
          return FALSE;
        }
      if (j > 0 && rated[j].movie == rated[j - 1].movie)
        {
          g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                       _ ("Film number %u is rated twice: keep one of its ratings"), rated[j].movie + 1);
          return FALSE;
        }
    }
  return TRUE;
}

/* A person who has @n ratings, not yet filled in. */
static MatineePerson *
person_alloc (MatineeModel *model, gsize n, GError **error)
{
  g_autoptr (MatineePerson) person = g_new0 (MatineePerson, 1);
  guint k = model->factors->n_factors;
  const char *what = _ ("the ratings of a person");

  g_atomic_ref_count_init (&person->ref_count);
  person->model = matinee_model_ref (model);
  person->n = n;
  person->movies = matinee_alloc (n, sizeof *person->movies, what, error);
  if (person->movies == NULL)
    return NULL;
  person->ratings = matinee_alloc (n, sizeof *person->ratings, what, error);
  if (person->ratings == NULL)
    return NULL;
  person->row = matinee_alloc0 (model->factors->stride, sizeof *person->row, what, error);
  if (person->row == NULL)
    return NULL;
  person->memory = matinee_alloc (matinee_row_system_size (k), sizeof *person->memory, what, error);
  if (person->memory == NULL)
    return NULL;
  matinee_row_system_init (&person->system, k, person->memory);
  return g_steal_pointer (&person);
}

/* A person without ratings pays the penalty of one: what is uncertain of
 * them stays finite, and the solution is zero anyhow. */
static gboolean
person_solve (MatineePerson *person, GError **error)
{
  const MatineeFactors *factors = person->model->factors;
  guint k = factors->n_factors;
  MatineePenalty penalty;
  double weight;

  matinee_solver_get_row_penalty (&person->model->params, &penalty);
  weight = matinee_half_step_weight (penalty.count_exponent, MAX (person->n, 1));
  for (gsize j = 0; j < person->n; j++)
    {
      guint32 movie = person->movies[j];

      matinee_row_system_add (&person->system, factors->movie_factors + movie * factors->stride,
                              (double) person->ratings[j] - factors->mean - (double) factors->movie_biases[movie]);
    }
  matinee_row_system_penalize (&person->system, weight * penalty.regularization, weight * penalty.bias_regularization);
  if (matinee_row_system_solve (&person->system, NULL) != MATINEE_ROW_SOLVED)
    {
      g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_DIVERGED,
                           _ ("The factors of this person became infinite or not a number. Raise the regularization "
                              "and train again."));
      return FALSE;
    }
  person->factors = person->system.solution;
  person->bias = person->system.solution[k];
  for (guint f = 0; f < k; f++)
    person->row[f] = (float) person->factors[f];
  return TRUE;
}

/**
 * matinee_person_new:
 * @model: a model; referenced
 * @movies: (array length=n): indices of the films rated, in any order
 * @ratings: (array length=n): their ratings
 * @n: how many; may be 0
 * @error: return location
 *
 * Folds a person into a model by one solve, without training. With z_j = [y_j; 1] and
 * the penalty of the solver,
 *
 *   (Σ z_j z_jᵀ + n^ν diag(λ, …, λ, λ_b)) [x; b] = Σ z_j (r_j − μ − b_j),
 *
 * in float64: what a half-step of the exact solver gives a user with these
 * ratings (Zhou, Wilkinson, Schreiber, Pan 2008, doi:10.1007/978-3-540-68880-8_32).
 * For a solver without a closed form (gradient) it is the minimiser that its
 * steps approach: ν = 1 and λ_b = 0. A system that this leaves singular gets the
 * smallest ridge that works. Without ratings, x and b are zero and predictions are
 * those of the means.
 * O(n k² + k³).
 *
 * Returns: (transfer full) (nullable): the person, or %NULL with
 *   %MATINEE_ERROR_NOT_FOUND (no such film), %MATINEE_ERROR_DATA (a film twice, a
 *   rating that is no number), %MATINEE_ERROR_DIVERGED or %MATINEE_ERROR_MEMORY
 */
MatineePerson *
matinee_person_new (MatineeModel *model, const guint32 *movies, const float *ratings, gsize n, GError **error)
{
  g_autoptr (MatineePerson) person = person_alloc (model, n, error);
  Rated *rated;
  gboolean good;

  if (person == NULL)
    return NULL;
  rated = matinee_alloc (n, sizeof *rated, _ ("the ratings of a person"), error);
  if (rated == NULL)
    return NULL;
  for (gsize j = 0; j < n; j++)
    rated[j] = (Rated){ movies[j], ratings[j] };
  qsort (rated, n, sizeof *rated, compare_rated);
  good = check_rated (rated, n, model->factors->n_movies, error);
  for (gsize j = 0; j < n; j++)
    {
      person->movies[j] = rated[j].movie;
      person->ratings[j] = rated[j].rating;
    }
  matinee_free (rated);
  return good && person_solve (person, error) ? g_steal_pointer (&person) : NULL;
}

/**
 * matinee_person_new_for_user:
 * @model: a model; referenced
 * @ratings: the ratings that it was trained on, users as rows
 * @user: a user
 * @error: return location
 *
 * Solves a user afresh. After training the last half-step moved the films, so
 * that the user's row is not quite the minimiser for them; this one is, and can
 * be explained exactly.
 *
 * Returns: (transfer full) (nullable): the user, or %NULL with an error as
 *   matinee_person_new()
 */
MatineePerson *
matinee_person_new_for_user (MatineeModel *model, const MatineeSparse *ratings, guint32 user, GError **error)
{
  gsize n = matinee_sparse_row_length (ratings, user);
  float *values = matinee_alloc (n, sizeof *values, _ ("the ratings of a person"), error);
  MatineePerson *person;

  if (values == NULL)
    return NULL;
  for (gsize j = 0; j < n; j++)
    values[j] = matinee_sparse_value (ratings, ratings->offsets[user] + j);
  person = matinee_person_new (model, ratings->columns + ratings->offsets[user], values, n, error);
  matinee_free (values);
  return person;
}

/**
 * matinee_person_new_without:
 * @person: a person
 * @movie: a film
 * @error: return location
 *
 * What if this rating had not been given? Solves once more without it, as the
 * penalty depends on the number of ratings too; compare predictions of both.
 *
 * Returns: (transfer full) (nullable): the other person, or %NULL with
 *   %MATINEE_ERROR_NOT_FOUND when the film is not rated, or an error as
 *   matinee_person_new()
 */
MatineePerson *
matinee_person_new_without (const MatineePerson *person, guint32 movie, GError **error)
{
  g_autoptr (MatineePerson) other = NULL;
  gsize kept = 0;

  if (!matinee_person_find (person, movie, NULL))
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND, _ ("Film number %u is not among the ratings"),
                   movie + 1);
      return NULL;
    }
  other = person_alloc (person->model, person->n - 1, error);
  if (other == NULL)
    return NULL;
  for (gsize j = 0; j < person->n; j++)
    if (person->movies[j] != movie)
      {
        other->movies[kept] = person->movies[j];
        other->ratings[kept++] = person->ratings[j];
      }
  return person_solve (other, error) ? g_steal_pointer (&other) : NULL;
}

/**
 * matinee_person_ref:
 * @person: a person
 *
 * Returns: (transfer full): @person with one more reference
 */
MatineePerson *
matinee_person_ref (MatineePerson *person)
{
  g_atomic_ref_count_inc (&person->ref_count);
  return person;
}

/**
 * matinee_person_unref:
 * @person: (transfer full) (nullable): a person
 *
 * Gives up a reference; the last one frees it.
 */
void
matinee_person_unref (MatineePerson *person)
{
  if (person == NULL || !g_atomic_ref_count_dec (&person->ref_count))
    return;
  matinee_model_unref (person->model);
  matinee_free (person->movies);
  matinee_free (person->ratings);
  matinee_free (person->row);
  matinee_free (person->memory);
  g_free (person);
}

/**
 * matinee_person_find:
 * @person: a person
 * @movie: a film
 * @rating: (out) (optional): the rating, if there is one
 *
 * Looks for a rating. O(log n).
 *
 * Returns: whether the person has rated the film
 */
gboolean
matinee_person_find (const MatineePerson *person, guint32 movie, float *rating)
{
  gsize low = 0, high = person->n;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (person->movies[middle] < movie)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == person->n || person->movies[low] != movie)
    return FALSE;
  if (rating != NULL)
    *rating = person->ratings[low];
  return TRUE;
}

/**
 * matinee_person_predict:
 * @person: a person
 * @movie: a film
 *
 * Returns: r̂ = μ + b + b_i + x·y_i in float64, not clipped. O(k)
 */
double
matinee_person_predict (const MatineePerson *person, guint32 movie)
{
  const MatineeFactors *factors = person->model->factors;
  const float *y = factors->movie_factors + movie * factors->stride;
  double sum = factors->mean + person->bias + (double) factors->movie_biases[movie];

  for (guint f = 0; f < factors->n_factors; f++)
    sum += person->factors[f] * (double) y[f];
  return sum;
}

/**
 * matinee_person_has_closed_form:
 * @person: a person
 *
 * Tells whether the model's own users are the minimisers of their ratings, so that
 * what explains this person explains a trained row too. A folded-in person is
 * always a sum over the ratings, whatever the model.
 *
 * Returns: %FALSE for a model of a solver that takes steps (gradient)
 */
gboolean
matinee_person_has_closed_form (const MatineePerson *person)
{
  return matinee_solver_has_closed_form (person->model->params.solver);
}
