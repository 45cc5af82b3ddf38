/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-grid.h"
#include "matinee-model.h"
#include "matinee-preparation.h"
#include "matinee-run-store.h"

G_BEGIN_DECLS

/**
 * MatineeSweepState:
 * @MATINEE_SWEEP_WAITING: its turn has not come
 * @MATINEE_SWEEP_RUNNING: it is being trained
 * @MATINEE_SWEEP_DONE: it has ended, for a reason
 *
 * How a run of a sweep stands.
 */
typedef enum
{
  MATINEE_SWEEP_WAITING,
  MATINEE_SWEEP_RUNNING,
  MATINEE_SWEEP_DONE
} MatineeSweepState;

/**
 * MatineeSweepMeasure:
 * @MATINEE_SWEEP_FINAL: the test error of the model that was kept
 * @MATINEE_SWEEP_BEST: the lowest test error of all iterations
 *
 * What runs are compared by.
 */
typedef enum
{
  MATINEE_SWEEP_FINAL,
  MATINEE_SWEEP_BEST
} MatineeSweepMeasure;

#define MATINEE_N_SWEEP_MEASURES (MATINEE_SWEEP_BEST + 1)

/**
 * MatineeSweepCell:
 * @index: which run of the grid, from 0
 * @state: how it stands
 * @run: its number in the history, or 0
 * @found: whether it was done before, and is taken from there
 * @reason: why it ended, when it is done
 * @iterations: how many it did
 * @best_iteration: the one with the lowest test error
 * @best_test_rmse: that error, or NaN
 * @seconds: solver time
 * @train: errors on the training ratings, of the model that would be kept
 * @test: errors on the test ratings; of a run that goes on, of the last iteration
 *
 * What came out of a run.
 */
typedef struct
{
  guint index;
  MatineeSweepState state;
  gint64 run;
  gboolean found;
  MatineeStopReason reason;
  guint iterations;
  guint best_iteration;
  double best_test_rmse;
  double seconds;
  MatineeErrors train;
  MatineeErrors test;
} MatineeSweepCell;

/**
 * MatineeSweep:
 * @grid: the runs
 * @ratings: of what
 * @split: what trains and what tests, the same for all runs
 * @pool: threads
 * @stop: (nullable): ends the sweep
 * @store: (nullable): where to keep the runs, and to look for those that were done
 * @data_name: (nullable): what to call the data there
 * @preparation: (nullable): what is known of the ratings; with a store
 *
 * What it takes to do a sweep. Nothing of it is owned.
 */
typedef struct
{
  const MatineeGrid *grid;
  MatineeRatings *ratings;
  MatineeSplit *split;
  MatineePool *pool;
  MatineeStop *stop;
  MatineeRunStore *store;
  const char *data_name;
  MatineePreparation *preparation;
} MatineeSweep;

/**
 * MatineeSweepFunc:
 * @cell: the run, after an iteration or when it is done
 * @model: (nullable): its model, when it is done now
 * @data: user data
 *
 * Returns: %FALSE to stop
 */
typedef gboolean (*MatineeSweepFunc) (const MatineeSweepCell *cell, MatineeModel *model, gpointer data);

gboolean matinee_sweep_run (const MatineeSweep *sweep, MatineeSweepFunc func, gpointer data, GError **error);
gboolean matinee_sweep_check_split (const MatineeSplit *split, GError **error);
double matinee_sweep_cell_get (const MatineeSweepCell *cell, MatineeSweepMeasure measure);
gboolean matinee_sweep_cell_is_better (const MatineeSweepCell *cell, const MatineeSweepCell *than,
                                       MatineeSweepMeasure measure);

G_END_DECLS
