/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-event.h"

#include <math.h>

#include "matinee-cli-output.h"

/**
 * matinee_cli_event_new:
 * @name: what happened
 *
 * Begins an event of `--json`: one JSON object, on one line, the same in every
 * locale.
 *
 * Returns: (transfer full): the event, to be written and freed with
 *   matinee_cli_event_write()
 */
JsonBuilder *
matinee_cli_event_new (const char *name)
{
  JsonBuilder *event = json_builder_new ();

  json_builder_begin_object (event);
  matinee_cli_event_add_string (event, "event", name);
  return event;
}

/**
 * matinee_cli_event_add_string:
 * @event: an event
 * @member: name
 * @value: (nullable): value; bytes that are not UTF-8 are replaced
 *
 * Adds text, or null.
 */
void
matinee_cli_event_add_string (JsonBuilder *event, const char *member, const char *value)
{
  json_builder_set_member_name (event, member);
  if (value == NULL)
    json_builder_add_null_value (event);
  else if (g_utf8_validate (value, -1, NULL))
    json_builder_add_string_value (event, value);
  else
    {
      g_autofree char *valid = g_utf8_make_valid (value, -1);

      json_builder_add_string_value (event, valid);
    }
}

/**
 * matinee_cli_event_add_number:
 * @event: an event
 * @member: name
 * @value: value
 *
 * Adds a number, or null for what JSON has no number for (infinite, not a
 * number).
 */
void
matinee_cli_event_add_number (JsonBuilder *event, const char *member, double value)
{
  json_builder_set_member_name (event, member);
  if (isfinite (value))
    json_builder_add_double_value (event, value);
  else
    json_builder_add_null_value (event);
}

/**
 * matinee_cli_event_add_count:
 * @event: an event
 * @member: name
 * @value: value
 *
 * Adds a whole number.
 */
void
matinee_cli_event_add_count (JsonBuilder *event, const char *member, guint64 value)
{
  json_builder_set_member_name (event, member);
  json_builder_add_int_value (event, (gint64) value);
}

/**
 * matinee_cli_event_add_period:
 * @event: an event
 * @member: name
 * @period: from when to when
 *
 * Adds an array of the first and the last moment in seconds since 1970, or null when
 * they are not known.
 */
void
matinee_cli_event_add_period (JsonBuilder *event, const char *member, const MatineePeriod *period)
{
  json_builder_set_member_name (event, member);
  if (matinee_period_is_never (period))
    {
      json_builder_add_null_value (event);
      return;
    }
  json_builder_begin_array (event);
  json_builder_add_int_value (event, period->first);
  json_builder_add_int_value (event, period->last);
  json_builder_end_array (event);
}

/**
 * matinee_cli_event_write:
 * @event: (transfer full): an event
 *
 * Ends the event, writes its line to standard output and frees it.
 */
void
matinee_cli_event_write (JsonBuilder *event)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;

  json_builder_end_object (event);
  root = json_builder_get_root (event);
  json_generator_set_root (generator, root);
  line = json_generator_to_data (generator, NULL);
  matinee_cli_write_line (line);
  g_object_unref (event);
}
