/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "archive-file.h"
#include "failing-memory.h"
#include "matinee-data-file.h"
#include "matinee-error.h"
#include "matinee-fingerprint.h"
#include "matinee-person-reader.h"
#include "matinee-random.h"
#include "matinee-ratings-block.h"
#include "matinee-ratings-reader.h"
#include "matinee-titles-reader.h"
#include "text-file.h"

#define HEADER "userId,movieId,rating\n"
#define RATINGS HEADER "1,10,4\n2,10,3.5\n1,7,1\n"
#define TITLES "movieId,title,genres\n10,Wings (1927),War\n7,Faust (1926),Drama\n"

static const struct
{
  ArchiveFileKind kind;
  const char *name;
  gboolean is_container;
} kinds[] = {
  { ARCHIVE_FILE_ZIP, "ratings.zip", TRUE },         { ARCHIVE_FILE_TAR, "ratings.tar", TRUE },
  { ARCHIVE_FILE_TAR_GZIP, "ratings.tar.gz", TRUE }, { ARCHIVE_FILE_GZIP, "ratings.csv.gz", FALSE },
  { ARCHIVE_FILE_BZIP2, "ratings.csv.bz2", FALSE },  { ARCHIVE_FILE_XZ, "ratings.csv.xz", FALSE },
  { ARCHIVE_FILE_ZSTD, "ratings.csv.zst", FALSE },
};

static char *
write_archive (const char *name, ArchiveFileKind kind, const ArchiveFileMember *members, guint n)
{
  char *path = text_file_path (name);

  archive_file_write (path, kind, members, n);
  return path;
}

static MatineeFingerprint
fingerprint (const char *path, gsize block_size, guint n_threads)
{
  g_autoptr (MatineePool) pool = matinee_pool_new (n_threads);
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeRatings) ratings
      = matinee_ratings_read_in_blocks (path, block_size, pool, NULL, NULL, NULL, &error);
  MatineeFingerprint found;

  g_assert_no_error (error);
  g_assert_true (matinee_fingerprint_ratings (ratings, pool, NULL, &found, &error));
  return found;
}

/* Ratings with notes, of which some go on over many lines, and are longer than a
 * block; @n lines, more than 30 bytes each. */
static char *
make_text (guint n, gsize note_length)
{
  GString *text = g_string_new ("userId,movieId,note,rating\n");
  g_autofree char *note = g_strnfill (note_length, 'n');

  for (gsize c = 7; c < note_length; c += 11)
    note[c] = '\n';
  for (guint i = 0; i < n; i++)
    {
      guint64 bits = matinee_random_u64 (7, 1, i);

      g_string_append_printf (text, "%u,%u,", (guint) (bits % 5000), (guint) (bits >> 32) % 900);
      if (note_length > 0 && i % 20011 == 20)
        g_string_append_printf (text, "\"%s\"", note);
      else
        g_string_append_printf (text, "%016" G_GINT64_MODIFIER "x", bits);
      g_string_append_printf (text, ",%u.%u\n", 1 + (guint) (bits >> 20) % 5, 5 * (guint) (bits >> 30 & 1));
    }
  return g_string_free (text, FALSE);
}

/* The same ratings have the same bits however they are packed, read and parsed. */
static void
test_same (void)
{
  static const gsize block_sizes[] = { 1000, 1 << 19, 1 << 24 };
  g_autofree char *text = make_text (30000, 3000);
  g_autofree char *plain = text_file_write ("plain.csv", text, -1);
  MatineeFingerprint expected = fingerprint (plain, 1 << 19, 1);

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autofree char *path = text_file_path (kinds[k].name);

      archive_file_write_text (path, kinds[k].kind, "ratings.csv", text);
      for (gsize b = 0; b < G_N_ELEMENTS (block_sizes); b++)
        {
          MatineeFingerprint found = fingerprint (path, block_sizes[b], 1 + (guint) b);

          g_test_message ("%s in blocks of %zu", kinds[k].name, block_sizes[b]);
          g_assert_true (matinee_fingerprint_equal (&found, &expected));
        }
    }
}

/* Text of several windows, with records that go on over blocks and over the end of the
 * window. */
static void
test_long (void)
{
  g_autofree char *text = make_text (500000, 900000);
  g_autofree char *plain = text_file_write ("plain.csv", text, -1);
  g_autofree char *path = text_file_path ("long.zip");
  MatineeFingerprint expected = fingerprint (plain, 1 << 19, 2);

  g_assert_cmpuint (strlen (text), >, 4 * MATINEE_TEXT_WINDOW);
  archive_file_write_text (path, ARCHIVE_FILE_ZIP, "ratings.csv", text);
  for (guint n_threads = 1; n_threads <= 4; n_threads += 3)
    {
      MatineeFingerprint found = fingerprint (path, 1 << (17 + n_threads), n_threads);

      g_assert_true (matinee_fingerprint_equal (&found, &expected));
    }
}

/* Reads what can be read; @n_bad is how many lines were left out. */
static MatineeFingerprint
fingerprint_good_lines (const char *path, gsize block_size, guint n_threads, gsize *n_bad)
{
  const MatineeReadOptions options = { .tolerance = MATINEE_TOLERANCE_MANY, .block_size = block_size };
  g_autoptr (MatineePool) pool = matinee_pool_new (n_threads);
  g_auto (MatineeReadReport) report = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeRatings) ratings
      = matinee_ratings_read_with (path, &options, pool, NULL, NULL, NULL, &report, &error);
  MatineeFingerprint found;

  g_assert_no_error (error);
  g_assert_true (matinee_fingerprint_ratings (ratings, pool, NULL, &found, &error));
  *n_bad = report.n_bad;
  return found;
}

/* Lines that name the movie of those below, over blocks, waves and windows, with bad
 * lines between. */
static void
test_movie_lines (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *plain = NULL;
  g_autofree char *path = text_file_path ("movies.txt.gz");
  MatineeFingerprint expected;
  gsize n_bad;

  for (guint i = 0; text->len < 2 * MATINEE_TEXT_WINDOW; i++)
    {
      if (i % 1009 == 0)
        g_string_append_printf (text, "%u:\n", 1 + i / 1009);
      g_string_append_printf (text, i % 5003 == 17 ? "%u,none,2005-09-06\n" : "%u,%u,2005-09-06\n", i % 70001,
                              1 + i % 5);
    }
  plain = text_file_write ("movies.txt", text->str, -1);
  archive_file_write_text (path, ARCHIVE_FILE_GZIP, "-", text->str);
  expected = fingerprint_good_lines (plain, 1 << 19, 1, &n_bad);
  g_assert_cmpuint (n_bad, >, MATINEE_BLOCK_PROBLEMS);
  for (guint n_threads = 1; n_threads <= 3; n_threads += 2)
    {
      gsize n_packed;
      MatineeFingerprint found = fingerprint_good_lines (path, 1 << (10 + 4 * n_threads), n_threads, &n_packed);

      g_assert_true (matinee_fingerprint_equal (&found, &expected));
      g_assert_cmpuint (n_packed, ==, n_bad);
    }
}

/* In each layout of the MovieLens sets, ratings and titles are found by their names. */
static void
test_known (void)
{
  static const struct
  {
    const char *ratings;
    const char *titles;
    const char *others[4];
  } cases[] = {
    { "ml-25m/ratings.csv", "ml-25m/movies.csv", { "ml-25m/tags.csv", "ml-25m/README.txt", "ml-25m/links.csv" } },
    { "ratings.csv", "movies.csv", { "__MACOSX/._ratings.csv" } },
    { "./ml/ratings.csv", "./ml//movies.csv", { "./ml/links.csv" } },
    { "ml-1m/ratings.dat", "ml-1m/movies.dat", { "ml-1m/users.dat", "ml-1m/README" } },
    { "ml-100k/u.data", "ml-100k/u.item", { "ml-100k/u1.base", "ml-100k/u1.test", "ml-100k/u.genre" } },
    { "a/Ratings.CSV", "b/movies.csv", { NULL } },
    { "ratings.csv", NULL, { "links.csv" } },
  };

  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++)
    for (gsize k = 0; k < G_N_ELEMENTS (kinds) && kinds[k].is_container; k++)
      {
        ArchiveFileMember members[6] = { { cases[c].ratings, RATINGS, 0, 0 } };
        guint n = 1;
        g_autofree char *path = NULL, *found = NULL, *titles = NULL;
        g_autoptr (GFile) ratings_file = NULL;
        g_autoptr (GFile) titles_file = NULL;
        g_autoptr (GError) error = NULL;

        for (guint i = 0; cases[c].others[i] != NULL; i++)
          members[n++] = (ArchiveFileMember){ cases[c].others[i], RATINGS, 0, 0 };
        if (cases[c].titles != NULL)
          members[n++] = (ArchiveFileMember){ cases[c].titles, TITLES, 0, 0 };
        path = write_archive (kinds[k].name, kinds[k].kind, members, n);
        found = matinee_data_file_find (path, MATINEE_TABLE_RATINGS, NULL, NULL, NULL, &error);
        g_assert_no_error (error);
        g_assert_true (matinee_data_file_is_member (found));
        ratings_file = g_file_new_build_filename (path, cases[c].ratings, NULL);
        g_assert_cmpstr (found, ==, g_file_peek_path (ratings_file));
        titles = matinee_data_file_find_titles (found, NULL);
        if (cases[c].titles == NULL)
          {
            g_assert_null (titles);
            continue;
          }
        titles_file = g_file_new_build_filename (path, cases[c].titles, NULL);
        g_assert_cmpstr (titles, ==, g_file_peek_path (titles_file));
      }
}

/* Where no name is known, what can be read decides. */
static void
test_by_head (void)
{
  const ArchiveFileMember members[] = {
    { "readme.txt", "These are marks.\n", 0, 0 },
    { "films.csv", TITLES, 0, 0 },
    { "logo.png", "\x89PNG\0\0\0", 8, 0 },
    { "sub/marks.csv", RATINGS, 0, 0 },
  };
  g_autofree char *path = write_archive ("marks.zip", ARCHIVE_FILE_ZIP, members, G_N_ELEMENTS (members));
  g_autofree char *found = NULL, *titles = NULL;
  g_autoptr (MatineeTitles) read = NULL;
  g_autoptr (MatineePersonRatings) person = NULL;
  g_autoptr (GError) error = NULL;

  found = matinee_data_file_find (path, MATINEE_TABLE_RATINGS, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (found, "marks.zip/sub/marks.csv"));
  titles = matinee_data_file_find_titles (found, NULL);
  g_assert_true (g_str_has_suffix (titles, "marks.zip/films.csv"));
  read = matinee_titles_read (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (matinee_titles_get_n (read), ==, 2);
  person = matinee_person_ratings_read (path, NULL, NULL, &error);
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT); /* of two users */
}

static void
test_several (void)
{
  const ArchiveFileMember members[] = { { "x/ratings.csv", RATINGS, 0, 0 },
                                        { "y/ratings.csv", RATINGS "3,3,3\n", 0, 0 },
                                        { "z.csv", RATINGS, 0, 0 } };
  g_autofree char *path = write_archive ("several.zip", ARCHIVE_FILE_ZIP, members, G_N_ELEMENTS (members));
  g_autoptr (GPtrArray) choices = NULL;
  g_autoptr (GError) error = NULL;
  const MatineeDataChoice *second;
  g_autoptr (MatineeRatings) ratings = NULL;

  g_assert_null (matinee_data_file_find (path, MATINEE_TABLE_RATINGS, NULL, &choices, NULL, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_AMBIGUOUS);
  g_assert_cmpstr (error->message, ==,
                   "“several.zip” holds more than one table of ratings: “x/ratings.csv” (44 bytes), “y/ratings.csv” "
                   "(50 bytes). Name the one to open, as in “several.zip/x/ratings.csv”");
  g_assert_cmpuint (choices->len, ==, 2);
  second = g_ptr_array_index (choices, 1);
  g_assert_cmpstr (second->name, ==, "y/ratings.csv");
  g_assert_cmpuint (second->size, ==, 50);
  g_clear_error (&error);
  ratings = matinee_ratings_read (second->path, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (matinee_ratings_get_n (ratings), ==, 4);
}

static void
assert_refused (const char *path, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (matinee_ratings_read (path, NULL, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  if (!g_pattern_match_simple (message, error->message))
    g_error ("“%s” is not “%s”", error->message, message);
}

static void
test_refused (void)
{
  static const struct
  {
    ArchiveFileKind kind;
    ArchiveFileMember member;
    const char *message;
  } cases[] = {
    { ARCHIVE_FILE_ZIP, { "ratings.csv", RATINGS "5,x\n", 0, 0 }, "r.zip: ratings.csv, line 5, column 4: the line *" },
    { ARCHIVE_FILE_ZIP, { "a.txt", "Hello\n", 0, 0 }, "r.zip: a.txt, line 1: there is no column “userId”*" },
    { ARCHIVE_FILE_ZIP, { "a.csv", TITLES, 0, 0 }, "r.zip: a.csv looks like a file of titles, not of ratings*" },
    { ARCHIVE_FILE_ZIP, { "a.csv", "", 0, 0 }, "r.zip: a.csv is empty*" },
    { ARCHIVE_FILE_ZIP_ENCRYPTED, { "ratings.csv", RATINGS, 0, 0 }, "r.zip: ratings.csv is encrypted: unpack it *" },
    { ARCHIVE_FILE_ZIP,
      { "../ratings.csv", RATINGS, 0, 0 },
      "“r.zip” holds only files with names that can’t be opened, "
      "such as “../ratings.csv”*" },
    { ARCHIVE_FILE_TAR, { "/etc/ratings.csv", RATINGS, 0, 0 }, "*with names that can’t be opened, such as “/etc/*" },
    { ARCHIVE_FILE_TAR, { "a/../../ratings.csv", RATINGS, 0, 0 }, "*with names that can’t be opened*" },
    { ARCHIVE_FILE_TAR, { "\033[2Jratings.csv", RATINGS, 0, 0 }, "*such as “?x1b*" },
    { ARCHIVE_FILE_ZIP, { "b.zip", "PK\003\004....", 0, 0 }, "r.zip: b.zip holds another archive or compressed file*" },
    { ARCHIVE_FILE_ZIP, { "ratings.csv.gz", "\x1f\x8b......", 0, 0 }, "r.zip: ratings.csv.gz holds another archive *" },
    { ARCHIVE_FILE_ZIP, { "ratings.csv", HEADER "1,2,3\n\n\n\n\n\n\n\n\n\n", 0, 4000000 }, "*, line 12, column *" },
    { ARCHIVE_FILE_ZIP, { "ratings.csv", "\n\n\n\n\n\n\n\n", 0, 4000000 }, "r.zip: ratings.csv is empty*" },
    { ARCHIVE_FILE_ZIP, { "ratings.csv", "userId,movieId,rating", 0, 200000 }, "*the first line*is too long*" },
    { ARCHIVE_FILE_XZ, { "-", "PK\003\004.....", 0, 0 }, "r.zip holds another archive or compressed file*" },
  };

  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree char *path = write_archive ("r.zip", cases[c].kind, &cases[c].member, 1);

      assert_refused (path, cases[c].message);
    }
}

static void
test_nothing_inside (void)
{
  const ArchiveFileMember texts[] = { { "a.txt", "Hello\n", 0, 0 }, { "b.txt", "World\n", 0, 0 } };
  g_autofree char *none = write_archive ("none.zip", ARCHIVE_FILE_ZIP, texts, G_N_ELEMENTS (texts));
  g_autofree char *empty = write_archive ("empty.zip", ARCHIVE_FILE_ZIP, NULL, 0);
  g_autofree char *tar = write_archive ("empty.tar.gz", ARCHIVE_FILE_TAR_GZIP, NULL, 0);
  g_autofree char *plain = text_file_write ("plain.csv", RATINGS, -1);
  g_autofree char *wrong = g_build_filename (none, "c.txt", NULL);
  g_autofree char *in_plain = g_build_filename (plain, "ratings.csv", NULL);

  assert_refused (none, "“none.zip” holds no table of ratings, only “a.txt” (6 bytes), “b.txt” (6 bytes): open an *");
  assert_refused (empty, "“empty.zip” is an archive without files: *");
  assert_refused (tar, "*empty*");
  assert_refused (wrong, "“none.zip” holds no “c.txt”: *");
  assert_refused (in_plain, "“plain.csv” is not an archive, so there is no “ratings.csv” in it*");
}

/* More files than anybody would look through. */
static void
test_many (void)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (ArchiveFileMember));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = NULL, *known = NULL;
  g_autoptr (MatineeRatings) ratings = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      ArchiveFileMember member = { g_strdup_printf ("%u.csv", i), RATINGS, 0, 0 };

      g_ptr_array_add (names, (gpointer) member.name);
      g_array_append_val (members, member);
    }
  path = write_archive ("many.zip", ARCHIVE_FILE_ZIP, (ArchiveFileMember *) (gpointer) members->data, 1000);
  assert_refused (path, "“many.zip” holds 1000 files, too many to look for the table in*");
  g_array_index (members, ArchiveFileMember, 700).name = "a/ratings.csv";
  known = write_archive ("known.zip", ARCHIVE_FILE_ZIP, (ArchiveFileMember *) (gpointer) members->data, 1000);
  ratings = matinee_ratings_read (known, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* However little of a file is there, and whatever is wrong with it, it is refused or
 * read, and never brings anything down. */
static void
test_damaged (void)
{
  g_autofree char *text = make_text (3000, 0);

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autofree char *path = text_file_path (kinds[k].name);
      g_autofree char *bytes = NULL;
      gsize length;

      archive_file_write_text (path, kinds[k].kind, "ratings.csv", text);
      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      for (guint i = 1; i < 10; i++)
        {
          g_autofree char *cut = text_file_write ("cut", bytes, (gssize) (length * i / 10));

          /* Where nothing is compressed, the cut is only seen when it is in the text. */
          if (kinds[k].kind != ARCHIVE_FILE_TAR || i < 9)
            assert_refused (cut, "*cut*");
        }
      for (guint i = 0; i < 100; i++)
        {
          gsize at = matinee_random_u64 (3, 1, i) % (i % 2 ? length : MIN (length, 600));
          char before = bytes[at];
          g_autofree char *hurt = NULL;
          g_autoptr (MatineeRatings) ratings = NULL;
          g_autoptr (GError) error = NULL;

          bytes[at] = (char) matinee_random_u64 (3, 2, i);
          hurt = text_file_write ("hurt", bytes, (gssize) length);
          ratings = matinee_ratings_read (hurt, NULL, NULL, NULL, NULL, &error);
          g_assert_true ((ratings == NULL) == (error != NULL));
          bytes[at] = before;
        }
    }
}

/* Text that grows out of next to nothing ends with an error, not with the memory. */
static void
test_bomb (void)
{
  static const ArchiveFileMember blank = { "ratings.csv", "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n", 0, 4000000 };
  static const ArchiveFileMember same = { "-", "1,2,3.5\n1,2,3.5\n1,2,3.5\n1,2,3.5\n", 0, 2000000 };
  g_autofree char *spaces = g_strnfill (1 << 16, ' ');
  const ArchiveFileMember tar[] = { { "junk.bin", spaces, 1 << 16, 1000 }, { "ratings.csv", RATINGS, 0, 0 } };
  g_autofree char *path = text_file_path ("bomb");
  g_autoptr (GString) text = g_string_new (HEADER "1,2,3\n");
  ArchiveFileMember member = { "ratings.csv", NULL, 0, 0 };

  for (guint i = 0; i < 40000000; i++)
    g_string_append_c (text, '\n');
  member.text = text->str;
  archive_file_write (path, ARCHIVE_FILE_ZIP, &member, 1);
  assert_refused (path, "bomb: ratings.csv unpacks to more than 250 times its size*");
  archive_file_write (path, ARCHIVE_FILE_XZ, &same, 1);
  assert_refused (path, "bomb unpacks to more than 250 times its size*");
  archive_file_write (path, ARCHIVE_FILE_ZIP, &blank, 1);
  assert_refused (path, "bomb: ratings.csv is empty*");
  archive_file_write (path, ARCHIVE_FILE_TAR_GZIP, tar, 2);
  assert_refused (path, "bomb: junk.bin unpacks to more than 250 times its size*");
}

/* The longest record that is allowed, and one that is longer, at every place of the
 * window. */
static void
test_long_lines (void)
{
  g_autofree char *note = g_strnfill ((gsize) 1 << 21, 'n');

  for (guint n = 0; n < 6; n++)
    {
      g_autofree char *path = text_file_path ("lines.csv.gz");
      g_autoptr (GString) text = g_string_new ("userId,movieId,rating,note\n");

      for (guint i = 0; i < n * 40000; i++)
        g_string_append_printf (text, "%u,2,3,%016u\n", i, i * 2654435761u);
      g_string_append_printf (text, "1,2,3,\"%.*s\"\n", 1000000, note);
      g_string_append_printf (text, "1,2,3,%s\n", note);
      archive_file_write_text (path, ARCHIVE_FILE_GZIP, "-", text->str);
      assert_refused (path, "lines.csv.gz, line *, column 1: the line is longer than 1048576 bytes*");
    }
}

static void
test_titles (void)
{
  g_autoptr (GString) text = g_string_new ("movieId,title,genres\n");

  for (guint i = 0; i < 200000; i++)
    g_string_append_printf (text, "%u,\"Film, the %uth (1927)\",Drama|Comedy\n", i, i * 2654435761u);
  g_assert_cmpuint (text->len, >, MATINEE_TEXT_WINDOW);
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autofree char *path = text_file_path (kinds[k].name);
      g_autoptr (MatineeTitles) titles = NULL;
      g_autoptr (GError) error = NULL;

      if (kinds[k].kind == ARCHIVE_FILE_XZ || kinds[k].kind == ARCHIVE_FILE_BZIP2)
        continue; /* slow to make, and no different */
      archive_file_write_text (path, kinds[k].kind, "names.csv", text->str);
      titles = matinee_titles_read (path, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (matinee_titles_get_n (titles), ==, 200000);
    }
}

static void
test_person (void)
{
  g_autoptr (GString) text = g_string_new ("movieId,rating,note\n");
  g_autofree char *path = text_file_path ("me.zip");
  g_autoptr (MatineePersonRatings) ratings = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 420000; i++)
    g_string_append_printf (text, "%u,%u,%032u\n", i, 1 + i % 5, i * 2654435761u);
  g_assert_cmpuint (text->len, >, 2 * MATINEE_TEXT_WINDOW);
  archive_file_write_text (path, ARCHIVE_FILE_ZIP, "me.csv", text->str);
  ratings = matinee_person_ratings_read (path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ratings->n, ==, 420000);
  g_assert_cmpstr (ratings->items[419999].movie, ==, "419999");

  while (text->len <= MATINEE_PERSON_LARGEST_FILE)
    g_string_append_printf (text, "1,2,%01000u\n", 0);
  archive_file_write_text (path, ARCHIVE_FILE_TAR, "me.csv", text->str);
  g_assert_null (matinee_person_ratings_read (path, NULL, NULL, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA);
  g_assert_nonnull (strstr (error->message, "me.csv is too large to be the ratings of one person"));
}

/* Titles beside compressed ratings, of the same kind first. */
static void
test_titles_beside (void)
{
  g_autofree char *ratings = text_file_path ("ratings.csv.gz");
  g_autofree char *plain = text_file_write ("movies.csv", TITLES, -1);
  g_autofree char *packed = text_file_path ("movies.csv.gz");
  g_autofree char *data = text_file_write ("u.data", RATINGS, -1);
  g_autofree char *found = NULL, *same = NULL, *other = NULL, *none = NULL;

  archive_file_write_text (ratings, ARCHIVE_FILE_GZIP, "-", RATINGS);
  g_remove (packed);
  found = matinee_data_file_find_titles (ratings, NULL);
  g_assert_cmpstr (found, ==, plain);
  archive_file_write_text (packed, ARCHIVE_FILE_GZIP, "-", TITLES);
  same = matinee_data_file_find_titles (ratings, NULL);
  g_assert_cmpstr (same, ==, packed);
  none = matinee_data_file_find_titles (plain, NULL);
  g_assert_null (none);
  other = matinee_data_file_find_titles (data, NULL);
  g_assert_null (other);
}

typedef struct
{
  MatineeStop stop;
  double last;
  guint n;
  double stop_at;
} Watch;

static void
progress_cb (double fraction, gpointer data)
{
  Watch *watch = data;

  g_assert_cmpfloat (fraction, >, watch->last);
  g_assert_cmpfloat (fraction, <=, 1);
  watch->last = fraction;
  watch->n++;
  if (fraction >= watch->stop_at)
    matinee_stop_request (&watch->stop);
}

static void
test_progress_and_stop (void)
{
  g_autofree char *text = make_text (600000, 0);
  g_autofree char *path = text_file_path ("long.zip");
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  g_autoptr (MatineeRatings) ratings = NULL;
  g_autoptr (GError) error = NULL;
  Watch whole = { .stop_at = 2 }, part = { .stop_at = 0.2 }, before = { .stop_at = 2 };

  archive_file_write_text (path, ARCHIVE_FILE_ZIP, "ratings.csv", text);
  ratings = matinee_ratings_read (path, pool, progress_cb, &whole, &whole.stop, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (whole.n, >, 6);
  g_assert_cmpfloat (whole.last, ==, 1);

  g_assert_null (matinee_ratings_read (path, pool, progress_cb, &part, &part.stop, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
  g_assert_cmpfloat (part.last, <, 0.4);
  g_clear_error (&error);
  matinee_stop_request (&before.stop);
  g_assert_null (matinee_ratings_read (path, pool, progress_cb, &before, &before.stop, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
  g_assert_cmpuint (before.n, ==, 0);
}

static void
test_out_of_memory (void)
{
  g_autofree char *text = make_text (2000, 0);
  g_autofree char *path = text_file_path ("memory.zip");
  gboolean failed = TRUE;
  int before = failing_memory_get_n_live ();
  int failures;

  archive_file_write_text (path, ARCHIVE_FILE_ZIP, "ratings.csv", text);
  for (failures = 0; failed; failures++)
    {
      g_autoptr (MatineePool) pool = matinee_pool_new (2);
      g_autoptr (MatineeRatings) ratings = NULL;
      g_autoptr (GError) error = NULL;

      failing_memory_fail_at (failures);
      ratings = matinee_ratings_read_in_blocks (path, 5000, pool, NULL, NULL, NULL, &error);
      failed = failing_memory_has_failed ();
      failing_memory_stop ();
      g_assert_true (failed == (error != NULL));
      if (failed)
        g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_MEMORY);
    }
  g_assert_cmpint (failures, >, 20);
  g_assert_cmpint (failing_memory_get_n_live (), ==, before);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  text_file_begin ();
  g_test_add_func ("/archive/same", test_same);
  g_test_add_func ("/archive/long", test_long);
  g_test_add_func ("/archive/movie-lines", test_movie_lines);
  g_test_add_func ("/archive/known", test_known);
  g_test_add_func ("/archive/by-head", test_by_head);
  g_test_add_func ("/archive/several", test_several);
  g_test_add_func ("/archive/refused", test_refused);
  g_test_add_func ("/archive/nothing-inside", test_nothing_inside);
  g_test_add_func ("/archive/many", test_many);
  g_test_add_func ("/archive/damaged", test_damaged);
  g_test_add_func ("/archive/bomb", test_bomb);
  g_test_add_func ("/archive/long-lines", test_long_lines);
  g_test_add_func ("/archive/titles", test_titles);
  g_test_add_func ("/archive/person", test_person);
  g_test_add_func ("/archive/titles-beside", test_titles_beside);
  g_test_add_func ("/archive/progress-and-stop", test_progress_and_stop);
  g_test_add_func ("/archive/out-of-memory", test_out_of_memory);
  result = g_test_run ();
  text_file_end ();
  return result;
}
