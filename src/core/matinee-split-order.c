/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-split-rule.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "matinee-error.h"
#include "matinee-memory.h"
#include "matinee-random.h"

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

/* No place is before the first one, and all are before the last one. */
static const Place first_place = { 0, 0, 0 };
static const Place last_place = { G_MAXUINT64, G_MAXUINT32, G_MAXUINT32 };

/* The ratings from one place of the random order to another are the test ratings,
 * so nothing is shuffled and no order is kept in memory. */
typedef struct
{
  const MatineeSplitWork *work;
  guint32 *bins; /* (array BINS*n_workers): how many keys begin with each 16 bits */
  gsize bin;     /* of which places are collected */
  Place *places; /* (array n_places): the ratings of that bin */
  gsize n_places;
  atomic_size_t n_found;
  Place begin; /* the first place that is test */
  Place end;   /* the first place behind that is not */
} Order;

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
is_before (guint64 key, guint32 user, guint32 movie, const Place *place)
{
  if (G_LIKELY (key != place->key))
    return key < place->key;
  return compare_places (&(Place){ key, user, movie }, place) < 0;
}

static void
count_bins (gsize task, guint worker, gpointer data)
{
  Order *self = data;
  const MatineeSparse *all = self->work->ratings->by_user;
  guint32 *bins = self->bins + BINS * worker;
  guint32 row, last;

  for (matinee_split_work_get_rows (self->work, task, &row, &last); row < last; row++)
    {
      guint64 start = matinee_random_stream (self->work->params->seed, row);

      for (gsize e = all->offsets[row]; e < all->offsets[row + 1]; e++)
        bins[matinee_random_at (start, all->columns[e]) >> BIN_SHIFT]++;
    }
}

static void
collect_bin (gsize task, guint worker, gpointer data)
{
  Order *self = data;
  const MatineeSparse *all = self->work->ratings->by_user;
  guint32 row, last;

  for (matinee_split_work_get_rows (self->work, task, &row, &last); row < last; row++)
    {
      guint64 start = matinee_random_stream (self->work->params->seed, row);

      for (gsize e = all->offsets[row]; e < all->offsets[row + 1]; e++)
        {
          guint64 key = matinee_random_at (start, all->columns[e]);

          if (G_UNLIKELY (key >> BIN_SHIFT == self->bin))
            self->places[atomic_fetch_add_explicit (&self->n_found, 1, memory_order_relaxed)]
                = (Place){ key, row, all->columns[e] };
        }
    }
}

/* Finds the place that @rank others come before: first its bin, then among the few
 * ratings of that bin. */
static gboolean
find_place (Order *self, gsize rank, Place *place, GError **error)
{
  const MatineeSplitWork *work = self->work;
  guint n_workers = matinee_pool_get_n_threads (work->pool);
  gsize n_before = 0;
  gboolean done;

  *place = rank == 0 ? first_place : last_place;
  if (rank == 0 || rank == work->ratings->by_user->n_entries)
    return TRUE;
  for (self->bin = 0;; self->bin++)
    {
      self->n_places = 0;
      for (guint w = 0; w < n_workers; w++)
        self->n_places += self->bins[BINS * w + self->bin];
      if (n_before + self->n_places > rank)
        break;
      n_before += self->n_places;
    }

  self->places = matinee_alloc (self->n_places, sizeof (Place), _ ("splitting the ratings"), error);
  if (self->places == NULL)
    return FALSE;
  self->n_found = 0;
  done = matinee_pool_run (work->pool, work->n_tasks, collect_bin, self, work->stop);
  if (done)
    {
      qsort (self->places, self->n_places, sizeof (Place), compare_places);
      *place = self->places[rank - n_before];
    }
  else
    matinee_error_set_cancelled (error);
  matinee_free (g_steal_pointer (&self->places));
  return done;
}

/* From which rank to which the test goes. */
static void
get_ranks (const MatineeSplitWork *work, gsize *begin, gsize *end)
{
  const MatineeParams *params = work->params;
  gsize n = work->ratings->by_user->n_entries;

  if (params->split == MATINEE_SPLIT_FOLD)
    {
      *begin = (gsize) ((guint64) n * (params->fold - 1) / params->folds);
      *end = (gsize) ((guint64) n * params->fold / params->folds);
    }
  else
    {
      *begin = 0;
      *end = MIN ((gsize) round ((double) n * params->test_share), n - 1);
    }
}

static gboolean
prepare (MatineeSplitWork *work, GError **error)
{
  Order *self = g_new0 (Order, 1);
  gsize begin, end;

  work->state = self;
  self->work = work;
  get_ranks (work, &begin, &end);
  if (begin == end)
    return TRUE; /* from the first place to the first: none */
  self->bins = matinee_alloc0 (BINS * matinee_pool_get_n_threads (work->pool), sizeof (guint32),
                               _ ("splitting the ratings"), error);
  if (self->bins == NULL)
    return FALSE;
  if (!matinee_pool_run (work->pool, work->n_tasks, count_bins, self, work->stop))
    {
      matinee_error_set_cancelled (error);
      return FALSE;
    }
  return find_place (self, begin, &self->begin, error) && find_place (self, end, &self->end, error);
}

static void
mark (const MatineeSplitWork *work, guint worker, guint32 row, guint8 *marks)
{
  const Order *self = work->state;
  const MatineeSparse *all = work->ratings->by_user;
  const guint32 *columns = all->columns + all->offsets[row];
  guint64 start = matinee_random_stream (work->params->seed, row);
  gsize length = matinee_sparse_row_length (all, row);

  for (gsize i = 0; i < length; i++)
    {
      guint64 key = matinee_random_at (start, columns[i]);

      marks[i] = !is_before (key, row, columns[i], &self->begin) && is_before (key, row, columns[i], &self->end);
    }
}

static void
clear (MatineeSplitWork *work)
{
  Order *self = work->state;

  matinee_free (self->bins);
  g_free (self);
}

/* A random order of all ratings, of which a part is held out: its beginning, or a
 * fold. */
const MatineeSplitRule matinee_split_rule_order = { prepare, mark, clear };
