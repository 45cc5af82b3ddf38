/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Part of the kernel template: sums over ratings with the tile unit of AMX, which
 * multiplies numbers of 16 bits (bfloat16: 8 bits of them are digits) and adds in
 * float32.
 *
 * A float32 has 24 digits and is the sum of three such numbers, x = H + M + L, cut off
 * one after the other. So
 *
 *   Σ x y = Σ (H H' + H M' + M H' + M M' + H L' + L H')
 *
 * but for terms of 2⁻²⁴ and less of the product, what rounding leaves in float32
 * too (Henry, Tang, Heinecke 2019, doi:10.1109/ARITH.2019.00019).
 *
 * The unit multiplies C[m][n] += Σ A[m][r] B[r][n] for tiles of 16 rows of 64
 * bytes, where an element of A and B is a pair of numbers, here of two ratings r.
 * B is 16 such pairs × 16 factors, A the same transposed. A panel holds both for
 * each part of each block of 16 factors, for 32 ratings after the other.
 */

#include <immintrin.h>

/* Ratings in a tile: 16 pairs. */
#define STEP_ROWS 32
#define SUM_ROWS 64

#define LINE 64
#define TILE_FLOATS 256

/* Parts of a number, in the order in which they are cut off. */
enum
{
  HIGH,
  MIDDLE,
  LOW,
  N_PARTS
};

/* A and B of all parts of a block */
#define BLOCK_FLOATS (2 * N_PARTS * TILE_FLOATS)

/* What the processor is told about its eight tiles. */
typedef struct
{
  guint8 palette;
  guint8 start_row;
  guint8 reserved[14];
  guint16 row_bytes[16];
  guint8 rows[16];
} TileConfig;

G_STATIC_ASSERT (sizeof (TileConfig) == 64);

/* Eight whole tiles, of 16 rows of 64 bytes */
static const TileConfig whole_tiles = { .palette = 1,
                                        .row_bytes = { LINE, LINE, LINE, LINE, LINE, LINE, LINE, LINE },
                                        .rows = { 16, 16, 16, 16, 16, 16, 16, 16 } };

static void
kernel_enter (void)
{
  _tile_loadconfig (&whole_tiles);
}

static void
kernel_leave (void)
{
  _tile_release ();
}

/* Compilers don't know that tiles read and write memory. */
#define TILES_AND_MEMORY() __asm__ volatile("" ::: "memory")

INLINE gsize
count_blocks (guint order)
{
  return ((gsize) order + LANES - 1) / LANES;
}

/* A and B of one part of one block. */
INLINE float *
part_at (float *panel, gsize n_blocks, gsize step, gsize block, int part)
{
  return panel + (step * n_blocks + block) * BLOCK_FLOATS + part * 2 * TILE_FLOATS;
}

static gsize
kernel_sum_work (guint order)
{
  return SUM_ROWS / STEP_ROWS * count_blocks (order) * BLOCK_FLOATS;
}

/* Preparing */

typedef guint32 Bits __attribute__ ((vector_size (LANES * sizeof (guint32)), may_alias));

#define UPPER_HALF 0xFFFF0000

/* Numbers of 16 bits, the upper halves of @a and @b, in pairs. */
INLINE Vector
pair (Vector a, Vector b)
{
  return (Vector) ((Bits) a >> 16 | ((Bits) b & UPPER_HALF));
}

/* What is left when the upper half of each number is cut off; exact. */
INLINE Vector
cut (Vector x)
{
  return x - (Vector) ((Bits) x & UPPER_HALF);
}

INLINE void
transpose_tile (const float *from, float *to)
{
  Vector block[LANES];

  UNROLL for (int i = 0; i < LANES; i++) block[i] = load (from + i * LANES);
  transpose (block);
  UNROLL for (int i = 0; i < LANES; i++) store (to + i * LANES, block[i]);
}

/* One block of 16 factors of 32 ratings, of which @n count: its tiles, and what it
 * adds to the moments. @fetch: a line of each row that comes next */
INLINE void
prepare_block (const float *const *from, gsize f, gsize n, const float *targets, float *to, float *moments, gsize ld,
               const gboolean whole)
{
  Vector s[2] = { load (moments), { 0 } };
  Vector h[2] = { load (moments + ld), { 0 } };

  for (gsize r = 0; r < STEP_ROWS; r += 2)
    {
      Vector a = whole || r < n ? load (from[r] + f) : (Vector){ 0 };
      Vector b = whole || r + 1 < n ? load (from[r + 1] + f) : (Vector){ 0 };
      float *row = to + TILE_FLOATS + r / 2 * LANES;

      s[0] += a;
      s[1] += b;
      h[0] += a * targets[r];
      h[1] += b * targets[r + 1];
      store (row, pair (a, b));
      a = cut (a);
      b = cut (b);
      store (row + 2 * TILE_FLOATS, pair (a, b));
      store (row + 4 * TILE_FLOATS, pair (cut (a), cut (b)));
    }
  store (moments, s[0] + s[1]);
  store (moments + ld, h[0] + h[1]);
  for (int part = 0; part < N_PARTS; part++)
    transpose_tile (to + (2 * part + 1) * TILE_FLOATS, to + 2 * part * TILE_FLOATS);
}

static void
prepare (const MatineeRows *of, const float *targets, gsize n_blocks, float *moments, gsize ld, float *panel,
         const MatineeRows *ahead)
{
  for (gsize r = 0; r < of->n; r += STEP_ROWS)
    {
      const float *from[STEP_ROWS];
      gsize n = MIN (of->n - r, STEP_ROWS);

      for (gsize i = 0; i < STEP_ROWS; i++)
        from[i] = of->rows + of->columns[r + MIN (i, n - 1)] * of->stride;
      for (gsize i = r; i < MIN (r + STEP_ROWS, ahead->n); i++)
        fetch_row (ahead->rows + ahead->columns[i] * ahead->stride, n_blocks * LANES);
      for (gsize block = 0; block < n_blocks; block++)
        {
          float *to = part_at (panel, n_blocks, r / STEP_ROWS, block, HIGH);
          float *m = moments + block * LANES;

          if (n == STEP_ROWS)
            prepare_block (from, block * LANES, n, targets + r, to, m, ld, TRUE);
          else
            prepare_block (from, block * LANES, n, targets + r, to, m, ld, FALSE);
        }
    }
}

/* Multiplying */

typedef struct
{
  float *panel;
  gsize n_blocks;
  gsize n_steps;
  gboolean add;
  float *gram;
  gsize ld;
} Product;

/* Sums are tiles 0 to 3, of which 2·j + i is for block j against block i; tiles 4 and
 * 5 are A of two blocks, tiles 6 and 7 are B. Numbers of tiles are written into
 * the instructions, hence macros. */
#define EACH_SUM(DO)                                                                                                   \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    DO (0, 4, 6, c);                                                                                                   \
    if (is > 1)                                                                                                        \
      DO (1, 4, 7, c + LANES);                                                                                         \
    if (js > 1 && !diagonal)                                                                                           \
      DO (2, 5, 6, c + LANES * p->ld);                                                                                 \
    if (js > 1 && is > 1)                                                                                              \
      DO (3, 5, 7, c + LANES * p->ld + LANES);                                                                         \
  }                                                                                                                    \
  G_STMT_END

#define SUM_ZERO(sum, a, b, at) _tile_zero (sum)
#define SUM_LOAD(sum, a, b, at) _tile_loadd (sum, at, p->ld * sizeof (float))
#define SUM_STORE(sum, a, b, at) _tile_stored (sum, at, p->ld * sizeof (float))
#define SUM_MULTIPLY(sum, a, b, at) _tile_dpbf16ps (sum, a, b)

#define LOAD_TWO(first, second, n, from)                                                                               \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    _tile_loadd (first, from, LINE);                                                                                   \
    if (n > 1)                                                                                                         \
      _tile_loadd (second, (from) + BLOCK_FLOATS, LINE);                                                               \
  }                                                                                                                    \
  G_STMT_END

#define LOAD_A(part) LOAD_TWO (4, 5, js, a + 2 * (part) *TILE_FLOATS)
#define LOAD_B(part) LOAD_TWO (6, 7, is, b + 2 * (part) *TILE_FLOATS)

/* @js blocks from @j on against @is from @i on; smaller terms come first. */
INLINE void
multiply (const Product *p, gsize j, gsize i, const int js, const int is, const gboolean diagonal)
{
  float *c = p->gram + j * LANES * p->ld + i * LANES;

  TILES_AND_MEMORY ();
  if (p->add)
    EACH_SUM (SUM_LOAD);
  else
    EACH_SUM (SUM_ZERO);
  for (gsize step = 0; step < p->n_steps; step++)
    {
      const float *a = part_at (p->panel, p->n_blocks, step, j, HIGH);
      const float *b = part_at (p->panel, p->n_blocks, step, i, HIGH) + TILE_FLOATS;

      LOAD_A (LOW);
      LOAD_B (HIGH);
      EACH_SUM (SUM_MULTIPLY);
      LOAD_A (MIDDLE);
      EACH_SUM (SUM_MULTIPLY);
      LOAD_B (MIDDLE);
      EACH_SUM (SUM_MULTIPLY);
      LOAD_A (HIGH);
      EACH_SUM (SUM_MULTIPLY);
      LOAD_B (LOW);
      EACH_SUM (SUM_MULTIPLY);
      LOAD_B (HIGH);
      EACH_SUM (SUM_MULTIPLY);
    }
  EACH_SUM (SUM_STORE);
  TILES_AND_MEMORY ();
}

static void
kernel_sum (const MatineeRows *of, const float *targets, guint order, gboolean add, float *g, gsize ld, float *moments,
            float *panel, const MatineeRows *ahead)
{
  gsize n_blocks = count_blocks (order);
  gsize pairs = n_blocks & ~(gsize) 1;
  Product p = { panel, n_blocks, (of->n + STEP_ROWS - 1) / STEP_ROWS, add, g, ld };

  if (!add)
    for (gsize f = 0; f < n_blocks * LANES; f += LANES)
      {
        store (moments + f, (Vector){ 0 });
        store (moments + ld + f, (Vector){ 0 });
      }
  prepare (of, targets, n_blocks, moments, ld, panel, ahead);
  for (gsize j = 0; j < pairs; j += 2)
    {
      multiply (&p, j, j, 2, 2, TRUE);
      for (gsize i = j + 2; i < pairs; i += 2)
        multiply (&p, j, i, 2, 2, FALSE);
      if (pairs < n_blocks)
        multiply (&p, j, pairs, 2, 1, FALSE);
    }
  if (pairs < n_blocks)
    multiply (&p, pairs, pairs, 1, 1, TRUE);
}
