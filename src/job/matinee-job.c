/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-job.h"

#include "matinee-mailbox.h"

/**
 * MatineeJob:
 *
 * Work that is done once, in a worker thread, and tells of its progress in the thread
 * that made the job. The worker never touches signals and properties: it posts plain
 * records to a mailbox. What it makes is handed over whole and never changed again.
 */
typedef struct
{
  MatineeMailbox *mailbox;
  MatineeStop stop;
  double fraction;
  gboolean started;
  gboolean running;
} MatineeJobPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MatineeJob, matinee_job, G_TYPE_OBJECT)

#define PRIV(job) ((MatineeJobPrivate *) matinee_job_get_instance_private (job))

enum
{
  PROP_FRACTION = 1,
  PROP_RUNNING,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
delivered_cb (gconstpointer records, guint n_records, double fraction, gpointer data)
{
  g_autoptr (MatineeJob) self = g_object_ref (data);
  MatineeJobPrivate *priv = PRIV (self);
  gboolean moved = priv->fraction != fraction;

  priv->fraction = fraction;
  if (MATINEE_JOB_GET_CLASS (self)->deliver != NULL)
    MATINEE_JOB_GET_CLASS (self)->deliver (self, records, n_records);
  if (moved)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  matinee_job_stop (data);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  gulong handler
      = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), source, NULL) : 0;
  GError *error = NULL;
  gboolean done = MATINEE_JOB_GET_CLASS (source)->run (source, cancellable, &error);

  g_cancellable_disconnect (cancellable, handler);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
set_running (MatineeJob *self, gboolean running)
{
  PRIV (self)->running = running;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}

static void
matinee_job_constructed (GObject *object)
{
  MatineeJob *self = MATINEE_JOB (object);

  G_OBJECT_CLASS (matinee_job_parent_class)->constructed (object);
  PRIV (self)->mailbox = matinee_mailbox_new (MATINEE_JOB_GET_CLASS (self)->record_size, delivered_cb, self);
}

static void
matinee_job_finalize (GObject *object)
{
  g_clear_pointer (&PRIV (MATINEE_JOB (object))->mailbox, matinee_mailbox_close);
  G_OBJECT_CLASS (matinee_job_parent_class)->finalize (object);
}

static void
matinee_job_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MatineeJobPrivate *priv = PRIV (MATINEE_JOB (object));

  switch (prop_id)
    {
    case PROP_FRACTION:
      g_value_set_double (value, priv->fraction);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, priv->running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
matinee_job_class_init (MatineeJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = matinee_job_constructed;
  object_class->finalize = matinee_job_finalize;
  object_class->get_property = matinee_job_get_property;
  klass->record_size = 1;

  /**
   * MatineeJob:fraction:
   *
   * How much is done, from 0 to 1.
   */
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  /**
   * MatineeJob:running:
   *
   * Whether the job was started and has not ended.
   */
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
matinee_job_init (MatineeJob *self)
{
}

/**
 * matinee_job_run_async:
 * @self: a job that was not started before
 * @cancellable: (nullable): cancel it to end soon
 * @callback: called when it has ended
 * @user_data: user data for @callback
 *
 * Starts. The job lives at least until it has ended.
 */
void
matinee_job_run_async (MatineeJob *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (!PRIV (self)->started);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, matinee_job_run_async);
  g_task_set_check_cancellable (task, !MATINEE_JOB_GET_CLASS (self)->keeps_done);
  PRIV (self)->started = TRUE;
  set_running (self, TRUE);
  g_task_run_in_thread (task, run_in_thread);
}

/**
 * matinee_job_run_finish:
 * @self: the job
 * @result: the result that the callback got
 * @error: return location
 *
 * Ends the job: tells of the last progress first. What it made, the kind of job hands
 * over.
 *
 * Returns: whether it was done, or %FALSE with an error: %MATINEE_ERROR_CANCELLED or
 *   %G_IO_ERROR_CANCELLED when it was stopped and that is no end for its kind
 */
gboolean
matinee_job_run_finish (MatineeJob *self, GAsyncResult *result, GError **error)
{
  gboolean done;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  matinee_mailbox_flush (PRIV (self)->mailbox);
  done = g_task_propagate_boolean (G_TASK (result), error);
  set_running (self, FALSE);
  return done;
}

/**
 * matinee_job_stop:
 * @self: a job
 *
 * Asks it to end soon. Returns at once. Any thread may call it.
 */
void
matinee_job_stop (MatineeJob *self)
{
  matinee_stop_request (&PRIV (self)->stop);
}

/**
 * matinee_job_get_fraction:
 * @self: a job
 *
 * Returns: how much is done, 0 … 1
 */
double
matinee_job_get_fraction (MatineeJob *self)
{
  return PRIV (self)->fraction;
}

/**
 * matinee_job_get_running:
 * @self: a job
 *
 * Returns: whether it was started and has not ended
 */
gboolean
matinee_job_get_running (MatineeJob *self)
{
  return PRIV (self)->running;
}

/**
 * matinee_job_get_stop:
 * @self: a job
 *
 * Returns: (transfer none): the flag that asks the worker to end
 */
MatineeStop *
matinee_job_get_stop (MatineeJob *self)
{
  return &PRIV (self)->stop;
}

/**
 * matinee_job_post:
 * @self: a job
 * @record: (nullable): a record of its class's size, copied
 * @fraction: how much is done, 0 … 1
 *
 * Tells the thread that made the job how far it is; for the worker.
 */
void
matinee_job_post (MatineeJob *self, gconstpointer record, double fraction)
{
  matinee_mailbox_post (PRIV (self)->mailbox, record, fraction);
}

/**
 * matinee_job_progress_cb:
 * @fraction: how much is done, 0 … 1
 * @job: a job
 *
 * Does matinee_job_post() without a record, for functions that tell of their progress.
 */
void
matinee_job_progress_cb (double fraction, gpointer job)
{
  matinee_job_post (job, NULL, fraction);
}
