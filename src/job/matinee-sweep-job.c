/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-sweep-job.h"

#include "matinee-system.h"

/**
 * MatineeSweepJob:
 *
 * A sweep that runs in a worker thread, one training after another, and tells of its
 * progress in the thread that made it. The ratings are split once.
 */
struct _MatineeSweepJob
{
  MatineeJob parent_instance;

  MatineeDataset *dataset; /* with the test ratings, once it is split */
  MatineeRatings *test;    /* or %NULL */
  MatineeGrid grid;
  MatineePreparation *preparation;
  MatineeRunStore *store;
  char *data_name;

  guint n_done; /* the worker's own */
};

G_DEFINE_FINAL_TYPE (MatineeSweepJob, matinee_sweep_job, MATINEE_TYPE_JOB)

enum
{
  CELLS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
matinee_sweep_job_deliver (MatineeJob *job, gconstpointer cells, guint n)
{
  if (n > 0)
    g_signal_emit (job, signals[CELLS], 0, cells, n);
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
  matinee_job_post (data, cell, MIN ((self->n_done + begun) / self->grid.n_runs, 1));
  return TRUE;
}

static gboolean
sweep (MatineeSweepJob *self, MatineePool *pool, GError **error)
{
  MatineeStop *stop = matinee_job_get_stop (MATINEE_JOB (self));
  g_autoptr (MatineeSplit) split = matinee_preparation_get_split (self->preparation, &self->dataset, self->test,
                                                                  &self->grid.base, pool, stop, error);
  const MatineeSweep work = {
    .grid = &self->grid,
    .ratings = self->dataset->ratings,
    .split = split,
    .pool = pool,
    .stop = stop,
    .store = self->store,
    .data_name = self->data_name,
    .preparation = self->preparation,
  };

  return split != NULL && matinee_sweep_check_split (split, error) && matinee_sweep_run (&work, cell_cb, self, error);
}

static gboolean
matinee_sweep_job_run (MatineeJob *job, GCancellable *cancellable, GError **error)
{
  MatineeSweepJob *self = MATINEE_SWEEP_JOB (job);
  g_autoptr (MatineePool) pool = NULL;
  MatineeParams largest;

  matinee_grid_get_largest (&self->grid, &largest);
  if (!matinee_system_check_memory (&largest, self->dataset->ratings, error))
    return FALSE;
  pool = matinee_pool_new (self->grid.base.n_threads);
  return sweep (self, pool, error);
}

static void
matinee_sweep_job_finalize (GObject *object)
{
  MatineeSweepJob *self = MATINEE_SWEEP_JOB (object);

  g_clear_pointer (&self->preparation, matinee_preparation_unref);
  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  g_clear_pointer (&self->test, matinee_ratings_unref);
  g_clear_pointer (&self->data_name, g_free);
  g_clear_object (&self->store);
  matinee_grid_clear (&self->grid);

  G_OBJECT_CLASS (matinee_sweep_job_parent_class)->finalize (object);
}

static void
matinee_sweep_job_class_init (MatineeSweepJobClass *klass)
{
  MatineeJobClass *job_class = MATINEE_JOB_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = matinee_sweep_job_finalize;
  job_class->record_size = sizeof (MatineeSweepCell);
  job_class->run = matinee_sweep_job_run;
  job_class->deliver = matinee_sweep_job_deliver;

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
  g_return_if_fail (!matinee_job_get_running (MATINEE_JOB (self)));

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
  g_return_if_fail (!matinee_job_get_running (MATINEE_JOB (self)) && self->test == NULL);

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
  g_return_if_fail (!matinee_job_get_running (MATINEE_JOB (self)) && self->store == NULL);

  self->store = g_object_ref (store);
  self->data_name = g_strdup (data_name);
}
