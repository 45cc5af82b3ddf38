/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-split.h"

#include "sample-triples.h"

void
assert_same_split (const MatineeSplit *a, const MatineeSplit *b)
{
  assert_same_sparse (a->train_by_user, b->train_by_user);
  assert_same_sparse (a->train_by_movie, b->train_by_movie);
  assert_same_sparse (a->test_by_user, b->test_by_user);
  g_assert_cmpmem (&a->train_mean, sizeof a->train_mean, &b->train_mean, sizeof b->train_mean);
  g_assert_cmpfloat (a->low, ==, b->low);
  g_assert_cmpfloat (a->high, ==, b->high);
  g_assert_cmpuint (a->n_cold_users, ==, b->n_cold_users);
  g_assert_cmpuint (a->n_cold_movies, ==, b->n_cold_movies);
  g_assert_cmpuint (a->n_cold_test, ==, b->n_cold_test);
  g_assert_cmpuint (a->n_short_users, ==, b->n_short_users);
  g_assert_cmpmem (&a->train_period, sizeof a->train_period, &b->train_period, sizeof b->train_period);
  g_assert_cmpmem (&a->test_period, sizeof a->test_period, &b->test_period, sizeof b->test_period);
}

/* Train and test together are all ratings, each once; counts are right. */
void
assert_divides (const MatineeSplit *split, const MatineeSparse *all)
{
  const MatineeSparse *train = split->train_by_user, *test = split->test_by_user;
  double sum = 0;
  guint32 cold_users = 0, cold_movies = 0;
  gsize cold_test = 0;

  g_assert_cmpuint (train->n_entries + test->n_entries, ==, all->n_entries);
  for (guint32 row = 0; row < all->n_rows; row++)
    {
      gsize in_train = train->offsets[row], in_test = test->offsets[row];

      for (gsize e = all->offsets[row]; e < all->offsets[row + 1]; e++)
        {
          gboolean is_train = in_train < train->offsets[row + 1] && train->columns[in_train] == all->columns[e];
          const MatineeSparse *where = is_train ? train : test;
          gsize at = is_train ? in_train++ : in_test++;
          float value;

          g_assert_cmpuint (where->columns[at], ==, all->columns[e]);
          g_assert_cmpfloat (matinee_sparse_value (where, at), ==, matinee_sparse_value (all, e));
          g_assert_cmpint (matinee_sparse_contains (split->train_by_movie, all->columns[e], row, &value), ==, is_train);
          if (is_train)
            sum += (double) value;
          else
            cold_test += matinee_sparse_row_length (train, row) == 0
                         || matinee_sparse_row_length (split->train_by_movie, all->columns[e]) == 0;
        }
      g_assert_cmpuint (in_train, ==, train->offsets[row + 1]);
      g_assert_cmpuint (in_test, ==, test->offsets[row + 1]);
      cold_users += matinee_sparse_row_length (train, row) == 0;
    }
  for (guint32 row = 0; row < all->n_columns; row++)
    cold_movies += matinee_sparse_row_length (split->train_by_movie, row) == 0;
  g_assert_cmpfloat_with_epsilon (split->train_mean, sum / (double) train->n_entries, 1e-9);
  g_assert_cmpuint (split->n_cold_users, ==, cold_users);
  g_assert_cmpuint (split->n_cold_movies, ==, cold_movies);
  g_assert_cmpuint (split->n_cold_test, ==, cold_test);
}
