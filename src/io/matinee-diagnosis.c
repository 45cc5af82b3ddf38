/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-diagnosis.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "matinee-data-file.h"
#include "matinee-diagnosis-private.h"
#include "matinee-error.h"
#include "matinee-memory.h"

/* So much of a file is looked at, unless its first line is longer. */
#define HEAD_SIZE ((gsize) 1 << 16)

/* Rows that are looked at to tell what separates fields, and what columns hold. */
#define DIALECT_ROWS 20
#define SAMPLE_ROWS 100

/* A form that files of well-known data sets have. */
typedef struct
{
  const char *name;
  MatineeTable table;
  const char *delimiter;
  const char *header; /* (nullable): how the first line begins, without quotation marks */
  guint n_columns;    /* without a header */
  gboolean backslash;
} Form;

static const Form forms[] = {
  { "MovieLens", MATINEE_TABLE_RATINGS, ",", "userId,movieId,rating,timestamp", 0, FALSE },
  { "MovieLens", MATINEE_TABLE_TITLES, ",", "movieId,title,genres", 0, FALSE },
  { "MovieLens 1M", MATINEE_TABLE_RATINGS, "::", NULL, 4, FALSE },
  { "MovieLens 1M", MATINEE_TABLE_TITLES, "::", NULL, 3, FALSE },
  { "MovieLens 100K", MATINEE_TABLE_RATINGS, "\t", NULL, 4, FALSE },
  { "MovieLens 100K", MATINEE_TABLE_TITLES, "|", NULL, 24, FALSE },
  { "Book-Crossing", MATINEE_TABLE_RATINGS, ";", "User-ID;ISBN;Book-Rating", 0, TRUE },
  { "Book-Crossing", MATINEE_TABLE_TITLES, ";", "ISBN;Book-Title", 0, TRUE },
  { "Goodbooks-10k", MATINEE_TABLE_RATINGS, ",", "user_id,book_id,rating", 0, FALSE },
  { "Goodbooks-10k", MATINEE_TABLE_TITLES, ",", "book_id,goodreads_book_id", 0, FALSE },
};

/* The beginning of a file while it is looked at. */
typedef struct
{
  const char *text;
  gsize length;
  gboolean at_end;
  const char *name;
  const MatineeTextHints *hints;
  gsize first; /* behind the mark of the encoding */
  MatineeDiagnosis *diagnosis;
  MatineeTextSample *sample;
} Examination;

/**
 * matinee_diagnosis_add_reason:
 * @self: a diagnosis
 * @format: a sentence
 * @...: what goes into it
 *
 * Notes why something is read as it is.
 */
void
matinee_diagnosis_add_reason (MatineeDiagnosis *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->reasons, g_strdup_vprintf (format, args));
  va_end (args);
}

/**
 * matinee_diagnosis_set_problem:
 * @self: a diagnosis
 * @format: a sentence
 * @...: what goes into it
 *
 * Notes what keeps the file from being certain; the first problem stays.
 */
void
matinee_diagnosis_set_problem (MatineeDiagnosis *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (self->problem == NULL)
    self->problem = g_strdup_vprintf (format, args);
  va_end (args);
}

static gboolean
check_is_text (Examination *self, GError **error)
{
  const char *zero;
  guint64 line = 1;

  if (self->length >= 2 && (memcmp (self->text, "\xff\xfe", 2) == 0 || memcmp (self->text, "\xfe\xff", 2) == 0))
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                   _ ("%s is text in UTF-16: save it as UTF-8 and open it again"), self->name);
      return FALSE;
    }
  zero = self->length > 0 ? memchr (self->text, '\0', self->length) : NULL;
  if (zero == NULL)
    return TRUE;
  for (const char *c = self->text; (c = memchr (c, '\n', (gsize) (zero - c))) != NULL; c++)
    line++;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
               _ ("%s is not a text file: there is a zero byte in line %" PRIu64), self->name, line);
  return FALSE;
}

static void
find_encoding (Examination *self)
{
  MatineeTextFormat *format = &self->diagnosis->format;
  gboolean mark = self->length >= 3 && memcmp (self->text, "\xef\xbb\xbf", 3) == 0;
  gboolean ascii = TRUE, valid;
  const char *end;

  self->first = mark ? 3 : 0;
  for (gsize i = self->first; i < self->length && ascii; i++)
    ascii = (guchar) self->text[i] < 0x80;
  valid = g_utf8_validate (self->text, (gssize) self->length, &end);
  /* The last character may be cut. */
  valid |= !self->at_end && self->text + self->length - end < 4;
  if (self->hints != NULL && self->hints->encoding != MATINEE_ENCODING_ANY)
    format->encoding = self->hints->encoding;
  else if (!valid)
    {
      matinee_diagnosis_add_reason (self->diagnosis, _ ("Text is taken as Latin-1, because it is not UTF-8."));
      if (self->diagnosis->table != MATINEE_TABLE_TITLES)
        format->encoding = MATINEE_ENCODING_LATIN_1;
    }
  else if ((mark || !ascii) && self->diagnosis->table != MATINEE_TABLE_TITLES)
    format->encoding = MATINEE_ENCODING_UTF_8;
}

static MatineeTextSample *
take_sample (const Examination *self, const MatineeCsvDialect *dialect, guint most)
{
  return matinee_text_sample_new (self->text + self->first, self->length - self->first, self->at_end, dialect,
                                  self->diagnosis->format.encoding, most);
}

/* Does the text begin with these names? */
static gboolean
begins_with (const Examination *self, const char *header)
{
  const char *text = self->text + self->first, *end = self->text + self->length;

  for (; text < end && *header != '\0'; text++)
    {
      if (*text == '"')
        continue;
      if (g_ascii_tolower (*text) != g_ascii_tolower (*header))
        return FALSE;
      header++;
    }
  return *header == '\0' && (text == end || !g_ascii_isalnum (*text));
}

static MatineeCsvDialect
make_dialect (const Examination *self, const char *delimiter)
{
  gboolean quoted = self->first < self->length && self->text[self->first] == '"';
  MatineeCsvDialect dialect = { .delimiter = delimiter[0], .doubled = delimiter[1] != '\0' };

  /* Titles in such files begin with quotation marks that are not closed. */
  dialect.quotes = !dialect.doubled && (delimiter[0] != '|' || quoted);
  for (gsize f = 0; f < G_N_ELEMENTS (forms); f++)
    if (forms[f].header != NULL && g_str_equal (forms[f].delimiter, delimiter) && begins_with (self, forms[f].header))
      dialect.backslash = forms[f].backslash;
  return dialect;
}

static guint
count_names (const MatineeTextSample *sample)
{
  char **fields = sample->rows->len > 0 ? sample->rows->pdata[0] : NULL;
  guint n = 0, rank;

  for (guint f = 0; fields != NULL && fields[f] != NULL; f++)
    for (guint c = 0; c < MATINEE_N_COLUMNS; c++)
      n += matinee_column_is_called ((MatineeColumn) c, fields[f], &rank);
  return n;
}

/* Reads "17:" and lines of fields below it. */
static gboolean
has_movie_lines (const MatineeTextSample *sample)
{
  const char *first = sample->rows->len > 1 ? ((GStrv) sample->rows->pdata[0])[0] : "";
  gsize n_digits = strspn (first, "0123456789");

  return matinee_text_sample_get_width (sample, 0) == 1 && n_digits > 0 && n_digits < 10
         && g_str_equal (first + n_digits, ":") && matinee_text_sample_get_width (sample, 1) > 1;
}

/* Tries what can separate fields: names that are known in the first line count
 * most, then enough columns, then lines of the same number of fields. */
static void
find_dialect (Examination *self)
{
  MatineeTextFormat *format = &self->diagnosis->format;
  const char *const *delimiters = matinee_text_delimiters ();
  const char *hint = self->hints != NULL ? self->hints->delimiter : NULL;
  double best = 0;
  guint n, n_needed;

  matinee_table_columns (self->diagnosis->table, &n, &n_needed);
  format->dialect = make_dialect (self, hint != NULL ? hint : ",");
  for (guint d = 0; delimiters[d] != NULL; d++)
    {
      MatineeCsvDialect dialect = make_dialect (self, delimiters[d]);
      g_autoptr (MatineeTextSample) sample = NULL;
      guint width;
      double score;

      if (hint != NULL && !g_str_equal (hint, delimiters[d]))
        continue;
      sample = take_sample (self, &dialect, DIALECT_ROWS);
      if (self->diagnosis->table == MATINEE_TABLE_RATINGS && has_movie_lines (sample))
        {
          format->movie_lines = TRUE;
          format->dialect = dialect;
          return;
        }
      width = matinee_text_sample_get_width (sample, 0);
      score = width < 2 ? 0
                        : 4 * count_names (sample) + (width >= n_needed ? 2 : 0)
                              + matinee_text_sample_get_regularity (sample);
      if (score > best)
        {
          best = score;
          format->dialect = dialect;
        }
    }
}

static gboolean
find_header (const Examination *self)
{
  const MatineeTextSample *sample = self->sample;
  guint n_numbers[2] = { 0, 0 };

  if (self->diagnosis->format.movie_lines)
    return FALSE;
  if (self->hints != NULL && self->hints->header != MATINEE_ANSWER_LOOK)
    return self->hints->header == MATINEE_ANSWER_YES;
  for (guint r = 0; r < MIN (2, sample->rows->len); r++)
    for (char **field = sample->rows->pdata[r]; *field != NULL; field++)
      n_numbers[r] += matinee_text_is_number (*field);
  return n_numbers[0] == 0 && (count_names (sample) > 0 || n_numbers[1] > 0);
}

static gboolean
check_first_record (const Examination *self, GError **error)
{
  if (self->sample->rows->len > 0)
    return TRUE;
  if (self->sample->first == MATINEE_CSV_RECORD)
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                 _ ("%s is empty: the first line should name the columns, the others hold the data"), self->name);
  else
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                 self->sample->first == MATINEE_CSV_MORE
                     ? _ ("%s, line 1: the first line, which should name the columns, is too long: is this a text "
                          "table?")
                     : _ ("%s, line 1: a quotation mark in the names of the columns has no partner"),
                 self->name);
  return FALSE;
}

static void
find_decimal_comma (Examination *self)
{
  MatineeTextFormat *format = &self->diagnosis->format;
  int rating = format->columns[MATINEE_COLUMN_RATING];
  MatineeColumnLook look;

  if (self->hints != NULL && self->hints->decimal_comma != MATINEE_ANSWER_LOOK)
    format->decimal_comma = self->hints->decimal_comma == MATINEE_ANSWER_YES;
  else if (rating >= 0)
    {
      look = matinee_column_look (self->sample, format->has_header ? 1 : 0, (guint) rating);
      format->decimal_comma = look.n_commas > 0;
      if (format->decimal_comma)
        matinee_diagnosis_add_reason (self->diagnosis, _ ("Numbers are written with a decimal comma."));
    }
}

static void
find_form (Examination *self)
{
  MatineeDiagnosis *diagnosis = self->diagnosis;
  const MatineeTextFormat *format = &diagnosis->format;

  if (format->movie_lines || format->takes_rest)
    diagnosis->form = "Netflix Prize";
  for (gsize f = 0; f < G_N_ELEMENTS (forms) && diagnosis->form == NULL; f++)
    {
      const Form *form = &forms[f];

      if (form->table == diagnosis->table && form->delimiter[0] == format->dialect.delimiter
          && (form->delimiter[1] != '\0') == format->dialect.doubled
          && (form->header != NULL ? begins_with (self, form->header)
                                   : !format->has_header && format->n_columns == form->n_columns))
        diagnosis->form = form->name;
    }
  if (diagnosis->form != NULL)
    matinee_diagnosis_add_reason (diagnosis, _ ("It has the form of %s."), diagnosis->form);
}

static void
keep_rows (Examination *self)
{
  MatineeDiagnosis *diagnosis = self->diagnosis;
  GPtrArray *rows = self->sample->rows;

  if (diagnosis->format.has_header)
    diagnosis->names = g_strdupv (rows->pdata[0]);
  for (guint r = diagnosis->format.has_header ? 1 : 0; r < rows->len && diagnosis->rows->len < MATINEE_DIAGNOSIS_ROWS;
       r++)
    {
      g_ptr_array_add (diagnosis->rows, g_strdupv (rows->pdata[r]));
      diagnosis->n_columns = MAX (diagnosis->n_columns, matinee_text_sample_get_width (self->sample, r));
    }
}

/* Lines of another number of fields are bad, or name a movie: they say nothing about
 * what columns hold. */
static void
drop_odd_rows (Examination *self)
{
  GPtrArray *rows = self->sample->rows;

  for (guint r = rows->len; r-- > 1;)
    if (matinee_text_sample_get_width (self->sample, r) != self->diagnosis->format.n_columns)
      g_ptr_array_remove_index (rows, r);
}

static gboolean
examine (Examination *self, GError **error)
{
  MatineeDiagnosis *diagnosis = self->diagnosis;
  MatineeTextFormat *format = &diagnosis->format;

  if (!check_is_text (self, error))
    return FALSE;
  find_encoding (self);
  find_dialect (self);
  self->sample = take_sample (self, &format->dialect, SAMPLE_ROWS);
  if (!check_first_record (self, error))
    return FALSE;
  format->has_header = find_header (self);
  format->n_columns = matinee_text_sample_get_width (self->sample, format->movie_lines ? 1 : 0);
  format->first_byte = self->first + (format->has_header ? self->sample->used : 0);
  format->first_line = 1 + (format->has_header ? self->sample->n_lines : 0);
  diagnosis->n_columns = format->n_columns;
  keep_rows (self);
  drop_odd_rows (self);
  if (!format->has_header && !format->movie_lines)
    matinee_diagnosis_add_reason (diagnosis, _ ("The first line is data already: it names no columns."));
  matinee_diagnosis_find_columns (diagnosis, self->sample, self->hints, self->name);
  find_decimal_comma (self);
  diagnosis->certain = diagnosis->usable && diagnosis->problem == NULL;
  if (diagnosis->usable)
    find_form (self);
  return TRUE;
}

/**
 * matinee_diagnosis_new_for_text:
 * @text: (array length=length): the beginning of a file
 * @length: bytes of it
 * @at_end: whether that is all of the file
 * @name: the file's name, for messages
 * @table: what it is to be read as
 * @hints: (nullable): what somebody says about it
 * @error: return location
 *
 * Finds out how a table is written: what separates fields, whether the first line
 * names the columns, which of them is which, how text is encoded, whether numbers
 * have a decimal comma. Cost: O(@length).
 *
 * Returns: (transfer full) (nullable): the diagnosis; or %NULL with
 *   %MATINEE_ERROR_FORMAT when no choice could make it readable: it is empty, or no
 *   text
 */
MatineeDiagnosis *
matinee_diagnosis_new_for_text (const char *text, gsize length, gboolean at_end, const char *name, MatineeTable table,
                                const MatineeTextHints *hints, GError **error)
{
  g_autoptr (MatineeDiagnosis) diagnosis = g_new0 (MatineeDiagnosis, 1);
  Examination self = { text, length, at_end, name, hints, 0, diagnosis, NULL };
  gboolean done;

  diagnosis->table = table;
  diagnosis->reasons = g_ptr_array_new_with_free_func (g_free);
  diagnosis->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  diagnosis->format.genre_flags = -1;
  for (guint c = 0; c < MATINEE_N_COLUMNS; c++)
    diagnosis->format.columns[c] = -1;
  done = examine (&self, error);
  matinee_text_sample_free (self.sample);
  return done ? g_steal_pointer (&diagnosis) : NULL;
}

/* Reads the beginning of a file, and more of it when the first line is not complete
 * there. */
static gboolean
read_head (const MatineeTextSource *source, char *text, gsize most, gsize *length, GError **error)
{
  *length = MIN (most, HEAD_SIZE);
  if (!matinee_text_source_read (source, 0, text, *length, error))
    return FALSE;
  if (*length == most || memchr (text, '\n', *length) != NULL)
    return TRUE;
  if (!matinee_text_source_read (source, *length, text + *length, most - *length, error))
    return FALSE;
  *length = most;
  return TRUE;
}

/**
 * matinee_diagnosis_new_for_source:
 * @source: a file
 * @table: what it is to be read as
 * @hints: (nullable): what somebody says about it
 * @error: return location
 *
 * Does what matinee_diagnosis_new() does with a file that is open.
 *
 * Returns: (transfer full) (nullable): the diagnosis, or %NULL with an error
 */
MatineeDiagnosis *
matinee_diagnosis_new_for_source (const MatineeTextSource *source, MatineeTable table, const MatineeTextHints *hints,
                                  GError **error)
{
  const char *name = matinee_text_source_get_name (source);
  guint64 size = matinee_text_source_get_size (source);
  gboolean is_whole = matinee_text_source_is_complete (source);
  gsize most = (gsize) MIN (size, MATINEE_CSV_LONGEST_RECORD), length;
  char *text = matinee_alloc (most, 1, _ ("reading the file"), error);
  MatineeDiagnosis *diagnosis = NULL;

  if (text != NULL && read_head (source, text, most, &length, error))
    diagnosis = matinee_diagnosis_new_for_text (text, length, is_whole && length == size, name, table, hints, error);
  matinee_free (text);
  return diagnosis;
}

/**
 * matinee_diagnosis_new:
 * @path: a file, which may be compressed, an archive or a member of one
 * @table: what it is to be read as
 * @hints: (nullable): what somebody says about it
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Looks at the beginning of a file, usually 64 kB of it, to tell how it is to be
 * read. It takes about a millisecond, and longer for an archive, but it reads a disk:
 * don't call it in the main thread.
 *
 * Returns: (transfer full) (nullable): the diagnosis; or %NULL with
 *   %MATINEE_ERROR_FORMAT when no choice could make it readable (empty, no text),
 *   %MATINEE_ERROR_MEMORY, a #GFileError or an error of matinee_data_file_open()
 */
MatineeDiagnosis *
matinee_diagnosis_new (const char *path, MatineeTable table, const MatineeTextHints *hints, MatineeStop *stop,
                       GError **error)
{
  g_autoptr (MatineeTextSource) source = matinee_data_file_open (path, table, hints, stop, error);

  return source != NULL ? matinee_diagnosis_new_for_source (source, table, hints, error) : NULL;
}

/**
 * matinee_diagnosis_free:
 * @diagnosis: (transfer full) (nullable): a diagnosis
 *
 * Frees it.
 */
void
matinee_diagnosis_free (MatineeDiagnosis *diagnosis)
{
  if (diagnosis == NULL)
    return;
  g_ptr_array_unref (diagnosis->reasons);
  g_ptr_array_unref (diagnosis->rows);
  g_strfreev (diagnosis->names);
  g_free (diagnosis->problem);
  g_free (diagnosis);
}

/**
 * matinee_diagnosis_describe_delimiter:
 * @diagnosis: a diagnosis
 *
 * Returns: (transfer full): what separates fields, for people
 */
char *
matinee_diagnosis_describe_delimiter (const MatineeDiagnosis *diagnosis)
{
  const MatineeCsvDialect *dialect = &diagnosis->format.dialect;

  switch (dialect->delimiter)
    {
    case '\t':
      return g_strdup (_ ("tab"));
    case ' ':
      return g_strdup (_ ("blank"));
    default:
      return g_strnfill (dialect->doubled ? 2 : 1, dialect->delimiter);
    }
}

/**
 * matinee_diagnosis_describe_column:
 * @diagnosis: a diagnosis
 * @column: a column
 *
 * Returns: (transfer full) (nullable): its number from 1, and its name if it has
 *   one; %NULL when it is not there
 */
char *
matinee_diagnosis_describe_column (const MatineeDiagnosis *diagnosis, MatineeColumn column)
{
  int field = diagnosis->format.columns[column];

  if (field < 0)
    return NULL;
  if (diagnosis->names == NULL)
    return g_strdup_printf (_ ("column %d"), field + 1);
  /* Translators: the number of a column and its name */
  return g_strdup_printf (_ ("column %d, “%s”"), field + 1, diagnosis->names[field]);
}

/**
 * matinee_diagnosis_can_be_decided:
 * @diagnosis: a diagnosis
 *
 * Returns: whether somebody who says which column is which can make it certain: it has
 *   the columns for that, and does not look like another kind of table
 */
gboolean
matinee_diagnosis_can_be_decided (const MatineeDiagnosis *diagnosis)
{
  guint n, n_needed;

  matinee_table_columns (diagnosis->table, &n, &n_needed);
  return !diagnosis->is_other_table && (diagnosis->format.movie_lines || diagnosis->n_columns >= n_needed);
}

/**
 * matinee_text_format_read:
 * @format: (out caller-allocates): how the file is to be read
 * @source: a file
 * @table: what it is to be read as
 * @hints: (nullable): what somebody says about it
 * @error: return location
 *
 * Looks at a file and takes the way of reading it that is certain.
 *
 * Returns: %FALSE with %MATINEE_ERROR_UNCERTAIN, or %MATINEE_ERROR_FORMAT where nothing
 *   can be decided, whose message is the problem of the diagnosis, %MATINEE_ERROR_MEMORY
 *   or a #GFileError
 */
gboolean
matinee_text_format_read (MatineeTextFormat *format, const MatineeTextSource *source, MatineeTable table,
                          const MatineeTextHints *hints, GError **error)
{
  g_autoptr (MatineeDiagnosis) diagnosis = matinee_diagnosis_new_for_source (source, table, hints, error);

  if (diagnosis == NULL)
    return FALSE;
  *format = diagnosis->format;
  if (!diagnosis->certain)
    g_set_error_literal (error, MATINEE_ERROR,
                         matinee_diagnosis_can_be_decided (diagnosis) ? MATINEE_ERROR_UNCERTAIN : MATINEE_ERROR_FORMAT,
                         diagnosis->problem);
  return diagnosis->certain;
}
