/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-run.h"
#include "matinee-table-writer.h"

G_BEGIN_DECLS

/**
 * MatineeHistory:
 *
 * The history of runs: every training with its parameters, its data and its
 * trace, in an SQLite file. What is measured is written as it comes: a crash
 * loses at most the last second.
 *
 * Threads: every function may be called from any thread; they wait for each
 * other. matinee_history_append() never waits for the disk, and so may be called
 * from where the window is drawn or where training runs; the others take some
 * milliseconds, or up to some seconds when another program holds the file.
 *
 * Several programs may have the same file open and write to it.
 */
typedef struct _MatineeHistory MatineeHistory;

/**
 * MatineeRunStart:
 * @name: (nullable): what to call it; %NULL makes a name of the parameters
 * @params: all parameters
 * @data_name: name of the ratings file
 * @fingerprint: of the ratings, see matinee_fingerprint_ratings()
 * @n_users: users
 * @n_movies: movies
 * @n_train: training ratings
 * @n_test: test ratings
 * @split: how they were split, "random", "per-user", …
 * @split_seed: the seed of that
 *
 * What is known when a run begins. Everything is copied.
 */
typedef struct
{
  const char *name;
  const MatineeParams *params;
  const char *data_name;
  MatineeFingerprint fingerprint;
  guint32 n_users;
  guint32 n_movies;
  gsize n_train;
  gsize n_test;
  const char *split;
  guint64 split_seed;
} MatineeRunStart;

/**
 * MatineeRunEnd:
 * @reason: why training ended; %MATINEE_RUNNING for an error
 * @message: (nullable): what went wrong
 * @iteration: the iteration that the model comes from
 * @train: its errors on the training ratings; all zero for those of the last point
 * @test: its errors on the test ratings
 *
 * What is known when a run ends.
 */
typedef struct
{
  MatineeStopReason reason;
  const char *message;
  guint iteration;
  MatineeErrors train;
  MatineeErrors test;
} MatineeRunEnd;

/**
 * MatineeRunOrder:
 *
 * What to sort runs by. %MATINEE_RUN_ORDER_PARAMS + a #MatineeParamId sorts by
 * that parameter.
 */
typedef enum
{
  MATINEE_RUN_ORDER_STARTED,
  MATINEE_RUN_ORDER_NAME,
  MATINEE_RUN_ORDER_DATA,
  MATINEE_RUN_ORDER_SOLVER,
  MATINEE_RUN_ORDER_STATE,
  MATINEE_RUN_ORDER_DURATION,
  MATINEE_RUN_ORDER_ITERATION,
  MATINEE_RUN_ORDER_TRAIN_RMSE,
  MATINEE_RUN_ORDER_TEST_RMSE,
  MATINEE_RUN_ORDER_BEST_TEST_RMSE,
  MATINEE_RUN_ORDER_PARAMS
} MatineeRunOrder;

/**
 * MatineeRunQuery:
 * @search: (nullable): words that have all to be in name, note, data, solver or
 *   preset, in any case
 * @order: what to sort by; what has no value comes last, the newest first
 *   among equals
 * @descending: largest first
 * @limit: how many at most; 0 for all
 * @offset: how many to leave out before
 * @deleted: those marked as deleted instead of the others
 * @fingerprint: (nullable): only those of the ratings with this fingerprint
 *
 * Which runs to list. All zero lists all, the oldest first.
 */
typedef struct
{
  const char *search;
  guint order;
  gboolean descending;
  guint limit;
  guint offset;
  gboolean deleted;
  const MatineeFingerprint *fingerprint;
} MatineeRunQuery;

char *matinee_history_dup_default_path (void);
MatineeHistory *matinee_history_open (const char *path, GError **error);
void matinee_history_free (MatineeHistory *history);
gboolean matinee_history_is_read_only (MatineeHistory *history);
gboolean matinee_history_is_newer (MatineeHistory *history);
const char *matinee_history_get_set_aside (MatineeHistory *history);
char *matinee_history_dup_notice (MatineeHistory *history);

gint64 matinee_history_begin (MatineeHistory *history, const MatineeRunStart *start, GError **error);
gboolean matinee_history_append (MatineeHistory *history, gint64 run, const MatineeTracePoint *points, guint n,
                                 GError **error);
gboolean matinee_history_finish (MatineeHistory *history, gint64 run, const MatineeRunEnd *end, GError **error);
gboolean matinee_history_flush (MatineeHistory *history, GError **error);

GArray *matinee_history_find (MatineeHistory *history, const MatineeRunQuery *query, GError **error);
GPtrArray *matinee_history_list (MatineeHistory *history, const MatineeRunQuery *query, GError **error);
gboolean matinee_history_count (MatineeHistory *history, const MatineeRunQuery *query, guint *n, GError **error);
MatineeRun *matinee_history_get_run (MatineeHistory *history, gint64 run, GError **error);
MatineeTrace *matinee_history_get_trace (MatineeHistory *history, gint64 run, GError **error);

gboolean matinee_history_rename (MatineeHistory *history, gint64 run, const char *name, GError **error);
gboolean matinee_history_set_note (MatineeHistory *history, gint64 run, const char *note, GError **error);
gboolean matinee_history_set_deleted (MatineeHistory *history, const gint64 *runs, guint n, gboolean deleted,
                                      GError **error);
gboolean matinee_history_purge (MatineeHistory *history, guint older_than, GError **error);

gboolean matinee_history_export_runs (MatineeHistory *history, const gint64 *runs, guint n, const char *path,
                                      MatineeExportFormat format, GError **error);
gboolean matinee_history_export_points (MatineeHistory *history, const gint64 *runs, guint n, const char *path,
                                        MatineeExportFormat format, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeHistory, matinee_history_free)

G_END_DECLS
