/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Part of the kernel template: as many small systems as a vector has lanes are
 * factorised side by side, one in each lane. Nothing waits for a square root
 * or for a sum across lanes, which is what takes the time when small systems
 * are solved one by one.
 *
 * The lower triangles lie in blocks of four rows: row i has room for the columns
 * up to the end of its diagonal block. The right sides are further rows below
 * the last: factorising them along is the forward substitution.
 */

#define BLOCK 4

/* Columns that a tile of four rows takes at once, within the registers. */
#define LANES_COLS (LANES == 16 ? 4 : 2)

INLINE gsize
lanes_row (gsize i)
{
  gsize b = i / BLOCK;

  return BLOCK * BLOCK * b * (b + 1) / 2 + i % BLOCK * BLOCK * (b + 1);
}

INLINE gsize
lanes_stride (gsize i)
{
  return BLOCK * (i / BLOCK + 1);
}

/* Brings element (i, j) of system s to lane s of vector row(i) + j, four rows at
 * least below the diagonal. */
static void
lanes_interleave (Vector *m, float *const *systems, gsize ld, guint order)
{
  for (gsize j = 0; j < order; j++)
    for (gsize first = j / LANES * LANES; first < order; first += LANES)
      {
        Vector block[LANES];

        UNROLL for (int s = 0; s < LANES; s++) block[s] = load (systems[s] + j * ld + first);
        transpose (block);
        UNROLL for (int i = 0; i < LANES; i++) if (first + i >= j && first + i < order) m[lanes_row (first + i) + j]
            = block[i];
      }
}

static void
lanes_interleave_right (Vector *row, float *const *systems, gsize offset, guint order)
{
  for (gsize first = 0; first < order; first += LANES)
    {
      Vector block[LANES];

      UNROLL for (int s = 0; s < LANES; s++) block[s] = load (systems[s] + offset + first);
      transpose (block);
      UNROLL for (int i = 0; i < LANES; i++) if (first + i < order) row[first + i] = block[i];
    }
}

static void
lanes_return (const Vector *row, float *const *systems, gsize offset, guint order)
{
  for (gsize first = 0; first < order; first += LANES)
    {
      Vector block[LANES];

      UNROLL for (int i = 0; i < LANES; i++) block[i] = first + i < order ? row[first + i] : (Vector){ 0 };
      transpose (block);
      UNROLL for (int s = 0; s < LANES; s++) store (systems[s] + offset + first, block[s]);
    }
}

/* out[r][c] −= Σ_{p < n} a[r][p] b[c][p] for a block of four columns */
INLINE void
lanes_update (Vector *a, const Vector *b, gsize n, gsize a_stride, gsize b_stride, const int rows)
{
  UNROLL for (int c0 = 0; c0 < BLOCK; c0 += LANES_COLS)
  {
    Vector acc[BLOCK * LANES_COLS];

    UNROLL for (int r = 0; r < rows; r++) UNROLL for (int c = 0; c < LANES_COLS; c++) acc[r * LANES_COLS + c]
        = a[r * a_stride + n + c0 + c];
    for (gsize p = 0; p < n; p++)
      {
        Vector y[LANES_COLS];

        UNROLL for (int c = 0; c < LANES_COLS; c++) y[c] = b[(c0 + c) * b_stride + p];
        UNROLL for (int r = 0; r < rows; r++)
        {
          Vector x = a[r * a_stride + p];

          UNROLL for (int c = 0; c < LANES_COLS; c++) acc[r * LANES_COLS + c] -= x * y[c];
        }
      }
    UNROLL for (int r = 0; r < rows; r++) UNROLL for (int c = 0; c < LANES_COLS; c++) a[r * a_stride + n + c0 + c]
        = acc[r * LANES_COLS + c];
  }
}

/* Rows below a diagonal block: solve x L₁₁ᵀ = a from the right. */
INLINE void
lanes_below (Vector *a, gsize a_stride, const Vector *diagonal, gsize stride, const Vector *inverse, const int rows)
{
  UNROLL for (int r = 0; r < rows; r++)
  {
    Vector x[BLOCK];

    UNROLL for (int c = 0; c < BLOCK; c++)
    {
      x[c] = a[r * a_stride + c];
      UNROLL for (int p = 0; p < c; p++) x[c] -= x[p] * diagonal[c * stride + p];
      x[c] *= inverse[c];
      a[r * a_stride + c] = x[c];
    }
  }
}

/* Compilers make one instruction of it. */
INLINE Vector
square_root (Vector v)
{
  float each[LANES] __attribute__ ((aligned (sizeof (Vector))));

  store (each, v);
  for (int i = 0; i < LANES; i++)
    each[i] = sqrtf (each[i]);
  return load (each);
}

/* Factorises a diagonal block; a lane whose pivot is noise loses its @good. */
INLINE void
lanes_diagonal (Vector *d, gsize stride, const Vector *least, Vector *inverse, Mask *good)
{
  UNROLL for (int j = 0; j < BLOCK; j++)
  {
    Vector pivot = d[j * stride + j];

    *good &= pivot > least[j];
    inverse[j] = 1.0f / square_root (pivot);
    d[j * stride + j] = pivot * inverse[j];
    UNROLL for (int i = j + 1; i < BLOCK; i++) d[i * stride + j] *= inverse[j];
    UNROLL for (int i = j + 1; i < BLOCK; i++) UNROLL for (int c = j + 1; c <= i; c++) d[i * stride + c]
        -= d[i * stride + j] * d[c * stride + j];
  }
}

static void
lanes_factorise (Vector *m, guint order, guint n_right, Vector *inverse, Mask *good)
{
  float noise = matinee_kernels_noise (order);

  for (gsize j = 0; j < order; j += BLOCK)
    {
      Vector *bj = m + lanes_row (j);
      gsize stride = lanes_stride (j);
      Vector *right = m + lanes_row (order);
      Vector least[BLOCK];

      UNROLL for (int c = 0; c < BLOCK; c++) least[c] = bj[c * stride + j + c] * noise;
      lanes_update (bj, bj, j, stride, stride, BLOCK);
      lanes_diagonal (bj + j, stride, least, inverse + j, good);
      for (gsize i = j + BLOCK; i < order; i += BLOCK)
        {
          lanes_update (m + lanes_row (i), bj, j, lanes_stride (i), stride, BLOCK);
          lanes_below (m + lanes_row (i) + j, lanes_stride (i), bj + j, stride, inverse + j, BLOCK);
        }
      for (guint r = 0; r < n_right; r++)
        {
          Vector *row = right + r * lanes_stride (order);

          lanes_update (row, bj, j, lanes_stride (order), stride, 1);
          lanes_below (row + j, lanes_stride (order), bj + j, stride, inverse + j, 1);
        }
    }
}

/* Lᵀ x = w in place */
static void
lanes_backward (const Vector *m, guint order, const Vector *inverse, Vector *w)
{
  for (gsize i = order; i > 0;)
    {
      const Vector *li;
      gsize stride;
      Vector x[BLOCK];

      i -= BLOCK;
      li = m + lanes_row (i);
      stride = lanes_stride (i);
      UNROLL for (int c = BLOCK - 1; c >= 0; c--)
      {
        x[c] = w[i + c];
        UNROLL for (int r = c + 1; r < BLOCK; r++) x[c] -= li[r * stride + i + c] * x[r];
        x[c] *= inverse[i + c];
        w[i + c] = x[c];
      }
      for (gsize p = 0; p < i; p++)
        {
          Vector sum = w[p];

          UNROLL for (int r = 0; r < BLOCK; r++) sum -= li[r * stride + p] * x[r];
          w[p] = sum;
        }
    }
}

static guint
kernel_solve_lanes (float *const *systems, gsize ld, guint order, gsize right, guint n_right, float *work)
{
  Vector *inverse = (Vector *) work;
  Vector *m = inverse + order;
  Mask good = (Mask){ 0 } == 0;
  guint result = 0;

  lanes_interleave (m, systems, ld, order);
  for (guint r = 0; r < n_right; r++)
    lanes_interleave_right (m + lanes_row (order) + r * lanes_stride (order), systems, right + r * ld, order);
  lanes_factorise (m, order, n_right, inverse, &good);
  for (guint r = 0; r < n_right; r++)
    {
      Vector *row = m + lanes_row (order) + r * lanes_stride (order);

      lanes_backward (m, order, inverse, row);
      lanes_return (row, systems, right + r * ld, order);
    }
  for (int s = 0; s < LANES; s++)
    if (good[s] != 0)
      result |= 1u << s;
  return result;
}
