/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-moment.h"

#include <math.h>
#include <string.h>

#define SECONDS_A_DAY 86400
/* "2015-06-01T12:30:00.123456+02:00" and some room. */
#define LONGEST 48
#define DATE_LENGTH 10

static gboolean
parse_date (const char *text, gsize length, gint64 *moment)
{
  char buffer[LONGEST + sizeof "T00:00:00"];
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) date = NULL;

  memcpy (buffer, text, length);
  strcpy (buffer + length, length <= DATE_LENGTH ? "T00:00:00" : length == sizeof "2015-06-01T12:30" - 1 ? ":00" : "");
  date = g_date_time_new_from_iso8601 (buffer, utc);
  if (date != NULL)
    *moment = g_date_time_to_unix (date);
  return date != NULL;
}

/**
 * matinee_moment_parse:
 * @text: (array length=length): text, which need not end with a zero byte
 * @length: its length
 * @moment: (out): what it says
 *
 * Reads a moment: seconds since 1970 ("964982703", of which decimals are cut off), or
 * a date with or without a time as in ISO 8601 ("2015-06-01", "2015-06-01 12:30",
 * "2015-06-01T12:30:00+02:00"; UTC unless it says otherwise).
 *
 * Returns: whether it is one
 */
gboolean
matinee_moment_parse (const char *text, gsize length, gint64 *moment)
{
  char buffer[LONGEST + 1];
  char *end;
  double seconds;

  if (length == 0 || length > LONGEST || memchr (text, '\0', length) != NULL)
    return FALSE;
  memcpy (buffer, text, length);
  buffer[length] = '\0';
  if (strspn (buffer, "0123456789.eE+-") == length)
    {
      seconds = g_ascii_strtod (buffer, &end);
      if (*end == '\0' && end > buffer)
        {
          *moment = fabs (seconds) <= 1e15 ? (gint64) floor (seconds) : 0;
          return fabs (seconds) <= 1e15;
        }
    }
  return parse_date (text, length, moment);
}

/**
 * matinee_moment_format:
 * @moment: a moment
 *
 * Returns: (transfer full): it as a date, with the time of the day unless that is
 *   midnight: "2015-06-01", "2015-06-01 12:30:00"; as seconds where the calendar
 *   ends
 */
char *
matinee_moment_format (gint64 moment)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (moment);

  if (date == NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT, moment);
  return g_date_time_format (date, moment % SECONDS_A_DAY == 0 ? "%Y-%m-%d" : "%Y-%m-%d %H:%M:%S");
}
