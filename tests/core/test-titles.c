/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "matinee-titles.h"

static void
test_year (void)
{
  static const struct
  {
    const char *title;
    int year;
  } cases[] = {
    { "Toy Story (1995)", 1995 },
    { "Toy Story (1995) ", 1995 },
    { "Big Bang Theory, The (2007-)", 2007 },
    { "Fawlty Towers (1975-1979)", 1975 },
    { "Death Note: Desu nôto (2006–2007)", 2006 },
    { "Series (1999 – 2001)", 1999 },
    { "Series (1999– )", 1999 },
    { "Seven (a.k.a. Se7en) (1995)", 1995 },
    { "2001: A Space Odyssey", 0 },
    { "(500) Days of Summer", 0 },
    { "Nothing (195)", 0 },
    { "Nothing (19955)", 0 },
    { "Nothing (1995", 0 },
    { "Nothing (1995) cut", 0 },
    { "Nothing ()", 0 },
    { "1995)", 0 },
    { "", 0 },
    { "(1995)", 1995 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].title);
      g_assert_cmpint (matinee_titles_parse_year (cases[i].title), ==, cases[i].year);
    }
}

static void
test_table (void)
{
  MatineeTitlesBuilder *builder = matinee_titles_builder_new ();
  g_autoptr (MatineeTitles) titles = NULL;
  guint32 row = 99;

  matinee_titles_builder_add (builder, "7", "Sabrina (1995)", "Comedy|Romance");
  matinee_titles_builder_add (builder, "007", "Goldfinger", NULL);
  matinee_titles_builder_add (builder, "9", "Nosferatu (1922)", "(no genres listed)");
  matinee_titles_builder_add (builder, "7", "Metropolis (1927)", "Drama");
  titles = matinee_titles_builder_finish (builder);

  g_assert_cmpuint (matinee_titles_get_n (titles), ==, 3);
  g_assert_cmpuint (matinee_titles_get_n_duplicates (titles), ==, 1);
  g_assert_true (matinee_titles_find (titles, "7", &row));
  g_assert_cmpuint (row, ==, 0);
  g_assert_cmpstr (matinee_titles_get_id (titles, 0), ==, "7");
  g_assert_cmpstr (matinee_titles_get_title (titles, 0), ==, "Metropolis (1927)");
  g_assert_cmpstr (matinee_titles_get_genres (titles, 0), ==, "Drama");
  g_assert_cmpint (matinee_titles_get_year (titles, 0), ==, 1927);
  g_assert_true (matinee_titles_find (titles, "007", &row));
  g_assert_cmpuint (row, ==, 1);
  g_assert_cmpstr (matinee_titles_get_genres (titles, 1), ==, "");
  g_assert_cmpint (matinee_titles_get_year (titles, 1), ==, 0);
  g_assert_cmpstr (matinee_titles_get_genres (titles, 2), ==, "");
  g_assert_false (matinee_titles_find (titles, "8", &row));
}

static void
test_unfinished (void)
{
  g_autoptr (MatineeTitlesBuilder) builder = matinee_titles_builder_new ();

  matinee_titles_builder_add (builder, "1", "Left behind", "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/titles/year", test_year);
  g_test_add_func ("/titles/table", test_table);
  g_test_add_func ("/titles/unfinished", test_unfinished);
  return g_test_run ();
}
