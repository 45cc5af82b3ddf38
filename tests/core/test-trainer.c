/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-trainer.h"

#include <math.h>
#include <string.h>

#include "golden.h"
#include "matinee-error.h"
#include "matinee-memory.h"
#include "matinee-planted.h"
#include "reference.h"

#define USER_STEP 0.45
#define MOVIE_STEP 0.40

static MatineePool *pool;

static double
relative (double a, double b)
{
  return fabs (a - b) / MAX (MAX (fabs (a), fabs (b)), 1e-300);
}

static JsonObject *
golden_root (const Golden *golden)
{
  return json_node_get_object (json_parser_get_root (golden->parser));
}

/* The gradient solver once more, in float64 and one rating after another. */
static double
reference_gradient_step (ReferenceModel *model, const MatineeSparse *rows, MatineeSide side, double rate, double lambda)
{
  double *own = side == MATINEE_USERS ? model->user_factors : model->movie_factors;
  double *own_biases = side == MATINEE_USERS ? model->user_biases : model->movie_biases;
  const double *other = side == MATINEE_USERS ? model->movie_factors : model->user_factors;
  const double *other_biases = side == MATINEE_USERS ? model->movie_biases : model->user_biases;
  double scaled = rate * (side == MATINEE_USERS ? USER_STEP : MOVIE_STEP);
  guint k = model->k;
  double norm = 0;

  for (guint32 row = 0; row < rows->n_rows; row++)
    {
      g_autofree double *gradient = g_new0 (double, k);
      double bias_gradient = 0;

      for (gsize j = rows->offsets[row]; j < rows->offsets[row + 1]; j++)
        {
          const double *y = other + (gsize) rows->columns[j] * k;
          double e = matinee_sparse_value (rows, j) - own_biases[row] - other_biases[rows->columns[j]];

          for (guint f = 0; f < k; f++)
            e -= own[row * k + f] * y[f];
          for (guint f = 0; f < k; f++)
            gradient[f] += -2 * e * y[f] + 2 * lambda * own[row * k + f];
          bias_gradient += -2 * e;
        }
      for (guint f = 0; f < k; f++)
        {
          norm += gradient[f] * gradient[f];
          own[row * k + f] -= scaled * gradient[f];
        }
      norm += bias_gradient * bias_gradient;
      own_biases[row] -= scaled * bias_gradient;
    }
  return sqrt (norm);
}

static void
test_reference_gradient (void)
{
  g_autoptr (Golden) golden = golden_load ("gradient.json");
  JsonArray *trace = json_object_get_array_member (golden_root (golden), "trace");
  double rate = json_object_get_double_member (golden_root (golden), "learning_rate");
  ReferenceModel *model = golden->start;

  for (guint i = 0; i < golden->n_steps; i++)
    {
      JsonObject *step = json_array_get_object_element (trace, i);
      double n_train = (double) golden->by_user->n_entries;
      double n_test = (double) golden->test_by_user->n_entries;

      if (i > 0)
        {
          MatineeSide side = i % 2 == 1 ? MATINEE_USERS : MATINEE_MOVIES;
          double norm = reference_gradient_step (model, side == MATINEE_USERS ? golden->by_user : golden->by_movie,
                                                 side, rate, golden->penalty.regularization);

          g_assert_cmpfloat (relative (norm, json_object_get_double_member (step, "gradient_norm")), <, 1e-9);
        }
      g_assert_cmpfloat (relative (reference_fit (model, golden->by_user) / n_train,
                                   json_object_get_double_member (step, "train_mse")),
                         <, 1e-9);
      g_assert_cmpfloat (relative (reference_fit (model, golden->test_by_user) / n_test,
                                   json_object_get_double_member (step, "test_mse")),
                         <, 1e-9);
    }
  for (guint32 i = 0; i < model->n_users * model->k; i++)
    g_assert_cmpfloat_with_epsilon (model->user_factors[i], golden->final->user_factors[i], 1e-9);
}

static MatineeTrainer *
golden_trainer (Golden *golden, const char *solver, guint n_iterations, MatineeSplit **split)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeFactors) start = NULL;
  MatineeTrainer *trainer;
  MatineeParams params;

  matinee_params_init (&params, 2);
  params.solver = matinee_solver_find (solver);
  params.n_factors = golden->start->k;
  params.n_iterations = n_iterations;
  params.tolerance = 0;
  params.regularization = golden->penalty.regularization;
  params.bias_regularization = golden->penalty.bias_regularization;
  params.count_exponent = golden->penalty.count_exponent;
  if (json_object_has_member (golden_root (golden), "learning_rate"))
    params.learning_rate = json_object_get_double_member (golden_root (golden), "learning_rate");
  start = matinee_factors_new (golden->start->n_users, golden->start->n_movies, params.n_factors, &error);
  g_assert_no_error (error);
  reference_model_to_factors (golden->start, start);
  *split = matinee_split_new_parts (g_steal_pointer (&golden->by_user), g_steal_pointer (&golden->test_by_user), pool,
                                    NULL, &error);
  g_assert_no_error (error);
  trainer = matinee_trainer_new (&params, *split, start, pool, NULL, &error);
  g_assert_no_error (error);
  return trainer;
}

static void
assert_factors_close (const float *got, gsize stride, const double *expected, guint32 n_rows, guint k)
{
  double scale = 0;

  for (guint32 i = 0; i < n_rows * k; i++)
    scale = MAX (scale, fabs (expected[i]));
  for (guint32 row = 0; row < n_rows; row++)
    for (guint f = 0; f < k; f++)
      g_assert_cmpfloat_with_epsilon (got[row * stride + f], expected[row * k + f], 1e-4 * scale);
}

static void
test_golden_gradient (void)
{
  g_autoptr (Golden) golden = golden_load ("gradient.json");
  JsonArray *steps = json_object_get_array_member (golden_root (golden), "trace");
  g_autoptr (MatineeSplit) split = NULL;
  g_autoptr (MatineeTrainer) trainer = golden_trainer (golden, "gradient", golden->n_steps - 1, &split);
  const MatineeTrace *trace = matinee_trainer_get_trace (trainer);
  const MatineeFactors *factors = matinee_trainer_get_factors (trainer);

  g_assert_cmpint (matinee_trainer_run (trainer, NULL, NULL, NULL), ==, MATINEE_ITERATIONS);
  g_assert_cmpuint (trace->n, ==, golden->n_steps);
  for (guint i = 0; i < trace->n; i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);

      g_assert_cmpuint (trace->points[i].iteration, ==, i);
      g_assert_cmpfloat (
          relative (matinee_errors_mse (&trace->points[i].train), json_object_get_double_member (step, "train_mse")), <,
          1e-4);
      g_assert_cmpfloat (
          relative (matinee_errors_mse (&trace->points[i].test), json_object_get_double_member (step, "test_mse")), <,
          1e-4);
      if (i > 0)
        g_assert_cmpfloat (
            relative (trace->points[i].gradient_norm, json_object_get_double_member (step, "gradient_norm")), <, 1e-4);
    }
  assert_factors_close (factors->user_factors, factors->stride, golden->final->user_factors, factors->n_users,
                        factors->n_factors);
  assert_factors_close (factors->movie_factors, factors->stride, golden->final->movie_factors, factors->n_movies,
                        factors->n_factors);
}

static void
test_golden_exact (gconstpointer name)
{
  g_autoptr (Golden) golden = golden_load (name);
  JsonArray *steps = json_object_get_array_member (golden_root (golden), "trace");
  g_autoptr (MatineeSplit) split = NULL;
  guint n_iterations = (golden->n_steps - 1) / 2;
  g_autoptr (MatineeTrainer) trainer = golden_trainer (golden, "exact", n_iterations, &split);
  const MatineeTrace *trace = matinee_trainer_get_trace (trainer);

  g_assert_cmpint (matinee_trainer_run (trainer, NULL, NULL, NULL), ==, MATINEE_ITERATIONS);
  g_assert_cmpuint (trace->n, ==, n_iterations + 1);
  for (guint i = 0; i < trace->n; i++)
    {
      JsonObject *step = json_array_get_object_element (steps, 2 * i);

      g_assert_cmpfloat (
          relative (matinee_errors_rmse (&trace->points[i].train), json_object_get_double_member (step, "train_rmse")),
          <, 1e-4);
      g_assert_cmpfloat (
          relative (matinee_errors_rmse (&trace->points[i].test), json_object_get_double_member (step, "test_rmse")), <,
          1e-4);
      g_assert_cmpfloat (relative (matinee_trace_point_objective (&trace->points[i]), golden->objectives[2 * i]), <,
                         1e-4);
    }
}

static MatineeDataset *
make_data (gsize n_ratings)
{
  g_autoptr (GError) error = NULL;
  MatineePlan plan;
  MatineeDataset *dataset;

  matinee_plan_init_sample (&plan);
  plan.n_users = 150;
  plan.n_movies = 120;
  plan.n_ratings = n_ratings;
  dataset = matinee_planted_new (&plan, pool, NULL, &error);
  g_assert_no_error (error);
  return dataset;
}

static MatineeModel *
train (MatineeDataset *dataset, const MatineeParams *params, MatineePool *threads, MatineeStopReason reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeTrainer) trainer = NULL;
  g_autoptr (MatineeSplit) split
      = matinee_split_new_random (dataset->ratings, params->test_share, params->seed, threads, NULL, &error);

  g_assert_no_error (error);
  trainer = matinee_trainer_new (params, split, NULL, threads, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (matinee_trainer_run (trainer, NULL, NULL, NULL), ==, reason);
  return matinee_trainer_finish (trainer, dataset->ratings->users, dataset->ratings->movies);
}

static void
assert_same_bits (const MatineeModel *a, const MatineeModel *b)
{
  gsize bytes = a->factors->stride * sizeof (float);

  g_assert_cmpmem (a->factors->user_factors, a->factors->n_users * bytes, b->factors->user_factors,
                   b->factors->n_users * bytes);
  g_assert_cmpmem (a->factors->movie_factors, a->factors->n_movies * bytes, b->factors->movie_factors,
                   b->factors->n_movies * bytes);
  g_assert_cmpmem (a->factors->user_biases, a->factors->n_users * sizeof (float), b->factors->user_biases,
                   b->factors->n_users * sizeof (float));
  g_assert_cmpuint (a->trace->n, ==, b->trace->n);
  for (guint i = 0; i < a->trace->n; i++)
    {
      g_assert_cmpmem (&a->trace->points[i].train, sizeof (MatineeErrors), &b->trace->points[i].train,
                       sizeof (MatineeErrors));
      g_assert_cmpmem (&a->trace->points[i].test, sizeof (MatineeErrors), &b->trace->points[i].test,
                       sizeof (MatineeErrors));
      g_assert_true (a->trace->points[i].penalty == b->trace->points[i].penalty);
    }
}

static void
test_same_bits (gconstpointer solver)
{
  static const guint threads[] = { 2, 5 };
  g_autoptr (MatineeDataset) dataset = make_data (6000);
  g_autoptr (MatineePool) one = matinee_pool_new (1);
  g_autoptr (MatineeModel) expected = NULL;
  MatineeParams params;

  matinee_params_init (&params, 1);
  matinee_params_apply_preset (&params, matinee_preset_for_solver (matinee_solver_find (solver)));
  params.n_factors = 7;
  params.n_iterations = 4;
  params.tolerance = 0;
  expected = train (dataset, &params, one, MATINEE_ITERATIONS);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (MatineePool) many = matinee_pool_new (threads[i]);
      g_autoptr (MatineeModel) model = train (dataset, &params, many, MATINEE_ITERATIONS);

      assert_same_bits (expected, model);
    }
}

static void
test_objective_never_rises (gconstpointer solver)
{
  g_autoptr (MatineeDataset) dataset = make_data (5000);
  MatineeParams params;

  matinee_params_init (&params, 2);
  params.n_iterations = 15;
  params.tolerance = 0;
  params.solver = matinee_solver_find (solver);
  for (guint seed = 1; seed <= 4; seed++)
    for (guint exponent = 0; exponent <= 2; exponent++)
      {
        g_autoptr (MatineeModel) model = NULL;

        params.seed = seed;
        params.n_factors = 3 * seed;
        params.count_exponent = exponent / 2.0;
        params.regularization = 0.1 * seed;
        model = train (dataset, &params, pool, MATINEE_ITERATIONS);
        for (guint i = 1; i < model->trace->n; i++)
          g_assert_cmpfloat (matinee_trace_point_objective (&model->trace->points[i]), <=,
                             matinee_trace_point_objective (&model->trace->points[i - 1]) * (1 + 1e-6));
      }
}

static void
test_converges (void)
{
  g_autoptr (MatineeDataset) dataset = make_data (5000);
  g_autoptr (MatineeModel) model = NULL;
  MatineeParams params;

  matinee_params_init (&params, 2);
  params.n_factors = 4;
  params.n_iterations = 1000;
  params.tolerance = 0.001;
  model = train (dataset, &params, pool, MATINEE_CONVERGED);
  g_assert_cmpuint (model->iteration, <, 1000);
  g_assert_cmpuint (model->iteration, ==, model->trace->n - 1);
  g_assert_cmpfloat (matinee_errors_rmse (&model->test), <, matinee_errors_rmse (&model->trace->points[0].test));
}

/* Hardly any regularization overfits: the test error rises again, and training ends
 * with the model that was best. */
static void
test_loses_patience (void)
{
  g_autoptr (MatineeDataset) dataset = make_data (5000);
  g_autoptr (MatineeModel) model = NULL;
  const MatineeTracePoint *best;
  MatineeParams params;

  matinee_params_init (&params, 2);
  params.n_factors = 20;
  params.regularization = 0.05;
  params.n_iterations = 1000;
  params.tolerance = 0;
  params.patience = 4;
  model = train (dataset, &params, pool, MATINEE_IMPATIENT);
  best = matinee_trace_best (model->trace);
  g_assert_cmpuint (model->iteration, ==, best->iteration);
  g_assert_cmpuint (model->trace->n - 1, <=, best->iteration + 4);
  g_assert_cmpuint (model->trace->n - 1, <, 1000);
}

static void
test_diverges (void)
{
  g_autoptr (MatineeDataset) dataset = make_data (5000);
  g_autoptr (MatineeModel) model = NULL;
  g_autoptr (MatineeTrainer) trainer = NULL;
  g_autoptr (MatineeSplit) split = NULL;
  g_autoptr (GError) error = NULL;
  MatineeParams params;

  matinee_params_init (&params, 2);
  matinee_params_apply_preset (&params, matinee_preset_find ("classic-script"));
  params.learning_rate = 1;
  params.n_iterations = 1000;
  split = matinee_split_new_random (dataset->ratings, 0.3, 1, pool, NULL, &error);
  trainer = matinee_trainer_new (&params, split, NULL, pool, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (matinee_trainer_run (trainer, NULL, NULL, &error), ==, MATINEE_DIVERGED);
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_DIVERGED);
  g_assert_nonnull (strstr (error->message, "learning rate"));
  model = matinee_trainer_finish (trainer, dataset->ratings->users, dataset->ratings->movies);
  g_assert_cmpint (model->reason, ==, MATINEE_DIVERGED);
  for (gsize i = 0; i < model->factors->n_users * model->factors->stride; i++)
    g_assert_true (isfinite (model->factors->user_factors[i]));
  g_assert_true (isfinite (matinee_errors_rmse (&model->test)));
}

typedef struct
{
  guint stop_at;
  guint n_called;
} Told;

static gboolean
told_cb (MatineeTrainer *trainer, const MatineeTracePoint *point, gpointer data)
{
  Told *told = data;

  g_assert_cmpuint (point->iteration, ==, told->n_called);
  told->n_called++;
  return point->iteration < told->stop_at;
}

static void
test_stops (void)
{
  g_autoptr (MatineeDataset) dataset = make_data (5000);

  for (guint stop_at = 0; stop_at < 4; stop_at++)
    {
      Told told = { .stop_at = stop_at };
      g_autoptr (MatineeModel) model = NULL;
      g_autoptr (MatineeTrainer) trainer = NULL;
      g_autoptr (MatineeSplit) split = NULL;
      g_autoptr (GError) error = NULL;
      MatineeErrors errors;
      MatineeParams params;

      matinee_params_init (&params, 2);
      params.n_factors = 20;
      params.regularization = 0.001;
      params.count_exponent = 0;
      split = matinee_split_new_random (dataset->ratings, 0.3, 1, pool, NULL, &error);
      trainer = matinee_trainer_new (&params, split, NULL, pool, NULL, &error);
      g_assert_cmpint (matinee_trainer_run (trainer, told_cb, &told, &error), ==, MATINEE_CANCELLED);
      g_assert_no_error (error);
      g_assert_cmpuint (told.n_called, ==, stop_at + 1);
      model = matinee_trainer_finish (trainer, dataset->ratings->users, dataset->ratings->movies);
      g_assert_cmpuint (model->iteration, ==, matinee_trace_best (model->trace)->iteration);
      /* The factors are really those of the best iteration. */
      g_assert_true (
          matinee_evaluate (model->factors, split->test_by_user, model->low, model->high, pool, NULL, &errors));
      g_assert_true (errors.squared == model->test.squared);
    }
}

static void
test_stop_before_start (void)
{
  g_autoptr (MatineeDataset) dataset = make_data (5000);
  g_autoptr (MatineeSplit) split = NULL;
  g_autoptr (GError) error = NULL;
  MatineeStop stop = { 1 };
  MatineeParams params;

  matinee_params_init (&params, 2);
  split = matinee_split_new_random (dataset->ratings, 0.3, 1, pool, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (matinee_trainer_new (&params, split, NULL, pool, &stop, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
}

static void
test_without_test_ratings (void)
{
  g_autoptr (MatineeDataset) dataset = make_data (5000);
  g_autoptr (MatineeModel) model = NULL;
  MatineeParams params;

  matinee_params_init (&params, 2);
  params.n_factors = 4;
  params.test_share = 0;
  params.tolerance = 0;
  model = train (dataset, &params, pool, MATINEE_ITERATIONS);
  g_assert_cmpuint (model->test.n, ==, 0);
  g_assert_true (isnan (matinee_errors_rmse (&model->test)));
  g_assert_cmpuint (matinee_trace_best (model->trace)->iteration, ==, params.n_iterations);
}

/* The same ratings in another order of lines are the same data. */
static void
test_order_of_lines (void)
{
  g_autoptr (MatineeDataset) dataset = make_data (5000);
  const MatineeSparse *by_user = dataset->ratings->by_user;
  g_autoptr (MatineeDataset) shuffled = NULL;
  g_autoptr (MatineeRatings) ratings = NULL;
  g_autoptr (MatineeModel) a = NULL;
  g_autoptr (MatineeModel) b = NULL;
  g_autoptr (GError) error = NULL;
  gsize n = by_user->n_entries;
  MatineeTriples triples = { .n = n };
  MatineeParams params;

  triples.users = matinee_alloc (n, sizeof (guint32), "test", &error);
  triples.movies = matinee_alloc (n, sizeof (guint32), "test", &error);
  triples.values = matinee_alloc (n, sizeof (float), "test", &error);
  g_assert_no_error (error);
  for (guint32 u = 0; u < by_user->n_rows; u++)
    for (gsize j = by_user->offsets[u]; j < by_user->offsets[u + 1]; j++)
      {
        /* A walk with a step that shares no factor with n visits every place. */
        gsize place = (gsize) (((guint64) j * 2741 + 13) % n);

        triples.users[place] = u;
        triples.movies[place] = by_user->columns[j];
        triples.values[place] = matinee_sparse_value (by_user, j);
      }
  ratings = matinee_ratings_new (dataset->ratings->users, dataset->ratings->movies, &triples, pool, NULL, &error);
  g_assert_no_error (error);
  matinee_triples_clear (&triples);
  shuffled = matinee_dataset_new (ratings, NULL, &error);
  matinee_params_init (&params, 2);
  params.n_factors = 5;
  params.n_iterations = 3;
  params.tolerance = 0;
  a = train (dataset, &params, pool, MATINEE_ITERATIONS);
  b = train (shuffled, &params, pool, MATINEE_ITERATIONS);
  assert_same_bits (a, b);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  pool = matinee_pool_new (2);
  g_test_add_func ("/trainer/reference-gradient", test_reference_gradient);
  g_test_add_func ("/trainer/golden/gradient", test_golden_gradient);
  g_test_add_data_func ("/trainer/golden/exact-plain", "exact-plain.json", test_golden_exact);
  g_test_add_data_func ("/trainer/golden/exact-sqrt", "exact-sqrt.json", test_golden_exact);
  g_test_add_data_func ("/trainer/golden/exact-weighted", "exact-weighted.json", test_golden_exact);
  g_test_add_data_func ("/trainer/same-bits/exact", "exact", test_same_bits);
  g_test_add_data_func ("/trainer/same-bits/cg", "cg", test_same_bits);
  g_test_add_data_func ("/trainer/same-bits/gradient", "gradient", test_same_bits);
  g_test_add_data_func ("/trainer/objective-never-rises/exact", "exact", test_objective_never_rises);
  g_test_add_data_func ("/trainer/objective-never-rises/cg", "cg", test_objective_never_rises);
  g_test_add_func ("/trainer/converges", test_converges);
  g_test_add_func ("/trainer/loses-patience", test_loses_patience);
  g_test_add_func ("/trainer/diverges", test_diverges);
  g_test_add_func ("/trainer/stops", test_stops);
  g_test_add_func ("/trainer/stop-before-start", test_stop_before_start);
  g_test_add_func ("/trainer/without-test-ratings", test_without_test_ratings);
  g_test_add_func ("/trainer/order-of-lines", test_order_of_lines);
  result = g_test_run ();
  matinee_pool_free (pool);
  return result;
}
