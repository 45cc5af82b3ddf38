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
point_at (const float **from, const float *rows, gsize stride, const guint32 *columns, gsize r, gsize n, gsize width)
{
  for (gsize i = 0; i < LANES; i++)
    {
      gsize at = MIN (r + i, n - 1);

      from[i] = rows + (columns != NULL ? columns[at] : at) * stride;
      if (columns != NULL && r + i + ROWS_AHEAD < n)
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

      point_at (from, rows, stride, columns, r, n, width);
      store (products + r, rows_times (from, x, width));
    }
}

static float
kernel_normal (const float *rows, gsize stride, gsize width, const guint32 *columns, gsize n, const float *x,
               float bias, const float *targets, float *out)
{
  Vector total = { 0 };

  for (gsize f = 0; f < width; f += LANES)
    store (out + f, (Vector){ 0 });
  for (gsize r = 0; r < n; r += LANES)
    {
      const float *from[LANES];
      float each[LANES] __attribute__ ((aligned (sizeof (Vector))));
      Vector d;

      point_at (from, rows, stride, columns, r, n, width);
      d = rows_times (from, x, width) + bias;
      if (targets != NULL)
        d = load (targets + r) - d;
      store (each, d);
      for (gsize i = n - r; i < LANES; i++)
        each[i] = 0.0f;
      total += load (each);
      for (gsize f = 0; f < width; f += LANES)
        {
          Vector acc = load (out + f);
          Vector other = { 0 };

          UNROLL for (int i = 0; i < LANES; i += 2)
            {
              acc += load (from[i] + f) * each[i];
              other += load (from[i + 1] + f) * each[i + 1];
            }
          store (out + f, acc + other);
        }
    }
  return sum (total);
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
      tile (users + u, movies + i, order, stride, FALSE, scores + i * stride + u, stride, SCORE_VECTORS, SCORE_MOVIES,
            1, NULL);
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
