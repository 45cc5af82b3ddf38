/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Counter-based random numbers: each is a function of a seed, a stream (a user,
 * a movie, a purpose) and a counter within the stream, and of nothing else. So
 * they need no state, come out the same on any number of threads, and any of
 * them can be had without those before it.
 *
 * A stream is a SplitMix64 sequence (Steele, Lea, Flood: Fast splittable
 * pseudorandom number generators, OOPSLA 2014, DOI 10.1145/2660193.2660195)
 * begun at a place that seed and stream choose. */

#define MATINEE_RANDOM_STEP G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

/* The output function of SplitMix64: a bijection in which every bit of the input
 * reaches every bit of the output. */
static inline guint64
matinee_random_mix (guint64 x)
{
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

/**
 * matinee_random_stream:
 * @seed: the seed
 * @stream: which stream
 *
 * Returns: where the stream begins, for matinee_random_at(): worth keeping when
 *   many numbers of one stream are wanted
 */
static inline guint64
matinee_random_stream (guint64 seed, guint64 stream)
{
  return matinee_random_mix (matinee_random_mix (seed + MATINEE_RANDOM_STEP) + stream * MATINEE_RANDOM_STEP);
}

/**
 * matinee_random_at:
 * @start: from matinee_random_stream()
 * @counter: which number of the stream
 *
 * Returns: 64 random bits
 */
static inline guint64
matinee_random_at (guint64 start, guint64 counter)
{
  return matinee_random_mix (start + (counter + 1) * MATINEE_RANDOM_STEP);
}

/**
 * matinee_random_u64:
 * @seed: the seed
 * @stream: which stream
 * @counter: which number of the stream
 *
 * Returns: 64 random bits
 */
static inline guint64
matinee_random_u64 (guint64 seed, guint64 stream, guint64 counter)
{
  return matinee_random_at (matinee_random_stream (seed, stream), counter);
}

double matinee_random_uniform (guint64 seed, guint64 stream, guint64 counter);
double matinee_random_normal (guint64 seed, guint64 stream, guint64 counter);

G_END_DECLS
