/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-kernels.h"
#include "matinee-types.h"

G_BEGIN_DECLS

double matinee_yardstick_sgemm (guint n_threads, double seconds, GError **error);
const char *matinee_yardstick_sgemm_name (void);
double matinee_yardstick_fma (const MatineeKernels *kernels, MatineePool *pool);
double matinee_yardstick_copy (MatineePool *pool, gsize bytes, GError **error);

G_END_DECLS
