/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-text-excerpt.h"

#define MOST_CHARACTERS 40

/**
 * matinee_text_excerpt:
 * @text: (array length=length): bytes from a file
 * @length: how many
 *
 * Makes bytes fit to be shown in a message: at most 40 characters and an
 * ellipsis, always valid UTF-8; what can't be shown is written as "\x00".
 *
 * Returns: (transfer full): the text
 */
char *
matinee_text_excerpt (const char *text, gsize length)
{
  GString *excerpt = g_string_new (NULL);
  const char *end = text + length;

  for (guint n = 0; text < end; n++)
    {
      gunichar c = g_utf8_get_char_validated (text, end - text);

      if (n == MOST_CHARACTERS)
        {
          g_string_append (excerpt, "\u2026");
          break;
        }
      if (*text == '\0' || c >= (gunichar) -2 || !g_unichar_isprint (c))
        {
          gsize bytes = *text == '\0' || c >= (gunichar) -2 ? 1 : (gsize) (g_utf8_next_char (text) - text);

          for (gsize i = 0; i < bytes; i++)
            g_string_append_printf (excerpt, "\\x%02x", (guint) (guchar) text[i]);
          text += bytes;
        }
      else
        {
          g_string_append_unichar (excerpt, c);
          text = g_utf8_next_char (text);
        }
    }
  return g_string_free (excerpt, FALSE);
}

/**
 * matinee_text_count_characters:
 * @text: (array length=length): bytes from a file
 * @length: how many
 *
 * Counts characters the way an editor does; a byte that is not UTF-8 is one.
 *
 * Returns: how many there are
 */
guint
matinee_text_count_characters (const char *text, gsize length)
{
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    n += ((guchar) text[i] & 0xc0) != 0x80;
  return n;
}
