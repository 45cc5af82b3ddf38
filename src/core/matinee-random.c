/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-random.h"

#include <math.h>

/* The highest 53 bits as a number in [0, 1): each is a multiple of 2⁻⁵³. */
static double
unit_from_bits (guint64 bits)
{
  return (double) (bits >> 11) * 0x1p-53;
}

/**
 * matinee_random_uniform:
 * @seed: the seed
 * @stream: which stream
 * @counter: which number of the stream
 *
 * Made from matinee_random_u64() of the same place.
 *
 * Returns: a number drawn evenly from [0, 1)
 */
double
matinee_random_uniform (guint64 seed, guint64 stream, guint64 counter)
{
  return unit_from_bits (matinee_random_u64 (seed, stream, counter));
}

/**
 * matinee_random_normal:
 * @seed: the seed
 * @stream: which stream
 * @counter: which number of the stream
 *
 * By the method of Box and Muller (A note on the generation of random normal
 * deviates, 1958, DOI 10.1214/aoms/1177706645), from the bits at 2 × @counter
 * and 2 × @counter + 1: take another stream for uniform numbers that must be
 * independent of these.
 *
 * Returns: a number drawn from the normal distribution of mean 0, variance 1
 */
double
matinee_random_normal (guint64 seed, guint64 stream, guint64 counter)
{
  guint64 start = matinee_random_stream (seed, stream);
  double radius = sqrt (-2.0 * log (1.0 - unit_from_bits (matinee_random_at (start, 2 * counter))));

  return radius * cos (2.0 * G_PI * unit_from_bits (matinee_random_at (start, 2 * counter + 1)));
}
