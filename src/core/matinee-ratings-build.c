/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-ratings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-levels.h"
#include "matinee-memory.h"
#include "matinee-row-sort.h"
#include "matinee-sparse-build.h"

/* Some triples of a chunk, few enough to look at the stop flag between them. */
typedef struct
{
  const MatineeTriples *chunk;
  gsize begin;
  gsize end;
} Piece;

/* Ratings on their way from the order of a file to that of users and movies.
 * Pieces keep that order, and each part of the counting sort takes some that lie
 * together, so that later duplicates come later in a row. */
typedef struct
{
  MatineeTriples *chunks;
  gsize n_chunks;
  Piece *pieces;
  gsize n_pieces;
  gsize n_entries;
  gboolean with_times;
  MatineeLevels levels;
  gboolean (*used)[MATINEE_MAX_LEVELS];  /* (array n_chunks): codes of the chunk that occur */
  guint8 (*recodes)[MATINEE_MAX_LEVELS]; /* (array n_chunks): code of the chunk → code of all */
  MatineeCounting counting;
  MatineeSparse *sparse;
  gint64 *times;
  gsize *lengths; /* (array n_rows): entries of each row without duplicates */
  MatineeRowSorter *sorters;
  GError **worker_errors;
  gsize n_row_tasks;
  MatineeStop *stop;
} Build;

/* Notes which codes a chunk uses. */
static void
find_used_codes (gsize task, guint worker, gpointer data)
{
  Build *self = data;
  const MatineeTriples *chunk = &self->chunks[task];

  if (chunk->codes != NULL)
    for (gsize i = 0; i < chunk->n; i++)
      self->used[task][chunk->codes[i]] = TRUE;
}

/* Adds the levels of a chunk to those of all; FALSE when they become too many. */
static gboolean
unite_levels (Build *self, gsize c)
{
  const MatineeTriples *chunk = &self->chunks[c];

  if (chunk->codes != NULL)
    for (int code = 0; code < MATINEE_MAX_LEVELS; code++)
      if (self->used[c][code] && matinee_levels_add (&self->levels, chunk->levels[code]) < 0)
        return FALSE;
  if (chunk->values != NULL)
    for (gsize i = 0; i < chunk->n; i++)
      if (matinee_levels_add (&self->levels, chunk->values[i]) < 0)
        return FALSE;
  return TRUE;
}

/* Finds out whether all have few enough distinct ratings for codes, and which. */
static gboolean
find_levels (Build *self, MatineePool *pool, gboolean *with_codes, GError **error)
{
  self->used = matinee_alloc0 (self->n_chunks, sizeof *self->used, _ ("reading the ratings"), error);
  if (self->used == NULL)
    return FALSE;
  *with_codes = matinee_pool_run (pool, self->n_chunks, find_used_codes, self, self->stop);
  for (gsize c = 0; c < self->n_chunks && *with_codes && !matinee_stop_requested (self->stop); c++)
    *with_codes = unite_levels (self, c);
  if (!matinee_stop_requested (self->stop))
    return TRUE;
  matinee_error_set_cancelled (error);
  return FALSE;
}

static gboolean
make_recodes (Build *self, GError **error)
{
  matinee_levels_sort (&self->levels);
  self->recodes = matinee_alloc0 (self->n_chunks, sizeof *self->recodes, _ ("reading the ratings"), error);
  if (self->recodes == NULL)
    return FALSE;
  for (gsize c = 0; c < self->n_chunks; c++)
    for (int code = 0; code < MATINEE_MAX_LEVELS; code++)
      for (guint level = 0; level < self->levels.n; level++)
        if (self->levels.values[level] == self->chunks[c].levels[code])
          self->recodes[c][code] = (guint8) level;
  return TRUE;
}

static gboolean
make_pieces (Build *self, GError **error)
{
  gsize n = 0;

  for (gsize c = 0; c < self->n_chunks; c++)
    {
      self->n_entries += self->chunks[c].n;
      self->n_pieces += (self->chunks[c].n + MATINEE_STOP_EVERY - 1) / MATINEE_STOP_EVERY;
      self->with_times = self->with_times || self->chunks[c].times != NULL;
    }
  self->pieces = matinee_alloc (self->n_pieces, sizeof (Piece), _ ("sorting the ratings"), error);
  if (self->pieces == NULL)
    return FALSE;
  for (gsize c = 0; c < self->n_chunks; c++)
    for (gsize begin = 0; begin < self->chunks[c].n; begin += MATINEE_STOP_EVERY)
      self->pieces[n++] = (Piece){ &self->chunks[c], begin, MIN (self->chunks[c].n, begin + MATINEE_STOP_EVERY) };
  return TRUE;
}

static void
count_part (gsize part, guint worker, gpointer data)
{
  Build *self = data;
  guint32 *counts = matinee_counting_get_part (&self->counting, part);
  gsize last = self->n_pieces * (part + 1) / self->counting.n_parts;

  for (gsize p = self->n_pieces * part / self->counting.n_parts; p < last; p++)
    {
      const Piece *piece = &self->pieces[p];

      if (matinee_stop_requested (self->stop))
        return;
      for (gsize i = piece->begin; i < piece->end; i++)
        counts[piece->chunk->users[i]]++;
    }
}

static void
move_piece (Build *self, const Piece *piece, guint32 *cursors)
{
  const MatineeTriples *chunk = piece->chunk;
  const guint8 *recode = self->recodes != NULL ? self->recodes[chunk - self->chunks] : NULL;
  MatineeSparse *sparse = self->sparse;

  for (gsize i = piece->begin; i < piece->end; i++)
    {
      guint32 at = cursors[chunk->users[i]]++;

      sparse->columns[at] = chunk->movies[i];
      if (recode == NULL)
        sparse->values[at] = (chunk->codes != NULL ? chunk->levels[chunk->codes[i]] : chunk->values[i]) + 0.0f;
      else if (chunk->codes != NULL)
        sparse->codes[at] = recode[chunk->codes[i]];
      else
        sparse->codes[at] = (guint8) matinee_levels_add (&self->levels, chunk->values[i]);
      if (self->times != NULL)
        self->times[at] = chunk->times != NULL ? chunk->times[i] : 0;
    }
}

static void
move_part (gsize part, guint worker, gpointer data)
{
  Build *self = data;
  guint32 *cursors = matinee_counting_get_part (&self->counting, part);
  gsize last = self->n_pieces * (part + 1) / self->counting.n_parts;

  for (gsize p = self->n_pieces * part / self->counting.n_parts; p < last; p++)
    {
      if (matinee_stop_requested (self->stop))
        return;
      move_piece (self, &self->pieces[p], cursors);
    }
}

static void
sort_rows (gsize task, guint worker, gpointer data)
{
  Build *self = data;
  gsize n = self->sparse->n_entries;
  guint32 row = matinee_sparse_row_at (self->sparse, n / self->n_row_tasks * task);
  guint32 last = task + 1 == self->n_row_tasks
                     ? self->sparse->n_rows
                     : matinee_sparse_row_at (self->sparse, n / self->n_row_tasks * (task + 1));

  if (self->worker_errors[worker] != NULL)
    return;
  for (; row < last; row++)
    if (!matinee_row_sorter_sort (&self->sorters[worker], row, &self->lengths[row], &self->worker_errors[worker]))
      return;
}

/* Moves rows together over what duplicates left behind; returns how many those
 * were. */
static gsize
close_gaps (Build *self)
{
  MatineeSparse *sparse = self->sparse;
  gsize at = 0, before = sparse->n_entries;

  for (guint32 row = 0; row < sparse->n_rows; row++)
    {
      gsize first = sparse->offsets[row], length = self->lengths[row];

      sparse->offsets[row] = at;
      if (at != first)
        {
          memmove (sparse->columns + at, sparse->columns + first, length * sizeof (guint32));
          if (sparse->codes != NULL)
            memmove (sparse->codes + at, sparse->codes + first, length);
          else
            memmove (sparse->values + at, sparse->values + first, length * sizeof (float));
          if (self->times != NULL)
            memmove (self->times + at, self->times + first, length * sizeof (gint64));
        }
      at += length;
    }
  sparse->offsets[sparse->n_rows] = at;
  sparse->n_entries = at;
  return before - at;
}

static gboolean
sort_all_rows (Build *self, MatineePool *pool, GError **error)
{
  guint n_workers = matinee_pool_get_n_threads (pool);
  gboolean done;

  self->lengths = matinee_alloc (self->sparse->n_rows, sizeof (gsize), _ ("sorting the ratings"), error);
  if (self->lengths == NULL)
    return FALSE;
  self->n_row_tasks = self->n_entries / MATINEE_STOP_EVERY + 1;
  self->sorters = g_new0 (MatineeRowSorter, n_workers);
  self->worker_errors = g_new0 (GError *, n_workers);
  for (guint w = 0; w < n_workers; w++)
    self->sorters[w] = (MatineeRowSorter){ .sparse = self->sparse, .times = self->times };

  done = matinee_pool_run (pool, self->n_row_tasks, sort_rows, self, self->stop);
  for (guint w = 0; w < n_workers; w++)
    {
      GError *failure = g_steal_pointer (&self->worker_errors[w]);

      matinee_row_sorter_clear (&self->sorters[w]);
      if (failure == NULL)
        continue;
      if (done)
        g_propagate_error (error, failure);
      else
        g_error_free (failure);
      if (done)
        return FALSE;
    }
  if (!done)
    matinee_error_set_cancelled (error);
  return done;
}

/* Drops the levels that no rating has any more because duplicates went. */
static void
drop_unused_levels (MatineeSparse *sparse, const guint64 *counts, guint *n_levels)
{
  guint8 recode[MATINEE_MAX_LEVELS] = { 0 };
  guint n = 0;

  for (guint code = 0; code < *n_levels; code++)
    if (counts[code] > 0)
      {
        sparse->levels[n] = sparse->levels[code];
        recode[code] = (guint8) n++;
      }
  if (n < *n_levels)
    for (gsize e = 0; e < sparse->n_entries; e++)
      sparse->codes[e] = recode[sparse->codes[e]];
  for (guint code = n; code < *n_levels; code++)
    sparse->levels[code] = 0;
  *n_levels = n;
}

static gboolean
build_sparse (Build *self, guint32 n_users, guint32 n_movies, MatineePool *pool, GError **error)
{
  gboolean with_codes;

  if (!find_levels (self, pool, &with_codes, error) || !make_pieces (self, error)
      || (with_codes && !make_recodes (self, error))
      || !matinee_counting_init (&self->counting, n_users, self->n_entries, pool, error))
    return FALSE;
  self->sparse = matinee_sparse_alloc (n_users, n_movies, self->n_entries, with_codes, error);
  if (self->sparse == NULL)
    return FALSE;
  if (with_codes)
    memcpy (self->sparse->levels, self->levels.values, sizeof self->levels.values);
  if (self->with_times)
    {
      self->times = matinee_alloc (self->n_entries, sizeof (gint64), _ ("the times of the ratings"), error);
      if (self->times == NULL)
        return FALSE;
    }

  if (matinee_pool_run (pool, self->counting.n_parts, count_part, self, self->stop))
    {
      matinee_counting_accumulate (&self->counting, self->sparse->offsets);
      matinee_pool_run (pool, self->counting.n_parts, move_part, self, self->stop);
    }
  if (matinee_stop_requested (self->stop))
    {
      matinee_error_set_cancelled (error);
      return FALSE;
    }
  matinee_counting_clear (&self->counting);
  for (gsize c = 0; c < self->n_chunks; c++)
    matinee_triples_clear (&self->chunks[c]);
  return sort_all_rows (self, pool, error);
}

static void
build_clear (Build *self)
{
  for (gsize c = 0; c < self->n_chunks; c++)
    matinee_triples_clear (&self->chunks[c]);
  matinee_counting_clear (&self->counting);
  matinee_free (self->pieces);
  matinee_free (self->used);
  matinee_free (self->recodes);
  matinee_sparse_free (self->sparse);
  matinee_free (self->times);
  matinee_free (self->lengths);
  g_free (self->sorters);
  g_free (self->worker_errors);
}

/**
 * matinee_ratings_new_chunked:
 * @users: the users' ids; a reference is taken
 * @movies: the movies' ids; a reference is taken
 * @chunks: (array length=n_chunks): triples, one chunk after the other in the
 *   order of the file; each with its own levels, with codes or with values.
 *   Their arrays are freed as soon as they are not needed, also on failure
 * @n_chunks: how many
 * @pool: who does it
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Puts ratings in order: by a counting sort by users, then each row by movies.
 * Of several ratings of one pair the last stays. At most 256 distinct ratings
 * become codes, whatever @chunks have.
 * Cost: O(n); memory: 5 bytes a rating (8 without codes, 8 more for times)
 * beside @chunks.
 *
 * Returns: (transfer full) (nullable): the ratings; or %NULL with
 *   %MATINEE_ERROR_MEMORY, %MATINEE_ERROR_CANCELLED or %MATINEE_ERROR_DATA (no
 *   ratings, or more than 2³² − 1)
 */
MatineeRatings *
matinee_ratings_new_chunked (MatineeIds *users, MatineeIds *movies, MatineeTriples *chunks, gsize n_chunks,
                             MatineePool *pool, MatineeStop *stop, GError **error)
{
  Build self = { .chunks = chunks, .n_chunks = n_chunks, .stop = stop };
  g_autoptr (MatineeRatings) ratings = NULL;
  MatineeSparseSummary summary;
  guint n_levels;

  if (!build_sparse (&self, matinee_ids_get_n (users), matinee_ids_get_n (movies), pool, error))
    {
      build_clear (&self);
      return NULL;
    }
  ratings = g_new0 (MatineeRatings, 1);
  g_atomic_ref_count_init (&ratings->ref_count);
  ratings->users = matinee_ids_ref (users);
  ratings->movies = matinee_ids_ref (movies);
  ratings->n_duplicates = close_gaps (&self);
  ratings->by_user = g_steal_pointer (&self.sparse);
  ratings->times = g_steal_pointer (&self.times);
  ratings->period = MATINEE_PERIOD_NEVER;
  for (gsize e = 0; ratings->times != NULL && e < ratings->by_user->n_entries; e++)
    matinee_period_add (&ratings->period, ratings->times[e]);
  n_levels = ratings->by_user->codes != NULL ? self.levels.n : 0;
  build_clear (&self);

  if (ratings->by_user->n_entries == 0)
    {
      g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_DATA, _ ("There are no ratings"));
      return NULL;
    }
  if (!matinee_sparse_summarize (ratings->by_user, pool, stop, &summary, error))
    return NULL;
  if (n_levels > 0)
    {
      drop_unused_levels (ratings->by_user, summary.counts, &n_levels);
      ratings->step = matinee_levels_find_step (ratings->by_user->levels, n_levels);
    }
  ratings->n_levels = n_levels;
  ratings->mean = summary.mean;
  ratings->low = summary.low;
  ratings->high = summary.high;
  return g_steal_pointer (&ratings);
}

/**
 * matinee_ratings_new:
 * @users: the users' ids; a reference is taken
 * @movies: the movies' ids; a reference is taken
 * @triples: the ratings; the arrays are freed, also on failure
 * @pool: who does it
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Puts ratings in order: see matinee_ratings_new_chunked().
 *
 * Returns: (transfer full) (nullable): the ratings, or %NULL with an error
 */
MatineeRatings *
matinee_ratings_new (MatineeIds *users, MatineeIds *movies, MatineeTriples *triples, MatineePool *pool,
                     MatineeStop *stop, GError **error)
{
  return matinee_ratings_new_chunked (users, movies, triples, 1, pool, stop, error);
}
