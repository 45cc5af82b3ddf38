/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "matinee-moment.h"

G_BEGIN_DECLS

JsonBuilder *matinee_cli_event_new (const char *name);
void matinee_cli_event_add_string (JsonBuilder *event, const char *member, const char *value);
void matinee_cli_event_add_number (JsonBuilder *event, const char *member, double value);
void matinee_cli_event_add_count (JsonBuilder *event, const char *member, guint64 value);
void matinee_cli_event_add_period (JsonBuilder *event, const char *member, const MatineePeriod *period);
void matinee_cli_event_write (JsonBuilder *event);

G_END_DECLS
