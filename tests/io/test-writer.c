/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-random.h"
#include "matinee-ratings-reader.h"
#include "matinee-ratings-writer.h"
#include "matinee-system.h"
#include "matinee-titles-reader.h"
#include "sample-triples.h"
#include "text-file.h"

static MatineeRatings *
write_and_read (const MatineeRatings *ratings)
{
  g_autofree char *path = text_file_path ("ratings.csv");
  g_autoptr (GError) error = NULL;
  MatineeRatings *back;

  g_assert_true (matinee_ratings_write (ratings, path, NULL, &error));
  g_assert_no_error (error);
  back = matinee_ratings_read (path, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return back;
}

static void
test_ratings (void)
{
  static const SampleTriples shapes[] = {
    { .n_users = 1, .n_movies = 1, .n = 1, .n_levels = 1 },
    { .n_users = 100, .n_movies = 40, .n = 3000, .n_levels = 10, .distinct = TRUE },
    { .n_users = 100, .n_movies = 400, .n = 30000, .n_levels = 2000, .distinct = TRUE },
  };

  for (gsize s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      g_autoptr (MatineeRatings) ratings = sample_ratings (&shapes[s], NULL);
      g_autoptr (MatineeRatings) back = write_and_read (ratings);

      assert_same_ratings (ratings, back);
    }
}

static void
test_text_ids (void)
{
  static const char *const user_ids[] = { " blank ", "\"quoted\"", "Zoë", "a,b", "line\nend", "plain", "tab\t" };
  g_autoptr (MatineeIds) users = matinee_ids_new_text (user_ids, 7, NULL);
  g_autoptr (MatineeIds) movies = sample_ids (1, -5);
  g_autoptr (MatineeRatings) ratings = NULL;
  g_autoptr (MatineeRatings) back = NULL;
  MatineeTriples triples;

  g_assert_true (matinee_triples_alloc (&triples, 7, FALSE, NULL));
  for (guint32 i = 0; i < 7; i++)
    {
      triples.users[i] = i;
      triples.movies[i] = 0;
      triples.values[i] = powf (-10, (float) i - 3) / 3;
    }
  ratings = matinee_ratings_new (users, movies, &triples, NULL, NULL, NULL);
  back = write_and_read (ratings);
  assert_same_ratings (ratings, back);
}

static void
test_titles (void)
{
  static const char *const titles_text[]
      = { "Toy Story (1995)", "\"Quoted\", and more (2001)", "two\nlines", "", " ends " };
  MatineeTitlesBuilder *builder = matinee_titles_builder_new ();
  g_autoptr (MatineeTitles) titles = NULL;
  g_autoptr (MatineeTitles) back = NULL;
  g_autofree char *path = text_file_path ("movies.csv");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", 5 - i);

      matinee_titles_builder_add (builder, id, titles_text[i], i % 2 ? "Drama|Film-Noir" : "");
    }
  titles = matinee_titles_builder_finish (builder);
  g_assert_true (matinee_titles_write (titles, path, NULL, &error));
  g_assert_no_error (error);
  back = matinee_titles_read (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (matinee_titles_get_n (back), ==, 5);
  for (guint32 i = 0; i < 5; i++)
    {
      g_assert_cmpstr (matinee_titles_get_id (back, i), ==, matinee_titles_get_id (titles, i));
      g_assert_cmpstr (matinee_titles_get_title (back, i), ==, titles_text[i]);
      g_assert_cmpstr (matinee_titles_get_genres (back, i), ==, i % 2 ? "Drama|Film-Noir" : "");
    }
}

/* What was there stays, and nothing is left beside it. */
static void
test_failures (void)
{
  SampleTriples shape = { .n_users = 10, .n_movies = 10, .n = 50, .n_levels = 3 };
  g_autoptr (MatineeRatings) ratings = sample_ratings (&shape, NULL);
  g_autofree char *kept = text_file_write ("kept.csv", "old", -1);
  g_autofree char *nowhere = text_file_path ("no-folder/ratings.csv");
  g_autofree char *folder = text_file_path (".");
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  MatineeStop stop = { 0 };
  const char *name;

  g_assert_false (matinee_ratings_write (ratings, nowhere, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, "no-folder/ratings.csv” can’t be written: "));
  g_clear_error (&error);

  matinee_stop_request (&stop);
  g_assert_false (matinee_ratings_write (ratings, kept, &stop, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
  g_assert_true (g_file_get_contents (kept, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "old");
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_true (g_str_has_suffix (name, ".csv"));
}

static void
test_system (void)
{
  guint64 available = matinee_system_available_memory ();

  g_test_message ("%" G_GUINT64_FORMAT " bytes available", available);
  g_assert_cmpuint (matinee_system_n_cores (), >=, 1);
  if (g_file_test ("/proc/meminfo", G_FILE_TEST_EXISTS))
    g_assert_cmpuint (available, >, 1 << 20);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  text_file_begin ();
  g_test_add_func ("/writer/ratings", test_ratings);
  g_test_add_func ("/writer/text-ids", test_text_ids);
  g_test_add_func ("/writer/titles", test_titles);
  g_test_add_func ("/writer/failures", test_failures);
  g_test_add_func ("/system/numbers", test_system);
  result = g_test_run ();
  text_file_end ();
  return result;
}
