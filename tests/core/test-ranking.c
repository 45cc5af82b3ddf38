/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-ranking.h"

#include <math.h>

#include "fixture.h"
#include "matinee-bias-only.h"
#include "matinee-error.h"
#include "matinee-recommender.h"

#define N NAN
#define EPSILON 1e-12

static MatineeRankingScores
score (const guint32 *list, guint n_list, const guint32 *relevant, gsize n_relevant, guint n)
{
  MatineeRankingScores scores;

  matinee_ranking_score_list (list, n_list, relevant, n_relevant, n, &scores);
  return scores;
}

/* Hits at ranks 1 and 3 of five; three were relevant. */
static void
test_by_hand (void)
{
  static const guint32 list[] = { 7, 2, 9, 4, 1 };
  static const guint32 relevant[] = { 7, 9, 30 };
  MatineeRankingScores scores = score (list, 5, relevant, 3, 5);
  double ideal = 1 + 1 / log2 (3) + 1 / log2 (4);

  g_assert_cmpfloat_with_epsilon (scores.precision, 2.0 / 5, EPSILON);
  g_assert_cmpfloat_with_epsilon (scores.recall, 2.0 / 3, EPSILON);
  g_assert_cmpfloat_with_epsilon (scores.ndcg, (1 + 1 / log2 (4)) / ideal, EPSILON);
  g_assert_cmpfloat_with_epsilon (scores.average_precision, (1.0 / 1 + 2.0 / 3) / 3, EPSILON);
  g_assert_cmpfloat_with_epsilon (scores.reciprocal_rank, 1, EPSILON);
  g_assert_cmpfloat_with_epsilon (scores.hit, 1, EPSILON);
}

static void
test_extremes (void)
{
  static const guint32 list[] = { 1, 2, 3, 4 };
  static const guint32 all[] = { 1, 2, 3, 4, 5, 6 };
  static const guint32 others[] = { 8, 9 };
  static const guint32 last[] = { 4 };
  MatineeRankingScores perfect = score (list, 4, all, 6, 4);
  MatineeRankingScores nothing = score (list, 4, others, 2, 4);
  MatineeRankingScores cut = score (list, 4, last, 1, 3);
  MatineeRankingScores brief = score (list, 4, last, 1, 10);
  MatineeRankingScores empty = score (NULL, 0, last, 1, 10);

  /* More relevant films than places: a full list is as good as can be. */
  g_assert_cmpfloat_with_epsilon (perfect.precision, 1, EPSILON);
  g_assert_cmpfloat_with_epsilon (perfect.recall, 4.0 / 6, EPSILON);
  g_assert_cmpfloat_with_epsilon (perfect.ndcg, 1, EPSILON);
  g_assert_cmpfloat_with_epsilon (perfect.average_precision, 1, EPSILON);
  g_assert_cmpfloat (nothing.precision + nothing.recall + nothing.ndcg + nothing.average_precision, ==, 0);
  g_assert_cmpfloat (nothing.reciprocal_rank + nothing.hit, ==, 0);
  /* Beyond N nothing counts; places that a short list leaves empty are misses. */
  g_assert_cmpfloat (cut.hit, ==, 0);
  g_assert_cmpfloat_with_epsilon (brief.precision, 0.1, EPSILON);
  g_assert_cmpfloat_with_epsilon (brief.reciprocal_rank, 0.25, EPSILON);
  g_assert_cmpfloat_with_epsilon (brief.ndcg, 1 / log2 (5), EPSILON);
  g_assert_cmpfloat_with_epsilon (brief.average_precision, 0.25, EPSILON);
  g_assert_cmpfloat (empty.hit, ==, 0);
}

static const float train[3 * 6] = {
  5, N, N, N, N, N, /**/
  N, N, N, N, N, 3, /**/
  N, 4, 4, N, N, N, /**/
};
static const float test[3 * 6] = {
  N,    2, 5, N, 4, N, /**/
  4.5f, N, N, 1, 5, N, /**/
  2,    N, N, N, N, N, /**/
};

typedef struct
{
  MatineePool *pool;
  MatineeSplit *split;
  MatineeModel *model;
} Fixture;

/* The model likes films in the order 0 … 5 for all but the second user, whom it
 * gives the reverse. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  MatineeFactors *factors = matinee_factors_new (3, 6, 1, NULL);

  for (guint32 movie = 0; movie < 6; movie++)
    factors->movie_factors[movie * factors->stride] = 6.0f - (float) movie;
  for (guint32 user = 0; user < 3; user++)
    factors->user_factors[user * factors->stride] = user == 1 ? -1.0f : 1.0f;
  fixture->pool = matinee_pool_new (2);
  fixture->split
      = matinee_split_new_parts (fixture_sparse (3, 6, train), fixture_sparse (3, 6, test), fixture->pool, NULL, NULL);
  fixture->model = fixture_model (factors, "exact");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  matinee_split_unref (fixture->split);
  matinee_model_unref (fixture->model);
  matinee_pool_free (fixture->pool);
}

static MatineeRanking
evaluate (Fixture *fixture, MatineeRanker ranker, const MatineeRankingOptions *options)
{
  g_autoptr (GError) error = NULL;
  MatineeRanking ranking;

  matinee_ranking_evaluate (fixture->model, fixture->split, ranker, options, fixture->pool, NULL, &ranking, &error);
  g_assert_no_error (error);
  return ranking;
}

/* First user: list 1 2 3, relevant 2 4. Second: list 4 3 2, relevant 0 4. Third:
 * nothing relevant. Films 0, 1, 2 and 5 have one training rating. */
static void
test_model (Fixture *fixture, gconstpointer data)
{
  MatineeRanking ranking = evaluate (fixture, MATINEE_RANKER_MODEL, &(MatineeRankingOptions){ .n = 3, .threshold = 4 });
  double ideal = 1 + 1 / log2 (3);

  g_assert_cmpuint (ranking.n_users, ==, 2);
  g_assert_cmpuint (ranking.n_eligible, ==, 2);
  g_assert_cmpuint (ranking.n_left_out, ==, 1);
  g_assert_cmpfloat_with_epsilon (ranking.mean.precision, 1.0 / 3, EPSILON);
  g_assert_cmpfloat_with_epsilon (ranking.mean.recall, 0.5, EPSILON);
  g_assert_cmpfloat_with_epsilon (ranking.mean.ndcg, (1 / log2 (3) + 1) / ideal / 2, EPSILON);
  g_assert_cmpfloat_with_epsilon (ranking.mean.average_precision, (0.5 / 2 + 1.0 / 2) / 2, EPSILON);
  g_assert_cmpfloat_with_epsilon (ranking.mean.reciprocal_rank, (0.5 + 1) / 2, EPSILON);
  g_assert_cmpfloat_with_epsilon (ranking.mean.hit, 1, EPSILON);
  g_assert_cmpfloat_with_epsilon (ranking.coverage, 4.0 / 6, EPSILON);
  g_assert_cmpfloat_with_epsilon (ranking.popularity, 3.0 / 6, EPSILON);
  /* Half of them −log₂ (2/4), half −log₂ (1/4) */
  g_assert_cmpfloat_with_epsilon (ranking.novelty, 1.5, EPSILON);
}

/* Most popular: 0 1 2 5 3 4. First user: 1 2 5, second: 0 1 2. */
static void
test_popular (Fixture *fixture, gconstpointer data)
{
  MatineeRanking ranking
      = evaluate (fixture, MATINEE_RANKER_POPULAR, &(MatineeRankingOptions){ .n = 3, .threshold = 4 });

  g_assert_cmpfloat_with_epsilon (ranking.mean.reciprocal_rank, (0.5 + 1) / 2, EPSILON);
  g_assert_cmpfloat_with_epsilon (ranking.coverage, 4.0 / 6, EPSILON);
  g_assert_cmpfloat_with_epsilon (ranking.popularity, 1, EPSILON);
}

/* Biases: film 0 above, film 5 below, the others zero: 0 1 2 3 4 5. With N = 5 the
 * second user's list is 0 1 2 3 4, with hits at 1 and 5. */
static void
test_bias (Fixture *fixture, gconstpointer data)
{
  MatineeRanking ranking = evaluate (fixture, MATINEE_RANKER_BIAS, &(MatineeRankingOptions){ .n = 5, .threshold = 4 });

  /* First user: 1 2 3 4 5, hits at 2 and 4 */
  g_assert_cmpfloat_with_epsilon (ranking.mean.average_precision, ((1.0 / 2 + 2.0 / 4) / 2 + (1 + 2.0 / 5) / 2) / 2,
                                  EPSILON);
  g_assert_cmpfloat_with_epsilon (ranking.mean.recall, 1, EPSILON);
  g_assert_cmpfloat_with_epsilon (ranking.coverage, 1, EPSILON);
}

static void
test_limits (Fixture *fixture, gconstpointer data)
{
  MatineeRanking none = evaluate (fixture, MATINEE_RANKER_MODEL, &(MatineeRankingOptions){ .n = 3, .threshold = 6 });
  MatineeRanking all = evaluate (fixture, MATINEE_RANKER_MODEL, &(MatineeRankingOptions){ .n = 1000, .threshold = 4 });
  MatineeRanking one = evaluate (fixture, MATINEE_RANKER_MODEL,
                                 &(MatineeRankingOptions){ .n = 3, .threshold = 4, .max_users = 1, .seed = 5 });
  MatineeRanking again = evaluate (fixture, MATINEE_RANKER_MODEL,
                                   &(MatineeRankingOptions){ .n = 3, .threshold = 4, .max_users = 1, .seed = 5 });
  g_autoptr (GError) error = NULL;
  MatineeStop stop = { 0 };

  g_assert_cmpuint (none.n_users, ==, 0);
  g_assert_cmpuint (none.n_left_out, ==, 3);
  g_assert_true (isnan (none.mean.precision));
  g_assert_true (isnan (none.coverage));
  /* N beyond the catalogue: every candidate is listed, the rest of N is missed. */
  g_assert_cmpfloat_with_epsilon (all.mean.recall, 1, EPSILON);
  g_assert_cmpfloat_with_epsilon (all.mean.precision, 2.0 / 1000, EPSILON);
  g_assert_cmpuint (one.n_users, ==, 1);
  g_assert_cmpuint (one.n_eligible, ==, 2);
  g_assert_true (one.mean.reciprocal_rank == 0.5 || one.mean.reciprocal_rank == 1.0);
  g_assert_cmpfloat (one.mean.reciprocal_rank, ==, again.mean.reciprocal_rank);

  matinee_stop_request (&stop);
  for (guint ranker = 0; ranker < MATINEE_N_RANKERS; ranker++)
    {
      g_assert_false (matinee_ranking_evaluate (fixture->model, fixture->split, ranker,
                                                &(MatineeRankingOptions){ .n = 3, .threshold = 4 }, fixture->pool,
                                                &stop, &one, &error));
      g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
      g_clear_error (&error);
    }
}

/* What is judged is what is recommended, with any number of threads. */
static void
test_against_lists (void)
{
  g_autoptr (Synthetic) data = synthetic_from_shape (60, 300, 2400, 4);
  g_autoptr (MatineeModel) model = fixture_trained (data, "exact", 4, 4);
  const MatineeSparse *held_out = model->split->test_by_user;
  MatineeRankingOptions options = { .n = 10, .threshold = 4 };
  MatineeRanking ranking, threaded;
  MatineeRankingScores sum = { 0 };
  g_autoptr (MatineePool) pool = matinee_pool_new (3);
  guint32 n = 0;

  for (guint32 user = 0; user < 60; user++)
    {
      g_autoptr (MatineeTopN) top = matinee_recommender_top (model, user, 10, model->split->train_by_user, NULL);
      g_autofree guint32 *relevant = g_new (guint32, matinee_sparse_row_length (held_out, user) + 1);
      MatineeRankingScores scores;
      guint32 list[10];
      gsize n_relevant = 0;

      for (gsize j = held_out->offsets[user]; j < held_out->offsets[user + 1]; j++)
        if (matinee_sparse_value (held_out, j) >= 4)
          relevant[n_relevant++] = held_out->columns[j];
      if (n_relevant == 0)
        continue;
      for (guint i = 0; i < 10; i++)
        list[i] = top->items[i].movie;
      matinee_ranking_score_list (list, 10, relevant, n_relevant, 10, &scores);
      sum.ndcg += scores.ndcg;
      sum.recall += scores.recall;
      n++;
    }
  g_assert_true (
      matinee_ranking_evaluate (model, model->split, MATINEE_RANKER_MODEL, &options, NULL, NULL, &ranking, NULL));
  g_assert_true (
      matinee_ranking_evaluate (model, model->split, MATINEE_RANKER_MODEL, &options, pool, NULL, &threaded, NULL));
  g_assert_cmpuint (ranking.n_users, ==, n);
  g_assert_cmpfloat_with_epsilon (ranking.mean.ndcg, sum.ndcg / n, 1e-9);
  g_assert_cmpfloat_with_epsilon (ranking.mean.recall, sum.recall / n, 1e-9);
  g_assert_cmpmem (&ranking, sizeof ranking, &threaded, sizeof threaded);
}

/* At the minimum no bias wants to move. */
static void
test_bias_only (void)
{
  g_autoptr (Synthetic) data = synthetic_from_shape (60, 300, 2400, 4);
  g_autoptr (MatineeModel) model = fixture_trained (data, "exact", 2, 1);
  const MatineeSparse *by_user = model->split->train_by_user;
  MatineePenalty penalty = { .bias_regularization = 2, .count_exponent = 0.5 };
  float users[60], movies[300];
  double gradient[300] = { 0 };

  g_assert_true (matinee_bias_only_fit (model->split, &penalty, NULL, NULL, users, movies, NULL));
  for (guint32 user = 0; user < 60; user++)
    {
      double own = sqrt ((double) matinee_sparse_row_length (by_user, user)) * 2 * (double) users[user];

      for (gsize j = by_user->offsets[user]; j < by_user->offsets[user + 1]; j++)
        {
          guint32 movie = by_user->columns[j];
          double e = (double) matinee_sparse_value (by_user, j) - model->split->train_mean - (double) users[user]
                     - (double) movies[movie];

          own -= e;
          gradient[movie] -= e;
        }
      g_assert_cmpfloat_with_epsilon (own, 0, 1e-3);
    }
  for (guint32 movie = 0; movie < 300; movie++)
    {
      double n = (double) matinee_sparse_row_length (model->split->train_by_movie, movie);

      g_assert_cmpfloat_with_epsilon (gradient[movie] + sqrt (n) * 2 * (double) movies[movie], 0, 1e-3);
    }
}

static void
test_options (void)
{
  MatineeRankingOptions options;

  matinee_ranking_options_init (&options, 0.5, 5);
  g_assert_cmpuint (options.n, ==, 10);
  g_assert_cmpfloat (options.threshold, ==, 4);
  matinee_ranking_options_init (&options, 1, 5);
  g_assert_cmpfloat (options.threshold, ==, 4);
  matinee_ranking_options_init (&options, 1, 10);
  g_assert_cmpfloat (options.threshold, ==, 8);
  matinee_ranking_options_init (&options, 0, 1);
  g_assert_cmpfloat (options.threshold, ==, 0.75);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ranking/by-hand", test_by_hand);
  g_test_add_func ("/ranking/extremes", test_extremes);
  g_test_add ("/ranking/model", Fixture, NULL, set_up, test_model, tear_down);
  g_test_add ("/ranking/popular", Fixture, NULL, set_up, test_popular, tear_down);
  g_test_add ("/ranking/bias", Fixture, NULL, set_up, test_bias, tear_down);
  g_test_add ("/ranking/limits", Fixture, NULL, set_up, test_limits, tear_down);
  g_test_add_func ("/ranking/against-lists", test_against_lists);
  g_test_add_func ("/ranking/bias-only", test_bias_only);
  g_test_add_func ("/ranking/options", test_options);
  return g_test_run ();
}
