/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-half-step.h"
#include "matinee-pool.h"

G_BEGIN_DECLS

/* Inner steps when nothing else is asked for. */
#define MATINEE_CG_DEFAULT_INNER 3

gboolean matinee_cg_half_step (const MatineeHalfStep *step, guint n_inner, MatineePool *pool, MatineeStop *stop,
                               GError **error);

G_END_DECLS
