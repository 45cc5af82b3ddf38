/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "matinee-csv.h"
#include "matinee-number.h"
#include "matinee-random.h"
#include "matinee-text-excerpt.h"
#include "matinee-text-index.h"

/* A record as its fields between bars. */
static char *
show (const MatineeCsvRecord *record)
{
  GString *text = g_string_new ("|");

  for (guint f = 0; f < record->n_fields; f++)
    {
      g_assert_cmpuint (strlen (record->fields[f].text), ==, record->fields[f].length);
      g_string_append_printf (text, "%s|", record->fields[f].text);
    }
  return g_string_free (text, FALSE);
}

static void
test_records (void)
{
  static const struct
  {
    const char *text;
    const char *fields;
    gsize used;
    guint n_lines;
  } cases[] = {
    { "1,2,3\nx", "|1|2|3|", 6, 1 },
    { "1,2,3\r\nx", "|1|2|3|", 7, 1 },
    { "1,2,3", "|1|2|3|", 5, 1 },
    { "1,2,3\r", "|1|2|3|", 6, 1 },
    { "1,2,\n", "|1|2||", 5, 1 },
    { ",,", "||||", 2, 1 },
    { "\n", "||", 1, 1 },
    { "\r\n", "||", 2, 1 },
    { "a\rb,c\n", "|a\rb|c|", 6, 1 },
    { " a b ,\t2 \n", "|a b|2|", 10, 1 },
    { "\"a,b\",c\n", "|a,b|c|", 8, 1 },
    { "\"a\"\"b\",c\n", "|a\"b|c|", 9, 1 },
    { "\"\",c\n", "||c|", 5, 1 },
    { "\"\"\"\"\n", "|\"|", 5, 1 },
    { "\"a\nb\r\nc\",d\ne", "|a\nb\r\nc|d|", 11, 3 },
    { "\" a \" ,b\n", "| a |b|", 9, 1 },
    { "5\" disc,b\n", "|5\" disc|b|", 10, 1 },
    { "\"a\"", "|a|", 3, 1 },
    { "\"a\"\r\n", "|a|", 5, 1 },
  };
  g_autoptr (MatineeCsvRecord) record = matinee_csv_record_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = strlen (cases[i].text);
      g_autofree char *fields = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (matinee_csv_record_parse (record, cases[i].text, length, TRUE, &MATINEE_CSV_RFC_4180), ==,
                       MATINEE_CSV_RECORD);
      fields = show (record);
      g_assert_cmpstr (fields, ==, cases[i].fields);
      g_assert_cmpuint (record->used, ==, cases[i].used);
      g_assert_cmpuint (record->n_lines, ==, cases[i].n_lines);
      for (gsize cut = 1; cut < record->used; cut++)
        {
          g_autofree char *part = g_memdup2 (cases[i].text, cut);

          g_assert_cmpint (matinee_csv_record_parse (record, part, cut, FALSE, &MATINEE_CSV_RFC_4180), ==,
                           MATINEE_CSV_MORE);
          matinee_csv_record_parse (record, cases[i].text, length, TRUE, &MATINEE_CSV_RFC_4180);
        }
    }
}

static void
test_places (void)
{
  static const char text[] = "\"Zoë\",b , \"c\nd\ne\", \"é\"\"f\",g\n";
  g_autoptr (MatineeCsvRecord) record = matinee_csv_record_new ();

  g_assert_cmpint (matinee_csv_record_parse (record, text, strlen (text), TRUE, &MATINEE_CSV_RFC_4180), ==,
                   MATINEE_CSV_RECORD);
  g_assert_cmpuint (record->n_fields, ==, 5);
  g_assert_cmpuint (matinee_csv_field_get_column (&record->fields[1], text), ==, 7);
  g_assert_cmpuint (matinee_csv_field_get_column (&record->fields[2], text), ==, 11);
  g_assert_cmpuint (record->fields[3].line, ==, 2);
  g_assert_cmpuint (matinee_csv_field_get_column (&record->fields[3], text), ==, 5);
  g_assert_cmpuint (matinee_csv_field_get_column (&record->fields[4], text), ==, 12);
  g_assert_true (record->fields[3].quoted);
  g_assert_false (record->fields[4].quoted);
}

static void
test_broken (void)
{
  g_autoptr (MatineeCsvRecord) record = matinee_csv_record_new ();
  static const char unclosed[] = "1,\n2,\"ab\ncd";
  static const char after[] = "1, \"ab\"cd,3\n";

  g_assert_cmpint (matinee_csv_record_parse (record, unclosed + 3, strlen (unclosed) - 3, TRUE, &MATINEE_CSV_RFC_4180),
                   ==, MATINEE_CSV_UNCLOSED);
  g_assert_cmpuint (record->problem.line, ==, 0);
  g_assert_cmpuint (matinee_csv_field_get_column (&record->problem, unclosed + 3), ==, 3);
  g_assert_cmpint (matinee_csv_record_parse (record, after, strlen (after), TRUE, &MATINEE_CSV_RFC_4180), ==,
                   MATINEE_CSV_AFTER_QUOTE);
  g_assert_cmpuint (matinee_csv_field_get_column (&record->problem, after), ==, 4);
}

/* Random fields written by the rules come back. */
static void
test_round_trip (void)
{
  static const char *const pieces[] = { "a", "\"", ",", ";", "\n", "\r\n", " ", "é", "1", "\t" };
  g_autoptr (MatineeCsvRecord) record = matinee_csv_record_new ();

  for (guint round = 0; round < 3000; round++)
    {
      const char delimiter = round % 2 ? ',' : ';';
      const MatineeCsvDialect dialect = { .delimiter = delimiter, .quotes = TRUE };
      guint n_fields = 2 + (guint) (matinee_random_u64 (1, round, 0) % 4);
      g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint f = 0; f < n_fields; f++)
        {
          g_autoptr (GString) field = g_string_new (NULL);
          g_auto (GStrv) quoted = NULL;
          g_autofree char *doubled = NULL;

          for (guint p = 0; p < matinee_random_u64 (2, round, f) % 6; p++)
            g_string_append (field, pieces[matinee_random_u64 (3 + f, round, p) % G_N_ELEMENTS (pieces)]);
          quoted = g_strsplit (field->str, "\"", -1);
          doubled = g_strjoinv ("\"\"", quoted);
          if (f > 0)
            g_string_append_c (text, delimiter);
          g_string_append_printf (text, "\"%s\"", doubled);
          g_ptr_array_add (fields, g_strdup (field->str));
        }
      g_string_append (text, round % 3 ? "\n" : "\r\n");
      g_assert_cmpint (matinee_csv_record_parse (record, text->str, text->len, FALSE, &dialect), ==,
                       MATINEE_CSV_RECORD);
      g_assert_cmpuint (record->used, ==, text->len);
      g_assert_cmpuint (record->n_fields, ==, n_fields);
      for (guint f = 0; f < n_fields; f++)
        g_assert_cmpstr (record->fields[f].text, ==, g_ptr_array_index (fields, f));
    }
}

/* Other dialects than that of RFC 4180. */
static void
test_dialects (void)
{
  static const struct
  {
    const char *text;
    MatineeCsvDialect dialect;
    const char *fields;
  } cases[] = {
    { "1::Star Wars: IV::Action\n", { ':', TRUE, FALSE, FALSE }, "|1|Star Wars: IV|Action|" },
    { "1::\"Open::a:\n", { ':', TRUE, FALSE, FALSE }, "|1|\"Open|a:|" },
    { "::::\n", { ':', TRUE, FALSE, FALSE }, "||||" },
    { ":::\n", { ':', TRUE, FALSE, FALSE }, "||:|" },
    { "1|\"a|b\"\n", { '|', FALSE, FALSE, FALSE }, "|1|\"a|b\"|" },
    { "a\t b \t\n", { '\t', FALSE, TRUE, FALSE }, "|a|b||" },
    { "\"a \\\"b\\\"; c\";2\n", { ';', FALSE, TRUE, TRUE }, "|a \"b\"; c|2|" },
    { "\"a\\\\\";2\n", { ';', FALSE, TRUE, TRUE }, "|a\\\\|2|" },
    { "\"a\"\"b\";2\n", { ';', FALSE, TRUE, TRUE }, "|a\"b|2|" },
  };
  g_autoptr (MatineeCsvRecord) record = matinee_csv_record_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = strlen (cases[i].text);
      g_autofree char *fields = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (matinee_csv_record_parse (record, cases[i].text, length, TRUE, &cases[i].dialect), ==,
                       MATINEE_CSV_RECORD);
      fields = show (record);
      g_assert_cmpstr (fields, ==, cases[i].fields);
      g_assert_cmpuint (record->used, ==, length);
    }
}

static void
test_index (void)
{
  static const char letters[] = "0123456789,,,,\n\"";

  for (guint round = 0; round < 300; round++)
    {
      gsize n = matinee_random_u64 (1, round, 0) % 400, start = n > 0 ? matinee_random_u64 (2, round, 0) % n : 0;
      g_autofree char *text = g_malloc0 (n + MATINEE_TEXT_INDEX_PADDING);
      g_autofree guint32 *positions = g_new (guint32, n + MATINEE_TEXT_INDEX_PADDING);
      gsize n_lines, found, expected = 0, lines = 0;

      for (gsize i = 0; i < n; i++)
        text[i] = letters[matinee_random_u64 (3, round, i) % (round % 2 ? 16 : 11)];
      memset (text + n, ',', MATINEE_TEXT_INDEX_PADDING);
      found = matinee_text_index (text, start, n, ',', positions, &n_lines);
      for (gsize i = start; i < n; i++)
        {
          lines += text[i] == '\n';
          if (strchr (",\n\"", text[i]) != NULL)
            {
              g_assert_cmpuint (expected, <, found);
              g_assert_cmpuint (positions[expected++], ==, i);
            }
        }
      g_assert_cmpuint (found, ==, expected);
      g_assert_cmpuint (n_lines, ==, lines);
    }
}

static void
test_digits (void)
{
  for (guint round = 0; round < 20000; round++)
    {
      char text[17];
      guint32 value = 0, number = (guint32) (matinee_random_u64 (1, round, 0) % 100000000);
      gsize length;

      while (round % 3 == 0 && number > 9)
        number /= 2 + (guint32) (matinee_random_u64 (2, round, number) % 9);
      length = (gsize) g_snprintf (text, sizeof text, "%8u", 7u);
      length = (gsize) g_snprintf (text + 8, sizeof text - 8, "%u", number);
      g_assert_true (matinee_number_parse_digits (text + 8 + length, length, &value));
      g_assert_cmpuint (value, ==, number);
    }
  for (int c = 0; c < 256; c++)
    for (int at = 0; at < 3; at++)
      {
        char text[] = "00000000123";
        guint32 value;

        text[8 + at] = (char) c;
        g_assert_cmpint (matinee_number_parse_digits (text + 11, 3, &value), ==,
                         g_ascii_isdigit (c) && !(at == 0 && c == '0'));
      }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    MatineeNumberStatus status;
    float value;
  } cases[] = {
    { "4", MATINEE_NUMBER_OK, 4 },
    { "4.0", MATINEE_NUMBER_OK, 4 },
    { "3.5", MATINEE_NUMBER_OK, 3.5f },
    { "-1", MATINEE_NUMBER_OK, -1 },
    { "+1", MATINEE_NUMBER_OK, 1 },
    { ".5", MATINEE_NUMBER_OK, 0.5f },
    { "5.", MATINEE_NUMBER_OK, 5 },
    { "0.1", MATINEE_NUMBER_OK, 0.1f },
    { "1e3", MATINEE_NUMBER_OK, 1000 },
    { "1E-3", MATINEE_NUMBER_OK, 1e-3f },
    { "1e30", MATINEE_NUMBER_OK, 1e30f },
    { "1e-50", MATINEE_NUMBER_OK, 0 },
    { "1e-40", MATINEE_NUMBER_OK, 1e-40f },
    { "3.4028235e38", MATINEE_NUMBER_OK, G_MAXFLOAT },
    { "1e39", MATINEE_NUMBER_TOO_LARGE, 0 },
    { "-1e999", MATINEE_NUMBER_TOO_LARGE, 0 },
    { "nan", MATINEE_NUMBER_NOT_FINITE, 0 },
    { "-Inf", MATINEE_NUMBER_NOT_FINITE, 0 },
    { "Infinity", MATINEE_NUMBER_NOT_FINITE, 0 },
    { "", MATINEE_NUMBER_TEXT, 0 },
    { ".", MATINEE_NUMBER_TEXT, 0 },
    { "-", MATINEE_NUMBER_TEXT, 0 },
    { "1e", MATINEE_NUMBER_TEXT, 0 },
    { "0x10", MATINEE_NUMBER_TEXT, 0 },
    { "nan(1)", MATINEE_NUMBER_TEXT, 0 },
    { "1,5", MATINEE_NUMBER_TEXT, 0 },
    { "1.2.3", MATINEE_NUMBER_TEXT, 0 },
    { "five", MATINEE_NUMBER_TEXT, 0 },
    { "4 5", MATINEE_NUMBER_TEXT, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      float value = 0;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (matinee_number_parse (cases[i].text, strlen (cases[i].text), &value), ==, cases[i].status);
      if (cases[i].status == MATINEE_NUMBER_OK)
        g_assert_cmpfloat (value, ==, cases[i].value);
    }
}

/* Every decimal is rounded once, to the nearest float: compared with strtof() in
 * the C language, which the test runs in. */
static void
test_rounding (void)
{
  for (guint round = 0; round < 50000; round++)
    {
      int decimals = (int) (matinee_random_u64 (1, round, 0) % 12);
      double scale = pow (10, (double) (matinee_random_u64 (2, round, 0) % 9) - 4);
      g_autofree char *text = g_strdup_printf ("%.*f", decimals, (matinee_random_uniform (3, round, 0) - 0.5) * scale);
      float value = 0;

      g_assert_cmpint (matinee_number_parse (text, strlen (text), &value), ==, MATINEE_NUMBER_OK);
      g_assert_cmpfloat (value, ==, strtof (text, NULL));
    }
}

static void
test_excerpt (void)
{
  g_autofree char *plain = matinee_text_excerpt ("Zoë", 4);
  g_autofree char *control = matinee_text_excerpt ("a\0b\n\x1b", 5);
  g_autofree char *latin = matinee_text_excerpt ("Zo\xeb!", 4);
  g_autofree char *cut = matinee_text_excerpt ("Zo\xc3", 3);
  g_autofree char *many = g_strnfill (500, 'x');
  g_autofree char *shortened = matinee_text_excerpt (many, 500);

  g_assert_cmpstr (plain, ==, "Zoë");
  g_assert_cmpstr (control, ==, "a\\x00b\\x0a\\x1b");
  g_assert_cmpstr (latin, ==, "Zo\\xeb!");
  g_assert_cmpstr (cut, ==, "Zo\\xc3");
  g_assert_cmpint (g_utf8_strlen (shortened, -1), ==, 41);
  g_assert_true (g_str_has_suffix (shortened, "x…"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/records", test_records);
  g_test_add_func ("/csv/places", test_places);
  g_test_add_func ("/csv/broken", test_broken);
  g_test_add_func ("/csv/round-trip", test_round_trip);
  g_test_add_func ("/csv/dialects", test_dialects);
  g_test_add_func ("/text-index/random", test_index);
  g_test_add_func ("/number/digits", test_digits);
  g_test_add_func ("/number/cases", test_numbers);
  g_test_add_func ("/number/rounding", test_rounding);
  g_test_add_func ("/text-excerpt/cases", test_excerpt);
  return g_test_run ();
}
