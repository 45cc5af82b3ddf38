/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Part of the kernel template: sums over ratings with the tile unit of AMX, which
 * multiplies numbers of 16 bits (bfloat16, 8 binary digits) and adds in float32.
 *
 * A float32 has 24 digits and is the sum of three such numbers, x = H + M + L, each
 * the upper half of the rest that those before it leave. So
 *
 *   Σ x x' = Σ (H H' + H M' + M H' + M M' + H L' + L H')
 *
 * but for terms of 2⁻²⁴ of the product, what float32 rounds off too (Henry, Tang,
 * Heinecke 2019, doi:10.1109/ARITH.2019.00019). With KERNELS_PARTS 2 instead of 3,
 * factors are read rounded to the 16 digits of H + M, for all sums alike, so that
 * these remain the sums of some rows of factors.
 *
 * The unit multiplies C[m][n] += Σ A[m][r] B[r][n] for tiles of 16 rows of 64 bytes,
 * where an element of A and B is a pair of numbers, here of two ratings. B is 16
 * such pairs × 16 factors, A the same transposed. A panel holds B and A of each part
 * of each block of 16 factors, for 32 ratings.
 */

#include <immintrin.h>

/* Ratings in a tile: 16 pairs. */
#define STEP_ROWS 32

/* How far ahead rows are fetched */
#define TILES_AHEAD 64

#define LINE 64
#define TILE_FLOATS 256

/* Parts of a number, in the order in which they are rounded off */
enum
{
  HIGH,
  MIDDLE,
  LOW
};

#define N_PARTS KERNELS_PARTS

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

static gsize
tiles_sum_work (guint order)
{
  return count_blocks (order) * (BLOCK_FLOATS + LANES);
}

/* Preparing */

typedef guint32 Bits __attribute__ ((vector_size (LANES * sizeof (guint32)), may_alias));

#define UPPER_HALF 0xFFFF0000

/* Numbers of 16 bits, the upper halves of @a and @b, in pairs */
INLINE Vector
pair (Vector a, Vector b)
{
  return (Vector) ((Bits) a >> 16 | ((Bits) b & UPPER_HALF));
}

/* What can be cut to its upper half: rounded where something is lost, and as it is
 * where the three parts make up all of it. */
INLINE Vector
round_half (Vector x)
{
  return N_PARTS == 2 ? (Vector) ((Bits) x + 0x8000) : x;
}

INLINE Vector
upper_half (Vector x)
{
  return (Vector) ((Bits) x & UPPER_HALF);
}

/* Perfect shuffles within the quarters of two vectors, in ones and in twos; and of
 * the quarters of their halves */
INLINE Vector
ones_low (Vector a, Vector b)
{
  return __builtin_shufflevector (a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
}

INLINE Vector
ones_high (Vector a, Vector b)
{
  return __builtin_shufflevector (a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
}

INLINE Vector
twos_low (Vector a, Vector b)
{
  return __builtin_shufflevector (a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
}

INLINE Vector
twos_high (Vector a, Vector b)
{
  return __builtin_shufflevector (a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
}

INLINE Vector
fours_low (Vector a, Vector b)
{
  return __builtin_shufflevector (a, b, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27);
}

INLINE Vector
fours_high (Vector a, Vector b)
{
  return __builtin_shufflevector (a, b, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
}

/* Eight columns of a tile become rows. The halves of vectors are put together while
 * they are loaded, which saves one of four rounds of shuffles. */
INLINE void
transpose_half (const float *from, float *to)
{
  Vector in[8];
  Vector out[8];

  UNROLL for (int i = 0; i < 8; i++) in[i] = _mm512_insertf32x8 (
      _mm512_castps256_ps512 (_mm256_load_ps (from + i * LANES)), _mm256_load_ps (from + (i + 8) * LANES), 1);
  UNROLL for (int i = 0; i < 8; i += 2)
  {
    out[i] = ones_low (in[i], in[i + 1]);
    out[i + 1] = ones_high (in[i], in[i + 1]);
  }
  UNROLL for (int i = 0; i < 8; i += 4) UNROLL for (int j = 0; j < 2; j++)
  {
    in[i + 2 * j] = twos_low (out[i + j], out[i + j + 2]);
    in[i + 2 * j + 1] = twos_high (out[i + j], out[i + j + 2]);
  }
  UNROLL for (int i = 0; i < 4; i++)
  {
    store (to + i * LANES, fours_low (in[i], in[i + 4]));
    store (to + (i + 4) * LANES, fours_high (in[i], in[i + 4]));
  }
}

/* 32 ratings on their way into a panel, a group of blocks of factors at a time. In
 * each slice half the pairs of a block are split, and half the tiles of the block
 * before are transposed: so that all units of the processor have work. */
typedef struct
{
  const float *rows[STEP_ROWS];
  const float *targets;
  MatineeRows ahead;
  float *moments;
  gsize ld;
  float *panel;
  gsize first;
  gsize end;
  gsize slice;
  gsize n_slices;
} Preparation;

#define BLOCK_SLICES 2
#define SLICE_ROWS (STEP_ROWS / BLOCK_SLICES)

/* @nothing: a row of zeros, for what is missing to 32 */
static void
begin_step (Preparation *p, const MatineeRows *of, gsize n_ahead, const float *targets, gsize row, const float *nothing)
{
  gsize n = MIN (of->n - row, STEP_ROWS);
  gsize ahead = MIN (row + TILES_AHEAD, of->n + n_ahead);

  for (gsize i = 0; i < n; i++)
    p->rows[i] = of->rows + of->columns[row + i] * of->stride;
  for (gsize i = n; i < STEP_ROWS; i++)
    p->rows[i] = nothing;
  p->targets = targets + row;
  p->ahead = *of;
  p->ahead.columns += ahead;
  p->ahead.n = of->n + n_ahead - ahead;
}

static void
begin_blocks (Preparation *p, gsize first, gsize end)
{
  p->first = first;
  p->end = end;
  p->slice = 0;
  p->n_slices = end > first ? (end - first + 1) * BLOCK_SLICES : 0;
}

/* Splits some pairs of ratings, and adds them to the moments. */
INLINE void
split_pairs (const Preparation *p, gsize block, gsize slice)
{
  gsize f = block * LANES;
  float *moments = p->moments + f;
  float *to = p->panel + block * BLOCK_FLOATS + slice * SLICE_ROWS / 2 * LANES;
  const float *const *rows = p->rows + slice * SLICE_ROWS;
  const float *targets = p->targets + slice * SLICE_ROWS;
  Vector s[2] = { load (moments), { 0 } };
  Vector h[2] = { load (moments + p->ld), { 0 } };

  UNROLL for (int r = 0; r < SLICE_ROWS; r += 2, to += LANES)
  {
    Vector a = load (rows[r] + f);
    Vector b = load (rows[r + 1] + f);
    Vector rest_a = a;
    Vector rest_b = b;

    UNROLL for (int part = 0; part < N_PARTS; part++)
    {
      Vector part_a = round_half (rest_a);
      Vector part_b = round_half (rest_b);

      store (to + part * TILE_FLOATS, pair (part_a, part_b));
      if (part != LOW)
        {
          rest_a -= upper_half (part_a);
          rest_b -= upper_half (part_b);
        }
    }
    if (N_PARTS == 2)
      {
        a -= rest_a;
        b -= rest_b;
      }
    s[0] += a;
    s[1] += b;
    h[0] += a * targets[r];
    h[1] += b * targets[r + 1];
  }
  store (moments, s[0] + s[1]);
  store (moments + p->ld, h[0] + h[1]);
}

static void __attribute__ ((noinline)) prepare_slice (Preparation *p)
{
  gsize block = p->first + p->slice / BLOCK_SLICES;
  gsize slice = p->slice % BLOCK_SLICES;

  p->slice++;
  if (block < p->end)
    {
      split_pairs (p, block, slice);
    }
  if (block > p->first)
    for (gsize part = 0; part < N_PARTS; part++)
      {
        float *from = p->panel + (block - 1) * BLOCK_FLOATS + part * TILE_FLOATS;

        transpose_half (from + slice * 8, from + N_PARTS * TILE_FLOATS + slice * 8 * LANES);
      }
}

static void
prepare_rest (Preparation *p)
{
  while (p->slice < p->n_slices)
    prepare_slice (p);
}

/* Multiplying */

/* Products of one step, while blocks of the @next are being prepared: the tile unit
 * and the vectors work at the same time. Each group of products brings its share of
 * slices, and of lines to be fetched: a processor can wait for few at a time. */
typedef struct
{
  const float *panel;
  gsize n_blocks;
  gboolean add;
  float *gram;
  gsize ld;
  Preparation *next;
  gsize row_groups;
  gsize due_slices;
  gsize step_groups;
  gsize due_lines;
  gsize fetched;
  gsize line;
} Product;

INLINE void
prepare_some (Product *p)
{
  Preparation *next = p->next;
  const MatineeRows *ahead = &next->ahead;

  for (p->due_lines += STEP_ROWS * p->n_blocks; p->due_lines >= p->step_groups; p->due_lines -= p->step_groups)
    {
      if (p->fetched < ahead->n)
        __builtin_prefetch (ahead->rows + ahead->columns[p->fetched] * ahead->stride + p->line);
      p->line += LANES;
      if (p->line == p->n_blocks * LANES)
        {
          p->line = 0;
          p->fetched++;
        }
    }
  for (p->due_slices += next->n_slices; p->due_slices >= p->row_groups; p->due_slices -= p->row_groups)
    if (next->slice < next->n_slices)
      prepare_slice (next);
}

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

#define LOAD_A(part) LOAD_TWO (4, 5, js, a + (part) *TILE_FLOATS)
#define LOAD_B(part) LOAD_TWO (6, 7, is, b + (part) *TILE_FLOATS)

#define PRODUCT_GROUPS (N_PARTS == 2 ? 4 : 6)

/* A group of products, of what was loaded and what is loaded now. */
#define PRODUCTS(load, other)                                                                                          \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    load;                                                                                                              \
    other;                                                                                                             \
    EACH_SUM (SUM_MULTIPLY);                                                                                           \
    prepare_some (p);                                                                                                  \
  }                                                                                                                    \
  G_STMT_END

/* @js blocks from @j on against @is from @i on; smaller terms come first. */
INLINE void
multiply (Product *p, gsize j, gsize i, const int js, const int is, const gboolean diagonal)
{
  float *c = p->gram + j * LANES * p->ld + i * LANES;
  const float *a = p->panel + j * BLOCK_FLOATS + N_PARTS * TILE_FLOATS;
  const float *b = p->panel + i * BLOCK_FLOATS;

  TILES_AND_MEMORY ();
  if (p->add)
    EACH_SUM (SUM_LOAD);
  else
    EACH_SUM (SUM_ZERO);
  if (N_PARTS == 2)
    {
      PRODUCTS (LOAD_B (MIDDLE), LOAD_A (MIDDLE));
      PRODUCTS (LOAD_B (HIGH), );
    }
  else
    {
      PRODUCTS (LOAD_B (HIGH), LOAD_A (LOW));
      PRODUCTS (LOAD_A (MIDDLE), );
      PRODUCTS (LOAD_B (MIDDLE), );
    }
  PRODUCTS (LOAD_A (HIGH), );
  if (N_PARTS == 3)
    {
      PRODUCTS (LOAD_B (LOW), );
      PRODUCTS (LOAD_B (HIGH), );
    }
  else
    PRODUCTS (LOAD_B (MIDDLE), );
  EACH_SUM (SUM_STORE);
  TILES_AND_MEMORY ();
}

/* Products of two blocks from @j on with all that follow, while the blocks first … end
 * − 1 are prepared, which nothing needs but the last product. */
static void
multiply_row (Product *p, gsize j, gsize first, gsize end)
{
  gsize even = p->n_blocks & ~(gsize) 1;

  begin_blocks (p->next, first, end);
  p->due_slices = 0;
  p->row_groups = PRODUCT_GROUPS * MAX ((p->n_blocks - j - 1) / 2, 1);
  if (j == even)
    multiply (p, j, j, 1, 1, TRUE);
  else
    multiply (p, j, j, 2, 2, TRUE);
  for (gsize i = j + 2; i < p->n_blocks; i += 2)
    {
      if (i + 2 >= p->n_blocks)
        prepare_rest (p->next);
      if (i == even)
        multiply (p, j, i, 2, 1, FALSE);
      else
        multiply (p, j, i, 2, 2, FALSE);
    }
  prepare_rest (p->next);
}

static void
tiles_sum (const MatineeRows *of, gsize n_ahead, const float *targets, guint order, gboolean add, float *g, gsize ld,
           float *moments, float *work)
{
  gsize n_blocks = count_blocks (order);
  gsize n_pairs = (n_blocks + 1) / 2;
  gsize last = 2 * (n_pairs - 1);
  const float *nothing = work + n_blocks * BLOCK_FLOATS;
  Preparation next = { .moments = moments, .ld = ld, .panel = work };
  Product product = { .panel = work,
                      .n_blocks = n_blocks,
                      .add = add,
                      .gram = g,
                      .ld = ld,
                      .next = &next,
                      .step_groups = PRODUCT_GROUPS * n_pairs * (n_pairs + 1) / 2 };

  if (!add)
    for (gsize f = 0; f < n_blocks * LANES; f += LANES)
      {
        store (moments + f, (Vector){ 0 });
        store (moments + ld + f, (Vector){ 0 });
      }
  for (gsize r = 0; r < of->n; r += STEP_ROWS)
    {
      gboolean more = r + STEP_ROWS < of->n;

      if (r == 0 || last == 0)
        {
          begin_step (&next, of, n_ahead, targets, r, nothing);
          begin_blocks (&next, 0, last > 0 ? last : n_blocks);
          prepare_rest (&next);
        }
      product.fetched = product.line = 0;
      /* Blocks whose products with all others are made are free for the next step,
       * for which the row of products after them prepares them; the last blocks
       * wait for the first row of their own step. */
      multiply_row (&product, 0, last, last > 0 ? n_blocks : last);
      if (more)
        begin_step (&next, of, n_ahead, targets, r + STEP_ROWS, nothing);
      for (gsize j = 2; j <= last; j += 2)
        multiply_row (&product, j, j - 2, more ? j : j - 2);
      product.add = TRUE;
    }
}

/* Small orders have more to prepare than to multiply, and vectors are faster. */
static gsize
kernel_sum_work (guint order)
{
  return order < KERNELS_TILES_ORDER ? panel_sum_work (order) : tiles_sum_work (order);
}

static void
kernel_sum (const MatineeRows *of, gsize n_ahead, const float *targets, guint order, gboolean add, float *g, gsize ld,
            float *moments, float *work)
{
  (order < KERNELS_TILES_ORDER ? panel_sum : tiles_sum) (of, n_ahead, targets, order, add, g, ld, moments, work);
}
