/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-ratings-reader.h"

#include <glib/gi18n-lib.h>
#ifdef __GLIBC__
#  include <malloc.h>
#endif

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

/* A file of ratings while it is read: in waves of blocks, which workers parse in
 * any order, and which are then checked in the order of the file. */
typedef struct
{
  MatineeTextSource *source;
  MatineeTextFormat format;
  gboolean with_times;
  char *no_times; /* why they can't be used */
  MatineePool *pool;
  MatineeStop *stop;
  MatineeProgressFunc progress;
  gpointer progress_data;
  MatineeBlockParser **parsers; /* (array n_workers) */
  MatineeRatingsBlock *blocks;  /* (array n_blocks) */
  gsize n_blocks;
  gsize wave; /* the first block of the wave */
  gsize wave_length;
  MatineeStringTable *users;
  MatineeStringTable *movies;
  GError *text_errors[2];
  guint64 expected; /* where the next record must begin */
  guint64 line;     /* its line */
} Reader;

static void
report (Reader *self, double fraction)
{
  if (self->progress != NULL)
    self->progress (fraction, self->progress_data);
}

static gboolean
make_blocks (Reader *self, gsize block_size, GError **error)
{
  guint64 size = matinee_text_source_get_size (self->source);
  guint64 low = self->format.first_byte;

  self->n_blocks = (gsize) ((size - low + block_size - 1) / block_size);
  self->blocks = matinee_alloc0 (self->n_blocks, sizeof (MatineeRatingsBlock), _ ("reading the ratings"), error);
  if (self->blocks == NULL)
    return FALSE;
  for (gsize b = 0; b < self->n_blocks; b++)
    {
      self->blocks[b].low = low;
      self->blocks[b].high = low = MIN (size, low + block_size);
      self->blocks[b].exact = b == 0;
    }
  self->expected = self->format.first_byte;
  self->line = self->format.first_line;
  return TRUE;
}

static void
parse_block (gsize task, guint worker, gpointer data)
{
  Reader *self = data;

  matinee_block_parser_parse (self->parsers[worker], &self->blocks[self->wave + task]);
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

/* Keeps the first reason why times can't be used. */
static void
take_time_problem (Reader *self, const MatineeRatingsBlock *block)
{
  g_autoptr (GError) problem = NULL;

  if (block->time_problem.kind == MATINEE_PROBLEM_NONE || self->no_times != NULL)
    return;
  matinee_ratings_problem_set_error (&block->time_problem, self->format.n_columns,
                                     matinee_text_source_get_name (self->source), self->line + block->time_problem.line,
                                     &problem);
  self->no_times = g_strdup (problem->message);
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
  take_time_problem (self, block);
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
      MatineeRatingsBlock *block = &self->blocks[self->wave + b];

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
      if (!take_block (self, &self->blocks[self->wave + b], error))
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
parse_blocks (Reader *self, GError **error)
{
  gsize most = (gsize) BLOCKS_PER_WORKER * matinee_pool_get_n_threads (self->pool);

  for (; self->wave < self->n_blocks; self->wave += self->wave_length)
    {
      self->wave_length = MIN (most, self->n_blocks - self->wave);
      if (!matinee_pool_run (self->pool, self->wave_length, parse_block, self, self->stop))
        {
          matinee_error_set_cancelled (error);
          return FALSE;
        }
      if (!take_wave (self, error))
        return FALSE;
      report (self, MATINEE_RATINGS_READ_PARSED * (double) (self->wave + self->wave_length) / (double) self->n_blocks);
    }
  return TRUE;
}

static MatineeIds *
map_ids (Reader *self, gboolean users, GError **error)
{
  g_autofree MatineeIdColumn **columns = g_new (MatineeIdColumn *, self->n_blocks);
  gsize n = 0;

  for (gsize b = 0; b < self->n_blocks; b++)
    if (self->blocks[b].triples.n > 0)
      columns[n++] = users ? &self->blocks[b].users : &self->blocks[b].movies;
  return matinee_id_map_finish (users ? self->users : self->movies, columns, n, self->pool, self->stop, error);
}

static MatineeRatings *
finish (Reader *self, GError **error)
{
  g_autoptr (MatineeIds) users = map_ids (self, TRUE, error);
  g_autoptr (MatineeIds) movies = users != NULL ? map_ids (self, FALSE, error) : NULL;
  MatineeRatings *ratings;
  MatineeTriples *chunks;
  gsize n = 0;

  if (movies == NULL)
    return NULL;
  report (self, MAPPED);
  chunks = matinee_alloc (self->n_blocks, sizeof (MatineeTriples), _ ("reading the ratings"), error);
  if (chunks == NULL)
    return NULL;
  for (gsize b = 0; b < self->n_blocks; b++)
    if (self->blocks[b].triples.n > 0)
      {
        MatineeRatingsBlock *block = &self->blocks[b];

        chunks[n] = block->triples;
        chunks[n].users = g_steal_pointer (&block->users.small);
        chunks[n++].movies = g_steal_pointer (&block->movies.small);
        block->triples = (MatineeTriples){ 0 };
        if (self->no_times != NULL)
          matinee_free (g_steal_pointer (&chunks[n - 1].times));
      }
  ratings = matinee_ratings_new_chunked (users, movies, chunks, n, self->pool, self->stop, error);
  matinee_free (chunks);
  if (ratings != NULL)
    ratings->no_times = g_steal_pointer (&self->no_times);
  return ratings;
}

static MatineeRatings *
read_all (Reader *self, gsize block_size, GError **error)
{
  MatineeRatings *ratings;
  gsize n = 0;

  if (!matinee_text_format_read_ratings (&self->format, self->source, error) || !make_blocks (self, block_size, error))
    return NULL;
  for (guint w = 0; w < matinee_pool_get_n_threads (self->pool); w++)
    self->parsers[w] = matinee_block_parser_new (self->source, &self->format, self->with_times);
  if (self->with_times && self->format.columns[MATINEE_COLUMN_TIME] < 0)
    self->no_times = g_strdup_printf (_ ("%s has no column for it, such as \u201ctimestamp\u201d"),
                                      matinee_text_source_get_name (self->source));
  if (!parse_blocks (self, error))
    return NULL;
  for (gsize b = 0; b < self->n_blocks; b++)
    n += self->blocks[b].triples.n;
  if (n == 0)
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
 * @with_times: whether to read when each rating was given
 * @pool: (nullable): who does it
 * @progress: (nullable) (scope call): told how far it is
 * @data: for @progress
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Does what matinee_ratings_read() and matinee_ratings_read_with_times() do. The size of blocks changes nothing but
 * the speed, which tests make sure of.
 *
 * Returns: (transfer full) (nullable): the ratings, or %NULL with an error
 */
MatineeRatings *
matinee_ratings_read_in_blocks (const char *path, gsize block_size, gboolean with_times, MatineePool *pool,
                                MatineeProgressFunc progress, gpointer data, MatineeStop *stop, GError **error)
{
  guint n_workers = matinee_pool_get_n_threads (pool);
  Reader self = { .with_times = with_times, .pool = pool, .stop = stop, .progress = progress, .progress_data = data };
  MatineeRatings *ratings;

  self.source = matinee_text_source_open (path, error);
  if (self.source == NULL)
    return NULL;
  self.parsers = g_new0 (MatineeBlockParser *, n_workers);
  self.users = matinee_string_table_new ();
  self.movies = matinee_string_table_new ();
  ratings = read_all (&self, block_size, error);

  for (gsize b = 0; self.blocks != NULL && b < self.n_blocks; b++)
    matinee_ratings_block_clear (&self.blocks[b]);
  matinee_free (self.blocks);
  for (guint w = 0; w < n_workers; w++)
    matinee_block_parser_free (self.parsers[w]);
  g_free (self.parsers);
  matinee_string_table_free (self.users);
  matinee_string_table_free (self.movies);
  for (gsize t = 0; t < G_N_ELEMENTS (self.text_errors); t++)
    g_clear_error (&self.text_errors[t]);
  matinee_text_source_free (self.source);
  g_free (self.no_times);
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
 *   fields separated by commas, quoted by RFC 4180 where needed
 * @pool: (nullable): who does it
 * @progress: (nullable) (scope call): told how far it is
 * @data: for @progress
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Reads ratings. Ids are integers, or text when one of the column isn't a
 * 64-bit integer in its usual form. Blocks of the file are parsed in parallel;
 * the text is never in memory as a whole.
 * Cost: O(size of the file); memory: about 14 bytes a rating meanwhile (for
 * integer ids up to 2³² − 1 and at most 256 distinct ratings), 5 in the end.
 *
 * Returns: (transfer full) (nullable): the ratings; or %NULL with
 *   %MATINEE_ERROR_FORMAT, whose message names file, line, column, what was
 *   found and what to do, %MATINEE_ERROR_DATA (no ratings, too many),
 *   %MATINEE_ERROR_MEMORY, %MATINEE_ERROR_CANCELLED or a #GFileError
 */
MatineeRatings *
matinee_ratings_read (const char *path, MatineePool *pool, MatineeProgressFunc progress, gpointer data,
                      MatineeStop *stop, GError **error)
{
  return matinee_ratings_read_in_blocks (path, BLOCK_SIZE, FALSE, pool, progress, data, stop, error);
}

/**
 * matinee_ratings_read_with_times:
 * @path: a file of ratings, in which there may be a column for the time: seconds since
 *   1970, or dates as in ISO 8601
 * @pool: (nullable): who does it
 * @progress: (nullable) (scope call): told how far it is
 * @data: for @progress
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Reads ratings, and when they were given, which costs 8 bytes a rating more: it is
 * for what needs times. A file without times, or with something else in their column,
 * is read without them; ->no_times then says why.
 *
 * Returns: (transfer full) (nullable): the ratings, or %NULL as
 *   matinee_ratings_read()
 */
MatineeRatings *
matinee_ratings_read_with_times (const char *path, MatineePool *pool, MatineeProgressFunc progress, gpointer data,
                                 MatineeStop *stop, GError **error)
{
  return matinee_ratings_read_in_blocks (path, BLOCK_SIZE, TRUE, pool, progress, data, stop, error);
}
