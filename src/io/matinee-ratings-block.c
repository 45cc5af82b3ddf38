/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-ratings-block.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-ids.h"
#include "matinee-memory.h"
#include "matinee-moment.h"
#include "matinee-number.h"
#include "matinee-random.h"
#include "matinee-text-excerpt.h"
#include "matinee-text-index.h"

/* Bytes read behind a block at first, for the rest of its last line. */
#define SLACK ((gsize) 1 << 12)

/* Bytes before the text that can be read. */
#define FRONT 64

#define MEMO_BITS 8

/* User, movie, rating and time, as in MatineeColumn. */
#define N_FIELDS (MATINEE_COLUMN_TIME + 1)

/* A rating as it is written, up to eight bytes, and its code in the block. */
typedef struct
{
  guint64 text;
  guint8 code;
} Memo;

struct _MatineeBlockParser
{
  const MatineeTextSource *source;
  const MatineeTextFormat *format;
  gsize most_bad;
  MatineeTimesWanted times;
  guint32 movie; /* of the lines that follow, where lines name it */
  char *memory;  /* (array capacity): FRONT bytes, the text, padding */
  gsize capacity;
  char *text;           /* in memory */
  guint64 text_from;    /* where in the file it begins */
  gsize text_length;    /* bytes of the file that were read */
  gboolean text_at_end; /* whether the file ends with them */
  guint32 *positions;   /* (array n_positions), and one before the first */
  guint32 *positions_memory;
  gsize positions_capacity;
  gsize n_positions;
  MatineeCsvRecord *record;
  MatineeLevels levels;
  Memo memos[1 << MEMO_BITS];
};

/**
 * matinee_block_parser_new:
 * @source: the file; must outlive the parser
 * @format: how it is to be read; must outlive the parser
 * @most_bad: how many bad lines of a block are left out; one more ends reading it
 * @times: whether to read when each rating was given, if there is such a column
 *
 * Returns: (transfer full): a parser
 */
MatineeBlockParser *
matinee_block_parser_new (const MatineeTextSource *source, const MatineeTextFormat *format, gsize most_bad,
                          MatineeTimesWanted times)
{
  MatineeBlockParser *self = g_new0 (MatineeBlockParser, 1);

  self->source = source;
  self->format = format;
  self->most_bad = most_bad;
  self->times = format->columns[MATINEE_COLUMN_TIME] >= 0 ? times : MATINEE_TIMES_UNWANTED;
  self->record = matinee_csv_record_new ();
  return self;
}

/**
 * matinee_block_parser_free:
 * @parser: (transfer full) (nullable): a parser
 *
 * Frees it.
 */
void
matinee_block_parser_free (MatineeBlockParser *parser)
{
  if (parser == NULL)
    return;
  matinee_csv_record_free (parser->record);
  matinee_free (parser->memory);
  matinee_free (parser->positions_memory);
  g_free (parser);
}

/**
 * matinee_ratings_block_clear:
 * @block: a block
 *
 * Frees what was found in it.
 */
void
matinee_ratings_block_clear (MatineeRatingsBlock *block)
{
  matinee_id_column_clear (&block->users);
  matinee_id_column_clear (&block->movies);
  matinee_triples_clear (&block->triples);
  for (gsize p = 0; p < MIN (block->n_bad, MATINEE_BLOCK_PROBLEMS); p++)
    g_free (block->problems[p].found);
  g_clear_pointer (&block->problems, g_free);
  block->n_bad = 0;
  g_clear_pointer (&block->time_problem.found, g_free);
  block->time_problem.kind = MATINEE_PROBLEM_NONE;
  g_clear_error (&block->error);
}

/* Notes what is wrong with a text, which lies some lines into the block. */
static gboolean
set_problem (MatineeRatingsBlock *block, MatineeTableProblem problem, const char *found, gsize length)
{
  if (block->problems == NULL)
    block->problems = g_new0 (MatineeTableProblem, MATINEE_BLOCK_PROBLEMS);
  if (block->n_bad < MATINEE_BLOCK_PROBLEMS)
    {
      block->problems[block->n_bad] = problem;
      block->problems[block->n_bad].found = matinee_text_excerpt (found, length);
    }
  block->n_bad++;
  return FALSE;
}

static guint64
count_lines (const char *text, gsize length)
{
  const char *end = text + length;
  guint64 n = 0;

  for (; (text = memchr (text, '\n', (gsize) (end - text))) != NULL; text++)
    n++;
  return n;
}

/* Reads the file up to @until, from where the text begins. */
static gboolean
load_until (MatineeBlockParser *self, guint64 until, GError **error)
{
  guint64 size = matinee_text_source_get_size (self->source);
  gsize wanted, needed;

  until = MIN (until, size);
  wanted = (gsize) (until - self->text_from);
  needed = FRONT + wanted + 1 + MATINEE_TEXT_INDEX_PADDING;
  if (needed > self->capacity)
    {
      gsize capacity = MAX (needed, 2 * self->capacity);
      char *memory = matinee_alloc (capacity, 1, _ ("reading the ratings"), error);

      if (memory == NULL)
        return FALSE;
      memset (memory, 0, FRONT);
      if (self->text_length > 0)
        memcpy (memory + FRONT, self->text, self->text_length);
      matinee_free (self->memory);
      self->memory = memory;
      self->capacity = capacity;
      self->text = memory + FRONT;
    }
  if (!matinee_text_source_read (self->source, self->text_from + self->text_length, self->text + self->text_length,
                                 wanted - self->text_length, error))
    return FALSE;
  self->text_length = wanted;
  self->text_at_end = until == size && matinee_text_source_is_complete (self->source);
  /* A last line without its end gets one. */
  self->text[wanted] = '\n';
  memset (self->text + wanted + 1, 0, MATINEE_TEXT_INDEX_PADDING);
  return TRUE;
}

/* Finds the first line of the block; FALSE when none begins in it. */
static gboolean
find_start (MatineeBlockParser *self, const MatineeRatingsBlock *block, gsize *start)
{
  gsize most = (gsize) (MIN (block->high, self->text_from + self->text_length) - self->text_from);
  const char *line_end;

  *start = 0;
  if (block->exact)
    return most > 0;
  line_end = memchr (self->text, '\n', most);
  if (line_end == NULL || (gsize) (line_end - self->text) + 1 >= most)
    return FALSE;
  *start = (gsize) (line_end - self->text) + 1;
  return TRUE;
}

/* Reads on until the last line of the block is complete; @end is behind it. */
static gboolean
find_end (MatineeBlockParser *self, MatineeRatingsBlock *block, gsize start, gsize *end)
{
  gsize last = (gsize) (block->high - self->text_from) - 1;
  gsize more = SLACK;

  for (;; more *= 2)
    {
      const char *line_end
          = last < self->text_length ? memchr (self->text + last, '\n', self->text_length - last) : NULL;

      if (line_end != NULL)
        {
          *end = (gsize) (line_end - self->text) + 1;
          return TRUE;
        }
      if (self->text_at_end)
        {
          *end = self->text_length + (self->text[self->text_length - 1] != '\n');
          return TRUE;
        }
      if (more > MATINEE_CSV_LONGEST_RECORD)
        {
          guint64 lines = count_lines (self->text + start, last - start);

          if (memchr (self->text + last, '\0', self->text_length - last) != NULL)
            return set_problem (block, (MatineeTableProblem){ MATINEE_PROBLEM_ZERO_BYTE, lines, 1 }, "", 0);
          return set_problem (block, (MatineeTableProblem){ MATINEE_PROBLEM_TOO_LONG, lines, 1 }, "", 0);
        }
      if (!load_until (self, block->high + more, &block->error))
        return FALSE;
    }
}

/* Loads the text of a block. Without an exact start the byte before the block is
 * read too: it says whether a line begins with the block. */
static gboolean
load_block (MatineeBlockParser *self, MatineeRatingsBlock *block, gsize *start, gsize *end)
{
  const char *zero;

  self->text_from = block->exact ? block->low : block->low - 1;
  self->text_length = 0;
  if (!load_until (self, block->high + SLACK, &block->error))
    return FALSE;
  if (!find_start (self, block, start))
    {
      block->is_empty = TRUE;
      return FALSE;
    }
  block->begin = self->text_from + *start;
  if (!find_end (self, block, *start, end))
    return FALSE;
  zero = memchr (self->text + *start, '\0', *end - *start);
  if (zero != NULL)
    {
      guint64 lines = count_lines (self->text + *start, (gsize) (zero - self->text) - *start);

      return set_problem (block, (MatineeTableProblem){ MATINEE_PROBLEM_ZERO_BYTE, lines, 1 }, "", 0);
    }
  return TRUE;
}

static gboolean
reserve (MatineeBlockParser *self, MatineeRatingsBlock *block, gsize start, gsize end)
{
  gsize needed = 1 + (end - start) + MATINEE_TEXT_INDEX_PADDING;
  gsize n_lines;

  if (needed > self->positions_capacity)
    {
      matinee_free (self->positions_memory);
      self->positions_capacity = 0;
      self->positions_memory = matinee_alloc (needed, sizeof (guint32), _ ("reading the ratings"), &block->error);
      if (self->positions_memory == NULL)
        return FALSE;
      self->positions_capacity = needed;
      self->positions = self->positions_memory + 1;
    }
  self->positions[-1] = (guint32) start - 1;
  self->n_positions
      = matinee_text_index (self->text, start, end, self->format->dialect.delimiter, self->positions, &n_lines);

  if (!matinee_id_column_init (&block->users, n_lines, &block->error)
      || !matinee_id_column_init (&block->movies, n_lines, &block->error))
    return FALSE;
  block->triples.codes = matinee_alloc (n_lines, 1, _ ("reading the ratings"), &block->error);
  if (block->triples.codes == NULL)
    return FALSE;
  if (self->times != MATINEE_TIMES_UNWANTED)
    block->triples.times = matinee_alloc (n_lines, sizeof (gint64), _ ("the times of the ratings"), &block->error);
  return self->times == MATINEE_TIMES_UNWANTED || block->triples.times != NULL;
}

/* The 257th distinct rating of a block: codes become values. */
static gboolean
use_values (MatineeBlockParser *self, MatineeRatingsBlock *block)
{
  MatineeTriples *triples = &block->triples;

  triples->values = matinee_alloc (block->users.capacity, sizeof (float), _ ("reading the ratings"), &block->error);
  if (triples->values == NULL)
    return FALSE;
  for (gsize i = 0; i < triples->n; i++)
    triples->values[i] = self->levels.values[triples->codes[i]];
  matinee_free (g_steal_pointer (&triples->codes));
  return TRUE;
}

static gboolean
add_rating (MatineeBlockParser *self, MatineeRatingsBlock *block, float rating)
{
  MatineeTriples *triples = &block->triples;

  if (triples->codes != NULL)
    {
      int code = matinee_levels_add (&self->levels, rating);

      if (code >= 0)
        {
          triples->codes[triples->n++] = (guint8) code;
          return TRUE;
        }
      if (!use_values (self, block))
        return FALSE;
    }
  triples->values[triples->n++] = rating + 0.0f; /* −0 is 0 */
  return TRUE;
}

/* A field of a line, wherever it was found: what it says, and for messages its
 * line in the block, and where it and that line start in the text. */
typedef struct
{
  const char *text;
  gsize length;
  guint64 line;
  const char *start;
  const char *line_start;
} Field;

static guint
get_field_column (const Field *field)
{
  return matinee_text_count_characters (field->line_start, (gsize) (field->start - field->line_start)) + 1;
}

static gboolean
set_field_problem (MatineeRatingsBlock *block, MatineeProblemKind kind, MatineeColumn which, const Field *field)
{
  return set_problem (block, (MatineeTableProblem){ kind, field->line, get_field_column (field), which }, field->text,
                      field->length);
}

/* A time that is none is no reason to leave out the line unless times are needed; else
 * all times are left out, with the first such line as the reason. */
static gboolean
read_time (const MatineeBlockParser *self, MatineeRatingsBlock *block, const Field *field)
{
  MatineeTriples *triples = &block->triples;

  if (triples->times == NULL || matinee_moment_parse (field->text, field->length, &triples->times[triples->n]))
    return TRUE;
  if (self->times == MATINEE_TIMES_NEEDED)
    return set_field_problem (block, MATINEE_PROBLEM_TIME, MATINEE_COLUMN_TIME, field);
  matinee_free (g_steal_pointer (&triples->times));
  block->time_problem
      = (MatineeTableProblem){ MATINEE_PROBLEM_TIME, field->line, get_field_column (field), MATINEE_COLUMN_TIME };
  block->time_problem.found = matinee_text_excerpt (field->text, field->length);
  return TRUE;
}

static gboolean
check_id (const MatineeBlockParser *self, MatineeRatingsBlock *block, MatineeColumn which, const Field *field)
{
  if (field->length == 0)
    return set_field_problem (block, MATINEE_PROBLEM_EMPTY, which, field);
  if (self->format->encoding == MATINEE_ENCODING_UTF_8 && !g_utf8_validate (field->text, (gssize) field->length, NULL))
    return set_field_problem (block, MATINEE_PROBLEM_ENCODING, which, field);
  return TRUE;
}

static gboolean
add_id (const MatineeBlockParser *self, MatineeRatingsBlock *block, MatineeIdColumn *column, const Field *field)
{
  g_autofree char *utf8 = NULL;
  gboolean ascii = TRUE;

  for (gsize i = 0; i < field->length && ascii; i++)
    ascii = (guchar) field->text[i] < 0x80;
  if (ascii)
    return matinee_id_column_add (column, field->text, field->length, &block->error);
  utf8 = matinee_text_to_utf8 (self->format->encoding, field->text, field->length, NULL);
  return matinee_id_column_add (column, utf8, strlen (utf8), &block->error);
}

/* Adds the movie that a line above named. */
static void
add_named_movie (const MatineeBlockParser *self, MatineeIdColumn *movies)
{
  movies->small[movies->n++] = self->movie;
  movies->low = MIN (movies->low, self->movie);
  movies->high = MAX (movies->high, self->movie);
}

/* Nothing is added before all is known to be good. */
static gboolean
add_fields (MatineeBlockParser *self, MatineeRatingsBlock *block, const Field fields[N_FIELDS])
{
  const gboolean named = self->format->movie_lines;
  const Field *field = &fields[MATINEE_COLUMN_RATING];
  MatineeNumberStatus result;
  float rating = 0;

  if (!check_id (self, block, MATINEE_COLUMN_USER, &fields[MATINEE_COLUMN_USER])
      || (!named && !check_id (self, block, MATINEE_COLUMN_MOVIE, &fields[MATINEE_COLUMN_MOVIE])))
    return FALSE;
  result = matinee_text_format_parse_number (self->format, field->text, field->length, &rating);
  if (result != MATINEE_NUMBER_OK)
    return set_field_problem (block, matinee_table_problem_of_number (result), MATINEE_COLUMN_RATING, field);
  if (!read_time (self, block, &fields[MATINEE_COLUMN_TIME]))
    return FALSE;
  if (!add_id (self, block, &block->users, &fields[MATINEE_COLUMN_USER]))
    return FALSE;
  if (named)
    add_named_movie (self, &block->movies);
  else if (!add_id (self, block, &block->movies, &fields[MATINEE_COLUMN_MOVIE]))
    return FALSE;
  return add_rating (self, block, rating);
}

/* Leaves out the blanks around an unquoted field, and what is left of CR LF. */
static void
trim (Field *field, gboolean is_last)
{
  const char *end = field->text + field->length;

  if (is_last && end > field->text && end[-1] == '\r')
    end--;
  while (field->text < end && (*field->text == ' ' || *field->text == '\t'))
    field->text++;
  while (field->text < end && (end[-1] == ' ' || end[-1] == '\t'))
    end--;
  field->start = field->text;
  field->length = (gsize) (end - field->text);
}

/* Cuts a line into fields by its separators, of which *@at is the first. Fails
 * when that is not enough: for the wrong number of fields, or a quoted field with
 * anything but plain text inside. */
static gboolean
cut_line (const MatineeBlockParser *self, gsize *at, guint64 line, Field fields[N_FIELDS])
{
  const MatineeTextFormat *format = self->format;
  const char *text = self->text;
  const guint32 *ends = self->positions + *at;
  const gsize left = self->n_positions - *at;
  guint32 begin = ends[-1] + 1;
  const char *line_start = text + begin;
  gsize s = 0;

  if (format->dialect.doubled)
    return FALSE;
  for (guint c = 0; c < format->n_columns; c++, begin = ends[s++] + 1)
    {
      gboolean is_last = c + 1 == format->n_columns;
      gboolean quoted = format->dialect.quotes && s < left && ends[s] == begin && text[begin] == '"';
      Field field = { text + begin, 0, line, text + begin, line_start };

      if (quoted)
        {
          if (s + 2 >= left || text[ends[s + 1]] != '"' || (format->dialect.backslash && text[ends[s + 1] - 1] == '\\'))
            return FALSE;
          field.text++;
          field.length = ends[s + 1] - begin - 1;
          s += 2;
          if (ends[s] != ends[s - 1] + 1 + (is_last && text[ends[s - 1] + 1] == '\r'))
            return FALSE;
        }
      if (s >= left || text[ends[s]] != (is_last ? '\n' : format->dialect.delimiter))
        return FALSE;
      if (!quoted)
        {
          field.length = ends[s] - begin;
          trim (&field, is_last);
        }
      for (int role = 0; role < N_FIELDS; role++)
        if (format->columns[role] == (int) c)
          fields[role] = field;
    }
  *at += s;
  return TRUE;
}

/* Parses a record with care, reading on when it goes beyond what was read. */
static MatineeCsvStatus
parse_record (MatineeBlockParser *self, MatineeRatingsBlock *block, gsize begin)
{
  for (;;)
    {
      MatineeCsvStatus status = matinee_csv_record_parse (self->record, self->text + begin, self->text_length - begin,
                                                          self->text_at_end, &self->format->dialect);

      if (status != MATINEE_CSV_MORE || self->text_length - begin > MATINEE_CSV_LONGEST_RECORD)
        return status;
      if (!load_until (self, self->text_from + self->text_length + (self->text_length - begin) + SLACK, &block->error))
        return status;
    }
}

static gboolean
add_record (MatineeBlockParser *self, MatineeRatingsBlock *block, const char *text)
{
  const MatineeCsvRecord *record = self->record;
  Field fields[N_FIELDS];

  if (record->n_fields != self->format->n_columns)
    {
      MatineeTableProblem problem = matinee_table_problem_of_fields (record, text, self->format->n_columns);

      problem.line = block->n_lines;
      return set_problem (block, problem, text, matinee_csv_record_trim (record, text));
    }
  for (int c = 0; c < N_FIELDS; c++)
    {
      const MatineeCsvField *field;

      /* The movie may be named by a line above, and times be missing. */
      if (self->format->columns[c] < 0)
        continue;
      field = &record->fields[self->format->columns[c]];

      fields[c] = (Field){ field->text, field->length, block->n_lines + field->line, text + field->start,
                           text + field->line_start };
    }
  return add_fields (self, block, fields);
}

/* Notes why a record can't be parsed. */
static void
set_record_problem (MatineeBlockParser *self, MatineeRatingsBlock *block, MatineeCsvStatus status, gsize begin)
{
  MatineeTableProblem problem;

  if (block->error != NULL)
    return;
  problem = matinee_table_problem_of_status (self->record, self->text + begin, status);
  problem.line += block->n_lines;
  set_problem (block, problem, "", 0);
}

/* Goes on behind the line, whatever quotation marks say. */
static void
pass_line (MatineeBlockParser *self, MatineeRatingsBlock *block, gsize *at)
{
  while (*at < self->n_positions && self->text[self->positions[*at]] != '\n')
    (*at)++;
  *at = MIN (*at + 1, self->n_positions);
  block->n_lines++;
}

/* Takes a line like "17:", which names the movie of those that follow. */
static gboolean
add_movie_line (MatineeBlockParser *self, MatineeRatingsBlock *block)
{
  const MatineeCsvField *field = &self->record->fields[0];
  gint64 movie;

  if (field->length == 0 || field->text[field->length - 1] != ':'
      || !matinee_ids_parse_integer (field->text, field->length - 1, &movie) || movie < 0 || movie > G_MAXUINT32)
    return set_problem (
        block, (MatineeTableProblem){ .kind = MATINEE_PROBLEM_MOVIE_LINE, .line = block->n_lines, .column = 1 },
        field->text, field->length);
  if (!block->names_movie)
    block->n_carried = block->triples.n;
  block->names_movie = TRUE;
  self->movie = block->last_movie = (guint32) movie;
  return TRUE;
}

/* Parses a line that needs care, which may go on behind the end of the block. */
static gboolean
parse_careful_line (MatineeBlockParser *self, MatineeRatingsBlock *block, gsize *at)
{
  gsize begin = (guint32) (self->positions[(gssize) *at - 1] + 1);
  const MatineeCsvRecord *record = self->record;
  MatineeCsvStatus status = parse_record (self, block, begin);
  gboolean well;

  if (status != MATINEE_CSV_RECORD)
    {
      set_record_problem (self, block, status, begin);
      pass_line (self, block, at);
      return FALSE;
    }
  if (self->format->movie_lines && record->n_fields == 1 && !matinee_csv_record_is_blank (record))
    well = add_movie_line (self, block);
  else
    well = matinee_csv_record_is_blank (record) || add_record (self, block, self->text + begin);
  block->n_lines += record->n_lines;
  /* A quoted field can end behind what was taken for the end of the block. */
  block->end
      = MAX (block->end, MIN (self->text_from + begin + record->used, matinee_text_source_get_size (self->source)));
  if (begin + record->used >= self->text_length)
    *at = self->n_positions;
  while (*at < self->n_positions && self->positions[*at] < begin + record->used)
    (*at)++;
  return well;
}

/* Parses a line in which something is not as simple as usual. */
static gboolean
parse_line (MatineeBlockParser *self, MatineeRatingsBlock *block, gsize *at)
{
  Field fields[N_FIELDS];
  gboolean well;

  if (!cut_line (self, at, block->n_lines, fields))
    return parse_careful_line (self, block, at);
  well = add_fields (self, block, fields);
  block->n_lines++;
  return well;
}

static int
learn_rating (MatineeBlockParser *self, const char *text, gsize length, Memo *memo, guint64 key)
{
  float rating;
  int code;

  if (matinee_text_format_parse_number (self->format, text, length, &rating) != MATINEE_NUMBER_OK)
    return -1;
  code = matinee_levels_add (&self->levels, rating);
  if (code >= 0)
    *memo = (Memo){ key, (guint8) code };
  return code;
}

/* Parses lines as long as they are simple: the ids short integers, the rating
 * written in a way that was seen before, the time, if @when is not negative, seconds.
 * Returns how many separators they had. What columns there are is known at compile
 * time in the usual cases; a @movie of −1 is named by a line above. A doubled
 * separator counts as two with nothing between. */
static inline __attribute__ ((always_inline)) gsize
parse_simple_lines (MatineeBlockParser *self, MatineeRatingsBlock *block, gsize first, guint n_columns, int user,
                    int movie, int rating, int when, gboolean doubled)
{
  const char *text = self->text;
  const guint32 *ends = self->positions + first;
  guint32 *users = block->users.small, *movies = block->movies.small;
  guint8 *codes = block->triples.codes;
  gint64 *times = block->triples.times;
  const char delimiter = self->format->dialect.delimiter;
  const int last = (int) n_columns - 1;
  gsize n = block->triples.n, n_before = n;
  gsize most = (self->n_positions - first) / n_columns;
  guint32 user_low = G_MAXUINT32, user_high = 0, movie_low = G_MAXUINT32, movie_high = 0;

  for (gsize line = 0; line < most; line++, ends += n_columns, n++)
    {
      guint32 line_end = ends[n_columns - 1] - (text[(guint32) (ends[n_columns - 1] - 1)] == '\r');
      guint32 user_end = user == last ? line_end : ends[user];
      guint32 movie_end = movie < 0 ? 0 : movie == last ? line_end : ends[movie];
      guint32 rating_end = rating == last ? line_end : ends[rating];
      guint32 user_length = user_end - ends[user - 1] - 1;
      guint32 movie_length = movie < 0 ? 1 : movie_end - ends[movie - 1] - 1;
      guint32 rating_length = rating_end - ends[rating - 1] - 1;
      const char *rating_text = text + (guint32) (ends[rating - 1] + 1);
      gboolean plain = text[ends[n_columns - 1]] == '\n';
      guint64 key;
      Memo *memo;

      for (guint c = 0; c + 1 < n_columns; c++)
        plain &= text[ends[c]] == delimiter;
      for (guint c = 0; doubled && c + 1 < n_columns; c += 2)
        plain &= ends[c + 1] == ends[c] + 1;
      if (!plain || user_length - 1 > 7 || movie_length - 1 > 7 || rating_length - 1 > 7
          || !matinee_number_parse_digits (text + user_end, user_length, &users[n])
          || (movie >= 0 && !matinee_number_parse_digits (text + movie_end, movie_length, &movies[n])))
        break;
      if (when >= 0)
        {
          guint32 end = when == last ? line_end : ends[when];
          guint32 length = end - ends[when - 1] - 1;

          if (length - 1 > 15 || !matinee_number_parse_seconds (text + end, length, &times[n]))
            break;
        }
      if (movie < 0)
        movies[n] = self->movie;

      key = matinee_number_load (rating_text) & (G_MAXUINT64 >> (64 - 8 * rating_length));
      memo = &self->memos[(key * MATINEE_RANDOM_STEP) >> (64 - MEMO_BITS)];
      if (G_LIKELY (memo->text == key))
        codes[n] = memo->code;
      else
        {
          int code = learn_rating (self, rating_text, rating_length, memo, key);

          if (code < 0)
            break;
          codes[n] = (guint8) code;
        }
      user_low = MIN (user_low, users[n]);
      user_high = MAX (user_high, users[n]);
      movie_low = MIN (movie_low, movies[n]);
      movie_high = MAX (movie_high, movies[n]);
    }
  n -= n_before;
  if (n == 0)
    return 0;
  block->users.low = MIN (block->users.low, user_low);
  block->users.high = MAX (block->users.high, user_high);
  block->movies.low = MIN (block->movies.low, movie_low);
  block->movies.high = MAX (block->movies.high, movie_high);
  block->users.n += n;
  block->movies.n += n;
  block->triples.n += n;
  block->n_lines += n;
  return n * n_columns;
}

static gsize
parse_simple (MatineeBlockParser *self, MatineeRatingsBlock *block, gsize first)
{
  const MatineeTextFormat *format = self->format;
  const int *columns = format->columns;
  const int user = columns[MATINEE_COLUMN_USER], movie = columns[MATINEE_COLUMN_MOVIE],
            rating = columns[MATINEE_COLUMN_RATING];
  const int when = block->triples.times != NULL ? columns[MATINEE_COLUMN_TIME] : -1;
  const guint n = format->n_columns;
  gboolean usual = user == 0 && movie == 1 && rating == 2;

  if (block->users.form != MATINEE_ID_SMALL || block->movies.form != MATINEE_ID_SMALL || block->triples.codes == NULL)
    return 0;
  if (format->dialect.doubled)
    return parse_simple_lines (self, block, first, 2 * n - 1, 2 * user, 2 * movie, 2 * rating, when < 0 ? -1 : 2 * when,
                               TRUE);
  if (format->movie_lines)
    return parse_simple_lines (self, block, first, n, user, -1, rating, when, FALSE);
  if (usual && n == 4 && (when < 0 || when == 3))
    return when < 0 ? parse_simple_lines (self, block, first, 4, 0, 1, 2, -1, FALSE)
                    : parse_simple_lines (self, block, first, 4, 0, 1, 2, 3, FALSE);
  if (usual && n == 3)
    return parse_simple_lines (self, block, first, 3, 0, 1, 2, -1, FALSE);
  return parse_simple_lines (self, block, first, n, user, movie, rating, when, FALSE);
}

/**
 * matinee_block_parser_parse:
 * @parser: a parser
 * @block: a block of which ->low, ->high and ->exact say what it is
 *
 * Parses the records that begin in a block. The first is looked for at the start
 * of a line; when that line is in truth the middle of a quoted field, what comes
 * out is of no use, and the reader, who sees that the block before ends
 * elsewhere, has it parsed again from there.
 * Cost: O(bytes); memory: 4 bytes for each separator meanwhile.
 */
void
matinee_block_parser_parse (MatineeBlockParser *parser, MatineeRatingsBlock *block)
{
  MatineeBlockParser *self = parser;
  gsize start = 0, end = 0, at = 0;
  gboolean well = TRUE;

  if (!load_block (self, block, &start, &end) || !reserve (self, block, start, end))
    {
      block->is_broken = !block->is_empty;
      return;
    }
  memset (&self->levels, 0, sizeof self->levels);
  memset (self->memos, 0, sizeof self->memos);
  self->movie = 0;
  block->end = MIN (self->text_from + end, matinee_text_source_get_size (self->source));
  while (well && at < self->n_positions)
    {
      at += parse_simple (self, block, at);
      if (at < self->n_positions)
        well = parse_line (self, block, &at) || (block->error == NULL && block->n_bad <= self->most_bad);
    }
  block->is_broken = !well;
  if (!block->names_movie)
    block->n_carried = block->triples.n;
  memcpy (block->triples.levels, self->levels.values, sizeof block->triples.levels);
}
