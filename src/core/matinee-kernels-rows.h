/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Part of the kernel template: products of gathered rows with one vector, for
 * evaluation and conjugate gradients, and of blocks of users with blocks of
 * movies, for scoring.
 */

/* Rows of factors fetched before they are needed. */
#define ROWS_AHEAD 16

/* Adds up each of as many vectors as there are lanes: lane i of the result is the
 * sum over vector i. Halving by perfect shuffles, so that no lane is idle. */
INLINE Vector
sum_each (Vector *v)
{
  UNROLL for (int n = LANES / 2; n >= 1; n /= 2) UNROLL for (int i = 0; i < n; i++) v[i]
      = shuffle_low (v[i], v[i + n]) + shuffle_high (v[i], v[i + n]);
  return v[0];
}

INLINE void
fetch_row (const float *row, gsize width)
{
  for (gsize f = 0; f < width; f += FLOATS_PER_LINE)
    __builtin_prefetch (row + f);
}

/* Products of x with as many rows as there are lanes; @n of them count. */
INLINE Vector
rows_times (const float *const *from, const float *x, gsize width)
{
  Vector acc[LANES];

  UNROLL for (int i = 0; i < LANES; i++) acc[i] = load (from[i]) * load (x);
  for (gsize f = LANES; f < width; f += LANES)
    {
      Vector xf = load (x + f);

      UNROLL for (int i = 0; i < LANES; i++) acc[i] += load (from[i] + f) * xf;
    }
  return sum_each (acc);
}

/* Where the next rows lie; beyond the end the last again. */
INLINE void
point_at (const float **from, const float *rows, gsize stride, const guint32 *columns, gsize r, gsize n, gsize width,
          gboolean fetch)
{
  for (gsize i = 0; i < LANES; i++)
    {
      gsize at = MIN (r + i, n - 1);

      from[i] = rows + (columns != NULL ? columns[at] : at) * stride;
      if (columns != NULL && fetch && r + i + ROWS_AHEAD < n)
        fetch_row (rows + columns[r + i + ROWS_AHEAD] * stride, width);
    }
}

static void
kernel_predict (const float *rows, gsize stride, gsize width, const guint32 *columns, gsize n, const float *x,
                float *products)
{
  for (gsize r = 0; r < n; r += LANES)
    {
      const float *from[LANES];

      point_at (from, rows, stride, columns, r, n, width, TRUE);
      store (products + r, rows_times (from, x, width));
    }
}

/* out += Σ d_i row_i for as many rows as there are lanes. */
INLINE void
add_rows (const float *const *from, Vector d, gsize width, float *out)
{
  float each[LANES] __attribute__ ((aligned (sizeof (Vector))));
  Vector weights[LANES];

  store (each, d);
  UNROLL for (int i = 0; i < LANES; i++) weights[i] = splat (each[i]);
  for (gsize f = 0; f < width; f += LANES)
    {
      Vector acc = load (out + f);
      Vector other = { 0 };

      UNROLL for (int i = 0; i < LANES; i += 2)
      {
        acc += load (from[i] + f) * weights[i];
        other += load (from[i + 1] + f) * weights[i + 1];
      }
      store (out + f, acc + other);
    }
}

/* Lanes from @n on become zero. */
INLINE Vector
first_lanes (Vector v, gsize n)
{
  float each[LANES] __attribute__ ((aligned (sizeof (Vector))));

  store (each, v);
  for (gsize i = n; i < LANES; i++)
    each[i] = 0.0f;
  return load (each);
}

static float
kernel_normal (const float *rows, gsize stride, gsize width, const guint32 *columns, gsize n, const float *x,
               float bias, const float *targets, float *out, gboolean fetch)
{
  Vector total = { 0 };

  for (gsize f = 0; f < width; f += LANES)
    store (out + f, (Vector){ 0 });
  for (gsize r = 0; r < n; r += LANES)
    {
      const float *from[LANES];
      Vector d;

      point_at (from, rows, stride, columns, r, n, width, fetch);
      d = rows_times (from, x, width) + bias;
      if (targets != NULL)
        d = load (targets + r) - d;
      if (r + LANES > n)
        d = first_lanes (d, n - r);
      total += d;
      add_rows (from, d, width, out);
    }
  return sum (total);
}

/* The same for rows that lie transposed in chunks: ratings in lanes, so that
 * products need no sum across lanes, and the sums over ratings only one. */

INLINE void
chunk_part (const float *chunk, gsize n, gsize width, const float *x, float bias, const float *targets, float *sums,
            Vector *total, const int vectors)
{
  const int splits = 8 / vectors;
  Vector d[8];

  UNROLL for (int i = 0; i < 8; i++) d[i] = (Vector){ 0 };
  for (gsize f = 0; f < width; f += splits)
    UNROLL for (int s = 0; s < splits; s++) UNROLL for (int v = 0; v < vectors; v++) d[s * vectors + v]
        += load (chunk + (f + s) * MATINEE_CHUNK + v * LANES) * x[f + s];
  UNROLL for (int v = 0; v < vectors; v++)
  {
    UNROLL for (int s = 1; s < splits; s++) d[v] += d[s * vectors + v];
    d[v] += bias;
    if (targets != NULL)
      d[v] = load (targets + v * LANES) - d[v];
    if ((gsize) (v + 1) * LANES > n)
      d[v] = first_lanes (d[v], n - MIN (n, (gsize) v * LANES));
    *total += d[v];
  }
  for (gsize f = 0; f < width; f++)
    {
      Vector acc = load (sums + f * LANES);

      UNROLL for (int v = 0; v < vectors; v++) acc += load (chunk + f * MATINEE_CHUNK + v * LANES) * d[v];
      store (sums + f * LANES, acc);
    }
}

static float
kernel_normal_chunks (const float *panel, gsize n, gsize width, const float *x, float bias, const float *targets,
                      float *out, float *sums, const MatineeRows *ahead)
{
  Vector total = { 0 };
  gsize fetched = 0;

  for (gsize f = 0; f < width; f++)
    store (sums + f * LANES, (Vector){ 0 });
  for (gsize first = 0; first < n; first += MATINEE_CHUNK, panel += MATINEE_CHUNK * width)
    {
      gsize left = MIN (MATINEE_CHUNK, n - first);
      gsize at = 0;

      for (gsize end = (first + left) * ahead->n / n; fetched < end; fetched++)
        fetch_row (ahead->rows + ahead->columns[fetched] * ahead->stride, width);
      for (; at + 2 * LANES < left; at += 4 * LANES)
        chunk_part (panel + at, left - at, width, x, bias, targets != NULL ? targets + first + at : NULL, sums, &total,
                    4);
      for (; at < left; at += LANES)
        chunk_part (panel + at, left - at, width, x, bias, targets != NULL ? targets + first + at : NULL, sums, &total,
                    1);
    }
  for (gsize f = 0; f < width; f += LANES)
    {
      Vector each[LANES];

      UNROLL for (int i = 0; i < LANES; i++) each[i] = load (sums + (f + (gsize) i) * LANES);
      store (out + f, sum_each (each));
    }
  return sum (total);
}

static void
kernel_scale_add (float *a, float scale, float factor, const float *b, gsize width)
{
  for (gsize f = 0; f < width; f += LANES)
    store (a + f, load (a + f) * scale + load (b + f) * factor);
}

/* Scoring */

#if LANES == 16
#  define SCORE_VECTORS 4
#  define SCORE_MOVIES 4
#else
#  define SCORE_VECTORS 2
#  define SCORE_MOVIES 4
#endif

INLINE gboolean
any (Mask mask)
{
  gint64 parts[LANES / 2];
  gint64 all = 0;

  memcpy (parts, &mask, sizeof parts);
  UNROLL for (int i = 0; i < LANES / 2; i++) all |= parts[i];
  return all != 0;
}

static gsize
kernel_scores (const float *users, gsize n_users, const float *movies, gsize n_movies, gsize stride, guint order,
               const float *biases, const float *least, float *scores, guint32 *candidates)
{
  gsize n_candidates = 0;

  for (gsize u = 0; u < n_users; u += SCORE_VECTORS * LANES)
    for (gsize i = 0; i < n_movies; i += SCORE_MOVIES)
      {
        Tile t = { users + u, movies + i, order, stride, FALSE, scores + i * stride + u, stride, NULL, NULL };

        tile (&t, SCORE_VECTORS, SCORE_MOVIES, 1, 0, NULL);
      }
  for (gsize i = 0; i < n_movies; i++)
    {
      float *row = scores + i * stride;
      Mask better = { 0 };

      for (gsize u = 0; u < n_users; u += LANES)
        {
          Vector s = load (row + u) + biases[i];

          store (row + u, s);
          better |= s > load (least + u);
        }
      if (any (better))
        candidates[n_candidates++] = (guint32) i;
    }
  return n_candidates;
}
