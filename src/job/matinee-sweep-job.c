/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-sweep-job.h"

#include "matinee-mailbox.h"
#include "matinee-system.h"

/**
 * MatineeSweepJob:
 *
 * A sweep that runs in a worker thread, one training after another, and tells of its
 * progress in the thread that made it. The ratings are split once.
 */
struct _MatineeSweepJob
{
  GObject parent_instance;

  MatineeDataset *dataset; /* with the test ratings, once it is split */
  MatineeRatings *test;    /* or %NULL */
  MatineeGrid grid;
  MatineePreparation *preparation;
  MatineeRunStore *store;
  char *data_name;
  MatineeMailbox *mailbox;
  MatineeStop stop;
  gboolean started;
  double fraction;

  guint n_done; /* the worker's own */
};

G_DEFINE_FINAL_TYPE (MatineeSweepJob, matinee_sweep_job, G_TYPE_OBJECT)

enum
{
  PROP_FRACTION = 1,
  N_PROPS
};

enum
{
  CELLS,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
delivered_cb (gconstpointer records, guint n_records, double fraction, gpointer data)
{
  g_autoptr (MatineeSweepJob) self = g_object_ref (data);

  if (n_records > 0)
    g_signal_emit (self, signals[CELLS], 0, records, n_records);
  if (self->fraction == fraction)
    return;
  self->fraction = fraction;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
}

static gboolean
cell_cb (const MatineeSweepCell *cell, MatineeModel *model, gpointer data)
{
  MatineeSweepJob *self = data;
  double begun = 0;

  if (cell->state == MATINEE_SWEEP_DONE)
    self->n_done++;
  else
    begun = MIN ((double) cell->iterations / MAX (self->grid.base.n_iterations, 1), 1);
  matinee_mailbox_post (self->mailbox, cell, MIN ((self->n_done + begun) / self->grid.n_runs, 1));
  return TRUE;
}

static gboolean
sweep (MatineeSweepJob *self, MatineePool *pool, GError **error)
{
  g_autoptr (MatineeSplit) split = matinee_preparation_get_split (self->preparation, &self->dataset, self->test,
                                                                  &self->grid.base, pool, &self->stop, error);
  const MatineeSweep work = {
    .grid = &self->grid,
    .ratings = self->dataset->ratings,
    .split = split,
    .pool = pool,
    .stop = &self->stop,
    .store = self->store,
    .data_name = self->data_name,
    .preparation = self->preparation,
  };

  return split != NULL && matinee_sweep_check_split (split, error) && matinee_sweep_run (&work, cell_cb, self, error);
}

static void
sweep_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  MatineeSweepJob *self = source;
  MatineeRatings *ratings = self->dataset->ratings;
  MatineeParams largest;
  GError *error = NULL;
  gboolean done = FALSE;

  matinee_grid_get_largest (&self->grid, &largest);
  if (matinee_params_check_memory (&largest, matinee_ratings_get_n_users (ratings),
                                   matinee_ratings_get_n_movies (ratings), matinee_ratings_get_n (ratings),
                                   matinee_system_available_memory (), &error))
    {
      g_autoptr (MatineePool) pool = matinee_pool_new (self->grid.base.n_threads);

      done = sweep (self, pool, &error);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, done);
}

static void
matinee_sweep_job_finalize (GObject *object)
{
  MatineeSweepJob *self = MATINEE_SWEEP_JOB (object);

  g_clear_pointer (&self->mailbox, matinee_mailbox_close);
  g_clear_pointer (&self->preparation, matinee_preparation_unref);
  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  g_clear_pointer (&self->test, matinee_ratings_unref);
  g_clear_pointer (&self->data_name, g_free);
  g_clear_object (&self->store);
  matinee_grid_clear (&self->grid);

  G_OBJECT_CLASS (matinee_sweep_job_parent_class)->finalize (object);
}

static void
matinee_sweep_job_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MatineeSweepJob *self = MATINEE_SWEEP_JOB (object);

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
matinee_sweep_job_class_init (MatineeSweepJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = matinee_sweep_job_finalize;
  object_class->get_property = matinee_sweep_job_get_property;

  /** MatineeSweepJob:fraction: how much is done, from 0 to 1 */
  props[PROP_FRACTION]
      = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * MatineeSweepJob::cells:
   * @cells: (array length=n): records of #MatineeSweepCell, in the order in which it was so
   * @n: how many
   *
   * Told at most 30 times a second, in the thread that made the job.
   */
  signals[CELLS] = g_signal_new ("cells", MATINEE_TYPE_SWEEP_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_POINTER, G_TYPE_UINT);
}

static void
matinee_sweep_job_init (MatineeSweepJob *self)
{
  self->mailbox = matinee_mailbox_new (sizeof (MatineeSweepCell), delivered_cb, self);
  self->preparation = matinee_preparation_new ();
}

/**
 * matinee_sweep_job_new:
 * @dataset: the data; referenced
 * @grid: the runs, checked; copied
 *
 * Returns: (transfer full): a job, not started
 */
MatineeSweepJob *
matinee_sweep_job_new (MatineeDataset *dataset, const MatineeGrid *grid)
{
  MatineeSweepJob *self = g_object_new (MATINEE_TYPE_SWEEP_JOB, NULL);

  self->dataset = matinee_dataset_ref (dataset);
  matinee_grid_copy (grid, &self->grid);
  return self;
}

/**
 * matinee_sweep_job_set_preparation:
 * @self: a job that was not started
 * @preparation: what earlier trainings of the data left; referenced
 *
 * Lets the sweep take over what was split and computed before.
 */
void
matinee_sweep_job_set_preparation (MatineeSweepJob *self, MatineePreparation *preparation)
{
  g_return_if_fail (!self->started);

  matinee_preparation_ref (preparation);
  matinee_preparation_unref (self->preparation);
  self->preparation = preparation;
}

/**
 * matinee_sweep_job_set_test:
 * @self: a job that was not started
 * @test: the ratings to test on; referenced
 *
 * Gives the test ratings of %MATINEE_SPLIT_GIVEN; other splits don't use them.
 */
void
matinee_sweep_job_set_test (MatineeSweepJob *self, MatineeRatings *test)
{
  g_return_if_fail (!self->started && self->test == NULL);

  self->test = matinee_ratings_ref (test);
}

/**
 * matinee_sweep_job_set_store:
 * @self: a job that was not started
 * @store: where to keep the runs; referenced
 * @data_name: what to call the data there
 *
 * Makes every training a run of the history, and takes from there what was done before.
 */
void
matinee_sweep_job_set_store (MatineeSweepJob *self, MatineeRunStore *store, const char *data_name)
{
  g_return_if_fail (!self->started && self->store == NULL);

  self->store = g_object_ref (store);
  self->data_name = g_strdup (data_name);
}

/**
 * matinee_sweep_job_run_async:
 * @self: a job that was not started before
 * @callback: called when it has ended
 * @user_data: user data for @callback
 *
 * Starts the sweep. The job lives at least until it has ended.
 */
void
matinee_sweep_job_run_async (MatineeSweepJob *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (!self->started);

  self->started = TRUE;
  g_task_set_source_tag (task, matinee_sweep_job_run_async);
  g_task_run_in_thread (task, sweep_in_thread);
}

/**
 * matinee_sweep_job_run_finish:
 * @self: the job
 * @result: the result that the callback got
 * @error: return location
 *
 * Ends the job: tells of the last runs first.
 *
 * Returns: whether all runs have ended; else %MATINEE_ERROR_CANCELLED when it was
 *   stopped, or why it could not go on
 */
gboolean
matinee_sweep_job_run_finish (MatineeSweepJob *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  matinee_mailbox_flush (self->mailbox);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * matinee_sweep_job_stop:
 * @self: a job
 *
 * Asks it to end soon. Returns at once.
 */
void
matinee_sweep_job_stop (MatineeSweepJob *self)
{
  matinee_stop_request (&self->stop);
}

/**
 * matinee_sweep_job_get_fraction:
 * @self: a job
 *
 * Returns: how much is done, 0 … 1
 */
double
matinee_sweep_job_get_fraction (MatineeSweepJob *self)
{
  return self->fraction;
}
