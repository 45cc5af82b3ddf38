/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#define KERNELS_NAME "avx2"
#define KERNELS_TABLE matinee_kernels_avx2
#define KERNELS_LANES 8
#define KERNELS_TILE_ROWS 3

#include "matinee-kernels-template.h"
