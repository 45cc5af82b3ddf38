/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-person-reader.h"

#include <string.h>

#include "matinee-error.h"
#include "text-file.h"

static MatineePersonRatings *
read_text (const char *text)
{
  g_autofree char *path = text_file_write ("mine.csv", text, -1);
  g_autoptr (GError) error = NULL;
  MatineePersonRatings *ratings = matinee_person_ratings_read (path, NULL, NULL, &error);

  g_assert_no_error (error);
  return ratings;
}

static void
test_forms (void)
{
  g_autoptr (MatineePersonRatings) plain
      = read_text ("\xef\xbb\xbfRating,Movie Id\r\n4.5,318\r\n\r\n2,\"tt, 7\"\r\n1,318");
  g_autoptr (MatineePersonRatings) named = read_text ("userId,movieId,rating,timestamp\nme,1,5,0\nme,2,4,0\n");

  g_assert_null (plain->user);
  g_assert_cmpuint (plain->n, ==, 2);
  g_assert_cmpuint (plain->n_duplicates, ==, 1);
  g_assert_cmpstr (plain->items[0].movie, ==, "318");
  g_assert_cmpfloat (plain->items[0].rating, ==, 1.0f);
  g_assert_cmpstr (plain->items[1].movie, ==, "tt, 7");
  g_assert_cmpfloat (plain->items[1].rating, ==, 2.0f);
  g_assert_cmpstr (named->user, ==, "me");
  g_assert_cmpuint (named->n, ==, 2);
}

static const struct
{
  const char *text;
  const char *message;
} broken[] = {
  { "", "is empty" },
  { "movieId,rating\n", "no ratings" },
  { "movieId,title\n1,Heat\n", "no column “rating”" },
  { "rating,title\n1,Heat\n", "no column “movieId”" },
  { "movieId,rating\n1,3\n2,good\n", "line 3, column 3: the rating should be a number such as 3.5, but “good”" },
  { "movieId,rating\n1,nan\n", "the rating “nan” is not a finite number" },
  { "movieId,rating\n1,1e99\n", "the rating “1e99” is too large" },
  { "movieId,rating\n1,3\n\n,4\n", "line 4, column 1: the movie id is missing" },
  { "movieId,rating\n1,3,5\n", "line 2, column 5: the line “1,3,5” has 3 fields, but the header names 2" },
  { "movieId,rating\n1\n", "the line “1” has 1 field, but the header names 2: correct" },
  { "movieId,rating\n1", "the line “1” has 1 field, but the header names 2: the file seems to be cut off here" },
  { "movieId,rating\n\"1,3\n", "never closed" },
  { "movieId,rating\n\"1\"x,3\n", "after the quotation mark" },
  { "userId,movieId,rating\n1,1,3\n1,2,3\n2,1,3\n", "line 4, column 1: this is a rating of user “2”" },
};

/* Ids are UTF-8 however they are written, so that they are those of a model. */
static void
test_encodings (void)
{
  const MatineeTextHints latin = { .encoding = MATINEE_ENCODING_LATIN_1 };
  const MatineeTextHints utf_8 = { .encoding = MATINEE_ENCODING_UTF_8 };
  g_autofree char *path = text_file_write ("mine.csv", "userId,movieId,rating\nJos\xe9,1,3\nJos\xe9,M\xe9t,4\n", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineePersonRatings) seen = matinee_person_ratings_read (path, NULL, NULL, &error);
  g_autoptr (MatineePersonRatings) said = matinee_person_ratings_read (path, &latin, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (seen->user, ==, "José");
  g_assert_cmpstr (seen->items[1].movie, ==, "Mét");
  g_assert_cmpstr (said->user, ==, "José");
  g_assert_cmpstr (said->items[1].movie, ==, "Mét");
  g_assert_null (matinee_person_ratings_read (path, &utf_8, NULL, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "line 2, column 1: the id “Jos\\xe9” is not UTF-8"));
}

static void
test_broken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *path = text_file_write ("mine.csv", broken[i].text, -1);
      g_autoptr (GError) error = NULL;

      g_assert_null (matinee_person_ratings_read (path, NULL, NULL, &error));
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      if (strstr (error->message, broken[i].message) == NULL)
        g_error ("“%s” is not in “%s”", broken[i].message, error->message);
      g_assert_nonnull (strstr (error->message, "mine.csv"));
    }
}

static void
test_zero_byte (void)
{
  g_autofree char *path = text_file_write ("mine.csv", "movieId,rating\n1,3\n2\0,4\n", 23);
  g_autoptr (GError) error = NULL;

  g_assert_null (matinee_person_ratings_read (path, NULL, NULL, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "zero byte"));
}

static void
test_missing (void)
{
  g_autofree char *path = text_file_path ("missing.csv");
  g_autoptr (GError) error = NULL;

  g_assert_null (matinee_person_ratings_read (path, NULL, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_stop (void)
{
  g_autofree char *path = text_file_write ("mine.csv", "movieId,rating\n1,3\n", -1);
  g_autoptr (GError) error = NULL;
  MatineeStop stop = { 0 };

  matinee_stop_request (&stop);
  g_assert_null (matinee_person_ratings_read (path, NULL, &stop, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  text_file_begin ();
  g_test_add_func ("/person-reader/forms", test_forms);
  g_test_add_func ("/person-reader/encodings", test_encodings);
  g_test_add_func ("/person-reader/broken", test_broken);
  g_test_add_func ("/person-reader/zero-byte", test_zero_byte);
  g_test_add_func ("/person-reader/missing", test_missing);
  g_test_add_func ("/person-reader/stop", test_stop);
  status = g_test_run ();
  text_file_end ();
  return status;
}
