/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-diagnosis.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "matinee-cli-event.h"
#include "matinee-cli-output.h"
#include "matinee-cli-text.h"
#include "matinee-text-excerpt.h"

/* Rows and characters of a field that a preview shows. */
#define PREVIEW_ROWS 5
#define PREVIEW_WIDTH 20

static const char *const encodings[] = { "any", "utf-8", "latin-1" };

/**
 * matinee_cli_describe_columns:
 * @diagnosis: a diagnosis
 *
 * Returns: (transfer full): which column is which: "userId: column 1; …"
 */
char *
matinee_cli_describe_columns (const MatineeDiagnosis *diagnosis)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint c = 0; c < MATINEE_N_COLUMNS; c++)
    {
      g_autofree char *column = c == MATINEE_COLUMN_MOVIE && diagnosis->format.movie_lines
                                    ? g_strdup (_ ("lines of their own"))
                                    : matinee_diagnosis_describe_column (diagnosis, (MatineeColumn) c);

      if (column != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "; " : "",
                                matinee_column_get_name ((MatineeColumn) c), column);
    }
  return matinee_cli_text_clean (text->str);
}

static const char *
describe_encoding (MatineeEncoding encoding)
{
  switch (encoding)
    {
    case MATINEE_ENCODING_UTF_8:
      return "UTF-8";
    case MATINEE_ENCODING_LATIN_1:
      return "Latin-1";
    case MATINEE_ENCODING_ANY:
    default:
      return _ ("UTF-8 or Latin-1");
    }
}

/**
 * matinee_cli_print_diagnosis:
 * @diagnosis: a diagnosis
 *
 * Prints for people how a file is read, and why.
 */
void
matinee_cli_print_diagnosis (const MatineeDiagnosis *diagnosis)
{
  g_autofree char *delimiter = matinee_diagnosis_describe_delimiter (diagnosis);
  g_autofree char *columns = matinee_cli_describe_columns (diagnosis);

  if (diagnosis->form != NULL)
    matinee_cli_print_field (_ ("Form"), "%s", diagnosis->form);
  matinee_cli_print_field (_ ("Fields"), _ ("separated by: %s"), delimiter);
  matinee_cli_print_field (_ ("Text"), "%s", describe_encoding (diagnosis->format.encoding));
  if (*columns != '\0')
    matinee_cli_print_field (_ ("Columns"), "%s", columns);
  for (guint r = 0; r < diagnosis->reasons->len; r++)
    matinee_cli_print_field (r == 0 ? _ ("Reasons") : "", "%s", (char *) diagnosis->reasons->pdata[r]);
}

static void
print_row (char **fields, guint n)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint f = 0; f < n; f++)
    {
      g_autofree char *field = matinee_cli_text_clean (f < g_strv_length (fields) ? fields[f] : "");
      g_autofree char *cut = g_utf8_substring (field, 0, MIN (g_utf8_strlen (field, -1), PREVIEW_WIDTH));
      g_autofree char *padded = matinee_cli_text_pad (cut, PREVIEW_WIDTH, FALSE);

      g_string_append_printf (line, "%s%s", f > 0 ? "  " : "", padded);
    }
  g_strchomp (line->str);
  matinee_cli_print ("%s\n", line->str);
}

/**
 * matinee_cli_print_preview:
 * @diagnosis: a diagnosis
 *
 * Prints the first rows of a file, cut into fields, below the numbers of the columns.
 */
void
matinee_cli_print_preview (const MatineeDiagnosis *diagnosis)
{
  g_autofree char **numbers = g_new0 (char *, diagnosis->n_columns + 1);

  for (guint f = 0; f < diagnosis->n_columns; f++)
    numbers[f] = g_strdup_printf ("%u", f + 1);
  matinee_cli_print ("\n");
  print_row (numbers, diagnosis->n_columns);
  for (guint f = 0; f < diagnosis->n_columns; f++)
    g_free (numbers[f]);
  if (diagnosis->names != NULL)
    print_row (diagnosis->names, diagnosis->n_columns);
  for (guint r = 0; r < MIN (diagnosis->rows->len, PREVIEW_ROWS); r++)
    print_row (diagnosis->rows->pdata[r], diagnosis->n_columns);
}

static void
print_bad_lines (const MatineeReadReport *report)
{
  g_autofree char *n = matinee_cli_format_count (report->n_bad);

  if (report->n_bad == 0)
    return;
  matinee_cli_print_field (_ ("Bad lines"), _ ("%s, left out"), n);
  for (guint b = 0; b < report->bad_lines->len; b++)
    matinee_cli_print_field ("", "%s", g_array_index (report->bad_lines, MatineeBadLine, b).message);
}

/**
 * matinee_cli_print_findings:
 * @report: what was left out
 * @oddities: what is odd about the rest
 *
 * Prints for people what may be wrong with ratings; nothing when nothing is.
 */
void
matinee_cli_print_findings (const MatineeReadReport *report, const MatineeOddities *oddities)
{
  g_autofree char *users = matinee_cli_format_count (oddities->n_single_users);
  g_autofree char *movies = matinee_cli_format_count (oddities->n_single_movies);
  g_autofree char *outliers = matinee_cli_format_count (oddities->n_outliers);
  g_autofree char *low = matinee_cli_format_number (oddities->outlier_low);
  g_autofree char *high = matinee_cli_format_number (oddities->outlier_high);
  g_autofree char *n_apart = matinee_cli_format_count (oddities->n_apart);
  g_autofree char *apart = matinee_cli_format_number (oddities->apart);

  print_bad_lines (report);
  if (oddities->n_single_users > 0 || oddities->n_single_movies > 0)
    matinee_cli_print_field (_ ("Rated once"), _ ("users with one rating: %s, movies with one: %s"), users, movies);
  if (oddities->n_outliers > 0)
    matinee_cli_print_field (_ ("Outliers"), _ ("ratings far from all others: %s, from %s to %s"), outliers, low, high);
  if (oddities->n_apart > 0)
    matinee_cli_print_field (_ ("Stands apart"),
                             _ ("%s ratings are %s: if that means “not rated”, delete their lines before training"),
                             n_apart, apart);
}

/**
 * matinee_cli_event_add_diagnosis:
 * @event: an event
 * @diagnosis: a diagnosis
 *
 * Adds how a file is read.
 */
void
matinee_cli_event_add_diagnosis (JsonBuilder *event, const MatineeDiagnosis *diagnosis)
{
  const MatineeTextFormat *format = &diagnosis->format;
  const char delimiter[]
      = { format->dialect.delimiter, format->dialect.doubled ? format->dialect.delimiter : '\0', '\0' };

  json_builder_set_member_name (event, "certain");
  json_builder_add_boolean_value (event, diagnosis->certain);
  matinee_cli_event_add_string (event, "problem", diagnosis->problem);
  matinee_cli_event_add_string (event, "form", diagnosis->form);
  matinee_cli_event_add_string (event, "delimiter", delimiter);
  matinee_cli_event_add_string (event, "encoding", encodings[format->encoding]);
  json_builder_set_member_name (event, "header");
  json_builder_add_boolean_value (event, format->has_header);
  json_builder_set_member_name (event, "decimal_comma");
  json_builder_add_boolean_value (event, format->decimal_comma);
  json_builder_set_member_name (event, "columns");
  json_builder_begin_object (event);
  for (guint c = 0; c < MATINEE_N_COLUMNS; c++)
    if (format->columns[c] >= 0)
      matinee_cli_event_add_count (event, matinee_column_get_name ((MatineeColumn) c),
                                   (guint64) format->columns[c] + 1);
  json_builder_end_object (event);
  json_builder_set_member_name (event, "reasons");
  json_builder_begin_array (event);
  for (guint r = 0; r < diagnosis->reasons->len; r++)
    json_builder_add_string_value (event, diagnosis->reasons->pdata[r]);
  json_builder_end_array (event);
}

/**
 * matinee_cli_event_add_findings:
 * @event: an event
 * @report: what was left out
 * @oddities: what is odd about the rest
 *
 * Adds what may be wrong with ratings.
 */
void
matinee_cli_event_add_findings (JsonBuilder *event, const MatineeReadReport *report, const MatineeOddities *oddities)
{
  matinee_cli_event_add_count (event, "bad_lines", report->n_bad);
  json_builder_set_member_name (event, "first_bad_lines");
  json_builder_begin_array (event);
  for (guint b = 0; b < report->bad_lines->len; b++)
    {
      const MatineeBadLine *bad = &g_array_index (report->bad_lines, MatineeBadLine, b);

      json_builder_begin_object (event);
      matinee_cli_event_add_count (event, "line", bad->line);
      matinee_cli_event_add_string (event, "message", bad->message);
      json_builder_end_object (event);
    }
  json_builder_end_array (event);
  matinee_cli_event_add_count (event, "users_with_one_rating", oddities->n_single_users);
  matinee_cli_event_add_count (event, "movies_with_one_rating", oddities->n_single_movies);
  matinee_cli_event_add_count (event, "outliers", oddities->n_outliers);
  matinee_cli_event_add_number (event, "outlier_low", oddities->n_outliers > 0 ? oddities->outlier_low : NAN);
  matinee_cli_event_add_number (event, "outlier_high", oddities->n_outliers > 0 ? oddities->outlier_high : NAN);
  matinee_cli_event_add_count (event, "ratings_apart", oddities->n_apart);
  matinee_cli_event_add_number (event, "apart", oddities->n_apart > 0 ? oddities->apart : NAN);
}
