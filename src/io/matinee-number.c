/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-number.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>

/* Digits whose value a float holds exactly, and powers of ten that it does. */
#define EXACT_DIGITS 7
#define EXACT_POWER 10

/* "-3.25" and the like: the quotient of two floats that are exact is the nearest
 * float to the true quotient (Clinger: How to read floating point numbers
 * accurately, PLDI 1990, DOI 10.1145/93542.93557). */
static gboolean
parse_short (const char *text, gsize length, float *value)
{
  static const float powers[EXACT_POWER + 1] = { 1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f };
  gboolean negative = length > 0 && text[0] == '-';
  gsize n_digits = 0, n_decimals = 0;
  gboolean point = FALSE;
  guint32 digits = 0;

  for (gsize i = negative ? 1 : 0; i < length; i++)
    {
      if (text[i] == '.' && !point)
        {
          point = TRUE;
          continue;
        }
      if (text[i] < '0' || text[i] > '9' || ++n_digits > EXACT_DIGITS)
        return FALSE;
      digits = digits * 10 + (guint32) (text[i] - '0');
      n_decimals += point;
    }
  if (n_digits == 0)
    return FALSE;
  *value = (float) digits / powers[n_decimals];
  if (negative)
    *value = -*value;
  return TRUE;
}

/* The form of a decimal number, so that strtof() is not shown anything else
 * that it would take: "0x1p3", "nan(1)", " 1". */
static gboolean
is_decimal (const char *text, gsize length)
{
  gsize i = 0, n_digits = 0, n_exponent = 0;

  if (i < length && (text[i] == '-' || text[i] == '+'))
    i++;
  for (; i < length && g_ascii_isdigit (text[i]); i++)
    n_digits++;
  if (i < length && text[i] == '.')
    i++;
  for (; i < length && g_ascii_isdigit (text[i]); i++)
    n_digits++;
  if (n_digits == 0)
    return FALSE;
  if (i == length)
    return TRUE;
  if (text[i] != 'e' && text[i] != 'E')
    return FALSE;
  i++;
  if (i < length && (text[i] == '-' || text[i] == '+'))
    i++;
  for (; i < length && g_ascii_isdigit (text[i]); i++)
    n_exponent++;
  return n_exponent > 0 && i == length;
}

static gboolean
is_not_finite (const char *text, gsize length)
{
  static const char *const names[] = { "nan", "inf", "infinity", "-nan", "-inf", "-infinity", "+inf", "+infinity" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (length == strlen (names[i]) && g_ascii_strncasecmp (text, names[i], length) == 0)
      return TRUE;
  return FALSE;
}

static locale_t
get_c_locale (void)
{
  static gsize c_locale = 0;

  if (g_once_init_enter (&c_locale))
    g_once_init_leave (&c_locale, (gsize) newlocale (LC_NUMERIC_MASK, "C", (locale_t) 0));
  return (locale_t) c_locale;
}

/**
 * matinee_number_parse:
 * @text: (array length=length): a field without blanks around it
 * @length: its bytes
 * @value: (out): the number
 *
 * Reads a decimal number, with a point whatever the language of the desktop. It
 * is rounded once, to the nearest 32-bit float.
 *
 * Returns: what was found; @value is set when it is a finite number
 */
MatineeNumberStatus
matinee_number_parse (const char *text, gsize length, float *value)
{
  char buffer[64];
  g_autofree char *allocated = NULL;
  char *ended = buffer;

  if (parse_short (text, length, value))
    return MATINEE_NUMBER_OK;
  if (is_not_finite (text, length))
    return MATINEE_NUMBER_NOT_FINITE;
  if (!is_decimal (text, length))
    return MATINEE_NUMBER_TEXT;
  if (length >= sizeof buffer)
    ended = allocated = g_strndup (text, length);
  else
    {
      memcpy (buffer, text, length);
      buffer[length] = '\0';
    }
  *value = strtof_l (ended, NULL, get_c_locale ());
  return isfinite (*value) ? MATINEE_NUMBER_OK : MATINEE_NUMBER_TOO_LARGE;
}

/**
 * matinee_number_parse_comma:
 * @text: (array length=length): a field without blanks around it
 * @length: its bytes
 * @value: (out): the number
 *
 * Reads a number with a decimal comma, as in "3,5", or with a point.
 *
 * Returns: what was found
 */
MatineeNumberStatus
matinee_number_parse_comma (const char *text, gsize length, float *value)
{
  g_autofree char *number = g_strndup (text, length);
  char *comma = strchr (number, ',');

  if (comma != NULL)
    *comma = '.';
  return matinee_number_parse (number, length, value);
}
