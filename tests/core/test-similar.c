/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-similar.h"

#include <math.h>

#include "fixture.h"
#include "matinee-fans.h"
#include "matinee-histogram.h"
#include "matinee-profile.h"

static void
set_movie (MatineeFactors *factors, guint32 movie, float a, float b)
{
  factors->movie_factors[movie * factors->stride] = a;
  factors->movie_factors[movie * factors->stride + 1] = b;
}

/* Film 1 points the same way as film 0 but has three ratings; film 2 nearly so, with
 * a hundred; film 3 is opposite, film 4 unknown, film 5 across. */
static MatineeModel *
make_model (void)
{
  MatineeFactors *factors = matinee_factors_new (3, 6, 2, NULL);

  set_movie (factors, 0, 1, 0);
  set_movie (factors, 1, 5, 0);
  set_movie (factors, 2, 0.4f, 0.3f);
  set_movie (factors, 3, -2, 0);
  set_movie (factors, 5, 0, 2);
  return fixture_model (factors, "exact");
}

static void
test_similar (void)
{
  static guint32 counts[] = { 80, 3, 100, 60, 0, 80 };
  static const guint32 order[] = { 2, 1, 5, 3 };
  MatineeFilmStats stats = { .n_movies = 6, .counts = counts };
  g_autoptr (MatineeModel) model = make_model ();
  MatineeQuery query = { .n = 10 };
  g_autoptr (MatineeTopN) list = matinee_similar_movies (model, 0, &stats, 20, &query, NULL);
  g_autoptr (MatineeTopN) alone = matinee_similar_movies (model, 4, &stats, 20, &query, NULL);

  g_assert_cmpuint (list->n, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (list->items[i].movie, ==, order[i]);
  /* cos · m / (m + 20): 0.8 · 80/100, 1 · 3/23, 0, −1 · 60/80 */
  g_assert_cmpfloat_with_epsilon (list->items[0].score, 0.64, 1e-6);
  g_assert_cmpfloat_with_epsilon (list->items[1].score, 3.0 / 23, 1e-6);
  g_assert_cmpfloat_with_epsilon (list->items[2].score, 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (list->items[3].score, -0.75, 1e-6);
  g_assert_cmpuint (alone->n, ==, 0);
}

/* Where no rating is known, cosines alone. */
static void
test_similar_uncounted (void)
{
  static guint32 none[6];
  static guint32 many[] = { 1000000, 1000000, 1000000, 1000000, 1000000, 1000000 };
  g_autoptr (MatineeModel) model = make_model ();
  MatineeFilmStats stats = { .n_movies = 6, .counts = none };
  MatineeFilmStats trusted = { .n_movies = 6, .counts = many };
  MatineeQuery query = { .n = 6 };
  g_autoptr (MatineeTopN) list = matinee_similar_movies (model, 0, &stats, 20, &query, NULL);
  g_autoptr (MatineeTopN) expected = matinee_similar_movies (model, 0, &trusted, 20, &query, NULL);

  g_assert_cmpuint (list->n, ==, expected->n);
  for (guint i = 0; i < list->n; i++)
    {
      g_assert_cmpuint (list->items[i].movie, ==, expected->items[i].movie);
      g_assert_cmpfloat_with_epsilon (list->items[i].score, expected->items[i].score, 1e-4f);
    }
}

static void
test_similar_query (void)
{
  static guint32 counts[] = { 80, 3, 100, 60, 0, 80 };
  static guint8 reasons[] = { 0, 0, 1 << MATINEE_HIDDEN_GENRE, 0, 0, 0 };
  static const guint32 excluded[] = { 5 };
  MatineeFilmStats stats = { .n_movies = 6, .counts = counts };
  MatineeFilter filter = { .n_movies = 6, .reasons = reasons };
  g_autoptr (MatineeModel) model = make_model ();
  MatineeQuery query = { .n = 10, .excluded = excluded, .n_excluded = 1, .filter = &filter };
  g_autoptr (MatineeTopN) list = matinee_similar_movies (model, 0, &stats, 20, &query, NULL);

  g_assert_cmpuint (list->n, ==, 2);
  g_assert_cmpuint (list->items[0].movie, ==, 1);
  g_assert_cmpuint (list->items[1].movie, ==, 3);
  g_assert_cmpuint (list->hidden.total, ==, 2);
}

#define N NAN

static const float table[4 * 3] = {
  5, 1, N, /**/
  4, N, 2, /**/
  5, 3, N, /**/
  N, 4, 4, /**/
};

static void
test_fans (void)
{
  g_autoptr (MatineeSparse) by_user = fixture_sparse (4, 3, table);
  g_autoptr (MatineeSparse) by_movie = synthetic_transpose (by_user);
  MatineeFactors *factors = matinee_factors_new (4, 3, 1, NULL);
  g_autoptr (MatineeModel) model = fixture_model (factors, "exact");
  g_autoptr (MatineeFans) given = NULL, predicted = NULL;

  factors->mean = 3;
  for (guint32 user = 0; user < 4; user++)
    factors->user_biases[user] = 0.25f * (float) user;
  given = matinee_fans_new_given (model, by_movie, 0, 10, NULL);
  g_assert_cmpuint (given->n, ==, 3);
  /* Both gave five stars: the higher prediction comes first. */
  g_assert_cmpuint (given->items[0].user, ==, 2);
  g_assert_cmpuint (given->items[1].user, ==, 0);
  g_assert_cmpuint (given->items[2].user, ==, 1);
  g_assert_cmpfloat (given->items[2].rating, ==, 4);
  g_assert_cmpfloat_with_epsilon (given->items[2].prediction, 3.25, 1e-9);
  predicted = matinee_fans_new_predicted (model, by_user, 0, 2, NULL);
  g_assert_cmpuint (predicted->n, ==, 2);
  g_assert_cmpuint (predicted->items[0].user, ==, 3);
  g_assert_true (isnan (predicted->items[0].rating));
  g_assert_cmpuint (predicted->items[1].user, ==, 2);
  g_assert_cmpfloat (predicted->items[1].rating, ==, 5);
  g_assert_cmpfloat_with_epsilon (predicted->items[1].prediction, 3.5, 1e-9);
}

static void
test_histogram (void)
{
  g_autoptr (MatineeSparse) by_user = fixture_sparse (4, 3, table);
  static const guint32 lengths[] = { 30, 12 };
  g_autoptr (Synthetic) coded = synthetic_from_lengths (lengths, 2, 60, TRUE, 4);
  MatineeHistogram all, row, plain, single, levels;

  matinee_histogram_init (&all, 1, 5, 1);
  matinee_histogram_add_all (&all, by_user);
  g_assert_cmpuint (all.n_bins, ==, 5);
  g_assert_cmpuint (all.n, ==, 8);
  g_assert_cmpuint (all.counts[0], ==, 1);
  g_assert_cmpuint (all.counts[3], ==, 3);
  g_assert_cmpuint (all.counts[4], ==, 2);
  g_assert_cmpfloat (matinee_histogram_get_share (&all, 4), ==, 0.25);
  matinee_histogram_init (&row, 1, 5, 1);
  matinee_histogram_add_row (&row, by_user, 3);
  g_assert_cmpuint (row.n, ==, 2);
  g_assert_cmpuint (row.counts[3], ==, 2);

  matinee_histogram_init (&plain, 0, 100, 0.001);
  g_assert_cmpuint (plain.n_bins, ==, 10);
  g_assert_cmpfloat (plain.first, ==, 5);
  matinee_histogram_add (&plain, 100);
  matinee_histogram_add (&plain, -3);
  matinee_histogram_add (&plain, 19.9);
  g_assert_cmpuint (plain.counts[9], ==, 1);
  g_assert_cmpuint (plain.counts[0], ==, 1);
  g_assert_cmpuint (plain.counts[1], ==, 1);

  matinee_histogram_init (&single, 3, 3, 0);
  g_assert_cmpfloat (matinee_histogram_get_share (&single, 0), ==, 0);
  matinee_histogram_add (&single, 3);
  g_assert_cmpfloat (matinee_histogram_get_share (&single, 0), ==, 1);

  /* Codes count as their values do. */
  matinee_histogram_init (&levels, 0.5, 5, 0.5);
  matinee_histogram_add_all (&levels, coded->by_user);
  for (gsize j = 0; j < coded->by_user->n_entries; j++)
    levels.counts[lrint (2 * (double) matinee_sparse_value (coded->by_user, j)) - 1]--;
  for (guint bin = 0; bin < levels.n_bins; bin++)
    g_assert_cmpuint (levels.counts[bin], ==, 0);
}

static void
test_profile (void)
{
  g_autoptr (Synthetic) data = synthetic_from_shape (40, 400, 1200, 4);
  g_autoptr (MatineeModel) model = fixture_trained (data, "exact", 4, 3);
  MatineeErrors train = { 0 }, test = { 0 };
  gsize n = 0;

  for (guint32 user = 0; user < 40; user++)
    {
      g_autoptr (MatineeProfile) profile = matinee_profile_new (model, model->split, user, NULL);

      g_assert_cmpuint (profile->n, ==, matinee_sparse_row_length (data->by_user, user));
      for (gsize j = 0; j < profile->n; j++)
        {
          const MatineeProfileItem *item = &profile->items[j];

          g_assert_true (j == 0 || item->movie > profile->items[j - 1].movie);
          g_assert_true (matinee_sparse_contains (
              item->held_out ? model->split->test_by_user : model->split->train_by_user, user, item->movie, NULL));
          g_assert_cmpfloat (item->prediction, ==, matinee_model_predict (model, user, item->movie));
        }
      n += profile->n;
      train.squared += profile->train.squared;
      test.squared += profile->test.squared;
      train.n += profile->train.n;
      test.n += profile->test.n;
    }
  /* All users together are the population. */
  g_assert_cmpuint (n, ==, data->by_user->n_entries);
  g_assert_cmpfloat_with_epsilon (matinee_errors_rmse (&train), matinee_errors_rmse (&model->train), 1e-6);
  g_assert_cmpfloat_with_epsilon (matinee_errors_rmse (&test), matinee_errors_rmse (&model->test), 1e-6);
}

static void
test_profile_person (void)
{
  static const guint32 movies[] = { 3, 1 };
  static const float stars[] = { 5, 2 };
  g_autoptr (MatineeModel) model = fixture_model (synthetic_factors (1, 9, 6, 0.4, 6), "exact");
  g_autoptr (MatineePerson) person = matinee_person_new (model, movies, stars, 2, NULL);
  g_autoptr (MatineePerson) nobody = matinee_person_new (model, NULL, NULL, 0, NULL);
  g_autoptr (MatineeProfile) profile = matinee_profile_new_for_person (person, NULL);
  g_autoptr (MatineeProfile) empty = matinee_profile_new_for_person (nobody, NULL);

  g_assert_cmpuint (profile->n, ==, 2);
  g_assert_cmpfloat (profile->mean, ==, 3.5);
  g_assert_cmpuint (profile->items[1].movie, ==, 3);
  g_assert_cmpuint (profile->test.n, ==, 0);
  g_assert_cmpuint (empty->n, ==, 0);
  g_assert_true (isnan (empty->mean));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/similar/shrinkage", test_similar);
  g_test_add_func ("/similar/uncounted", test_similar_uncounted);
  g_test_add_func ("/similar/query", test_similar_query);
  g_test_add_func ("/similar/fans", test_fans);
  g_test_add_func ("/similar/histogram", test_histogram);
  g_test_add_func ("/profile/user", test_profile);
  g_test_add_func ("/profile/person", test_profile_person);
  return g_test_run ();
}
