/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The inner loops, written once for vectors of any width and compiled for each
 * instruction set: the including file defines KERNELS_LANES (floats in a
 * vector), KERNELS_TILE_ROWS (the most vectors in a register tile) and
 * KERNELS_TABLE (name of the table). GCC's vector extensions become whatever the
 * target has; tiles are sized so that their accumulators fill the registers.
 */

#include <math.h>
#include <string.h>
#ifdef __x86_64__
#  include <immintrin.h>
#endif

#include "matinee-kernels.h"
#include "matinee-kernels-private.h"

#define LANES KERNELS_LANES
#define INLINE static inline __attribute__ ((always_inline))
#ifdef __clang__
#  define UNROLL _Pragma ("clang loop unroll(full)")
#else
#  define UNROLL _Pragma ("GCC unroll 32")
#endif

#define FLOATS_PER_LINE 16

typedef float Vector __attribute__ ((vector_size (LANES * sizeof (float)), may_alias));
typedef gint32 Mask __attribute__ ((vector_size (LANES * sizeof (gint32)), may_alias));
typedef guint8 Bytes __attribute__ ((vector_size (LANES)));
typedef float Quad __attribute__ ((vector_size (4 * sizeof (float)), may_alias));
#if LANES >= 8
typedef float Octet __attribute__ ((vector_size (8 * sizeof (float)), may_alias));
#endif

INLINE Vector
load (const float *from)
{
  return *(const Vector *) from;
}

INLINE void
store (float *to, Vector v)
{
  *(Vector *) to = v;
}

INLINE Vector
splat (float x)
{
  return (Vector){ 0 } + x;
}

INLINE float
sum_quad (Quad q)
{
  return (q[0] + q[2]) + (q[1] + q[3]);
}

INLINE float
sum (Vector v)
{
#if LANES == 16
  Octet o = __builtin_shufflevector (v, v, 0, 1, 2, 3, 4, 5, 6, 7)
            + __builtin_shufflevector (v, v, 8, 9, 10, 11, 12, 13, 14, 15);
#elif LANES == 8
  Octet o = v;
#endif
#if LANES >= 8
  return sum_quad (__builtin_shufflevector (o, o, 0, 1, 2, 3) + __builtin_shufflevector (o, o, 4, 5, 6, 7));
#else
  return sum_quad (v);
#endif
}

#include "matinee-kernels-pack.h"

/* Register tiles */

/* Which cache line of which coming rows a tile fetches while it multiplies: line
 * @line of the rows with (row + @phase) divisible by a power of two, @mask + 1.
 * Spread over all tiles, because a processor can wait for few lines at a time. */
typedef struct
{
  const float *rows;
  gsize stride;
  const guint32 *columns;
  gsize n;
  gsize phase;
  gsize mask;
} Fetch;

/* C[c·ld + (vector v)] (+)= ± Σ_r A[r·stride + (vector v)] · B[r·stride + c] for
 * a tile of rows × cols accumulators, and the same for @extra columns of E that
 * go to M; @rows, @cols, @sign and @extra are constants where it is used. */
typedef struct
{
  const float *a;
  const float *b;
  gsize n;
  gsize stride;
  gboolean add;
  float *c;
  gsize ld;
  const float *e;
  float *m;
} Tile;

INLINE void
tile_row (Vector *acc, const float *a, const float *b, const float *e, const int rows, const int cols, const int sign,
          const int extra)
{
  Vector x[4];

  UNROLL
  for (int v = 0; v < rows; v++)
    x[v] = load (a + v * LANES);
  UNROLL
  for (int j = 0; j < cols + extra; j++)
    {
      float y = j < cols ? b[j] : e[j - cols];

      UNROLL
      for (int v = 0; v < rows; v++)
        if (sign > 0)
          acc[j * rows + v] += x[v] * y;
        else
          acc[j * rows + v] -= x[v] * y;
    }
}

INLINE void
tile (const Tile *t, const int rows, const int cols, const int sign, const int extra, const Fetch *fetch)
{
  Vector acc[32];
  const float *a = t->a;
  const float *b = t->b;
  const float *e = t->e;
  gsize n = t->n;
  gsize stride = t->stride;
  gsize r = 0;

  UNROLL
  for (int j = 0; j < cols + extra; j++)
    {
      const float *c = j < cols ? t->c + j * t->ld : t->m + (j - cols) * t->ld;

      UNROLL
      for (int v = 0; v < rows; v++)
        acc[j * rows + v] = t->add ? load (c + v * LANES) : (Vector){ 0 };
    }

  if (fetch != NULL)
    for (; r < MIN (n, fetch->n); r++, a += stride, b += stride, e += stride)
      {
        if (((r + fetch->phase) & fetch->mask) == 0)
          __builtin_prefetch (fetch->rows + fetch->columns[r] * fetch->stride);
        tile_row (acc, a, b, e, rows, cols, sign, extra);
      }
  for (; r < n; r++, a += stride, b += stride, e += stride)
    tile_row (acc, a, b, e, rows, cols, sign, extra);

  UNROLL
  for (int j = 0; j < cols + extra; j++)
    {
      float *c = j < cols ? t->c + j * t->ld : t->m + (j - cols) * t->ld;

      UNROLL
      for (int v = 0; v < rows; v++)
        store (c + v * LANES, acc[j * rows + v]);
    }
}

/* Columns of the widest tile for so many vectors: 32 registers hold 24 sums, 16
 * registers 12; the diagonal needs whole vectors. */
#if LANES == 16
#  define WIDEST_1 16
#  define WIDEST_2 8
#  define WIDEST_3 8
#  define WIDEST_4 6
#else
#  define WIDEST_1 4
#  define WIDEST_2 4
#  define WIDEST_3 4
#  define WIDEST_4 4
#endif
#define NARROW 4

/* Σ p and Σ t p */
#define N_MOMENTS 2

typedef struct
{
  const float *panel;
  gsize n;
  gsize stride;
  float *gram;
  gsize ld;
  gboolean add;
  const float *extra;
  float *moments;
  const MatineeRows *ahead;
  gsize shift;
  gsize pass;
} Gram;

INLINE void
gram_tile (Gram *gram, gsize first, gsize column, const int rows, const int cols, const int extra)
{
  gsize line = (gram->pass >> gram->shift) * FLOATS_PER_LINE;
  Tile t = { gram->panel + first,
             gram->panel + column,
             gram->n,
             gram->stride,
             gram->add,
             gram->gram + column * gram->ld + first,
             gram->ld,
             gram->extra,
             extra > 0 ? gram->moments + first : NULL };

  if (gram->ahead != NULL && line < gram->ahead->stride)
    {
      Fetch fetch = { gram->ahead->rows + line, gram->ahead->stride, gram->ahead->columns,
                      gram->ahead->n,           gram->pass,          gram->shift };

      gram->pass++;
      tile (&t, rows, cols, 1, extra, &fetch);
    }
  else
    tile (&t, rows, cols, 1, extra, NULL);
}

/* A group of @rows vectors against the columns column … end − 1, and as many more
 * as make them a multiple of four; the last four together with the moments. */
INLINE void
gram_group (Gram *gram, gsize first, gsize column, gsize end, const int rows, const int widest)
{
  gsize last = (end + NARROW - 1) / NARROW * NARROW;

  if (gram->moments != NULL && column == 0)
    {
      for (; column + widest + NARROW <= last; column += widest)
        gram_tile (gram, first, column, rows, widest, 0);
      for (; column + NARROW < last; column += NARROW)
        gram_tile (gram, first, column, rows, NARROW, 0);
      gram_tile (gram, first, column, rows, NARROW, N_MOMENTS);
      return;
    }
  for (; column + widest <= last; column += widest)
    gram_tile (gram, first, column, rows, widest, 0);
  for (; column < last; column += NARROW)
    gram_tile (gram, first, column, rows, NARROW, 0);
}

INLINE void
gram_triangle (const Gram *of, guint order)
{
  Gram gram = *of;
  gsize n_vectors = (order + LANES - 1) / LANES;

  for (gsize block = 0; block < n_vectors; block++)
    {
      gsize left = n_vectors - block;
      gsize groups = (left + KERNELS_TILE_ROWS - 1) / KERNELS_TILE_ROWS;
      gsize column = block * LANES;
      gsize first = column;
      gsize end = MIN (column + LANES, order);

      for (; groups > 0; groups--)
        {
          gsize rows = (left + groups - 1) / groups;

          if (rows == 1)
            gram_group (&gram, first, column, end, 1, WIDEST_1);
          else if (rows == 2)
            gram_group (&gram, first, column, end, 2, WIDEST_2);
#if KERNELS_TILE_ROWS >= 3
          else if (rows == 3)
            gram_group (&gram, first, column, end, 3, WIDEST_3);
#endif
#if KERNELS_TILE_ROWS >= 4
          else
            gram_group (&gram, first, column, end, 4, WIDEST_4);
#endif
          first += rows * LANES;
          left -= rows;
        }
    }
}

static void
kernel_gram (const float *panel, gsize n, guint order, float *g, gsize ld, const MatineeRows *ahead)
{
  Gram gram = { panel, n, ld, g, ld, FALSE, NULL, NULL, ahead, order > 3 * FLOATS_PER_LINE, 0 };

  gram_triangle (&gram, order);
}

/* Gathering */

/* Lane i becomes from[at[i]]. */
INLINE Vector
gather (const float *from, Mask at)
{
#if LANES == 16
  return (Vector) _mm512_mask_i32gather_ps (_mm512_setzero_ps (), 0xFFFF, (__m512i) at, from, sizeof (float));
#elif LANES == 8
  return (Vector) _mm256_i32gather_ps (from, (__m256i) at, sizeof (float));
#else
  Vector v;

  for (int i = 0; i < LANES; i++)
    v[i] = from[at[i]];
  return v;
#endif
}

/* Sums in float64, one for each lane, so that none waits for another's addition */
typedef double Doubles __attribute__ ((vector_size (LANES * sizeof (double))));

static double
kernel_targets (const float *levels, const guint8 *codes, const float *biases, const guint32 *columns, gsize n,
                float *targets)
{
  Doubles sums = { 0 };
  double total = 0.0;
  gsize r = 0;

  for (; r + LANES <= n; r += LANES)
    {
      Bytes code;
      Mask at;
      Vector t;

      memcpy (&code, codes + r, sizeof code);
      memcpy (&at, columns + r, sizeof at);
      t = gather (levels, __builtin_convertvector(code, Mask)) - gather (biases, at);
      store (targets + r, t);
      sums += __builtin_convertvector(t, Doubles);
    }
  for (; r < n; r++)
    {
      targets[r] = levels[codes[r]] - biases[columns[r]];
      total += (double) targets[r];
    }
  UNROLL for (int i = 0; i < LANES; i++) total += sums[i];
  return total;
}

/* Perfect shuffles of two vectors: a₀ b₀ a₁ b₁ … */
INLINE Vector
shuffle_low (Vector a, Vector b)
{
#if LANES == 16
  return __builtin_shufflevector (a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
#elif LANES == 8
  return __builtin_shufflevector (a, b, 0, 8, 1, 9, 2, 10, 3, 11);
#else
  return __builtin_shufflevector (a, b, 0, 4, 1, 5);
#endif
}

INLINE Vector
shuffle_high (Vector a, Vector b)
{
#if LANES == 16
  return __builtin_shufflevector (a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
#elif LANES == 8
  return __builtin_shufflevector (a, b, 4, 12, 5, 13, 6, 14, 7, 15);
#else
  return __builtin_shufflevector (a, b, 2, 6, 3, 7);
#endif
}

/* After log₂ LANES of these a square block is transposed. */
INLINE void
shuffle (const Vector *in, Vector *out)
{
  UNROLL for (int i = 0; i < LANES / 2; i++)
  {
    out[2 * i] = shuffle_low (in[i], in[i + LANES / 2]);
    out[2 * i + 1] = shuffle_high (in[i], in[i + LANES / 2]);
  }
}

INLINE void
transpose (Vector *block)
{
  Vector other[LANES];

  shuffle (block, other);
  shuffle (other, block);
#if LANES == 8
  shuffle (block, other);
  UNROLL for (int i = 0; i < LANES; i++) block[i] = other[i];
#elif LANES == 16
  shuffle (block, other);
  shuffle (other, block);
#endif
}

INLINE void
gather_transposed (float *panel, gsize panel_stride, gsize width, const float *rows, gsize stride,
                   const guint32 *columns, gsize n, Vector (*load_row) (const float *))
{
  gsize padded = (n + MATINEE_PADDING - 1) / MATINEE_PADDING * MATINEE_PADDING;

  for (gsize r = 0; r < padded; r += LANES)
    {
      const float *from[LANES];

      for (gsize i = 0; i < LANES; i++)
        from[i] = rows + columns[MIN (r + i, n - 1)] * stride;
      for (gsize f = 0; f < width; f += LANES)
        {
          Vector block[LANES];

          UNROLL for (int i = 0; i < LANES; i++) block[i] = r + i < n ? load_row (from[i] + f) : (Vector){ 0 };
          transpose (block);
          UNROLL for (int i = 0; i < LANES; i++) store (panel + (f + i) * panel_stride + r, block[i]);
        }
    }
}

static void
kernel_gather_transposed (float *panel, gsize panel_stride, gsize width, const float *rows, gsize stride,
                          const guint32 *columns, gsize n)
{
  gather_transposed (panel, panel_stride, width, rows, stride, columns, n, load);
}

static void
kernel_gather_packed (float *panel, gsize panel_stride, gsize width, const float *rows, gsize stride,
                      const guint32 *columns, gsize n)
{
  gather_transposed (panel, panel_stride, width, rows, stride, columns, n, load_packed);
}

static void
kernel_combine (const float *rows, gsize stride, gsize width, const guint32 *columns, const float *weights, gsize n,
                float *x)
{
  gsize f = 0;

  for (; f + 4 * LANES <= width; f += 4 * LANES)
    {
      Vector acc[4] = { { 0 } };

      for (gsize r = 0; r < n; r++)
        {
          const float *row = rows + columns[r] * stride + f;

          UNROLL for (int v = 0; v < 4; v++) acc[v] += load_packed (row + v * LANES) * weights[r];
        }
      UNROLL for (int v = 0; v < 4; v++) store (x + f + v * LANES, acc[v]);
    }
  for (; f < width; f += LANES)
    {
      Vector acc = { 0 };

      for (gsize r = 0; r < n; r++)
        acc += load_packed (rows + columns[r] * stride + f) * weights[r];
      store (x + f, acc);
    }
}

static float
kernel_dot (const float *a, const float *b, gsize width)
{
  Vector acc = { 0 };

  for (gsize f = 0; f < width; f += LANES)
    acc += load (a + f) * load (b + f);
  return sum (acc);
}

static gboolean
kernel_eliminate (float *gram, gsize ld, guint order, const float *s, float scale, float ridge, float *right,
                  float total)
{
  gsize width = (order + LANES - 1) / LANES * LANES;
  float noise = matinee_kernels_noise (order);
  gboolean good = TRUE;

  for (gsize f = 0; f < width; f += LANES)
    store (right + f, load (right + f) - load (s + f) * (scale * total));
  for (gsize j = 0; j < order; j++)
    {
      float *column = gram + j * ld;
      float least = noise * column[j];
      float factor = scale * s[j];

      for (gsize f = j / LANES * LANES; f < width; f += LANES)
        store (column + f, load (column + f) - load (s + f) * factor);
      column[j] += ridge;
      good &= column[j] > least;
    }
  return good;
}

/* Cholesky */

#define STEP 4

/* The columns column … column + 3 lose what the columns before them explain. */
INLINE void
update_columns (float *a, gsize ld, gsize column, gsize n_vectors)
{
  gsize v = column / LANES;

  while (v < n_vectors)
    {
      gsize left = n_vectors - v;
      Tile t = { a + v * LANES, a + column, column, ld, TRUE, a + column * ld + v * LANES, ld, NULL, NULL };

#if KERNELS_TILE_ROWS >= 4
      if (left >= 4)
        {
          tile (&t, 4, STEP, -1, 0, NULL);
          v += 4;
          continue;
        }
#endif
      if (left >= 2)
        {
          tile (&t, 2, STEP, -1, 0, NULL);
          v += 2;
          continue;
        }
      tile (&t, 1, STEP, -1, 0, NULL);
      v++;
    }
}

/* Factorises the small triangle in @d (4 × 4, column by column), giving the
 * reciprocals of its diagonal. */
INLINE gboolean
factor_small (float d[STEP][STEP], const float *least, float *inverse)
{
  gboolean good = TRUE;

  UNROLL for (int j = 0; j < STEP; j++)
  {
    good &= d[j][j] > least[j];
    inverse[j] = 1.0f / sqrtf (d[j][j]);
    UNROLL for (int i = j + 1; i < STEP; i++) d[j][i] *= inverse[j];
    UNROLL for (int c = j + 1; c < STEP; c++) UNROLL for (int i = c; i < STEP; i++) d[c][i] -= d[j][i] * d[j][c];
  }
  return good;
}

INLINE void
finish_columns (float *a, gsize ld, gsize column, gsize n_vectors, float d[STEP][STEP], const float *inverse)
{
  for (gsize v = column / LANES; v < n_vectors; v++)
    {
      float *at = a + column * ld + v * LANES;
      Vector x[STEP];

      UNROLL for (int j = 0; j < STEP; j++)
      {
        x[j] = load (at + j * ld);
        UNROLL for (int p = 0; p < j; p++) x[j] -= x[p] * d[p][j];
        x[j] *= inverse[j];
        store (at + j * ld, x[j]);
      }
    }
}

/* L w = right for four more of w, and what that leaves on the right. Written apart
 * from @right, which is read in vectors: a vector read of numbers just written
 * one by one would have to wait for them. */
INLINE void
forward (const float *a, gsize ld, gsize column, gsize n_vectors, float d[STEP][STEP], const float *inverse,
         float *right, float *w)
{
  UNROLL
  for (int j = 0; j < STEP; j++)
    {
      float x = right[column + j];

      UNROLL
      for (int p = 0; p < j; p++)
        x -= d[p][j] * w[column + p];
      w[column + j] = x * inverse[j];
    }
  for (gsize v = column / LANES; v < n_vectors; v++)
    {
      Vector x = load (right + v * LANES);

      UNROLL
      for (int j = 0; j < STEP; j++)
        x -= load (a + (column + j) * ld + v * LANES) * w[column + j];
      store (right + v * LANES, x);
    }
}

/* Lᵀ x = w, four at a time from the end; @x begins with zeros, so that a whole
 * vector may be read where only some of it is known. */
INLINE void
backward (const float *a, gsize ld, gsize order, gsize n_vectors, const float *w, float *x)
{
  for (gsize column = order; column > 0;)
    {
      const float *l;
      Vector acc[STEP];
      float s[STEP];

      column -= STEP;
      l = a + column * ld;
      UNROLL
      for (int j = 0; j < STEP; j++)
        acc[j] = (Vector){ 0 };
      for (gsize v = column / LANES; v < n_vectors; v++)
        {
          Vector known = load (x + v * LANES);

          UNROLL
          for (int j = 0; j < STEP; j++)
            acc[j] += load (l + j * ld + v * LANES) * known;
        }
      UNROLL
      for (int j = 0; j < STEP; j++)
        s[j] = w[column + j] - sum (acc[j]);
      UNROLL
      for (int j = STEP - 1; j >= 0; j--)
        {
          UNROLL
          for (int p = j + 1; p < STEP; p++)
            s[j] -= l[j * ld + column + p] * s[p];
          s[j] /= l[j * ld + column + j];
          x[column + j] = s[j];
        }
    }
}

static gboolean
kernel_cholesky (float *a, gsize ld, guint order, float *right, guint n_right, float *work)
{
  gsize n_vectors = (order + LANES - 1) / LANES;
  float noise = matinee_kernels_noise (order);
  gboolean good = TRUE;

  for (gsize column = 0; column < order; column += STEP)
    {
      float d[STEP][STEP];
      float least[STEP];
      float inverse[STEP];

      UNROLL
      for (int j = 0; j < STEP; j++)
        least[j] = noise * a[(column + j) * ld + column + j];
      update_columns (a, ld, column, n_vectors);
      UNROLL
      for (int j = 0; j < STEP; j++)
        UNROLL
      for (int i = j; i < STEP; i++)
        d[j][i] = a[(column + j) * ld + column + i];
      good &= factor_small (d, least, inverse);
      finish_columns (a, ld, column, n_vectors, d, inverse);
      for (guint side = 0; side < n_right; side++)
        forward (a, ld, column, n_vectors, d, inverse, right + side * ld, work + side * ld);
    }
  for (guint side = 0; side < n_right && good; side++)
    {
      memset (right + side * ld, 0, n_vectors * LANES * sizeof (float));
      backward (a, ld, order, n_vectors, work + side * ld, right + side * ld);
    }
  return good;
}

#include "matinee-kernels-lanes.h"
#include "matinee-kernels-rows.h"
#ifdef KERNELS_TILES
#  include "matinee-kernels-tiles.h"
#else
#  include "matinee-kernels-panel.h"
#endif

/* Measuring */

/* Enough independent sums to hide the latency of two units. */
#define FMA_CHAINS 12

static float
kernel_fma_loop (gsize rounds)
{
  Vector acc[FMA_CHAINS];
  Vector x = splat (0.5f);
  Vector y = splat (1.0f);

  UNROLL for (int i = 0; i < FMA_CHAINS; i++) acc[i] = splat ((float) i);
  for (gsize r = 0; r < rounds; r++)
    UNROLL for (int i = 0; i < FMA_CHAINS; i++) acc[i] = acc[i] * x + y;
  for (int i = 1; i < FMA_CHAINS; i++)
    acc[0] += acc[i];
  return sum (acc[0]);
}

const MatineeKernels KERNELS_TABLE = {
  .name = KERNELS_NAME,
  .lanes = LANES,
  .pack = kernel_pack,
  .sum_work = kernel_sum_work,
  .enter = kernel_enter,
  .leave = kernel_leave,
  .sum = kernel_sum,
  .targets = kernel_targets,
  .gather_transposed = kernel_gather_transposed,
  .gather_packed = kernel_gather_packed,
  .gram = kernel_gram,
  .combine = kernel_combine,
  .eliminate = kernel_eliminate,
  .dot = kernel_dot,
  .cholesky = kernel_cholesky,
  .predict = kernel_predict,
  .scale_add = kernel_scale_add,
  .normal = kernel_normal,
  .normal_chunks = kernel_normal_chunks,
  .scores = kernel_scores,
  .solve_lanes = kernel_solve_lanes,
  .fma_loop = kernel_fma_loop,
  .fma_loop_flops = 2 * LANES * FMA_CHAINS,
};
