/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-fingerprint.h"

#include <string.h>

#include "matinee-memory.h"
#include "synthetic.h"

typedef struct
{
  guint n;
  gboolean with_codes;
  gboolean text_ids;
  guint turn; /* where the file begins, in this order of lines */
  int change; /* −1, or the rating that is another */
  int id;     /* −1, or the user that is another */
} Shape;

#define N_USERS 700
#define N_MOVIES 500

static MatineeIds *
make_ids (guint n, gboolean text, int other)
{
  gint64 *ids = matinee_alloc (n, sizeof *ids, "test", NULL);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      ids[i] = 2 * (gint64) i + (other == (int) i ? 1 : 0);
      g_ptr_array_add (texts, g_strdup_printf ("%06u%s", i, other == (int) i ? "\u00e9" : ""));
    }
  if (!text)
    return matinee_ids_new_integer (ids, n, NULL);
  matinee_free (ids);
  return matinee_ids_new_text ((const char *const *) texts->pdata, n, NULL);
}

static MatineeRatings *
make_ratings (const Shape *shape)
{
  g_autoptr (MatineeIds) users = make_ids (N_USERS, shape->text_ids, shape->id);
  g_autoptr (MatineeIds) movies = make_ids (N_MOVIES, shape->text_ids, -1);
  MatineeTriples triples = { 0 };

  g_assert_true (matinee_triples_alloc (&triples, shape->n, FALSE, NULL));
  for (guint i = 0; i < shape->n; i++)
    {
      guint line = (i * 7919 + shape->turn) % shape->n;

      triples.users[i] = line / N_MOVIES;
      triples.movies[i] = line % N_MOVIES;
      triples.values[i] = (float) (line % 10) + (shape->change == (int) line ? 0.5f : 0.0f);
      if (!shape->with_codes)
        triples.values[i] += (float) (line % 300) / 1024;
    }
  return matinee_ratings_new (users, movies, &triples, NULL, NULL, NULL);
}

static MatineeFingerprint
fingerprint_of (const Shape *shape, guint n_threads)
{
  g_autoptr (MatineeRatings) ratings = make_ratings (shape);
  g_autoptr (MatineePool) pool = matinee_pool_new (n_threads);
  MatineeFingerprint fingerprint;

  g_assert_true (shape->with_codes == (ratings->by_user->codes != NULL));
  g_assert_true (matinee_fingerprint_ratings (ratings, pool, NULL, &fingerprint, NULL));
  return fingerprint;
}

/* The order of the lines and the number of threads don't matter. */
static void
test_order (void)
{
  for (guint kind = 0; kind < 4; kind++)
    {
      Shape shape = { 300007, kind % 2, kind / 2, 0, -1, -1 };
      MatineeFingerprint a = fingerprint_of (&shape, 1);
      MatineeFingerprint b;

      shape.turn = 12345;
      b = fingerprint_of (&shape, 3);
      g_assert_true (matinee_fingerprint_equal (&a, &b));
    }
}

/* Anything else does: no two of these are the same. */
static void
test_changes (void)
{
  const Shape shapes[] = {
    { 150000, TRUE, FALSE, 0, -1, -1 },     { 150000, TRUE, FALSE, 0, 0, -1 },   { 150000, TRUE, FALSE, 0, 1, -1 },
    { 150000, TRUE, FALSE, 0, 149999, -1 }, { 150000, TRUE, FALSE, 0, -1, 0 },   { 150000, TRUE, FALSE, 0, -1, 699 },
    { 149999, TRUE, FALSE, 0, -1, -1 },     { 150000, FALSE, FALSE, 0, -1, -1 }, { 150000, FALSE, FALSE, 0, 9, -1 },
    { 150000, TRUE, TRUE, 0, -1, -1 },      { 150000, TRUE, TRUE, 0, -1, 3 },    { 150000, TRUE, TRUE, 0, -1, 4 },
  };
  MatineeFingerprint all[G_N_ELEMENTS (shapes)];

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      all[i] = fingerprint_of (&shapes[i], 2);
      for (guint j = 0; j < i; j++)
        g_assert_true (all[i].high != all[j].high && all[i].low != all[j].low);
    }
}

/* Written into files: it must not change from version to version. */
static void
test_pinned (void)
{
  const Shape shape = { 100000, TRUE, FALSE, 0, -1, -1 };
  const Shape text = { 100000, FALSE, TRUE, 0, -1, -1 };
  MatineeFingerprint fingerprint = fingerprint_of (&shape, 1);
  char buffer[MATINEE_FINGERPRINT_BUFFER];

  g_assert_cmpstr (matinee_fingerprint_format (&fingerprint, buffer), ==, "ca8d87d985676273377f6573584c9777");
  fingerprint = fingerprint_of (&text, 1);
  g_assert_cmpstr (matinee_fingerprint_format (&fingerprint, buffer), ==, "307ddd23547c8fad3e0c321878c478cf");
}

static void
test_text (void)
{
  const MatineeFingerprint wanted = { 0x0123456789abcdef, 0xfedcba9876543210 };
  MatineeFingerprint fingerprint;
  char buffer[MATINEE_FINGERPRINT_BUFFER];

  g_assert_cmpstr (matinee_fingerprint_format (&wanted, buffer), ==, "0123456789abcdeffedcba9876543210");
  g_assert_true (matinee_fingerprint_parse (buffer, &fingerprint));
  g_assert_true (matinee_fingerprint_equal (&fingerprint, &wanted));
  g_assert_false (matinee_fingerprint_parse (NULL, &fingerprint));
  g_assert_false (matinee_fingerprint_parse ("0123456789abcdeffedcba987654321", &fingerprint));
  g_assert_false (matinee_fingerprint_parse ("0123456789abcdeffedcba98765432100", &fingerprint));
  g_assert_false (matinee_fingerprint_parse ("0123456789abcdeffedcba987654321x", &fingerprint));
  g_assert_false (matinee_fingerprint_equal (&fingerprint, &fingerprint));
}

/* Two files together: it matters which of them trains, and not how many threads look. */
static void
test_split (void)
{
  const Shape shape = { .n = 40000, .with_codes = TRUE, .change = -1, .id = -1 };
  const Shape changed = { .n = 40000, .with_codes = TRUE, .change = 77, .id = -1 };
  g_autoptr (MatineePool) pool = matinee_pool_new (3);
  g_autoptr (MatineeRatings) a = make_ratings (&shape);
  g_autoptr (MatineeRatings) b = make_ratings (&changed);
  MatineeRatings *files[][2] = { { a, b }, { b, a }, { a, b } };
  MatineeFingerprint prints[3];

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (MatineeRatings) joined = NULL;
      g_autoptr (MatineeSplit) split = matinee_split_new_given (files[i][0], files[i][1], &joined, NULL, NULL, NULL);

      g_assert_nonnull (split);
      g_assert_true (matinee_fingerprint_split (joined, split, i == 2 ? pool : NULL, NULL, &prints[i], NULL));
    }
  g_assert_false (matinee_fingerprint_equal (&prints[0], &prints[1]));
  g_assert_true (matinee_fingerprint_equal (&prints[0], &prints[2]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fingerprint/order", test_order);
  g_test_add_func ("/fingerprint/changes", test_changes);
  g_test_add_func ("/fingerprint/pinned", test_pinned);
  g_test_add_func ("/fingerprint/text", test_text);
  g_test_add_func ("/fingerprint/split", test_split);
  return g_test_run ();
}
