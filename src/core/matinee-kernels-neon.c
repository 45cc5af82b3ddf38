/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#define KERNELS_NAME "neon"
#define KERNELS_TABLE matinee_kernels_neon
#define KERNELS_LANES 4
#define KERNELS_TILE_ROWS 4

#include "matinee-kernels-template.h"
