/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "matinee-memory.h"
#include "matinee-user-list.h"
#include "matinee-user.h"

/* A data set in which user u has rated film 0 only, with the given ids. */
static MatineeDataset *
dataset_with_users (MatineeIds *users)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineePool) pool = matinee_pool_new (1);
  gint64 *movie = matinee_alloc (1, sizeof *movie, "ids", &error);
  MatineeTriples triples = { 0 };
  MatineeIds *movies;
  MatineeRatings *ratings;
  MatineeDataset *dataset;

  g_assert_no_error (error);
  movie[0] = 1;
  movies = matinee_ids_new_integer (movie, 1, &error);
  g_assert_no_error (error);
  triples.n = matinee_ids_get_n (users);
  triples.users = matinee_alloc (triples.n, sizeof (guint32), "users", &error);
  triples.movies = matinee_alloc0 (triples.n, sizeof (guint32), "movies", &error);
  triples.codes = matinee_alloc0 (triples.n, 1, "codes", &error);
  g_assert_no_error (error);
  for (guint32 i = 0; i < triples.n; i++)
    triples.users[i] = i;
  triples.levels[0] = 3.5f;
  ratings = matinee_ratings_new (users, movies, &triples, pool, NULL, &error);
  g_assert_no_error (error);
  dataset = matinee_dataset_new (ratings, NULL, &error);
  g_assert_no_error (error);
  matinee_ratings_unref (ratings);
  matinee_ids_unref (movies);
  matinee_ids_unref (users);
  return dataset;
}

static MatineeDataset *
integer_dataset (const gint64 *ids, guint32 n)
{
  g_autoptr (GError) error = NULL;
  gint64 *sorted = matinee_alloc (n, sizeof *sorted, "ids", &error);
  MatineeIds *users;

  memcpy (sorted, ids, n * sizeof *sorted);
  users = matinee_ids_new_integer (sorted, n, &error);
  g_assert_no_error (error);
  return dataset_with_users (users);
}

/* Checks which ids are listed, by asking for every one. */
static void
assert_ids (MatineeUserList *list, const char *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (MatineeUser) user = g_list_model_get_item (G_LIST_MODEL (list), i);
      g_autofree char *id = matinee_user_dup_id (user);
      guint position;

      g_string_append_printf (found, i > 0 ? " %s" : "%s", id);
      g_assert_true (matinee_user_list_find (list, matinee_user_get_index (user), &position));
      g_assert_cmpuint (position, ==, i);
    }
  g_assert_cmpstr (found->str, ==, expected);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), g_list_model_get_n_items (G_LIST_MODEL (list))));
}

static void
test_integers (void)
{
  const gint64 ids[] = { G_MININT64, -120, -12, -1, 0, 1, 2, 12, 13, 20, 120, 129, 130, 1200, G_MAXINT64 };
  MatineeDataset *dataset = integer_dataset (ids, G_N_ELEMENTS (ids));
  g_autoptr (MatineeUserList) list = matinee_user_list_new ();

  assert_ids (list, "");
  matinee_user_list_set_dataset (list, dataset);
  assert_ids (list, "-9223372036854775808 -120 -12 -1 0 1 2 12 13 20 120 129 130 1200 9223372036854775807");
  matinee_user_list_set_prefix (list, "12");
  assert_ids (list, "12 120 129 1200");
  matinee_user_list_set_prefix (list, " 1 ");
  assert_ids (list, "1 12 13 120 129 130 1200");
  matinee_user_list_set_prefix (list, "0");
  assert_ids (list, "0");
  matinee_user_list_set_prefix (list, "-");
  assert_ids (list, "-9223372036854775808 -120 -12 -1");
  matinee_user_list_set_prefix (list, "-12");
  assert_ids (list, "-12 -120");
  matinee_user_list_set_prefix (list, "-9223372036854775808");
  assert_ids (list, "-9223372036854775808");
  matinee_user_list_set_prefix (list, "9");
  assert_ids (list, "9223372036854775807");
  matinee_user_list_set_prefix (list, "9223372036854775807");
  assert_ids (list, "9223372036854775807");
  for (const char *const *none = (const char *const[]){ "01", "x", "1x", "-0", "--1", "99999999999999999999", NULL };
       *none != NULL; none++)
    {
      matinee_user_list_set_prefix (list, *none);
      assert_ids (list, "");
    }
  matinee_user_list_set_prefix (list, "");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, G_N_ELEMENTS (ids));
  matinee_user_list_set_dataset (list, NULL);
  assert_ids (list, "");
  matinee_dataset_unref (dataset);
}

static void
test_text (void)
{
  const char *const ids[] = { "007", "anna", "annabel", "bob", "zoë", "zoë2" };
  g_autoptr (GError) error = NULL;
  MatineeIds *users = matinee_ids_new_text (ids, G_N_ELEMENTS (ids), &error);
  MatineeDataset *dataset;
  g_autoptr (MatineeUserList) list = matinee_user_list_new ();

  g_assert_no_error (error);
  dataset = dataset_with_users (users);
  matinee_user_list_set_dataset (list, dataset);
  assert_ids (list, "007 anna annabel bob zoë zoë2");
  matinee_user_list_set_prefix (list, "ann");
  assert_ids (list, "anna annabel");
  matinee_user_list_set_prefix (list, "annabel");
  assert_ids (list, "annabel");
  matinee_user_list_set_prefix (list, "zo");
  assert_ids (list, "zoë zoë2");
  matinee_user_list_set_prefix (list, "0");
  assert_ids (list, "007");
  matinee_user_list_set_prefix (list, "zz");
  assert_ids (list, "");
  matinee_dataset_unref (dataset);
}

static void
count_cb (GListModel *model, guint position, guint removed, guint added, guint *n_calls)
{
  (*n_calls)++;
}

/* Against a search of every id, on as many users as the largest data has. */
static void
test_many (void)
{
  const guint32 n = 162541;
  g_autofree gint64 *ids = g_new (gint64, n);
  MatineeDataset *dataset;
  g_autoptr (MatineeUserList) list = matinee_user_list_new ();
  guint n_calls = 0;

  for (guint32 i = 0; i < n; i++)
    ids[i] = (gint64) i * 3 + 1;
  dataset = integer_dataset (ids, n);
  matinee_user_list_set_dataset (list, dataset);
  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), &n_calls);
  for (guint prefix = 1; prefix < 2000; prefix += 7)
    {
      g_autofree char *text = g_strdup_printf ("%u", prefix);
      guint expected = 0;

      matinee_user_list_set_prefix (list, text);
      for (guint32 i = 0; i < n; i++)
        {
          gint64 id = ids[i];

          while (id > prefix)
            id /= 10;
          expected += id == prefix;
        }
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, expected);
    }
  g_assert_cmpuint (n_calls, ==, 286);
  matinee_user_list_set_prefix (list, "1996");
  g_assert_cmpuint (n_calls, ==, 286);
  matinee_dataset_unref (dataset);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/user-list/integers", test_integers);
  g_test_add_func ("/user-list/text", test_text);
  g_test_add_func ("/user-list/many", test_many);
  return g_test_run ();
}
