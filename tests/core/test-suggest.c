/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-suggest.h"

static void
test_distance (void)
{
  g_assert_cmpuint (matinee_suggest_distance ("drama", "drama", 2), ==, 0);
  g_assert_cmpuint (matinee_suggest_distance ("Drama", "drmaa", 2), ==, 1);
  g_assert_cmpuint (matinee_suggest_distance ("123", "1234", 2), ==, 1);
  g_assert_cmpuint (matinee_suggest_distance ("kitten", "sitting", 3), ==, 3);
  g_assert_cmpuint (matinee_suggest_distance ("kitten", "sitting", 2), ==, G_MAXUINT);
  g_assert_cmpuint (matinee_suggest_distance ("", "ab", 2), ==, 2);
  g_assert_cmpuint (matinee_suggest_distance ("abcdefgh", "zyxwvuts", 2), ==, G_MAXUINT);
}

/* A limit only leaves out what is beyond it. */
static void
test_limit (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 2000; i++)
    {
      char a[9] = { 0 }, b[9] = { 0 };
      guint distance;

      for (gint32 j = g_rand_int_range (random, 0, 8); j >= 0; j--)
        a[j] = (char) g_rand_int_range (random, 'a', 'd');
      for (gint32 j = g_rand_int_range (random, 0, 8); j >= 0; j--)
        b[j] = (char) g_rand_int_range (random, 'a', 'd');
      distance = matinee_suggest_distance (a, b, 64);
      for (guint limit = 0; limit < 4; limit++)
        g_assert_cmpuint (matinee_suggest_distance (a, b, limit), ==, distance <= limit ? distance : G_MAXUINT);
      g_assert_cmpuint (matinee_suggest_distance (b, a, 64), ==, distance);
    }
}

static void
test_names (void)
{
  static const char *const genres[] = { "Comedy", "Crime", "Drama", "Documentary", NULL };
  g_auto (GStrv) slip = matinee_suggest_names (genres, "Darma");
  g_auto (GStrv) beginning = matinee_suggest_names (genres, "doc");
  g_auto (GStrv) nothing = matinee_suggest_names (genres, "Western");

  g_assert_cmpstrv (slip, ((const char *const[]){ "Drama", NULL }));
  g_assert_cmpstrv (beginning, ((const char *const[]){ "Documentary", NULL }));
  g_assert_cmpuint (g_strv_length (nothing), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suggest/distance", test_distance);
  g_test_add_func ("/suggest/limit", test_limit);
  g_test_add_func ("/suggest/names", test_names);
  return g_test_run ();
}
