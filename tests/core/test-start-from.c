/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-start-from.h"

#include <math.h>
#include <string.h>

#include "fixture.h"
#include "matinee-error.h"
#include "matinee-recommender.h"
#include "matinee-trainer.h"

/* Training on from a model: what is known goes on, what is new begins afresh. */

#define USERS 60
#define MOVIES 40
#define FACTORS 5

static MatineePool *pool;

static MatineeModel *
go_on (const MatineeModel *model, guint n_iterations)
{
  g_autoptr (GError) error = NULL;
  MatineeParams params = model->params;
  g_autoptr (MatineeFactors) start = NULL;
  g_autoptr (MatineeTrainer) trainer = NULL;
  MatineeStartMatch match;

  params.n_iterations = n_iterations;
  start = matinee_start_from_model (model, &params, model->split, model->users, model->movies, pool, &match, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (match.n_users, ==, USERS - model->split->n_cold_users);
  g_assert_cmpuint (match.n_movies, ==, MOVIES - model->split->n_cold_movies);
  trainer = matinee_trainer_new (&params, model->split, start, pool, NULL, &error);
  g_assert_no_error (error);
  matinee_trainer_run (trainer, NULL, NULL, &error);
  g_assert_no_error (error);
  return matinee_trainer_finish (trainer, model->users, model->movies);
}

/* As if the training had never ended, to the last bit. */
static void
test_goes_on (void)
{
  static const char *const solvers[] = { "exact", "cg", "gradient" };

  for (guint s = 0; s < G_N_ELEMENTS (solvers); s++)
    {
      g_autoptr (Synthetic) data = synthetic_from_shape (USERS, MOVIES, 700, 3);
      g_autoptr (MatineeModel) first = fixture_trained (data, solvers[s], FACTORS, 4);
      g_autoptr (MatineeModel) whole = fixture_trained (data, solvers[s], FACTORS, 6);
      g_autoptr (MatineeModel) second = go_on (first, 2);
      const MatineeFactors *a = whole->factors, *b = second->factors;

      g_assert_cmpmem (a->user_factors, USERS * a->stride * sizeof (float), b->user_factors,
                       USERS * b->stride * sizeof (float));
      g_assert_cmpmem (a->movie_factors, MOVIES * a->stride * sizeof (float), b->movie_factors,
                       MOVIES * b->stride * sizeof (float));
      g_assert_cmpmem (a->movie_biases, MOVIES * sizeof (float), b->movie_biases, MOVIES * sizeof (float));
      g_assert_cmpfloat (whole->test.squared, ==, second->test.squared);
    }
}

/* The first four users are gone, and four are new: rows move with their ids. */
static void
test_matches_ids (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Synthetic) data = synthetic_from_shape (USERS, MOVIES, 700, 3);
  g_autoptr (MatineeModel) model = fixture_trained (data, "exact", FACTORS, 4);
  g_autoptr (MatineeIds) users = fixture_ids (USERS, 5);
  g_autoptr (MatineeFactors) start = NULL;
  g_autoptr (MatineeFactors) fresh = matinee_factors_new (USERS, MOVIES, FACTORS, NULL);
  MatineeSolverRun run = { .params = &model->params, .split = model->split, .factors = fresh, .pool = pool };
  MatineeStartMatch match;
  guint32 n_known = 0;
  gsize row_size = fresh->stride * sizeof (float);

  start = matinee_start_from_model (model, &model->params, model->split, users, model->movies, pool, &match, &error);
  g_assert_no_error (error);
  model->params.solver->prepare (&run);
  for (guint32 user = 0; user < USERS; user++)
    {
      const float *row = start->user_factors + user * start->stride;
      gboolean known = user + 4 < USERS && !matinee_recommender_is_cold (model, user + 4);
      const float *expected = known ? model->factors->user_factors + (user + 4) * start->stride
                                    : fresh->user_factors + user * start->stride;

      n_known += known;
      g_assert_cmpmem (row, row_size, expected, row_size);
    }
  g_assert_cmpuint (match.n_users, ==, n_known);
  g_assert_cmpuint (n_known, >, USERS / 2);
}

/* The mean of the exact solver becomes part of the biases of the gradient one. */
static void
test_keeps_predictions (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Synthetic) data = synthetic_from_shape (USERS, MOVIES, 700, 3);
  g_autoptr (MatineeModel) model = fixture_trained (data, "exact", FACTORS, 4);
  g_autoptr (MatineeFactors) start = NULL;
  MatineeParams params = model->params;
  MatineeStartMatch match;

  params.solver = &matinee_solver_gradient;
  start = matinee_start_from_model (model, &params, model->split, model->users, model->movies, pool, &match, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (start->mean, ==, 0.0);
  for (guint32 user = 0; user < USERS; user++)
    for (guint32 movie = 0; movie < MOVIES; movie++)
      if (matinee_sparse_row_length (model->split->train_by_user, user) > 0
          && matinee_sparse_row_length (model->split->train_by_movie, movie) > 0)
        g_assert_cmpfloat_with_epsilon (matinee_factors_predict (start, user, movie),
                                        matinee_model_predict (model, user, movie), 1e-5);
}

static void
test_other_factors (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Synthetic) data = synthetic_from_shape (USERS, MOVIES, 700, 3);
  g_autoptr (MatineeModel) model = fixture_trained (data, "exact", FACTORS, 1);
  MatineeParams params = model->params;
  MatineeStartMatch match;

  params.n_factors = FACTORS + 1;
  g_assert_null (
      matinee_start_from_model (model, &params, model->split, model->users, model->movies, pool, &match, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA);
  g_assert_nonnull (strstr (error->message, "5 factors"));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  pool = matinee_pool_new (2);
  g_test_add_func ("/start-from/goes-on", test_goes_on);
  g_test_add_func ("/start-from/matches-ids", test_matches_ids);
  g_test_add_func ("/start-from/keeps-predictions", test_keeps_predictions);
  g_test_add_func ("/start-from/other-factors", test_other_factors);
  status = g_test_run ();
  matinee_pool_free (pool);
  return status;
}
