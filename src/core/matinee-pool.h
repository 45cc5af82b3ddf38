/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-stop.h"
#include "matinee-types.h"

G_BEGIN_DECLS

#define MATINEE_MAX_THREADS 256

/**
 * MatineePoolFunc:
 * @task: which task, 0 … n − 1
 * @worker: which worker runs it, 0 … threads − 1, for scratch memory only
 * @data: user data
 *
 * One task. What it writes must depend on @task alone, never on @worker or on
 * the order in which tasks end: so results are the same for any number of
 * threads.
 */
typedef void (*MatineePoolFunc) (gsize task, guint worker, gpointer data);

MatineePool *matinee_pool_new (guint n_threads);
void matinee_pool_free (MatineePool *pool);
guint matinee_pool_get_n_threads (const MatineePool *pool);
gboolean matinee_pool_run (MatineePool *pool, gsize n_tasks, MatineePoolFunc func, gpointer data, MatineeStop *stop);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineePool, matinee_pool_free)

G_END_DECLS
