/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-sparse-build.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-memory.h"

/* Ratings summed at a time: the sums of blocks are added in their order, so that
 * the mean is the same for any number of threads. */
#define SUM_BLOCK ((gsize) 1 << 16)

/* Entries between asking for a place and writing there. */
#define PREFETCH_AHEAD 32

#define PARTS_PER_THREAD 4

/**
 * matinee_counting_init:
 * @counting: (out caller-allocates): a counting sort
 * @n_keys: keys
 * @n_entries: entries that will be sorted
 * @pool: who will do it
 * @error: return location
 *
 * Chooses the number of parts, a few for each thread so that one that is held up
 * doesn't hold up all, unless the tables would then be large beside the entries;
 * and clears the counts.
 *
 * Returns: %FALSE with %MATINEE_ERROR_MEMORY, or %MATINEE_ERROR_DATA for more
 *   than 2³² − 1 entries
 */
gboolean
matinee_counting_init (MatineeCounting *counting, guint32 n_keys, gsize n_entries, MatineePool *pool, GError **error)
{
  gsize worth = 1 + n_entries / 16 / MAX (n_keys, 1);

  if (n_entries > G_MAXUINT32)
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA, _ ("There are %zu ratings; at most %u can be used"),
                   n_entries, G_MAXUINT32);
      return FALSE;
    }
  counting->n_parts = (guint) MIN (worth, (gsize) PARTS_PER_THREAD * matinee_pool_get_n_threads (pool));
  counting->n_keys = n_keys;
  counting->cursors
      = matinee_alloc0 ((gsize) counting->n_parts * n_keys, sizeof (guint32), _ ("sorting the ratings"), error);
  return counting->cursors != NULL;
}

/**
 * matinee_counting_clear:
 * @counting: a counting sort
 *
 * Frees what it holds.
 */
void
matinee_counting_clear (MatineeCounting *counting)
{
  matinee_free (g_steal_pointer (&counting->cursors));
}

/**
 * matinee_counting_get_part:
 * @counting: a counting sort
 * @part: 0 … n_parts − 1
 *
 * Returns: (transfer none) (array): the counts, later cursors, of a part
 */
guint32 *
matinee_counting_get_part (MatineeCounting *counting, gsize part)
{
  return counting->cursors + part * counting->n_keys;
}

/**
 * matinee_counting_accumulate:
 * @counting: a counting sort whose parts have been counted
 * @offsets: (array n_keys+1): where the entries of each key begin
 *
 * Turns counts into cursors: entries of a key lie together, those of earlier
 * parts first. Cost: O(n_parts × n_keys).
 */
void
matinee_counting_accumulate (MatineeCounting *counting, gsize *offsets)
{
  guint32 n_keys = counting->n_keys;
  guint32 sum = 0;

  for (guint32 key = 0; key < n_keys; key++)
    {
      offsets[key] = sum;
      for (gsize part = 0; part < counting->n_parts; part++)
        {
          guint32 *cursor = &counting->cursors[part * n_keys + key];
          guint32 count = *cursor;

          *cursor = sum;
          sum += count;
        }
    }
  offsets[n_keys] = sum;
}

/**
 * matinee_sparse_row_at:
 * @sparse: ratings
 * @entry: 0 … n_entries
 *
 * Cuts rows into parts of about as many entries. Cost: O(log n_rows).
 *
 * Returns: the first row that begins at @entry or after; 0 for 0, n_rows for
 *   n_entries
 */
guint32
matinee_sparse_row_at (const MatineeSparse *sparse, gsize entry)
{
  guint32 low = 0, high = sparse->n_rows;

  if (entry >= sparse->n_entries)
    return sparse->n_rows;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (sparse->offsets[middle] < entry)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* What the tasks of a transposition share. */
typedef struct
{
  const MatineeSparse *from;
  MatineeSparse *to;
  MatineeCounting counting;
  MatineeStop *stop;
} Transposition;

static void
get_part_rows (const Transposition *self, gsize part, guint32 *first, guint32 *last)
{
  gsize n = self->from->n_entries, parts = self->counting.n_parts;

  *first = matinee_sparse_row_at (self->from, n * part / parts);
  *last = matinee_sparse_row_at (self->from, n * (part + 1) / parts);
}

static void
count_part (gsize part, guint worker, gpointer data)
{
  Transposition *self = data;
  guint32 *counts = matinee_counting_get_part (&self->counting, part);
  guint32 first, last;
  gsize end;

  get_part_rows (self, part, &first, &last);
  end = self->from->offsets[last];
  for (gsize e = self->from->offsets[first]; e < end;)
    {
      gsize until = MIN (end, e + MATINEE_STOP_EVERY);

      if (matinee_stop_requested (self->stop))
        return;
      for (; e < until; e++)
        counts[self->from->columns[e]]++;
    }
}

/* Moves the entries from @first to @last, all of row @row. Where an entry goes
 * is seldom in the cache, so that place is asked for some entries ahead; it may
 * by then be off by the few that go to the same column, which does no harm. */
static void
move_entries (const Transposition *self, guint32 *cursors, guint32 row, gsize first, gsize last)
{
  const MatineeSparse *from = self->from;
  MatineeSparse *to = self->to;

  for (gsize e = first; e < last; e++)
    {
      guint32 ahead = cursors[from->columns[MIN (e + PREFETCH_AHEAD, from->n_entries - 1)]];
      guint32 at = cursors[from->columns[e]]++;

      __builtin_prefetch (&to->columns[ahead], 1);
      to->columns[at] = row;
      if (from->codes != NULL)
        {
          __builtin_prefetch (&to->codes[ahead], 1);
          to->codes[at] = from->codes[e];
        }
      else
        {
          __builtin_prefetch (&to->values[ahead], 1);
          to->values[at] = from->values[e];
        }
    }
}

static void
move_part (gsize part, guint worker, gpointer data)
{
  Transposition *self = data;
  const gsize *offsets = self->from->offsets;
  guint32 *cursors = matinee_counting_get_part (&self->counting, part);
  guint32 first, last;
  gsize next_look = 0;

  get_part_rows (self, part, &first, &last);
  for (guint32 row = first; row < last; row++)
    {
      if (offsets[row] >= next_look)
        {
          if (matinee_stop_requested (self->stop))
            return;
          next_look = offsets[row] + MATINEE_STOP_EVERY;
        }
      move_entries (self, cursors, row, offsets[row], offsets[row + 1]);
    }
}

/**
 * matinee_sparse_transpose:
 * @sparse: ratings
 * @pool: who does it
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Turns rows into columns by a counting sort. Cost: O(n_entries + threads ×
 * n_columns); memory beside the result: at most 16 bytes × threads × n_columns.
 *
 * Returns: (transfer full) (nullable): the ratings, with the columns of @sparse
 *   as rows; or %NULL with %MATINEE_ERROR_MEMORY, %MATINEE_ERROR_CANCELLED or
 *   %MATINEE_ERROR_DATA (too many)
 */
MatineeSparse *
matinee_sparse_transpose (const MatineeSparse *sparse, MatineePool *pool, MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeSparse) turned = NULL;
  Transposition self = { .from = sparse, .stop = stop };
  gboolean done;

  turned = matinee_sparse_alloc (sparse->n_columns, sparse->n_rows, sparse->n_entries, sparse->codes != NULL, error);
  if (turned == NULL || !matinee_counting_init (&self.counting, sparse->n_columns, sparse->n_entries, pool, error))
    return NULL;
  memcpy (turned->levels, sparse->levels, sizeof turned->levels);
  self.to = turned;

  done = matinee_pool_run (pool, self.counting.n_parts, count_part, &self, stop);
  if (done)
    {
      matinee_counting_accumulate (&self.counting, turned->offsets);
      done = matinee_pool_run (pool, self.counting.n_parts, move_part, &self, stop);
    }
  matinee_counting_clear (&self.counting);
  if (!done || matinee_stop_requested (stop))
    {
      matinee_error_set_cancelled (error);
      return NULL;
    }
  return g_steal_pointer (&turned);
}

/* What one block of ratings adds to a summary. */
typedef struct
{
  double sum;
  float low;
  float high;
} BlockSummary;

typedef struct
{
  const MatineeSparse *sparse;
  gsize n_blocks;
  gsize n_tasks;
  BlockSummary *blocks;                  /* (array n_blocks), without codes */
  guint64 (*counts)[MATINEE_MAX_LEVELS]; /* (array n_tasks), with codes */
} Summing;

static void
count_codes (gsize task, guint worker, gpointer data)
{
  Summing *self = data;
  gsize n = self->sparse->n_entries;
  const guint8 *codes = self->sparse->codes;
  /* Four tables, so that equal codes in a row don't wait for each other. */
  guint32 counts[4][MATINEE_MAX_LEVELS] = { 0 };
  gsize e = n / self->n_tasks * task;
  gsize end = task + 1 == self->n_tasks ? n : n / self->n_tasks * (task + 1);

  for (; e + 4 <= end; e += 4)
    for (int i = 0; i < 4; i++)
      counts[i][codes[e + (gsize) i]]++;
  for (; e < end; e++)
    counts[0][codes[e]]++;
  for (int c = 0; c < MATINEE_MAX_LEVELS; c++)
    self->counts[task][c] = (guint64) counts[0][c] + counts[1][c] + counts[2][c] + counts[3][c];
}

static void
sum_block (gsize task, guint worker, gpointer data)
{
  Summing *self = data;
  const float *values = self->sparse->values;
  gsize end = MIN (self->sparse->n_entries, (task + 1) * SUM_BLOCK);
  BlockSummary block = { 0, INFINITY, -INFINITY };

  for (gsize e = task * SUM_BLOCK; e < end; e++)
    {
      block.sum += (double) values[e];
      block.low = MIN (block.low, values[e]);
      block.high = MAX (block.high, values[e]);
    }
  self->blocks[task] = block;
}

static gboolean
summarize_codes (Summing *self, MatineePool *pool, MatineeStop *stop, MatineeSparseSummary *summary, GError **error)
{
  double sum = 0;
  gboolean done;

  self->n_tasks = self->sparse->n_entries / SUM_BLOCK + 1;
  self->counts = matinee_alloc0 (self->n_tasks, sizeof *self->counts, _ ("summing up the ratings"), error);
  if (self->counts == NULL)
    return FALSE;
  done = matinee_pool_run (pool, self->n_tasks, count_codes, self, stop);
  for (gsize task = 0; task < self->n_tasks; task++)
    for (int c = 0; c < MATINEE_MAX_LEVELS; c++)
      summary->counts[c] += self->counts[task][c];
  matinee_free (self->counts);
  for (int c = 0; c < MATINEE_MAX_LEVELS; c++)
    if (summary->counts[c] > 0)
      {
        sum += (double) summary->counts[c] * (double) self->sparse->levels[c];
        summary->low = MIN (summary->low, self->sparse->levels[c]);
        summary->high = MAX (summary->high, self->sparse->levels[c]);
      }
  summary->mean = sum / (double) MAX (self->sparse->n_entries, 1);
  if (!done)
    matinee_error_set_cancelled (error);
  return done;
}

static gboolean
summarize_values (Summing *self, MatineePool *pool, MatineeStop *stop, MatineeSparseSummary *summary, GError **error)
{
  double sum = 0;
  gboolean done;

  self->n_blocks = (self->sparse->n_entries + SUM_BLOCK - 1) / SUM_BLOCK;
  self->blocks = matinee_alloc0 (self->n_blocks, sizeof *self->blocks, _ ("summing up the ratings"), error);
  if (self->blocks == NULL)
    return FALSE;
  done = matinee_pool_run (pool, self->n_blocks, sum_block, self, stop);
  for (gsize b = 0; b < self->n_blocks; b++)
    {
      sum += self->blocks[b].sum;
      summary->low = MIN (summary->low, self->blocks[b].low);
      summary->high = MAX (summary->high, self->blocks[b].high);
    }
  matinee_free (self->blocks);
  summary->mean = sum / (double) MAX (self->sparse->n_entries, 1);
  if (!done)
    matinee_error_set_cancelled (error);
  return done;
}

/**
 * matinee_sparse_summarize:
 * @sparse: ratings
 * @pool: who does it
 * @stop: (nullable): asks to stop
 * @summary: (out caller-allocates): mean, range and counts
 * @error: return location
 *
 * Sums up ratings in float64, in an order that does not depend on the number of
 * threads. Cost: O(n_entries).
 *
 * Returns: %FALSE with %MATINEE_ERROR_MEMORY or %MATINEE_ERROR_CANCELLED
 */
gboolean
matinee_sparse_summarize (const MatineeSparse *sparse, MatineePool *pool, MatineeStop *stop,
                          MatineeSparseSummary *summary, GError **error)
{
  Summing self = { .sparse = sparse };

  memset (summary, 0, sizeof *summary);
  summary->low = INFINITY;
  summary->high = -INFINITY;
  return sparse->codes != NULL ? summarize_codes (&self, pool, stop, summary, error)
                               : summarize_values (&self, pool, stop, summary, error);
}
