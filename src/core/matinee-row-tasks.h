/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-sparse.h"

G_BEGIN_DECLS

typedef struct _MatineeRowTasks MatineeRowTasks;

MatineeRowTasks *matinee_row_tasks_new (const MatineeSparse *ratings, gsize heavy_length, GError **error);
void matinee_row_tasks_free (MatineeRowTasks *tasks);
gsize matinee_row_tasks_get_n (const MatineeRowTasks *tasks);
guint32 matinee_row_tasks_begin (const MatineeRowTasks *tasks, gsize task);
guint32 matinee_row_tasks_end (const MatineeRowTasks *tasks, gsize task);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeRowTasks, matinee_row_tasks_free)

G_END_DECLS
