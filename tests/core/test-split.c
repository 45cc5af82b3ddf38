/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "check-split.h"
#include "failing-memory.h"
#include "matinee-error.h"
#include "matinee-memory.h"
#include "matinee-split.h"
#include "sample-triples.h"

static void
test_random (void)
{
  static const double shares[] = { 0, 0.001, 0.1, 0.3, 0.5, 0.95 };
  static const SampleTriples shapes[] = {
    { .n_users = 1, .n_movies = 1, .n = 1, .n_levels = 1 },
    { .n_users = 2, .n_movies = 2, .n = 2, .n_levels = 1 },
    { .n_users = 50, .n_movies = 400, .n = 9999, .n_levels = 10 },
    { .n_users = 200, .n_movies = 20, .n = 1000, .n_levels = 900 },
    { .n_users = 600, .n_movies = 1000, .n = 300000, .n_levels = 10 },
  };

  for (gsize s = 0; s < G_N_ELEMENTS (shapes); s++)
    for (gsize h = 0; h < G_N_ELEMENTS (shares); h++)
      {
        g_autoptr (MatineePool) pool = matinee_pool_new (2);
        g_autoptr (MatineeRatings) ratings = sample_ratings (&shapes[s], pool);
        g_autoptr (MatineeSplit) split = matinee_split_new_random (ratings, shares[h], 42, pool, NULL, NULL);
        gsize n = matinee_ratings_get_n (ratings);

        g_assert_nonnull (split);
        g_assert_cmpuint (split->test_by_user->n_entries, ==, MIN ((gsize) round (shares[h] * (double) n), n - 1));
        assert_divides (split, ratings->by_user);
        for (guint threads = 1; threads <= 5; threads += 4)
          {
            g_autoptr (MatineePool) other = matinee_pool_new (threads);
            g_autoptr (MatineeSplit) again = matinee_split_new_random (ratings, shares[h], 42, other, NULL, NULL);

            assert_same_split (split, again);
          }
      }
}

/* Another seed is another split: two independent ones share about 9 % of all in
 * their tests of 30 %, and each user and movie has its part of the test. */
static void
test_seeds (void)
{
  SampleTriples shape = { .n_users = 100, .n_movies = 1000, .n = 50000, .n_levels = 10, .distinct = TRUE };
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  g_autoptr (MatineeRatings) ratings = sample_ratings (&shape, pool);
  g_autoptr (MatineeSplit) one = matinee_split_new_random (ratings, 0.3, 1, pool, NULL, NULL);
  g_autoptr (MatineeSplit) two = matinee_split_new_random (ratings, 0.3, 2, pool, NULL, NULL);
  gsize both = 0;
  double chi = 0;

  for (guint32 row = 0; row < 100; row++)
    {
      double n = (double) matinee_sparse_row_length (ratings->by_user, row);
      double in_test = (double) matinee_sparse_row_length (one->test_by_user, row);

      chi += (in_test - 0.3 * n) * (in_test - 0.3 * n) / (n * 0.3 * 0.7);
      for (gsize e = one->test_by_user->offsets[row]; e < one->test_by_user->offsets[row + 1]; e++)
        both += matinee_sparse_contains (two->test_by_user, row, one->test_by_user->columns[e], NULL);
    }
  g_assert_cmpfloat_with_epsilon ((double) both / 50000, 0.09, 5 * sqrt (0.09 * 0.91 / 50000));
  g_assert_cmpfloat_with_epsilon (chi, 100, 5 * sqrt (200));
}

static void
test_bad_share (void)
{
  static const double shares[] = { -0.1, 0.951, 1, NAN, INFINITY };
  SampleTriples shape = { .n_users = 5, .n_movies = 5, .n = 20, .n_levels = 2 };
  g_autoptr (MatineeRatings) ratings = sample_ratings (&shape, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (matinee_split_new_random (ratings, shares[i], 1, NULL, NULL, &error));
      g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS);
      g_assert_nonnull (strstr (error->message, "from 0 to 0.95"));
    }
}

static MatineeRatings *
make_ratings (MatineeIds *users, MatineeIds *movies, const guint32 (*pairs)[2], const float *values, gsize n)
{
  MatineeTriples triples;

  g_assert_true (matinee_triples_alloc (&triples, n, FALSE, NULL));
  for (gsize i = 0; i < n; i++)
    {
      triples.users[i] = pairs[i][0];
      triples.movies[i] = pairs[i][1];
      triples.values[i] = values[i];
    }
  return matinee_ratings_new (users, movies, &triples, NULL, NULL, NULL);
}

/* Train has users 10, 20 and movies 7, 14, 21; test has users 10 … 30 as text
 * and movies 14, 28. */
static void
test_given (void)
{
  static const guint32 train_pairs[][2] = { { 0, 0 }, { 0, 2 }, { 1, 1 } };
  static const guint32 test_pairs[][2] = { { 0, 0 }, { 1, 1 }, { 2, 0 }, { 3, 1 }, { 1, 0 } };
  static const char *const test_user_ids[] = { "10", "20", "30", "x" };
  g_autoptr (MatineeIds) train_users = sample_ids (2, 10);
  g_autoptr (MatineeIds) train_movies = sample_ids (3, 7);
  g_autoptr (MatineeIds) test_users = matinee_ids_new_text (test_user_ids, 4, NULL);
  g_autoptr (MatineeIds) test_movies = sample_ids (2, 14);
  g_autoptr (MatineeRatings) train = make_ratings (train_users, train_movies, train_pairs, (float[]){ 1, 2, 4 }, 3);
  g_autoptr (MatineeRatings) test
      = make_ratings (test_users, test_movies, test_pairs, (float[]){ 3, 5, 3, 3, 0.5f }, 5);
  g_autoptr (MatineeRatings) joined = NULL;
  g_autoptr (MatineeSplit) split = matinee_split_new_given (train, test, &joined, NULL, NULL, NULL);
  guint32 user = 9, movie = 9;
  float value;

  g_assert_nonnull (split);
  g_assert_cmpuint (matinee_ratings_get_n_users (joined), ==, 4);
  g_assert_cmpint (matinee_ids_get_kind (joined->users), ==, MATINEE_IDS_TEXT);
  g_assert_cmpuint (matinee_ratings_get_n_movies (joined), ==, 4);
  g_assert_cmpint (matinee_ids_get_kind (joined->movies), ==, MATINEE_IDS_INTEGER);
  g_assert_cmpuint (matinee_ratings_get_n (joined), ==, 7);
  g_assert_cmpuint (joined->n_duplicates, ==, 1);
  g_assert_cmpuint (split->train_by_user->n_entries, ==, 3);
  g_assert_cmpuint (split->test_by_user->n_entries, ==, 5);
  g_assert_cmpuint (split->n_cold_users, ==, 2);
  g_assert_cmpuint (split->n_cold_movies, ==, 1);
  g_assert_cmpuint (split->n_cold_test, ==, 3);
  g_assert_cmpfloat_with_epsilon (split->train_mean, 7 / 3.0, 1e-12);
  g_assert_cmpfloat (split->low, ==, 0.5f);
  g_assert_cmpfloat (split->high, ==, 5);

  g_assert_true (matinee_ids_find (joined->users, "20", &user));
  g_assert_true (matinee_ids_find (joined->movies, "14", &movie));
  g_assert_true (matinee_sparse_contains (split->train_by_user, user, movie, &value));
  g_assert_cmpfloat (value, ==, 4);
  g_assert_true (matinee_sparse_contains (split->test_by_user, user, movie, &value));
  g_assert_cmpfloat (value, ==, 0.5f);
  g_assert_true (matinee_sparse_contains (joined->by_user, user, movie, &value));
  g_assert_cmpfloat (value, ==, 0.5f);
  g_assert_true (matinee_ids_find (joined->users, "x", &user));
  g_assert_true (matinee_ids_find (joined->movies, "28", &movie));
  g_assert_true (matinee_sparse_contains (split->test_by_user, user, movie, &value));
}

static void
test_stop (void)
{
  SampleTriples shape = { .n_users = 5, .n_movies = 5, .n = 20, .n_levels = 2 };
  g_autoptr (MatineeRatings) ratings = sample_ratings (&shape, NULL);
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  g_autoptr (GError) error = NULL;
  MatineeStop stop = { 0 };

  matinee_stop_request (&stop);
  g_assert_null (matinee_split_new_random (ratings, 0.3, 1, pool, &stop, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
}

/* Each allocation fails once: a clear error, and nothing is left behind. */
static void
test_out_of_memory (void)
{
  SampleTriples shape = { .n_users = 60, .n_movies = 50, .n = 500, .n_levels = 9 };
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  g_autoptr (MatineeRatings) ratings = sample_ratings (&shape, pool);
  int before = failing_memory_get_n_live ();

  for (int given = 0; given < 2; given++)
    {
      int failures = 0;

      for (gboolean failed = TRUE; failed; failures++)
        {
          g_autoptr (MatineeRatings) joined = NULL;
          g_autoptr (MatineeSplit) split = NULL;
          g_autoptr (GError) error = NULL;

          failing_memory_fail_at (failures);
          if (given)
            split = matinee_split_new_given (ratings, ratings, &joined, pool, NULL, &error);
          else
            split = matinee_split_new_random (ratings, 0.3, 1, pool, NULL, &error);
          failed = failing_memory_has_failed ();
          failing_memory_stop ();
          if (failed)
            g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_MEMORY);
          else
            g_assert_no_error (error);
        }
      g_assert_cmpint (failures, >, 10);
      g_assert_cmpint (failing_memory_get_n_live (), ==, before);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/split/random", test_random);
  g_test_add_func ("/split/seeds", test_seeds);
  g_test_add_func ("/split/bad-share", test_bad_share);
  g_test_add_func ("/split/given", test_given);
  g_test_add_func ("/split/stop", test_stop);
  g_test_add_func ("/split/out-of-memory", test_out_of_memory);
  return g_test_run ();
}
