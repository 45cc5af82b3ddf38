/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-ids.h"
#include "matinee-memory.h"

static gint64 *
copy_integers (const gint64 *values, guint32 n)
{
  gint64 *copy = matinee_alloc (n, sizeof (gint64), "test", NULL);

  if (n > 0)
    memcpy (copy, values, n * sizeof (gint64));
  return copy;
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    gboolean integer;
  } cases[] = {
    { "0", TRUE },
    { "1", TRUE },
    { "-1", TRUE },
    { "10", TRUE },
    { "9223372036854775807", TRUE },
    { "-9223372036854775808", TRUE },
    { "9223372036854775808", FALSE },
    { "-9223372036854775809", FALSE },
    { "18446744073709551617", FALSE },
    { "99999999999999999999", FALSE },
    { "", FALSE },
    { "-", FALSE },
    { "-0", FALSE },
    { "00", FALSE },
    { "01", FALSE },
    { "-01", FALSE },
    { "+1", FALSE },
    { "1 ", FALSE },
    { " 1", FALSE },
    { "1a", FALSE },
    { "1.0", FALSE },
    { "--1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 value = 0;
      gboolean integer = matinee_ids_parse_integer (cases[i].text, strlen (cases[i].text), &value);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (integer, ==, cases[i].integer);
      if (integer)
        {
          g_autofree char *back = g_strdup_printf ("%" G_GINT64_FORMAT, value);

          g_assert_cmpstr (back, ==, cases[i].text);
        }
    }
}

static void
test_integer (void)
{
  static const gint64 values[] = { G_MININT64, -7, 0, 1, 30, G_MAXINT64 };
  g_autoptr (MatineeIds) ids = matinee_ids_new_integer (copy_integers (values, 6), 6, NULL);
  char buffer[MATINEE_ID_BUFFER];
  guint32 index = 99;

  g_assert_cmpuint (matinee_ids_get_n (ids), ==, 6);
  g_assert_cmpint (matinee_ids_get_kind (ids), ==, MATINEE_IDS_INTEGER);
  for (guint32 i = 0; i < 6; i++)
    {
      g_assert_true (matinee_ids_find_integer (ids, values[i], &index));
      g_assert_cmpuint (index, ==, i);
      g_assert_cmpint (matinee_ids_get_integer (ids, i), ==, values[i]);
      g_assert_true (matinee_ids_find (ids, matinee_ids_format (ids, i, buffer), &index));
      g_assert_cmpuint (index, ==, i);
    }
  g_assert_cmpstr (matinee_ids_format (ids, 0, buffer), ==, "-9223372036854775808");
  g_assert_false (matinee_ids_find_integer (ids, 2, &index));
  g_assert_false (matinee_ids_find (ids, "01", &index));
  g_assert_false (matinee_ids_find (ids, "thirty", &index));
  g_assert_false (matinee_ids_find (ids, "", &index));
}

static void
test_text (void)
{
  static const char *const values[] = { "", "007", "7", "Zoë", "a b", "user" };
  g_autoptr (MatineeIds) ids = matinee_ids_new_text (values, 6, NULL);
  char buffer[MATINEE_ID_BUFFER];
  guint32 index = 99;

  g_assert_cmpint (matinee_ids_get_kind (ids), ==, MATINEE_IDS_TEXT);
  for (guint32 i = 0; i < 6; i++)
    {
      g_assert_cmpstr (matinee_ids_format (ids, i, buffer), ==, values[i]);
      g_assert_true (matinee_ids_find (ids, values[i], &index));
      g_assert_cmpuint (index, ==, i);
    }
  g_assert_true (matinee_ids_find_integer (ids, 7, &index));
  g_assert_cmpuint (index, ==, 2);
  g_assert_false (matinee_ids_find_integer (ids, 8, &index));
  g_assert_false (matinee_ids_find (ids, "use", &index));
  g_assert_false (matinee_ids_find (ids, "users", &index));
}

static void
test_wrong_order (void)
{
  static const gint64 numbers[] = { 1, 3, 3 };
  static const char *const texts[] = { "b", "a" };
  g_autoptr (GError) error = NULL;

  g_assert_null (matinee_ids_new_integer (copy_integers (numbers, 3), 3, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA);
  g_clear_error (&error);
  g_assert_null (matinee_ids_new_text (texts, 2, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA);
}

static void
test_empty (void)
{
  g_autoptr (MatineeIds) integers = matinee_ids_new_integer (copy_integers (NULL, 0), 0, NULL);
  g_autoptr (MatineeIds) texts = matinee_ids_new_text (NULL, 0, NULL);
  guint32 index;

  g_assert_false (matinee_ids_find (integers, "1", &index));
  g_assert_false (matinee_ids_find (texts, "1", &index));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ids/parse", test_parse);
  g_test_add_func ("/ids/integer", test_integer);
  g_test_add_func ("/ids/text", test_text);
  g_test_add_func ("/ids/wrong-order", test_wrong_order);
  g_test_add_func ("/ids/empty", test_empty);
  return g_test_run ();
}
