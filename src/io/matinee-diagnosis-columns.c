/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-diagnosis-private.h"
#include "matinee-text-excerpt.h"

/* Which column of a file is which: what somebody says first, then by their names,
 * then by what they hold. */
typedef struct
{
  MatineeDiagnosis *diagnosis;
  const MatineeTextSample *sample;
  const MatineeTextHints *hints;
  const char *name; /* of the file */
} Search;

/* What counts how often something was played or bought. */
static const char *const counts[] = { "plays",       "playcount", "count", "counts",      "weight", "listens",
                                      "listencount", "clicks",    "views", "timesplayed", "hours",  "quantity" };

static char *
list_names (const Search *self)
{
  GString *list = g_string_new (NULL);
  char **fields = self->sample->rows->pdata[0];

  for (guint f = 0; fields[f] != NULL && f < 12; f++)
    {
      g_autofree char *field = matinee_text_excerpt (fields[f], strlen (fields[f]));

      g_string_append_printf (list, f == 0 ? "\u201c%s\u201d" : ", \u201c%s\u201d", field);
    }
  if (g_strv_length (fields) > 12)
    g_string_append (list, ", \u2026");
  return g_string_free (list, FALSE);
}

/* Finds the column that is meant by a name or a number from 1; −1 for none. */
static int
find_meant (const Search *self, const char *meant)
{
  char **names = self->diagnosis->names;
  guint64 number;

  for (guint f = 0; names != NULL && names[f] != NULL; f++)
    if (g_str_equal (names[f], meant))
      return (int) f;
  for (guint f = 0; names != NULL && names[f] != NULL; f++)
    if (g_ascii_strcasecmp (names[f], meant) == 0)
      return (int) f;
  if (g_ascii_string_to_unsigned (meant, 10, 1, self->diagnosis->format.n_columns, &number, NULL))
    return (int) number - 1;
  return -1;
}

static void
take_hints (Search *self)
{
  MatineeTextFormat *format = &self->diagnosis->format;

  for (guint c = 0; c < MATINEE_N_COLUMNS; c++)
    {
      const char *meant = self->hints != NULL ? self->hints->columns[c] : NULL;

      if (meant == NULL || *meant == '\0')
        continue;
      format->columns[c] = find_meant (self, meant);
      if (format->columns[c] < 0 && self->diagnosis->names != NULL)
        {
          g_autofree char *list = list_names (self);

          matinee_diagnosis_set_problem (self->diagnosis,
                                         _ ("%s has no column “%s”; its columns are %s, and can also be called by "
                                            "their numbers, from 1 to %u"),
                                         self->name, meant, list, format->n_columns);
        }
      else if (format->columns[c] < 0)
        matinee_diagnosis_set_problem (self->diagnosis,
                                       _ ("%s has no column “%s”: its columns have no names, only numbers from 1 to "
                                          "%u"),
                                       self->name, meant, format->n_columns);
    }
}

static gboolean
is_taken (const MatineeTextFormat *format, int field)
{
  for (guint c = 0; c < MATINEE_N_COLUMNS; c++)
    if (format->columns[c] == field)
      return TRUE;
  return FALSE;
}

/* The field that is called most like a column; −1 for none. @twin is another one
 * that is called the same. */
static int
find_by_name (const Search *self, MatineeColumn column, int *twin)
{
  char **names = self->diagnosis->names;
  guint best = G_MAXUINT, rank;
  int found = -1;

  *twin = -1;
  for (guint f = 0; names != NULL && names[f] != NULL; f++)
    {
      if (!matinee_column_is_called (column, names[f], &rank) || rank > best)
        continue;
      *twin = rank == best ? (int) f : -1;
      if (rank < best)
        found = (int) f;
      best = rank;
    }
  return found;
}

static void
take_names (Search *self, const MatineeColumn *columns, guint n)
{
  MatineeTextFormat *format = &self->diagnosis->format;

  for (guint c = 0; c < n; c++)
    {
      int twin, found = find_by_name (self, columns[c], &twin);

      if (format->columns[columns[c]] >= 0 || found < 0 || is_taken (format, found)
          || (self->hints != NULL && self->hints->columns[columns[c]] != NULL))
        continue;
      if (twin >= 0)
        matinee_diagnosis_set_problem (
            self->diagnosis, _ ("%s, line 1: two columns are called \u201c%s\u201d; rename the one that is not meant"),
            self->name, self->diagnosis->names[twin]);
      else
        format->columns[columns[c]] = found;
    }
}

static gboolean
looks_like (const Search *self, MatineeTable table)
{
  const MatineeColumn first = table == MATINEE_TABLE_TITLES ? MATINEE_COLUMN_MOVIE : MATINEE_COLUMN_USER;
  const MatineeColumn second = table == MATINEE_TABLE_TITLES ? MATINEE_COLUMN_TITLE : MATINEE_COLUMN_RATING;
  int twin;

  if (self->diagnosis->names == NULL)
    {
      g_autofree MatineeDiagnosis *other = g_memdup2 (self->diagnosis, sizeof *other);

      other->table = table;
      return !other->format.movie_lines && matinee_diagnosis_guess_columns (other, self->sample);
    }
  return find_by_name (self, first, &twin) >= 0 && find_by_name (self, second, &twin) >= 0;
}

/* Titles that are opened as ratings, and the reverse. */
static gboolean
check_table (Search *self)
{
  gboolean titles = self->diagnosis->table == MATINEE_TABLE_TITLES;

  if (self->diagnosis->table == MATINEE_TABLE_PERSON || self->diagnosis->table == MATINEE_TABLE_PAIRS
      || looks_like (self, self->diagnosis->table)
      || !looks_like (self, titles ? MATINEE_TABLE_RATINGS : MATINEE_TABLE_TITLES))
    return TRUE;
  self->diagnosis->is_other_table = TRUE;
  matinee_diagnosis_set_problem (self->diagnosis,
                                 titles ? _ ("%s looks like a file of ratings, not of titles: open it as ratings")
                                        : _ ("%s looks like a file of titles, not of ratings: open it as titles"),
                                 self->name);
  return FALSE;
}

static const char *
find_count (const Search *self)
{
  char **names = self->diagnosis->names;

  for (guint f = 0; names != NULL && names[f] != NULL; f++)
    for (guint c = 0; c < G_N_ELEMENTS (counts); c++)
      {
        g_autoptr (GString) name = g_string_new (names[f]);

        g_string_replace (name, "_", "", 0);
        g_string_ascii_down (name);
        if (g_str_equal (name->str, counts[c]) && !is_taken (&self->diagnosis->format, (int) f))
          return names[f];
      }
  return NULL;
}

/* Says which column is not to be found. */
static void
set_missing (Search *self, MatineeColumn column)
{
  static const char *const examples[]
      = { "userId,movieId,rating", "movieId,title,genres", "movieId,rating", "userId,movieId" }; /* by table */
  MatineeDiagnosis *diagnosis = self->diagnosis;
  const char *count = column == MATINEE_COLUMN_RATING ? find_count (self) : NULL;
  g_autofree char *list = list_names (self);

  if (count != NULL)
    matinee_diagnosis_set_problem (diagnosis,
                                   _ ("%s has no ratings: the column “%s” seems to count how often somebody played or "
                                      "bought something, which does not say how much they like it. To use it all the "
                                      "same, choose it as the column of the ratings"),
                                   self->name, count);
  else if (diagnosis->names == NULL && diagnosis->format.n_columns >= 3)
    matinee_diagnosis_set_problem (
        diagnosis,
        diagnosis->table == MATINEE_TABLE_TITLES
            ? _ ("%s has no line that names its columns, and what they hold (%s) does not say for sure which is "
                 "which: choose the columns of the movies and the titles")
            : _ ("%s has no line that names its columns, and what they hold (%s) does not say for sure which is "
                 "which: choose the columns of the users, the movies and the ratings"),
        self->name, list);
  else
    matinee_diagnosis_set_problem (
        diagnosis,
        _ ("%s, line 1: there is no column \u201c%s\u201d. The columns found are %s; the first line should name "
           "them, as in \u201c%s\u201d"),
        self->name, matinee_column_get_name (column), list, examples[diagnosis->table]);
}

/* Are all columns that are needed there, and none of them twice? */
static void
check_columns (Search *self, const MatineeColumn *columns, guint n, guint n_needed)
{
  MatineeDiagnosis *diagnosis = self->diagnosis;
  const int *fields = diagnosis->format.columns;

  diagnosis->usable = TRUE;
  for (guint c = 0; c < n; c++)
    {
      if (c < n_needed && fields[columns[c]] < 0
          && !(columns[c] == MATINEE_COLUMN_MOVIE && diagnosis->format.movie_lines))
        diagnosis->usable = FALSE;
      for (guint other = 0; other < c; other++)
        if (fields[columns[c]] >= 0 && fields[columns[c]] == fields[columns[other]])
          {
            diagnosis->usable = FALSE;
            matinee_diagnosis_set_problem (diagnosis, _ ("%s: column %u can’t be both “%s” and “%s”"), self->name,
                                           (guint) fields[columns[c]] + 1, matinee_column_get_name (columns[other]),
                                           matinee_column_get_name (columns[c]));
          }
    }
}

static void
add_reason (MatineeDiagnosis *self, gboolean guessed)
{
  if (guessed)
    matinee_diagnosis_add_reason (self, _ ("Columns are told by what they hold and by their order."));
  else if (self->is_chosen)
    matinee_diagnosis_add_reason (self, _ ("Columns are as you chose them."));
  else if (self->names != NULL)
    matinee_diagnosis_add_reason (self, _ ("Columns are told by their names."));
}

static MatineeColumn
find_missing (const MatineeTextFormat *format, const MatineeColumn *columns, guint n_needed)
{
  for (guint c = 0; c < n_needed; c++)
    if (format->columns[columns[c]] < 0)
      return columns[c];
  return MATINEE_N_COLUMNS;
}

/**
 * matinee_diagnosis_find_columns:
 * @self: a diagnosis of which all else is known
 * @sample: the first rows, at least one
 * @hints: (nullable): what somebody says
 * @name: the file's name
 *
 * Finds out which column is which.
 */
void
matinee_diagnosis_find_columns (MatineeDiagnosis *self, const MatineeTextSample *sample, const MatineeTextHints *hints,
                                const char *name)
{
  Search search = { self, sample, hints, name };
  guint n, n_needed;
  const MatineeColumn *columns = matinee_table_columns (self->table, &n, &n_needed);
  MatineeColumn missing;
  gboolean guessed = FALSE;

  for (guint c = 0; c < n; c++)
    self->is_chosen |= hints != NULL && hints->columns[columns[c]] != NULL;
  if (!self->is_chosen && !check_table (&search))
    return;
  take_hints (&search);
  take_names (&search, columns, n);
  missing = find_missing (&self->format, columns, n_needed);
  if (missing != MATINEE_N_COLUMNS)
    {
      MatineeTextFormat before = self->format;

      guessed = matinee_diagnosis_guess_columns (self, sample);
      if (!guessed && self->problem == NULL)
        {
          MatineeTextFormat proposed = self->format;

          /* The message is about the columns that are known. */
          self->format = before;
          set_missing (&search, missing);
          self->format = proposed;
        }
    }
  check_columns (&search, columns, n, n_needed);
  add_reason (self, guessed);
}
