/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-reading.h"

#include <glib/gi18n.h>
#include <string.h>

#include "matinee-cli-command.h"
#include "matinee-error.h"

/* What --columns calls them. */
static const char *const roles[MATINEE_N_COLUMNS] = { "user", "movie", "rating", "time", "title", "genres", "year" };

/**
 * matinee_cli_reading_add_options:
 * @reading: where they are read to; zeros, and outlives @context
 * @context: options of a command
 *
 * Adds the options that say how ratings files are to be read.
 */
void
matinee_cli_reading_add_options (MatineeCliReading *reading, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "columns", 0, 0, G_OPTION_ARG_STRING, &reading->format.columns,
      N_ ("Which columns of the ratings are which, by name or number"), "user=…,movie=…,rating=…,time=…" },
    { "rating-column", 0, 0, G_OPTION_ARG_STRING, &reading->rating_column, N_ ("The column that holds the ratings"),
      N_ ("NAME") },
    { "delimiter", 0, 0, G_OPTION_ARG_STRING, &reading->format.delimiter,
      N_ ("What separates the fields: , ; | :: tab or blank"), N_ ("TEXT") },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &reading->format.encoding, N_ ("How text is written: utf-8 or latin-1"),
      N_ ("NAME") },
    { "header", 0, 0, G_OPTION_ARG_STRING, &reading->format.header, N_ ("Whether the first line names the columns"),
      "yes|no" },
    { "decimal-comma", 0, 0, G_OPTION_ARG_NONE, &reading->decimal_comma, N_ ("Ratings are written like 3,5"), NULL },
    { "skip-bad-lines", 0, 0, G_OPTION_ARG_NONE, &reading->skip_bad_lines,
      N_ ("Leave out lines that can’t be read, up to half of them"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/**
 * matinee_cli_reading_add_titles_options:
 * @reading: where they are read to; zeros, and outlives @context
 * @context: options of a command that takes titles
 *
 * Adds the options that say how titles files are to be read.
 */
void
matinee_cli_reading_add_titles_options (MatineeCliReading *reading, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "movies-columns", 0, 0, G_OPTION_ARG_STRING, &reading->titles.columns,
      N_ ("Which columns of the titles are which"), "movie=…,title=…,genres=…,year=…" },
    { "movies-delimiter", 0, 0, G_OPTION_ARG_STRING, &reading->titles.delimiter,
      N_ ("What separates the fields of the titles"), N_ ("TEXT") },
    { "movies-encoding", 0, 0, G_OPTION_ARG_STRING, &reading->titles.encoding, N_ ("How the titles are written"),
      N_ ("NAME") },
    { "movies-header", 0, 0, G_OPTION_ARG_STRING, &reading->titles.header,
      N_ ("Whether the first line of the titles names the columns"), "yes|no" },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static gboolean
table_has (MatineeTable table, guint role)
{
  guint n, n_needed;
  const MatineeColumn *columns = matinee_table_columns (table, &n, &n_needed);

  for (guint c = 0; c < n; c++)
    if (columns[c] == role)
      return TRUE;
  return FALSE;
}

/* Takes "user=1,movie=isbn". */
static gboolean
resolve_columns (const char *text, const char *prefix, MatineeTable table, MatineeTextHints *hints, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ",", -1);

  for (guint p = 0; parts[p] != NULL; p++)
    {
      char *value = strchr (parts[p], '=');
      guint role = 0;

      if (value != NULL)
        *value++ = '\0';
      while (role < MATINEE_N_COLUMNS && !(table_has (table, role) && g_str_equal (roles[role], parts[p])))
        role++;
      if (value == NULL || role == MATINEE_N_COLUMNS)
        return matinee_cli_fail_usage (
            error, _ ("--%scolumns needs a list like “%s”, with names or numbers of columns, not “%s”"), prefix,
            table == MATINEE_TABLE_TITLES ? "movie=1,title=2,genres=3,year=4" : "user=1,movie=2,rating=3,time=4", text);
      g_free (hints->columns[role]);
      hints->columns[role] = g_strdup (value);
    }
  return TRUE;
}

static gboolean
resolve_delimiter (const char *text, const char *prefix, MatineeTextHints *hints, GError **error)
{
  static const char *const names[][2] = { { "tab", "\t" }, { "\\t", "\t" }, { "blank", " " }, { "space", " " } };

  if (text == NULL)
    return TRUE;
  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    if (g_ascii_strcasecmp (text, names[n][0]) == 0)
      text = names[n][1];
  if (g_strv_contains (matinee_text_delimiters (), text))
    {
      hints->delimiter = g_strdup (text);
      return TRUE;
    }
  return matinee_cli_fail_usage (error, _ ("--%sdelimiter must be one of , ; | :: tab and blank; it is “%s”"), prefix,
                                 text);
}

/* Finds @text among names; the answer is the number of the one that it is. */
static gboolean
choose (const char *prefix, const char *option, const char *text, const char *const *names, int *answer, GError **error)
{
  g_autofree char *list = NULL;

  if (text == NULL)
    return TRUE;
  for (guint n = 0; names[n] != NULL; n++)
    if (g_ascii_strcasecmp (names[n], text) == 0)
      {
        *answer = (int) n;
        return TRUE;
      }
  list = g_strjoinv (" ", (char **) (gpointer) names);
  return matinee_cli_fail_usage (error, _ ("--%s%s must be one of: %s; it is “%s”"), prefix, option, list, text);
}

static gboolean
resolve_format (const MatineeCliFormat *format, const char *prefix, MatineeTable table, MatineeTextHints *hints,
                GError **error)
{
  static const char *const encodings[] = { "utf-8", "latin-1", NULL };
  static const char *const answers[] = { "no", "yes", NULL };
  int encoding = -1, header = -1;

  if (!resolve_columns (format->columns, prefix, table, hints, error)
      || !resolve_delimiter (format->delimiter, prefix, hints, error)
      || !choose (prefix, "encoding", format->encoding, encodings, &encoding, error)
      || !choose (prefix, "header", format->header, answers, &header, error))
    return FALSE;
  hints->encoding = (MatineeEncoding) (encoding + 1);
  hints->header = (MatineeAnswer) (header + 1);
  return TRUE;
}

/**
 * matinee_cli_reading_resolve:
 * @reading: what was given
 * @error: return location
 *
 * Understands the options, before any file is read.
 *
 * Returns: whether they make sense; else @error is in %G_OPTION_ERROR
 */
gboolean
matinee_cli_reading_resolve (MatineeCliReading *reading, GError **error)
{
  if (!resolve_format (&reading->format, "", MATINEE_TABLE_RATINGS, &reading->hints, error)
      || !resolve_format (&reading->titles, "movies-", MATINEE_TABLE_TITLES, &reading->titles_hints, error))
    return FALSE;
  if (reading->rating_column != NULL)
    {
      g_free (reading->hints.columns[MATINEE_COLUMN_RATING]);
      reading->hints.columns[MATINEE_COLUMN_RATING] = g_strdup (reading->rating_column);
    }
  reading->hints.decimal_comma = reading->decimal_comma ? MATINEE_ANSWER_YES : MATINEE_ANSWER_LOOK;
  reading->tolerance = reading->skip_bad_lines ? MATINEE_TOLERANCE_MANY : MATINEE_TOLERANCE_FEW;
  return TRUE;
}

/**
 * matinee_cli_reading_diagnose:
 * @reading: options; ->diagnosis is set
 * @path: a file
 * @table: what it is to be read as
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Looks at the first lines of a file.
 *
 * Returns: whether that is possible; it may be uncertain how to read it
 */
gboolean
matinee_cli_reading_diagnose (MatineeCliReading *reading, const char *path, MatineeTable table, MatineeStop *stop,
                              GError **error)
{
  g_clear_pointer (&reading->diagnosis, matinee_diagnosis_free);
  reading->diagnosis = matinee_diagnosis_new (path, table, &reading->hints, stop, error);
  return reading->diagnosis != NULL;
}

/**
 * matinee_cli_reading_check:
 * @reading: options, with a diagnosis
 * @error: return location
 *
 * Returns: whether it is certain how to read the file; else @error says what is to
 *   be decided, and by which options
 */
gboolean
matinee_cli_reading_check (const MatineeCliReading *reading, GError **error)
{
  const MatineeDiagnosis *diagnosis = reading->diagnosis;

  if (diagnosis->certain)
    return TRUE;
  if (diagnosis->is_other_table || diagnosis->n_columns < (diagnosis->table == MATINEE_TABLE_RATINGS ? 3 : 2))
    g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT, diagnosis->problem);
  else
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                 _ ("%s (with --columns user=…,movie=…,rating=…, --rating-column or --delimiter; “matinee-cli info” "
                    "shows the first lines)"),
                 diagnosis->problem);
  return FALSE;
}

/**
 * matinee_cli_reading_speaks_of_titles:
 * @reading: options
 *
 * Returns: whether any of them says how titles are to be read
 */
gboolean
matinee_cli_reading_speaks_of_titles (const MatineeCliReading *reading)
{
  const MatineeCliFormat *titles = &reading->titles;

  return titles->columns != NULL || titles->delimiter != NULL || titles->encoding != NULL || titles->header != NULL;
}

static void
format_clear (MatineeCliFormat *format)
{
  g_free (format->columns);
  g_free (format->delimiter);
  g_free (format->encoding);
  g_free (format->header);
}

/**
 * matinee_cli_reading_clear:
 * @reading: options
 *
 * Frees what they hold.
 */
void
matinee_cli_reading_clear (MatineeCliReading *reading)
{
  format_clear (&reading->format);
  format_clear (&reading->titles);
  g_free (reading->rating_column);
  matinee_text_hints_clear (&reading->hints);
  matinee_text_hints_clear (&reading->titles_hints);
  matinee_diagnosis_free (reading->diagnosis);
  matinee_read_report_clear (&reading->report);
}
