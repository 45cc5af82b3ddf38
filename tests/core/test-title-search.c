/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-title-search.h"

#include <math.h>
#include <string.h>

#include "fixture.h"
#include "matinee-memory.h"

#define LONG_TITLE 300

static const FixtureFilm films[] = {
  { "Matrix, The (1999)", "" },                   /* 0 */
  { "Matrix Reloaded, The (2003)", "" },          /* 1 */
  { "The Matrix Explained (2004)", "" },          /* 2 */
  { "Animatrix, The (2003)", "" },                /* 3 */
  { "Amélie (2001)", "" },                        /* 4 */
  { "Schindler's List (1993)", "" },              /* 5 */
  { "Tom & <b>Jerry</b> (1940)", "" },            /* 6 */
  { "Смешарики (2011)", "" },                     /* 7 */
  { "Øen i Fuglegaden: Søren’s Ærø (1997)", "" }, /* 8 */
  { "M (1931)", "" },                             /* 9 */
  { "سينما (1999)", "" },                         /* 10 */
  { "List of Adrian Messenger, The (1963)", "" }, /* 11 */
  { "2001: A Space Odyssey (1968)", "" },         /* 12 */
  { NULL },
};

/* Ratings of film i: 13 − i, but the third Matrix is the best known. */
static MatineeTitleSearch *
make_search (gboolean with_titles)
{
  float table[20 * 13];
  g_autoptr (MatineeSparse) by_user = NULL;
  g_autoptr (MatineeDataset) dataset = NULL;
  g_autoptr (MatineeFilmStats) stats = NULL;
  g_autoptr (GError) error = NULL;
  MatineeTitleSearch *search;

  for (guint u = 0; u < 20; u++)
    for (guint i = 0; i < 13; i++)
      table[u * 13 + i] = u < (i == 2 ? 20 : 13 - i) ? 3.0f : NAN;
  by_user = fixture_sparse (20, 13, table);
  dataset = fixture_dataset (by_user, with_titles ? films : NULL);
  stats = matinee_film_stats_new (by_user, &error);
  search = matinee_title_search_new (dataset, stats, &error);
  g_assert_no_error (error);
  return search;
}

/* The films found, as numbers between spaces. */
static void
assert_found (const MatineeTitleSearch *search, const char *text, guint n, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeTitleMatches) matches = matinee_title_search_find (search, text, n, &error);
  g_autoptr (GString) found = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < matches->n; i++)
    g_string_append_printf (found, i > 0 ? " %u" : "%u", matches->movies[i]);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
assert_fold (const char *text, const char *expected)
{
  g_autofree char *folded = matinee_title_search_fold (text);

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_fold (void)
{
  assert_fold ("Amélie (2001)", " amelie 2001");
  assert_fold ("  WALL·E -- ", " wall e");
  assert_fold ("Schindler’s", " schindlers");
  assert_fold ("Ærø, Łódź, Straße", " aero lodz strasse");
  assert_fold ("İstanbul ISPARTA", " istanbul isparta");
  assert_fold ("ﬁlm Ⅱ", " film ii");
  assert_fold ("\xff\xfe", "");
  assert_fold ("... !", "");
  assert_fold ("", "");
}

static void
test_order (void)
{
  g_autoptr (MatineeTitleSearch) search = make_search (TRUE);

  /* Beginnings by how well known; then beginnings of words; then inside. */
  assert_found (search, "matrix", 10, "0 1 2 3");
  assert_found (search, "matri", 10, "0 1 2 3");
  /* The whole title, articles put back in front. */
  assert_found (search, "the matrix", 10, "0 2 1");
  assert_found (search, "Matrix, The (1999)", 10, "0");
  assert_found (search, "list", 10, "11 5");
  assert_found (search, "list schind", 10, "5");
  assert_found (search, "m", 3, "9 0 1");
  assert_found (search, "MATRIX reLOADED 2003", 10, "1");
  assert_found (search, "1999", 10, "0 10");
  assert_found (search, "2001", 10, "12 4");
}

static void
test_scripts (void)
{
  g_autoptr (MatineeTitleSearch) search = make_search (TRUE);

  assert_found (search, "amelie", 10, "4");
  assert_found (search, "AMÉL", 10, "4");
  assert_found (search, "смеш", 10, "7");
  assert_found (search, "арик", 10, "7");
  assert_found (search, "soren", 10, "8");
  assert_found (search, "oen i fuglegaden", 10, "8");
  assert_found (search, "aero", 10, "8");
  assert_found (search, "سينما", 10, "10");
  assert_found (search, "schindler's", 10, "5");
  assert_found (search, "schindlers list", 10, "5");
  assert_found (search, "<b>jerry", 10, "6");
}

static void
test_edges (void)
{
  g_autoptr (MatineeTitleSearch) search = make_search (TRUE);
  g_autoptr (MatineeTitleSearch) untitled = make_search (FALSE);
  g_autofree char *endless = g_strnfill (LONG_TITLE, 'x');
  g_autoptr (MatineeTitleMatches) all = matinee_title_search_find (search, "", 2, NULL);

  /* Nothing typed: the best known. */
  g_assert_cmpuint (all->n_total, ==, 13);
  g_assert_cmpuint (all->n, ==, 2);
  g_assert_cmpuint (all->movies[0], ==, 2);
  g_assert_cmpuint (all->movies[1], ==, 0);
  assert_found (search, "()", 1, "2");
  assert_found (search, endless, 10, "");
  assert_found (search, "matrix", 0, "");
  assert_found (search, "a b c d e f g h i j k l m n o p q r s t u v", 10, "");
  assert_found (untitled, "movie 103", 10, "3");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/title-search/fold", test_fold);
  g_test_add_func ("/title-search/order", test_order);
  g_test_add_func ("/title-search/scripts", test_scripts);
  g_test_add_func ("/title-search/edges", test_edges);
  return g_test_run ();
}
