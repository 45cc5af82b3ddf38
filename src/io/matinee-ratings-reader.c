/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-ratings-reader.h"

#include <glib/gi18n-lib.h>
#include <libintl.h>
#include <string.h>
#ifdef __GLIBC__
#  include <malloc.h>
#endif

#include "matinee-data-file.h"
#include "matinee-diagnosis.h"
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
  const MatineeReadOptions *options;
  MatineeReadReport *report;
  char *no_times; /* why they can't be used */
  gboolean times_were_bad;
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
  guint32 movie;    /* named by the last line that does, where lines name movies */
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
    self->parsers[w]
        = matinee_block_parser_new (self->source, &self->format, self->options->tolerance.most, self->options->times);
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

static void
clear_bad_line (gpointer line)
{
  g_free (((MatineeBadLine *) line)->message);
}

/* Refuses the file for its bad lines, of which the first is told. */
static gboolean
refuse (const Reader *self, GError **error)
{
  const MatineeBadLine *first = &g_array_index (self->report->bad_lines, MatineeBadLine, 0);

  if (self->options->tolerance.most == 0 || self->report->n_bad == 1)
    g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT, first->message);
  else
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                 dngettext (GETTEXT_PACKAGE, "%s (%zu line is bad, which is too much to leave out)",
                            "%s (%zu lines are bad, which is too much to leave out)", self->report->n_bad),
                 first->message, self->report->n_bad);
  return FALSE;
}

/* Notes the bad lines of a block. */
static gboolean
take_problems (Reader *self, const MatineeRatingsBlock *block, GError **error)
{
  GArray *lines = self->report->bad_lines;
  const char *name = matinee_text_source_get_name (self->source);

  if (block->is_broken && block->n_bad <= self->options->tolerance.most)
    {
      /* It can't be left out: the file is damaged, or no table. */
      const MatineeTableProblem *problem = &block->problems[0];
      g_autofree char *message
          = matinee_table_problem_describe (problem, &self->format, name, self->line + problem->line);

      g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT, message);
      return FALSE;
    }
  for (gsize p = 0; p < MIN (block->n_bad, MATINEE_BLOCK_PROBLEMS) && lines->len < MATINEE_MOST_TOLD; p++)
    {
      guint64 line = self->line + block->problems[p].line;
      MatineeBadLine bad = { line, matinee_table_problem_describe (&block->problems[p], &self->format, name, line) };

      g_array_append_val (lines, bad);
    }
  self->report->n_bad += block->n_bad;
  return block->is_broken || self->report->n_bad > self->options->tolerance.most ? refuse (self, error) : TRUE;
}

/* The ratings before the first line of a block that names a movie are of the movie
 * that was named last. */
static void
carry_movie (Reader *self, MatineeRatingsBlock *block)
{
  for (gsize i = 0; i < block->n_carried; i++)
    block->movies.small[i] = self->movie;
  if (block->n_carried > 0)
    {
      block->movies.low = MIN (block->movies.low, self->movie);
      block->movies.high = MAX (block->movies.high, self->movie);
    }
  if (block->names_movie)
    self->movie = block->last_movie;
}

/* Keeps the first reason why times can't be used. */
static void
take_time_problem (Reader *self, const MatineeRatingsBlock *block)
{
  const MatineeTableProblem *problem = &block->time_problem;
  g_autofree char *what = NULL;

  if (problem->kind == MATINEE_PROBLEM_NONE || self->no_times != NULL)
    return;
  what = matinee_table_problem_describe (problem, &self->format, matinee_text_source_get_name (self->source),
                                         self->line + problem->line);
  self->no_times
      = g_strdup_printf (_ ("%s; when the file is opened for a split by time, such lines are left out"), what);
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
  if (block->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&block->error));
      return FALSE;
    }
  if (block->n_bad > 0 && !take_problems (self, block, error))
    return FALSE;
  if (self->format.movie_lines)
    carry_movie (self, block);
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
      if (self->no_times != NULL)
        matinee_free (g_steal_pointer (&chunks[b].times));
    }
  ratings = matinee_ratings_new_chunked (users, movies, chunks, self->n_blocks, self->pool, self->stop, error);
  matinee_free (chunks);
  if (ratings != NULL)
    ratings->no_times = g_steal_pointer (&self->no_times);
  return ratings;
}

static MatineeRatings *
read_all (Reader *self, GError **error)
{
  MatineeRatings *ratings;
  gsize n = 0;

  self->block_size = self->options->block_size > 0 ? self->options->block_size : BLOCK_SIZE;
  if (!matinee_text_format_read (&self->format, self->source, MATINEE_TABLE_RATINGS, self->options->hints, error)
      || !prepare (self, error))
    return NULL;
  if (self->options->times != MATINEE_TIMES_UNWANTED && self->format.columns[MATINEE_COLUMN_TIME] < 0)
    self->no_times = g_strdup_printf (_ ("%s has no column for it, such as \u201ctimestamp\u201d"),
                                      matinee_text_source_get_name (self->source));
  if (!parse_blocks (self, error))
    return NULL;
  for (gsize b = 0; b < self->n_blocks; b++)
    n += self->blocks[b].triples.n;
  if ((double) self->report->n_bad > self->options->tolerance.share * (double) (n + self->report->n_bad))
    {
      refuse (self, error);
      return NULL;
    }
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

/* @common: what is the same however often the file is read */
static MatineeRatings *
read_once (const char *path, const Reader *common, const MatineeReadOptions *options, gboolean times_were_bad,
           GError **error)
{
  guint n_workers = matinee_pool_get_n_threads (common->pool);
  Reader self = *common;
  MatineeRatings *ratings;

  self.options = options;
  self.times_were_bad = times_were_bad;
  *self.report = (MatineeReadReport){ .bad_lines = g_array_new (FALSE, FALSE, sizeof (MatineeBadLine)) };
  g_array_set_clear_func (self.report->bad_lines, clear_bad_line);
  self.source = matinee_data_file_open (path, MATINEE_TABLE_RATINGS, self.options->hints, self.stop, error);
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
  g_free (self.no_times);
#ifdef __GLIBC__
  /* The blocks were many pieces, which malloc() would keep for the next ones. */
  malloc_trim (0);
#endif
  return ratings;
}

/**
 * matinee_ratings_read_with:
 * @path: a file of ratings: a table with at least the columns userId, movieId and
 *   rating; matinee_diagnosis_new() tells how it is written. It may be compressed, or
 *   in an archive: see matinee_data_file_open()
 * @options: (nullable): how it is to be read; %NULL looks into the file, and refuses
 *   one with a bad line
 * @pool: (nullable): who does it
 * @progress: (nullable) (scope call): told how far it is
 * @data: for @progress
 * @stop: (nullable): asks to stop
 * @report: (out caller-allocates) (optional): what was left out, also when the file
 *   is refused; clear it with matinee_read_report_clear()
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
 *   %MATINEE_ERROR_UNCERTAIN, %MATINEE_ERROR_FORMAT (it can't be read, or a line is bad: the
 *   message names file, line, column, what was found and what to do),
 *   %MATINEE_ERROR_DATA (no ratings, too many), %MATINEE_ERROR_MEMORY,
 *   %MATINEE_ERROR_CANCELLED, a #GFileError or an error of matinee_data_file_open()
 */
MatineeRatings *
matinee_ratings_read_with (const char *path, const MatineeReadOptions *options, MatineePool *pool,
                           MatineeProgressFunc progress, gpointer data, MatineeStop *stop, MatineeReadReport *report,
                           GError **error)
{
  MatineeReadOptions wanted = options != NULL ? *options : (MatineeReadOptions){ NULL };
  g_auto (MatineeReadReport) unseen = { 0 };
  Reader common = { .pool = pool, .stop = stop, .progress = progress, .progress_data = data };
  g_autoptr (GError) refusal = NULL;
  MatineeRatings *ratings;

  common.report = report != NULL ? report : &unseen;
  ratings = read_once (path, &common, &wanted, FALSE, &refusal);
  if (ratings != NULL || wanted.times != MATINEE_TIMES_NEEDED
      || !g_error_matches (refusal, MATINEE_ERROR, MATINEE_ERROR_FORMAT))
    {
      if (ratings == NULL)
        g_propagate_error (error, g_steal_pointer (&refusal));
      return ratings;
    }
  /* It may be the times alone that are bad. */
  matinee_read_report_clear (common.report);
  wanted.times = MATINEE_TIMES_IF_GOOD;
  return read_once (path, &common, &wanted, TRUE, error);
}

/**
 * matinee_ratings_read:
 * @path: a file of ratings
 * @pool: (nullable): who does it
 * @progress: (nullable) (scope call): told how far it is
 * @data: for @progress
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Does what matinee_ratings_read_with() does without options.
 *
 * Returns: (transfer full) (nullable): the ratings, or %NULL with an error
 */
MatineeRatings *
matinee_ratings_read (const char *path, MatineePool *pool, MatineeProgressFunc progress, gpointer data,
                      MatineeStop *stop, GError **error)
{
  return matinee_ratings_read_with (path, NULL, pool, progress, data, stop, NULL, error);
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
  const MatineeReadOptions options = { .block_size = block_size };

  return matinee_ratings_read_with (path, &options, pool, progress, data, stop, NULL, error);
}

/**
 * matinee_read_report_clear:
 * @report: a report, perhaps all zeros
 *
 * Frees what it holds.
 */
void
matinee_read_report_clear (MatineeReadReport *report)
{
  g_clear_pointer (&report->bad_lines, g_array_unref);
}
