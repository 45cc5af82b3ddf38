/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-params-json.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "matinee-error.h"
#include "matinee-solver.h"

/* What json-glib's own getters do with a member of another type is a warning;
 * these ask first, for files may hold anything. */

static JsonNode *
get_value (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

/**
 * matinee_json_get_double:
 * @object: an object
 * @name: name of a member
 * @value: (out): its value
 *
 * Returns: whether there is such a finite number
 */
gboolean
matinee_json_get_double (JsonObject *object, const char *name, double *value)
{
  JsonNode *node = get_value (object, name);
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;
  *value = json_node_get_double (node);
  return isfinite (*value);
}

/**
 * matinee_json_get_integer:
 * @object: an object
 * @name: name of a member
 * @maximum: the largest value
 * @value: (out): its value
 *
 * Returns: whether there is such a whole number from 0 to @maximum
 */
gboolean
matinee_json_get_integer (JsonObject *object, const char *name, guint64 maximum, guint64 *value)
{
  JsonNode *node = get_value (object, name);
  gint64 number;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  number = json_node_get_int (node);
  *value = (guint64) number;
  return number >= 0 && *value <= maximum;
}

/**
 * matinee_json_get_text:
 * @object: an object
 * @name: name of a member
 *
 * Returns: (nullable) (transfer none): its text, if it has one
 */
const char *
matinee_json_get_text (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/**
 * matinee_json_get_object:
 * @object: an object
 * @name: name of a member
 *
 * Returns: (nullable) (transfer none): the object that it is
 */
JsonObject *
matinee_json_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * matinee_json_set_double:
 * @object: an object
 * @name: name of a member
 * @value: its value; what is not finite becomes null, for JSON has no name for it
 *
 * Sets a number.
 */
void
matinee_json_set_double (JsonObject *object, const char *name, double value)
{
  if (isfinite (value))
    json_object_set_double_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

/**
 * matinee_params_to_json:
 * @params: parameters
 *
 * Returns: (transfer full): the solver, and every parameter by its name
 */
JsonObject *
matinee_params_to_json (const MatineeParams *params)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "solver", params->solver->id);
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    {
      const MatineeParamInfo *info = matinee_param_info (id);
      double value = matinee_params_get (params, id);

      if (info->type == MATINEE_PARAM_CHOICE)
        json_object_set_string_member (object, info->name, info->get_choice ((guint) value)->id);
      else if (info->whole)
        json_object_set_int_member (object, info->name, (gint64) value);
      else
        matinee_json_set_double (object, info->name, value);
    }
  return object;
}

/**
 * matinee_params_from_json:
 * @object: what matinee_params_to_json() made, perhaps in another version
 * @params: (out): parameters; those that @object doesn't have are as in the
 *   preset of its solver
 * @error: return location
 *
 * Reads parameters and checks them.
 *
 * Returns: %FALSE with %MATINEE_ERROR_PARAMS
 */
gboolean
matinee_params_from_json (JsonObject *object, MatineeParams *params, GError **error)
{
  const char *id = matinee_json_get_text (object, "solver");
  const MatineeSolver *solver = id != NULL ? matinee_solver_find (id) : NULL;

  if (solver == NULL)
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS,
                   _ ("The solver \u201c%s\u201d is unknown: it may need a newer version of Matinee"),
                   id != NULL ? id : "");
      return FALSE;
    }
  matinee_params_init (params, 1);
  matinee_params_apply_preset (params, matinee_preset_for_solver (solver));
  params->solver = solver;
  for (guint i = 0; i < MATINEE_N_PARAMS; i++)
    {
      const MatineeParamInfo *info = matinee_param_info (i);
      const char *text = matinee_json_get_text (object, info->name);
      double value;

      if (info->type == MATINEE_PARAM_CHOICE && text != NULL && !matinee_param_find_choice (i, text, &value))
        {
          g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS,
                       _ ("%s \u201c%s\u201d is unknown: it may need a newer version of Matinee"), _ (info->label),
                       text);
          return FALSE;
        }
      if ((info->type == MATINEE_PARAM_CHOICE && text != NULL) || matinee_json_get_double (object, info->name, &value))
        matinee_params_set (params, i, value);
    }
  return matinee_params_check (params, error);
}
