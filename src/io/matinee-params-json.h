/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "matinee-params.h"

G_BEGIN_DECLS

JsonObject *matinee_params_to_json (const MatineeParams *params);
gboolean matinee_params_from_json (JsonObject *object, MatineeParams *params, GError **error);
gboolean matinee_json_get_double (JsonObject *object, const char *name, double *value);
gboolean matinee_json_get_integer (JsonObject *object, const char *name, guint64 maximum, guint64 *value);
const char *matinee_json_get_text (JsonObject *object, const char *name);
JsonObject *matinee_json_get_object (JsonObject *object, const char *name);
void matinee_json_set_double (JsonObject *object, const char *name, double value);

G_END_DECLS
