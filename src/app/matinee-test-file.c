/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-test-file"

#include "config.h"

#include "matinee-test-file.h"

#include "matinee-load-job.h"

/**
 * MatineeTestFile:
 *
 * Ratings to test on that are in a file of their own.
 */
struct _MatineeTestFile
{
  GObject parent_instance;

  GFile *file;
  MatineeRatings *ratings;
  GFile *opening; /* what is being read */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (MatineeTestFile, matinee_test_file, G_TYPE_OBJECT)

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineeTestFile) self = data;
  g_autoptr (GFile) file = g_steal_pointer (&self->opening);
  g_autoptr (GError) error = NULL;
  MatineeDataset *dataset = matinee_load_job_run_finish (MATINEE_LOAD_JOB (source), result, &error);
  gboolean cancelled = g_cancellable_is_cancelled (self->cancellable);

  g_clear_object (&self->cancellable);
  if (dataset != NULL && !cancelled)
    {
      g_set_object (&self->file, file);
      g_clear_pointer (&self->ratings, matinee_ratings_unref);
      self->ratings = matinee_ratings_ref (dataset->ratings);
    }
  g_clear_pointer (&dataset, matinee_dataset_unref);
  g_signal_emit (self, signals[CHANGED], 0);
  if (error != NULL && !cancelled)
    g_signal_emit (self, signals[FAILED], 0, file, error);
}

static void
matinee_test_file_finalize (GObject *object)
{
  MatineeTestFile *self = MATINEE_TEST_FILE (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->ratings, matinee_ratings_unref);

  G_OBJECT_CLASS (matinee_test_file_parent_class)->finalize (object);
}

static void
matinee_test_file_class_init (MatineeTestFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_test_file_finalize;

  signals[CHANGED]
      = g_signal_new ("changed", MATINEE_TYPE_TEST_FILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", MATINEE_TYPE_TEST_FILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  2, G_TYPE_FILE, G_TYPE_ERROR);
}

static void
matinee_test_file_init (MatineeTestFile *self)
{
}

/**
 * matinee_test_file_new:
 *
 * Returns: (transfer full): an object with no file open
 */
MatineeTestFile *
matinee_test_file_new (void)
{
  return g_object_new (MATINEE_TYPE_TEST_FILE, NULL);
}

/**
 * matinee_test_file_open:
 * @self: a test file
 * @file: a ratings file
 * @hints: (nullable): what somebody says about how it is to be read
 *
 * Reads it, unless another is being read. What is open stays open until that has
 * succeeded.
 */
void
matinee_test_file_open (MatineeTestFile *self, GFile *file, const MatineeTextHints *hints)
{
  g_autoptr (MatineeLoadJob) job = NULL;

  g_return_if_fail (MATINEE_IS_TEST_FILE (self));

  if (self->opening != NULL)
    return;
  job = matinee_load_job_new_files (file, NULL);
  matinee_load_job_set_reading (job, hints, MATINEE_TOLERANCE_FEW);
  self->opening = g_object_ref (file);
  self->cancellable = g_cancellable_new ();
  g_signal_emit (self, signals[CHANGED], 0);
  matinee_job_run_async (MATINEE_JOB (job), self->cancellable, read_cb, g_object_ref (self));
}

/**
 * matinee_test_file_close:
 * @self: a test file
 *
 * Forgets the file, and the one that is being read.
 */
void
matinee_test_file_close (MatineeTestFile *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->file == NULL)
    return;
  g_clear_object (&self->file);
  g_clear_pointer (&self->ratings, matinee_ratings_unref);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
matinee_test_file_get_loading (MatineeTestFile *self)
{
  return self->opening != NULL;
}

/**
 * matinee_test_file_get_file:
 * @self: a test file
 *
 * Returns: (transfer none) (nullable): the file that is open
 */
GFile *
matinee_test_file_get_file (MatineeTestFile *self)
{
  return self->file;
}

/**
 * matinee_test_file_get_ratings:
 * @self: a test file
 *
 * Returns: (transfer none) (nullable): its ratings
 */
MatineeRatings *
matinee_test_file_get_ratings (MatineeTestFile *self)
{
  return self->ratings;
}
