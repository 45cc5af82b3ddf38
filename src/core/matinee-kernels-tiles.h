/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Part of the kernel template: sums over ratings with the tile unit of AMX, which
 * multiplies numbers of 16 bits (bfloat16, 8 binary digits) and adds in float32.
 *
 * Packed factors x = H + M are sums of two such numbers, and
 *
 *   Σ x x' = Σ (H H' + H M' + M H' + M M')
 *
 * is exact but for the rounding of additions in float32 (parts of numbers: Henry, Tang,
 * Heinecke 2019, doi:10.1109/ARITH.2019.00019).
 *
 * The unit multiplies C[m][n] += Σ A[m][r] B[r][n] for tiles of 16 rows of 64 bytes,
 * where an element of A and B is a pair of numbers, here of two ratings. B is 16
 * such pairs × 16 factors, A the same transposed. A panel holds B and A of both parts
 * of each block of 16 factors, for 32 ratings.
 */

/* Ratings in a tile: 16 pairs. */
#define STEP_ROWS 32

/* How far ahead rows are fetched */
#define TILES_AHEAD 64

#define LINE 64
#define TILE_FLOATS 256

/* Tiles of a block in the panel: pairs of the upper and of the lower part, and
 * both transposed */
enum
{
  B_HIGH,
  B_LOW,
  A_HIGH,
  A_LOW,
  N_BLOCK_TILES
};

#define BLOCK_FLOATS (N_BLOCK_TILES * TILE_FLOATS)

/* Rows of the tile of targets: three parts of t, which make up all of it, and 1 */
enum
{
  TARGET_HIGH,
  TARGET_MIDDLE,
  TARGET_LOW,
  TARGET_ONE,
  N_TARGET_ROWS
};

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

/* The panel, the moments of each block, the tile of targets and a row of zeros */
static gsize
kernel_sum_work (guint order)
{
  gsize n_blocks = count_blocks (order);

  return n_blocks * (BLOCK_FLOATS + TILE_FLOATS) + TILE_FLOATS + n_blocks * LANES;
}

/* Preparing */

/* Every other number of 16 bits */
#define ODD_HALVES 0xAAAAAAAA

INLINE Vector
pair_high (Vector a, Vector b)
{
  return (Vector) _mm512_mask_blend_epi16 (ODD_HALVES, (__m512i) ((Bits) a >> 16), (__m512i) b);
}

INLINE Vector
pair_low (Vector a, Vector b)
{
  return (Vector) _mm512_mask_blend_epi16 (ODD_HALVES, (__m512i) a, (__m512i) ((Bits) b << 16));
}

/* Perfect shuffles within the quarters of two vectors, in ones and in twos; and every
 * other quarter of both */
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
fours_even (Vector a, Vector b)
{
  return __builtin_shufflevector (a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
}

INLINE Vector
fours_odd (Vector a, Vector b)
{
  return __builtin_shufflevector (a, b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
}

/* In four rounds, and without more vectors than there are registers */
INLINE void
transpose_tile (Vector *v)
{
  Vector other[LANES];

  UNROLL for (int i = 0; i < LANES; i += 2)
  {
    other[i] = ones_low (v[i], v[i + 1]);
    other[i + 1] = ones_high (v[i], v[i + 1]);
  }
  UNROLL for (int i = 0; i < LANES; i += 4)
  {
    v[i] = twos_low (other[i], other[i + 2]);
    v[i + 1] = twos_high (other[i], other[i + 2]);
    v[i + 2] = twos_low (other[i + 1], other[i + 3]);
    v[i + 3] = twos_high (other[i + 1], other[i + 3]);
  }
  UNROLL for (int i = 0; i < LANES; i += 8) UNROLL for (int j = i; j < i + 4; j++)
  {
    other[j] = fours_even (v[j], v[j + 4]);
    other[j + 4] = fours_odd (v[j], v[j + 4]);
  }
  UNROLL for (int i = 0; i < LANES / 2; i++)
  {
    v[i] = fours_even (other[i], other[i + 8]);
    v[i + 8] = fours_odd (other[i], other[i + 8]);
  }
}

/* 32 ratings on their way into a panel, in slices of one part of one block, so that
 * the vectors have work while tiles multiply. */
typedef struct
{
  const float *rows[STEP_ROWS];
  MatineeRows ahead;
  float *panel;
  gsize slice;
  gsize n_slices;
} Preparation;

/* Slices of two blocks, which are multiplied together */
#define PAIR_SLICES 4

/* @nothing: a row of zeros, for what is missing to 32 */
static void
begin_step (Preparation *p, const MatineeRows *of, gsize n_ahead, gsize row, const float *nothing)
{
  gsize n = MIN (of->n - row, STEP_ROWS);
  gsize ahead = MIN (row + TILES_AHEAD, of->n + n_ahead);

  for (gsize i = 0; i < n; i++)
    p->rows[i] = of->rows + of->columns[row + i] * of->stride;
  for (gsize i = n; i < STEP_ROWS; i++)
    p->rows[i] = nothing;
  p->ahead = *of;
  p->ahead.columns += ahead;
  p->ahead.n = MIN (of->n + n_ahead - ahead, STEP_ROWS);
  p->slice = 0;
}

/* One part of a block: pairs of ratings, and transposed */
INLINE void
prepare_part (const float *const *rows, gsize column, float *pairs, float *transposed, const gboolean high)
{
  Vector v[LANES];

  UNROLL for (int i = 0; i < LANES; i++)
  {
    Vector first = load (rows[2 * i] + column);
    Vector second = load (rows[2 * i + 1] + column);

    v[i] = high ? pair_high (first, second) : pair_low (first, second);
    store (pairs + i * LANES, v[i]);
  }
  transpose_tile (v);
  UNROLL for (int i = 0; i < LANES; i++) store (transposed + i * LANES, v[i]);
}

static void __attribute__ ((noinline)) prepare_high (const float *const *rows, gsize column, float *block)
{
  prepare_part (rows, column, block + B_HIGH * TILE_FLOATS, block + A_HIGH * TILE_FLOATS, TRUE);
}

static void __attribute__ ((noinline)) prepare_low (const float *const *rows, gsize column, float *block)
{
  prepare_part (rows, column, block + B_LOW * TILE_FLOATS, block + A_LOW * TILE_FLOATS, FALSE);
}

/* Its share of the rows to be fetched: a processor can wait for few lines at a time. */
INLINE void
fetch_some (const Preparation *p)
{
  const MatineeRows *ahead = &p->ahead;
  gsize end = MIN ((p->slice + 1) * STEP_ROWS / p->n_slices, ahead->n);

  for (gsize row = p->slice * STEP_ROWS / p->n_slices; row < end; row++)
    for (gsize line = 0; line < p->n_slices / 2; line++)
      __builtin_prefetch (ahead->rows + ahead->columns[row] * ahead->stride + line * LANES, 0, 2);
}

static void
prepare_slice (Preparation *p)
{
  gsize block = p->slice / 2;
  float *to = p->panel + block * BLOCK_FLOATS;

  fetch_some (p);
  if (p->slice % 2 == 0)
    prepare_high (p->rows, block * LANES, to);
  else
    prepare_low (p->rows, block * LANES, to);
  p->slice++;
}

static void
prepare_until (Preparation *p, gsize end)
{
  while (p->slice < end)
    prepare_slice (p);
}

/* The upper halves of two vectors */
INLINE void
store_halves (float *to, Bits a, Bits b)
{
  Halves *halves = (Halves *) to;

  halves[0] = __builtin_convertvector(a >> 16, Halves);
  halves[1] = __builtin_convertvector(b >> 16, Halves);
}

static void
fill_target_tile (float *tile, const float *targets)
{
  Vector a = load (targets);
  Vector b = load (targets + LANES);

  for (int row = TARGET_HIGH; row <= TARGET_LOW; row++)
    {
      Bits high_a = (Bits) a & UPPER_HALF;
      Bits high_b = (Bits) b & UPPER_HALF;

      store_halves (tile + row * LANES, high_a, high_b);
      a -= (Vector) high_a;
      b -= (Vector) high_b;
    }
  store_halves (tile + TARGET_ONE * LANES, (Bits) splat (1.0f), (Bits) splat (1.0f));
}

/* Multiplying */

/* Sums of the tiles 0 to 3 wait for being stored until another is to take the place
 * of each, so that the unit doesn't have to wait for all four at once. */
#define N_SUM_TILES 4

/* Products of a panel with itself, while slices of what comes next are prepared */
typedef struct
{
  Preparation next;
  const float *targets;
  float *moments;
  gsize n_blocks;
  float *gram;
  gsize ld;
  gboolean add;
  gboolean add_moments;
  float *waiting[N_SUM_TILES];
  gsize until;
  gsize slices;
  gsize due;
  gsize groups;
} Sum;

#define TICKS_PER_GROUP 4

INLINE void
prepare_some (Sum *sum)
{
  sum->due += sum->slices;
  if (sum->due >= sum->groups * TICKS_PER_GROUP)
    {
      sum->due -= sum->groups * TICKS_PER_GROUP;
      if (sum->next.slice < sum->until)
        prepare_slice (&sum->next);
    }
}

/* From here on slices until @until are prepared while @groups groups of tiles multiply. */
INLINE void
spread (Sum *sum, gsize until, gsize groups)
{
  sum->until = until;
  sum->slices = until - MIN (sum->next.slice, until);
  sum->due = 0;
  sum->groups = groups;
}

/* Numbers of tiles are written into the instructions, hence macros. */
#define LOAD(tile, from) _tile_loadd (tile, from, LINE)
#define MULTIPLY(sum_tile, a, b) _tile_dpbf16ps (sum_tile, a, b)

#define STORE_WAITING(tile)                                                                                            \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    if (sum->waiting[tile] != NULL)                                                                                    \
      _tile_stored (tile, sum->waiting[tile], sum->ld * sizeof (float));                                               \
    sum->waiting[tile] = NULL;                                                                                         \
  }                                                                                                                    \
  G_STMT_END

#define BEGIN_SUM(tile, at)                                                                                            \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    float *place = at;                                                                                                 \
    STORE_WAITING (tile);                                                                                              \
    sum->waiting[tile] = place;                                                                                        \
    if (sum->add)                                                                                                      \
      _tile_loadd (tile, place, sum->ld * sizeof (float));                                                             \
    else                                                                                                               \
      _tile_zero (tile);                                                                                               \
  }                                                                                                                    \
  G_STMT_END

#define BEGIN_MOMENTS(at)                                                                                              \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    if (sum->add_moments)                                                                                              \
      LOAD (7, at);                                                                                                    \
    else                                                                                                               \
      _tile_zero (7);                                                                                                  \
  }                                                                                                                    \
  G_STMT_END

/* Products of two blocks, or one, with themselves, and with the targets */
INLINE void
multiply_diagonal (Sum *sum, gsize j, const gboolean two)
{
  const float *p = sum->next.panel + j * BLOCK_FLOATS;
  const float *q = p + BLOCK_FLOATS;
  float *c = sum->gram + j * LANES * (sum->ld + 1);
  float *moments = sum->moments + j * TILE_FLOATS;

  LOAD (4, p + A_HIGH * TILE_FLOATS);
  LOAD (5, p + B_HIGH * TILE_FLOATS);
  BEGIN_SUM (0, c);
  MULTIPLY (0, 4, 5);
  if (two)
    {
      LOAD (6, q + B_HIGH * TILE_FLOATS);
      BEGIN_SUM (1, c + LANES);
      MULTIPLY (1, 4, 6);
      LOAD (4, q + A_HIGH * TILE_FLOATS);
      BEGIN_SUM (3, c + LANES * (sum->ld + 1));
      MULTIPLY (3, 4, 6);
      LOAD (4, q + A_LOW * TILE_FLOATS);
      MULTIPLY (3, 4, 6);
    }
  prepare_some (sum);
  LOAD (4, p + A_LOW * TILE_FLOATS);
  MULTIPLY (0, 4, 5);
  if (two)
    MULTIPLY (1, 4, 6);
  LOAD (4, sum->targets);
  BEGIN_MOMENTS (moments);
  MULTIPLY (7, 4, 5);
  LOAD (5, p + B_LOW * TILE_FLOATS);
  MULTIPLY (7, 4, 5);
  _tile_stored (7, moments, LINE);
  prepare_some (sum);
  if (two)
    {
      BEGIN_MOMENTS (moments + TILE_FLOATS);
      MULTIPLY (7, 4, 6);
      LOAD (6, q + B_LOW * TILE_FLOATS);
      MULTIPLY (7, 4, 6);
      _tile_stored (7, moments + TILE_FLOATS, LINE);
    }
  LOAD (4, p + A_LOW * TILE_FLOATS);
  MULTIPLY (0, 4, 5);
  if (two)
    MULTIPLY (1, 4, 6);
  prepare_some (sum);
  if (two)
    {
      LOAD (4, q + A_LOW * TILE_FLOATS);
      MULTIPLY (3, 4, 6);
      LOAD (4, q + A_HIGH * TILE_FLOATS);
      MULTIPLY (3, 4, 6);
    }
  LOAD (4, p + A_HIGH * TILE_FLOATS);
  MULTIPLY (0, 4, 5);
  if (two)
    MULTIPLY (1, 4, 6);
  prepare_some (sum);
}

/* Products of two blocks from @j on with two, or one, from @i on */
INLINE void
multiply_square (Sum *sum, gsize j, gsize i, const gboolean two)
{
  const float *p = sum->next.panel + j * BLOCK_FLOATS;
  const float *q = p + BLOCK_FLOATS;
  const float *r = sum->next.panel + i * BLOCK_FLOATS;
  const float *s = r + BLOCK_FLOATS;
  float *c = sum->gram + j * LANES * sum->ld + i * LANES;

  LOAD (4, p + A_HIGH * TILE_FLOATS);
  LOAD (5, r + B_HIGH * TILE_FLOATS);
  BEGIN_SUM (0, c);
  MULTIPLY (0, 4, 5);
  if (two)
    {
      LOAD (6, s + B_HIGH * TILE_FLOATS);
      BEGIN_SUM (1, c + LANES);
      MULTIPLY (1, 4, 6);
    }
  LOAD (4, q + A_HIGH * TILE_FLOATS);
  BEGIN_SUM (2, c + LANES * sum->ld);
  MULTIPLY (2, 4, 5);
  if (two)
    {
      BEGIN_SUM (3, c + LANES * (sum->ld + 1));
      MULTIPLY (3, 4, 6);
    }
  prepare_some (sum);
  LOAD (4, q + A_LOW * TILE_FLOATS);
  MULTIPLY (2, 4, 5);
  if (two)
    MULTIPLY (3, 4, 6);
  LOAD (4, p + A_LOW * TILE_FLOATS);
  MULTIPLY (0, 4, 5);
  if (two)
    MULTIPLY (1, 4, 6);
  prepare_some (sum);
  LOAD (5, r + B_LOW * TILE_FLOATS);
  MULTIPLY (0, 4, 5);
  if (two)
    {
      LOAD (6, s + B_LOW * TILE_FLOATS);
      MULTIPLY (1, 4, 6);
    }
  LOAD (4, q + A_LOW * TILE_FLOATS);
  MULTIPLY (2, 4, 5);
  if (two)
    MULTIPLY (3, 4, 6);
  prepare_some (sum);
  LOAD (4, q + A_HIGH * TILE_FLOATS);
  MULTIPLY (2, 4, 5);
  if (two)
    MULTIPLY (3, 4, 6);
  LOAD (4, p + A_HIGH * TILE_FLOATS);
  MULTIPLY (0, 4, 5);
  if (two)
    MULTIPLY (1, 4, 6);
  prepare_some (sum);
}

/* Products of two blocks from @j on with themselves and with all that follow. In the
 * first row the blocks of this step come in front of the products that need them, as
 * far as they aren't there yet; then slices until @until. */
static void
multiply_row (Sum *sum, gsize j, gsize until)
{
  gsize n_blocks = sum->n_blocks;

  TILES_AND_MEMORY ();
  if (j == 0)
    prepare_until (&sum->next, MIN (PAIR_SLICES, until));
  spread (sum, until, (n_blocks - j + 1) / 2);
  if (j + 1 < n_blocks)
    multiply_diagonal (sum, j, TRUE);
  else
    multiply_diagonal (sum, j, FALSE);
  for (gsize i = j + 2; i < n_blocks; i += 2)
    {
      if (j == 0)
        prepare_until (&sum->next, MIN (2 * i + PAIR_SLICES, until));
      if (i + 1 < n_blocks)
        multiply_square (sum, j, i, TRUE);
      else
        multiply_square (sum, j, i, FALSE);
    }
  prepare_until (&sum->next, until);
  TILES_AND_MEMORY ();
}

static void
store_waiting (Sum *sum)
{
  STORE_WAITING (0);
  STORE_WAITING (1);
  STORE_WAITING (2);
  STORE_WAITING (3);
  TILES_AND_MEMORY ();
}

/* Σ y and Σ t y from the sums with the parts of t */
static void
finish_moments (const Sum *sum, gboolean add, float *moments)
{
  for (gsize block = 0; block < sum->n_blocks; block++)
    {
      const float *rows = sum->moments + block * TILE_FLOATS;
      float *s = moments + block * LANES;
      float *h = s + sum->ld;
      Vector t = load (rows + TARGET_LOW * LANES) + load (rows + TARGET_MIDDLE * LANES);
      Vector one = load (rows + TARGET_ONE * LANES);

      t += load (rows + TARGET_HIGH * LANES);
      if (add)
        {
          one += load (s);
          t += load (h);
        }
      store (s, one);
      store (h, t);
    }
}

static void
kernel_sum (const MatineeRows *of, gsize n_ahead, const float *targets, guint order, gboolean add, float *g, gsize ld,
            float *moments, float *work)
{
  gsize n_blocks = count_blocks (order);
  float *tiles = work + n_blocks * BLOCK_FLOATS;
  float *target_tile = tiles + n_blocks * TILE_FLOATS;
  const float *nothing = target_tile + TILE_FLOATS;
  Sum sum = { .next = { .panel = work, .n_slices = 2 * n_blocks },
              .targets = target_tile,
              .moments = tiles,
              .n_blocks = n_blocks,
              .gram = g,
              .ld = ld,
              .add = add };

  begin_step (&sum.next, of, n_ahead, 0, nothing);
  for (gsize r = 0; r < of->n; r += STEP_ROWS)
    {
      gboolean more = r + STEP_ROWS < of->n;

      fill_target_tile (target_tile, targets + r);
      multiply_row (&sum, 0, sum.next.n_slices);
      if (more)
        begin_step (&sum.next, of, n_ahead, r + STEP_ROWS, nothing);
      /* Blocks whose products with all others are made are free for the next step. */
      for (gsize j = 2; j < n_blocks; j += 2)
        multiply_row (&sum, j, more ? 2 * j : 0);
      sum.add = sum.add_moments = TRUE;
    }
  store_waiting (&sum);
  finish_moments (&sum, add, moments);
}
