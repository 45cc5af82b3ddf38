/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "failing-memory.h"
#include "matinee-error.h"
#include "matinee-levels.h"
#include "matinee-memory.h"
#include "matinee-sparse-build.h"
#include "sample-triples.h"

static const SampleTriples shapes[] = {
  { .n_users = 1, .n_movies = 1, .n = 1, .n_levels = 1 },
  { .n_users = 1, .n_movies = 500, .n = 2000, .n_levels = 10 },
  { .n_users = 500, .n_movies = 1, .n = 2000, .n_levels = 10 },
  { .n_users = 40, .n_movies = 60, .n = 5000, .n_levels = 10, .with_times = TRUE },
  { .n_users = 300, .n_movies = 70000, .n = 20000, .n_levels = 256 },
  { .n_users = 3, .n_movies = 1000, .n = 300000, .n_levels = 5 },
  { .n_users = 100, .n_movies = 100, .n = 5000, .n_levels = 3000, .with_times = TRUE },
};

static float
triple_value (const MatineeTriples *triples, gsize i)
{
  return triples->codes != NULL ? triples->levels[triples->codes[i]] : triples->values[i];
}

/* What must come out, found the slow way: the last triple of each pair. */
static void
check (const MatineeRatings *ratings, const MatineeTriples *triples)
{
  g_autoptr (GHashTable) last = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  const MatineeSparse *by_user = ratings->by_user;
  double sum = 0;
  float low = INFINITY, high = -INFINITY;

  for (gsize i = 0; i < triples->n; i++)
    {
      gint64 pair = (gint64) ((guint64) triples->users[i] << 32 | triples->movies[i]);

      g_hash_table_replace (last, g_memdup2 (&pair, sizeof pair), GSIZE_TO_POINTER (i));
    }
  g_assert_cmpuint (matinee_ratings_get_n (ratings), ==, g_hash_table_size (last));
  g_assert_cmpuint (ratings->n_duplicates, ==, triples->n - g_hash_table_size (last));
  for (guint32 row = 0; row < by_user->n_rows; row++)
    for (gsize e = by_user->offsets[row]; e < by_user->offsets[row + 1]; e++)
      {
        gint64 pair = (gint64) ((guint64) row << 32 | by_user->columns[e]);
        gpointer at;

        g_assert_true (e == by_user->offsets[row] || by_user->columns[e - 1] < by_user->columns[e]);
        g_assert_true (g_hash_table_lookup_extended (last, &pair, NULL, &at));
        g_assert_cmpfloat (matinee_sparse_value (by_user, e), ==, triple_value (triples, GPOINTER_TO_SIZE (at)));
        if (triples->times != NULL)
          g_assert_cmpint (ratings->times[e], ==, triples->times[GPOINTER_TO_SIZE (at)]);
        sum += (double) matinee_sparse_value (by_user, e);
        low = MIN (low, matinee_sparse_value (by_user, e));
        high = MAX (high, matinee_sparse_value (by_user, e));
      }
  g_assert_cmpfloat_with_epsilon (ratings->mean, sum / (double) by_user->n_entries, 1e-9 * (1 + fabs (ratings->mean)));
  g_assert_cmpfloat (ratings->low, ==, low);
  g_assert_cmpfloat (ratings->high, ==, high);
}

static void
test_order (void)
{
  static const guint threads[] = { 1, 2, 5 };

  for (gsize s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      g_autoptr (MatineeRatings) first = NULL;
      MatineeTriples reference;

      sample_triples_make (&shapes[s], &reference);
      for (gsize t = 0; t < G_N_ELEMENTS (threads); t++)
        {
          g_autoptr (MatineePool) pool = matinee_pool_new (threads[t]);
          g_autoptr (MatineeRatings) ratings = sample_ratings (&shapes[s], pool);

          check (ratings, &reference);
          if (first != NULL)
            assert_same_ratings (first, ratings);
          else
            first = matinee_ratings_ref (ratings);
        }
      matinee_triples_clear (&reference);
    }
}

/* The same lines in another order, or cut into chunks, are the same bytes. */
static void
test_permuted_and_cut (void)
{
  g_autoptr (MatineePool) pool = matinee_pool_new (3);

  for (int variant = 0; variant < 4; variant++)
    {
      SampleTriples shape = { .n_users = 700,
                              .n_movies = 300,
                              .n = 30000,
                              .n_levels = variant % 2 ? 1000 : 9,
                              .distinct = TRUE,
                              .with_times = variant / 2 };
      g_autoptr (MatineeIds) users = sample_ids (shape.n_users, 10);
      g_autoptr (MatineeIds) movies = sample_ids (shape.n_movies, 7);
      g_autoptr (MatineeRatings) expected = sample_ratings (&shape, pool);

      for (gsize n_chunks = 1; n_chunks < 40; n_chunks += 13)
        {
          g_autofree MatineeTriples *chunks = g_new0 (MatineeTriples, n_chunks);
          g_autoptr (MatineeRatings) ratings = NULL;
          g_autoptr (GError) error = NULL;
          MatineeTriples triples;

          sample_triples_make (&shape, &triples);
          sample_triples_permute (&triples, n_chunks);
          sample_triples_cut (&triples, chunks, n_chunks);
          ratings = matinee_ratings_new_chunked (users, movies, chunks, n_chunks, pool, NULL, &error);
          g_assert_no_error (error);
          assert_same_ratings (expected, ratings);
        }
    }
}

/* 257 levels are values, and become codes when there are 256. A level that only
 * a replaced rating had is gone. */
static void
test_levels (void)
{
  g_autoptr (MatineeIds) users = sample_ids (2, 1);
  g_autoptr (MatineeIds) movies = sample_ids (300, 1);

  for (guint n = 255; n <= 257; n++)
    {
      g_autoptr (MatineeRatings) ratings = NULL;
      MatineeTriples triples;

      g_assert_true (matinee_triples_alloc (&triples, n + 1, FALSE, NULL));
      for (guint i = 0; i <= n; i++)
        {
          triples.users[i] = i == n;
          triples.movies[i] = i % n;
          triples.values[i] = i % n == 5 ? -0.0f : (float) (i % n) - 5;
        }
      ratings = matinee_ratings_new (users, movies, &triples, NULL, NULL, NULL);
      g_assert_cmpuint (ratings->n_levels, ==, n <= 256 ? n : 0);
      g_assert_cmpint (ratings->by_user->codes != NULL, ==, n <= 256);
      g_assert_cmpfloat (ratings->step, ==, n <= 256 ? 1 : 0);
      g_assert_false (signbit (matinee_sparse_value (ratings->by_user, 5)));
    }

  {
    g_autoptr (MatineeRatings) ratings = NULL;
    MatineeTriples triples;

    g_assert_true (matinee_triples_alloc (&triples, 3, TRUE, NULL));
    memcpy (triples.users, (guint32[]){ 0, 0, 0 }, 12);
    memcpy (triples.movies, (guint32[]){ 4, 2, 4 }, 12);
    memcpy (triples.codes, (guint8[]){ 0, 1, 2 }, 3);
    memcpy (triples.levels, (float[]){ 99, 1, 3 }, 12);
    ratings = matinee_ratings_new (users, movies, &triples, NULL, NULL, NULL);
    g_assert_cmpuint (ratings->n_levels, ==, 2);
    g_assert_cmpuint (ratings->n_duplicates, ==, 1);
    g_assert_cmpfloat (ratings->high, ==, 3);
    g_assert_cmpfloat (ratings->mean, ==, 2);
    g_assert_cmpfloat (ratings->step, ==, 2);
    g_assert_cmpfloat (matinee_sparse_value (ratings->by_user, 1), ==, 3);
  }
}

static void
test_step (void)
{
  g_assert_cmpfloat (matinee_levels_find_step ((float[]){ 0.5f, 1, 1.5f, 5 }, 4), ==, 0.5f);
  g_assert_cmpfloat (matinee_levels_find_step ((float[]){ 1, 2, 5 }, 3), ==, 1);
  g_assert_cmpfloat (matinee_levels_find_step ((float[]){ 0, 1 }, 2), ==, 1);
  g_assert_cmpfloat (matinee_levels_find_step ((float[]){ 0, 2, 5 }, 3), ==, 1);
  g_assert_cmpfloat (matinee_levels_find_step ((float[]){ -10, 0, 10 }, 3), ==, 10);
  g_assert_cmpfloat_with_epsilon (matinee_levels_find_step ((float[]){ 0.1f, 0.2f, 0.7f, 4.9f }, 4), 0.1f, 1e-4f);
  g_assert_cmpfloat (matinee_levels_find_step ((float[]){ 3 }, 1), ==, 0);
  g_assert_cmpfloat (matinee_levels_find_step ((float[]){ 0, 1, 3.14159f }, 3), ==, 0);
  g_assert_cmpfloat (matinee_levels_find_step ((float[]){ 0, 1e-30f, 1e30f }, 3), ==, 0);
}

static void
test_transpose (void)
{
  for (gsize s = 0; s < G_N_ELEMENTS (shapes); s++)
    for (guint threads = 1; threads < 6; threads += 2)
      {
        g_autoptr (MatineePool) pool = matinee_pool_new (threads);
        g_autoptr (MatineeRatings) ratings = sample_ratings (&shapes[s], pool);
        g_autoptr (MatineeSparse) turned = matinee_sparse_transpose (ratings->by_user, pool, NULL, NULL);
        g_autoptr (MatineeSparse) back = matinee_sparse_transpose (turned, pool, NULL, NULL);

        assert_same_sparse (ratings->by_user, back);
        for (guint32 row = 0; row < turned->n_rows; row++)
          for (gsize e = turned->offsets[row]; e < turned->offsets[row + 1]; e++)
            {
              float value;

              g_assert_true (e == turned->offsets[row] || turned->columns[e - 1] < turned->columns[e]);
              g_assert_true (matinee_sparse_contains (ratings->by_user, turned->columns[e], row, &value));
              g_assert_cmpfloat (value, ==, matinee_sparse_value (turned, e));
            }
      }
}

static void
test_nothing (void)
{
  g_autoptr (MatineeIds) none = sample_ids (0, 1);
  g_autoptr (GError) error = NULL;
  MatineeTriples triples;

  g_assert_true (matinee_triples_alloc (&triples, 0, TRUE, NULL));
  g_assert_null (matinee_ratings_new (none, none, &triples, NULL, NULL, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA);
}

static void
test_stop (void)
{
  const SampleTriples *shape = &shapes[3];
  g_autoptr (MatineeIds) users = sample_ids (shape->n_users, 10);
  g_autoptr (MatineeIds) movies = sample_ids (shape->n_movies, 7);
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  g_autoptr (GError) error = NULL;
  MatineeStop stop = { 0 };
  MatineeTriples triples;

  matinee_stop_request (&stop);
  sample_triples_make (shape, &triples);
  g_assert_null (matinee_ratings_new (users, movies, &triples, pool, &stop, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
  g_assert_null (triples.users);
}

/* Each allocation fails once: a clear error, and nothing is left behind. */
static void
test_out_of_memory (void)
{
  SampleTriples shape = { .n_users = 200, .n_movies = 100, .n = 5000, .n_levels = 9, .with_times = TRUE };
  int before = failing_memory_get_n_live ();
  int failures = 0;

  for (gboolean failed = TRUE; failed; failures++)
    {
      g_autoptr (MatineeIds) users = sample_ids (shape.n_users, 10);
      g_autoptr (MatineeIds) movies = sample_ids (shape.n_movies, 7);
      g_autoptr (MatineePool) pool = matinee_pool_new (2);
      g_autoptr (MatineeRatings) ratings = NULL;
      g_autoptr (MatineeSparse) turned = NULL;
      g_autoptr (GError) error = NULL;
      MatineeTriples triples;

      sample_triples_make (&shape, &triples);
      failing_memory_fail_at (failures);
      ratings = matinee_ratings_new (users, movies, &triples, pool, NULL, &error);
      if (ratings != NULL)
        turned = matinee_sparse_transpose (ratings->by_user, pool, NULL, &error);
      failed = failing_memory_has_failed ();
      failing_memory_stop ();
      if (!failed)
        g_assert_no_error (error);
      else
        {
          g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_MEMORY);
          g_assert_nonnull (strstr (error->message, "Not enough memory for"));
        }
    }
  g_assert_cmpint (failures, >, 8);
  g_assert_cmpint (failing_memory_get_n_live (), ==, before);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ratings/order", test_order);
  g_test_add_func ("/ratings/permuted-and-cut", test_permuted_and_cut);
  g_test_add_func ("/ratings/levels", test_levels);
  g_test_add_func ("/ratings/step", test_step);
  g_test_add_func ("/ratings/transpose", test_transpose);
  g_test_add_func ("/ratings/nothing", test_nothing);
  g_test_add_func ("/ratings/stop", test_stop);
  g_test_add_func ("/ratings/out-of-memory", test_out_of_memory);
  return g_test_run ();
}
