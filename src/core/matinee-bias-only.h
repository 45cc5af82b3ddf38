/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-pool.h"
#include "matinee-solver.h"
#include "matinee-split.h"

G_BEGIN_DECLS

gboolean matinee_bias_only_fit (const MatineeSplit *split, const MatineePenalty *penalty, MatineePool *pool,
                                MatineeStop *stop, float *user_biases, float *movie_biases, GError **error);

G_END_DECLS
