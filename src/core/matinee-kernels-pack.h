/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Part of the kernel template: how factors of the side that stays are read. With tiles
 * they are packed first, once for all rows that will read them: x becomes the nearest
 * sum H + M of two numbers of 16 bits (bfloat16), which has 16 to 17 digits, and both
 * stand in the 32 bits where x stood. Everything that belongs to one system is made
 * of these packed factors, so that it's the system of some rows of factors.
 */

#ifdef KERNELS_TILES

typedef guint32 Bits __attribute__ ((vector_size (LANES * sizeof (guint32)), may_alias));
typedef guint16 Halves __attribute__ ((vector_size (LANES * sizeof (guint16)), may_alias));

#  define UPPER_HALF 0xFFFF0000
#  define NOT_A_NUMBER 0x7FC00000

/* What a number loses when it's cut to its upper half is then at most half a unit
 * there. What isn't a number may become one. */
INLINE Bits
round_half (Vector x)
{
  return (Bits) x + 0x8000;
}

static void
kernel_pack (const float *from, float *to, gsize n)
{
  for (gsize i = 0; i < n; i += LANES)
    {
      Vector x = load (from + i);
      Bits high = (round_half (x) & UPPER_HALF) | ((Bits) (x != x) & NOT_A_NUMBER);

      store (to + i, (Vector) (high | round_half (x - (Vector) high) >> 16));
    }
}

INLINE Vector
load_packed (const float *from)
{
  Bits both = (Bits) load (from);

  return (Vector) (both & UPPER_HALF) + (Vector) (both << 16);
}

#else

#  define kernel_pack NULL
#  define load_packed load

#endif
