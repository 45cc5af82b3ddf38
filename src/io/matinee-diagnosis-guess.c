/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-diagnosis-private.h"

/* The ways in which a table without names is laid out, told by what its columns
 * hold. */

/* Scales have hardly more steps. */
#define MOST_STEPS 21

static gboolean
is_free (const MatineeTextFormat *format, guint field)
{
  for (guint c = 0; c < MATINEE_N_COLUMNS; c++)
    if (format->columns[c] == (int) field)
      return FALSE;
  return TRUE;
}

static gboolean
looks_like_ids (const MatineeColumnLook *look, const MatineeTextSample *sample, guint from)
{
  return look->n == sample->rows->len - from && (look->n_numbers == look->n_integers);
}

/* User, movie, rating, in this order, and perhaps the time. Three columns of small
 * numbers could stand in any order, so only one may look like ratings; a time
 * behind them makes it the usual order, unless the second column could be the ratings
 * and the third the users. */
static gboolean
is_usual_order (const MatineeTextSample *sample, guint from, guint n_columns)
{
  MatineeColumnLook looks[4];
  gboolean are_ratings[3];

  if (n_columns < 3 || n_columns > 4 || sample->rows->len <= from)
    return FALSE;
  for (guint c = 0; c < n_columns; c++)
    looks[c] = matinee_column_look (sample, from, c);
  for (guint c = 0; c < 3; c++)
    are_ratings[c] = matinee_column_looks_like_ratings (&looks[c]);
  if (!looks_like_ids (&looks[0], sample, from) || !looks_like_ids (&looks[1], sample, from) || !are_ratings[2])
    return FALSE;
  if (n_columns == 4)
    return matinee_column_looks_like_times (&looks[3])
           && (are_ratings[0] || !are_ratings[1] || looks[1].n_distinct <= looks[2].n_distinct
               || looks[1].n_distinct > MOST_STEPS);
  return looks[2].n_integers < looks[2].n || (!are_ratings[0] && !are_ratings[1]);
}

/* The columns that look most like what is missing, for somebody to correct. Ids have no
 * fractions; and without fractions the first two columns are more likely ids. */
static void
propose_ratings (MatineeTextFormat *format, const MatineeTextSample *sample, guint from)
{
  int *columns = format->columns;
  guint fewest = G_MAXUINT;
  gboolean fractions = FALSE;
  int rating = -1;

  for (guint f = 0; f < format->n_columns; f++)
    {
      MatineeColumnLook look = matinee_column_look (sample, from, f);
      gboolean has_fractions = look.n_integers < look.n_numbers;

      if (!is_free (format, f))
        continue;
      if (columns[MATINEE_COLUMN_TIME] < 0 && matinee_column_looks_like_times (&look))
        columns[MATINEE_COLUMN_TIME] = (int) f;
      else if (matinee_column_looks_like_ratings (&look) && (has_fractions || f + 1 >= MIN (3, format->n_columns))
               && has_fractions >= fractions && (has_fractions > fractions || look.n_distinct < fewest))
        {
          fractions = has_fractions;
          fewest = look.n_distinct;
          rating = (int) f;
        }
    }
  if (columns[MATINEE_COLUMN_RATING] < 0)
    columns[MATINEE_COLUMN_RATING] = rating;
}

static void
propose_ids (MatineeTextFormat *format, MatineeColumn column)
{
  for (guint f = 0; f < format->n_columns && format->columns[column] < 0; f++)
    if (is_free (format, f))
      format->columns[column] = (int) f;
}

static gboolean
guess_ratings (MatineeDiagnosis *self, const MatineeTextSample *sample, guint from)
{
  MatineeTextFormat *format = &self->format;
  int *columns = format->columns;

  if (format->movie_lines)
    {
      static const MatineeColumn order[] = { MATINEE_COLUMN_USER, MATINEE_COLUMN_RATING, MATINEE_COLUMN_TIME };

      for (guint c = 0; c < MIN (format->n_columns, G_N_ELEMENTS (order)); c++)
        if (columns[order[c]] < 0 && is_free (format, c))
          columns[order[c]] = (int) c;
      return format->n_columns >= 2;
    }
  if (!format->has_header && self->table == MATINEE_TABLE_RATINGS && columns[MATINEE_COLUMN_USER] < 0
      && columns[MATINEE_COLUMN_MOVIE] < 0 && columns[MATINEE_COLUMN_RATING] < 0 && columns[MATINEE_COLUMN_TIME] < 0
      && is_usual_order (sample, from, format->n_columns))
    {
      for (guint c = 0; c < format->n_columns; c++)
        columns[c] = (int) c;
      return TRUE;
    }
  propose_ratings (format, sample, from);
  if (self->table == MATINEE_TABLE_RATINGS)
    propose_ids (format, MATINEE_COLUMN_USER);
  propose_ids (format, MATINEE_COLUMN_MOVIE);
  return FALSE;
}

/* u.item of MovieLens 100K: number, title, dates, address, then a flag for each
 * genre. */
static gboolean
find_genre_flags (MatineeTextFormat *format, const MatineeTextSample *sample, guint from)
{
  guint first;

  if (format->n_columns < MATINEE_N_GENRE_FLAGS + 2)
    return FALSE;
  first = format->n_columns - MATINEE_N_GENRE_FLAGS;
  for (guint f = first; f < format->n_columns; f++)
    {
      MatineeColumnLook look = matinee_column_look (sample, from, f);

      if (look.n == 0 || look.n_integers < look.n || look.low < 0 || look.high > 1)
        return FALSE;
    }
  format->genre_flags = (int) first;
  return TRUE;
}

static gboolean
looks_like_years (const MatineeColumnLook *look)
{
  return look->n_integers > 0 && 10 * look->n_integers >= 9 * look->n && look->low >= 1800 && look->high <= 2200;
}

/* Number, title and genres; or number, year and a title that goes on to the end of
 * the line. */
static gboolean
guess_titles (MatineeDiagnosis *self, const MatineeTextSample *sample, guint from)
{
  MatineeTextFormat *format = &self->format;
  int *columns = format->columns;
  MatineeColumnLook ids = matinee_column_look (sample, from, 0), second = matinee_column_look (sample, from, 1);
  gboolean numbered = ids.n > 0 && ids.n_integers == sample->rows->len - from && ids.n_distinct == ids.n;

  if (format->has_header || columns[MATINEE_COLUMN_MOVIE] >= 0 || columns[MATINEE_COLUMN_TITLE] >= 0
      || format->n_columns < 2 || !numbered)
    return FALSE;
  if (format->n_columns >= 3 && looks_like_years (&second))
    {
      columns[MATINEE_COLUMN_MOVIE] = 0;
      columns[MATINEE_COLUMN_YEAR] = 1;
      columns[MATINEE_COLUMN_TITLE] = 2;
      format->n_columns = 3;
      format->takes_rest = TRUE;
      format->dialect.quotes = FALSE;
      return TRUE;
    }
  if (2 * second.n_numbers > second.n || second.n == 0)
    return FALSE;
  columns[MATINEE_COLUMN_MOVIE] = 0;
  columns[MATINEE_COLUMN_TITLE] = 1;
  if (format->n_columns == 3)
    columns[MATINEE_COLUMN_GENRES] = 2;
  return find_genre_flags (format, sample, from) || format->n_columns <= 3;
}

/**
 * matinee_diagnosis_guess_columns:
 * @self: a diagnosis; columns that are known already stay as they are
 * @sample: the first rows
 *
 * Tells by their contents which columns are which.
 *
 * Returns: whether that is sure; else it is a proposal
 */
gboolean
matinee_diagnosis_guess_columns (MatineeDiagnosis *self, const MatineeTextSample *sample)
{
  guint from = self->format.has_header ? 1 : 0;

  if (self->table == MATINEE_TABLE_TITLES)
    {
      gboolean sure = guess_titles (self, sample, from);

      propose_ids (&self->format, MATINEE_COLUMN_MOVIE);
      propose_ids (&self->format, MATINEE_COLUMN_TITLE);
      return sure;
    }
  return guess_ratings (self, sample, from);
}
