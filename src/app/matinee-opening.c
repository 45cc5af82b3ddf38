/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-opening"

#include "config.h"

#include "matinee-opening.h"

#include <glib/gi18n.h>

#include "matinee-file-name.h"
#include "matinee-load-job.h"

/* The part of the progress that reading ratings takes when titles follow. */
#define RATINGS_SHARE 0.9

/**
 * MatineeOpening:
 *
 * Opens a ratings file and the titles that belong to it, one job after the other,
 * so that an error can be told with the file that it is in. Lives on the
 * main thread and never blocks it. Notifies "fraction" (0 … 1) as it goes.
 */
struct _MatineeOpening
{
  GObject parent_instance;

  GFile *ratings;
  GFile *titles;
  MatineeDataset *dataset;
  MatineeTextHints hints;
  gboolean find_titles;
  gboolean needs_times;
  gboolean found_titles;
  GFile *current;
  GError *titles_error;
  GCancellable *cancellable;
  MatineeLoadJob *job;
  MatineeLoadJob *ratings_job;
  double fraction;
};

G_DEFINE_FINAL_TYPE (MatineeOpening, matinee_opening, G_TYPE_OBJECT)

enum
{
  PROP_FRACTION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
job_fraction_cb (MatineeOpening *self)
{
  double fraction = matinee_job_get_fraction (MATINEE_JOB (self->job));

  if ((self->titles != NULL || self->find_titles) && self->ratings != NULL)
    fraction
        = self->current == self->titles ? RATINGS_SHARE + (1.0 - RATINGS_SHARE) * fraction : RATINGS_SHARE * fraction;
  if (fraction == self->fraction)
    return;
  self->fraction = fraction;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
}

static void
run_job (MatineeOpening *self, MatineeLoadJob *job, GAsyncReadyCallback callback, GTask *task)
{
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_set_object (&self->job, job);
  g_signal_connect_object (job, "notify::fraction", G_CALLBACK (job_fraction_cb), self, G_CONNECT_SWAPPED);
  matinee_job_run_async (MATINEE_JOB (job), self->cancellable, callback, task);
}

/* Takes over what the job has found: files in archives, titles beside the ratings. */
static void
take_files (MatineeOpening *self)
{
  gboolean is_titles = self->current != NULL && self->current == self->titles;
  GFile *ratings = matinee_load_job_get_ratings (self->job);
  GFile *titles = matinee_load_job_get_titles (self->job);

  if (ratings != NULL)
    g_set_object (&self->ratings, ratings);
  if (titles != NULL)
    {
      self->found_titles = self->found_titles || self->titles == NULL;
      g_set_object (&self->titles, titles);
    }
  self->current = is_titles ? self->titles : self->ratings;
}

static void
titles_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MatineeOpening *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  MatineeDataset *dataset = matinee_load_job_run_finish (MATINEE_LOAD_JOB (source), result, &error);

  take_files (self);
  /* The person asked for the ratings only: titles that were merely found beside
   * them and can't be read are told, but don't keep the ratings from opening. */
  if (dataset == NULL && self->found_titles && !g_cancellable_is_cancelled (self->cancellable))
    {
      self->titles_error = g_steal_pointer (&error);
      dataset = g_steal_pointer (&self->dataset);
    }
  if (dataset != NULL)
    g_task_return_pointer (task, dataset, (GDestroyNotify) matinee_dataset_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
read_titles (MatineeOpening *self, GTask *task)
{
  g_autoptr (MatineeLoadJob) job = matinee_load_job_new_titles (self->titles, self->dataset);

  self->current = self->titles;
  run_job (self, job, titles_read_cb, task);
}

static void
ratings_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MatineeOpening *self = g_task_get_source_object (task);
  GError *error = NULL;
  MatineeDataset *dataset = matinee_load_job_run_finish (MATINEE_LOAD_JOB (source), result, &error);

  take_files (self);
  if (dataset == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->titles == NULL)
    {
      g_task_return_pointer (task, dataset, (GDestroyNotify) matinee_dataset_unref);
      return;
    }
  self->dataset = dataset;
  read_titles (self, g_steal_pointer (&task));
}

static void
read_ratings (MatineeOpening *self, GTask *task)
{
  g_autoptr (MatineeLoadJob) job
      = self->ratings != NULL ? matinee_load_job_new_files (self->ratings, NULL) : matinee_load_job_new_sample ();

  if (self->ratings != NULL && self->titles == NULL && self->find_titles)
    matinee_load_job_find_titles (job);
  if (self->needs_times)
    matinee_load_job_set_needs_times (job);
  matinee_load_job_set_reading (job, &self->hints, MATINEE_TOLERANCE_FEW);
  self->current = self->ratings;
  g_set_object (&self->ratings_job, job);
  run_job (self, job, ratings_read_cb, task);
}

static void
matinee_opening_finalize (GObject *object)
{
  MatineeOpening *self = MATINEE_OPENING (object);

  g_clear_object (&self->ratings);
  g_clear_object (&self->titles);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->job);
  g_clear_object (&self->ratings_job);
  g_clear_error (&self->titles_error);
  matinee_text_hints_clear (&self->hints);
  g_clear_pointer (&self->dataset, matinee_dataset_unref);

  G_OBJECT_CLASS (matinee_opening_parent_class)->finalize (object);
}

static void
matinee_opening_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MatineeOpening *self = MATINEE_OPENING (object);

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
matinee_opening_class_init (MatineeOpeningClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = matinee_opening_finalize;
  object_class->get_property = matinee_opening_get_property;

  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0.0, 1.0, 0.0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
matinee_opening_init (MatineeOpening *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * matinee_opening_new:
 * @ratings: (nullable): a ratings file, or %NULL for the built-in sample
 * @titles: (nullable): a titles file
 * @dataset: (nullable): what is open, when only @titles are to be read for it
 *
 * Returns: (transfer full): an opening that has not begun
 */
MatineeOpening *
matinee_opening_new (GFile *ratings, GFile *titles, MatineeDataset *dataset)
{
  MatineeOpening *self = g_object_new (MATINEE_TYPE_OPENING, NULL);

  g_set_object (&self->ratings, ratings);
  g_set_object (&self->titles, titles);
  if (dataset != NULL)
    self->dataset = matinee_dataset_ref (dataset);
  return self;
}

/**
 * matinee_opening_find_titles:
 * @self: an opening without titles
 *
 * Has it open the titles that lie beside the ratings, or in the same archive, if there
 * are any.
 */
void
matinee_opening_find_titles (MatineeOpening *self)
{
  g_return_if_fail (MATINEE_IS_OPENING (self));

  self->find_titles = TRUE;
}

/**
 * matinee_opening_set_needs_times:
 * @self: an opening that has not begun
 *
 * Has it read when ratings were given, however large the file.
 */
void
matinee_opening_set_needs_times (MatineeOpening *self)
{
  g_return_if_fail (MATINEE_IS_OPENING (self));

  self->needs_times = TRUE;
}

/**
 * matinee_opening_set_hints:
 * @self: an opening that has not begun
 * @hints: what somebody says about how the ratings are to be read; copied
 *
 * Has the ratings read like that.
 */
void
matinee_opening_set_hints (MatineeOpening *self, const MatineeTextHints *hints)
{
  g_return_if_fail (MATINEE_IS_OPENING (self));

  matinee_text_hints_copy (&self->hints, hints);
}

/**
 * matinee_opening_get_hints:
 * @self: an opening
 *
 * Returns: (transfer none): what somebody says about how the ratings are to be read
 */
const MatineeTextHints *
matinee_opening_get_hints (MatineeOpening *self)
{
  return &self->hints;
}

/**
 * matinee_opening_run_async:
 * @self: an opening that has not begun
 * @callback: called on the main thread when it is done
 * @user_data: data for @callback
 *
 * Begins.
 */
void
matinee_opening_run_async (MatineeOpening *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, self->cancellable, callback, user_data);

  g_task_set_source_tag (task, matinee_opening_run_async);
  if (self->dataset != NULL)
    read_titles (self, task);
  else
    read_ratings (self, task);
}

/**
 * matinee_opening_run_finish:
 * @self: an opening
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the data, or %NULL with the error of the
 *   file that matinee_opening_get_current() tells
 */
MatineeDataset *
matinee_opening_run_finish (MatineeOpening *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * matinee_opening_cancel:
 * @self: an opening
 *
 * Ends it soon; its result is then an error that says so.
 */
void
matinee_opening_cancel (MatineeOpening *self)
{
  g_return_if_fail (MATINEE_IS_OPENING (self));

  g_cancellable_cancel (self->cancellable);
}

/**
 * matinee_opening_get_ratings:
 * @self: an opening
 *
 * Returns: (transfer none) (nullable): the ratings file
 */
GFile *
matinee_opening_get_ratings (MatineeOpening *self)
{
  return self->ratings;
}

/**
 * matinee_opening_get_titles:
 * @self: an opening
 *
 * Returns: (transfer none) (nullable): the titles file, given or found
 */
GFile *
matinee_opening_get_titles (MatineeOpening *self)
{
  return self->titles_error == NULL ? self->titles : NULL;
}

/**
 * matinee_opening_get_found_titles:
 * @self: an opening
 *
 * Returns: whether the titles were found beside the ratings, not given
 */
gboolean
matinee_opening_get_found_titles (MatineeOpening *self)
{
  return self->found_titles;
}

/**
 * matinee_opening_get_current:
 * @self: an opening
 *
 * Returns: (transfer none) (nullable): the file that is or was read last
 */
GFile *
matinee_opening_get_current (MatineeOpening *self)
{
  return self->current;
}

/**
 * matinee_opening_get_titles_error:
 * @self: an opening that is done
 *
 * Returns: (nullable): why titles that were found beside the ratings were not opened
 */
const GError *
matinee_opening_get_titles_error (MatineeOpening *self)
{
  return self->titles_error;
}

/**
 * matinee_opening_get_choices:
 * @self: an opening that has ended with %MATINEE_ERROR_AMBIGUOUS
 *
 * Returns: (transfer none) (nullable) (element-type MatineeDataChoice): the files of
 *   the archive matinee_opening_get_current() that could be meant
 */
GPtrArray *
matinee_opening_get_choices (MatineeOpening *self)
{
  return self->job != NULL ? matinee_load_job_get_choices (self->job) : NULL;
}

/**
 * matinee_opening_get_ratings_job:
 * @self: an opening that is done
 *
 * Returns: (transfer none) (nullable): the job that read the ratings, which knows the
 *   lines that were left out; %NULL if only titles were read
 */
MatineeLoadJob *
matinee_opening_get_ratings_job (MatineeOpening *self)
{
  return self->ratings_job;
}

/**
 * matinee_opening_describe:
 * @self: an opening that has succeeded
 *
 * Returns: (transfer full): a sentence that tells what was opened
 */
char *
matinee_opening_describe (MatineeOpening *self)
{
  GFile *titles = matinee_opening_get_titles (self);
  g_autofree char *ratings_name = self->ratings != NULL ? matinee_file_name_dup (self->ratings) : NULL;
  g_autofree char *titles_name = titles != NULL ? matinee_file_name_dup (titles) : NULL;

  if (ratings_name == NULL)
    return titles != NULL ? g_strdup_printf (_ ("Opened “%s”"), titles_name) : g_strdup (_ ("Opened the sample"));
  if (titles != NULL && self->found_titles)
    return g_strdup_printf (_ ("Opened “%s”, and “%s” that was beside it"), ratings_name, titles_name);
  if (titles != NULL)
    return g_strdup_printf (_ ("Opened “%s” and “%s”"), ratings_name, titles_name);
  return g_strdup_printf (_ ("Opened “%s”"), ratings_name);
}
