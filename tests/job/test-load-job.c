/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-load-job.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

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

/* The worker thread may hold the job for a moment after its callback. */
static void
assert_finalized_soon (gpointer job)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  g_object_add_weak_pointer (job, &job);
  g_object_unref (job);
  while (job != NULL && g_get_monotonic_time () < deadline)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_null (job);
}

static Loaded
run (MatineeLoadJob *job, GCancellable *cancellable)
{
  Loaded loaded = { 0 };

  matinee_load_job_run_async (job, cancellable, loaded_cb, &loaded);
  while (!loaded.done)
    g_main_context_iteration (NULL, TRUE);
  assert_finalized_soon (job);
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
  g_test_add_func ("/load-job/cancelled", test_cancelled);
  result = g_test_run ();
  for (const char *const *name = (const char *const[]){ "ratings.csv", "movies.csv", "other.csv", NULL }; *name; name++)
    {
      g_autofree char *path = g_build_filename (folder, *name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
  return result;
}
