/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-random.h"
#include "matinee-ratings-reader.h"
#include "text-file.h"

static MatineeRatings *
read_text (const char *text, gsize block_size, MatineeTimesWanted times)
{
  g_autofree char *path = text_file_write ("ratings.csv", text, -1);
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  g_autoptr (GError) error = NULL;
  const MatineeReadOptions options = { .block_size = block_size, .times = times };
  MatineeRatings *ratings = matinee_ratings_read_with (path, &options, pool, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return ratings;
}

static const gsize block_sizes[] = { 1, 13, 40, 1000000 };

/* The times of all ratings, in the order of users and movies. */
static void
test_forms (void)
{
  static const struct
  {
    const char *text;
    gint64 times[3];
  } cases[] = {
    { "userId,movieId,rating,timestamp\n2,10,4.0,964982703\n1,10,3.5,98\n1,7,1,1234567890123456\n",
      { 1234567890123456, 98, 964982703 } },
    { "userId,movieId,rating,timestamp\r\n1,7,1,1\r\n1,8,3.5,100000000\r\n2,10,4.0,00000099\r\n",
      { 1, 100000000, 99 } },
    { "date,movieId,userId,rating\n2000-07-30,7,1,4\n2000-07-30 18:45:03,8,1,4\n\"1970-01-01\",9,1,4\n",
      { 964915200, 964982703, 0 } },
    { "movieId,Time,userId,rating\n7,-5,1,4\n8, 17 ,1,4\n9,17.9,1,4\n", { -5, 17, 17 } },
    { "userId,movieId,rating,timestamp,tag\n1,7,5,1,a\n1,8,5,2,\"b,\n3\"\n1,9,5,3,c\n", { 1, 2, 3 } },
    { "userId,movieId,rating,timestamp\n1,7,5,1\n1,8,5,9\n1,9,5,3\n1,8,4,2\n", { 1, 2, 3 } },
    { "userId,movieId,rating,unix_review_time\nann,x,5,1\nann,y,5,2\nbob,x,5,3\n", { 1, 2, 3 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize b = 0; b < G_N_ELEMENTS (block_sizes); b++)
      {
        g_autoptr (MatineeRatings) ratings = read_text (cases[i].text, block_sizes[b], MATINEE_TIMES_IF_GOOD);
        g_autoptr (MatineeRatings) without = read_text (cases[i].text, block_sizes[b], MATINEE_TIMES_UNWANTED);

        g_test_message ("%s", cases[i].text);
        g_assert_cmpuint (matinee_ratings_get_n (ratings), ==, 3);
        g_assert_null (ratings->no_times);
        g_assert_cmpmem (ratings->times, 3 * sizeof (gint64), cases[i].times, 3 * sizeof (gint64));
        g_assert_cmpint (ratings->period.first, ==,
                         MIN (MIN (ratings->times[0], ratings->times[1]), ratings->times[2]));
        g_assert_cmpint (ratings->period.last, ==, MAX (MAX (ratings->times[0], ratings->times[1]), ratings->times[2]));
        /* Those who don't ask for times don't pay for them. */
        g_assert_null (without->times);
        g_assert_null (without->no_times);
        g_assert_true (matinee_period_is_never (&without->period));
      }
}

/* The ratings are read all the same, and why there are no times is known. */
static void
test_unusable (void)
{
  static const struct
  {
    const char *text;
    const char *reason;
  } cases[] = {
    { "userId,movieId,rating\n1,7,1\n1,8,2\n1,9,3\n", "ratings.csv has no column for it" },
    { "userId,movieId,rating,timestamp\n1,7,1,5\n1,8,2,yesterday\n1,9,3,never\n",
      "ratings.csv, line 3, column 7: the time should be seconds since 1970" },
    { "userId,movieId,rating,timestamp\n1,7,1,\n1,8,2,6\n1,9,3,7\n", "ratings.csv, line 2, column 7" },
    { "date,userId,movieId,rating\n12/31/1999,1,7,1\n2000-01-01,1,8,2\n2000-01-01,1,9,3\n",
      "\u201c12/31/1999\u201d was found" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize b = 0; b < G_N_ELEMENTS (block_sizes); b++)
      {
        g_autoptr (MatineeRatings) ratings = read_text (cases[i].text, block_sizes[b], MATINEE_TIMES_IF_GOOD);

        g_test_message ("%s", ratings->no_times);
        g_assert_cmpuint (matinee_ratings_get_n (ratings), ==, 3);
        g_assert_null (ratings->times);
        g_assert_nonnull (strstr (ratings->no_times, cases[i].reason));
        g_assert_true (matinee_period_is_never (&ratings->period));
      }
}

/* Many lines, plain and quoted: each rating keeps its own time, in blocks of any size. */
static void
test_many (void)
{
  static const gsize sizes[] = { 5000, 100000, 10000000 };
  g_autoptr (GString) text = g_string_new ("userId,movieId,rating,timestamp\n");

  for (guint i = 0; i < 20000; i++)
    {
      guint64 bits = matinee_random_u64 (1, 2, i);
      guint user = (guint) bits % 100, movie = i;

      /* The time says whose it is. */
      g_string_append_printf (text, bits >> 60 == 0 ? "\"%u\",%u,3.5,\"%u\"\n" : "%u,%u,3.5,%u\n", user, movie,
                              1000000000 + user * 100000 + movie);
    }
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autoptr (MatineeRatings) ratings = read_text (text->str, sizes[s], MATINEE_TIMES_IF_GOOD);
      const MatineeSparse *all = ratings->by_user;

      g_assert_cmpuint (all->n_entries, ==, 20000);
      for (guint32 row = 0; row < all->n_rows; row++)
        for (gsize e = all->offsets[row]; e < all->offsets[row + 1]; e++)
          g_assert_cmpint (ratings->times[e], ==,
                           1000000000 + matinee_ids_get_integer (ratings->users, row) * 100000
                               + matinee_ids_get_integer (ratings->movies, all->columns[e]));
    }
}

/* Lines that are left out leave no time behind, in every form of table. */
static void
test_left_out (void)
{
  static const char *const texts[] = {
    "userId,movieId,rating,timestamp\n1,7,4,100\n1,8,none,200\n,8,3,250\n1,8,3,300\n2,7,5,400\n",
    "userId::movieId::rating::timestamp\n1::7::4::100\n1::8::none::never\n1::8::3::300\n::8::3::350\n2::7::5::400\n",
    "7:\n1,4,1970-01-01\n2,none,1970-01-02\n2,5,1970-01-03\n8:\n1,,never\n1,3,1970-01-02\n",
  };
  static const gint64 times[][3] = { { 100, 300, 400 }, { 100, 300, 400 }, { 0, 86400, 172800 } };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize b = 0; b < G_N_ELEMENTS (block_sizes); b++)
      {
        g_autofree char *path = text_file_write ("ratings.csv", texts[i], -1);
        const MatineeReadOptions options
            = { .tolerance = { 10, 1 }, .block_size = block_sizes[b], .times = MATINEE_TIMES_IF_GOOD };
        g_auto (MatineeReadReport) report = { 0 };
        g_autoptr (GError) error = NULL;
        g_autoptr (MatineeRatings) ratings
            = matinee_ratings_read_with (path, &options, NULL, NULL, NULL, NULL, &report, &error);

        g_assert_no_error (error);
        g_assert_cmpuint (report.n_bad, ==, 2);
        g_assert_cmpuint (matinee_ratings_get_n (ratings), ==, 3);
        g_assert_null (ratings->no_times);
        g_assert_cmpmem (ratings->times, 3 * sizeof (gint64), times[i], sizeof times[i]);
      }
}

/* Where times are needed, a line without one is a bad line like others. */
static void
test_needed (void)
{
  static const char text[] = "userId,movieId,rating,timestamp\n1,7,4,100\n1,8,3,\"1x\"\n2,8,3,never\n2,7,5,400\n";
  static const gint64 times[] = { 100, 400 };
  g_autofree char *path = text_file_write ("ratings.csv", text, -1);

  for (gsize b = 0; b < G_N_ELEMENTS (block_sizes); b++)
    {
      MatineeReadOptions options
          = { .tolerance = { 10, 1 }, .block_size = block_sizes[b], .times = MATINEE_TIMES_NEEDED };
      g_auto (MatineeReadReport) report = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (MatineeRatings) ratings
          = matinee_ratings_read_with (path, &options, NULL, NULL, NULL, NULL, &report, &error);
      g_autoptr (MatineeRatings) refused = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (report.n_bad, ==, 2);
      g_assert_cmpmem (ratings->times, sizeof times, times, sizeof times);

      /* Too many of them are no reason to refuse the ratings. */
      options.tolerance = (MatineeTolerance){ 0 };
      refused = matinee_ratings_read_with (path, &options, NULL, NULL, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (matinee_ratings_get_n (refused), ==, 4);
      g_assert_null (refused->times);
      g_assert_nonnull (strstr (refused->no_times, "line 3"));
    }
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  text_file_begin ();
  g_test_add_func ("/ratings-times/forms", test_forms);
  g_test_add_func ("/ratings-times/unusable", test_unusable);
  g_test_add_func ("/ratings-times/left-out", test_left_out);
  g_test_add_func ("/ratings-times/needed", test_needed);
  g_test_add_func ("/ratings-times/many", test_many);
  result = g_test_run ();
  text_file_end ();
  return result;
}
