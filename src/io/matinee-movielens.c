/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-movielens.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "matinee-error.h"

#define FOLDER "movielens"
#define MD5_LENGTH 32
#define BLOCK ((gsize) 1 << 20)

/* Bytes of the files that a set is unpacked to, for each of its ratings: 20 to 28. */
#define RATING_BYTES 28

/* Nothing is larger than so many times what the catalogue says, plus some: a set that
 * grows fits for years, and what never ends does not fill the disk. */
#define GROWTH 8
#define SLACK ((guint64) 16 << 20)

/* Counts are those of grouplens.org/datasets/movielens and of the README of each set;
 * that of 1M says "approximately 3,900 movies", and its titles file has 3 883. */
static const MatineeMovieLensSet sets[] = {
  { "latest-small",
    "MovieLens Latest Small",
    N_ ("Small: the one to begin with. It may change, so it is not for published results."),
    "ml-latest-small",
    { "ratings.csv", "movies.csv", "README.txt" },
    100836,
    610,
    9742,
    978202,
    MATINEE_MOVIELENS_TERMS_SHARE },
  { "100k",
    "MovieLens 100K",
    N_ ("The classic of 1998, in whole stars."),
    "ml-100k",
    { "u.data", "u.item", "u.genre", "README" },
    100000,
    943,
    1682,
    4924029,
    MATINEE_MOVIELENS_TERMS_EARLY },
  { "1m",
    "MovieLens 1M",
    N_ ("The benchmark of 2003, in whole stars."),
    "ml-1m",
    { "ratings.dat", "movies.dat", "README" },
    1000209,
    6040,
    3883,
    5917549,
    MATINEE_MOVIELENS_TERMS_EARLY },
  { "10m",
    "MovieLens 10M",
    N_ ("The benchmark of 2009, in half stars."),
    "ml-10M100K",
    { "ratings.dat", "movies.dat", "README.html" },
    10000054,
    71567,
    10681,
    65566137,
    MATINEE_MOVIELENS_TERMS_ASK },
  { "20m",
    "MovieLens 20M",
    N_ ("The benchmark of 2015, in half stars."),
    "ml-20m",
    { "ratings.csv", "movies.csv", "README.txt" },
    20000263,
    138493,
    27278,
    198702078,
    MATINEE_MOVIELENS_TERMS_ASK },
  { "25m",
    "MovieLens 25M",
    N_ ("The benchmark of 2019, in half stars."),
    "ml-25m",
    { "ratings.csv", "movies.csv", "README.txt" },
    25000095,
    162541,
    62423,
    261978986,
    MATINEE_MOVIELENS_TERMS_ASK },
  { "32m",
    "MovieLens 32M",
    N_ ("The benchmark of 2024, in half stars: the one for new research."),
    "ml-32m",
    { "ratings.csv", "movies.csv", "README.txt" },
    32000204,
    200948,
    87585,
    238950008,
    MATINEE_MOVIELENS_TERMS_SHARE },
  { "latest",
    "MovieLens Latest",
    N_ ("The largest, also with users who rated a single film. It may change, so it is not for published results."),
    "ml-latest",
    { "ratings.csv", "movies.csv", "README.txt" },
    33832162,
    330975,
    86537,
    351000000,
    MATINEE_MOVIELENS_TERMS_SHARE },
};

/**
 * matinee_movielens_get_sets:
 * @n_sets: (out): how many
 *
 * Returns: (array length=n_sets): the sets that can be had, in the order to show them
 */
const MatineeMovieLensSet *
matinee_movielens_get_sets (guint *n_sets)
{
  *n_sets = G_N_ELEMENTS (sets);
  return sets;
}

/**
 * matinee_movielens_find:
 * @name: a name; "ml-25m" means the same as "25m", in letters of any case
 *
 * Returns: (nullable): the set of that name
 */
const MatineeMovieLensSet *
matinee_movielens_find (const char *name)
{
  if (g_ascii_strncasecmp (name, "ml-", 3) == 0)
    name += 3;
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (g_ascii_strcasecmp (sets[i].name, name) == 0)
      return &sets[i];
  return NULL;
}

/**
 * matinee_movielens_dup_root:
 *
 * Returns: (transfer full): the folder of the user that all sets are kept in
 */
char *
matinee_movielens_dup_root (void)
{
  return g_build_filename (g_get_user_data_dir (), "matinee", FOLDER, NULL);
}

/**
 * matinee_movielens_dup_folder:
 * @set: a set
 * @root: the folder that sets are kept in
 *
 * Returns: (transfer full): the folder of its files, which may not be there
 */
char *
matinee_movielens_dup_folder (const MatineeMovieLensSet *set, const char *root)
{
  return g_build_filename (root, set->name, NULL);
}

/**
 * matinee_movielens_dup_archive:
 * @set: a set
 * @root: the folder that sets are kept in
 *
 * Returns: (transfer full): where its archive is while it is downloaded and unpacked
 */
char *
matinee_movielens_dup_archive (const MatineeMovieLensSet *set, const char *root)
{
  g_autofree char *name = g_strconcat ("ml-", set->name, ".zip", NULL);

  return g_build_filename (root, name, NULL);
}

/**
 * matinee_movielens_dup_ratings:
 * @set: a set
 * @root: the folder that sets are kept in
 *
 * Returns: (transfer full): its ratings file, which may not be there
 */
char *
matinee_movielens_dup_ratings (const MatineeMovieLensSet *set, const char *root)
{
  return g_build_filename (root, set->name, set->files[0], NULL);
}

/**
 * matinee_movielens_dup_titles:
 * @set: a set
 * @root: the folder that sets are kept in
 *
 * Returns: (transfer full): its titles file, which may not be there
 */
char *
matinee_movielens_dup_titles (const MatineeMovieLensSet *set, const char *root)
{
  return g_build_filename (root, set->name, set->files[1], NULL);
}

/**
 * matinee_movielens_is_there:
 * @set: a set
 * @root: the folder that sets are kept in
 *
 * Returns: whether its files can be opened
 */
gboolean
matinee_movielens_is_there (const MatineeMovieLensSet *set, const char *root)
{
  g_autofree char *ratings = matinee_movielens_dup_ratings (set, root);
  g_autofree char *titles = matinee_movielens_dup_titles (set, root);

  return g_file_test (ratings, G_FILE_TEST_IS_REGULAR) && g_file_test (titles, G_FILE_TEST_IS_REGULAR);
}

/**
 * matinee_movielens_dup_url:
 * @set: a set
 * @base: the address of the folder that has the archives, such as %MATINEE_MOVIELENS_URL
 *
 * Returns: (transfer full): the address of its archive
 */
char *
matinee_movielens_dup_url (const MatineeMovieLensSet *set, const char *base)
{
  return g_strconcat (base, g_str_has_suffix (base, "/") ? "" : "/", "ml-", set->name, ".zip", NULL);
}

/**
 * matinee_movielens_get_space:
 * @set: a set
 * @there: bytes of its archive that were downloaded before
 *
 * Returns: about how many bytes of disk it takes to download the rest and to unpack it
 */
guint64
matinee_movielens_get_space (const MatineeMovieLensSet *set, guint64 there)
{
  return set->size - MIN (there, set->size) + RATING_BYTES * set->n_ratings;
}

/**
 * matinee_movielens_get_limit:
 * @set: a set
 *
 * Returns: bytes that neither its archive nor its files can exceed by far
 */
guint64
matinee_movielens_get_limit (const MatineeMovieLensSet *set)
{
  return GROWTH * set->size + SLACK;
}

/**
 * matinee_movielens_parse_md5:
 * @text: what a .md5 file holds: "MD5 (NAME) = SUM" or "SUM  NAME"
 *
 * Returns: (transfer full) (nullable): the sum, 32 digits in small letters, or %NULL
 *   when there is none
 */
char *
matinee_movielens_parse_md5 (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strlen (words[i]) == MD5_LENGTH && strspn (words[i], "0123456789abcdefABCDEF") == MD5_LENGTH)
      return g_ascii_strdown (words[i], -1);
  return NULL;
}

static void
set_file_error (const char *path, int code, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _ ("“%s” can’t be read: %s"), name,
               g_strerror (code));
}

static gboolean
sum_file (GChecksum *sum, int fd, const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);

  for (;;)
    {
      gssize n = fd >= 0 ? read (fd, block, BLOCK) : -1;

      if (n == 0)
        return TRUE;
      if (n > 0)
        g_checksum_update (sum, block, n);
      else if (errno != EINTR)
        {
          set_file_error (path, errno, error);
          return FALSE;
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
}

/**
 * matinee_movielens_check:
 * @set: a set
 * @archive: a file
 * @md5: the checksum that GroupLens publishes for it
 * @cancellable: (nullable): cancel it to end
 * @error: return location
 *
 * Checks that all of an archive has arrived as it was sent. O(size of the archive).
 *
 * Returns: %FALSE with a #GFileError, %MATINEE_ERROR_FORMAT for another sum, or
 *   %G_IO_ERROR_CANCELLED
 */
gboolean
matinee_movielens_check (const MatineeMovieLensSet *set, const char *archive, const char *md5,
                         GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_MD5);
  int fd = g_open (archive, O_RDONLY | O_CLOEXEC, 0);
  gboolean done = sum_file (sum, fd, archive, cancellable, error);

  if (fd >= 0)
    close (fd);
  if (!done || g_str_equal (g_checksum_get_string (sum), md5))
    return done;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
               _ ("The archive of %s did not arrive as it was sent: its MD5 checksum is %s and should be %s. It was "
                  "thrown away; download it again"),
               set->title, g_checksum_get_string (sum), md5);
  return FALSE;
}
