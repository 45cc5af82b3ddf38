/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/**
 * MatineeNumberStatus:
 * @MATINEE_NUMBER_OK: a finite number
 * @MATINEE_NUMBER_TEXT: not a number
 * @MATINEE_NUMBER_NOT_FINITE: "nan", "inf" or the like
 * @MATINEE_NUMBER_TOO_LARGE: larger than a 32-bit float can hold
 *
 * What was found where a number should be.
 */
typedef enum
{
  MATINEE_NUMBER_OK,
  MATINEE_NUMBER_TEXT,
  MATINEE_NUMBER_NOT_FINITE,
  MATINEE_NUMBER_TOO_LARGE
} MatineeNumberStatus;

MatineeNumberStatus matinee_number_parse (const char *text, gsize length, float *value);
MatineeNumberStatus matinee_number_parse_comma (const char *text, gsize length, float *value);

/* Eight bytes as they lie, the first lowest. */
static inline guint64
matinee_number_load (const char *text)
{
  guint64 bytes;

  memcpy (&bytes, text, sizeof bytes);
  return GUINT64_FROM_LE (bytes);
}

/* Reads up to eight decimal digits at once: all in one register, where two
 * neighbours, then two pairs, then two quadruples are joined by a multiplication.
 * At least 8 bytes before @end can be read; @length is 1 … 8. Tells the first digit,
 * and whether all are digits. */
static inline gboolean
matinee_number_join_digits (const char *end, gsize length, guint32 *value, guint *first)
{
  const guint64 zeros = G_GUINT64_CONSTANT (0x3030303030303030);
  guint shift = 64 - 8 * (guint) length;
  guint64 x = (matinee_number_load (end - 8) ^ zeros) >> shift << shift;

  /* The digits are 0 … 9 now: adding 0x76 sets the highest bit of all others. */
  if (G_UNLIKELY (((x | (x + G_GUINT64_CONSTANT (0x7676767676767676))) & G_GUINT64_CONSTANT (0x8080808080808080)) != 0))
    return FALSE;
  *first = (guint) (x >> shift & 0xff);
  x = (x * 10 + (x >> 8)) & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff);
  x = (x * 100 + (x >> 16)) & G_GUINT64_CONSTANT (0x0000ffff0000ffff);
  *value = (guint32) (x * 10000 + (x >> 32));
  return TRUE;
}

/**
 * matinee_number_parse_digits:
 * @end: where the digits end; at least 8 bytes before it can be read
 * @length: how many there are, 1 … 8
 * @value: (out): the number
 *
 * Reads up to eight decimal digits.
 *
 * Returns: whether all are digits, the first no needless zero
 */
static inline gboolean
matinee_number_parse_digits (const char *end, gsize length, guint32 *value)
{
  guint first;

  return matinee_number_join_digits (end, length, value, &first) && G_LIKELY (length == 1 || first != 0);
}

/**
 * matinee_number_parse_seconds:
 * @end: where the digits end; at least 16 bytes before it can be read
 * @length: how many there are, 1 … 16
 * @value: (out): the number
 *
 * Reads up to sixteen decimal digits.
 *
 * Returns: whether all are digits
 */
static inline gboolean
matinee_number_parse_seconds (const char *end, gsize length, gint64 *value)
{
  guint32 low, high = 0;
  guint first;

  if (!matinee_number_join_digits (end, MIN (length, 8), &low, &first)
      || (length > 8 && !matinee_number_join_digits (end - 8, length - 8, &high, &first)))
    return FALSE;
  *value = (gint64) high * 100000000 + low;
  return TRUE;
}

G_END_DECLS
