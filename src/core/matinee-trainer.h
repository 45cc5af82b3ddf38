/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-model.h"
#include "matinee-solver.h"
#include "matinee-trace.h"
#include "matinee-types.h"

G_BEGIN_DECLS

/**
 * MatineeTrainerFunc:
 * @trainer: the trainer
 * @point: what was just measured
 * @data: user data
 *
 * Called by matinee_trainer_run() after each iteration, and once before the
 * first with iteration 0, from the thread that runs it.
 *
 * Returns: %FALSE to stop
 */
typedef gboolean (*MatineeTrainerFunc) (MatineeTrainer *trainer, const MatineeTracePoint *point, gpointer data);

MatineeTrainer *matinee_trainer_new (const MatineeParams *params, MatineeSplit *split, const MatineeFactors *start,
                                     MatineePool *pool, MatineeStop *stop, GError **error);
void matinee_trainer_free (MatineeTrainer *trainer);
gboolean matinee_trainer_step (MatineeTrainer *trainer, GError **error);
MatineeStopReason matinee_trainer_test (MatineeTrainer *trainer);
MatineeStopReason matinee_trainer_run (MatineeTrainer *trainer, MatineeTrainerFunc func, gpointer data, GError **error);
const MatineeTrace *matinee_trainer_get_trace (const MatineeTrainer *trainer);
const MatineeFactors *matinee_trainer_get_factors (const MatineeTrainer *trainer);
MatineeModel *matinee_trainer_finish (MatineeTrainer *trainer, MatineeIds *users, MatineeIds *movies);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeTrainer, matinee_trainer_free)

G_END_DECLS
