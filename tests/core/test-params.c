/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-params.h"

#include <math.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-solver.h"

static void
test_table (void)
{
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    {
      const MatineeParamInfo *info = matinee_param_info (id);
      MatineeParams params;
      guint n;
      const MatineePreset *presets = matinee_presets (&n);

      g_assert_cmpuint (info->id, ==, id);
      g_assert_true (matinee_param_info_by_name (info->name) == info);
      g_assert_cmpfloat (info->minimum, <, info->maximum);
      g_assert_true (g_str_has_suffix (info->tooltip, "."));
      matinee_params_init (&params, 3);
      matinee_params_set (&params, id, info->maximum);
      g_assert_cmpfloat (matinee_params_get (&params, id), ==, info->maximum);
      /* What a preset says can be shown with the digits of a spin button. */
      for (guint p = 0; p < n; p++)
        {
          double value = matinee_params_get (&presets[p].params, id) * pow (10, info->digits);

          g_assert_cmpfloat_with_epsilon (value, round (value), 1e-6);
        }
    }
  g_assert_null (matinee_param_info_by_name ("colour"));
}

static void
test_presets (void)
{
  guint n;
  const MatineePreset *presets = matinee_presets (&n);
  MatineeParams params;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      matinee_params_init (&params, 2);
      matinee_params_apply_preset (&params, &presets[i]);
      g_assert_cmpuint (params.n_threads, ==, 2);
      g_assert_true (matinee_params_check (&params, &error));
      g_assert_no_error (error);
      params.seed = 77;
      g_assert_true (matinee_preset_matching (&params) == &presets[i]);
      g_assert_true (matinee_preset_find (presets[i].id) == &presets[i]);
      g_assert_true (matinee_preset_find (presets[i].title) == &presets[i]);
      params.n_factors++;
      g_assert_null (matinee_preset_matching (&params));
    }
  g_assert_true (matinee_preset_find ("CLASSIC script") == &presets[1]);
  g_assert_null (matinee_preset_find ("Modern script"));
}

static void
test_check (void)
{
  guint n;
  const MatineeSolver *const *solvers = matinee_solvers (&n);

  for (guint s = 0; s < n; s++)
    for (guint id = 0; id < MATINEE_N_PARAMS; id++)
      {
        const MatineeParamInfo *info = matinee_param_info (id);
        double wrong[] = { info->minimum - 1, info->maximum + 1, NAN };

        for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
          {
            g_autoptr (GError) error = NULL;
            MatineeParams params;

            matinee_params_init (&params, 2);
            params.solver = solvers[s];
            if (info->whole && !(wrong[i] >= 0))
              continue;
            matinee_params_set (&params, id, wrong[i]);
            if (!matinee_params_uses (&params, id))
              {
                g_assert_true (matinee_params_check (&params, &error));
                continue;
              }
            g_assert_false (matinee_params_check (&params, &error));
            g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS);
            g_assert_nonnull (strstr (error->message, info->label));
          }
      }
}

static void
test_equal (void)
{
  MatineeParams a, b;

  matinee_params_init (&a, 1);
  matinee_params_init (&b, 2);
  b.learning_rate = 0.5;
  g_assert_true (matinee_params_equal (&a, &b));
  b.seed = 2;
  g_assert_false (matinee_params_equal (&a, &b));
}

static void
test_memory (void)
{
  g_autoptr (GError) error = NULL;
  MatineeParams params;

  matinee_params_init (&params, 2);
  g_assert_true (matinee_params_check_memory (&params, 600, 400, 40000, 100u << 20, &error));
  g_assert_true (matinee_params_check_memory (&params, G_MAXUINT32, G_MAXUINT32, 1, 0, &error));
  g_assert_no_error (error);
  g_assert_false (matinee_params_check_memory (&params, 100000000, 1000000, 1000000000, (guint64) 8 << 30, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_MEMORY);
  g_assert_nonnull (strstr (error->message, "50 factors"));
}

static void
test_solvers (void)
{
  guint n;
  const MatineeSolver *const *solvers = matinee_solvers (&n);

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (matinee_solver_find (solvers[i]->id) == solvers[i]);
      g_assert_true (matinee_preset_for_solver (solvers[i]) != NULL);
    }
  g_assert_null (matinee_solver_find ("guess"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/params/table", test_table);
  g_test_add_func ("/params/presets", test_presets);
  g_test_add_func ("/params/check", test_check);
  g_test_add_func ("/params/equal", test_equal);
  g_test_add_func ("/params/memory", test_memory);
  g_test_add_func ("/params/solvers", test_solvers);
  return g_test_run ();
}
