/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-recommender.h"

#include <math.h>

#include "matinee-dataset.h"
#include "matinee-memory.h"
#include "synthetic.h"

static MatineeIds *
number (guint32 n, gint64 first)
{
  gint64 *ids = matinee_alloc (n, sizeof *ids, "test", NULL);

  for (guint32 i = 0; i < n; i++)
    ids[i] = first + i;
  return matinee_ids_new_integer (ids, n, NULL);
}

static MatineeModel *
make_model (guint32 n_users, guint32 n_movies, guint k, double scale)
{
  MatineeModel *model = g_new0 (MatineeModel, 1);

  g_atomic_ref_count_init (&model->ref_count);
  model->factors = synthetic_factors (n_users, n_movies, k, scale, 11);
  model->factors->mean = 3.5;
  model->users = number (n_users, 1);
  model->movies = number (n_movies, 1);
  model->low = 0.5f;
  model->high = 5.0f;
  model->trace = matinee_trace_new ();
  return model;
}

static void
test_against_sorting (void)
{
  g_autoptr (MatineeModel) model = make_model (10, 300, 9, 0.7);
  g_autoptr (Synthetic) data = synthetic_from_shape (10, 300, 700, 3);

  for (guint32 user = 0; user < 10; user++)
    {
      g_autoptr (MatineeTopN) all = matinee_recommender_top (model, user, 1000, NULL, NULL);
      g_autoptr (MatineeTopN) some = matinee_recommender_top (model, user, 25, data->by_user, NULL);
      guint next = 0;

      g_assert_cmpuint (all->n, ==, 300);
      g_assert_cmpuint (all->n_hidden, ==, 0);
      for (guint i = 0; i < all->n; i++)
        {
          g_assert_cmpfloat_with_epsilon (all->items[i].score, matinee_model_predict (model, user, all->items[i].movie),
                                          1e-5);
          if (i > 0)
            g_assert_cmpfloat (all->items[i].score, <=, all->items[i - 1].score);
        }
      /* The short list is the long one without what the user has rated. */
      for (guint i = 0; i < all->n && next < some->n; i++)
        if (!matinee_sparse_contains (data->by_user, user, all->items[i].movie, NULL))
          g_assert_cmpuint (some->items[next++].movie, ==, all->items[i].movie);
      g_assert_cmpuint (next, ==, 25);
      g_assert_cmpuint (some->n_hidden, ==, matinee_sparse_row_length (data->by_user, user));
    }
}

static void
test_ties (void)
{
  g_autoptr (MatineeModel) model = make_model (1, 50, 4, 0);
  g_autoptr (MatineeTopN) top = NULL;

  for (guint32 i = 0; i < 50; i++)
    model->factors->movie_biases[i] = i % 3 == 0 ? 1.0f : 0.0f;
  top = matinee_recommender_top (model, 0, 20, NULL, NULL);
  g_assert_cmpuint (top->n, ==, 20);
  for (guint i = 0; i < 17; i++)
    g_assert_cmpuint (top->items[i].movie, ==, 3 * i);
  g_assert_cmpuint (top->items[17].movie, ==, 1);
  g_assert_cmpuint (top->items[18].movie, ==, 2);
  g_assert_cmpuint (top->items[19].movie, ==, 4);
}

static void
test_nothing_left (void)
{
  g_autoptr (MatineeModel) model = make_model (1, 3, 2, 0.5);
  static const guint32 lengths[] = { 3 };
  g_autoptr (Synthetic) data = synthetic_from_lengths (lengths, 1, 3, FALSE, 1);
  g_autoptr (MatineeTopN) top = matinee_recommender_top (model, 0, 5, data->by_user, NULL);
  g_autoptr (MatineeTopN) none = matinee_recommender_top (model, 0, 0, NULL, NULL);

  g_assert_cmpuint (top->n, ==, 0);
  g_assert_cmpuint (top->n_hidden, ==, 3);
  g_assert_cmpuint (none->n, ==, 0);
}

static MatineeRatings *
make_ratings (void)
{
  g_autoptr (MatineePool) pool = matinee_pool_new (1);
  g_autoptr (MatineeIds) users = number (2, 7);
  g_autoptr (MatineeIds) movies = number (3, 100);
  MatineeTriples triples = { .n = 3 };
  MatineeRatings *ratings;

  triples.users = matinee_alloc0 (3, sizeof (guint32), "test", NULL);
  triples.movies = matinee_alloc0 (3, sizeof (guint32), "test", NULL);
  triples.values = matinee_alloc0 (3, sizeof (float), "test", NULL);
  for (guint i = 0; i < 3; i++)
    {
      triples.users[i] = i / 2;
      triples.movies[i] = i;
      triples.values[i] = 1.0f + i;
    }
  ratings = matinee_ratings_new (users, movies, &triples, pool, NULL, NULL);
  matinee_triples_clear (&triples);
  return ratings;
}

static void
test_dataset (void)
{
  g_autoptr (MatineeRatings) ratings = make_ratings ();
  g_autoptr (MatineeTitlesBuilder) builder = matinee_titles_builder_new ();
  g_autoptr (MatineeTitles) titles = NULL;
  g_autoptr (MatineeDataset) dataset = NULL;
  g_autoptr (MatineeDataset) bare = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL, *first_name = NULL, *second = NULL, *third = NULL, *third_name = NULL;

  matinee_titles_builder_add (builder, "102", "Sunrise: A Song (of Two Humans)", "Drama");
  matinee_titles_builder_add (builder, "100", "Tom & <b>Jerry</b> (1940)", "Animation|Comedy");
  matinee_titles_builder_add (builder, "555", "Nobody Saw It (1950)", "");
  titles = matinee_titles_builder_finish (g_steal_pointer (&builder));
  dataset = matinee_dataset_new (ratings, titles, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dataset->n_untitled_movies, ==, 1);
  g_assert_cmpuint (dataset->n_untitled_ratings, ==, 1);
  g_assert_cmpuint (dataset->n_unrated_titles, ==, 1);
  g_assert_false (dataset->synthetic);
  g_assert_true (isnan (dataset->noise_floor));
  g_assert_cmpfloat (matinee_dataset_get_density (dataset), ==, 0.5);
  first = matinee_dataset_dup_title (dataset, 0);
  first_name = matinee_dataset_dup_name (dataset, 0);
  second = matinee_dataset_dup_title (dataset, 1);
  third = matinee_dataset_dup_title (dataset, 2);
  third_name = matinee_dataset_dup_name (dataset, 2);
  g_assert_cmpstr (first, ==, "Tom & <b>Jerry</b> (1940)");
  g_assert_cmpstr (first_name, ==, "Tom & <b>Jerry</b>");
  g_assert_cmpint (matinee_dataset_get_year (dataset, 0), ==, 1940);
  g_assert_cmpstr (second, ==, "Movie 101");
  g_assert_cmpstr (third, ==, "Sunrise: A Song (of Two Humans)");
  g_assert_cmpstr (third_name, ==, "Sunrise: A Song (of Two Humans)");
  g_assert_cmpstr (matinee_dataset_get_genres (dataset, 1), ==, "");
  g_assert_cmpstr (matinee_dataset_get_genres (dataset, 2), ==, "Drama");

  bare = matinee_dataset_new (ratings, NULL, &error);
  g_clear_pointer (&first, g_free);
  first = matinee_dataset_dup_title (bare, 0);
  g_assert_cmpstr (first, ==, "Movie 100");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recommender/against-sorting", test_against_sorting);
  g_test_add_func ("/recommender/ties", test_ties);
  g_test_add_func ("/recommender/nothing-left", test_nothing_left);
  g_test_add_func ("/dataset/titles", test_dataset);
  return g_test_run ();
}
