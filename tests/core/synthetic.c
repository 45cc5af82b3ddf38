/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "synthetic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How often films are drawn for one user until they are different. */
#define DRAW_ROUNDS 8

/* Ten half stars, as MovieLens has them. */
#define N_LEVELS 10

/* SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195). */
guint64
synthetic_random (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

double
synthetic_uniform (guint64 *state)
{
  return (double) (synthetic_random (state) >> 11) * 0x1p-53;
}

double
synthetic_normal (guint64 *state)
{
  double radius = sqrt (-2.0 * log (1.0 - synthetic_uniform (state)));

  return radius * cos (2.0 * G_PI * synthetic_uniform (state));
}

static MatineeSparse *
allocate (guint32 n_rows, guint32 n_columns, gsize n, gboolean with_codes)
{
  g_autoptr (GError) error = NULL;
  MatineeSparse *sparse = matinee_sparse_alloc (n_rows, n_columns, n, with_codes, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < N_LEVELS; i++)
    sparse->levels[i] = 0.5f + 0.5f * (float) i;
  return sparse;
}

void
synthetic_set_value (MatineeSparse *ratings, gsize entry, float value)
{
  if (ratings->codes != NULL)
    ratings->codes[entry] = (guint8) lrintf (2.0f * CLAMP (value, 0.5f, 5.0f) - 1.0f);
  else
    ratings->values[entry] = value;
}

MatineeSparse *
synthetic_transpose (const MatineeSparse *by_user)
{
  MatineeSparse *by_movie = allocate (by_user->n_columns, by_user->n_rows, by_user->n_entries, by_user->codes != NULL);
  g_autofree gsize *next = g_new0 (gsize, (gsize) by_user->n_columns + 1);

  memcpy (by_movie->levels, by_user->levels, sizeof by_movie->levels);
  for (gsize e = 0; e < by_user->n_entries; e++)
    by_movie->offsets[by_user->columns[e] + 1]++;
  for (guint32 i = 0; i < by_movie->n_rows; i++)
    by_movie->offsets[i + 1] += by_movie->offsets[i];
  memcpy (next, by_movie->offsets, by_movie->n_rows * sizeof *next);
  for (guint32 u = 0; u < by_user->n_rows; u++)
    for (gsize e = by_user->offsets[u]; e < by_user->offsets[u + 1]; e++)
      {
        gsize to = next[by_user->columns[e]]++;

        by_movie->columns[to] = u;
        if (by_user->codes != NULL)
          by_movie->codes[to] = by_user->codes[e];
        else
          by_movie->values[to] = by_user->values[e];
      }
  return by_movie;
}

static void
fill_values (MatineeSparse *by_user, guint64 *state)
{
  for (gsize e = 0; e < by_user->n_entries; e++)
    synthetic_set_value (by_user, e, (float) (3.5 + synthetic_normal (state)));
}

/* A user of each length; movies evenly drawn without repetition. */
Synthetic *
synthetic_from_lengths (const guint32 *lengths, guint32 n_users, guint32 n_movies, gboolean with_codes, guint64 seed)
{
  Synthetic *data = g_new0 (Synthetic, 1);
  gsize n = 0;

  for (guint32 u = 0; u < n_users; u++)
    n += lengths[u];
  data->by_user = allocate (n_users, n_movies, n, with_codes);
  for (guint32 u = 0; u < n_users; u++)
    {
      gsize to = data->by_user->offsets[u];
      guint32 wanted = lengths[u];

      for (guint32 i = 0; i < n_movies; i++)
        if (synthetic_uniform (&seed) * (n_movies - i) < wanted)
          {
            data->by_user->columns[to++] = i;
            wanted--;
          }
      data->by_user->offsets[u + 1] = to;
    }
  g_assert_cmpuint (data->by_user->offsets[n_users], ==, n);
  fill_values (data->by_user, &seed);
  data->by_movie = synthetic_transpose (data->by_user);
  return data;
}

static int
compare_columns (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

static guint32
unique (guint32 *columns, guint32 n)
{
  guint32 kept = 0;

  qsort (columns, n, sizeof *columns, compare_columns);
  for (guint32 i = 0; i < n; i++)
    if (kept == 0 || columns[kept - 1] != columns[i])
      columns[kept++] = columns[i];
  return kept;
}

/* How many ratings each user has: log-normal about its median, at least 20
 * where there is room, scaled to the wanted sum. */
static guint32 *
draw_lengths (guint32 n_users, guint32 n_movies, gsize n_ratings, guint64 *state)
{
  double spread = 1.25;
  double mean = (double) n_ratings / n_users;
  double median = mean / exp (spread * spread / 2);
  double least = MIN (20.0, mean / 2);
  double sum = 0.0;
  double scale;
  guint32 *lengths = g_new (guint32, n_users);
  g_autofree double *raw = g_new (double, n_users);

  for (guint32 u = 0; u < n_users; u++)
    {
      raw[u] = exp (spread * synthetic_normal (state));
      sum += CLAMP (median * raw[u], least, n_movies / 8.0);
    }
  /* Limits change the sum a little. */
  scale = median * (double) n_ratings / sum;
  for (guint32 u = 0; u < n_users; u++)
    lengths[u] = (guint32) CLAMP (scale * raw[u] + 0.5, least, n_movies / 8.0);
  return lengths;
}

/* Films by popularity: weight 1 / (rank + shift)^1.1 gives MovieLens' mixture of
 * films with 80 000 ratings and films with one. Drawn by bisection in a table
 * of cumulated weights that starts from a guide, so in O(1) or so. */
typedef struct
{
  double *cumulated;
  guint32 *guide;
  guint32 *movie_of_rank;
  guint32 n;
} Popularity;

static void
popularity_init (Popularity *popularity, guint32 n, guint64 *state)
{
  double sum = 0.0;
  guint32 rank = 0;

  popularity->n = n;
  popularity->cumulated = g_new (double, n);
  popularity->guide = g_new (guint32, n);
  popularity->movie_of_rank = g_new (guint32, n);
  for (guint32 i = 0; i < n; i++)
    {
      sum += pow ((double) i + 0.006 * n, -1.9);
      popularity->cumulated[i] = sum;
      popularity->movie_of_rank[i] = i;
    }
  for (guint32 i = 0; i < n; i++)
    {
      guint32 other = (guint32) (synthetic_random (state) % (i + 1));

      popularity->movie_of_rank[i] = popularity->movie_of_rank[other];
      popularity->movie_of_rank[other] = i;
      popularity->cumulated[i] /= sum;
    }
  for (guint32 i = 0; i < n; i++)
    {
      while (rank + 1 < n && popularity->cumulated[rank] < (double) i / n)
        rank++;
      popularity->guide[i] = rank;
    }
}

static guint32
popularity_draw (const Popularity *popularity, guint64 *state)
{
  double at = synthetic_uniform (state);
  guint32 rank = popularity->guide[(guint32) (at * popularity->n)];

  while (rank + 1 < popularity->n && popularity->cumulated[rank] < at)
    rank++;
  return popularity->movie_of_rank[rank];
}

static void
popularity_clear (Popularity *popularity)
{
  g_free (popularity->cumulated);
  g_free (popularity->guide);
  g_free (popularity->movie_of_rank);
}

/* Log-normal users and power-law films, about @n_ratings ratings. */
Synthetic *
synthetic_from_shape (guint32 n_users, guint32 n_movies, gsize n_ratings, guint64 seed)
{
  Synthetic *data = g_new0 (Synthetic, 1);
  g_autofree guint32 *lengths = draw_lengths (n_users, n_movies, n_ratings, &seed);
  g_autofree guint32 *films = g_new (guint32, n_movies);
  Popularity popularity;
  gsize n = 0;

  popularity_init (&popularity, n_movies, &seed);
  for (guint32 u = 0; u < n_users; u++)
    n += lengths[u];
  data->by_user = allocate (n_users, n_movies, n, TRUE);
  n = 0;
  for (guint32 u = 0; u < n_users; u++)
    {
      guint32 drawn = 0;

      /* What was drawn twice is drawn again, but not forever: some have seen
       * a quarter of all films. */
      for (guint round = 0; round < DRAW_ROUNDS && drawn < lengths[u]; round++)
        {
          for (guint32 i = drawn; i < lengths[u]; i++)
            films[i] = popularity_draw (&popularity, &seed);
          drawn = unique (films, lengths[u]);
        }
      memcpy (data->by_user->columns + n, films, drawn * sizeof *films);
      data->by_user->offsets[u + 1] = n += drawn;
    }
  data->by_user->n_entries = n;
  popularity_clear (&popularity);
  fill_values (data->by_user, &seed);
  data->by_movie = synthetic_transpose (data->by_user);
  return data;
}

void
synthetic_free (Synthetic *data)
{
  if (data == NULL)
    return;
  matinee_sparse_free (data->by_user);
  matinee_sparse_free (data->by_movie);
  g_free (data);
}

static void
fill_side (float *rows, float *biases, guint32 n, guint k, gsize stride, double scale, guint64 *state)
{
  for (guint32 row = 0; row < n; row++)
    {
      biases[row] = (float) (0.3 * synthetic_normal (state));
      for (guint f = 0; f < k; f++)
        rows[row * stride + f] = (float) (scale * synthetic_normal (state));
    }
}

/* Normal factors of standard deviation @scale, biases of 0.3, mean 3.5. */
MatineeFactors *
synthetic_factors (guint32 n_users, guint32 n_movies, guint k, double scale, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  MatineeFactors *factors = matinee_factors_new (n_users, n_movies, k, &error);

  g_assert_no_error (error);
  factors->mean = 3.5;
  fill_side (factors->user_factors, factors->user_biases, n_users, k, factors->stride, scale, &seed);
  fill_side (factors->movie_factors, factors->movie_biases, n_movies, k, factors->stride, scale, &seed);
  return factors;
}
