/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-triples.h"

#include <string.h>

#include "matinee-memory.h"
#include "matinee-random.h"

static guint64
draw (const SampleTriples *shape, guint64 stream, guint64 i, guint64 below)
{
  return matinee_random_u64 (shape->seed, stream, i) % below;
}

void
sample_triples_make (const SampleTriples *shape, MatineeTriples *triples)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gboolean with_codes = shape->n_levels <= MATINEE_MAX_LEVELS;
  guint64 tries = 0;

  g_assert_true (matinee_triples_alloc (triples, shape->n, with_codes, NULL));
  if (shape->with_times)
    triples->times = matinee_alloc (shape->n, sizeof (gint64), "test", NULL);
  for (guint l = 0; with_codes && l < shape->n_levels; l++)
    triples->levels[l] = 0.5f * (float) ((l + 3) % shape->n_levels) - 1;
  for (gsize i = 0; i < shape->n; tries++)
    {
      gint64 pair[2]
          = { (gint64) draw (shape, 1, tries, shape->n_users), (gint64) draw (shape, 2, tries, shape->n_movies) };
      gint64 key = pair[0] << 32 | pair[1];

      if (shape->distinct && !g_hash_table_add (seen, g_memdup2 (&key, sizeof key)))
        continue;
      triples->users[i] = (guint32) pair[0];
      triples->movies[i] = (guint32) pair[1];
      if (with_codes)
        triples->codes[i] = (guint8) draw (shape, 3, i, shape->n_levels);
      else
        triples->values[i] = (float) draw (shape, 3, i, shape->n_levels) / 8 - 100;
      if (shape->with_times)
        triples->times[i] = (gint64) draw (shape, 4, i, 1u << 31);
      i++;
    }
}

#define SWAP(type, array, i, j)                                                                                        \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    type held_ = (array)[i];                                                                                           \
                                                                                                                       \
    (array)[i] = (array)[j];                                                                                           \
    (array)[j] = held_;                                                                                                \
  }                                                                                                                    \
  G_STMT_END

void
sample_triples_permute (MatineeTriples *triples, guint64 seed)
{
  for (gsize i = triples->n; i > 1; i--)
    {
      gsize j = matinee_random_u64 (seed, 0, i) % i;

      SWAP (guint32, triples->users, i - 1, j);
      SWAP (guint32, triples->movies, i - 1, j);
      if (triples->codes != NULL)
        SWAP (guint8, triples->codes, i - 1, j);
      else
        SWAP (float, triples->values, i - 1, j);
      if (triples->times != NULL)
        SWAP (gint64, triples->times, i - 1, j);
    }
}

static gpointer
part (gconstpointer array, gsize first, gsize n, gsize size)
{
  gpointer copy = matinee_alloc (n, size, "test", NULL);

  memcpy (copy, (const char *) array + first * size, n * size);
  return copy;
}

/* Every other chunk has values where @triples have codes. */
void
sample_triples_cut (MatineeTriples *triples, MatineeTriples *chunks, gsize n_chunks)
{
  for (gsize c = 0; c < n_chunks; c++)
    {
      gsize first = triples->n * c / n_chunks, n = triples->n * (c + 1) / n_chunks - first;
      MatineeTriples *chunk = &chunks[c];

      *chunk = (MatineeTriples){ .n = n };
      chunk->users = part (triples->users, first, n, sizeof (guint32));
      chunk->movies = part (triples->movies, first, n, sizeof (guint32));
      if (triples->times != NULL)
        chunk->times = part (triples->times, first, n, sizeof (gint64));
      memcpy (chunk->levels, triples->levels, sizeof chunk->levels);
      if (triples->codes == NULL)
        chunk->values = part (triples->values, first, n, sizeof (float));
      else if (c % 2 == 0)
        chunk->codes = part (triples->codes, first, n, 1);
      else
        {
          chunk->values = matinee_alloc (n, sizeof (float), "test", NULL);
          for (gsize i = 0; i < n; i++)
            chunk->values[i] = triples->levels[triples->codes[first + i]];
        }
    }
  matinee_triples_clear (triples);
}

MatineeIds *
sample_ids (guint32 n, gint64 step)
{
  gint64 *ids = matinee_alloc (n, sizeof (gint64), "test", NULL);

  for (guint32 i = 0; i < n; i++)
    ids[i] = step * ((gint64) i + 1);
  return matinee_ids_new_integer (ids, n, NULL);
}

MatineeRatings *
sample_ratings (const SampleTriples *shape, MatineePool *pool)
{
  g_autoptr (MatineeIds) users = sample_ids (shape->n_users, 10);
  g_autoptr (MatineeIds) movies = sample_ids (shape->n_movies, 7);
  g_autoptr (GError) error = NULL;
  MatineeTriples triples;
  MatineeRatings *ratings;

  sample_triples_make (shape, &triples);
  ratings = matinee_ratings_new (users, movies, &triples, pool, NULL, &error);
  g_assert_no_error (error);
  return ratings;
}

void
assert_same_sparse (const MatineeSparse *a, const MatineeSparse *b)
{
  g_assert_cmpuint (a->n_rows, ==, b->n_rows);
  g_assert_cmpuint (a->n_columns, ==, b->n_columns);
  g_assert_cmpuint (a->n_entries, ==, b->n_entries);
  g_assert_cmpmem (a->offsets, (a->n_rows + 1) * sizeof (gsize), b->offsets, (b->n_rows + 1) * sizeof (gsize));
  g_assert_cmpmem (a->columns, a->n_entries * sizeof (guint32), b->columns, b->n_entries * sizeof (guint32));
  g_assert_cmpmem (a->levels, sizeof a->levels, b->levels, sizeof b->levels);
  g_assert_cmpint (a->codes == NULL, ==, b->codes == NULL);
  if (a->codes != NULL)
    g_assert_cmpmem (a->codes, a->n_entries, b->codes, b->n_entries);
  else
    g_assert_cmpmem (a->values, a->n_entries * sizeof (float), b->values, b->n_entries * sizeof (float));
}

void
assert_same_ratings (const MatineeRatings *a, const MatineeRatings *b)
{
  char in_a[MATINEE_ID_BUFFER], in_b[MATINEE_ID_BUFFER];

  assert_same_sparse (a->by_user, b->by_user);
  g_assert_cmpuint (matinee_ratings_get_n_users (a), ==, matinee_ratings_get_n_users (b));
  g_assert_cmpuint (matinee_ratings_get_n_movies (a), ==, matinee_ratings_get_n_movies (b));
  for (guint32 i = 0; i < matinee_ratings_get_n_users (a); i++)
    g_assert_cmpstr (matinee_ids_format (a->users, i, in_a), ==, matinee_ids_format (b->users, i, in_b));
  for (guint32 i = 0; i < matinee_ratings_get_n_movies (a); i++)
    g_assert_cmpstr (matinee_ids_format (a->movies, i, in_a), ==, matinee_ids_format (b->movies, i, in_b));
  g_assert_cmpmem (&a->mean, sizeof a->mean, &b->mean, sizeof b->mean);
  g_assert_cmpfloat (a->low, ==, b->low);
  g_assert_cmpfloat (a->high, ==, b->high);
  g_assert_cmpfloat (a->step, ==, b->step);
  g_assert_cmpuint (a->n_levels, ==, b->n_levels);
  g_assert_cmpuint (a->n_duplicates, ==, b->n_duplicates);
  g_assert_cmpint (a->times == NULL, ==, b->times == NULL);
  if (a->times != NULL)
    g_assert_cmpmem (a->times, a->by_user->n_entries * sizeof (gint64), b->times,
                     b->by_user->n_entries * sizeof (gint64));
}
