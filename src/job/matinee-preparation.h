/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-baselines.h"
#include "matinee-dataset.h"
#include "matinee-fingerprint.h"

G_BEGIN_DECLS

/**
 * MatineePreparation:
 *
 * What trainings one after another with the same data have in common: how the
 * ratings are split, their fingerprint, and the baselines of that split. It remembers
 * the last of each, and makes them anew when something else is asked for. Counted,
 * and for any thread; who asks waits for who asked before.
 */
typedef struct _MatineePreparation MatineePreparation;

MatineePreparation *matinee_preparation_new (void);
MatineePreparation *matinee_preparation_ref (MatineePreparation *self);
void matinee_preparation_unref (MatineePreparation *self);
MatineeSplit *matinee_preparation_get_split (MatineePreparation *self, MatineeDataset **dataset, MatineeRatings *test,
                                             const MatineeParams *params, MatineePool *pool, MatineeStop *stop,
                                             GError **error);
gboolean matinee_preparation_get_fingerprint (MatineePreparation *self, MatineeRatings *ratings,
                                              const MatineeParams *params, const MatineeSplit *split, MatineePool *pool,
                                              MatineeStop *stop, MatineeFingerprint *fingerprint, GError **error);
gboolean matinee_preparation_get_baselines (MatineePreparation *self, MatineeSplit *split, const MatineeParams *params,
                                            MatineePool *pool, MatineeStop *stop, MatineeBaselines *baselines,
                                            GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineePreparation, matinee_preparation_unref)

G_END_DECLS
