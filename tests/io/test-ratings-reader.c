/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "failing-memory.h"
#include "matinee-error.h"
#include "matinee-random.h"
#include "matinee-ratings-reader.h"
#include "sample-triples.h"
#include "text-file.h"

static MatineeRatings *
read_text (const char *text, gssize length, gsize block_size)
{
  g_autofree char *path = text_file_write ("ratings.csv", text, length);
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  g_autoptr (GError) error = NULL;
  MatineeRatings *ratings = matinee_ratings_read_in_blocks (path, block_size, pool, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return ratings;
}

/* All ratings as "user movie rating" lines. */
static char *
show (const MatineeRatings *ratings)
{
  const MatineeSparse *by_user = ratings->by_user;
  GString *text = g_string_new (NULL);

  for (guint32 row = 0; row < by_user->n_rows; row++)
    for (gsize e = by_user->offsets[row]; e < by_user->offsets[row + 1]; e++)
      {
        char user[MATINEE_ID_BUFFER], movie[MATINEE_ID_BUFFER];

        g_string_append_printf (text, "%s %s %g\n", matinee_ids_format (ratings->users, row, user),
                                matinee_ids_format (ratings->movies, by_user->columns[e], movie),
                                (double) matinee_sparse_value (by_user, e));
      }
  return g_string_free (text, FALSE);
}

static void
test_forms (void)
{
  static const struct
  {
    const char *text;
    const char *ratings;
  } cases[] = {
    { "userId,movieId,rating,timestamp\n1,10,4.0,99\n2,10,3.5,98\n1,7,1,97\n", "1 7 1\n1 10 4\n2 10 3.5\n" },
    { "userId,movieId,rating\n1,10,4.0", "1 10 4\n" },
    { "userId,movieId,rating\r\n1,10,4.0\r\n2,10,3\r\n", "1 10 4\n2 10 3\n" },
    { "\xef\xbb\xbfuserId,movieId,rating\n1,10,4.0\n", "1 10 4\n" },
    { "rating,x,MOVIE_ID,User Id\n4,x,10,1\n", "1 10 4\n" },
    { "movieId,userId,rating\r\n10,1,4\r\n", "1 10 4\n" },
    { "rating,userId,movieId\r\n4,1,10\r\n5,1,11\r\n", "1 10 4\n1 11 5\n" },
    { "item,user,score\n10,1,-2\n", "1 10 -2\n" },
    { "\"userId\",\"movieId\",\"rating\"\n\"1\",\"10\",\"4\"\n2,11,5\n", "1 10 4\n2 11 5\n" },
    { "userId,movieId,rating,tag\n1,10,4,\"a,\n\"\"b\"\"\n3,3,3,\"\n2,11,5,c\n", "1 10 4\n2 11 5\n" },
    { "userId,movieId,rating\n\n1,10,4\n\r\n  \n2,11,5\n\n\n", "1 10 4\n2 11 5\n" },
    { "\n\nuserId,movieId,rating\n1,10,4\n", "1 10 4\n" },
    { "userId,movieId,rating\n 1 , 10,\t4 \n", "1 10 4\n" },
    { "userId,movieId,rating\n1,10,4\n1,10,5\n1,10,3\n", "1 10 3\n" },
    { "userId,movieId,rating\n1,10,1e0\n1,11,+2\n1,12,3.\n1,13,.5\n", "1 10 1\n1 11 2\n1 12 3\n1 13 0.5\n" },
    { "userId,movieId,rating\n-5,123456789012,1\n7,-1,2\n", "-5 123456789012 1\n7 -1 2\n" },
    { "userId,movieId,rating\n9223372036854775807,1,1\n-9223372036854775808,1,2\n",
      "-9223372036854775808 1 2\n9223372036854775807 1 1\n" },
    { "userId,movieId,rating\n10,1,1\n9,1,1\n9223372036854775808,1,2\n", "10 1 1\n9 1 1\n9223372036854775808 1 2\n" },
    { "userId,movieId,rating\n1,007,1\n1,7,2\n1,+7,3\n", "1 +7 3\n1 007 1\n1 7 2\n" },
    { "userId,movieId,rating\nann,tt01,1\n\"Zoë, B.\",a b,2\n\" x\",a b,3\n", " x a b 3\nZoë, B. a b 2\nann tt01 1\n" },
    { "userId,movieId,rating\n100000000,1,1\n99999999,1,2\n4294967295,1,3\n4294967296,1,4\n",
      "99999999 1 2\n100000000 1 1\n4294967295 1 3\n4294967296 1 4\n" },
    { "userId,movieId,rating\n1,1,1e30\n1,2,-1e30\n", "1 1 1e+30\n1 2 -1e+30\n" },
    { "1,31,2.5,1260759144\n1,32,2.5,1260759144\n", "1 31 2.5\n1 32 2.5\n" },
    { "userId,movieId,rating\nZo\xeb,1,3\n", "Zoë 1 3\n" },
    { "1::1193::5::978300760\n1::661::3::978302109\n", "1 661 3\n1 1193 5\n" },
    { "196\t242\t3\t881250949\r\n186\t302\t3\t891717742\r\n", "186 302 3\n196 242 3\n" },
    { "1:\n1488844,3,2005-09-06\n822109,5,2005-05-13\n2:\n3:\n822109,1,2005-10-19\nann,2,2005-10-19",
      "1488844 1 3\n822109 1 5\n822109 3 1\nann 3 2\n" },
    { "10:\n5,3,2005-09-06\n4,4,2005-05-13\n9:\n\n5,1,2005-10-19\n", "4 10 4\n5 9 1\n5 10 3\n" },
    { "\"User-ID\";\"ISBN\";\"Book-Rating\"\n\"276725\";\"034545104X\";\"0\"\n\"8\";\"a\\\"b\\\"\";\"5\"\n"
      "\"8\";\"\\\"\";\"7\"\n",
      "8 \" 7\n8 a\"b\" 5\n276725 034545104X 0\n" },
    { "user;item;rating\n1;10;3,5\n2;10;4\n2;11;,5\n", "1 10 3.5\n2 10 4\n2 11 0.5\n" },
    { "userId,movieId,rating\n1,1,3\n1,2,3\n2,1,3\n", "1 1 3\n1 2 3\n2 1 3\n" },
  };
  static const gsize block_sizes[] = { 1, 2, 5, 13, 1000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize b = 0; b < G_N_ELEMENTS (block_sizes); b++)
      {
        g_autoptr (MatineeRatings) ratings = NULL;
        g_autofree char *shown = NULL;
        g_autofree char *escaped = g_strescape (cases[i].text, NULL);

        g_test_message ("blocks of %" G_GSIZE_FORMAT ": %s", block_sizes[b], escaped);
        ratings = read_text (cases[i].text, -1, block_sizes[b]);
        shown = show (ratings);
        g_assert_cmpstr (shown, ==, cases[i].ratings);
      }
}

/* A file with all that makes reading hard, from a seed; lines in a random order.
 * Unless @distinct, pairs come twice. */
static GString *
make_text (guint64 seed, guint kind, guint64 order)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GString *text = g_string_new (kind & 1 ? "\xef\xbb\xbf" : NULL);
  const char *line_end = kind & 2 ? "\r\n" : "\n";

  g_string_append_printf (text, "note,userId,rating,movieId%s", line_end);
  for (guint i = 0; i < 700; i++)
    {
      guint64 user = matinee_random_u64 (seed, 1, i) % 50;
      guint64 bits = matinee_random_u64 (seed, 3, i);
      g_autofree char *user_text = NULL, *movie_text = NULL;
      const char *quote = bits & 1 ? "\"" : "", *note = "";

      if (kind & 4)
        user_text = g_strdup_printf ("u%02u", (guint) user);
      else
        user_text = g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) user * (kind & 8 ? -7000000001 : 3));
      movie_text = g_strdup_printf (kind & 16 && i == 650 ? "0%u" : "%u", i * 5);
      if (kind & 32 && bits % 11 == 0)
        note = "\"say \"\"yes\"\",\n1,2,3,4\n\"";
      else if (bits % 7 == 0)
        note = "5\" disc";
      g_ptr_array_add (lines, g_strdup_printf ("%s,%s%s%s,%s%u.%u%s,%s%s%s%s", note, quote, user_text, quote,
                                               bits & 2 ? " " : "", (guint) (bits >> 8) % 5,
                                               kind & 64 ? (guint) (bits >> 16) % 1000 : (guint) (bits >> 16) % 2 * 5,
                                               bits & 4 ? " " : "", quote, movie_text, quote, line_end));
    }
  for (guint i = lines->len; i > 0; i--)
    {
      guint at = order == 0 ? 0 : (guint) (matinee_random_u64 (order, 9, i) % i);
      g_autofree char *line = g_ptr_array_steal_index (lines, at);

      g_string_append (text, line);
    }
  if (kind & 128)
    g_string_truncate (text, text->len - strlen (line_end));
  return text;
}

static void
test_random (void)
{
  static const gsize block_sizes[] = { 11, 64, 300, 5000, 1 << 20 };

  for (guint kind = 0; kind < 256; kind += 5)
    {
      g_autoptr (MatineeRatings) expected = NULL;

      for (guint64 order = 0; order < 3; order++)
        {
          g_autoptr (GString) text = make_text (kind, kind, order);

          for (gsize b = order == 0 ? 0 : 2; b < G_N_ELEMENTS (block_sizes); b++)
            {
              g_autoptr (MatineeRatings) ratings = read_text (text->str, (gssize) text->len, block_sizes[b]);

              g_test_message ("kind %u, order %" G_GUINT64_FORMAT ", blocks of %" G_GSIZE_FORMAT, kind, order,
                              block_sizes[b]);
              g_assert_cmpuint (matinee_ratings_get_n (ratings), ==, 700);
              g_assert_cmpuint (ratings->n_duplicates, ==, 0);
              if (expected == NULL)
                expected = matinee_ratings_ref (ratings);
              else
                assert_same_ratings (expected, ratings);
            }
        }
      g_assert_cmpint (matinee_ids_get_kind (expected->users), ==, kind & 4 ? MATINEE_IDS_TEXT : MATINEE_IDS_INTEGER);
      g_assert_cmpint (matinee_ids_get_kind (expected->movies), ==, kind & 16 ? MATINEE_IDS_TEXT : MATINEE_IDS_INTEGER);
      g_assert_cmpint (expected->by_user->codes == NULL, ==, (kind & 64) != 0);
    }
}

static void
test_problems (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "", "ratings.csv is empty: the first line should name the columns, the others hold the data" },
    { "\n\n", "ratings.csv is empty: the first line should name the columns, the others hold the data" },
    { "userId,movieId,rating\n", "ratings.csv has a header but no ratings: a line for each should follow" },
    { "userId,movieId,rating", "ratings.csv has a header but no ratings: a line for each should follow" },
    { "userId,movieId,rating\n\n  \n", "ratings.csv has a header but no ratings: a line for each should follow" },
    { "userId,rating\n1,2\n", "ratings.csv, line 1: there is no column “movieId”. The columns found are “userId”, "
                              "“rating”; the first line should "
                              "name them, as in “userId,movieId,rating”" },
    { "4,1,3\n5,1,2\n",
      "ratings.csv has no line that names its columns, and what they hold (“4”, “1”, “3”) does not say for sure which "
      "is which: choose the columns of the users, the movies and the ratings" },
    { "user,item,plays\n1,1,100\n1,2,3\n",
      "ratings.csv has no ratings: the column “plays” seems to count how often somebody played or bought something, "
      "which does not say how much they like it. To use it all the same, choose it as the column of the ratings" },
    { "userId,movieId,rating,Rating\n1,1,1,1\n",
      "ratings.csv, line 1: two columns are called “Rating”; rename the one that is not meant" },
    { "movieId,title,genres\n1,Heat (1995),Action\n",
      "ratings.csv looks like a file of titles, not of ratings: open it as titles" },
    { "userId,movieId,rating\n1,1,4\n1,2,good\n", "ratings.csv, line 3, column 5: the rating should be a number such "
                                                  "as 3.5, but “good” was found: correct the line "
                                                  "or delete it" },
    { "userId,movieId,rating\n1,1,\n",
      "ratings.csv, line 2, column 5: the rating should be a number such as 3.5, but “” was found: correct the line or "
      "delete it" },
    { "userId,movieId,rating\nZoë,\"a\nb\",x\n", "ratings.csv, line 3, column 4: the rating should be a number such as "
                                                 "3.5, but “x” was found: correct the line or "
                                                 "delete it" },
    { "userId,movieId,rating\n1,1,NaN\n",
      "ratings.csv, line 2, column 5: the rating “NaN” is not a finite number: correct the line or delete it" },
    { "userId,movieId,rating\n1,1,-inf\n",
      "ratings.csv, line 2, column 5: the rating “-inf” is not a finite number: correct the line or delete it" },
    { "userId,movieId,rating\n1,1,1e39\n",
      "ratings.csv, line 2, column 5: the rating “1e39” is too large; the largest that can be used is 3.4e+38: correct "
      "the line or delete it" },
    { "userId,movieId,rating\n,1,1\n",
      "ratings.csv, line 2, column 1: the user id is missing: fill it in or delete the line" },
    { "userId,movieId,rating\n1,\"\",1\n",
      "ratings.csv, line 2, column 3: the movie id is missing: fill it in or delete the line" },
    { "userId,movieId,rating,time\n1,1,1,5\n1,2\n",
      "ratings.csv, line 3, column 4: the line “1,2” has 2 fields, but the header names 4: correct the line; a comma "
      "inside a field needs quotation marks around the field" },
    { "userId,movieId,rating,time\n1,1,1,5\n1,2,3",
      "ratings.csv, line 3, column 6: the line “1,2,3” has 3 fields, but the header names 4: the file seems to be cut "
      "off here, so copy or download it again" },
    { "userId,movieId,rating\n1\n",
      "ratings.csv, line 2, column 2: the line “1” has 1 field, but the header names 3: correct the line; a comma "
      "inside a field needs quotation marks around the field" },
    { "userId,movieId,rating\n1,1,3,5\n", "ratings.csv, line 2, column 7: the line “1,1,3,5” has 4 fields, but the "
                                          "header names 3: correct the line; a comma "
                                          "inside a field needs quotation marks around the field" },
    { "userId,movieId,rating\n1,\"1,3\n2,2,2\n", "ratings.csv, line 2, column 3: the quotation mark that opens here is "
                                                 "never closed: add the one that is missing" },
    { "userId,movieId,rating\n1,1,1\n\"1\"x,1,3\n",
      "ratings.csv, line 3, column 1: there is text after the quotation mark that closes this field: write quotation "
      "marks inside a field twice" },
    { "\xff\xfeu\1s\1e\1", "ratings.csv is text in UTF-16: save it as UTF-8 and open it again" },
    { "\"userId,movieId,rating\n1,2,3\n",
      "ratings.csv, line 1: a quotation mark in the names of the columns has no partner" },
  };
  static const gsize block_sizes[] = { 1, 6, 1 << 20 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize b = 0; b < G_N_ELEMENTS (block_sizes); b++)
      {
        g_autofree char *path = text_file_write ("ratings.csv", cases[i].text, -1);
        g_autoptr (MatineePool) pool = matinee_pool_new (2);
        g_autoptr (GError) error = NULL;

        g_assert_null (matinee_ratings_read_in_blocks (path, block_sizes[b], pool, NULL, NULL, NULL, &error));
        g_assert_nonnull (error);
        g_assert_cmpstr (error->message, ==, cases[i].message);
        g_assert_true (error->domain == MATINEE_ERROR);
        if (strstr (error->message, "but no ratings"))
          g_assert_cmpint (error->code, ==, MATINEE_ERROR_DATA);
        else if (error->code != MATINEE_ERROR_UNCERTAIN)
          g_assert_cmpint (error->code, ==, MATINEE_ERROR_FORMAT);
      }
}

/* Files with some bytes wrong: whatever comes out, ratings or the message, is the
 * same for blocks of any size. */
static void
test_damaged (void)
{
  static const char bytes[] = "\",\n\r\"0 9.-ex\xc3\xa9\"\n,";
  static const gsize block_sizes[] = { 1 << 20, 7, 90, 1000 };
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  guint n_good = 0;

  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (GString) text = make_text (round, round % 128, 1);
      g_autoptr (MatineeRatings) expected = NULL;
      g_autoptr (GError) expected_error = NULL;
      g_autofree char *path = NULL;
      gsize head = strcspn (text->str, "\n") + 1;

      for (guint i = 0; i < 1 + round % 3; i++)
        text->str[head + matinee_random_u64 (1, round, i) % (text->len - head)]
            = bytes[matinee_random_u64 (2, round, i) % (sizeof bytes - 1)];
      path = text_file_write ("ratings.csv", text->str, (gssize) text->len);
      for (gsize b = 0; b < G_N_ELEMENTS (block_sizes); b++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (MatineeRatings) ratings
              = matinee_ratings_read_in_blocks (path, block_sizes[b], pool, NULL, NULL, NULL, &error);

          g_assert_true ((ratings == NULL) == (error != NULL));
          if (b == 0)
            {
              expected = g_steal_pointer (&ratings);
              expected_error = g_steal_pointer (&error);
              n_good += expected != NULL;
            }
          else if (expected_error != NULL)
            {
              g_assert_nonnull (error);
              g_assert_cmpstr (error->message, ==, expected_error->message);
              g_assert_true (g_utf8_validate (error->message, -1, NULL));
            }
          else
            {
              g_assert_no_error (error);
              assert_same_ratings (expected, ratings);
            }
        }
    }
  g_test_message ("%u of 400 could be read", n_good);
  g_assert_cmpuint (n_good, >, 20);
  g_assert_cmpuint (n_good, <, 380);
}

/* What was left out, line by line. */
static char *
show_report (const MatineeReadReport *report)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%" G_GSIZE_FORMAT "\n", report->n_bad);
  for (guint b = 0; b < report->bad_lines->len; b++)
    {
      const MatineeBadLine *bad = &g_array_index (report->bad_lines, MatineeBadLine, b);

      g_string_append_printf (text, "%" G_GUINT64_FORMAT " %s\n", bad->line, bad->message);
    }
  return g_string_free (text, FALSE);
}

/* Reads with bad lines left out; the result, of either kind, as text. */
static char *
read_tolerant (const char *path, gsize block_size, guint n_threads, MatineeTolerance tolerance, gboolean *good)
{
  const MatineeReadOptions options = { .tolerance = tolerance, .block_size = block_size };
  g_autoptr (MatineePool) pool = matinee_pool_new (n_threads);
  g_auto (MatineeReadReport) report = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeRatings) ratings
      = matinee_ratings_read_with (path, &options, pool, NULL, NULL, NULL, &report, &error);
  g_autofree char *shown_report = show_report (&report);
  g_autofree char *shown = ratings != NULL ? show (ratings) : NULL;

  g_assert_true ((ratings == NULL) == (error != NULL));
  *good = ratings != NULL;
  return g_strconcat (shown != NULL ? shown : error->message, "\n", shown != NULL ? shown_report : "", NULL);
}

/* The same damage as above, but bad lines are left out: what is left, what was left
 * out and why are the same for blocks of any size and any number of threads. */
static void
test_left_out (void)
{
  static const char bytes[] = "\",\n\r\"0 9.-ex\xc3\xa9\"\n,";
  static const gsize block_sizes[] = { 1 << 20, 7, 90, 1000 };
  guint n_good = 0;

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GString) text = make_text (round, round % 128, 1);
      g_autofree char *expected = NULL;
      g_autofree char *path = NULL;
      gsize head = strcspn (text->str, "\n") + 1;
      gboolean good;

      for (guint i = 0; i < 1 + round % 40; i++)
        text->str[head + matinee_random_u64 (1, round, i) % (text->len - head)]
            = bytes[matinee_random_u64 (2, round, i) % (sizeof bytes - 1)];
      path = text_file_write ("ratings.csv", text->str, (gssize) text->len);
      for (gsize b = 0; b < G_N_ELEMENTS (block_sizes); b++)
        {
          g_autofree char *shown = read_tolerant (path, block_sizes[b], 1 + b % 3, MATINEE_TOLERANCE_MANY, &good);

          if (expected == NULL)
            expected = g_steal_pointer (&shown);
          else
            g_assert_cmpstr (shown, ==, expected);
        }
      n_good += good;
    }
  g_test_message ("%u of 200 could be read", n_good);
  g_assert_cmpuint (n_good, >, 150);
}

/* Exactly which lines are left out, and when there are too many. */
static void
test_tolerance (void)
{
  static const struct
  {
    const char *text;
    MatineeTolerance tolerance;
    const char *expected;
  } cases[] = {
    { "user,movie,rating\n1,1,1\n1,2\n1,3,x\n\"1,4,4\n1,5,5\n,6,6\n1,7,7\n",
      { 9, 0.9 },
      "1 1 1\n1 5 5\n1 7 7\n\n4\n"
      "3 ratings.csv, line 3, column 4: the line “1,2” has 2 fields, but the header names 3: correct the line; a comma "
      "inside a field needs quotation marks around the field\n"
      "4 ratings.csv, line 4, column 5: the rating should be a number such as 3.5, but “x” was found: correct the line "
      "or delete it\n"
      "5 ratings.csv, line 5, column 1: the quotation mark that opens here is never closed: add the one that is "
      "missing\n"
      "7 ratings.csv, line 7, column 1: the user id is missing: fill it in or delete the line\n" },
    /* An id of a line that is left out is no user. */
    { "user,movie,rating\nann,heat,1\nbob,alien,bad\n",
      { 1, 0.5 },
      "ann heat 1\n\n1\n"
      "3 ratings.csv, line 3, column 11: the rating should be a number such as 3.5, but “bad” was found: correct the "
      "line or delete it\n" },
    { "user,movie,rating\n1,1,1\n1,2,a\n1,3,b\n",
      { 9, 0.5 },
      "ratings.csv, line 3, column 5: the rating should be a number such as 3.5, but “a” was found: correct the line "
      "or "
      "delete it (2 lines are bad, which is too much to leave out)\n" },
    { "user,movie,rating\n1,1,1\n1,2,a\n1,3,3\n1,4,4\n",
      { 1000, 0.001 },
      "ratings.csv, line 3, column 5: the rating should be a number such as 3.5, but “a” was found: correct the line "
      "or "
      "delete it\n" },
    { "1:\n5,3,2005-09-06\nx\n6,bad,2005-09-06\n99999999999:\n7,2,2005-09-06\n2:\n5,1,2005-09-06\n",
      { 9, 0.9 },
      "5 1 3\n5 2 1\n7 1 2\n\n3\n"
      "3 ratings.csv, line 3, column 1: the line “x” should name a movie by a whole number, as in “17:”: correct the "
      "line\n"
      "4 ratings.csv, line 4, column 3: the rating should be a number such as 3.5, but “bad” was found: correct the "
      "line "
      "or delete it\n"
      "5 ratings.csv, line 5, column 1: the line “99999999999:” should name a movie by a whole number, as in “17:”: "
      "correct the line\n" },
    { "1::2::3::978300760\n2:x:2::3::978300760\n2::3::4::978300761\n",
      { 9, 0.9 },
      "1 2 3\n2 3 4\n\n1\n"
      "2 ratings.csv, line 2, column 20: the line “2:x:2::3::978300760” has 3 fields, but the first line has 4: "
      "correct "
      "the "
      "line or delete it\n" },
  };
  static const gsize block_sizes[] = { 1, 5, 13, 1 << 20 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize b = 0; b < G_N_ELEMENTS (block_sizes); b++)
      {
        g_autofree char *path = text_file_write ("ratings.csv", cases[i].text, -1);
        gboolean good;
        g_autofree char *shown = read_tolerant (path, block_sizes[b], 2, cases[i].tolerance, &good);

        g_test_message ("blocks of %" G_GSIZE_FORMAT ": %s", block_sizes[b], cases[i].text);
        g_assert_cmpstr (shown, ==, cases[i].expected);
      }
}

/* Lines that name movies, in blocks of any size: a table of the same ratings. */
static void
test_movie_lines (void)
{
  static const gsize block_sizes[] = { 200, 333, 1000, 1 << 20 };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) table = g_string_new ("userId,movieId,rating\n");
  g_autoptr (MatineeRatings) expected = NULL;

  for (guint movie = 1; movie <= 200; movie++)
    {
      guint n = (guint) (matinee_random_u64 (1, 1, movie) % 40);

      g_string_append_printf (text, "%u:\n", movie * 7 % 211);
      for (guint i = 0; i < n; i++)
        {
          guint rating = (guint) (matinee_random_u64 (2, movie, i) % 5) + 1;

          g_string_append_printf (text, "%u,%u,2005-09-%02u\n", i * 11 + movie % 3, rating, i % 30 + 1);
          g_string_append_printf (table, "%u,%u,%u\n", i * 11 + movie % 3, movie * 7 % 211, rating);
        }
    }
  expected = read_text (table->str, -1, 1 << 20);
  for (gsize b = 0; b < G_N_ELEMENTS (block_sizes); b++)
    {
      g_autoptr (MatineeRatings) ratings = read_text (text->str, -1, block_sizes[b]);

      assert_same_ratings (expected, ratings);
    }
}

static void
assert_fails (const char *path, GQuark domain, int code, const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (matinee_ratings_read (path, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, domain, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_not_files (void)
{
  g_autofree char *missing = text_file_path ("none.csv");
  g_autofree char *folder = text_file_path (".");
  g_autofree char *pipe = text_file_path ("pipe");

  assert_fails (missing, G_FILE_ERROR, G_FILE_ERROR_NOENT, "“none.csv” can’t be opened: ");
  assert_fails (folder, G_FILE_ERROR, G_FILE_ERROR_ISDIR, "is a folder: open a file inside it");
  assert_fails ("/dev/zero", G_FILE_ERROR, G_FILE_ERROR_INVAL, "“zero” is not an ordinary file");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_fails (pipe, G_FILE_ERROR, G_FILE_ERROR_INVAL, "“pipe” is not an ordinary file");

  if (geteuid () != 0)
    {
      g_autofree char *locked = text_file_write ("locked.csv", "userId,movieId,rating\n1,1,1\n", -1);

      g_assert_cmpint (g_chmod (locked, 0), ==, 0);
      assert_fails (locked, G_FILE_ERROR, G_FILE_ERROR_ACCES, "“locked.csv” can’t be opened: ");
    }
}

/* A gigabyte of zeros, alone or behind a good beginning, and a line without end
 * are refused at once. */
static void
test_not_text (void)
{
  static const char *const heads[] = { "", "userId,movieId,rating\n1,1,1\n" };
  g_autoptr (GString) endless = g_string_new ("userId,movieId,rating\n1,1,1\n1,2,");
  g_autofree char *path = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autofree char *zeros = text_file_write ("zeros.csv", heads[i], -1);
      gint64 start = g_get_monotonic_time ();

      g_assert_cmpint (truncate (zeros, 1 << 30), ==, 0);
      assert_fails (zeros, MATINEE_ERROR, MATINEE_ERROR_FORMAT, "zero byte");
      g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
    }
  for (int i = 0; i < 300000; i++)
    g_string_append (endless, "0123456789");
  path = text_file_write ("endless.csv", endless->str, (gssize) endless->len);
  assert_fails (path, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                "endless.csv, line 3, column 1: the line is longer than 1048576 bytes");

  g_string_assign (endless, "userId,movieId,rating\n1,1,1\n1,\"2,1\n");
  for (int i = 0; i < 300000; i++)
    g_string_append (endless, "1,2,3\n1,3,4\n");
  g_free (path);
  path = text_file_write ("unclosed.csv", endless->str, (gssize) endless->len);
  assert_fails (path, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                "unclosed.csv, line 3, column 3: the quotation mark that opens here is never closed");
}

/* A long file in which one field with line ends spans many small blocks. */
static void
test_long_field (void)
{
  g_autoptr (GString) text = g_string_new ("userId,movieId,rating,note\n");
  g_autoptr (MatineeRatings) ratings = NULL;

  for (int i = 0; i < 1000; i++)
    {
      g_string_append_printf (text, "%d,1,2,\"", i);
      for (int line = 0; line < (i == 500 ? 20000 : 0); line++)
        g_string_append (text, "1,2,3,4\n");
      g_string_append (text, "\"\n");
    }
  ratings = read_text (text->str, (gssize) text->len, 4096);
  g_assert_cmpuint (matinee_ratings_get_n (ratings), ==, 1000);
  g_assert_cmpuint (matinee_ratings_get_n_users (ratings), ==, 1000);
}

static void
note_progress (double fraction, gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1);
  *last = fraction;
}

typedef struct
{
  MatineeStop stop;
  double at;
  gint64 requested;
} Stopping;

static void
stop_at (double fraction, gpointer data)
{
  Stopping *stopping = data;

  if (fraction >= stopping->at && stopping->requested == 0)
    {
      stopping->requested = g_get_monotonic_time ();
      matinee_stop_request (&stopping->stop);
    }
}

static void
test_progress_and_stop (void)
{
  g_autoptr (GString) text = g_string_new ("userId,movieId,rating\n");
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  g_autofree char *path = NULL;

  for (guint i = 0; i < 400000; i++)
    g_string_append_printf (text, "%u,%u,%u\n", i % 1000, (i * 7919) % 5003, i % 5);
  path = text_file_write ("ratings.csv", text->str, (gssize) text->len);

  {
    g_autoptr (MatineeRatings) ratings = NULL;
    double last = 0;

    ratings = matinee_ratings_read_in_blocks (path, 10000, pool, note_progress, &last, NULL, NULL);
    g_assert_nonnull (ratings);
    g_assert_cmpfloat (last, ==, 1);
  }

  for (double at = 0.05; at < 1; at += 0.15)
    {
      Stopping stopping = { .at = at };
      g_autoptr (GError) error = NULL;

      if (at > 0.75)
        break;
      g_assert_null (matinee_ratings_read_in_blocks (path, 10000, pool, stop_at, &stopping, &stopping.stop, &error));
      g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
      /* Promised are 50 ms; sanitizers and busy machines take longer. */
      g_assert_cmpint (g_get_monotonic_time () - stopping.requested, <, G_USEC_PER_SEC / 2);
    }
}

/* Each allocation fails once: a clear error, and nothing is left behind. */
static void
test_out_of_memory (void)
{
  static const guint kinds[] = { 0, 4 | 8, 16, 64 };
  int before = failing_memory_get_n_live ();

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GString) text = make_text (1, kinds[k], 1);
      g_autofree char *path = text_file_write ("ratings.csv", text->str, (gssize) text->len);
      int failures = 0;

      for (gboolean failed = TRUE; failed; failures++)
        {
          g_autoptr (MatineePool) pool = matinee_pool_new (2);
          g_autoptr (MatineeRatings) ratings = NULL;
          g_autoptr (GError) error = NULL;

          failing_memory_fail_at (failures);
          ratings = matinee_ratings_read_in_blocks (path, 5000, pool, NULL, NULL, NULL, &error);
          failed = failing_memory_has_failed ();
          failing_memory_stop ();
          if (failed)
            g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_MEMORY);
          else
            g_assert_no_error (error);
        }
      g_assert_cmpint (failures, >, 20);
      g_assert_cmpint (failing_memory_get_n_live (), ==, before);
    }
}

static void
test_movielens (void)
{
  const char *folder = g_getenv ("MATINEE_MOVIELENS");
  g_autofree char *path = NULL;
  g_autoptr (MatineeRatings) ratings = NULL;
  g_autoptr (GError) error = NULL;

  if (folder == NULL)
    {
      g_test_skip ("MATINEE_MOVIELENS is not set");
      return;
    }
  path = g_build_filename (folder, "ratings.csv", NULL);
  ratings = matinee_ratings_read (path, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (matinee_ratings_get_n (ratings), ==, 100836);
  g_assert_cmpuint (matinee_ratings_get_n_users (ratings), ==, 610);
  g_assert_cmpuint (matinee_ratings_get_n_movies (ratings), ==, 9724);
  g_assert_cmpuint (ratings->n_levels, ==, 10);
  g_assert_cmpfloat (ratings->step, ==, 0.5f);
  g_assert_cmpfloat_with_epsilon (ratings->mean, 3.501556983616962, 1e-12);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  text_file_begin ();
  g_test_add_func ("/ratings-reader/forms", test_forms);
  g_test_add_func ("/ratings-reader/random", test_random);
  g_test_add_func ("/ratings-reader/problems", test_problems);
  g_test_add_func ("/ratings-reader/damaged", test_damaged);
  g_test_add_func ("/ratings-reader/left-out", test_left_out);
  g_test_add_func ("/ratings-reader/tolerance", test_tolerance);
  g_test_add_func ("/ratings-reader/movie-lines", test_movie_lines);
  g_test_add_func ("/ratings-reader/not-files", test_not_files);
  g_test_add_func ("/ratings-reader/not-text", test_not_text);
  g_test_add_func ("/ratings-reader/long-field", test_long_field);
  g_test_add_func ("/ratings-reader/progress-and-stop", test_progress_and_stop);
  g_test_add_func ("/ratings-reader/out-of-memory", test_out_of_memory);
  g_test_add_func ("/ratings-reader/movielens", test_movielens);
  result = g_test_run ();
  text_file_end ();
  return result;
}
