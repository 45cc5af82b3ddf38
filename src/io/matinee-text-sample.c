/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-text-sample.h"

#include <string.h>

/* Ratings beyond ±100 are hardly ratings; smaller times than 1973 hardly times,
 * which may also be in milliseconds. */
#define LARGEST_RATING 100
#define SMALLEST_TIME 1e8
#define LARGEST_TIME 1e14

static GStrv
copy_fields (const MatineeCsvRecord *record, MatineeEncoding encoding)
{
  GStrv row = g_new0 (char *, record->n_fields + 1);

  for (guint f = 0; f < record->n_fields; f++)
    {
      row[f] = matinee_text_to_utf8 (encoding, record->fields[f].text, record->fields[f].length, NULL);
      if (row[f] == NULL)
        row[f] = g_utf8_make_valid (record->fields[f].text, (gssize) record->fields[f].length);
    }
  return row;
}

/**
 * matinee_text_sample_new:
 * @text: (array length=length): a table from its beginning
 * @length: bytes of it
 * @at_end: whether that is all
 * @dialect: how fields are written
 * @encoding: how text is written
 * @most: how many rows are wanted
 *
 * Cuts the first rows of a table into fields. Cost: O(bytes of these rows).
 *
 * Returns: (transfer full): the rows
 */
MatineeTextSample *
matinee_text_sample_new (const char *text, gsize length, gboolean at_end, const MatineeCsvDialect *dialect,
                         MatineeEncoding encoding, guint most)
{
  MatineeTextSample *sample = g_new0 (MatineeTextSample, 1);
  g_autoptr (MatineeCsvRecord) record = matinee_csv_record_new ();
  gsize at = 0;

  sample->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  while (at < length && sample->rows->len < most)
    {
      MatineeCsvStatus status = matinee_csv_record_parse (record, text + at, length - at, at_end, dialect);
      const char *line_end;

      if (sample->rows->len == 0)
        sample->first = status;
      if (status == MATINEE_CSV_RECORD)
        {
          at += record->used;
          if (sample->rows->len == 0)
            {
              sample->used = at;
              sample->n_lines += record->n_lines;
            }
          if (!matinee_csv_record_is_blank (record))
            g_ptr_array_add (sample->rows, copy_fields (record, encoding));
          continue;
        }
      line_end = memchr (text + at, '\n', length - at);
      if (line_end == NULL || sample->rows->len == 0)
        break;
      sample->n_broken++;
      at = (gsize) (line_end - text) + 1;
    }
  return sample;
}

/**
 * matinee_text_sample_free:
 * @sample: (transfer full) (nullable): a sample
 *
 * Frees it.
 */
void
matinee_text_sample_free (MatineeTextSample *sample)
{
  if (sample == NULL)
    return;
  g_ptr_array_unref (sample->rows);
  g_free (sample);
}

/**
 * matinee_text_sample_get_width:
 * @sample: a sample
 * @row: one of its rows, or more
 *
 * Returns: how many fields that row has; 0 when it is not there
 */
guint
matinee_text_sample_get_width (const MatineeTextSample *sample, guint row)
{
  return row < sample->rows->len ? g_strv_length (sample->rows->pdata[row]) : 0;
}

/**
 * matinee_text_sample_get_regularity:
 * @sample: a sample
 *
 * Returns: the share of rows that have as many fields as the first, 0 … 1
 */
double
matinee_text_sample_get_regularity (const MatineeTextSample *sample)
{
  guint width = matinee_text_sample_get_width (sample, 0), n = 0;

  for (guint r = 0; r < sample->rows->len; r++)
    n += matinee_text_sample_get_width (sample, r) == width;
  return n / MAX (1.0, sample->rows->len + sample->n_broken);
}

static gboolean
is_integer (const char *text)
{
  gsize sign = text[0] == '-';

  return text[sign] != '\0' && strspn (text + sign, "0123456789") == strlen (text + sign);
}

/**
 * matinee_text_is_number:
 * @text: a field
 *
 * Returns: whether it is a number in digits, with a decimal point or comma or
 *   without
 */
gboolean
matinee_text_is_number (const char *text)
{
  gsize whole, part = 0;

  text += text[0] == '-';
  whole = strspn (text, "0123456789");
  if (text[whole] == '.' || text[whole] == ',')
    part = 1 + strspn (text + whole + 1, "0123456789");
  return (whole > 0 || part > 1) && text[whole + part] == '\0';
}

static gboolean
is_date (const char *text)
{
  static const char pattern[] = "0000-00-00";

  for (gsize i = 0; i < strlen (pattern); i++)
    if (pattern[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != pattern[i])
      return FALSE;
  return TRUE;
}

static double
parse (const char *text)
{
  g_autofree char *number = g_strdelimit (g_strdup (text), ",", '.');

  return g_ascii_strtod (number, NULL);
}

/**
 * matinee_column_look:
 * @sample: a sample
 * @from: the first row to look at
 * @column: a column, from 0
 *
 * Returns: what the fields of the column look like
 */
MatineeColumnLook
matinee_column_look (const MatineeTextSample *sample, guint from, guint column)
{
  g_autoptr (GHashTable) distinct = g_hash_table_new (g_str_hash, g_str_equal);
  MatineeColumnLook look = { .low = G_MAXDOUBLE, .high = -G_MAXDOUBLE };

  for (guint r = from; r < sample->rows->len; r++)
    {
      char *text = column < matinee_text_sample_get_width (sample, r) ? ((GStrv) sample->rows->pdata[r])[column] : NULL;

      if (text == NULL || *text == '\0' || g_str_equal (text, "NULL"))
        continue;
      look.n++;
      g_hash_table_add (distinct, text);
      look.n_dates += is_date (text);
      if (!matinee_text_is_number (text))
        continue;
      look.n_numbers++;
      look.n_integers += is_integer (text);
      look.n_commas += strchr (text, ',') != NULL;
      look.low = MIN (look.low, parse (text));
      look.high = MAX (look.high, parse (text));
    }
  look.n_distinct = g_hash_table_size (distinct);
  return look;
}

/**
 * matinee_column_looks_like_ratings:
 * @look: a column
 *
 * Returns: whether all its fields are numbers of a size that ratings have
 */
gboolean
matinee_column_looks_like_ratings (const MatineeColumnLook *look)
{
  return look->n > 0 && look->n_numbers == look->n && look->low >= -LARGEST_RATING && look->high <= LARGEST_RATING;
}

/**
 * matinee_column_looks_like_times:
 * @look: a column
 *
 * Returns: whether all its fields are dates, or seconds since 1970
 */
gboolean
matinee_column_looks_like_times (const MatineeColumnLook *look)
{
  if (look->n == 0)
    return FALSE;
  return look->n_dates == look->n
         || (look->n_integers == look->n && look->low >= SMALLEST_TIME && look->high <= LARGEST_TIME);
}
