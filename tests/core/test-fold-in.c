/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-fold-in.h"

#include <math.h>

#include "fixture.h"
#include "matinee-error.h"
#include "matinee-exact.h"
#include "matinee-recommender.h"
#include "reference.h"

#define K 12

/* A model of the exact solver, with its λ, λ_b and ν set. */
static MatineeModel *
make_model (guint32 n_users, guint32 n_movies, guint k, const ReferencePenalty *penalty)
{
  MatineeModel *model = fixture_model (synthetic_factors (n_users, n_movies, k, 0.4, 5), "exact");

  model->params.regularization = penalty->regularization;
  model->params.bias_regularization = penalty->bias_regularization;
  model->params.count_exponent = penalty->count_exponent;
  return model;
}

static void
assert_row (const MatineePerson *person, const MatineeFactors *factors, guint32 user, double tolerance)
{
  for (guint f = 0; f < factors->n_factors; f++)
    g_assert_cmpfloat_with_epsilon (person->factors[f], (double) factors->user_factors[user * factors->stride + f],
                                    tolerance);
  g_assert_cmpfloat_with_epsilon (person->bias, (double) factors->user_biases[user], tolerance);
}

/* Folding in equals the half-step that retrains the user's row. */
static void
test_equals_retraining (gconstpointer data)
{
  const ReferencePenalty *penalty = data;
  static const guint32 lengths[] = { 1, 2, 9, 40, 150, 0 };
  g_autoptr (Synthetic) ratings = synthetic_from_lengths (lengths, G_N_ELEMENTS (lengths), 200, TRUE, 8);
  g_autoptr (MatineeModel) model = make_model (G_N_ELEMENTS (lengths), 200, K, penalty);
  g_autoptr (MatineeFactors) retrained = matinee_factors_copy (model->factors, NULL);
  g_autoptr (ReferenceModel) exact = reference_model_from_factors (model->factors);
  g_autoptr (GError) error = NULL;
  MatineeHalfStep step = { .ratings = ratings->by_user,
                           .factors = retrained,
                           .side = MATINEE_USERS,
                           .regularization = penalty->regularization,
                           .bias_regularization = penalty->bias_regularization,
                           .count_exponent = penalty->count_exponent };

  g_assert_true (matinee_exact_half_step (&step, NULL, NULL, &error));
  reference_half_step (exact, ratings->by_user, MATINEE_USERS, penalty);
  for (guint32 user = 0; user < G_N_ELEMENTS (lengths); user++)
    {
      g_autoptr (MatineePerson) person = matinee_person_new_for_user (model, ratings->by_user, user, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (person->n, ==, lengths[user]);
      assert_row (person, retrained, user, 1e-5);
      for (guint f = 0; f < K; f++)
        g_assert_cmpfloat_with_epsilon (person->factors[f], exact->user_factors[user * K + f], 1e-10);
      for (guint32 movie = 0; movie < 200; movie += 7)
        g_assert_cmpfloat_with_epsilon (matinee_person_predict (person, movie), reference_predict (exact, user, movie),
                                        1e-9);
    }
}

/* The steps of the gradient end at the person who is folded in. */
static void
test_gradient_minimum (void)
{
  static const guint32 lengths[] = { 30 };
  g_autoptr (Synthetic) ratings = synthetic_from_lengths (lengths, 1, 50, TRUE, 3);
  g_autoptr (MatineeModel) model = fixture_model (synthetic_factors (1, 50, 4, 0.4, 6), "gradient");
  g_autoptr (MatineePerson) person = NULL;
  g_autoptr (GError) error = NULL;
  double gradient[5] = { 0 };

  model->factors->mean = 0;
  model->params.regularization = 0.02;
  person = matinee_person_new_for_user (model, ratings->by_user, 0, &error);
  g_assert_no_error (error);
  g_assert_false (matinee_person_has_closed_form (person));
  for (gsize j = 0; j < person->n; j++)
    {
      const float *y = model->factors->movie_factors + person->movies[j] * model->factors->stride;
      double e = (double) person->ratings[j] - matinee_person_predict (person, person->movies[j]);

      for (guint f = 0; f < 4; f++)
        gradient[f] += -2 * e * (double) y[f] + 2 * 0.02 * person->factors[f];
      gradient[4] += -2 * e;
    }
  for (guint f = 0; f < 5; f++)
    g_assert_cmpfloat_with_epsilon (gradient[f], 0.0, 1e-9);
}

/* No penalty and fewer ratings than unknowns: fits them, with a short x. */
static void
test_singular (void)
{
  static const guint32 movies[] = { 3, 1 };
  static const float stars[] = { 5, 1 };
  g_autoptr (MatineeModel) model = fixture_model (synthetic_factors (1, 9, 6, 0.4, 6), "gradient");
  g_autoptr (MatineePerson) person = NULL;
  g_autoptr (GError) error = NULL;

  model->params.regularization = 0;
  person = matinee_person_new (model, movies, stars, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (person->movies[0], ==, 1);
  g_assert_cmpfloat (person->ratings[0], ==, 1);
  g_assert_cmpfloat_with_epsilon (matinee_person_predict (person, 1), 1, 1e-4);
  g_assert_cmpfloat_with_epsilon (matinee_person_predict (person, 3), 5, 1e-4);
  for (guint f = 0; f < 6; f++)
    g_assert_cmpfloat (fabs (person->factors[f]), <, 100);
}

static void
test_nobody (gconstpointer solver)
{
  g_autoptr (MatineeModel) model = fixture_model (synthetic_factors (2, 9, 6, 0.4, 6), solver);
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineePerson) person = matinee_person_new (model, NULL, NULL, 0, &error);

  g_assert_no_error (error);
  for (guint32 movie = 0; movie < 9; movie++)
    g_assert_cmpfloat (matinee_person_predict (person, movie), ==,
                       model->factors->mean + (double) model->factors->movie_biases[movie]);
  g_assert_false (matinee_recommender_is_cold (model, 1));
  for (guint f = 0; f < 6; f++)
    model->factors->user_factors[model->factors->stride + f] = 0;
  model->factors->user_biases[1] = 0;
  g_assert_true (matinee_recommender_is_cold (model, 1));
}

static void
test_refused (void)
{
  static const guint32 movies[] = { 2, 5, 2 };
  static const float stars[] = { 3, 4, 5 };
  static const guint32 beyond = 9;
  static const float nan_star = NAN;
  g_autoptr (MatineeModel) model = fixture_model (synthetic_factors (1, 9, 3, 0.4, 6), "exact");
  g_autoptr (GError) error = NULL;

  g_assert_null (matinee_person_new (model, movies, stars, 3, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA);
  g_clear_error (&error);
  g_assert_null (matinee_person_new (model, &beyond, stars, 1, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (matinee_person_new (model, movies, &nan_star, 1, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA);
}

static void
test_without (void)
{
  static const guint32 lengths[] = { 20 };
  g_autoptr (Synthetic) ratings = synthetic_from_lengths (lengths, 1, 60, TRUE, 3);
  g_autoptr (MatineeModel) model = fixture_model (synthetic_factors (1, 60, 6, 0.4, 6), "exact");
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineePerson) person = matinee_person_new_for_user (model, ratings->by_user, 0, &error);
  guint32 dropped = person->movies[7];
  g_autoptr (MatineePerson) without = matinee_person_new_without (person, dropped, &error);
  g_autoptr (MatineePerson) fresh = NULL;
  guint32 movies[19];
  float stars[19];
  guint n = 0;

  g_assert_no_error (error);
  for (guint j = 0; j < 20; j++)
    if (j != 7)
      {
        movies[n] = person->movies[j];
        stars[n++] = person->ratings[j];
      }
  fresh = matinee_person_new (model, movies, stars, 19, &error);
  g_assert_no_error (error);
  g_assert_false (matinee_person_find (without, dropped, NULL));
  g_assert_true (matinee_person_find (person, dropped, NULL));
  for (guint32 movie = 0; movie < 60; movie++)
    g_assert_cmpfloat (matinee_person_predict (without, movie), ==, matinee_person_predict (fresh, movie));
  g_assert_null (matinee_person_new_without (without, dropped, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND);
}

/* The list of a person is that of a user with the same row. */
static void
test_list (void)
{
  g_autoptr (Synthetic) ratings = synthetic_from_shape (4, 700, 300, 3);
  g_autoptr (MatineeModel) model = fixture_model (synthetic_factors (4, 700, 17, 0.4, 6), "exact");
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineePerson) person = matinee_person_new_for_user (model, ratings->by_user, 2, &error);
  g_autoptr (MatineeTopN) mine = NULL, theirs = NULL, everything = NULL;
  MatineeQuery query = { .n = 50 };

  g_assert_no_error (error);
  for (guint f = 0; f < 17; f++)
    model->factors->user_factors[2 * model->factors->stride + f] = (float) person->factors[f];
  model->factors->user_biases[2] = (float) person->bias;
  everything = matinee_recommender_top_for (person, &(MatineeQuery){ .n = 100000 }, &error);
  matinee_query_exclude_person (&query, person);
  mine = matinee_recommender_top_for (person, &query, &error);
  theirs = matinee_recommender_top (model, 2, 50, ratings->by_user, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (everything->n, ==, 700);
  g_assert_cmpuint (mine->n, ==, 50);
  g_assert_cmpuint (mine->n_hidden, ==, person->n);
  g_assert_cmpuint (mine->hidden.total, ==, person->n);
  for (guint i = 0; i < 50; i++)
    {
      g_assert_cmpuint (mine->items[i].movie, ==, theirs->items[i].movie);
      g_assert_cmpfloat_with_epsilon (mine->items[i].score, matinee_person_predict (person, mine->items[i].movie),
                                      1e-5);
    }
}

int
main (int argc, char *argv[])
{
  static const ReferencePenalty plain = { 0.3, 0.1, 0.0 };
  static const ReferencePenalty root = { 1.4, 0.5, 0.5 };
  static const ReferencePenalty weighted = { 0.05, 0.02, 1.0 };

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/fold-in/equals-retraining/plain", &plain, test_equals_retraining);
  g_test_add_data_func ("/fold-in/equals-retraining/root", &root, test_equals_retraining);
  g_test_add_data_func ("/fold-in/equals-retraining/weighted", &weighted, test_equals_retraining);
  g_test_add_func ("/fold-in/gradient-minimum", test_gradient_minimum);
  g_test_add_func ("/fold-in/singular", test_singular);
  g_test_add_data_func ("/fold-in/nobody/exact", "exact", test_nobody);
  g_test_add_data_func ("/fold-in/nobody/gradient", "gradient", test_nobody);
  g_test_add_func ("/fold-in/refused", test_refused);
  g_test_add_func ("/fold-in/without", test_without);
  g_test_add_func ("/fold-in/list", test_list);
  return g_test_run ();
}
