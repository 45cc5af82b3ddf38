/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-sparse.h"

G_BEGIN_DECLS

#define MATINEE_LEVELS_SLOTS 1024

/**
 * MatineeLevels:
 * @n: how many distinct ratings it holds, at most %MATINEE_MAX_LEVELS
 * @values: (array n): the ratings, in the order in which they came
 * @slots: hash table: index into @values + 1, or 0
 *
 * A set of few distinct ratings that gives each a code. Initialise with zeros.
 */
typedef struct
{
  guint n;
  float values[MATINEE_MAX_LEVELS];
  guint16 slots[MATINEE_LEVELS_SLOTS];
} MatineeLevels;

int matinee_levels_add (MatineeLevels *levels, float value);
void matinee_levels_sort (MatineeLevels *levels);
float matinee_levels_find_step (const float *sorted, guint n);

G_END_DECLS
