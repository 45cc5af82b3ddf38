/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-load-job.h"

#include <glib/gi18n-lib.h>

#include "matinee-error.h"
#include "matinee-local-path.h"
#include "matinee-planted.h"
#include "matinee-system.h"
#include "matinee-titles-reader.h"

/**
 * MatineeLoadJob:
 *
 * Opens data in a worker thread: the built-in sample, a ratings file with or without
 * a titles file, or another titles file for ratings that are open.
 */
struct _MatineeLoadJob
{
  MatineeJob parent_instance;

  GFile *ratings;
  GFile *titles;
  gboolean finds_titles;
  MatineeTextHints hints;
  MatineeTolerance tolerance;
  MatineeReadReport report;
  MatineeOddities oddities;
  GPtrArray *choices;      /* (element-type MatineeDataChoice) */
  MatineeDataset *dataset; /* whose ratings stay */
  MatineeDataset *loaded;
  gboolean needs_times;
};

G_DEFINE_FINAL_TYPE (MatineeLoadJob, matinee_load_job, MATINEE_TYPE_JOB)

/* Finds the table in @file, which becomes that when it is an archive. */
static char *
find_table (MatineeLoadJob *self, GFile **file, MatineeTable table, const MatineeTextHints *hints, GError **error)
{
  MatineeStop *stop = matinee_job_get_stop (MATINEE_JOB (self));
  g_autofree char *path = matinee_local_path (*file, error);
  char *found = path != NULL ? matinee_data_file_find (path, table, hints, &self->choices, stop, error) : NULL;

  if (found != NULL && !g_str_equal (found, path))
    {
      g_object_unref (*file);
      *file = g_file_new_for_path (found);
    }
  return found;
}

static MatineeRatings *
load_ratings (MatineeLoadJob *self, MatineePool *pool, GError **error)
{
  g_autoptr (MatineeRatings) ratings = NULL;
  g_autofree char *path = NULL;
  g_autofree char *titles = NULL;
  MatineeReadOptions options = { .hints = &self->hints, .tolerance = self->tolerance };
  MatineeStop *stop = matinee_job_get_stop (MATINEE_JOB (self));

  if (self->dataset != NULL)
    return matinee_ratings_ref (self->dataset->ratings);
  path = find_table (self, &self->ratings, MATINEE_TABLE_RATINGS, &self->hints, error);
  if (path == NULL)
    return NULL;
  options.times = self->needs_times                        ? MATINEE_TIMES_NEEDED
                  : matinee_data_file_affords_times (path) ? MATINEE_TIMES_IF_GOOD
                                                           : MATINEE_TIMES_UNWANTED;
  ratings = matinee_ratings_read_with (path, &options, pool, matinee_job_progress_cb, self, stop, &self->report, error);
  if (ratings == NULL || !matinee_oddities_find (&self->oddities, ratings, error))
    return NULL;
  if (options.times == MATINEE_TIMES_UNWANTED)
    ratings->no_times = g_strdup (_ ("they were left out to save memory, as the file is large. Open it again while a "
                                     "split by time is chosen"));
  if (self->finds_titles)
    titles = matinee_data_file_find_titles (path, stop);
  if (titles != NULL)
    self->titles = g_file_new_for_path (titles);
  return g_steal_pointer (&ratings);
}

static MatineeDataset *
load (MatineeLoadJob *self, GError **error)
{
  g_autoptr (MatineePool) pool = matinee_pool_new (matinee_system_n_cores ());
  MatineeStop *stop = matinee_job_get_stop (MATINEE_JOB (self));
  g_autoptr (MatineeRatings) ratings = NULL;
  g_autoptr (MatineeTitles) titles = NULL;

  if (self->ratings == NULL && self->dataset == NULL)
    {
      MatineePlan plan;

      matinee_plan_init_sample (&plan);
      return matinee_planted_new (&plan, pool, stop, error);
    }
  /* The titles first: they are small, and a mistake in them shows at once. */
  if (self->titles != NULL)
    {
      const MatineeTextHints *hints = self->dataset != NULL ? &self->hints : NULL;
      g_autofree char *path = find_table (self, &self->titles, MATINEE_TABLE_TITLES, hints, error);

      titles = path != NULL ? matinee_titles_read_with (path, hints, NULL, stop, error) : NULL;
      if (titles == NULL)
        return NULL;
    }
  ratings = load_ratings (self, pool, error);
  return ratings != NULL ? matinee_dataset_new (ratings, titles, error) : NULL;
}

static gboolean
matinee_load_job_run (MatineeJob *job, GCancellable *cancellable, GError **error)
{
  MatineeLoadJob *self = MATINEE_LOAD_JOB (job);

  self->loaded = load (self, error);
  return self->loaded != NULL;
}

static void
matinee_load_job_finalize (GObject *object)
{
  MatineeLoadJob *self = MATINEE_LOAD_JOB (object);

  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  g_clear_pointer (&self->loaded, matinee_dataset_unref);
  g_clear_object (&self->ratings);
  g_clear_object (&self->titles);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  matinee_text_hints_clear (&self->hints);
  matinee_read_report_clear (&self->report);
  G_OBJECT_CLASS (matinee_load_job_parent_class)->finalize (object);
}

static void
matinee_load_job_class_init (MatineeLoadJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_load_job_finalize;
  MATINEE_JOB_CLASS (klass)->run = matinee_load_job_run;
}

static void
matinee_load_job_init (MatineeLoadJob *self)
{
  self->tolerance = MATINEE_TOLERANCE_FEW;
}

/**
 * matinee_load_job_new_sample:
 *
 * Returns: (transfer full): a job that makes the built-in sample
 */
MatineeLoadJob *
matinee_load_job_new_sample (void)
{
  return g_object_new (MATINEE_TYPE_LOAD_JOB, NULL);
}

/**
 * matinee_load_job_new_files:
 * @ratings: a ratings file
 * @titles: (nullable): a titles file
 *
 * Returns: (transfer full): a job that opens them
 */
MatineeLoadJob *
matinee_load_job_new_files (GFile *ratings, GFile *titles)
{
  MatineeLoadJob *self = g_object_new (MATINEE_TYPE_LOAD_JOB, NULL);

  self->ratings = g_object_ref (ratings);
  g_set_object (&self->titles, titles);
  return self;
}

/**
 * matinee_load_job_set_needs_times:
 * @self: a job that was not started
 *
 * Has ratings read with the times at which they were given, however large the file.
 */
void
matinee_load_job_set_needs_times (MatineeLoadJob *self)
{
  self->needs_times = TRUE;
}

/**
 * matinee_load_job_new_titles:
 * @titles: a titles file
 * @dataset: the data whose ratings to keep
 *
 * Returns: (transfer full): a job that joins other titles to ratings that are open
 */
MatineeLoadJob *
matinee_load_job_new_titles (GFile *titles, MatineeDataset *dataset)
{
  MatineeLoadJob *self = g_object_new (MATINEE_TYPE_LOAD_JOB, NULL);

  self->titles = g_object_ref (titles);
  self->dataset = matinee_dataset_ref (dataset);
  return self;
}

/**
 * matinee_load_job_find_titles:
 * @self: a job of ratings without titles, not yet started
 *
 * Has it find the titles that lie beside the ratings, or in the same archive; it does
 * not read them: see matinee_load_job_get_titles().
 */
void
matinee_load_job_find_titles (MatineeLoadJob *self)
{
  g_return_if_fail (self->ratings != NULL && self->titles == NULL);

  self->finds_titles = TRUE;
}

/**
 * matinee_load_job_set_reading:
 * @self: a job, not yet started
 * @hints: (nullable): what somebody says about how the ratings are to be read, or the
 *   titles if the job reads no ratings; it is copied
 * @tolerance: how many bad lines of the ratings are left out; by default
 *   %MATINEE_TOLERANCE_FEW
 *
 * Says how the file is to be read. Who asks a person makes @hints with the help of
 * matinee_diagnosis_new().
 */
void
matinee_load_job_set_reading (MatineeLoadJob *self, const MatineeTextHints *hints, MatineeTolerance tolerance)
{
  const MatineeTextHints none = { NULL };

  matinee_text_hints_copy (&self->hints, hints != NULL ? hints : &none);
  self->tolerance = tolerance;
}

/**
 * matinee_load_job_run_finish:
 * @self: the job
 * @result: the result that the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what was opened, or %NULL with an error
 */
MatineeDataset *
matinee_load_job_run_finish (MatineeLoadJob *self, GAsyncResult *result, GError **error)
{
  if (!matinee_job_run_finish (MATINEE_JOB (self), result, error))
    return NULL;
  return g_steal_pointer (&self->loaded);
}

/**
 * matinee_load_job_get_ratings:
 * @self: a job that has ended
 *
 * Returns: (transfer none) (nullable): the ratings file; of an archive, that in it
 */
GFile *
matinee_load_job_get_ratings (MatineeLoadJob *self)
{
  return self->ratings;
}

/**
 * matinee_load_job_get_titles:
 * @self: a job that has ended
 *
 * Returns: (transfer none) (nullable): the titles file, given or found; of an archive,
 *   that in it
 */
GFile *
matinee_load_job_get_titles (MatineeLoadJob *self)
{
  return self->titles;
}

/**
 * matinee_load_job_get_choices:
 * @self: a job that has ended with %MATINEE_ERROR_AMBIGUOUS
 *
 * Returns: (transfer none) (nullable) (element-type MatineeDataChoice): the files of
 *   the archive that could be meant
 */
GPtrArray *
matinee_load_job_get_choices (MatineeLoadJob *self)
{
  return self->choices;
}

/**
 * matinee_load_job_get_report:
 * @self: a job that has ended
 *
 * Returns: (transfer none): which lines of the ratings were left out, also when the
 *   file was refused for them; all zeros if the job read no ratings
 */
const MatineeReadReport *
matinee_load_job_get_report (MatineeLoadJob *self)
{
  return &self->report;
}

/**
 * matinee_load_job_get_oddities:
 * @self: a job that has ended well
 *
 * Returns: (transfer none): what is odd about the ratings; all zeros if the job read
 *   none
 */
const MatineeOddities *
matinee_load_job_get_oddities (MatineeLoadJob *self)
{
  return &self->oddities;
}
