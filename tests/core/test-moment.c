/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-moment.h"

#include <string.h>

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    gint64 moment;
  } cases[] = {
    { "0", 0 },
    { "964982703", 964982703 },
    { "964982703.75", 964982703 },
    { "-1.5", -2 },
    { "1e9", 1000000000 },
    { "1970-01-01", 0 },
    { "2000-07-30", 964915200 },
    { "2000-07-30 18:45:03", 964982703 },
    { "2000-07-30T18:45", 964982700 },
    { "2000-07-30T18:45:03Z", 964982703 },
    { "2000-07-30T20:45:03+02:00", 964982703 },
    { "1912-06-23", -1815350400 },
  };
  static const char *const wrong[] = { "",    "soon",      "12/31/1999",          "2015-13-01", "2015-02-30", "1e300",
                                       "nan", "5 o'clock", "2015-06-01 25:00:00", "1.2.3",      "--" };
  gint64 moment;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_true (matinee_moment_parse (cases[i].text, strlen (cases[i].text), &moment));
      g_assert_cmpint (moment, ==, cases[i].moment);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (matinee_moment_parse (wrong[i], strlen (wrong[i]), &moment));
  g_assert_false (matinee_moment_parse ("12\0003", 4, &moment));
  g_assert_true (matinee_moment_parse ("12345", 2, &moment));
  g_assert_cmpint (moment, ==, 12);
}

static void
test_format (void)
{
  static const struct
  {
    gint64 moment;
    const char *text;
  } cases[] = {
    { 0, "1970-01-01" },
    { 964915200, "2000-07-30" },
    { 964982703, "2000-07-30 18:45:03" },
    { -1815350400, "1912-06-23" },
    { 253402300799, "9999-12-31 23:59:59" },
    { 10000000000000, "10000000000000" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = matinee_moment_format (cases[i].moment);
      gint64 back;

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_true (matinee_moment_parse (text, strlen (text), &back));
      g_assert_cmpint (back, ==, cases[i].moment);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moment/parse", test_parse);
  g_test_add_func ("/moment/format", test_format);
  return g_test_run ();
}
