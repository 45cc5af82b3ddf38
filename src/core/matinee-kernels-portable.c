/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#define KERNELS_NAME "portable"
#define KERNELS_TABLE matinee_kernels_portable
#define KERNELS_LANES 4
#define KERNELS_TILE_ROWS 2

#include "matinee-kernels-template.h"
