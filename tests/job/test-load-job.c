/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-load-job.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "archive-file.h"
#include "job-test.h"
#include "matinee-error.h"

typedef struct
{
  gboolean done;
  MatineeDataset *dataset;
  GError *error;
} Loaded;

static char *folder;

static GFile *
write_file (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Loaded *loaded = data;

  loaded->dataset = matinee_load_job_run_finish (MATINEE_LOAD_JOB (source), result, &loaded->error);
  loaded->done = TRUE;
}

static Loaded
run (MatineeLoadJob *job, GCancellable *cancellable)
{
  Loaded loaded = { 0 };

  matinee_job_run_async (MATINEE_JOB (job), cancellable, loaded_cb, &loaded);
  while (!loaded.done)
    g_main_context_iteration (NULL, TRUE);
  job_test_assert_finalized_soon (job);
  return loaded;
}

static void
test_sample (void)
{
  Loaded loaded = run (matinee_load_job_new_sample (), NULL);

  g_assert_no_error (loaded.error);
  g_assert_true (loaded.dataset->synthetic);
  g_assert_true (loaded.dataset->noise_floor > 0);
  matinee_dataset_unref (loaded.dataset);
}

static void
test_files (void)
{
  g_autoptr (GFile) ratings = write_file ("ratings.csv", "userId,movieId,rating\n1,10,4.5\n2,10,3\n2,11,0.5\n");
  g_autoptr (GFile) titles = write_file ("movies.csv", "movieId,title,genres\n10,\"Kid, The (1921)\",Comedy|Drama\n");
  g_autoptr (GFile) other = write_file ("other.csv", "movieId,title,genres\n11,Sherlock Jr. (1924),Comedy\n");
  Loaded loaded = run (matinee_load_job_new_files (ratings, titles), NULL);
  Loaded again;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_no_error (loaded.error);
  g_assert_false (loaded.dataset->synthetic);
  first = matinee_dataset_dup_title (loaded.dataset, 0);
  g_assert_cmpstr (first, ==, "Kid, The (1921)");
  g_assert_cmpuint (loaded.dataset->n_untitled_movies, ==, 1);

  /* Other titles for the same ratings. */
  again = run (matinee_load_job_new_titles (other, loaded.dataset), NULL);
  g_assert_no_error (again.error);
  g_assert_true (again.dataset->ratings == loaded.dataset->ratings);
  second = matinee_dataset_dup_title (again.dataset, 1);
  g_assert_cmpstr (second, ==, "Sherlock Jr. (1924)");
  matinee_dataset_unref (loaded.dataset);
  matinee_dataset_unref (again.dataset);
}

static void
test_broken (void)
{
  g_autoptr (GFile) ratings = write_file ("ratings.csv", "userId,movieId,rating\n1,10,4.5\n1,11,good\n");
  g_autoptr (GFile) remote = g_file_new_for_uri ("http://example.org/ratings.csv");
  g_autoptr (GFile) missing = g_file_get_child (ratings, "missing");
  Loaded loaded = run (matinee_load_job_new_files (ratings, NULL), NULL);

  g_assert_null (loaded.dataset);
  g_assert_error (loaded.error, MATINEE_ERROR, MATINEE_ERROR_FORMAT);
  g_assert_nonnull (strstr (loaded.error->message, "good"));
  g_clear_error (&loaded.error);

  loaded = run (matinee_load_job_new_files (remote, NULL), NULL);
  g_assert_error (loaded.error, MATINEE_ERROR, MATINEE_ERROR_DATA);
  g_clear_error (&loaded.error);

  loaded = run (matinee_load_job_new_files (missing, NULL), NULL);
  g_assert_null (loaded.dataset);
  g_assert_nonnull (loaded.error);
  g_clear_error (&loaded.error);
}

/* The report outlives the reading; @job is kept by the caller. */
static Loaded
run_and_keep (MatineeLoadJob *job)
{
  Loaded loaded = { 0 };

  matinee_job_run_async (MATINEE_JOB (job), NULL, loaded_cb, &loaded);
  while (!loaded.done)
    g_main_context_iteration (NULL, TRUE);
  return loaded;
}

/* One bad line in thousands is left out and told; more of them are refused, and left out
 * when that is asked for. */
static void
test_bad_lines (void)
{
  g_autoptr (GString) text = g_string_new ("userId,movieId,rating\n1,10,good\n");
  g_autoptr (GFile) few = NULL, many = NULL;
  g_autoptr (MatineeLoadJob) left_out = NULL, refused = NULL, asked = NULL;
  const MatineeReadReport *report;
  Loaded loaded;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text, "%u,%u,%u\n", 1 + i / 20, i % 20, 1 + i % 5);
  g_string_append (text, "999,0,5\n");
  few = write_file ("few.csv", text->str);
  left_out = matinee_load_job_new_files (few, NULL);
  loaded = run_and_keep (left_out);
  g_assert_no_error (loaded.error);
  g_assert_cmpuint (matinee_ratings_get_n (loaded.dataset->ratings), ==, 2001);
  report = matinee_load_job_get_report (left_out);
  g_assert_cmpuint (report->n_bad, ==, 1);
  g_assert_cmpuint (g_array_index (report->bad_lines, MatineeBadLine, 0).line, ==, 2);
  g_assert_cmpuint (matinee_load_job_get_oddities (left_out)->n_single_users, ==, 1);
  matinee_dataset_unref (loaded.dataset);

  g_string_append (text, "1,1\n1,1\n1,1\n");
  many = write_file ("many.csv", text->str);
  refused = matinee_load_job_new_files (many, NULL);
  loaded = run_and_keep (refused);
  g_assert_null (loaded.dataset);
  g_assert_error (loaded.error, MATINEE_ERROR, MATINEE_ERROR_FORMAT);
  g_assert_cmpuint (matinee_load_job_get_report (refused)->n_bad, ==, 4);
  g_clear_error (&loaded.error);

  asked = matinee_load_job_new_files (many, NULL);
  matinee_load_job_set_reading (asked, NULL, MATINEE_TOLERANCE_MANY);
  loaded = run_and_keep (asked);
  g_assert_no_error (loaded.error);
  g_assert_cmpuint (matinee_load_job_get_report (asked)->n_bad, ==, 4);
  matinee_dataset_unref (loaded.dataset);
}

/* A file that is not certain is read as hints say, and so are titles. */
static void
test_hints (void)
{
  g_autoptr (GFile) ratings = write_file ("ratings.csv", "4,1,10\n3,2,10\n5,2,11\n");
  g_autoptr (GFile) titles = write_file ("movies.csv", "a,b\nSherlock Jr.,11\n");
  g_auto (MatineeTextHints) hints = { NULL };
  g_auto (MatineeTextHints) title_hints = { NULL };
  MatineeLoadJob *job = matinee_load_job_new_files (ratings, NULL);
  Loaded loaded = run (job, NULL);
  Loaded titled;
  g_autofree char *title = NULL;

  g_assert_error (loaded.error, MATINEE_ERROR, MATINEE_ERROR_UNCERTAIN);
  g_clear_error (&loaded.error);
  hints.columns[MATINEE_COLUMN_RATING] = g_strdup ("1");
  hints.columns[MATINEE_COLUMN_USER] = g_strdup ("2");
  hints.columns[MATINEE_COLUMN_MOVIE] = g_strdup ("3");
  job = matinee_load_job_new_files (ratings, NULL);
  matinee_load_job_set_reading (job, &hints, MATINEE_TOLERANCE_FEW);
  loaded = run (job, NULL);
  g_assert_no_error (loaded.error);
  g_assert_cmpuint (matinee_ratings_get_n_users (loaded.dataset->ratings), ==, 2);
  g_assert_cmpfloat (loaded.dataset->ratings->high, ==, 5);

  title_hints.columns[MATINEE_COLUMN_MOVIE] = g_strdup ("b");
  title_hints.columns[MATINEE_COLUMN_TITLE] = g_strdup ("a");
  job = matinee_load_job_new_titles (titles, loaded.dataset);
  matinee_load_job_set_reading (job, &title_hints, MATINEE_TOLERANCE_FEW);
  titled = run (job, NULL);
  g_assert_no_error (titled.error);
  title = matinee_dataset_dup_title (titled.dataset, 1);
  g_assert_cmpstr (title, ==, "Sherlock Jr.");
  matinee_dataset_unref (loaded.dataset);
  matinee_dataset_unref (titled.dataset);
}

/* The archive of MovieLens 1M, and of 100K, with the titles in it. */
static void
test_archives (void)
{
  static const ArchiveFileMember sets[][2] = {
    { { "ml-1m/movies.dat", "10::Wings (1927)::War\n7::Faust (1926)::Drama\n", 0, 0 },
      { "ml-1m/ratings.dat", "1::10::5::978300760\n1::7::3::978302109\n2::10::4::956704746\n", 0, 0 } },
    { { "ml-100k/u.item",
        "10|Wings (1927)|01-Jan-1927||http://x.org|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|1|0\n"
        "7|Faust (1926)|01-Jan-1926||http://x.org|0|0|0|0|0|0|0|0|1|0|0|0|0|0|0|0|0|0|0\n",
        0, 0 },
      { "ml-100k/u.data", "1\t10\t5\t978300760\n1\t7\t3\t978302109\n2\t10\t4\t956704746\n", 0, 0 } },
  };

  for (gsize s = 0; s < G_N_ELEMENTS (sets); s++)
    {
      g_autofree char *path = g_build_filename (folder, "ml.zip", NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (MatineeLoadJob) job = matinee_load_job_new_files (file, NULL);
      g_autofree char *title = NULL;
      guint32 movie;
      Loaded loaded, titled;

      archive_file_write (path, ARCHIVE_FILE_ZIP, sets[s], G_N_ELEMENTS (sets[s]));
      matinee_load_job_find_titles (job);
      loaded = run_and_keep (job);
      g_assert_no_error (loaded.error);
      g_assert_cmpuint (matinee_ratings_get_n (loaded.dataset->ratings), ==, 3);
      g_assert_true (g_str_has_suffix (g_file_peek_path (matinee_load_job_get_titles (job)), sets[s][0].name));
      titled = run (matinee_load_job_new_titles (matinee_load_job_get_titles (job), loaded.dataset), NULL);
      g_assert_no_error (titled.error);
      g_assert_true (matinee_ids_find (titled.dataset->ratings->movies, "10", &movie));
      title = matinee_dataset_dup_title (titled.dataset, movie);
      g_assert_cmpstr (title, ==, "Wings (1927)");
      matinee_dataset_unref (loaded.dataset);
      matinee_dataset_unref (titled.dataset);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (GFile) ratings = write_file ("ratings.csv", "userId,movieId,rating\n1,10,4.5\n");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Loaded loaded;

  g_cancellable_cancel (cancellable);
  loaded = run (matinee_load_job_new_files (ratings, NULL), cancellable);
  g_assert_null (loaded.dataset);
  g_assert_error (loaded.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&loaded.error);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("matinee-XXXXXX", NULL);
  g_test_add_func ("/load-job/sample", test_sample);
  g_test_add_func ("/load-job/files", test_files);
  g_test_add_func ("/load-job/broken", test_broken);
  g_test_add_func ("/load-job/bad-lines", test_bad_lines);
  g_test_add_func ("/load-job/hints", test_hints);
  g_test_add_func ("/load-job/archives", test_archives);
  g_test_add_func ("/load-job/cancelled", test_cancelled);
  result = g_test_run ();
  for (const char *const *name
       = (const char *const[]){ "ratings.csv", "movies.csv", "other.csv", "few.csv", "many.csv", "ml.zip", NULL };
       *name; name++)
    {
      g_autofree char *path = g_build_filename (folder, *name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
  return result;
}
