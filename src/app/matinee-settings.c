/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-settings"

#include "config.h"

#include "matinee-settings.h"

#include <glib/gi18n.h>

#include "matinee-movielens.h"
#include "matinee-pool.h"
#include "matinee-solver.h"

/**
 * MatineeSettings:
 *
 * What is remembered from one start to the next. Kept by GSettings; where the
 * schema is not installed, GSettings would end the program, so the values
 * are then kept in memory and forgotten at the end.
 */
struct _MatineeSettings
{
  GObject parent_instance;

  GSettings *stored;
  GHashTable *memory;
};

G_DEFINE_FINAL_TYPE (MatineeSettings, matinee_settings, G_TYPE_OBJECT)

/* The defaults of the schema, for when there is none. */
static const struct
{
  const char *key;
  const char *value;
} defaults[] = {
  { "window-width", "1100" },
  { "window-height", "720" },
  { "maximized", "false" },
  { "ratings-file", "''" },
  { "titles-file", "''" },
  { "titles-chosen", "false" },
  { "solver", "''" },
  { "parameters", "@a{sd} {}" },
  { "loss", "'rmse'" },
  { "number-of-films", "20" },
  { "hide-rated", "true" },
  { "minimum-ratings", "5" },
  { "show-details", "true" },
  { "chart", "'loss'" },
  { "chart-by-time", "false" },
  { "runs-loss", "'rmse'" },
  { "runs-by-time", "false" },
  { "sweep-first", "''" },
  { "sweep-second", "''" },
  { "movielens-url", "'" MATINEE_MOVIELENS_URL "'" },
  { "model-file", "''" },
  { "recent-files", "@a(ssa{ss}) []" },
  { "ratings-hints", "@a{ss} {}" },
  { "test-file", "''" },
};

/**
 * matinee_settings_get_value:
 * @self: settings
 * @key: a key
 *
 * Returns: (transfer full): what is kept there
 */
GVariant *
matinee_settings_get_value (MatineeSettings *self, const char *key)
{
  GVariant *value;

  if (self->stored != NULL)
    return g_settings_get_value (self->stored, key);
  value = g_hash_table_lookup (self->memory, key);
  g_return_val_if_fail (value != NULL, NULL);
  return g_variant_ref (value);
}

/**
 * matinee_settings_set_value:
 * @self: settings
 * @key: a key
 * @value: what to keep there; taken if it is floating
 */
void
matinee_settings_set_value (MatineeSettings *self, const char *key, GVariant *value)
{
  if (self->stored != NULL)
    g_settings_set_value (self->stored, key, value);
  else
    g_hash_table_insert (self->memory, g_strdup (key), g_variant_ref_sink (value));
}

static void
matinee_settings_finalize (GObject *object)
{
  MatineeSettings *self = MATINEE_SETTINGS (object);

  g_clear_object (&self->stored);
  g_clear_pointer (&self->memory, g_hash_table_unref);

  G_OBJECT_CLASS (matinee_settings_parent_class)->finalize (object);
}

static void
matinee_settings_class_init (MatineeSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_settings_finalize;
}

static void
matinee_settings_init (MatineeSettings *self)
{
}

/**
 * matinee_settings_new:
 *
 * Returns: (transfer full): the settings of this user, or such as are kept in
 *   memory only where the schema is not installed
 */
MatineeSettings *
matinee_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  MatineeSettings *self;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, MATINEE_APP_ID, TRUE);
  if (schema == NULL)
    {
      g_message ("The settings schema %s is not installed: settings are forgotten when Matinee is closed",
                 MATINEE_APP_ID);
      return matinee_settings_new_in_memory ();
    }
  self = g_object_new (MATINEE_TYPE_SETTINGS, NULL);
  self->stored = g_settings_new_full (schema, NULL, NULL);
  return self;
}

/**
 * matinee_settings_new_in_memory:
 *
 * Returns: (transfer full): settings that begin with the defaults and are
 *   forgotten with the object
 */
MatineeSettings *
matinee_settings_new_in_memory (void)
{
  MatineeSettings *self = g_object_new (MATINEE_TYPE_SETTINGS, NULL);

  self->memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    matinee_settings_set_value (self, defaults[i].key, g_variant_new_parsed (defaults[i].value));
  return self;
}

/**
 * matinee_settings_is_persistent:
 * @self: settings
 *
 * Returns: whether they outlive the program
 */
gboolean
matinee_settings_is_persistent (MatineeSettings *self)
{
  g_return_val_if_fail (MATINEE_IS_SETTINGS (self), FALSE);

  return self->stored != NULL;
}

gboolean
matinee_settings_get_boolean (MatineeSettings *self, const char *key)
{
  g_autoptr (GVariant) value = matinee_settings_get_value (self, key);

  return g_variant_get_boolean (value);
}

void
matinee_settings_set_boolean (MatineeSettings *self, const char *key, gboolean value)
{
  matinee_settings_set_value (self, key, g_variant_new_boolean (value));
}

int
matinee_settings_get_int (MatineeSettings *self, const char *key)
{
  g_autoptr (GVariant) value = matinee_settings_get_value (self, key);

  return g_variant_get_int32 (value);
}

void
matinee_settings_set_int (MatineeSettings *self, const char *key, int value)
{
  matinee_settings_set_value (self, key, g_variant_new_int32 (value));
}

/**
 * matinee_settings_dup_string:
 * @self: settings
 * @key: a key that holds a text
 *
 * Returns: (transfer full): the text
 */
char *
matinee_settings_dup_string (MatineeSettings *self, const char *key)
{
  g_autoptr (GVariant) value = matinee_settings_get_value (self, key);

  return g_variant_dup_string (value, NULL);
}

void
matinee_settings_set_string (MatineeSettings *self, const char *key, const char *value)
{
  matinee_settings_set_value (self, key, g_variant_new_string (value));
}

/**
 * matinee_settings_dup_file:
 * @self: settings
 * @key: a key that holds a URI
 *
 * Returns: (transfer full) (nullable): that file, or %NULL when none is remembered
 */
GFile *
matinee_settings_dup_file (MatineeSettings *self, const char *key)
{
  g_autofree char *uri = matinee_settings_dup_string (self, key);

  return *uri != '\0' ? g_file_new_for_uri (uri) : NULL;
}

/**
 * matinee_settings_set_file:
 * @self: settings
 * @key: a key that holds a URI
 * @file: (nullable): a file
 *
 * Remembers @file, or that there is none.
 */
void
matinee_settings_set_file (MatineeSettings *self, const char *key, GFile *file)
{
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : g_strdup ("");

  matinee_settings_set_string (self, key, uri);
}

/**
 * matinee_settings_load_params:
 * @self: settings
 * @params: (out): parameters
 *
 * Reads the parameters. What was never set, or was set by hand to something
 * that is out of range, has its default.
 */
void
matinee_settings_load_params (MatineeSettings *self, MatineeParams *params)
{
  g_autofree char *solver_id = matinee_settings_dup_string (self, "solver");
  g_autoptr (GVariant) values = matinee_settings_get_value (self, "parameters");
  const MatineeSolver *solver = matinee_solver_find (solver_id);

  matinee_params_init (params, CLAMP (g_get_num_processors (), 1, MATINEE_MAX_THREADS));
  if (solver != NULL)
    matinee_params_apply_preset (params, matinee_preset_for_solver (solver));
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    {
      const MatineeParamInfo *info = matinee_param_info (id);
      double value;

      if (g_variant_lookup (values, info->name, "d", &value) && value >= info->minimum && value <= info->maximum)
        matinee_params_set (params, id, value);
    }
}

/**
 * matinee_settings_save_params:
 * @self: settings
 * @params: parameters
 *
 * Remembers the parameters.
 */
void
matinee_settings_save_params (MatineeSettings *self, const MatineeParams *params)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sd}"));
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    g_variant_builder_add (&builder, "{sd}", matinee_param_info (id)->name, matinee_params_get (params, id));
  matinee_settings_set_value (self, "parameters", g_variant_builder_end (&builder));
  matinee_settings_set_string (self, "solver", params->solver->id);
}
