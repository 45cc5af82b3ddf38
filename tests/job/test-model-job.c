/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-model-job.h"

#include <glib/gstdio.h>
#include <string.h>

#include "job-test.h"
#include "matinee-error.h"
#include "matinee-training-job.h"

/* A model that was trained on the sample, and where jobs put their files. */
typedef struct
{
  MatineeDataset *dataset;
  MatineeModel *model;
  GFile *folder;
  GFile *file;
} Fixture;

static MatineeModel *
train (MatineeDataset *dataset, MatineeModel *start, guint n_iterations)
{
  g_autoptr (MatineeTrainingJob) job = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MatineeModel *model;
  MatineeParams params;

  matinee_params_init (&params, 2);
  params.n_factors = 4;
  params.n_iterations = n_iterations;
  params.tolerance = 0;
  job = matinee_training_job_new (dataset, &params);
  if (start != NULL)
    matinee_training_job_set_start (job, start);
  result = job_test_wait (job, NULL);
  model = matinee_training_job_run_finish (job, result, &error);
  g_assert_no_error (error);
  return model;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("matinee-XXXXXX", NULL);

  self->dataset = job_test_load_sample ();
  self->model = train (self->dataset, NULL, 3);
  self->folder = g_file_new_for_path (folder);
  self->file = g_file_get_child (self->folder, "model.npz");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (self->folder), 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (g_file_peek_path (self->folder), name, NULL);

      g_unlink (path);
    }
  g_rmdir (g_file_peek_path (self->folder));
  g_object_unref (self->file);
  g_object_unref (self->folder);
  matinee_model_unref (self->model);
  matinee_dataset_unref (self->dataset);
}

static MatineeModelFile
contents_of (Fixture *self)
{
  return (MatineeModelFile){ .model = self->model,
                             .dataset = self->dataset,
                             .has_ratings = TRUE,
                             .data_name = (char *) "sample",
                             .split = (char *) "random" };
}

static MatineeModelFile *
run (MatineeModelJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = job_test_wait (job, cancellable);

  return matinee_model_job_run_finish (job, result, error);
}

static void
save (Fixture *self)
{
  MatineeModelFile contents = contents_of (self);
  g_autoptr (MatineeModelJob) job = matinee_model_job_new_save (self->file, &contents);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (run (job, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (matinee_job_get_fraction (MATINEE_JOB (job)), ==, 1.0);
}

/* All predictions to the last bit, and the split of the training. */
static void
test_round_trip (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeModelJob) job = NULL;
  g_autoptr (GError) error = NULL;
  const MatineeModelFile *file;
  const MatineeSparse *train = self->model->split->train_by_user;

  save (self);
  job = matinee_model_job_new_open (self->file, NULL);
  file = run (job, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (matinee_model_job_get_same_data (job));
  for (guint32 user = 0; user < 600; user += 7)
    for (guint32 movie = 0; movie < 400; movie++)
      g_assert_true (matinee_model_predict (file->model, user, movie)
                     == matinee_model_predict (self->model, user, movie));
  g_assert_nonnull (file->model->split);
  g_assert_cmpmem (file->model->split->train_by_user->columns, train->n_entries * sizeof (guint32), train->columns,
                   train->n_entries * sizeof (guint32));
}

/* Beside its own ratings a model has these; beside others it keeps its own. */
static void
test_beside (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeModelJob) job = NULL;
  g_autoptr (MatineeModelJob) other_job = NULL;
  g_autoptr (MatineeRatings) others = NULL;
  g_autoptr (MatineeDataset) other = NULL;
  MatineeTriples triples = { 0 };
  const MatineeModelFile *file;

  save (self);
  job = matinee_model_job_new_open (self->file, self->dataset);
  file = run (job, NULL, NULL);
  g_assert_true (matinee_model_job_get_same_data (job));
  g_assert_true (file->dataset == self->dataset);
  g_assert_nonnull (file->model->split);

  g_assert_true (matinee_triples_alloc (&triples, 1, FALSE, NULL));
  triples.users[0] = triples.movies[0] = 0;
  triples.values[0] = 3;
  others
      = matinee_ratings_new (self->dataset->ratings->users, self->dataset->ratings->movies, &triples, NULL, NULL, NULL);
  other = matinee_dataset_new (others, NULL, NULL);
  other_job = matinee_model_job_new_open (self->file, other);
  file = run (other_job, NULL, NULL);
  g_assert_false (matinee_model_job_get_same_data (other_job));
  g_assert_cmpuint (matinee_ratings_get_n (file->dataset->ratings), ==, 40000);
}

static void
test_trouble (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nowhere/at/all.npz");
  g_autoptr (GFile) remote = g_file_new_for_uri ("http://example.org/model.npz");
  MatineeModelFile contents = contents_of (self);
  g_autoptr (MatineeModelJob) missing = matinee_model_job_new_open (nowhere, NULL);
  g_autoptr (MatineeModelJob) away = matinee_model_job_new_open (remote, NULL);
  g_autoptr (MatineeModelJob) unwritable = matinee_model_job_new_save (nowhere, &contents);
  g_autoptr (GError) error = NULL;

  g_assert_null (run (missing, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (run (away, NULL, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA);
  g_clear_error (&error);
  g_assert_null (run (unwritable, NULL, &error));
  g_assert_nonnull (strstr (error->message, "all.npz"));
}

/* What was there before stays. */
static void
test_cancelled (Fixture *self, gconstpointer data)
{
  MatineeModelFile contents = contents_of (self);
  g_autoptr (MatineeModelJob) job = matinee_model_job_new_save (self->file, &contents);
  g_autoptr (MatineeModelJob) open_job = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_replace_contents (self->file, "before", 6, NULL, FALSE, 0, NULL, NULL, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_null (run (job, cancellable, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
  g_assert_true (g_file_load_contents (self->file, NULL, &text, NULL, NULL, NULL));
  g_assert_cmpstr (text, ==, "before");
  g_clear_error (&error);

  save (self);
  open_job = matinee_model_job_new_open (self->file, NULL);
  g_assert_null (run (open_job, cancellable, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
}

static guint
count_lines (GFile *file)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  return g_strv_length (lines) - 1;
}

static void
test_exports (Fixture *self, gconstpointer data)
{
  static const guint n_lines[MATINEE_N_EXPORTS] = { 1 + 600 * 5, 1 + 3, 1 + 600, 1 + 400, 1 + 4 };
  MatineeModelFile contents = contents_of (self);
  static const char text[] = "userId,movieId\n1,1\n600,400\nx,1\n";
  g_autoptr (GFile) pairs = g_file_get_child (self->folder, "pairs.csv");
  g_autoptr (GFile) file = g_file_get_child (self->folder, "out.csv");
  g_autoptr (MatineeModelJob) over = matinee_model_job_new_export (pairs, &contents, MATINEE_EXPORT_PREDICTIONS);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_replace_contents (pairs, text, strlen (text), NULL, FALSE, 0, NULL, NULL, NULL));
  for (guint what = 0; what < MATINEE_N_EXPORTS; what++)
    {
      g_autoptr (MatineeModelJob) job = matinee_model_job_new_export (file, &contents, what);

      matinee_model_job_set_lists (job, 5, FALSE);
      matinee_model_job_set_pairs (job, pairs);
      g_assert_nonnull (run (job, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (count_lines (file), ==, n_lines[what]);
      g_assert_cmpuint (matinee_model_job_get_n_unknown (job), ==, what == MATINEE_EXPORT_PREDICTIONS ? 1 : 0);
    }
  matinee_model_job_set_pairs (over, pairs);
  g_assert_null (run (over, NULL, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA);
}

/* Two trainings of three iterations are one of six. */
static void
test_train_on (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeModel) on = train (self->dataset, self->model, 3);
  g_autoptr (MatineeModel) whole = train (self->dataset, NULL, 6);

  for (guint32 user = 0; user < 600; user += 7)
    for (guint32 movie = 0; movie < 400; movie++)
      g_assert_true (matinee_model_predict (on, user, movie) == matinee_model_predict (whole, user, movie));
}

#define ADD(name, func) g_test_add ("/model-job/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("beside", test_beside);
  ADD ("trouble", test_trouble);
  ADD ("cancelled", test_cancelled);
  ADD ("exports", test_exports);
  ADD ("train-on", test_train_on);
  return g_test_run ();
}
