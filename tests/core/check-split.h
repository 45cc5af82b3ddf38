/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-split.h"

G_BEGIN_DECLS

void assert_same_split (const MatineeSplit *a, const MatineeSplit *b);
void assert_divides (const MatineeSplit *split, const MatineeSparse *all);

G_END_DECLS
