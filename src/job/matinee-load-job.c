/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-load-job.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "matinee-error.h"
#include "matinee-mailbox.h"
#include "matinee-planted.h"
#include "matinee-ratings-reader.h"
#include "matinee-system.h"
#include "matinee-titles-reader.h"

/* Ratings of a file up to this size, some ten millions, are read with their times, in
 * case a split by time is wanted. */
#define TIMES_UP_TO ((goffset) 256 << 20)

/**
 * MatineeLoadJob:
 *
 * Opens data in a worker thread: the built-in sample, a ratings file with or without
 * a titles file, or another titles file for ratings that are open.
 */
struct _MatineeLoadJob
{
  GObject parent_instance;

  GFile *ratings;
  GFile *titles;
  MatineeDataset *dataset;
  gboolean needs_times;
  MatineeMailbox *mailbox;
  MatineeStop stop;
  double fraction;
};

G_DEFINE_FINAL_TYPE (MatineeLoadJob, matinee_load_job, G_TYPE_OBJECT)

enum
{
  PROP_FRACTION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
delivered_cb (gconstpointer records, guint n_records, double fraction, gpointer data)
{
  MatineeLoadJob *self = data;

  if (self->fraction == fraction)
    return;
  self->fraction = fraction;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
}

static void
progress_cb (double fraction, gpointer data)
{
  MatineeLoadJob *self = data;

  matinee_mailbox_post (self->mailbox, NULL, fraction);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  MatineeLoadJob *self = data;

  matinee_stop_request (&self->stop);
}

static char *
local_path (GFile *file, GError **error)
{
  char *path = g_file_get_path (file);

  if (path == NULL)
    {
      g_autofree char *name = g_file_get_parse_name (file);

      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                   _ ("“%s” is not a file on this computer: copy it here first"), name);
    }
  return path;
}

/* Times cost memory, which nobody should pay for who has a large file and no use for
 * them. */
static gboolean
can_afford_times (const char *path)
{
  GStatBuf known;

  return g_stat (path, &known) == 0 && known.st_size <= TIMES_UP_TO;
}

static MatineeRatings *
load_ratings (MatineeLoadJob *self, MatineePool *pool, GError **error)
{
  g_autofree char *path = NULL;
  MatineeRatings *ratings;

  if (self->dataset != NULL)
    return matinee_ratings_ref (self->dataset->ratings);
  path = local_path (self->ratings, error);
  if (path == NULL)
    return NULL;
  if (self->needs_times || can_afford_times (path))
    return matinee_ratings_read_with_times (path, pool, progress_cb, self, &self->stop, error);
  ratings = matinee_ratings_read (path, pool, progress_cb, self, &self->stop, error);
  if (ratings != NULL)
    ratings->no_times = g_strdup (_ ("they were left out to save memory, as the file is large. Open it again while a "
                                     "split by time is chosen"));
  return ratings;
}

static MatineeDataset *
load (MatineeLoadJob *self, GError **error)
{
  g_autoptr (MatineePool) pool = matinee_pool_new (matinee_system_n_cores ());
  g_autoptr (MatineeRatings) ratings = NULL;
  g_autoptr (MatineeTitles) titles = NULL;

  if (self->ratings == NULL && self->dataset == NULL)
    {
      MatineePlan plan;

      matinee_plan_init_sample (&plan);
      return matinee_planted_new (&plan, pool, &self->stop, error);
    }
  /* The titles first: they are small, and a mistake in them shows at once. */
  if (self->titles != NULL)
    {
      g_autofree char *path = local_path (self->titles, error);

      titles = path != NULL ? matinee_titles_read (path, &self->stop, error) : NULL;
      if (titles == NULL)
        return NULL;
    }
  ratings = load_ratings (self, pool, error);
  return ratings != NULL ? matinee_dataset_new (ratings, titles, error) : NULL;
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  MatineeLoadJob *self = source;
  gulong handler = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL) : 0;
  GError *error = NULL;
  MatineeDataset *dataset = load (self, &error);

  g_cancellable_disconnect (cancellable, handler);
  if (dataset != NULL)
    g_task_return_pointer (task, dataset, (GDestroyNotify) matinee_dataset_unref);
  else
    g_task_return_error (task, error);
}

static void
matinee_load_job_finalize (GObject *object)
{
  MatineeLoadJob *self = MATINEE_LOAD_JOB (object);

  g_clear_pointer (&self->mailbox, matinee_mailbox_close);
  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  g_clear_object (&self->ratings);
  g_clear_object (&self->titles);
  G_OBJECT_CLASS (matinee_load_job_parent_class)->finalize (object);
}

static void
matinee_load_job_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MatineeLoadJob *self = MATINEE_LOAD_JOB (object);

  switch (prop_id)
    {
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
matinee_load_job_class_init (MatineeLoadJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = matinee_load_job_finalize;
  object_class->get_property = matinee_load_job_get_property;

  /**
   * MatineeLoadJob:fraction:
   *
   * How much is read, from 0 to 1.
   */
  props[PROP_FRACTION]
      = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
matinee_load_job_init (MatineeLoadJob *self)
{
  self->mailbox = matinee_mailbox_new (1, delivered_cb, self);
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
 * matinee_load_job_run_async:
 * @self: a job that was not started before
 * @cancellable: (nullable): cancel it to stop reading
 * @callback: called when it has ended
 * @user_data: user data for @callback
 *
 * Starts reading. The job lives at least until it has ended.
 */
void
matinee_load_job_run_async (MatineeLoadJob *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, matinee_load_job_run_async);
  g_task_run_in_thread (task, load_in_thread);
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
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  matinee_mailbox_flush (self->mailbox);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * matinee_load_job_get_fraction:
 * @self: a job
 *
 * Returns: how much is read, 0 … 1
 */
double
matinee_load_job_get_fraction (MatineeLoadJob *self)
{
  return self->fraction;
}
