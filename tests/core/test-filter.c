/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-filter.h"

#include <math.h>

#include "fixture.h"
#include "matinee-recommender.h"

#define N NAN

static const FixtureFilm films[] = {
  { "The General (1926)", "Action|Comedy" },
  { "Sunrise (1927)", "Drama|Romance" },
  { "Metropolis (1927)", "Sci-Fi" },
  { "Undated", "Comedy" },
  { "The Kid (1921)", "Comedy|Drama" },
  { "Sherlock Jr. (1924)", "" },
  { NULL },
};

/* Ratings of each film: 3, 2, 1, 3, 0, 1 */
static const float table[3 * 6] = {
  4, 3, 5, 2, N, N, /**/
  5, 4, N, 3, N, N, /**/
  4, N, N, 1, N, 2, /**/
};

typedef struct
{
  MatineeSparse *by_user;
  MatineeDataset *dataset;
  MatineeFilmStats *stats;
  MatineeModel *model;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->by_user = fixture_sparse (3, 6, table);
  fixture->dataset = fixture_dataset (fixture->by_user, films);
  fixture->stats = matinee_film_stats_new (fixture->by_user, NULL);
  fixture->model = fixture_model (matinee_factors_new (3, 6, 2, NULL), "exact");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  matinee_sparse_free (fixture->by_user);
  matinee_dataset_unref (fixture->dataset);
  matinee_film_stats_free (fixture->stats);
  matinee_model_unref (fixture->model);
}

/* The indices of the films that pass, as a string of digits. */
static void
assert_allowed (Fixture *fixture, const MatineeFilterSpec *spec, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeFilter) filter = matinee_filter_new (fixture->dataset, fixture->stats, spec, &error);
  g_autoptr (GString) allowed = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint32 movie = 0; movie < filter->n_movies; movie++)
    {
      g_assert_cmpint (filter->allowed[movie], ==, filter->reasons[movie] == 0);
      if (filter->allowed[movie])
        g_string_append_printf (allowed, "%u", movie);
    }
  g_assert_cmpstr (allowed->str, ==, expected);
  g_assert_cmpuint (filter->n_allowed, ==, allowed->len);
}

static void
test_allowed (Fixture *fixture, gconstpointer data)
{
  static const char *const comedy[] = { "comedy", NULL };
  static const char *const two[] = { "Romance", "Sci-Fi", NULL };
  static const char *const part[] = { "Sci", NULL };
  static const char *const none[] = { NULL };

  assert_allowed (fixture, &(MatineeFilterSpec){ 0 }, "012345");
  assert_allowed (fixture, &(MatineeFilterSpec){ .genres = none }, "012345");
  assert_allowed (fixture, &(MatineeFilterSpec){ .genres = comedy }, "034");
  assert_allowed (fixture, &(MatineeFilterSpec){ .genres = two }, "12");
  assert_allowed (fixture, &(MatineeFilterSpec){ .genres = part }, "");
  assert_allowed (fixture, &(MatineeFilterSpec){ .year_from = 1926 }, "012");
  assert_allowed (fixture, &(MatineeFilterSpec){ .year_to = 1926 }, "045");
  assert_allowed (fixture, &(MatineeFilterSpec){ .year_from = 1922, .year_to = 1926 }, "05");
  assert_allowed (fixture, &(MatineeFilterSpec){ .min_ratings = 1 }, "01235");
  assert_allowed (fixture, &(MatineeFilterSpec){ .min_ratings = 3 }, "03");
}

static void
test_stats (Fixture *fixture, gconstpointer data)
{
  static const guint32 counts[] = { 3, 2, 1, 3, 0, 1 };
  guint32 count;

  for (guint i = 0; i < 6; i++)
    g_assert_cmpuint (fixture->stats->counts[i], ==, counts[i]);
  g_assert_cmpfloat_with_epsilon (fixture->stats->means[0], 13.0 / 3, 1e-6);
  g_assert_true (isnan (fixture->stats->means[4]));
  /* Sorted: 0 1 1 2 3 3 */
  g_assert_true (matinee_film_stats_find_percentile (fixture->stats, 0.5, &count, NULL));
  g_assert_cmpuint (count, ==, 2);
  g_assert_true (matinee_film_stats_find_percentile (fixture->stats, 0, &count, NULL));
  g_assert_cmpuint (count, ==, 0);
  g_assert_true (matinee_film_stats_find_percentile (fixture->stats, 1, &count, NULL));
  g_assert_cmpuint (count, ==, 3);
}

static void
test_hidden_counts (Fixture *fixture, gconstpointer data)
{
  static const char *const comedy[] = { "Comedy", NULL };
  MatineeFilterSpec spec = { .genres = comedy, .year_from = 1900, .min_ratings = 2 };
  g_autoptr (MatineeFilter) filter = matinee_filter_new (fixture->dataset, fixture->stats, &spec, NULL);
  MatineeQuery query = { .n = 10, .filter = filter };
  g_autoptr (MatineeTopN) third = NULL;
  g_autoptr (MatineeTopN) all = NULL;
  MatineeHiddenReason reason;

  /* Third user has rated 0, 3 and 5. Film 0: rated; 1: genre; 2: genre, count; 3: year,
   * rated; 4: count; 5: genre, count, rated. */
  matinee_query_exclude_row (&query, fixture->by_user, 2);
  third = matinee_recommender_top_user (fixture->model, 2, &query, NULL);
  g_assert_cmpuint (third->n, ==, 0);
  g_assert_cmpuint (third->n_hidden, ==, 3);
  g_assert_cmpuint (third->hidden.total, ==, 6);
  g_assert_cmpuint (third->hidden.by[MATINEE_HIDDEN_RATED], ==, 3);
  g_assert_cmpuint (third->hidden.by[MATINEE_HIDDEN_GENRE], ==, 3);
  g_assert_cmpuint (third->hidden.by[MATINEE_HIDDEN_YEAR], ==, 1);
  g_assert_cmpuint (third->hidden.by[MATINEE_HIDDEN_COUNT], ==, 3);
  g_assert_cmpuint (third->hidden.only[MATINEE_HIDDEN_RATED], ==, 1);
  g_assert_cmpuint (third->hidden.only[MATINEE_HIDDEN_GENRE], ==, 1);
  g_assert_cmpuint (third->hidden.only[MATINEE_HIDDEN_YEAR], ==, 0);
  g_assert_cmpuint (third->hidden.only[MATINEE_HIDDEN_COUNT], ==, 1);

  all = matinee_recommender_top_user (fixture->model, 2, &(MatineeQuery){ .n = 10, .filter = filter }, NULL);
  g_assert_cmpuint (all->n, ==, 1);
  g_assert_cmpuint (all->items[0].movie, ==, 0);
  g_assert_cmpuint (all->n_hidden, ==, 0);
  g_assert_cmpuint (all->hidden.total, ==, 5);
  g_assert_true (matinee_hidden_find_loosest (&all->hidden, &reason));
  g_assert_cmpint (reason, ==, MATINEE_HIDDEN_GENRE);
}

/* The empty state names the filter to loosen. */
static void
test_loosest (Fixture *fixture, gconstpointer data)
{
  MatineeHidden hidden = { 0 };
  MatineeHiddenReason reason;

  g_assert_false (matinee_hidden_find_loosest (&hidden, &reason));
  matinee_hidden_add (&hidden, 1 << MATINEE_HIDDEN_GENRE | 1 << MATINEE_HIDDEN_YEAR);
  matinee_hidden_add (&hidden, 1 << MATINEE_HIDDEN_COUNT | 1 << MATINEE_HIDDEN_YEAR);
  g_assert_true (matinee_hidden_find_loosest (&hidden, &reason));
  g_assert_cmpint (reason, ==, MATINEE_HIDDEN_YEAR);
  matinee_hidden_add (&hidden, 1 << MATINEE_HIDDEN_COUNT);
  g_assert_true (matinee_hidden_find_loosest (&hidden, &reason));
  g_assert_cmpint (reason, ==, MATINEE_HIDDEN_COUNT);
  g_assert_cmpuint (hidden.total, ==, 3);
}

static void
test_genres (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) genres = matinee_filter_list_genres (fixture->dataset);
  g_autofree char *joined = g_strjoinv (" ", genres);
  g_autoptr (MatineeDataset) bare = fixture_dataset (fixture->by_user, NULL);
  g_auto (GStrv) none = matinee_filter_list_genres (bare);

  g_assert_cmpstr (joined, ==, "Action Comedy Drama Romance Sci-Fi");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/filter/allowed", Fixture, NULL, set_up, test_allowed, tear_down);
  g_test_add ("/filter/stats", Fixture, NULL, set_up, test_stats, tear_down);
  g_test_add ("/filter/hidden-counts", Fixture, NULL, set_up, test_hidden_counts, tear_down);
  g_test_add ("/filter/loosest", Fixture, NULL, set_up, test_loosest, tear_down);
  g_test_add ("/filter/genres", Fixture, NULL, set_up, test_genres, tear_down);
  return g_test_run ();
}
