/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#define KERNELS_NAME "amx"
#define KERNELS_TABLE matinee_kernels_amx
#define KERNELS_LANES 16
#define KERNELS_TILE_ROWS 4
#define KERNELS_TILES

#include "matinee-kernels-template.h"
