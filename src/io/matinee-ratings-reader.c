/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-ratings-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#ifdef __GLIBC__
#  include <malloc.h>
#endif

#include "matinee-data-file.h"
#include "matinee-error.h"
#include "matinee-id-map.h"
#include "matinee-memory.h"
#include "matinee-ratings-block.h"

/* Text, separators and results of a block fit in the second-level cache. */
#define BLOCK_SIZE ((gsize) 1 << 19)

/* Blocks that each worker parses between two looks at what came out. */
#define BLOCKS_PER_WORKER 24

/* Of the progress after parsing, mapping ids ends here; the rest is sorting. */
#define MAPPED 0.75

/* The next wave is unpacked while the rest of the window is being read. */
G_STATIC_ASSERT (MATINEE_TEXT_WINDOW > 2 * MATINEE_BLOCK_LOOKAHEAD);

/* While parsing, progress that is less is not told. */
#define LEAST_PROGRESS 0.005

/* A file of ratings while it is read: in waves of blocks, which workers parse in
 * any order, and which are then checked in the order of the file. Compressed text is
 * unpacked by one of the workers, a wave ahead of the others. */
typedef struct
{
  MatineeTextSource *source;
  MatineeTextFormat format;
  MatineePool *pool;
  MatineeStop *stop;
  MatineeProgressFunc progress;
  gpointer progress_data;
  double progress_told;
  gsize block_size;
  MatineeBlockParser **parsers; /* (array n_workers) */
  MatineeRatingsBlock *wave;    /* (array wave_capacity) */
  gsize wave_length;
  gsize wave_capacity;
  guint64 wave_end;            /* where the next wave begins */
  gboolean unpacks;            /* whether task 0 of the wave is to unpack */
  GError *unpack_error;        /* (nullable): why it could not */
  MatineeRatingsBlock *blocks; /* (array capacity): those with ratings */
  gsize n_blocks;
  gsize capacity;
  MatineeStringTable *users;
  MatineeStringTable *movies;
  GError *text_errors[2];
  guint64 expected; /* where the next record must begin */
  guint64 line;     /* its line */
} Reader;

static void
report (Reader *self, double fraction)
{
  gboolean parses = fraction < MATINEE_RATINGS_READ_PARSED;

  if (self->progress == NULL || fraction <= self->progress_told
      || (parses && fraction - self->progress_told < LEAST_PROGRESS))
    return;
  self->progress_told = fraction;
  self->progress (fraction, self->progress_data);
}

static gboolean
prepare (Reader *self, GError **error)
{
  self->wave_capacity = (gsize) BLOCKS_PER_WORKER * matinee_pool_get_n_threads (self->pool);
  self->wave = matinee_alloc0 (self->wave_capacity, sizeof (MatineeRatingsBlock), _ ("reading the ratings"), error);
  self->wave_end = self->expected = self->format.first_byte;
  self->line = self->format.first_line;
  for (guint w = 0; w < matinee_pool_get_n_threads (self->pool); w++)
    self->parsers[w] = matinee_block_parser_new (self->source, &self->format);
  return self->wave != NULL;
}

/* Cuts the text that can be read now into the blocks of the next wave. While there is
 * more to unpack, what parsing may read behind the last block is left for later. */
static void
make_wave (Reader *self)
{
  guint64 size = matinee_text_source_get_size (self->source);
  guint64 low = self->wave_end;

  self->unpacks = !matinee_text_source_is_complete (self->source);
  if (self->unpacks)
    size -= MIN (size, MATINEE_BLOCK_LOOKAHEAD);
  for (self->wave_length = 0; self->wave_length < self->wave_capacity && low < size; self->wave_length++)
    {
      guint64 high = low + MIN (self->block_size, size - low);

      self->wave[self->wave_length]
          = (MatineeRatingsBlock){ .low = low, .high = high, .exact = low == self->format.first_byte };
      low = high;
    }
  self->wave_end = low;
}

/* A task of a wave: it parses a block, or unpacks what will be parsed in the next. */
static void
do_task (gsize task, guint worker, gpointer data)
{
  Reader *self = data;

  if (!self->unpacks)
    matinee_block_parser_parse (self->parsers[worker], &self->wave[task]);
  else if (task > 0)
    matinee_block_parser_parse (self->parsers[worker], &self->wave[task - 1]);
  else
    matinee_text_source_unpack (self->source, &self->unpack_error);
}

static gboolean
check_block_problem (Reader *self, MatineeRatingsBlock *block, GError **error)
{
  if (block->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&block->error));
      return FALSE;
    }
  if (block->problem.kind != MATINEE_PROBLEM_NONE)
    {
      matinee_ratings_problem_set_error (&block->problem, self->format.n_columns,
                                         matinee_text_source_get_name (self->source), self->line + block->problem.line,
                                         error);
      return FALSE;
    }
  return TRUE;
}

/* Takes a block into account. When the block before did not end where this one
 * was taken to begin, which happens when a quoted field holds ends of lines,
 * what was parsed is of no use. */
static gboolean
take_block (Reader *self, MatineeRatingsBlock *block, GError **error)
{
  if (block->error == NULL && (block->is_empty || block->begin != self->expected))
    {
      matinee_ratings_block_clear (block);
      if (self->expected >= block->high)
        return TRUE;
      *block = (MatineeRatingsBlock){ .low = self->expected, .high = block->high, .exact = TRUE };
      matinee_block_parser_parse (self->parsers[0], block);
    }
  if (!check_block_problem (self, block, error))
    return FALSE;
  self->expected = block->end;
  self->line += block->n_lines;
  return TRUE;
}

/* Joins the strings of the blocks of a wave: task 0 for users, 1 for movies. */
static void
join_texts (gsize task, guint worker, gpointer data)
{
  Reader *self = data;

  for (gsize b = 0; b < self->wave_length && self->text_errors[task] == NULL; b++)
    {
      MatineeRatingsBlock *block = &self->wave[b];

      if (matinee_stop_requested (self->stop))
        return;
      matinee_id_map_take_texts (task == 0 ? self->users : self->movies, task == 0 ? &block->users : &block->movies,
                                 &self->text_errors[task]);
    }
}

static gboolean
take_wave (Reader *self, GError **error)
{
  for (gsize b = 0; b < self->wave_length; b++)
    {
      if (matinee_stop_requested (self->stop))
        {
          matinee_error_set_cancelled (error);
          return FALSE;
        }
      if (!take_block (self, &self->wave[b], error))
        return FALSE;
    }
  matinee_pool_run (self->pool, G_N_ELEMENTS (self->text_errors), join_texts, self, self->stop);
  for (gsize t = 0; t < G_N_ELEMENTS (self->text_errors); t++)
    if (self->text_errors[t] != NULL)
      {
        g_propagate_error (error, g_steal_pointer (&self->text_errors[t]));
        return FALSE;
      }
  if (!matinee_stop_requested (self->stop))
    return TRUE;
  matinee_error_set_cancelled (error);
  return FALSE;
}

static gboolean
reserve_blocks (Reader *self, GError **error)
{
  MatineeRatingsBlock *blocks;
  gsize capacity = 2 * self->capacity + self->wave_capacity;

  if (self->n_blocks + self->wave_length <= self->capacity)
    return TRUE;
  blocks = matinee_alloc (capacity, sizeof (MatineeRatingsBlock), _ ("reading the ratings"), error);
  if (blocks == NULL)
    return FALSE;
  if (self->n_blocks > 0)
    memcpy (blocks, self->blocks, self->n_blocks * sizeof (MatineeRatingsBlock));
  matinee_free (self->blocks);
  self->blocks = blocks;
  self->capacity = capacity;
  return TRUE;
}

/* Keeps the blocks of the wave that have ratings. */
static gboolean
keep_wave (Reader *self, GError **error)
{
  if (!reserve_blocks (self, error))
    return FALSE;
  for (gsize b = 0; b < self->wave_length; b++)
    if (self->wave[b].triples.n > 0)
      self->blocks[self->n_blocks++] = self->wave[b];
    else
      matinee_ratings_block_clear (&self->wave[b]);
  self->wave_length = 0;
  return TRUE;
}

static gboolean
parse_blocks (Reader *self, GError **error)
{
  for (make_wave (self); self->wave_length > 0 || self->unpacks; make_wave (self))
    {
      gsize n_tasks = self->wave_length + (self->unpacks ? 1 : 0);

      if (!matinee_pool_run (self->pool, n_tasks, do_task, self, self->stop))
        {
          matinee_error_set_cancelled (error);
          return FALSE;
        }
      /* What is wrong in the text comes before what is wrong behind it. */
      if (!take_wave (self, error) || !keep_wave (self, error))
        return FALSE;
      if (self->unpack_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&self->unpack_error));
          return FALSE;
        }
      /* The byte before a block tells whether a line begins with the block. */
      matinee_text_source_advance (self->source, MAX (self->wave_end, 1) - 1);
      report (self, MATINEE_RATINGS_READ_PARSED * matinee_text_source_get_fraction (self->source, self->wave_end));
    }
  report (self, MATINEE_RATINGS_READ_PARSED);
  return TRUE;
}

static MatineeIds *
map_ids (Reader *self, gboolean users, GError **error)
{
  g_autofree MatineeIdColumn **columns = g_new (MatineeIdColumn *, self->n_blocks);

  for (gsize b = 0; b < self->n_blocks; b++)
    columns[b] = users ? &self->blocks[b].users : &self->blocks[b].movies;
  return matinee_id_map_finish (users ? self->users : self->movies, columns, self->n_blocks, self->pool, self->stop,
                                error);
}

static MatineeRatings *
finish (Reader *self, GError **error)
{
  g_autoptr (MatineeIds) users = map_ids (self, TRUE, error);
  g_autoptr (MatineeIds) movies = users != NULL ? map_ids (self, FALSE, error) : NULL;
  MatineeRatings *ratings;
  MatineeTriples *chunks;

  if (movies == NULL)
    return NULL;
  report (self, MAPPED);
  chunks = matinee_alloc (self->n_blocks, sizeof (MatineeTriples), _ ("reading the ratings"), error);
  if (chunks == NULL)
    return NULL;
  for (gsize b = 0; b < self->n_blocks; b++)
    {
      MatineeRatingsBlock *block = &self->blocks[b];

      chunks[b] = block->triples;
      chunks[b].users = g_steal_pointer (&block->users.small);
      chunks[b].movies = g_steal_pointer (&block->movies.small);
      block->triples = (MatineeTriples){ 0 };
    }
  ratings = matinee_ratings_new_chunked (users, movies, chunks, self->n_blocks, self->pool, self->stop, error);
  matinee_free (chunks);
  return ratings;
}

static MatineeRatings *
read_all (Reader *self, GError **error)
{
  MatineeRatings *ratings;

  if (!matinee_text_format_read_ratings (&self->format, self->source, error) || !prepare (self, error)
      || !parse_blocks (self, error))
    return NULL;
  if (self->n_blocks == 0)
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                   _ ("%s has a header but no ratings: a line for each should follow"),
                   matinee_text_source_get_name (self->source));
      return NULL;
    }
  ratings = finish (self, error);
  if (ratings != NULL)
    report (self, 1);
  return ratings;
}

/**
 * matinee_ratings_read_in_blocks:
 * @path: a file of ratings
 * @block_size: bytes of text that one thread parses at a time, at least 1
 * @pool: (nullable): who does it
 * @progress: (nullable) (scope call): told how far it is
 * @data: for @progress
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Does what matinee_ratings_read() does. The size of blocks changes nothing but
 * the speed, which tests make sure of.
 *
 * Returns: (transfer full) (nullable): the ratings, or %NULL with an error
 */
MatineeRatings *
matinee_ratings_read_in_blocks (const char *path, gsize block_size, MatineePool *pool, MatineeProgressFunc progress,
                                gpointer data, MatineeStop *stop, GError **error)
{
  guint n_workers = matinee_pool_get_n_threads (pool);
  Reader self = { .pool = pool, .stop = stop, .progress = progress, .progress_data = data, .block_size = block_size };
  MatineeRatings *ratings;

  self.source = matinee_data_file_open (path, MATINEE_DATA_RATINGS, stop, error);
  if (self.source == NULL)
    return NULL;
  self.parsers = g_new0 (MatineeBlockParser *, n_workers);
  self.users = matinee_string_table_new ();
  self.movies = matinee_string_table_new ();
  ratings = read_all (&self, error);

  for (gsize b = 0; b < self.n_blocks; b++)
    matinee_ratings_block_clear (&self.blocks[b]);
  for (gsize b = 0; b < self.wave_length; b++)
    matinee_ratings_block_clear (&self.wave[b]);
  matinee_free (self.blocks);
  matinee_free (self.wave);
  g_clear_error (&self.unpack_error);
  for (guint w = 0; w < n_workers; w++)
    matinee_block_parser_free (self.parsers[w]);
  g_free (self.parsers);
  matinee_string_table_free (self.users);
  matinee_string_table_free (self.movies);
  for (gsize t = 0; t < G_N_ELEMENTS (self.text_errors); t++)
    g_clear_error (&self.text_errors[t]);
  matinee_text_source_free (self.source);
#ifdef __GLIBC__
  /* The blocks were many pieces, which malloc() would keep for the next ones. */
  malloc_trim (0);
#endif
  return ratings;
}

/**
 * matinee_ratings_read:
 * @path: a file of ratings: a table with a header and at least the columns
 *   userId, movieId and rating (in any order, by these and other usual names),
 *   fields separated by commas, quoted by RFC 4180 where needed. It may be
 *   compressed, or in an archive: see matinee_data_file_open()
 * @pool: (nullable): who does it
 * @progress: (nullable) (scope call): told how far it is
 * @data: for @progress
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Reads ratings. Ids are integers, or text when one of the column isn't a
 * 64-bit integer in its usual form. Blocks of the file are parsed in parallel;
 * the text is never in memory as a whole, and compressed text at most by
 * %MATINEE_TEXT_WINDOW.
 * Cost: O(size of the file); memory: about 14 bytes a rating meanwhile (for
 * integer ids up to 2³² − 1 and at most 256 distinct ratings), 5 in the end.
 *
 * Returns: (transfer full) (nullable): the ratings; or %NULL with
 *   %MATINEE_ERROR_FORMAT, whose message names file, line, column, what was
 *   found and what to do, %MATINEE_ERROR_DATA (no ratings, too many),
 *   %MATINEE_ERROR_MEMORY, %MATINEE_ERROR_CANCELLED, a #GFileError or an error of
 *   matinee_data_file_open()
 */
MatineeRatings *
matinee_ratings_read (const char *path, MatineePool *pool, MatineeProgressFunc progress, gpointer data,
                      MatineeStop *stop, GError **error)
{
  return matinee_ratings_read_in_blocks (path, BLOCK_SIZE, pool, progress, data, stop, error);
}
