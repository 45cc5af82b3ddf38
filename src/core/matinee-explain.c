/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-explain.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "matinee-memory.h"
#include "matinee-params.h"
#include "matinee-solver.h"

/*
 * Why a prediction is a sum over the ratings. With z = [y; 1], P the penalty and
 * t_j = r_j − μ − b_j, the person solves
 *
 *   A [x; b] = Σ z_j t_j,   A = Σ z_j z_jᵀ + P.
 *
 * Its first k rows are Σ y_j y_jᵀ x + λ'x + Σ y_j b = Σ y_j t_j, so that
 *
 *   x = A_u⁻¹ Σ y_j (t_j − b),   A_u = Σ y_j y_jᵀ + λ'I,
 *   x·y_i = Σ w_ij (r_j − μ − b − b_j),   w_ij = y_iᵀ A_u⁻¹ y_j.
 *
 * A_u is the upper left block of A, and the first k rows of A's factor are its
 * factor. A rating also moves the bias that stands in this sum; both
 * together are ∂r̂_i/∂r_j = z_iᵀ A⁻¹ z_j.
 */

/* Room for z at the largest k, in whole vectors. */
#define MAX_ORDER (MATINEE_MAX_FACTORS + 8)

/* How the ratings of other films weigh on one: A_u⁻¹ y_i and A⁻¹ z_i. */
typedef struct
{
  double weight[MAX_ORDER] __attribute__ ((aligned (64)));
  double influence[MAX_ORDER] __attribute__ ((aligned (64)));
} Direction;

static void
find_direction (const MatineePerson *person, guint32 movie, Direction *direction)
{
  const MatineeFactors *factors = person->model->factors;
  const float *y = factors->movie_factors + movie * factors->stride;
  guint k = factors->n_factors;

  for (guint f = 0; f < k; f++)
    direction->weight[f] = direction->influence[f] = (double) y[f];
  direction->influence[k] = 1.0;
  matinee_row_system_forward (&person->system, k, direction->weight);
  matinee_row_system_backward (&person->system, k, direction->weight);
  matinee_row_system_forward (&person->system, k + 1, direction->influence);
  matinee_row_system_backward (&person->system, k + 1, direction->influence);
}

static void
weigh (const MatineePerson *person, const Direction *direction, gsize j, MatineeContribution *contribution)
{
  const MatineeFactors *factors = person->model->factors;
  guint32 movie = person->movies[j];
  const float *y = factors->movie_factors + movie * factors->stride;
  double weight = 0.0;
  double influence = direction->influence[factors->n_factors];

  for (guint f = 0; f < factors->n_factors; f++)
    {
      weight += direction->weight[f] * (double) y[f];
      influence += direction->influence[f] * (double) y[f];
    }
  *contribution = (MatineeContribution){
    .movie = movie,
    .rating = person->ratings[j],
    .weight = weight,
    .influence = influence,
    .amount
    = weight * ((double) person->ratings[j] - factors->mean - person->bias - (double) factors->movie_biases[movie]),
  };
}

static int
compare_amounts (double a, double b)
{
  return (fabs (a) < fabs (b)) - (fabs (a) > fabs (b));
}

static int
compare_contributions (gconstpointer a, gconstpointer b)
{
  const MatineeContribution *x = a, *y = b;
  int order = compare_amounts (x->amount, y->amount);

  return order != 0 ? order : (x->movie > y->movie) - (x->movie < y->movie);
}

static int
compare_terms (gconstpointer a, gconstpointer b)
{
  const MatineeFactorTerm *x = a, *y = b;
  int order = compare_amounts (x->amount, y->amount);

  return order != 0 ? order : (x->factor > y->factor) - (x->factor < y->factor);
}

/**
 * matinee_explain_person:
 * @person: a person
 * @movie: a film
 * @error: return location
 *
 * Takes a prediction apart into the mean, the biases and what each rating of the
 * person adds. The parts sum up to matinee_person_predict(). O(k² + n k + n log n).
 * As in Hu, Koren, Volinsky 2008, section 5, doi:10.1109/ICDM.2008.22, with biases.
 *
 * Returns: (transfer full) (nullable): the sum, or %NULL with %MATINEE_ERROR_MEMORY
 */
MatineeExplanation *
matinee_explain_person (const MatineePerson *person, guint32 movie, GError **error)
{
  const MatineeFactors *factors = person->model->factors;
  g_autoptr (MatineeExplanation) explanation = g_new0 (MatineeExplanation, 1);
  Direction direction;

  explanation->contributions
      = matinee_alloc (person->n, sizeof *explanation->contributions, _ ("the explanation"), error);
  if (explanation->contributions == NULL)
    return NULL;
  explanation->movie = movie;
  explanation->mean = factors->mean;
  explanation->user_bias = person->bias;
  explanation->movie_bias = (double) factors->movie_biases[movie];
  explanation->prediction = matinee_person_predict (person, movie);
  explanation->n_contributions = person->n;
  find_direction (person, movie, &direction);
  for (gsize j = 0; j < person->n; j++)
    weigh (person, &direction, j, &explanation->contributions[j]);
  qsort (explanation->contributions, person->n, sizeof *explanation->contributions, compare_contributions);
  return g_steal_pointer (&explanation);
}

/**
 * matinee_explain_factors:
 * @model: a model
 * @user: a user
 * @movie: a film
 * @error: return location
 *
 * Takes the prediction of a trained row apart into the mean, the biases and the
 * terms x_uf y_if: all that can be said when the row is not the minimiser of the
 * user's ratings. O(k log k).
 *
 * Returns: (transfer full) (nullable): the sum, or %NULL with %MATINEE_ERROR_MEMORY
 */
MatineeExplanation *
matinee_explain_factors (const MatineeModel *model, guint32 user, guint32 movie, GError **error)
{
  const MatineeFactors *factors = model->factors;
  const float *x = factors->user_factors + user * factors->stride;
  const float *y = factors->movie_factors + movie * factors->stride;
  g_autoptr (MatineeExplanation) explanation = g_new0 (MatineeExplanation, 1);

  explanation->terms = matinee_alloc (factors->n_factors, sizeof *explanation->terms, _ ("the explanation"), error);
  if (explanation->terms == NULL)
    return NULL;
  explanation->movie = movie;
  explanation->mean = factors->mean;
  explanation->user_bias = (double) factors->user_biases[user];
  explanation->movie_bias = (double) factors->movie_biases[movie];
  explanation->prediction = matinee_factors_predict (factors, user, movie);
  explanation->n_terms = factors->n_factors;
  for (guint f = 0; f < factors->n_factors; f++)
    explanation->terms[f] = (MatineeFactorTerm){
      .factor = f, .user = (double) x[f], .movie = (double) y[f], .amount = (double) x[f] * (double) y[f]
    };
  qsort (explanation->terms, explanation->n_terms, sizeof *explanation->terms, compare_terms);
  return g_steal_pointer (&explanation);
}

/**
 * matinee_explain_user:
 * @model: a model
 * @ratings: the ratings that it was trained on, users as rows
 * @user: a user
 * @movie: a film
 * @error: return location
 *
 * Explains a prediction in the way that the solver allows: by the user's
 * ratings, with the user solved afresh, where it has a closed form, else by
 * factors. To explain several films, keep one matinee_person_new_for_user().
 *
 * Returns: (transfer full) (nullable): the sum, or %NULL with an error as
 *   matinee_person_new()
 */
MatineeExplanation *
matinee_explain_user (MatineeModel *model, const MatineeSparse *ratings, guint32 user, guint32 movie, GError **error)
{
  g_autoptr (MatineePerson) person = NULL;

  if (!matinee_solver_has_closed_form (model->params.solver))
    return matinee_explain_factors (model, user, movie, error);
  person = matinee_person_new_for_user (model, ratings, user, error);
  return person != NULL ? matinee_explain_person (person, movie, error) : NULL;
}

/**
 * matinee_explanation_free:
 * @explanation: (nullable) (transfer full): a sum
 *
 * Frees it.
 */
void
matinee_explanation_free (MatineeExplanation *explanation)
{
  if (explanation == NULL)
    return;
  matinee_free (explanation->contributions);
  matinee_free (explanation->terms);
  g_free (explanation);
}

/**
 * matinee_explanation_sum:
 * @explanation: a sum
 *
 * Returns: μ + b_u + b_i + Σ amounts, which is the prediction but for rounding
 */
double
matinee_explanation_sum (const MatineeExplanation *explanation)
{
  double sum = explanation->mean + explanation->user_bias + explanation->movie_bias;

  for (gsize j = 0; j < explanation->n_contributions; j++)
    sum += explanation->contributions[j].amount;
  for (guint f = 0; f < explanation->n_terms; f++)
    sum += explanation->terms[f].amount;
  return sum;
}
