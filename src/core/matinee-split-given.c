/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-split.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-memory.h"
#include "matinee-sort.h"
#include "matinee-sparse-build.h"

static int
compare_texts (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
check_total (const MatineeIds *a, const MatineeIds *b, GError **error)
{
  if ((gsize) matinee_ids_get_n (a) + matinee_ids_get_n (b) < G_MAXUINT32)
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA, _ ("There are too many ids: at most %u can be used"),
               G_MAXUINT32 - 1);
  return FALSE;
}

static MatineeIds *
unite_integers (const MatineeIds *a, const MatineeIds *b, MatineePool *pool, MatineeStop *stop, GError **error)
{
  const MatineeIds *both[] = { a, b };
  gint64 *all
      = matinee_alloc ((gsize) matinee_ids_get_n (a) + matinee_ids_get_n (b), sizeof (gint64), _ ("the ids"), error);
  guint32 n = 0, kept = 0;

  if (all == NULL)
    return NULL;
  for (int t = 0; t < 2; t++)
    for (guint32 i = 0; i < matinee_ids_get_n (both[t]); i++)
      all[n++] = matinee_ids_get_integer (both[t], i);
  if (!matinee_sort (all, n, sizeof (gint64), matinee_sort_compare_integers, pool, stop, error))
    {
      matinee_free (all);
      return NULL;
    }
  for (guint32 i = 0; i < n; i++)
    if (kept == 0 || all[kept - 1] != all[i])
      all[kept++] = all[i];
  return matinee_ids_new_integer (all, kept, error);
}

/* At least one of both is text: all are compared as they are shown. */
static MatineeIds *
unite_texts (const MatineeIds *a, const MatineeIds *b, MatineePool *pool, MatineeStop *stop, GError **error)
{
  const MatineeIds *both[] = { a, b };
  gsize total = (gsize) matinee_ids_get_n (a) + matinee_ids_get_n (b);
  const char **all = matinee_alloc (total, sizeof (char *), _ ("the ids"), error);
  g_autoptr (GStringChunk) numbers = g_string_chunk_new (4096);
  MatineeIds *ids = NULL;
  guint32 n = 0, kept = 0;

  if (all == NULL)
    return NULL;
  for (int t = 0; t < 2; t++)
    for (guint32 i = 0; i < matinee_ids_get_n (both[t]); i++)
      {
        char buffer[MATINEE_ID_BUFFER];
        const char *text = matinee_ids_format (both[t], i, buffer);

        all[n++] = text == buffer ? g_string_chunk_insert (numbers, text) : text;
      }
  if (matinee_sort (all, n, sizeof (char *), compare_texts, pool, stop, error))
    {
      for (guint32 i = 0; i < n; i++)
        if (kept == 0 || strcmp (all[kept - 1], all[i]) != 0)
          all[kept++] = all[i];
      ids = matinee_ids_new_text (all, kept, error);
    }
  matinee_free (all);
  return ids;
}

static MatineeIds *
unite_ids (const MatineeIds *a, const MatineeIds *b, MatineePool *pool, MatineeStop *stop, GError **error)
{
  if (!check_total (a, b, error))
    return NULL;
  if (matinee_ids_get_kind (a) == MATINEE_IDS_INTEGER && matinee_ids_get_kind (b) == MATINEE_IDS_INTEGER)
    return unite_integers (a, b, pool, stop, error);
  return unite_texts (a, b, pool, stop, error);
}

/* Where each id of @from stands in @to, which holds them all. */
static guint32 *
make_map (const MatineeIds *from, const MatineeIds *to, GError **error)
{
  guint32 n = matinee_ids_get_n (from);
  guint32 *map = matinee_alloc (n, sizeof (guint32), _ ("the ids"), error);

  for (guint32 i = 0; map != NULL && i < n; i++)
    {
      char buffer[MATINEE_ID_BUFFER];

      if (!matinee_ids_find (to, matinee_ids_format (from, i, buffer), &map[i]))
        g_assert_not_reached ();
    }
  return map;
}

/* Ratings on their way to triples of the united ids. */
typedef struct
{
  const MatineeSparse *by_user;
  guint32 *user_map;
  guint32 *movie_map;
  MatineeTriples *triples;
  gsize n_tasks;
} Writing;

static void
write_rows (gsize task, guint worker, gpointer data)
{
  Writing *self = data;
  const MatineeSparse *by_user = self->by_user;
  MatineeTriples *triples = self->triples;
  gsize n = by_user->n_entries;
  guint32 row = matinee_sparse_row_at (by_user, n / self->n_tasks * task);
  guint32 last
      = task + 1 == self->n_tasks ? by_user->n_rows : matinee_sparse_row_at (by_user, n / self->n_tasks * (task + 1));

  for (; row < last; row++)
    for (gsize e = by_user->offsets[row]; e < by_user->offsets[row + 1]; e++)
      {
        triples->users[e] = self->user_map[row];
        triples->movies[e] = self->movie_map[by_user->columns[e]];
        if (by_user->codes != NULL)
          triples->codes[e] = by_user->codes[e];
        else
          triples->values[e] = by_user->values[e];
      }
}

/* Writes @ratings out as triples of the united ids. */
static gboolean
make_triples (const MatineeRatings *ratings, const MatineeIds *users, const MatineeIds *movies, MatineeTriples *triples,
              MatineePool *pool, MatineeStop *stop, GError **error)
{
  const MatineeSparse *by_user = ratings->by_user;
  Writing self = { .by_user = by_user, .triples = triples, .n_tasks = by_user->n_entries / MATINEE_STOP_EVERY + 1 };
  gboolean done = FALSE;

  *triples = (MatineeTriples){ 0 };
  self.user_map = make_map (ratings->users, users, error);
  if (self.user_map != NULL)
    self.movie_map = make_map (ratings->movies, movies, error);
  if (self.movie_map != NULL && matinee_triples_alloc (triples, by_user->n_entries, by_user->codes != NULL, error))
    {
      memcpy (triples->levels, by_user->levels, sizeof triples->levels);
      done = matinee_pool_run (pool, self.n_tasks, write_rows, &self, stop);
      if (!done)
        {
          matinee_triples_clear (triples);
          matinee_error_set_cancelled (error);
        }
    }
  matinee_free (self.user_map);
  matinee_free (self.movie_map);
  return done;
}

/* @ratings, with the united ids. */
static MatineeRatings *
widen (const MatineeRatings *ratings, MatineeIds *users, MatineeIds *movies, MatineePool *pool, MatineeStop *stop,
       GError **error)
{
  MatineeTriples triples;

  if (!make_triples (ratings, users, movies, &triples, pool, stop, error))
    return NULL;
  return matinee_ratings_new (users, movies, &triples, pool, stop, error);
}

static MatineeRatings *
join (const MatineeRatings *train, const MatineeRatings *test, MatineeIds *users, MatineeIds *movies, MatineePool *pool,
      MatineeStop *stop, GError **error)
{
  g_autofree MatineeTriples *chunks = g_new0 (MatineeTriples, 2);

  if (!make_triples (train, users, movies, &chunks[0], pool, stop, error))
    return NULL;
  if (!make_triples (test, users, movies, &chunks[1], pool, stop, error))
    {
      matinee_triples_clear (&chunks[0]);
      return NULL;
    }
  return matinee_ratings_new_chunked (users, movies, chunks, 2, pool, stop, error);
}

/**
 * matinee_split_new_given:
 * @train: the ratings to learn from
 * @test: the ratings to test on, from another file
 * @joined: (out) (transfer full): both together, with the ids of both: the
 *   indices of the split are those of its users and movies. Of a pair that is
 *   in both, the rating of @test stays, and it is counted as a duplicate
 * @pool: who does it
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Makes a split of two files. Users and movies of either are in the split;
 * those without training ratings are cold.
 * Cost: O(n + ids × log ids); memory: up to 25 bytes a rating meanwhile.
 *
 * Returns: (transfer full) (nullable): the split; or %NULL with
 *   %MATINEE_ERROR_MEMORY, %MATINEE_ERROR_CANCELLED or %MATINEE_ERROR_DATA
 */
MatineeSplit *
matinee_split_new_given (MatineeRatings *train, MatineeRatings *test, MatineeRatings **joined, MatineePool *pool,
                         MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeIds) users = unite_ids (train->users, test->users, pool, stop, error);
  g_autoptr (MatineeIds) movies = users != NULL ? unite_ids (train->movies, test->movies, pool, stop, error) : NULL;
  g_autoptr (MatineeRatings) all = NULL;
  g_autoptr (MatineeRatings) wide_train = NULL;
  g_autoptr (MatineeRatings) wide_test = NULL;
  MatineeSplit *split;

  if (movies == NULL)
    return NULL;
  all = join (train, test, users, movies, pool, stop, error);
  if (all == NULL)
    return NULL;
  wide_train = widen (train, users, movies, pool, stop, error);
  if (wide_train == NULL)
    return NULL;
  wide_test = widen (test, users, movies, pool, stop, error);
  if (wide_test == NULL)
    return NULL;

  split = matinee_split_new_parts (g_steal_pointer (&wide_train->by_user), g_steal_pointer (&wide_test->by_user), pool,
                                   stop, error);
  if (split == NULL)
    return NULL;
  split->train_period = train->period;
  split->test_period = test->period;
  *joined = g_steal_pointer (&all);
  return split;
}
