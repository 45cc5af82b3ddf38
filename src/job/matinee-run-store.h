/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "matinee-history.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_RUN_STORE (matinee_run_store_get_type ())

G_DECLARE_FINAL_TYPE (MatineeRunStore, matinee_run_store, MATINEE, RUN_STORE, GObject)

/**
 * MatineeRunStoreFunc:
 * @history: the history
 * @data: data of the task
 * @error: return location
 *
 * Something to do with the history, in a thread of its own.
 *
 * Returns: a result other than %NULL, or %NULL with an error
 */
typedef gpointer (*MatineeRunStoreFunc) (MatineeHistory *history, gpointer data, GError **error);

/* Signals, all on the thread that made the store (the main thread):
 *   "changed" (gint64 run): a run was begun or ended, or 0: any may have changed
 *   "trouble" (const char *text): something is wrong with the history; told once */
MatineeRunStore *matinee_run_store_new (const char *path);
MatineeHistory *matinee_run_store_open (MatineeRunStore *self, GError **error);
void matinee_run_store_tell_changed (MatineeRunStore *self, gint64 run);
void matinee_run_store_tell_trouble (MatineeRunStore *self, const char *text);
void matinee_run_store_forget_trouble (MatineeRunStore *self);
void matinee_run_store_do_async (MatineeRunStore *self, MatineeRunStoreFunc func, gpointer data,
                                 GDestroyNotify free_data, GDestroyNotify free_result, GAsyncReadyCallback callback,
                                 gpointer user_data);
gpointer matinee_run_store_do_finish (MatineeRunStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
