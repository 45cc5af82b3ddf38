/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#define KERNELS_NAME "avx512"
#define KERNELS_TABLE matinee_kernels_avx512
#define KERNELS_LANES 16
#define KERNELS_TILE_ROWS 4

#include "matinee-kernels-template.h"
