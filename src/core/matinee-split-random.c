/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-split.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-memory.h"
#include "matinee-random.h"
#include "matinee-sparse-build.h"

#define LARGEST_TEST_SHARE 0.95
#define BINS ((gsize) 1 << 16)
#define BIN_SHIFT 48

/* Where a rating stands in the random order of all: by its key, which is a
 * function of seed, user and movie; pairs of one key by user and movie. */
typedef struct
{
  guint64 key;
  guint32 user;
  guint32 movie;
} Place;

/* The split in the making. The ratings of the n_test lowest places are the test
 * ratings, so nothing is shuffled and no order is kept in memory. */
typedef struct
{
  const MatineeSparse *all;
  guint64 seed;
  gsize n_test;
  gsize n_tasks;
  guint32 *bins;  /* (array BINS*n_workers): how many keys begin with each 16 bits */
  gsize bin;      /* the bin in which the last test rating lies */
  gsize n_before; /* ratings in the bins before it */
  Place *places;  /* (array n_places): the ratings of that bin */
  gsize n_places;
  atomic_size_t n_found;
  Place limit; /* the first place that is not test */
  MatineeSparse *train;
  MatineeSparse *test;
} Random;

static void
get_task_rows (const Random *self, gsize task, guint32 *first, guint32 *last)
{
  gsize n = self->all->n_entries;

  *first = matinee_sparse_row_at (self->all, n / self->n_tasks * task);
  *last = task + 1 == self->n_tasks ? self->all->n_rows
                                    : matinee_sparse_row_at (self->all, n / self->n_tasks * (task + 1));
}

static int
compare_places (const void *a, const void *b)
{
  const Place *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->user != y->user)
    return x->user < y->user ? -1 : 1;
  return (x->movie > y->movie) - (x->movie < y->movie);
}

static inline gboolean
is_test (const Random *self, guint64 key, guint32 user, guint32 movie)
{
  if (G_LIKELY (key != self->limit.key))
    return key < self->limit.key;
  return compare_places (&(Place){ key, user, movie }, &self->limit) < 0;
}

static void
count_bins (gsize task, guint worker, gpointer data)
{
  Random *self = data;
  guint32 *bins = self->bins + BINS * worker;
  guint32 row, last;

  for (get_task_rows (self, task, &row, &last); row < last; row++)
    {
      guint64 start = matinee_random_stream (self->seed, row);

      for (gsize e = self->all->offsets[row]; e < self->all->offsets[row + 1]; e++)
        bins[matinee_random_at (start, self->all->columns[e]) >> BIN_SHIFT]++;
    }
}

static void
collect_bin (gsize task, guint worker, gpointer data)
{
  Random *self = data;
  guint32 row, last;

  for (get_task_rows (self, task, &row, &last); row < last; row++)
    {
      guint64 start = matinee_random_stream (self->seed, row);

      for (gsize e = self->all->offsets[row]; e < self->all->offsets[row + 1]; e++)
        {
          guint64 key = matinee_random_at (start, self->all->columns[e]);

          if (G_UNLIKELY (key >> BIN_SHIFT == self->bin))
            self->places[atomic_fetch_add_explicit (&self->n_found, 1, memory_order_relaxed)]
                = (Place){ key, row, self->all->columns[e] };
        }
    }
}

/* Finds the place that n_test others come before: first its bin, then among the
 * few ratings of that bin. */
static gboolean
find_limit (Random *self, MatineePool *pool, MatineeStop *stop, GError **error)
{
  guint n_workers = matinee_pool_get_n_threads (pool);

  self->bins = matinee_alloc0 (BINS * n_workers, sizeof (guint32), _ ("splitting the ratings"), error);
  if (self->bins == NULL)
    return FALSE;
  if (!matinee_pool_run (pool, self->n_tasks, count_bins, self, stop))
    {
      matinee_error_set_cancelled (error);
      return FALSE;
    }
  for (self->bin = 0; self->bin < BINS; self->bin++)
    {
      self->n_places = 0;
      for (guint w = 0; w < n_workers; w++)
        self->n_places += self->bins[BINS * w + self->bin];
      if (self->n_before + self->n_places > self->n_test)
        break;
      self->n_before += self->n_places;
    }

  self->places = matinee_alloc (self->n_places, sizeof (Place), _ ("splitting the ratings"), error);
  if (self->places == NULL)
    return FALSE;
  if (!matinee_pool_run (pool, self->n_tasks, collect_bin, self, stop))
    {
      matinee_error_set_cancelled (error);
      return FALSE;
    }
  qsort (self->places, self->n_places, sizeof (Place), compare_places);
  self->limit = self->places[self->n_test - self->n_before];
  return TRUE;
}

static void
count_rows (gsize task, guint worker, gpointer data)
{
  Random *self = data;
  guint32 row, last;

  for (get_task_rows (self, task, &row, &last); row < last; row++)
    {
      guint64 start = matinee_random_stream (self->seed, row);
      gsize n = 0;

      for (gsize e = self->all->offsets[row]; e < self->all->offsets[row + 1]; e++)
        n += is_test (self, matinee_random_at (start, self->all->columns[e]), row, self->all->columns[e]);
      self->test->offsets[row + 1] = n;
      self->train->offsets[row + 1] = matinee_sparse_row_length (self->all, row) - n;
    }
}

static void
move_rows (gsize task, guint worker, gpointer data)
{
  Random *self = data;
  const MatineeSparse *all = self->all;
  guint32 row, last;

  for (get_task_rows (self, task, &row, &last); row < last; row++)
    {
      guint64 start = matinee_random_stream (self->seed, row);
      gsize to_train = self->train->offsets[row], to_test = self->test->offsets[row];

      for (gsize e = all->offsets[row]; e < all->offsets[row + 1]; e++)
        {
          gboolean test = is_test (self, matinee_random_at (start, all->columns[e]), row, all->columns[e]);
          MatineeSparse *to = test ? self->test : self->train;
          gsize at = test ? to_test++ : to_train++;

          to->columns[at] = all->columns[e];
          if (all->codes != NULL)
            to->codes[at] = all->codes[e];
          else
            to->values[at] = all->values[e];
        }
    }
}

static gboolean
divide (Random *self, MatineePool *pool, MatineeStop *stop, GError **error)
{
  const MatineeSparse *all = self->all;
  gboolean with_codes = all->codes != NULL;

  self->train = matinee_sparse_alloc (all->n_rows, all->n_columns, all->n_entries - self->n_test, with_codes, error);
  if (self->train == NULL)
    return FALSE;
  self->test = matinee_sparse_alloc (all->n_rows, all->n_columns, self->n_test, with_codes, error);
  if (self->test == NULL)
    return FALSE;
  memcpy (self->train->levels, all->levels, sizeof all->levels);
  memcpy (self->test->levels, all->levels, sizeof all->levels);

  self->train->offsets[0] = self->test->offsets[0] = 0;
  if (matinee_pool_run (pool, self->n_tasks, count_rows, self, stop))
    {
      for (guint32 row = 0; row < all->n_rows; row++)
        {
          self->train->offsets[row + 1] += self->train->offsets[row];
          self->test->offsets[row + 1] += self->test->offsets[row];
        }
      if (matinee_pool_run (pool, self->n_tasks, move_rows, self, stop))
        return TRUE;
    }
  matinee_error_set_cancelled (error);
  return FALSE;
}

static gboolean
random_run (Random *self, MatineePool *pool, MatineeStop *stop, GError **error)
{
  if (self->n_test > 0 && !find_limit (self, pool, stop, error))
    return FALSE;
  return divide (self, pool, stop, error);
}

/**
 * matinee_split_new_random:
 * @ratings: all ratings
 * @test_share: the share held out for testing, 0 … 0.95
 * @seed: the same seed gives the same split
 * @pool: who does it
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Holds out ratings drawn at random: the nearest whole number to @test_share of
 * all, but never all of them. Which these are depends on the ratings and the
 * seed alone: not on the order of the file's lines, nor on the number of
 * threads. Each rating gets a random key, a function of seed, user and movie
 * (see matinee_random_u64()), and those with the lowest keys are the test.
 * Cost: O(n); memory: 10 bytes a rating in all (16 without codes).
 *
 * Returns: (transfer full) (nullable): the split; or %NULL with
 *   %MATINEE_ERROR_PARAMS, %MATINEE_ERROR_MEMORY or %MATINEE_ERROR_CANCELLED
 */
MatineeSplit *
matinee_split_new_random (MatineeRatings *ratings, double test_share, guint64 seed, MatineePool *pool,
                          MatineeStop *stop, GError **error)
{
  gsize n = matinee_ratings_get_n (ratings);
  Random self = { .all = ratings->by_user, .seed = seed, .n_tasks = n / MATINEE_STOP_EVERY + 1 };
  MatineeSplit *split = NULL;

  if (!(test_share >= 0 && test_share <= LARGEST_TEST_SHARE))
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS, _ ("The test share is %g; it must be from 0 to %g"),
                   test_share, LARGEST_TEST_SHARE);
      return NULL;
    }
  self.n_test = MIN ((gsize) round ((double) n * test_share), n - 1);
  if (random_run (&self, pool, stop, error))
    split = matinee_split_new_parts (g_steal_pointer (&self.train), g_steal_pointer (&self.test), pool, stop, error);

  matinee_free (self.bins);
  matinee_free (self.places);
  matinee_sparse_free (self.train);
  matinee_sparse_free (self.test);
  return split;
}
