/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-text.h"

#include <math.h>
#include <string.h>

/**
 * matinee_cli_text_width:
 * @text: UTF-8
 *
 * How many columns of a terminal @text takes: two for wide characters (Chinese,
 * Japanese, Korean, …), none for those that combine with the one before.
 *
 * Returns: columns
 */
gsize
matinee_cli_text_width (const char *text)
{
  gsize width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

/**
 * matinee_cli_text_clean:
 * @text: any bytes
 *
 * Makes text from a file or a command line fit to be shown on a terminal: valid
 * UTF-8, on one line, without characters that would move the cursor or change
 * colours.
 *
 * Returns: (transfer full): the text
 */
char *
matinee_cli_text_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (clean, g_unichar_iscntrl (c) ? ' ' : c);
    }
  return g_string_free (clean, FALSE);
}

/**
 * matinee_cli_text_pad:
 * @text: UTF-8
 * @width: columns of a terminal
 * @right: whether to put it to the right
 *
 * Fills @text up with spaces; text that is wider stays as it is.
 *
 * Returns: (transfer full): the text
 */
char *
matinee_cli_text_pad (const char *text, gsize width, gboolean right)
{
  gsize own = matinee_cli_text_width (text);
  g_autofree char *space = g_strnfill (own < width ? width - own : 0, ' ');

  return right ? g_strconcat (space, text, NULL) : g_strconcat (text, space, NULL);
}

/**
 * matinee_cli_format_count:
 * @count: a number of things
 *
 * Returns: (transfer full): @count with the locale's separators
 */
char *
matinee_cli_format_count (guint64 count)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
}

/**
 * matinee_cli_format_number:
 * @value: a rating
 *
 * Returns: (transfer full): @value with the digits that it has, at most six
 */
char *
matinee_cli_format_number (double value)
{
  if (value == floor (value) && fabs (value) < 1e15)
    return g_strdup_printf ("%.0f", value);
  return g_strdup_printf ("%.6g", value);
}

/**
 * matinee_cli_format_option:
 * @value: a parameter
 *
 * Returns: (transfer full): the same as it is written in an option, in every
 *   locale
 */
char *
matinee_cli_format_option (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  gboolean whole = value == floor (value) && fabs (value) < 1e15;

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, whole ? "%.0f" : "%.6g", value));
}

/**
 * matinee_cli_format_fixed:
 * @value: a measurement
 * @digits: decimals
 *
 * Returns: (transfer full): @value with @digits decimals, or a dash when it was
 *   not measured
 */
char *
matinee_cli_format_fixed (double value, int digits)
{
  if (!isfinite (value))
    return g_strdup ("–");
  /* Large errors of a diverging run would push the columns apart. */
  if (fabs (value) >= 1e7)
    return g_strdup_printf ("%.3g", value);
  return g_strdup_printf ("%.*f", digits, value);
}
