/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-model-json.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "matinee-error.h"
#include "matinee-npy.h"
#include "matinee-params-json.h"

/* So many ratings can be counted without loss in a double. */
#define MAX_COUNT ((guint64) 1 << 53)

#define FORMAT_NAME "matinee-model"

const char *const matinee_trace_fields[MATINEE_TRACE_FIELDS] = {
  "iteration",
  "seconds",
  "train_n",
  "train_squared",
  "train_absolute",
  "train_squared_clipped",
  "train_absolute_clipped",
  "test_n",
  "test_squared",
  "test_absolute",
  "test_squared_clipped",
  "test_absolute_clipped",
  "penalty",
  "gradient_norm",
};

static JsonObject *
errors_to_json (const MatineeErrors *errors)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "n", (gint64) errors->n);
  matinee_json_set_double (object, "squared", errors->squared);
  matinee_json_set_double (object, "absolute", errors->absolute);
  matinee_json_set_double (object, "squared_clipped", errors->squared_clipped);
  matinee_json_set_double (object, "absolute_clipped", errors->absolute_clipped);
  matinee_json_set_double (object, "rmse", matinee_errors_rmse (errors));
  matinee_json_set_double (object, "mae", matinee_errors_mae (errors));
  matinee_json_set_double (object, "rmse_clipped", matinee_errors_rmse_clipped (errors));
  matinee_json_set_double (object, "mae_clipped", matinee_errors_mae_clipped (errors));
  return object;
}

/* The sums are what counts; RMSE and MAE are there for readers. */
static gboolean
errors_from_json (JsonObject *object, MatineeErrors *errors)
{
  guint64 n;

  *errors = (MatineeErrors){ 0 };
  if (object == NULL || !matinee_json_get_integer (object, "n", MAX_COUNT, &n))
    return FALSE;
  errors->n = n;
  return matinee_json_get_double (object, "squared", &errors->squared)
         && matinee_json_get_double (object, "absolute", &errors->absolute)
         && matinee_json_get_double (object, "squared_clipped", &errors->squared_clipped)
         && matinee_json_get_double (object, "absolute_clipped", &errors->absolute_clipped);
}

static const char *
ids_kind_name (MatineeIdsKind kind)
{
  return kind == MATINEE_IDS_INTEGER ? "integer" : "text";
}

/* JSON is UTF-8; the name of a file may be anything. */
static void
set_name (JsonObject *object, const char *member, const char *name)
{
  g_autofree char *valid = name != NULL ? g_utf8_make_valid (name, -1) : NULL;

  if (valid != NULL)
    json_object_set_string_member (object, member, valid);
}

static JsonObject *
data_to_json (const MatineeModelFile *file)
{
  JsonObject *object = json_object_new ();
  char buffer[MATINEE_FINGERPRINT_BUFFER];

  set_name (object, "name", file->data_name);
  if ((file->fingerprint.high | file->fingerprint.low) != 0)
    json_object_set_string_member (object, "fingerprint", matinee_fingerprint_format (&file->fingerprint, buffer));
  set_name (object, "split", file->split);
  if (file->dataset != NULL && file->dataset->synthetic)
    {
      json_object_set_boolean_member (object, "synthetic", TRUE);
      matinee_json_set_double (object, "noise_floor", file->dataset->noise_floor);
    }
  return object;
}

/**
 * matinee_model_describe:
 * @file: what is saved
 * @length: (out): bytes of it
 *
 * Returns: (transfer full): the member matinee.json
 */
char *
matinee_model_describe (const MatineeModelFile *file, gsize *length)
{
  const MatineeModel *model = file->model;
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (root, object);
  json_object_set_string_member (object, "format", FORMAT_NAME);
  json_object_set_int_member (object, "version", MATINEE_MODEL_FORMAT);
  json_object_set_string_member (object, "program", "Matinee " MATINEE_VERSION);
  json_object_set_int_member (object, "users", model->factors->n_users);
  json_object_set_int_member (object, "movies", model->factors->n_movies);
  json_object_set_int_member (object, "factors", model->factors->n_factors);
  json_object_set_string_member (object, "user_ids", ids_kind_name (matinee_ids_get_kind (model->users)));
  json_object_set_string_member (object, "movie_ids", ids_kind_name (matinee_ids_get_kind (model->movies)));
  matinee_json_set_double (object, "low", (double) model->low);
  matinee_json_set_double (object, "high", (double) model->high);
  json_object_set_object_member (object, "parameters", matinee_params_to_json (&model->params));
  json_object_set_string_member (object, "reason", matinee_stop_reason_id (model->reason));
  json_object_set_int_member (object, "iteration", model->iteration);
  json_object_set_object_member (object, "train", errors_to_json (&model->train));
  json_object_set_object_member (object, "test", errors_to_json (&model->test));
  json_object_set_object_member (object, "data", data_to_json (file));
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  return json_generator_to_data (generator, length);
}

static gboolean
set_wrong (const char *name, GError **error)
{
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT, _ ("its description has no usable \u201c%s\u201d"), name);
  return FALSE;
}

static gboolean
check_version (JsonObject *object, GError **error)
{
  const char *program = matinee_json_get_text (object, "program");
  guint64 version;

  if (g_strcmp0 (matinee_json_get_text (object, "format"), FORMAT_NAME) != 0)
    return set_wrong ("format", error);
  if (!matinee_json_get_integer (object, "version", G_MAXINT64, &version) || version == 0)
    return set_wrong ("version", error);
  if (version <= MATINEE_MODEL_FORMAT)
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
               _ ("it was saved by a newer version (%s): update Matinee to open it"), program != NULL ? program : "?");
  return FALSE;
}

static gboolean
parse_kind (JsonObject *object, const char *name, MatineeIdsKind *kind, GError **error)
{
  const char *text = matinee_json_get_text (object, name);

  if (g_strcmp0 (text, "integer") != 0 && g_strcmp0 (text, "text") != 0)
    return set_wrong (name, error);
  *kind = g_str_equal (text, "integer") ? MATINEE_IDS_INTEGER : MATINEE_IDS_TEXT;
  return TRUE;
}

static gboolean
parse_count (JsonObject *object, const char *name, guint64 minimum, guint64 maximum, guint32 *value, GError **error)
{
  guint64 number;

  if (!matinee_json_get_integer (object, name, maximum, &number) || number < minimum)
    return set_wrong (name, error);
  *value = (guint32) number;
  return TRUE;
}

static gboolean
parse_scale (JsonObject *object, MatineeModelDescription *self, GError **error)
{
  double low, high;

  if (!matinee_json_get_double (object, "low", &low) || fabs (low) > (double) G_MAXFLOAT)
    return set_wrong ("low", error);
  if (!matinee_json_get_double (object, "high", &high) || fabs (high) > (double) G_MAXFLOAT || high < low)
    return set_wrong ("high", error);
  self->low = (float) low;
  self->high = (float) high;
  return TRUE;
}

static void
parse_data (JsonObject *data, MatineeModelDescription *self)
{
  self->noise_floor = NAN;
  if (data == NULL)
    return;
  self->data_name = g_strdup (matinee_json_get_text (data, "name"));
  self->split = g_strdup (matinee_json_get_text (data, "split"));
  matinee_fingerprint_parse (matinee_json_get_text (data, "fingerprint"), &self->fingerprint);
  self->synthetic = matinee_json_get_double (data, "noise_floor", &self->noise_floor);
}

static gboolean
parse_object (JsonObject *object, MatineeModelDescription *self, GError **error)
{
  JsonObject *params = matinee_json_get_object (object, "parameters");

  if (!check_version (object, error) || !parse_count (object, "users", 1, G_MAXUINT32 - 1, &self->n_users, error)
      || !parse_count (object, "movies", 1, G_MAXUINT32 - 1, &self->n_movies, error)
      || !parse_count (object, "factors", 1, MATINEE_MAX_FACTORS, &self->n_factors, error)
      || !parse_count (object, "iteration", 0, G_MAXUINT32, &self->iteration, error)
      || !parse_kind (object, "user_ids", &self->user_ids, error)
      || !parse_kind (object, "movie_ids", &self->movie_ids, error) || !parse_scale (object, self, error))
    return FALSE;
  if (params == NULL)
    return set_wrong ("parameters", error);
  if (!matinee_params_from_json (params, &self->params, error))
    return FALSE;
  if (!matinee_stop_reason_find (matinee_json_get_text (object, "reason"), &self->reason))
    return set_wrong ("reason", error);
  if (!errors_from_json (matinee_json_get_object (object, "train"), &self->train))
    return set_wrong ("train", error);
  if (!errors_from_json (matinee_json_get_object (object, "test"), &self->test))
    return set_wrong ("test", error);
  self->program = g_strdup (matinee_json_get_text (object, "program"));
  parse_data (matinee_json_get_object (object, "data"), self);
  return TRUE;
}

/**
 * matinee_model_description_parse:
 * @text: (array length=length): the member matinee.json
 * @length: its bytes
 * @self: (out): what it says, to be cleared, also on failure
 * @error: return location
 *
 * Reads and checks a description.
 *
 * Returns: %FALSE with an error whose message is a clause to go after the name
 *   of the file
 */
gboolean
matinee_model_description_parse (const char *text, gssize length, MatineeModelDescription *self, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) failure = NULL;
  JsonNode *root;

  *self = (MatineeModelDescription){ 0 };
  if (!g_utf8_validate (text, length, NULL) || !json_parser_load_from_data (parser, text, length, &failure))
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT, _ ("its description can\u2019t be read (%s)"),
                   failure != NULL ? failure->message : "UTF-8");
      return FALSE;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return set_wrong ("format", error);
  return parse_object (json_node_get_object (root), self, error);
}

/**
 * matinee_model_description_clear:
 * @self: a description
 *
 * Frees what it holds.
 */
void
matinee_model_description_clear (MatineeModelDescription *self)
{
  g_clear_pointer (&self->data_name, g_free);
  g_clear_pointer (&self->split, g_free);
  g_clear_pointer (&self->program, g_free);
}

/**
 * matinee_trace_dup_type:
 *
 * Returns: (transfer full): the type of the records of "trace", as NumPy writes it
 */
char *
matinee_trace_dup_type (void)
{
  GString *type = g_string_new ("[");

  for (guint i = 0; i < MATINEE_TRACE_FIELDS; i++)
    g_string_append_printf (type, "%s('%s', '" MATINEE_NPY_FLOAT64 "')", i > 0 ? ", " : "", matinee_trace_fields[i]);
  g_string_append_c (type, ']');
  return g_string_free (type, FALSE);
}

static void
errors_to_record (const MatineeErrors *errors, double *record)
{
  record[0] = (double) errors->n;
  record[1] = errors->squared;
  record[2] = errors->absolute;
  record[3] = errors->squared_clipped;
  record[4] = errors->absolute_clipped;
}

/**
 * matinee_trace_point_to_record:
 * @point: a point
 * @record: (out): the same as numbers, in the order of matinee_trace_fields
 */
void
matinee_trace_point_to_record (const MatineeTracePoint *point, double record[MATINEE_TRACE_FIELDS])
{
  record[0] = point->iteration;
  record[1] = point->seconds;
  errors_to_record (&point->train, record + 2);
  errors_to_record (&point->test, record + 7);
  record[12] = point->penalty;
  record[13] = point->gradient_norm;
}

static gboolean
errors_from_record (const double *record, MatineeErrors *errors)
{
  if (!(record[0] >= 0 && record[0] <= (double) MAX_COUNT))
    return FALSE;
  for (guint i = 1; i < 5; i++)
    if (!isfinite (record[i]))
      return FALSE;
  *errors = (MatineeErrors){ (gsize) record[0], record[1], record[2], record[3], record[4] };
  return TRUE;
}

/**
 * matinee_trace_point_from_record:
 * @record: numbers in the order of matinee_trace_fields
 * @point: (out): the same as a point
 *
 * Returns: whether they can be one
 */
gboolean
matinee_trace_point_from_record (const double record[MATINEE_TRACE_FIELDS], MatineeTracePoint *point)
{
  *point = (MatineeTracePoint){ .seconds = record[1], .penalty = record[12], .gradient_norm = record[13] };
  if (!(record[0] >= 0 && record[0] <= G_MAXUINT32) || !isfinite (record[1]) || !isfinite (record[12]))
    return FALSE;
  point->iteration = (guint) record[0];
  return errors_from_record (record + 2, &point->train) && errors_from_record (record + 7, &point->test);
}
