/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-model-file.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

#include "failing-memory.h"
#include "matinee-error.h"
#include "matinee-memory.h"
#include "sample-model.h"

typedef struct
{
  char *room;
  char *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->room = sample_room_new ();
  self->path = g_build_filename (self->room, "model.npz", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_free (self->path);
  sample_room_free (self->room);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
save (const MatineeModelFile *file, const char *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (matinee_model_file_save (file, path, NULL, &error));
  g_assert_no_error (error);
}

static MatineeModelFile *
open_model (const char *path)
{
  g_autoptr (GError) error = NULL;
  MatineeModelFile *file = matinee_model_file_open (path, 0, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (file);
  return file;
}

static void
assert_same_ids (const MatineeIds *a, const MatineeIds *b)
{
  char buffer_a[MATINEE_ID_BUFFER];
  char buffer_b[MATINEE_ID_BUFFER];

  g_assert_cmpuint (matinee_ids_get_n (a), ==, matinee_ids_get_n (b));
  g_assert_cmpint (matinee_ids_get_kind (a), ==, matinee_ids_get_kind (b));
  for (guint32 i = 0; i < matinee_ids_get_n (a); i++)
    g_assert_cmpstr (matinee_ids_format (a, i, buffer_a), ==, matinee_ids_format (b, i, buffer_b));
}

static void
assert_same_errors (const MatineeErrors *a, const MatineeErrors *b)
{
  g_assert_cmpmem (a, sizeof *a, b, sizeof *b);
}

static void
assert_same_factors (const MatineeFactors *a, const MatineeFactors *b)
{
  g_assert_cmpuint (a->n_users, ==, b->n_users);
  g_assert_cmpuint (a->n_movies, ==, b->n_movies);
  g_assert_cmpuint (a->n_factors, ==, b->n_factors);
  g_assert_cmpmem (&a->mean, sizeof a->mean, &b->mean, sizeof b->mean);
  g_assert_cmpmem (a->user_factors, a->n_users * a->stride * sizeof (float), b->user_factors,
                   b->n_users * b->stride * sizeof (float));
  g_assert_cmpmem (a->movie_factors, a->n_movies * a->stride * sizeof (float), b->movie_factors,
                   b->n_movies * b->stride * sizeof (float));
  g_assert_cmpmem (a->user_biases, a->n_users * sizeof (float), b->user_biases, b->n_users * sizeof (float));
  g_assert_cmpmem (a->movie_biases, a->n_movies * sizeof (float), b->movie_biases, b->n_movies * sizeof (float));
}

static void
assert_same_model (const MatineeModel *a, const MatineeModel *b)
{
  assert_same_factors (a->factors, b->factors);
  assert_same_ids (a->users, b->users);
  assert_same_ids (a->movies, b->movies);
  g_assert_true (matinee_params_equal (&a->params, &b->params));
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    g_assert_true (matinee_params_get (&a->params, id) == matinee_params_get (&b->params, id));
  g_assert_true (a->low == b->low && a->high == b->high);
  g_assert_cmpint (a->reason, ==, b->reason);
  g_assert_cmpuint (a->iteration, ==, b->iteration);
  assert_same_errors (&a->train, &b->train);
  assert_same_errors (&a->test, &b->test);
  g_assert_cmpuint (a->trace->n, ==, b->trace->n);
  for (guint i = 0; i < a->trace->n; i++)
    {
      const MatineeTracePoint *p = &a->trace->points[i];
      const MatineeTracePoint *q = &b->trace->points[i];

      g_assert_cmpuint (p->iteration, ==, q->iteration);
      g_assert_true (p->seconds == q->seconds && p->penalty == q->penalty);
      g_assert_true (p->gradient_norm == q->gradient_norm || (isnan (p->gradient_norm) && isnan (q->gradient_norm)));
      assert_same_errors (&p->train, &q->train);
      assert_same_errors (&p->test, &q->test);
    }
}

static void
test_round_trip (Fixture *self, gconstpointer data)
{
  g_autoptr (SampleModel) sample = sample_model_new (GPOINTER_TO_UINT (data));
  MatineeModelFile content = { .model = sample->model, .dataset = sample->dataset, .has_ratings = TRUE };
  g_autoptr (MatineeModelFile) opened = NULL;
  MatineeFingerprint fingerprint;

  g_assert_true (matinee_fingerprint_ratings (sample->dataset->ratings, NULL, NULL, &content.fingerprint, NULL));
  content.data_name = (char *) "ratings \"of\" café.csv";
  content.split = (char *) "random";
  save (&content, self->path);
  opened = open_model (self->path);
  assert_same_model (sample->model, opened->model);
  for (guint32 u = 0; u < 600; u += 7)
    for (guint32 i = 0; i < 400; i += 3)
      g_assert_true (matinee_model_predict (sample->model, u, i) == matinee_model_predict (opened->model, u, i));

  g_assert_true (opened->has_ratings);
  g_assert_cmpstr (opened->data_name, ==, content.data_name);
  g_assert_cmpstr (opened->split, ==, "random");
  g_assert_true (g_str_has_prefix (opened->program, "Matinee "));
  g_assert_true (matinee_fingerprint_equal (&opened->fingerprint, &content.fingerprint));
  g_assert_true (matinee_fingerprint_ratings (opened->dataset->ratings, NULL, NULL, &fingerprint, NULL));
  g_assert_true (matinee_fingerprint_equal (&fingerprint, &content.fingerprint));
  g_assert_true (opened->dataset->synthetic);
  g_assert_true (opened->dataset->noise_floor == sample->dataset->noise_floor);
  g_assert_true (opened->dataset->ratings->mean == sample->dataset->ratings->mean);
  g_assert_true (opened->dataset->ratings->step == sample->dataset->ratings->step);
  g_assert_cmpuint (opened->dataset->ratings->n_levels, ==, sample->dataset->ratings->n_levels);
  for (guint32 i = 0; i < 400; i++)
    {
      g_autofree char *a = matinee_dataset_dup_title (sample->dataset, i);
      g_autofree char *b = matinee_dataset_dup_title (opened->dataset, i);

      g_assert_cmpstr (a, ==, b);
      g_assert_cmpstr (matinee_dataset_get_genres (sample->dataset, i), ==,
                       matinee_dataset_get_genres (opened->dataset, i));
    }
}

/* Saved, opened and saved again is the same file, byte by byte. */
static void
test_same_bytes (Fixture *self, gconstpointer data)
{
  g_autoptr (SampleModel) sample = sample_model_new (5);
  MatineeModelFile content = { .model = sample->model, .dataset = sample->dataset, .has_ratings = TRUE };
  g_autoptr (MatineeModelFile) opened = NULL;
  g_autofree char *again = g_build_filename (self->room, "again.npz", NULL);
  g_autofree char *a = NULL, *b = NULL;
  gsize length_a, length_b;

  save (&content, self->path);
  opened = open_model (self->path);
  save (opened, again);
  g_assert_true (g_file_get_contents (self->path, &a, &length_a, NULL));
  g_assert_true (g_file_get_contents (again, &b, &length_b, NULL));
  g_assert_cmpmem (a, length_a, b, length_b);
}

static MatineeModel *
make_model (MatineeIds *users, MatineeIds *movies)
{
  MatineeModel *model = g_new0 (MatineeModel, 1);

  g_atomic_ref_count_init (&model->ref_count);
  matinee_params_init (&model->params, 2);
  model->params.n_factors = 3;
  model->factors = matinee_factors_new (matinee_ids_get_n (users), matinee_ids_get_n (movies), 3, NULL);
  model->factors->user_biases[0] = 0.25f;
  model->users = users;
  model->movies = movies;
  model->low = 1;
  model->high = 10;
  model->trace = matinee_trace_new ();
  model->reason = MATINEE_CANCELLED;
  return model;
}

static void
test_bare (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeModel) model = make_model (sample_ids (1, -5), sample_ids (2, G_MAXINT64 - 1));
  const MatineeModelFile content = { .model = model };
  g_autoptr (MatineeModelFile) opened = NULL;
  g_autofree char *title = NULL;

  save (&content, self->path);
  opened = open_model (self->path);
  assert_same_model (model, opened->model);
  g_assert_false (opened->has_ratings);
  g_assert_null (opened->dataset->titles);
  g_assert_null (opened->data_name);
  g_assert_cmpuint (matinee_ratings_get_n (opened->dataset->ratings), ==, 0);
  title = matinee_dataset_dup_title (opened->dataset, 0);
  g_assert_nonnull (title);
}

static MatineeDataset *
make_titles (MatineeIds *users, MatineeIds *movies)
{
  g_autoptr (MatineeTitlesBuilder) builder = matinee_titles_builder_new ();
  g_autoptr (MatineeTitles) titles = NULL;
  g_autoptr (MatineeRatings) ratings = NULL;
  MatineeTriples triples = { 0 };
  MatineeDataset *dataset;

  matinee_titles_builder_add (builder, "film 000002", "七人の侍 (1954)", "Drama|動作");
  matinee_titles_builder_add (builder, "film 000000", "=cmd() \"quoted\", Amélie \U0001F3AC", "");
  matinee_titles_builder_add (builder, "nobody's", "Not in the ratings", "");
  titles = matinee_titles_builder_finish (g_steal_pointer (&builder));
  g_assert_true (matinee_triples_alloc (&triples, 300, FALSE, NULL));
  for (guint i = 0; i < 300; i++)
    {
      triples.users[i] = i % 2;
      triples.movies[i] = i % 3 + 3 * (i / 6);
      triples.values[i] = (float) i / 7;
    }
  ratings = matinee_ratings_new (users, movies, &triples, NULL, NULL, NULL);
  dataset = matinee_dataset_new (ratings, titles, NULL);
  return dataset;
}

/* Ids that are text, ratings without codes, titles of some movies only. */
static void
test_text (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeModel) model = make_model (sample_text_ids (2, "Zoë \U0001F600"), sample_text_ids (150, "film "));
  g_autoptr (MatineeDataset) dataset = make_titles (model->users, model->movies);
  const MatineeModelFile content = { .model = model, .dataset = dataset, .has_ratings = TRUE };
  g_autoptr (MatineeModelFile) opened = NULL;
  const MatineeSparse *a = dataset->ratings->by_user;
  const MatineeSparse *b;

  g_assert_null (a->codes);
  save (&content, self->path);
  opened = open_model (self->path);
  assert_same_model (model, opened->model);
  g_assert_cmpuint (matinee_titles_get_n (opened->dataset->titles), ==, 2);
  g_assert_cmpuint (opened->dataset->n_untitled_movies, ==, 148);
  g_assert_cmpstr (matinee_titles_get_title (opened->dataset->titles, 0), ==, "=cmd() \"quoted\", Amélie \U0001F3AC");
  g_assert_cmpstr (matinee_titles_get_genres (opened->dataset->titles, 1), ==, "Drama|動作");
  b = opened->dataset->ratings->by_user;
  g_assert_null (b->codes);
  g_assert_cmpmem (a->values, a->n_entries * sizeof (float), b->values, b->n_entries * sizeof (float));
  g_assert_cmpmem (a->columns, a->n_entries * sizeof (guint32), b->columns, b->n_entries * sizeof (guint32));
  g_assert_cmpmem (a->offsets, 3 * sizeof (gsize), b->offsets, 3 * sizeof (gsize));
}

/* What NumPy's text can't hold: bytes that are not UTF-8; one id so long that
 * padding all others would take gigabytes. */
static void
test_odd_text (Fixture *self, gconstpointer data)
{
  const char *odd[] = { "", "caf\xe9", "\xff\xfe" };
  guint32 n = 20000;
  g_autofree char *longest = g_strnfill (100000, 'x');
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (MatineeModel) model = NULL;
  g_autoptr (MatineeModelFile) opened = NULL;
  MatineeModelFile content = { 0 };
  GStatBuf known;

  for (guint32 i = 0; i < n; i++)
    g_ptr_array_add (texts, i + 1 < n ? g_strdup_printf ("%06u", i) : g_steal_pointer (&longest));
  model = make_model (matinee_ids_new_text (odd, 3, NULL),
                      matinee_ids_new_text ((const char *const *) texts->pdata, n, NULL));
  content.model = model;
  save (&content, self->path);
  opened = open_model (self->path);
  assert_same_model (model, opened->model);
  g_assert_cmpint (g_stat (self->path, &known), ==, 0);
  g_assert_cmpint (known.st_size, <, 2000000);
}

static void
test_probe (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeModel) model = make_model (sample_ids (1, 1), sample_ids (2, 1));
  const MatineeModelFile content = { .model = model };
  g_autofree char *other = g_build_filename (self->room, "other", NULL);

  save (&content, self->path);
  g_assert_true (matinee_model_file_probe (self->path));
  g_assert_true (g_file_set_contents (other, "userId,movieId,rating\n", -1, NULL));
  g_assert_false (matinee_model_file_probe (other));
  g_assert_false (matinee_model_file_probe ("/nowhere/at/all"));
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (SampleModel) sample = sample_model_new (8);
  const MatineeModelFile content = { .model = sample->model };
  MatineeStop stop = { 0 };
  g_autoptr (GError) error = NULL;

  save (&content, self->path);
  matinee_stop_request (&stop);
  g_assert_null (matinee_model_file_open (self->path, 0, NULL, &stop, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (matinee_model_file_save (&content, self->path, &stop, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
  matinee_model_file_free (open_model (self->path));
  g_assert_cmpuint (count_files (self->room), ==, 1);
}

static void
test_memory (Fixture *self, gconstpointer data)
{
  g_autoptr (SampleModel) sample = sample_model_new (8);
  const MatineeModelFile content = { .model = sample->model };
  g_autoptr (GError) error = NULL;

  save (&content, self->path);
  g_assert_null (matinee_model_file_open (self->path, 30000, NULL, NULL, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_MEMORY);
  g_assert_nonnull (strstr (error->message, "30.0"));
}

/* Whichever allocation fails: an error, and nothing is left behind. */
static void
test_failing_memory (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeModel) model = make_model (sample_text_ids (2, "Zoë"), sample_text_ids (150, "film "));
  g_autoptr (MatineeDataset) dataset = make_titles (model->users, model->movies);
  const MatineeModelFile content = { .model = model, .dataset = dataset, .has_ratings = TRUE };
  int n = 0;

  save (&content, self->path);
  for (;; n++)
    {
      g_autoptr (GError) error = NULL;
      MatineeModelFile *file;
      int n_live = failing_memory_get_n_live ();
      gboolean failed;

      failing_memory_fail_at (n);
      file = matinee_model_file_open (self->path, 0, NULL, NULL, &error);
      failed = failing_memory_has_failed ();
      failing_memory_stop ();
      matinee_model_file_free (file);
      g_assert_cmpint (failing_memory_get_n_live (), ==, n_live);
      if (!failed)
        break;
      g_assert_null (file);
      g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_MEMORY);
    }
  g_assert_cmpint (n, >, 15);
}

/* A file may only grow to so many bytes, as on a full disk: in a process of its
 * own. What was there stays there, and nothing else is left. */
static void
test_full_disk (Fixture *self, gconstpointer data)
{
  g_autoptr (SampleModel) sample = sample_model_new (8);
  const MatineeModelFile content = { .model = sample->model, .dataset = sample->dataset };
  g_autoptr (MatineeModelFile) opened = NULL;
  pid_t child;
  int status;

  save (&content, self->path);
  child = fork ();
  if (child == 0)
    {
      const struct rlimit limit = { 10000, 10000 };
      g_autoptr (GError) error = NULL;

      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &limit);
      _exit (matinee_model_file_save (&content, self->path, NULL, &error)                    ? 1
             : error->domain != G_FILE_ERROR || strstr (error->message, "model.npz") == NULL ? 2
                                                                                             : 0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  opened = open_model (self->path);
  assert_same_model (sample->model, opened->model);
  g_assert_cmpuint (count_files (self->room), ==, 1);
}

static void
test_unwritable (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeModel) model = make_model (sample_ids (1, 1), sample_ids (2, 1));
  const MatineeModelFile content = { .model = model };
  g_autofree char *below = g_build_filename (self->path, "model.npz", NULL);
  g_autofree char *nowhere = g_build_filename (self->room, "no", "such", "model.npz", NULL);
  g_autoptr (GError) error = NULL;

  save (&content, self->path);
  g_assert_false (matinee_model_file_save (&content, below, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  g_clear_error (&error);
  g_assert_false (matinee_model_file_save (&content, nowhere, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  g_assert_false (matinee_model_file_save (&content, self->room, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  g_assert_cmpuint (count_files (self->room), ==, 1);
}

/* Through a symbolic link, and keeping who may read it. */
static void
test_link (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeModel) model = make_model (sample_ids (1, 1), sample_ids (2, 1));
  const MatineeModelFile content = { .model = model };
  g_autofree char *target = g_build_filename (self->room, "target.npz", NULL);
  GStatBuf known;

  save (&content, target);
  g_assert_cmpint (g_chmod (target, 0640), ==, 0);
  g_assert_cmpint (symlink (target, self->path), ==, 0);
  save (&content, self->path);
  g_assert_true (g_file_test (self->path, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (g_stat (target, &known), ==, 0);
  g_assert_cmpint (known.st_mode & 0777, ==, 0640);
  matinee_model_file_free (open_model (self->path));
}

#define ADD(name, data, func) g_test_add (name, Fixture, data, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/model-file/round-trip", GUINT_TO_POINTER (7), test_round_trip);
  ADD ("/model-file/round-trip-unpadded", GUINT_TO_POINTER (16), test_round_trip);
  ADD ("/model-file/same-bytes", NULL, test_same_bytes);
  ADD ("/model-file/bare", NULL, test_bare);
  ADD ("/model-file/text", NULL, test_text);
  ADD ("/model-file/odd-text", NULL, test_odd_text);
  ADD ("/model-file/probe", NULL, test_probe);
  ADD ("/model-file/cancel", NULL, test_cancel);
  ADD ("/model-file/memory", NULL, test_memory);
  ADD ("/model-file/failing-memory", NULL, test_failing_memory);
  ADD ("/model-file/full-disk", NULL, test_full_disk);
  ADD ("/model-file/unwritable", NULL, test_unwritable);
  ADD ("/model-file/link", NULL, test_link);
  return g_test_run ();
}
