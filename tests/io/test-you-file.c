/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <float.h>
#include <glib/gstdio.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-you-file.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("matinee-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "you", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static GPtrArray *
sample (void)
{
  g_autofree char *longest = g_strnfill (300, 'x');
  GPtrArray *ratings = g_ptr_array_new_with_free_func ((GDestroyNotify) matinee_you_rating_free);

  g_ptr_array_add (ratings, matinee_you_rating_new ("1", "<b>Tom & \"Jerry\"</b>, (1940)", 4.5));
  g_ptr_array_add (ratings, matinee_you_rating_new ("tt002", "الفيلم (1958)", 0.5));
  g_ptr_array_add (ratings, matinee_you_rating_new ("-3", "", 3.0));
  g_ptr_array_add (ratings, matinee_you_rating_new ("4", longest, 1.0 / 3.0));
  return ratings;
}

/* A ratings file is read in single precision. */
static void
assert_equal (const GPtrArray *a, const GPtrArray *b, double epsilon)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const MatineeYouRating *x = a->pdata[i];
      const MatineeYouRating *y = b->pdata[i];

      g_assert_cmpstr (x->id, ==, y->id);
      g_assert_cmpstr (x->title, ==, y->title);
      g_assert_cmpfloat_with_epsilon (x->rating, y->rating, epsilon);
    }
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) ratings = sample ();
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GPtrArray) imported = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (matinee_you_file_write (fixture->path, ratings, &error));
  g_assert_no_error (error);
  kept = matinee_you_file_read (fixture->path, &error);
  g_assert_no_error (error);
  assert_equal (ratings, kept, DBL_MIN);

  g_assert_true (matinee_you_file_export (fixture->path, ratings, &error));
  g_assert_no_error (error);
  imported = matinee_you_file_import (fixture->path, NULL, &error);
  g_assert_no_error (error);
  assert_equal (ratings, imported, 1e-6);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ratings = matinee_you_file_read (fixture->path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ratings->len, ==, 0);
  g_assert_null (matinee_you_file_import (fixture->path, NULL, &error));
  g_assert_nonnull (error);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    "{",
    "[]",
    "{\"format\":\"matinee-you\"}",
    "{\"format\":\"other\",\"ratings\":[]}",
    "{\"format\":\"matinee-you\",\"ratings\":[7]}",
    "{\"format\":\"matinee-you\",\"ratings\":[{\"movie\":\"1\",\"title\":\"\",\"rating\":\"5\"}]}",
    "{\"format\":\"matinee-you\",\"ratings\":[{\"movie\":1,\"title\":\"\",\"rating\":5}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (fixture->path, texts[i], -1, NULL));
      g_assert_null (matinee_you_file_read (fixture->path, &error));
      g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT);
    }
}

static void
test_import (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    int n;
    const char *message;
  } cases[] = {
    { "userId,movieId,rating,timestamp\r\n7,1,4.0,964982703\r\n\r\n7,3,2.5,964981247", 2, NULL },
    { "RATING,MovieId\n5,a b\n", 1, NULL },
    { "userId,movieId\n7,1\n", -1, "line 1" },
    { "movieId,rating\n1,4\n2,good\n", -1, "line 3" },
    { "movieId,rating\n1,nan\n", -1, "line 2" },
    { "movieId,rating\n1\n", -1, "line 2" },
    { "movieId,rating,title\n1,4,\"open\n", -1, "line 2" },
    { "movieId,rating,title\n1,4,Am\xe9lie\n", 1, NULL },
    { "movieId,rating,title\n\xff,4,x\n", 1, NULL },
    { "userId,movieId,rating\n1,1,4\n1,2,4\n2,1,4\n", -1, "line 4" },
    { "movieId,rating\n", -1, "no ratings" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) ratings = NULL;

      g_assert_true (g_file_set_contents (fixture->path, cases[i].text, -1, NULL));
      ratings = matinee_you_file_import (fixture->path, NULL, &error);
      g_assert_cmpint (ratings != NULL ? (int) ratings->len : -1, ==, cases[i].n);
      if (cases[i].message != NULL)
        {
          g_assert_true (error->domain == MATINEE_ERROR);
          g_assert_nonnull (strstr (error->message, cases[i].message));
        }
    }
}

#define ADD(path, func) g_test_add ("/you-file/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("nothing", test_nothing);
  ADD ("damaged", test_damaged);
  ADD ("import", test_import);
  return g_test_run ();
}
