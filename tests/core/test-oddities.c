/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "matinee-oddities.h"
#include "sample-triples.h"

/* A distinct rating and how many there are of it; 0 ends a list. */
typedef struct
{
  float value;
  guint count;
} Level;

/* Ten ratings of each user, of ten movies; the last user may have fewer. */
static MatineeRatings *
make_ratings (const Level *levels)
{
  MatineeTriples triples = { 0 };
  g_autoptr (MatineeIds) users = NULL;
  g_autoptr (MatineeIds) movies = sample_ids (10, 1);
  g_autoptr (GError) error = NULL;
  MatineeRatings *ratings;
  guint32 n = 0, at = 0;

  for (const Level *level = levels; level->count > 0; level++)
    n += level->count;
  g_assert_true (matinee_triples_alloc (&triples, n, TRUE, &error));
  for (guint l = 0; levels[l].count > 0; l++)
    {
      triples.levels[l] = levels[l].value;
      for (guint i = 0; i < levels[l].count; i++, at++)
        {
          triples.users[at] = at / 10;
          triples.movies[at] = at % 10;
          triples.codes[at] = (guint8) l;
        }
    }
  triples.n = n;
  users = sample_ids ((n + 9) / 10, 1);
  ratings = matinee_ratings_new (users, movies, &triples, NULL, NULL, &error);
  g_assert_no_error (error);
  return ratings;
}

static void
test_scale (void)
{
  static const struct
  {
    Level levels[8];
    gsize n_outliers;
    double low;
    double high;
    gsize n_apart;
    double apart;
  } cases[] = {
    { { { 1, 10 }, { 2, 20 }, { 3, 30 }, { 4, 20 }, { 5, 10 } }, 0, 0, 0, 0, 0 },
    { { { 0.5f, 10 }, { 3, 30 }, { 4, 20 }, { 5, 10 } }, 0, 0, 0, 0, 0 },
    { { { 5, 100 }, { 4, 100 }, { 3, 100 }, { 50, 1 } }, 1, 50, 50, 0, 0 },
    { { { -99, 2 }, { 5, 200 }, { 4, 200 }, { 3, 100 }, { 50, 1 }, { 99, 1 } }, 4, -99, 99, 0, 0 },
    /* Too many to be a slip. */
    { { { 5, 100 }, { 4, 100 }, { 3, 100 }, { 50, 20 } }, 0, 0, 0, 0, 0 },
    /* Anime lists say \u22121 for what was watched and not rated. */
    { { { -1, 20 }, { 1, 30 }, { 2, 30 }, { 3, 30 } }, 0, 0, 0, 20, -1 },
    /* Book-Crossing says 0. */
    { { { 0, 50 }, { 1, 30 }, { 2, 30 }, { 3, 30 } }, 0, 0, 0, 50, 0 },
    { { { 0, 10 }, { 1, 30 }, { 2, 30 }, { 3, 30 } }, 0, 0, 0, 0, 0 },
    { { { 3, 10 } }, 0, 0, 0, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MatineeRatings) ratings = make_ratings (cases[i].levels);
      g_autoptr (GError) error = NULL;
      MatineeOddities oddities;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_true (matinee_oddities_find (&oddities, ratings, &error));
      g_assert_cmpuint (oddities.n_outliers, ==, cases[i].n_outliers);
      if (oddities.n_outliers > 0)
        {
          g_assert_cmpfloat (oddities.outlier_low, ==, cases[i].low);
          g_assert_cmpfloat (oddities.outlier_high, ==, cases[i].high);
        }
      g_assert_cmpuint (oddities.n_apart, ==, cases[i].n_apart);
      g_assert_cmpfloat (oddities.apart, ==, cases[i].apart);
    }
}

static void
test_singles (void)
{
  static const Level eleven[] = { { 1, 5 }, { 2, 6 }, { 0, 0 } };
  static const Level nine[] = { { 1, 5 }, { 2, 4 }, { 0, 0 } };
  g_autoptr (MatineeRatings) ratings = make_ratings (eleven);
  g_autoptr (MatineeRatings) once = make_ratings (nine);
  g_autoptr (GError) error = NULL;
  MatineeOddities oddities;

  g_assert_true (matinee_oddities_find (&oddities, ratings, &error));
  g_assert_cmpuint (oddities.n_single_users, ==, 1);
  g_assert_cmpuint (oddities.n_single_movies, ==, 9);
  g_assert_true (matinee_oddities_find (&oddities, once, &error));
  g_assert_cmpuint (oddities.n_single_users, ==, 0);
  g_assert_cmpuint (oddities.n_single_movies, ==, 9);
}

/* More than 256 distinct ratings: nothing is said of the scale. */
static void
test_many_levels (void)
{
  const SampleTriples shape
      = { .n_users = 40, .n_movies = 30, .n = 1000, .n_levels = 1000, .distinct = TRUE, .seed = 1 };
  g_autoptr (MatineeRatings) ratings = sample_ratings (&shape, NULL);
  g_autoptr (GError) error = NULL;
  MatineeOddities oddities;

  g_assert_null (ratings->by_user->codes);
  g_assert_true (matinee_oddities_find (&oddities, ratings, &error));
  g_assert_cmpuint (oddities.n_outliers, ==, 0);
  g_assert_cmpuint (oddities.n_apart, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/oddities/scale", test_scale);
  g_test_add_func ("/oddities/singles", test_singles);
  g_test_add_func ("/oddities/many-levels", test_many_levels);
  return g_test_run ();
}
