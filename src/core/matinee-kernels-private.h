/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <float.h>

#include "matinee-kernels.h"

G_BEGIN_DECLS

extern const MatineeKernels matinee_kernels_portable;
extern const MatineeKernels matinee_kernels_avx2;
extern const MatineeKernels matinee_kernels_avx512;
extern const MatineeKernels matinee_kernels_amx;
extern const MatineeKernels matinee_kernels_neon;

/**
 * matinee_kernels_noise:
 * @order: of a matrix
 *
 * Returns: the share of its diagonal below which a pivot in float32 is
 *   mostly rounding
 */
static inline float
matinee_kernels_noise (guint order)
{
  return (float) (order + 8) * FLT_EPSILON;
}

G_END_DECLS
