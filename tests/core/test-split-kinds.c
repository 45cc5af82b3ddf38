/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "check-split.h"
#include "failing-memory.h"
#include "matinee-error.h"
#include "sample-triples.h"

/* Kinds of splits that are made of one set of ratings. */
#define N_KINDS MATINEE_SPLIT_GIVEN

static const SampleTriples shapes[] = {
  { .n_users = 2, .n_movies = 3, .n = 4, .n_levels = 2, .with_times = TRUE },
  { .n_users = 300, .n_movies = 40, .n = 900, .n_levels = 10, .with_times = TRUE },
  { .n_users = 50, .n_movies = 400, .n = 9999, .n_levels = 900, .with_times = TRUE, .seed = 3 },
  { .n_users = 500, .n_movies = 1000, .n = 300000, .n_levels = 10, .with_times = TRUE },
};

static void
set_params (MatineeParams *params, MatineeSplitKind kind)
{
  matinee_params_init (params, 1);
  params->split = kind;
  params->test_share = 0.25;
  params->test_count = 3;
  params->test_after = (gint64) 1 << 30; /* about half of the sample's times */
  params->folds = 4;
  params->fold = 2;
  params->seed = 42;
}

static MatineeSplit *
make (MatineeRatings *ratings, const MatineeParams *params, guint n_threads)
{
  g_autoptr (MatineePool) pool = matinee_pool_new (n_threads);
  g_autoptr (GError) error = NULL;
  MatineeSplit *split = matinee_split_new (ratings, params, pool, NULL, &error);

  g_assert_no_error (error);
  return split;
}

static gboolean
is_test (const MatineeSplit *split, guint32 user, guint32 movie)
{
  return matinee_sparse_contains (split->test_by_user, user, movie, NULL);
}

/* What each kind holds out of a user with @n ratings. */
static gsize
get_expected (MatineeSplitKind kind, gsize n)
{
  gsize wanted = kind == MATINEE_SPLIT_LEAVE_ONE_OUT ? 1
                 : kind == MATINEE_SPLIT_LATEST      ? 3
                                                     : (gsize) round (0.25 * (double) n);

  return MIN (wanted, n - (n > 0));
}

/* Every rating is in exactly one part, for any number of threads the same one. */
static void
test_all (void)
{
  for (gsize s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      g_autoptr (MatineeRatings) ratings = sample_ratings (&shapes[s], NULL);

      for (guint kind = 0; kind < N_KINDS; kind++)
        {
          g_autoptr (MatineeSplit) split = NULL;
          MatineeParams params;

          set_params (&params, kind);
          split = make (ratings, &params, 2);
          assert_divides (split, ratings->by_user);
          for (guint threads = 1; threads <= 5; threads += 4)
            {
              g_autoptr (MatineeSplit) again = make (ratings, &params, threads);

              assert_same_split (split, again);
            }
          g_assert_cmpint (MIN (split->train_period.first, split->test_period.first), ==, ratings->period.first);
          g_assert_cmpint (MAX (split->train_period.last, split->test_period.last), ==, ratings->period.last);
        }
    }
}

static void
test_users (void)
{
  static const MatineeSplitKind kinds[]
      = { MATINEE_SPLIT_PER_USER, MATINEE_SPLIT_LEAVE_ONE_OUT, MATINEE_SPLIT_LATEST, MATINEE_SPLIT_LATEST_SHARE };

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (MatineeRatings) ratings = sample_ratings (&shapes[1], NULL);
      const MatineeSparse *all = ratings->by_user;
      g_autoptr (MatineeSplit) split = NULL;
      MatineeParams params;
      guint32 n_short = 0;

      set_params (&params, kinds[k]);
      split = make (ratings, &params, 2);
      for (guint32 user = 0; user < all->n_rows; user++)
        {
          gsize n = matinee_sparse_row_length (all, user);

          g_assert_cmpuint (matinee_sparse_row_length (split->test_by_user, user), ==, get_expected (kinds[k], n));
          if (kinds[k] == MATINEE_SPLIT_LEAVE_ONE_OUT)
            n_short += n == 1;
          if (kinds[k] == MATINEE_SPLIT_LATEST)
            n_short += n > 0 && n <= 3;
        }
      g_assert_cmpuint (split->n_short_users, ==, n_short);
    }
}

/* No training rating of a user is later than a test rating of the same user. */
static void
test_latest (void)
{
  for (guint kind = MATINEE_SPLIT_LATEST; kind <= MATINEE_SPLIT_LATEST_SHARE; kind++)
    for (gsize s = 0; s < G_N_ELEMENTS (shapes); s++)
      {
        g_autoptr (MatineeRatings) ratings = sample_ratings (&shapes[s], NULL);
        const MatineeSparse *all = ratings->by_user;
        g_autoptr (MatineeSplit) split = NULL;
        MatineeParams params;

        set_params (&params, kind);
        split = make (ratings, &params, 2);
        for (guint32 user = 0; user < all->n_rows; user++)
          {
            MatineePeriod train = MATINEE_PERIOD_NEVER, test = MATINEE_PERIOD_NEVER;

            for (gsize e = all->offsets[user]; e < all->offsets[user + 1]; e++)
              matinee_period_add (is_test (split, user, all->columns[e]) ? &test : &train, ratings->times[e]);
            g_assert_true (matinee_period_is_never (&test) || train.last <= test.first);
          }
      }
}

/* Where all times are equal chance decides: each film is held out about as often. */
static void
test_ties (void)
{
  SampleTriples shape
      = { .n_users = 2000, .n_movies = 8, .n = 16000, .n_levels = 3, .distinct = TRUE, .with_times = TRUE };
  g_autoptr (MatineeRatings) ratings = sample_ratings (&shape, NULL);
  g_autoptr (MatineeSplit) one = NULL;
  g_autoptr (MatineeSplit) two = NULL;
  gsize counts[8] = { 0 }, same = 0;
  MatineeParams params;

  memset (ratings->times, 0, 16000 * sizeof (gint64));
  set_params (&params, MATINEE_SPLIT_LATEST);
  params.test_count = 1;
  one = make (ratings, &params, 2);
  params.seed++;
  two = make (ratings, &params, 2);
  for (guint32 user = 0; user < 2000; user++)
    {
      counts[one->test_by_user->columns[user]]++;
      same += one->test_by_user->columns[user] == two->test_by_user->columns[user];
    }
  for (gsize i = 0; i < 8; i++)
    g_assert_cmpfloat_with_epsilon ((double) counts[i], 250, 5 * sqrt (250.0 * 7 / 8));
  g_assert_cmpfloat_with_epsilon ((double) same, 250, 5 * sqrt (250.0 * 7 / 8));
}

static void
test_after (void)
{
  g_autoptr (MatineeRatings) ratings = sample_ratings (&shapes[2], NULL);
  const MatineeSparse *all = ratings->by_user;
  g_autoptr (MatineeSplit) split = NULL;
  MatineeParams params;

  set_params (&params, MATINEE_SPLIT_AFTER);
  params.test_after = ratings->times[77];
  split = make (ratings, &params, 2);
  for (guint32 user = 0; user < all->n_rows; user++)
    for (gsize e = all->offsets[user]; e < all->offsets[user + 1]; e++)
      g_assert_cmpint (is_test (split, user, all->columns[e]), ==, ratings->times[e] >= ratings->times[77]);
  g_assert_cmpint (split->train_period.last, <, ratings->times[77]);
  g_assert_cmpint (split->test_period.first, ==, ratings->times[77]);
}

/* The folds are of equal size, and each rating is in the test of exactly one. */
static void
test_folds (void)
{
  for (gsize s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      g_autoptr (MatineeRatings) ratings = sample_ratings (&shapes[s], NULL);
      const MatineeSparse *all = ratings->by_user;
      g_autofree guint8 *seen = g_malloc0 (all->n_entries);
      MatineeParams params;

      set_params (&params, MATINEE_SPLIT_FOLD);
      params.folds = s == 0 ? 2 : 7;
      for (params.fold = 1; params.fold <= params.folds; params.fold++)
        {
          g_autoptr (MatineeSplit) split = make (ratings, &params, 2);
          gsize n = split->test_by_user->n_entries;

          g_assert_cmpuint (n, >=, all->n_entries / params.folds);
          g_assert_cmpuint (n, <=, all->n_entries / params.folds + 1);
          for (guint32 user = 0; user < all->n_rows; user++)
            for (gsize e = all->offsets[user]; e < all->offsets[user + 1]; e++)
              seen[e] += is_test (split, user, all->columns[e]);
        }
      for (gsize e = 0; e < all->n_entries; e++)
        g_assert_cmpuint (seen[e], ==, 1);
    }
}

static void
assert_refused (MatineeRatings *ratings, const MatineeParams *params, int code, const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (matinee_split_new (ratings, params, NULL, NULL, &error));
  g_assert_error (error, MATINEE_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_refused (void)
{
  SampleTriples no_times = { .n_users = 5, .n_movies = 5, .n = 20, .n_levels = 2 };
  SampleTriples lonely = { .n_users = 1, .n_movies = 1, .n = 1, .n_levels = 1 };
  g_autoptr (MatineeRatings) without = sample_ratings (&no_times, NULL);
  g_autoptr (MatineeRatings) with = sample_ratings (&shapes[1], NULL);
  g_autoptr (MatineeRatings) single = sample_ratings (&lonely, NULL);
  MatineeParams params;

  for (guint kind = 0; kind < N_KINDS; kind++)
    if (matinee_split_info (kind)->needs_times)
      {
        set_params (&params, kind);
        assert_refused (without, &params, MATINEE_ERROR_DATA, "needs the time of each rating");
      }
  without->no_times = g_strdup ("the clock was broken");
  assert_refused (without, &params, MATINEE_ERROR_DATA, "the clock was broken");

  set_params (&params, MATINEE_SPLIT_AFTER);
  params.test_after = with->period.last + 1;
  assert_refused (with, &params, MATINEE_ERROR_DATA, "left to test with");
  params.test_after = with->period.first;
  assert_refused (with, &params, MATINEE_ERROR_DATA, "left to learn from");
  set_params (&params, MATINEE_SPLIT_LEAVE_ONE_OUT);
  assert_refused (single, &params, MATINEE_ERROR_DATA, "leaves no rating to test with");
  set_params (&params, MATINEE_SPLIT_FOLD);
  params.fold = 5;
  assert_refused (with, &params, MATINEE_ERROR_PARAMS, "only 4 folds");
  set_params (&params, MATINEE_SPLIT_GIVEN);
  assert_refused (with, &params, MATINEE_ERROR_DATA, "choose a file");
  params.split = MATINEE_N_SPLIT_KINDS;
  assert_refused (with, &params, MATINEE_ERROR_PARAMS, "Split");

  /* A share of nothing is what was asked for. */
  set_params (&params, MATINEE_SPLIT_PER_USER);
  params.test_share = 0;
  matinee_split_unref (make (with, &params, 1));
}

static void
test_out_of_memory (void)
{
  g_autoptr (MatineeRatings) ratings = sample_ratings (&shapes[1], NULL);
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  int before = failing_memory_get_n_live ();

  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      gboolean failed = TRUE;
      MatineeParams params;

      set_params (&params, kind);
      for (int failures = 0; failed; failures++)
        {
          g_autoptr (MatineeSplit) split = NULL;
          g_autoptr (GError) error = NULL;

          failing_memory_fail_at (failures);
          split = matinee_split_new (ratings, &params, pool, NULL, &error);
          failed = failing_memory_has_failed ();
          failing_memory_stop ();
          if (failed)
            g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_MEMORY);
          else
            g_assert_no_error (error);
        }
      g_assert_cmpint (failing_memory_get_n_live (), ==, before);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/split-kinds/all", test_all);
  g_test_add_func ("/split-kinds/users", test_users);
  g_test_add_func ("/split-kinds/latest", test_latest);
  g_test_add_func ("/split-kinds/ties", test_ties);
  g_test_add_func ("/split-kinds/after", test_after);
  g_test_add_func ("/split-kinds/folds", test_folds);
  g_test_add_func ("/split-kinds/refused", test_refused);
  g_test_add_func ("/split-kinds/out-of-memory", test_out_of_memory);
  return g_test_run ();
}
