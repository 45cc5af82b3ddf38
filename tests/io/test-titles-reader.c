/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>
#include <unistd.h>

#include "failing-memory.h"
#include "matinee-error.h"
#include "matinee-titles-reader.h"
#include "text-file.h"

static MatineeTitles *
read_text (const char *text, guint *n_latin)
{
  g_autofree char *path = text_file_write ("movies.csv", text, -1);
  g_autoptr (GError) error = NULL;
  MatineeTitles *titles = matinee_titles_read_with (path, NULL, n_latin, NULL, &error);

  g_assert_no_error (error);
  return titles;
}

static void
test_forms (void)
{
  g_autoptr (MatineeTitles) titles
      = read_text ("\xef\xbb\xbfmovieId,title,genres\r\n1,Toy Story (1995),Adventure|Comedy\r\n"
                   "2,\"Postman, The \"\"Il Postino\"\" (1994)\",(no genres listed)\r\n\r\n"
                   "007,\"two\nlines\",\r\n1,Again (1996),Drama",
                   NULL);

  g_assert_cmpuint (matinee_titles_get_n (titles), ==, 3);
  g_assert_cmpuint (matinee_titles_get_n_duplicates (titles), ==, 1);
  g_assert_cmpstr (matinee_titles_get_title (titles, 0), ==, "Again (1996)");
  g_assert_cmpint (matinee_titles_get_year (titles, 0), ==, 1996);
  g_assert_cmpstr (matinee_titles_get_title (titles, 1), ==, "Postman, The \"Il Postino\" (1994)");
  g_assert_cmpstr (matinee_titles_get_genres (titles, 1), ==, "");
  g_assert_cmpstr (matinee_titles_get_id (titles, 2), ==, "007");
  g_assert_cmpstr (matinee_titles_get_title (titles, 2), ==, "two\nlines");
  g_assert_cmpint (matinee_titles_get_year (titles, 2), ==, 0);
}

static void
test_columns (void)
{
  g_autoptr (MatineeTitles) no_genres = read_text ("Title,Movie ID\nHeat,6\n", NULL);
  g_autoptr (MatineeTitles) more = read_text ("x,genre,y,item,name\n1,Crime,2,6,Heat\n", NULL);

  g_assert_cmpstr (matinee_titles_get_id (no_genres, 0), ==, "6");
  g_assert_cmpstr (matinee_titles_get_title (no_genres, 0), ==, "Heat");
  g_assert_cmpstr (matinee_titles_get_genres (no_genres, 0), ==, "");
  g_assert_cmpstr (matinee_titles_get_id (more, 0), ==, "6");
  g_assert_cmpstr (matinee_titles_get_title (more, 0), ==, "Heat");
  g_assert_cmpstr (matinee_titles_get_genres (more, 0), ==, "Crime");
}

static void
test_latin (void)
{
  guint n_latin = 99;
  g_autoptr (MatineeTitles) utf8 = read_text ("movieId,title\n1,Amélie (2001)\n", &n_latin);
  g_autoptr (MatineeTitles) latin = NULL;

  g_assert_cmpuint (n_latin, ==, 0);
  latin = read_text ("movieId,title\n1,Am\xe9lie (2001)\n2,Heat\n", &n_latin);
  g_assert_cmpuint (n_latin, ==, 1);
  g_assert_cmpstr (matinee_titles_get_title (latin, 0), ==, "Amélie (2001)");
}

static void
test_problems (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "", "movies.csv is empty: the first line should name the columns, the others hold the data" },
    { "movieId,title\n", "movies.csv has a header but no titles: a line for each should follow" },
    { "movieId,genres\n1,Drama\n", "movies.csv, line 1: there is no column “title”. The columns found are “movieId”, "
                                   "“genres”; the first line should "
                                   "name them, as in “movieId,title,genres”" },
    { "userId,movieId,rating,timestamp\n1,1,4,5\n",
      "movies.csv looks like a file of ratings, not of titles: open it as ratings" },
    { "movieId,title\n1,Heat\n2,Good, Bad\n",
      "movies.csv, line 3, column 9: the line “2,Good, Bad” has 3 fields, but the header names 2: "
      "correct the line; a comma inside a field "
      "needs quotation marks around the field" },
    { "movieId,title\n\"1\n\",Heat\n2\n", "movies.csv, line 4, column 2: the line “2” has 1 field, but the header "
                                          "names 2: correct the line; a comma inside "
                                          "a field needs quotation marks around the field" },
    { "movieId,title\n1,Heat\n2",
      "movies.csv, line 3, column 2: the line “2” has 1 field, but the header names 2: the file seems to be cut off "
      "here, so copy or download it again" },
    { "movieId,title\n1,Heat\n,Bad\n",
      "movies.csv, line 3, column 1: the movie id is missing: fill it in or delete the line" },
    { "movieId,title\n1,\"Heat\n2,Bad\n",
      "movies.csv, line 2, column 3: the quotation mark that opens here is never closed: add the one that is missing" },
    { "movieId,title\n1,\"Heat\" x\n",
      "movies.csv, line 2, column 3: there is text after the quotation mark that closes this field: write quotation "
      "marks inside a field twice" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = text_file_write ("movies.csv", cases[i].text, -1);
      g_autoptr (GError) error = NULL;

      g_assert_null (matinee_titles_read (path, NULL, &error));
      g_assert_nonnull (error);
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

static void
test_not_text (void)
{
  static const char *const heads[] = { "", "movieId,title\n1,Heat\n" };
  g_autoptr (GString) endless = g_string_new ("movieId,title\n1,");
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autofree char *zeros = text_file_write ("zeros.csv", heads[i], -1);
      g_autoptr (GError) zero_error = NULL;
      gint64 start = g_get_monotonic_time ();

      g_assert_cmpint (truncate (zeros, 1 << 30), ==, 0);
      g_assert_null (matinee_titles_read (zeros, NULL, &zero_error));
      g_assert_error (zero_error, MATINEE_ERROR, MATINEE_ERROR_FORMAT);
      g_assert_nonnull (strstr (zero_error->message, "zero byte"));
      g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
    }
  for (int i = 0; i < 300000; i++)
    g_string_append (endless, "0123456789");
  path = text_file_write ("endless.csv", endless->str, (gssize) endless->len);
  g_assert_null (matinee_titles_read (path, NULL, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "endless.csv, line 2, column 1: the line is longer than"));
}

/* More than is read at once, records across the places where reading pauses. */
static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new ("movieId,title,genres\n");
  g_autoptr (MatineeTitles) titles = NULL;

  for (int i = 0; i < 40000; i++)
    g_string_append_printf (text, i % 3 ? "%d,Film %d (1999),Drama\n" : "%d,\"Film, \"\"%d\"\" (1999)\",Drama\n", i, i);
  titles = read_text (text->str, NULL);
  g_assert_cmpuint (matinee_titles_get_n (titles), ==, 40000);
  for (guint32 i = 0; i < 40000; i++)
    {
      g_autofree char *expected = g_strdup_printf (i % 3 ? "Film %u (1999)" : "Film, \"%u\" (1999)", i);

      g_assert_cmpstr (matinee_titles_get_title (titles, i), ==, expected);
    }
}

static void
test_stop (void)
{
  g_autofree char *path = text_file_write ("movies.csv", "movieId,title\n1,Heat\n", -1);
  g_autoptr (GError) error = NULL;
  MatineeStop stop = { 0 };

  matinee_stop_request (&stop);
  g_assert_null (matinee_titles_read (path, &stop, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
}

static void
test_out_of_memory (void)
{
  g_autofree char *path = text_file_write ("movies.csv", "movieId,title\n1,Heat\n", -1);
  int before = failing_memory_get_n_live (), failures = 0;

  for (gboolean failed = TRUE; failed; failures++)
    {
      g_autoptr (MatineeTitles) titles = NULL;
      g_autoptr (GError) error = NULL;

      failing_memory_fail_at (failures);
      titles = matinee_titles_read (path, NULL, &error);
      failed = failing_memory_has_failed ();
      failing_memory_stop ();
      if (failed)
        g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_MEMORY);
    }
  g_assert_cmpint (failures, >, 1);
  g_assert_cmpint (failing_memory_get_n_live (), ==, before);
}

static void
test_movielens (void)
{
  const char *folder = g_getenv ("MATINEE_MOVIELENS");
  g_autofree char *path = NULL;
  g_autoptr (MatineeTitles) titles = NULL;
  g_autoptr (GError) error = NULL;
  guint32 row = 0, n_without_year = 0;

  if (folder == NULL)
    {
      g_test_skip ("MATINEE_MOVIELENS is not set");
      return;
    }
  path = g_build_filename (folder, "movies.csv", NULL);
  titles = matinee_titles_read (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (matinee_titles_get_n (titles), ==, 9742);
  g_assert_true (matinee_titles_find (titles, "318", &row));
  g_assert_cmpstr (matinee_titles_get_title (titles, row), ==, "Shawshank Redemption, The (1994)");
  g_assert_cmpint (matinee_titles_get_year (titles, row), ==, 1994);
  for (row = 0; row < matinee_titles_get_n (titles); row++)
    n_without_year += matinee_titles_get_year (titles, row) == 0;
  g_assert_cmpuint (n_without_year, <, 20);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  text_file_begin ();
  g_test_add_func ("/titles-reader/forms", test_forms);
  g_test_add_func ("/titles-reader/columns", test_columns);
  g_test_add_func ("/titles-reader/latin", test_latin);
  g_test_add_func ("/titles-reader/problems", test_problems);
  g_test_add_func ("/titles-reader/not-text", test_not_text);
  g_test_add_func ("/titles-reader/large", test_large);
  g_test_add_func ("/titles-reader/stop", test_stop);
  g_test_add_func ("/titles-reader/out-of-memory", test_out_of_memory);
  g_test_add_func ("/titles-reader/movielens", test_movielens);
  result = g_test_run ();
  text_file_end ();
  return result;
}
