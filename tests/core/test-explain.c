/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-explain.h"

#include <math.h>

#include "fixture.h"
#include "matinee-error.h"
#include "matinee-rate-next.h"
#include "matinee-solver.h"

static void
assert_sum (const MatineeExplanation *explanation)
{
  g_assert_cmpfloat_with_epsilon (matinee_explanation_sum (explanation), explanation->prediction, 1e-9);
  for (gsize j = 1; j < explanation->n_contributions; j++)
    g_assert_cmpfloat (fabs (explanation->contributions[j].amount), <=,
                       fabs (explanation->contributions[j - 1].amount));
  for (guint f = 1; f < explanation->n_terms; f++)
    g_assert_cmpfloat (fabs (explanation->terms[f].amount), <=, fabs (explanation->terms[f - 1].amount));
}

/* For models trained by every solver: the parts make the prediction. */
static void
test_sums (void)
{
  g_autoptr (Synthetic) data = synthetic_from_shape (40, 400, 1200, 4);
  guint n_solvers;
  const MatineeSolver *const *solvers = matinee_solvers (&n_solvers);

  for (guint s = 0; s < n_solvers; s++)
    {
      g_autoptr (MatineeModel) model = fixture_trained (data, solvers[s]->id, 10, 6);
      const MatineeSparse *train = model->split->train_by_user;

      for (guint32 user = 0; user < 40; user += 3)
        for (guint32 movie = 0; movie < 400; movie += 37)
          {
            g_autoptr (GError) error = NULL;
            g_autoptr (MatineeExplanation) why = matinee_explain_user (model, train, user, movie, &error);

            g_assert_no_error (error);
            assert_sum (why);
            if (matinee_solver_has_closed_form (solvers[s]))
              {
                g_autoptr (MatineePerson) person = matinee_person_new_for_user (model, train, user, NULL);

                g_assert_cmpuint (why->n_contributions, ==, matinee_sparse_row_length (train, user));
                g_assert_cmpuint (why->n_terms, ==, 0);
                g_assert_cmpfloat (why->prediction, ==, matinee_person_predict (person, movie));
              }
            else
              {
                g_assert_cmpuint (why->n_contributions, ==, 0);
                g_assert_cmpuint (why->n_terms, ==, 10);
                g_assert_cmpfloat (why->prediction, ==, matinee_model_predict (model, user, movie));
              }
          }
    }
}

/* One factor and one rating, by hand: y_0 = 1, y_1 = 2, μ = 3, λ = 1, λ_b = 1, ν = 0.
 * A = [[1 + 1, 1], [1, 1 + 1]], t = 5 − 3 = 2: x = b = 2/3, A_u = 2. */
static void
test_by_hand (void)
{
  static const guint32 movie = 0;
  static const float stars = 5;
  MatineeFactors *factors = matinee_factors_new (1, 2, 1, NULL);
  g_autoptr (MatineeModel) model = fixture_model (factors, "exact");
  g_autoptr (MatineePerson) person = NULL;
  g_autoptr (MatineeExplanation) why = NULL;

  factors->mean = 3;
  factors->movie_factors[0] = 1;
  factors->movie_factors[factors->stride] = 2;
  model->params.regularization = 1;
  model->params.bias_regularization = 1;
  model->params.count_exponent = 0;
  person = matinee_person_new (model, &movie, &stars, 1, NULL);
  g_assert_cmpfloat_with_epsilon (person->bias, 2.0 / 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (person->factors[0], 2.0 / 3, 1e-12);
  why = matinee_explain_person (person, 1, NULL);
  g_assert_cmpfloat_with_epsilon (why->prediction, 3 + 2.0 / 3 + 4.0 / 3, 1e-12);
  g_assert_cmpuint (why->contributions[0].movie, ==, 0);
  g_assert_cmpfloat (why->contributions[0].rating, ==, 5);
  /* w = 2 · ½ · 1; its amount 1 · (5 − 3 − 2/3); z_1ᵀ A⁻¹ z_0 = [2 1] [1/3 1/3]ᵀ */
  g_assert_cmpfloat_with_epsilon (why->contributions[0].weight, 1.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (why->contributions[0].amount, 4.0 / 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (why->contributions[0].influence, 1.0, 1e-12);
}

/* The influence of a rating is what a changed rating does. */
static void
test_influence (void)
{
  static const guint32 lengths[] = { 25 };
  g_autoptr (Synthetic) data = synthetic_from_lengths (lengths, 1, 70, TRUE, 3);
  g_autoptr (MatineeModel) model = fixture_model (synthetic_factors (1, 70, 6, 0.4, 6), "exact");
  g_autoptr (MatineePerson) person = matinee_person_new_for_user (model, data->by_user, 0, NULL);
  g_autoptr (MatineeExplanation) why = matinee_explain_person (person, 33, NULL);
  guint32 movies[25];
  float stars[25];

  for (guint j = 0; j < 25; j++)
    {
      const MatineeContribution *part = &why->contributions[j];
      g_autoptr (MatineePerson) other = NULL;

      for (guint i = 0; i < 25; i++)
        {
          movies[i] = person->movies[i];
          stars[i] = person->ratings[i] + (movies[i] == part->movie ? 1 : 0);
        }
      other = matinee_person_new (model, movies, stars, 25, NULL);
      g_assert_cmpfloat_with_epsilon (matinee_person_predict (other, 33) - matinee_person_predict (person, 33),
                                      part->influence, 1e-9);
    }
}

static void
test_nothing_rated (void)
{
  g_autoptr (MatineeModel) model = fixture_model (synthetic_factors (1, 70, 6, 0.4, 6), "exact");
  g_autoptr (MatineePerson) person = matinee_person_new (model, NULL, NULL, 0, NULL);
  g_autoptr (MatineeExplanation) why = matinee_explain_person (person, 33, NULL);

  g_assert_cmpuint (why->n_contributions, ==, 0);
  g_assert_cmpfloat_with_epsilon (matinee_explanation_sum (why), why->prediction, 1e-12);
}

/* z_iᵀ A⁻¹ z_i is the influence that a film's rating would have on its own
 * prediction, w / (1 + w), seen from the other side. */
static void
test_rate_next (void)
{
  static const guint32 lengths[] = { 8 };
  g_autoptr (Synthetic) data = synthetic_from_lengths (lengths, 1, 45, TRUE, 3);
  g_autoptr (MatineeModel) model = fixture_model (synthetic_factors (1, 45, 6, 0.4, 6), "exact");
  g_autoptr (MatineePerson) person = NULL;
  g_autoptr (MatineeTopN) next = NULL;
  g_autoptr (MatineeTopN) few = NULL;
  guint32 movies[9];
  float stars[9];

  /* With ν = 0 one more rating changes A by z zᵀ alone. */
  model->params.count_exponent = 0;
  person = matinee_person_new_for_user (model, data->by_user, 0, NULL);
  next = matinee_rate_next (person, &(MatineeQuery){ .n = 1000 }, NULL);
  few = matinee_rate_next (person, &(MatineeQuery){ .n = 3 }, NULL);
  g_assert_cmpuint (next->n, ==, 45 - 8);
  g_assert_cmpuint (next->n_hidden, ==, 8);
  for (guint i = 0; i < next->n; i++)
    {
      guint32 movie = next->items[i].movie;
      double spread = (double) next->items[i].score;
      g_autoptr (MatineePerson) taught = NULL;
      g_autoptr (MatineeExplanation) why = NULL;
      gsize own = 0;

      for (guint j = 0; j < 8; j++)
        {
          movies[j] = person->movies[j];
          stars[j] = person->ratings[j];
        }
      movies[8] = movie;
      stars[8] = 3;
      taught = matinee_person_new (model, movies, stars, 9, NULL);
      why = matinee_explain_person (taught, movie, NULL);
      while (why->contributions[own].movie != movie)
        own++;
      g_assert_cmpfloat_with_epsilon (why->contributions[own].influence, spread / (1 + spread), 1e-6);
      if (i > 0)
        g_assert_cmpfloat (next->items[i].score, <=, next->items[i - 1].score);
      if (i < few->n)
        g_assert_cmpuint (few->items[i].movie, ==, movie);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/explain/sums", test_sums);
  g_test_add_func ("/explain/by-hand", test_by_hand);
  g_test_add_func ("/explain/influence", test_influence);
  g_test_add_func ("/explain/nothing-rated", test_nothing_rated);
  g_test_add_func ("/explain/rate-next", test_rate_next);
  return g_test_run ();
}
