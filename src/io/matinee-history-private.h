/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pthread.h>
#include <sqlite3.h>

#include "matinee-history.h"

G_BEGIN_DECLS

/* "Matinee" shortened to what SQLite's header has room for: "MtnH". */
#define MATINEE_HISTORY_APPLICATION 0x4d746e48

/* The version of the schema; see matinee-history-schema.c. */
#define MATINEE_HISTORY_VERSION 2

/* How long to wait for another program that writes. */
#define MATINEE_HISTORY_PATIENCE 5000 /* ms */

/**
 * MatineeHistory:
 *
 * POSIX threads, as in the pool, because ThreadSanitizer can see those.
 *
 * @path: the file
 * @read_only: whether nothing can be written
 * @newer: whether a newer version made the file
 * @set_aside: (nullable): new name of a damaged file that was there
 * @lock: (nullable): says to other programs which sessions live
 * @db_mutex: guards all down to @session; taken before @mutex
 * @db: the connection
 * @statements: (element-type utf8 sqlite3_stmt): prepared, by their text
 * @has_param: which parameters have a column
 * @session: this program's, or 0 before its first run
 * @mutex: guards what follows
 * @wake: told when there is something to write, or to end
 * @writer: the thread that writes once a second
 * @has_writer: whether it has been started
 * @runs: (element-type gint64 OpenRun): runs that this program trains
 * @last_write: monotonic time of the writer's last transaction
 * @failure: (nullable): what went wrong in the writer and nobody was told yet
 * @quit: asks the writer to end
 */
struct _MatineeHistory
{
  char *path;
  gboolean read_only;
  gboolean newer;
  char *set_aside;
  struct _MatineeHistoryLock *lock;

  pthread_mutex_t db_mutex;
  sqlite3 *db;
  GHashTable *statements;
  gboolean has_param[MATINEE_N_PARAMS];
  gint64 session;

  pthread_mutex_t mutex;
  pthread_cond_t wake;
  pthread_t writer;
  gboolean has_writer;
  GHashTable *runs;
  gint64 last_write;
  GError *failure;
  gboolean quit;
};

/* matinee-history-sql.c: all with db_mutex held. */
gboolean matinee_history_set_sql_error (MatineeHistory *self, GError **error);
gboolean matinee_history_execute (MatineeHistory *self, const char *sql, GError **error);
sqlite3_stmt *matinee_history_prepare (MatineeHistory *self, const char *sql, GError **error);
gboolean matinee_history_step (MatineeHistory *self, sqlite3_stmt *statement, gboolean *row, GError **error);
gboolean matinee_history_run_statement (MatineeHistory *self, sqlite3_stmt *statement, GError **error);
gboolean matinee_history_begin_writing (MatineeHistory *self, GError **error);
gboolean matinee_history_end_writing (MatineeHistory *self, gboolean keep, GError **error);
gboolean matinee_history_check_writable (MatineeHistory *self, GError **error);
gboolean matinee_history_get_integer (MatineeHistory *self, const char *sql, gint64 *value, GError **error);
void matinee_history_bind_text (sqlite3_stmt *statement, int index, const char *text);
void matinee_history_forget_statements (MatineeHistory *self);
char *matinee_history_fold (const char *text);

/* matinee-history-schema.c */
extern const char matinee_history_index_sql[];
gboolean matinee_history_migrate (MatineeHistory *self, gint64 version, GError **error);
gboolean matinee_history_add_params (MatineeHistory *self, GError **error);
gboolean matinee_history_find_params (MatineeHistory *self, GError **error);
char *matinee_history_dup_param_column (MatineeParamId id);

/* matinee-history-write.c */
gboolean matinee_history_is_run_open (MatineeHistory *self, gint64 run);

G_END_DECLS
