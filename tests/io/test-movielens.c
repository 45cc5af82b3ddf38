/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-movielens.h"

#include <glib/gstdio.h>
#include <string.h>

#include "matinee-download.h"
#include "matinee-error.h"
#include "matinee-part-file.h"
#include "matinee-system.h"
#include "movielens-server.h"

/* The catalogue, and what is taken out of an archive and what never is. */

static char *root;

static const MatineeMovieLensSet *
small (void)
{
  return matinee_movielens_find ("latest-small");
}

static char *
write_archive (GBytes *archive)
{
  char *path = g_build_filename (root, "archive.zip", NULL);
  gsize size;
  const char *data = g_bytes_get_data (archive, &size);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
  return path;
}

static void
assert_refused (const MovieLensMember *members, guint n_members, const char *part_of_message)
{
  g_autoptr (GBytes) archive = movielens_archive (members, n_members);
  g_autofree char *path = write_archive (archive);
  g_autofree char *folder = matinee_movielens_dup_folder (small (), root);
  g_autofree char *temporary = g_build_filename (root, ".latest-small.unpacking", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (matinee_movielens_unpack (small (), path, root, NULL, NULL, NULL, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, part_of_message));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (temporary, G_FILE_TEST_EXISTS));
}

static void
test_catalogue (void)
{
  guint n;
  const MatineeMovieLensSet *sets = matinee_movielens_get_sets (&n);

  g_assert_cmpuint (n, ==, 8);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *url = matinee_movielens_dup_url (&sets[i], "https://example.org/ml");
      g_autofree char *wanted = g_strdup_printf ("https://example.org/ml/ml-%s.zip", sets[i].name);
      const char *terms = matinee_movielens_get_terms (&sets[i]);

      g_assert_true (matinee_movielens_find (sets[i].name) == &sets[i]);
      g_assert_cmpstr (url, ==, wanted);
      g_assert_nonnull (sets[i].files[1]);
      g_assert_cmpuint (sets[i].n_users, <, sets[i].n_ratings);
      g_assert_cmpuint (sets[i].size, >, 0);
      g_assert_true (g_utf8_validate (terms, -1, NULL));
      g_assert_nonnull (strstr (terms, "endorsement"));
      g_assert_nonnull (strstr (terms, "10.1145/2827872"));
    }
  g_assert_true (matinee_movielens_find ("ML-25M") == matinee_movielens_find ("25m"));
  g_assert_null (matinee_movielens_find ("26m"));
  g_assert_null (matinee_movielens_find (""));
  /* Who may pass a set on differs. */
  g_assert_nonnull (strstr (matinee_movielens_get_terms (matinee_movielens_find ("32m")), "may redistribute"));
  g_assert_nonnull (strstr (matinee_movielens_get_terms (matinee_movielens_find ("25m")), "may not redistribute"));
  g_assert_nonnull (strstr (matinee_movielens_get_terms (matinee_movielens_find ("1m")), "may not redistribute"));
}

static void
test_md5 (void)
{
  const char *texts[] = { "MD5 (ml-1m.zip) = C4D9EECFCA2AB87C1945AFE126590906\n",
                          "c4d9eecfca2ab87c1945afe126590906  ml-1m.zip\r\n", "c4d9eecfca2ab87c1945afe126590906" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *md5 = matinee_movielens_parse_md5 (texts[i]);

      g_assert_cmpstr (md5, ==, "c4d9eecfca2ab87c1945afe126590906");
    }
  g_assert_null (matinee_movielens_parse_md5 (""));
  g_assert_null (matinee_movielens_parse_md5 ("c4d9eecfca2ab87c1945afe12659090  ml-1m.zip"));
  g_assert_null (matinee_movielens_parse_md5 ("c4d9eecfca2ab87c1945afe1265909067"));
}

static void
test_unpack (void)
{
  g_autoptr (GBytes) archive = movielens_archive_small ();
  g_autofree char *path = write_archive (archive);
  g_autofree char *ratings = matinee_movielens_dup_ratings (small (), root);
  g_autofree char *folder = matinee_movielens_dup_folder (small (), root);
  g_autofree char *tags = g_build_filename (folder, "tags.csv", NULL);
  g_autofree char *own = g_build_filename (folder, "model.npz", NULL);
  g_autofree char *left = g_build_filename (root, ".latest-small.unpacking", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (matinee_movielens_is_there (small (), root));
  g_assert_true (matinee_movielens_unpack (small (), path, root, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (matinee_movielens_is_there (small (), root));
  /* Nothing but what can be opened is kept. */
  g_assert_false (g_file_test (tags, G_FILE_TEST_EXISTS));

  /* Again, over old files; what else is in the folder stays, leftovers go. */
  g_assert_true (g_file_set_contents (own, "mine", -1, NULL));
  g_assert_true (g_file_set_contents (ratings, "old", -1, NULL));
  g_assert_cmpint (g_mkdir (left, 0777), ==, 0);
  g_assert_true (matinee_movielens_unpack (small (), path, root, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (ratings, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "userId,"));
  g_assert_true (g_file_test (own, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  movielens_remove_folder (folder);
}

static void
test_tricks (void)
{
  MovieLensMember members[] = { { "ml-latest-small/ratings.csv", "userId", FALSE },
                                { "ml-latest-small/movies.csv", "movieId", FALSE },
                                { "ml-latest-small/../../escaped.csv", "out", FALSE } };
  g_autofree char *escaped = g_build_filename (root, "..", "escaped.csv", NULL);
  g_autofree char *folder = matinee_movielens_dup_folder (small (), root);
  g_autoptr (GBytes) archive = movielens_archive (members, 3);
  g_autofree char *path = write_archive (archive);
  g_autofree char *zeros = g_strnfill (64 << 20, '0');

  /* A path that leads out is not one that is known, so nothing comes of it. */
  g_assert_true (matinee_movielens_unpack (small (), path, root, NULL, NULL, NULL, NULL));
  g_assert_false (g_file_test (escaped, G_FILE_TEST_EXISTS));
  movielens_remove_folder (folder);

  assert_refused (members, 1, "movies.csv");
  members[0].name = "/ml-latest-small/ratings.csv";
  assert_refused (members, 2, "ratings.csv");
  members[0].name = "ml-latest-small/x/../ratings.csv";
  assert_refused (members, 2, "ratings.csv");
  members[0] = (MovieLensMember){ "ml-latest-small/ratings.csv", "/etc/passwd", TRUE };
  assert_refused (members, 2, "not a regular file");
  members[0] = (MovieLensMember){ "ml-latest-small/ratings.csv", NULL, FALSE };
  assert_refused (members, 2, "ratings.csv");
  members[0] = (MovieLensMember){ "ml-latest-small/movies.csv", "twice", FALSE };
  assert_refused (members, 2, "twice");
  /* 64 MB that are 64 kB in the archive. */
  members[0] = (MovieLensMember){ "ml-latest-small/ratings.csv", zeros, FALSE };
  assert_refused (members, 2, "larger");
}

/* Every way to cut an archive off or to damage a byte of it. */
static void
test_damage (void)
{
  g_autoptr (GBytes) archive = movielens_archive (
      (const MovieLensMember[]){
          { "ml-latest-small/ratings.csv", "userId,movieId,rating\n1,1,3\n", FALSE },
          { "ml-latest-small/movies.csv", "movieId,title,genres\n1,Kid (1921),Drama\n", FALSE } },
      2);
  gsize size = g_bytes_get_size (archive);
  g_autofree char *folder = matinee_movielens_dup_folder (small (), root);

  for (gsize i = 0; i < 2 * size; i++)
    {
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (archive, NULL), size);
      g_autoptr (GBytes) damaged = NULL;
      g_autofree char *path = NULL;
      g_autoptr (GError) error = NULL;

      if (i >= size)
        data[i - size] ^= 0x55;
      damaged = g_bytes_new (data, i < size ? i : size);
      path = write_archive (damaged);
      /* Some bytes say nothing that counts. */
      if (matinee_movielens_unpack (small (), path, root, NULL, NULL, NULL, &error))
        movielens_remove_folder (folder);
      else
        {
          g_assert_nonnull (error);
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
        }
    }
}

static void
test_check (void)
{
  g_autoptr (GBytes) archive = movielens_archive_small ();
  g_autofree char *path = write_archive (archive);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, archive);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (matinee_movielens_check (small (), path, sum, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (matinee_movielens_check (small (), path, "00000000000000000000000000000000", NULL, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_false (matinee_movielens_check (small (), path, sum, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (matinee_movielens_check (small (), root, sum, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
}

static void
test_part (void)
{
  g_autofree char *path = g_build_filename (root, "whole.zip", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineePartFile) part = matinee_part_file_new (path, "one", &error);
  MatineePartFile *second;

  g_assert_no_error (error);
  g_assert_true (matinee_part_file_restart (part, "\"tag\"", NULL));
  g_assert_true (matinee_part_file_append (part, "abc", 3, NULL));
  /* It is locked. */
  second = matinee_part_file_new (path, "one", &error);
  g_assert_null (second);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN);
  g_clear_error (&error);
  g_clear_pointer (&part, matinee_part_file_free);
  g_assert_cmpuint (matinee_part_file_peek_size (path), ==, 3);

  /* Another day it goes on, another version begins anew. */
  part = matinee_part_file_new (path, "one", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (matinee_part_file_get_size (part), ==, 3);
  g_assert_cmpstr (matinee_part_file_get_validator (part), ==, "\"tag\"");
  g_clear_pointer (&part, matinee_part_file_free);
  part = matinee_part_file_new (path, "two", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (matinee_part_file_get_size (part), ==, 0);
  g_assert_null (matinee_part_file_get_validator (part));
  matinee_part_file_remove (part);
  g_assert_cmpuint (matinee_part_file_peek_size (path), ==, 0);
}

static void
test_redirections (void)
{
  const struct
  {
    const char *from;
    const char *to;
    gboolean follow;
  } cases[] = {
    { "https://a.org/x", "https://b.org/x", TRUE }, { "https://a.org/x", "http://a.org/x", FALSE },
    { "http://a.org/x", "http://b.org/x", TRUE },   { "http://a.org/x", "https://b.org/x", TRUE },
    { "http://a.org/x", "file:///x", FALSE },       { "https://a.org/x", "ftp://a.org/x", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GUri) from = g_uri_parse (cases[i].from, G_URI_FLAGS_NONE, NULL);
      g_autoptr (GUri) to = g_uri_parse (cases[i].to, G_URI_FLAGS_NONE, NULL);

      g_assert_true (matinee_download_may_follow (from, to) == cases[i].follow);
    }
}

/* Where there is no room, that is told before anything is downloaded or unpacked. */
static void
test_space (void)
{
  const MatineeMovieLensSet *set = matinee_movielens_find ("25m");
  g_autoptr (GError) error = NULL;

  g_assert_true (matinee_system_check_space (root, 1, &error));
  g_assert_no_error (error);
  g_assert_false (matinee_system_check_space (root, (guint64) 3 << 60, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "3.5"));
  g_assert_nonnull (strstr (error->message, root));
  /* 250 MB of archive, 650 MB of ratings. */
  g_assert_cmpuint (matinee_movielens_get_space (set, 0), >, 900000000);
  g_assert_cmpuint (matinee_movielens_get_space (set, 0), <, 1100000000);
  g_assert_cmpuint (matinee_movielens_get_space (set, 200000000), ==, matinee_movielens_get_space (set, 0) - 200000000);
  g_assert_cmpuint (matinee_movielens_get_space (set, G_MAXUINT64), ==, matinee_movielens_get_space (set, set->size));
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  root = g_dir_make_tmp ("matinee-XXXXXX", NULL);
  g_test_add_func ("/movielens/catalogue", test_catalogue);
  g_test_add_func ("/movielens/md5", test_md5);
  g_test_add_func ("/movielens/unpack", test_unpack);
  g_test_add_func ("/movielens/tricks", test_tricks);
  g_test_add_func ("/movielens/damage", test_damage);
  g_test_add_func ("/movielens/check", test_check);
  g_test_add_func ("/movielens/part", test_part);
  g_test_add_func ("/movielens/redirections", test_redirections);
  g_test_add_func ("/movielens/space", test_space);
  result = g_test_run ();
  movielens_remove_folder (root);
  g_free (root);
  return result;
}
