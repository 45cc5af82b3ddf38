/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-fingerprint.h"
#include "matinee-params.h"
#include "matinee-trace.h"

G_BEGIN_DECLS

/**
 * MatineeRunState:
 * @MATINEE_RUN_RUNNING: it trains now, in this program or in another
 * @MATINEE_RUN_INTERRUPTED: the program ended before the training did
 * @MATINEE_RUN_FINISHED: training ended, for a reason
 * @MATINEE_RUN_FAILED: training ended with an error
 *
 * How a run of the history stands.
 */
typedef enum
{
  MATINEE_RUN_RUNNING,
  MATINEE_RUN_INTERRUPTED,
  MATINEE_RUN_FINISHED,
  MATINEE_RUN_FAILED
} MatineeRunState;

/**
 * MatineeRun:
 * @id: its number, never used again
 * @name: what it is called
 * @note: what somebody wrote about it, or ""
 * @data_name: name of the ratings file
 * @fingerprint: of the ratings
 * @n_users: users
 * @n_movies: movies
 * @n_train: training ratings
 * @n_test: test ratings
 * @split: how they were split, "random", "per-user", …
 * @split_seed: the seed of that
 * @solver: id of the solver, which this version may not know
 * @params: all parameters; when @solver is unknown, their solver is the default
 * @preset: (nullable): id of the preset that they are
 * @version: of the program
 * @machine: the processor
 * @n_cores: its threads
 * @started: when, in microseconds since 1970, UTC
 * @duration: seconds it took until now or until it ended, evaluation included
 * @seconds: seconds of the solver
 * @state: how it stands
 * @reason: why it ended, when finished
 * @message: (nullable): what went wrong
 * @n_points: points of its trace
 * @iteration: the iteration that the model comes from, or the last
 * @best_iteration: the one with the lowest test error
 * @best_test_rmse: that error, or NaN
 * @train: errors on the training ratings, of @iteration
 * @test: errors on the test ratings, of @iteration
 * @deleted: whether it is marked as deleted
 *
 * What the history knows of a training, except its trace.
 */
typedef struct
{
  gint64 id;
  char *name;
  char *note;
  char *data_name;
  MatineeFingerprint fingerprint;
  guint32 n_users;
  guint32 n_movies;
  gsize n_train;
  gsize n_test;
  char *split;
  guint64 split_seed;
  char *solver;
  MatineeParams params;
  char *preset;
  char *version;
  char *machine;
  guint n_cores;
  gint64 started;
  double duration;
  double seconds;
  MatineeRunState state;
  MatineeStopReason reason;
  char *message;
  guint n_points;
  guint iteration;
  guint best_iteration;
  double best_test_rmse;
  MatineeErrors train;
  MatineeErrors test;
  gboolean deleted;
} MatineeRun;

const char *matinee_run_get_state_id (const MatineeRun *run);
const char *matinee_run_get_state_title (const MatineeRun *run);
gboolean matinee_runs_have_same_data (const MatineeRun *const *runs, guint n);
gboolean matinee_runs_have_same_split (const MatineeRun *const *runs, guint n);
guint64 matinee_runs_get_differing_params (const MatineeRun *const *runs, guint n);
void matinee_run_free (MatineeRun *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeRun, matinee_run_free)

G_END_DECLS
