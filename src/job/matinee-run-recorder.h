/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-model.h"
#include "matinee-run-store.h"

G_BEGIN_DECLS

/**
 * MatineeRunRecorder:
 *
 * Enters one training into the history, from the thread that trains. Trouble with
 * the history is told by the store and never ends the training.
 */
typedef struct _MatineeRunRecorder MatineeRunRecorder;

MatineeRunRecorder *matinee_run_recorder_new (MatineeRunStore *store, const char *data_name);
void matinee_run_recorder_set_name (MatineeRunRecorder *self, const char *name);
void matinee_run_recorder_begin (MatineeRunRecorder *self, const MatineeParams *params, MatineeRatings *ratings,
                                 const MatineeSplit *split, MatineePool *pool, MatineeStop *stop);
gint64 matinee_run_recorder_get_run (MatineeRunRecorder *self);
void matinee_run_recorder_append (MatineeRunRecorder *self, const MatineeTracePoint *point);
void matinee_run_recorder_finish (MatineeRunRecorder *self, const MatineeModel *model, const char *message);
void matinee_run_recorder_fail (MatineeRunRecorder *self, const GError *error);
void matinee_run_recorder_free (MatineeRunRecorder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeRunRecorder, matinee_run_recorder_free)

G_END_DECLS
