/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

/**
 * MatineePlotExtent:
 *
 * Smallest, greatest and smallest positive of some finite numbers;
 * `min > max` if there are none.
 */
typedef struct
{
  double min;
  double max;
  double min_positive;
} MatineePlotExtent;

static inline void
matinee_plot_extent_init (MatineePlotExtent *self)
{
  self->min = INFINITY;
  self->max = -INFINITY;
  self->min_positive = INFINITY;
}

/* NaN compares false with everything, hence is left out by itself. */
static inline void
matinee_plot_extent_add (MatineePlotExtent *self, double value)
{
  if (value < self->min)
    self->min = value;
  if (value > self->max)
    self->max = value;
  if (value > 0 && value < self->min_positive)
    self->min_positive = value;
}

static inline void
matinee_plot_extent_join (MatineePlotExtent *self, const MatineePlotExtent *other)
{
  self->min = MIN (self->min, other->min);
  self->max = MAX (self->max, other->max);
  self->min_positive = MIN (self->min_positive, other->min_positive);
}

G_END_DECLS
