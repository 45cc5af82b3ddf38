/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <math.h>

#include "matinee-file-kind.h"
#include "matinee-format.h"
#include "matinee-settings.h"
#include "matinee-solver.h"

/* What is kept in memory where the schema is missing begins as the schema does. */
static void
test_defaults (void)
{
  g_autoptr (MatineeSettings) stored = matinee_settings_new ();
  g_autoptr (MatineeSettings) memory = matinee_settings_new_in_memory ();
  g_autoptr (GSettings) settings = g_settings_new (MATINEE_APP_ID);
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_assert_true (matinee_settings_is_persistent (stored));
  g_assert_false (matinee_settings_is_persistent (memory));
  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autoptr (GVariant) a = matinee_settings_get_value (stored, keys[i]);
      g_autoptr (GVariant) b = matinee_settings_get_value (memory, keys[i]);

      g_assert_cmpvariant (a, b);
    }
}

static void
check_params (MatineeSettings *settings)
{
  MatineeParams params;
  MatineeParams again;
  g_autoptr (GFile) file = g_file_new_for_path ("/somewhere/ratings ü.csv");
  g_autoptr (GFile) file_again = NULL;

  matinee_settings_load_params (settings, &params);
  g_assert_true (params.solver == matinee_presets (&(guint){ 0 })->params.solver);
  params.solver = matinee_solver_find ("gradient");
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    {
      const MatineeParamInfo *info = matinee_param_info (id);
      double value = info->whole ? info->minimum + 2 : info->minimum + (info->maximum - info->minimum) / 3;

      matinee_params_set (&params, id, value);
    }
  matinee_settings_save_params (settings, &params);
  matinee_settings_load_params (settings, &again);
  g_assert_true (again.solver == params.solver);
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    g_assert_cmpfloat (matinee_params_get (&again, id), ==, matinee_params_get (&params, id));

  g_assert_null (matinee_settings_dup_file (settings, "ratings-file"));
  matinee_settings_set_file (settings, "ratings-file", file);
  file_again = matinee_settings_dup_file (settings, "ratings-file");
  g_assert_true (g_file_equal (file, file_again));
  matinee_settings_set_file (settings, "ratings-file", NULL);
  g_assert_null (matinee_settings_dup_file (settings, "ratings-file"));
}

static void
test_params (void)
{
  g_autoptr (MatineeSettings) stored = matinee_settings_new ();
  g_autoptr (MatineeSettings) memory = matinee_settings_new_in_memory ();

  check_params (stored);
  check_params (memory);
}

/* What somebody set by hand to nonsense does not reach a training. */
static void
test_bad_params (void)
{
  g_autoptr (MatineeSettings) settings = matinee_settings_new ();
  g_autoptr (GSettings) raw = g_settings_new (MATINEE_APP_ID);
  MatineeParams params;
  g_autoptr (GError) error = NULL;

  g_settings_set_string (raw, "solver", "magic");
  g_settings_set_value (
      raw, "parameters",
      g_variant_new_parsed ("{'factors': 1e30, 'regularization': -1.0, 'iterations': 7.0, 'x': 1.0}"));
  matinee_settings_load_params (settings, &params);
  g_assert_true (matinee_params_check (&params, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (params.n_iterations, ==, 7);
  g_assert_cmpuint (params.n_factors, ==, 50);
  g_settings_set_value (raw, "parameters", g_variant_new_parsed ("{'regularization': %d}", (double) NAN));
  matinee_settings_load_params (settings, &params);
  g_assert_true (matinee_params_check (&params, &error));
  g_assert_no_error (error);
}

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_format (void)
{
  assert_text (matinee_format_value (0.0001, 8), "0.0001");
  assert_text (matinee_format_value (100, 2), "100");
  assert_text (matinee_format_value (0, 5), "0");
  assert_text (matinee_format_value (1e-7, 7), "0.0000001");
  assert_text (matinee_format_value (20, 0), "20");
  assert_text (matinee_format_value (-2.50, 3), "-2.5");
  assert_text (matinee_format_duration (0.2), "0:01");
  assert_text (matinee_format_duration (61), "1:01");
  assert_text (matinee_format_duration (3727), "1:02:07");
  assert_text (matinee_format_duration (NAN), "0:00");
  assert_text (matinee_format_step_time (0.0053), "5.3\302\240ms");
  assert_text (matinee_format_step_time (0.1), "100\302\240ms");
  assert_text (matinee_format_step_time (2.25), "2.2\302\240s");
  assert_text (matinee_format_share (0.017), "1.7\302\240%");
  assert_text (matinee_format_share (0.167), "17\302\240%");
  assert_text (matinee_format_share (0.00012), "0.012\302\240%");
}

static void
test_loss (void)
{
  const MatineeErrors errors = { .n = 4, .squared = 16, .absolute = 6, .squared_clipped = 4, .absolute_clipped = 2 };
  const MatineeErrors none = { 0 };

  g_assert_cmpfloat (matinee_loss_of (MATINEE_LOSS_MSE, &errors), ==, 4);
  g_assert_cmpfloat (matinee_loss_of (MATINEE_LOSS_RMSE, &errors), ==, 2);
  g_assert_cmpfloat (matinee_loss_of (MATINEE_LOSS_MAE, &errors), ==, 1.5);
  g_assert_cmpfloat (matinee_loss_of_clipped (MATINEE_LOSS_MSE, &errors), ==, 1);
  g_assert_cmpfloat (matinee_loss_of_clipped (MATINEE_LOSS_RMSE, &errors), ==, 1);
  g_assert_cmpfloat (matinee_loss_of_clipped (MATINEE_LOSS_MAE, &errors), ==, 0.5);
  for (guint loss = 0; loss < MATINEE_N_LOSSES; loss++)
    {
      MatineeLoss again;

      g_assert_true (isnan (matinee_loss_of (loss, &none)));
      g_assert_true (isnan (matinee_loss_of_clipped (loss, &none)));
      g_assert_true (matinee_loss_from_id (matinee_loss_id (loss), &again));
      g_assert_cmpuint (again, ==, loss);
    }
  g_assert_cmpfloat (matinee_loss_of_noise (MATINEE_LOSS_MSE, 0.5), ==, 0.25);
  g_assert_true (isnan (matinee_loss_of_noise (MATINEE_LOSS_MAE, 0.5)));
}

static void
assert_kind (const char *name, const char *header, MatineeFileKind expected)
{
  g_autoptr (MatineeDiagnosis) diagnosis
      = matinee_diagnosis_new_for_text (header, strlen (header), TRUE, name, MATINEE_TABLE_RATINGS, NULL, NULL);

  g_assert_cmpint (matinee_file_kind_from_diagnosis (diagnosis, name), ==, expected);
}

static void
test_file_kind (void)
{
  assert_kind ("a.csv", "userId,movieId,rating,timestamp\n1,2,3,4", MATINEE_FILE_RATINGS);
  assert_kind ("a.csv", "movieId,title,genres\r\n1,The Rating,", MATINEE_FILE_TITLES);
  assert_kind ("movies.csv", "userId,movieId,RATING", MATINEE_FILE_RATINGS);
  assert_kind ("movies.csv", "", MATINEE_FILE_TITLES);
  assert_kind ("a.csv", "", MATINEE_FILE_RATINGS);
  assert_kind ("a.csv", "x,y\ntitle", MATINEE_FILE_RATINGS);
  assert_kind ("u.data", "196\t242\t3\t881250949\n186\t302\t3\t891717742\n", MATINEE_FILE_RATINGS);
  assert_kind ("u.item",
               "1|Toy Story (1995)|01-Jan-1995||http://x.org/a|0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0\n"
               "2|GoldenEye (1995)|01-Jan-1995||http://x.org/b|0|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0|1|0|0\n",
               MATINEE_FILE_TITLES);
  assert_kind ("a.dat", "1::Toy Story (1995)::Comedy\n2::Jumanji (1995)::Adventure|Fantasy\n", MATINEE_FILE_TITLES);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/defaults", test_defaults);
  g_test_add_func ("/settings/params", test_params);
  g_test_add_func ("/settings/bad-params", test_bad_params);
  g_test_add_func ("/format/texts", test_format);
  g_test_add_func ("/format/loss", test_loss);
  g_test_add_func ("/file-kind/header", test_file_kind);
  return g_test_run ();
}
