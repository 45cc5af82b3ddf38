/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "archive-file.h"
#include "cli-run.h"

/* Compressed files and archives, where a ratings or titles file is expected. */

static char *
write_movielens (const char *name)
{
  g_autofree char *ratings = cli_write_ratings ("plain.csv", 30, 40);
  g_autofree char *titles = cli_write_titles ("titles.csv", 40);
  g_autofree char *ratings_text = cli_read (ratings);
  g_autofree char *titles_text = cli_read (titles);
  const ArchiveFileMember members[] = {
    { "ml-test/README.txt", "Films.\n", 0, 0 },
    { "ml-test/links.csv", "movieId,imdbId\n10,114709\n", 0, 0 },
    { "ml-test/movies.csv", titles_text, 0, 0 },
    { "ml-test/ratings.csv", ratings_text, 0, 0 },
  };
  char *path = cli_path (name);

  archive_file_write (path, ARCHIVE_FILE_ZIP, members, G_N_ELEMENTS (members));
  return path;
}

/* A zip archive gives what its two files give. */
static void
test_same (void)
{
  g_autofree char *zip = write_movielens ("ml.zip");
  g_autofree char *ratings = cli_path ("plain.csv");
  g_autofree char *titles = cli_path ("titles.csv");
  char *tables[2];

  for (guint packed = 0; packed < 2; packed++)
    {
      g_autoptr (CliRun) run = cli_run ("train", packed ? zip : ratings, "--factors", "4", "--iterations", "3",
                                        "--user", "3", "--json", packed ? NULL : "--movies", titles, NULL);

      g_assert_cmpstr (run->err, ==, "");
      g_assert_cmpint (run->status, ==, 0);
      tables[packed] = cli_run_without_seconds (run);
    }
  g_assert_cmpstr (tables[0], ==, tables[1]);
  g_assert_nonnull (strstr (tables[1], "東京の合唱"));
  g_free (tables[0]);
  g_free (tables[1]);
}

static void
test_names (void)
{
  g_autofree char *zip = write_movielens ("ml.zip");
  g_autofree char *titles = cli_write ("other.csv", "movieId,title\n10,Another Film\n");
  g_autofree char *member = g_build_filename (zip, "ml-test", "ratings.csv", NULL);
  g_autoptr (CliRun) whole = cli_run ("info", zip, NULL);
  g_autoptr (CliRun) part = cli_run ("info", member, NULL);
  g_autoptr (CliRun) other = cli_run ("info", zip, "--movies", titles, NULL);
  g_autoptr (CliRun) both = cli_run ("info", zip, "--movies", zip, NULL);

  g_assert_cmpint (whole->status, ==, 0);
  g_assert_nonnull (strstr (whole->out, " in ml.zip: ml-test/ratings.csv,"));
  g_assert_nonnull (strstr (whole->out, " in ml.zip: ml-test/movies.csv,"));
  g_assert_cmpstr (part->out, ==, whole->out);
  g_assert_nonnull (strstr (other->out, " in other.csv,"));
  g_assert_cmpint (both->status, ==, 0);
}

static void
test_member (void)
{
  const ArchiveFileMember members[] = {
    { "a.csv", "userId,movieId,rating\n1,10,4\n", 0, 0 },
    { "b.csv", "userId,movieId,rating\n1,10,4\n2,10,3\n", 0, 0 },
    { "readme", "Two tables.\n", 0, 0 },
  };
  g_autofree char *zip = cli_path ("two.zip");
  g_autofree char *plain = cli_write ("plain.csv", "userId,movieId,rating\n1,10,4\n");
  g_autoptr (CliRun) unsure = NULL;
  g_autoptr (CliRun) chosen = NULL;
  g_autoptr (CliRun) wrong = NULL;
  g_autoptr (CliRun) no_archive = NULL;
  g_autoptr (CliRun) nowhere = NULL;
  g_autoptr (CliRun) test = NULL;
  g_autoptr (GPtrArray) events = NULL;

  archive_file_write (zip, ARCHIVE_FILE_ZIP, members, G_N_ELEMENTS (members));
  unsure = cli_run ("info", zip, NULL);
  cli_assert_fails (unsure, 1, "“two.zip” holds more than one table of ratings: “a.csv” (");
  g_assert_nonnull (strstr (unsure->err, "Name the one to open, as in “two.zip/a.csv”, or with --member"));
  chosen = cli_run ("info", zip, "--member", "b.csv", "--json", NULL);
  events = cli_run_events (chosen);
  g_assert_cmpint (json_object_get_int_member (events->pdata[0], "ratings"), ==, 2);
  wrong = cli_run ("info", zip, "--member", "c.csv", NULL);
  cli_assert_fails (wrong, 1, "“two.zip” holds no “c.csv”");
  no_archive = cli_run ("info", plain, "--member", "a.csv", NULL);
  cli_assert_fails (no_archive, 1, "“plain.csv” is not an archive, so there is no “a.csv” in it");
  nowhere = cli_run ("info", "nowhere.zip", "--member", "a.csv", NULL);
  cli_assert_fails (nowhere, 1, "“nowhere.zip” can’t be opened");
  test = cli_run ("train", plain, "--test", zip, NULL);
  cli_assert_fails (test, 1, "as in “two.zip/a.csv”");
}

/* What is read is not replaced, also when it is read in parts. */
static void
test_output (void)
{
  g_autofree char *zip = write_movielens ("ml.npz");
  g_autofree char *member = g_build_filename (zip, "ml-test/ratings.csv", NULL);
  g_autofree char *model = cli_path ("model.npz");
  g_autoptr (CliRun) whole = cli_run ("train", zip, "--output", zip, NULL);
  g_autoptr (CliRun) part = cli_run ("train", member, "--output", zip, NULL);
  g_autoptr (CliRun) saved = cli_run ("train", zip, "--iterations", "2", "--output", model, NULL);
  g_autoptr (CliRun) info = cli_run ("info", model, NULL);

  cli_assert_fails (whole, 2, "would replace a file that is read");
  cli_assert_fails (part, 2, "would replace a file that is read");
  g_assert_cmpint (saved->status, ==, 0);
  g_assert_nonnull (strstr (info->out, "ml.npz: ml-test/ratings.csv"));
}

static void
test_person (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 30, 40);
  g_autofree char *model = cli_train ("model.npz", ratings, NULL);
  g_autofree char *packed = cli_path ("me.csv.gz");
  g_autofree char *plain = cli_write ("me.csv", "movieId,rating\n10,4\n20,3\n");
  g_autoptr (CliRun) expected = cli_run ("rate", plain, "--model", model, "--json", NULL);
  g_autoptr (CliRun) run = NULL;

  archive_file_write_text (packed, ARCHIVE_FILE_GZIP, "-", "movieId,rating\n10,4\n20,3\n");
  run = cli_run ("rate", packed, "--model", model, "--json", NULL);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->out, ==, expected->out);
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);
  g_test_add_func ("/cli/archive/same", test_same);
  g_test_add_func ("/cli/archive/names", test_names);
  g_test_add_func ("/cli/archive/member", test_member);
  g_test_add_func ("/cli/archive/output", test_output);
  g_test_add_func ("/cli/archive/person", test_person);
  return cli_test_run ();
}
