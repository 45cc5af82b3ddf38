/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-params.h"

#include <glib/gi18n.h>
#include <string.h>

#include "matinee-cli-command.h"
#include "matinee-cli-text.h"
#include "matinee-moment.h"
#include "matinee-solver.h"
#include "matinee-system.h"

/* A line of parameters is broken when it is longer than this. */
#define LINE_WIDTH 44

static char *
list_solvers (const char *separator)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint n;
  const MatineeSolver *const *solvers = matinee_solvers (&n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? separator : "", solvers[i]->id);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static char *
list_presets (void)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint n;
  const MatineePreset *presets = matinee_presets (&n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, i > 0 ? _ (", “%s”") : _ ("“%s”"), presets[i].title);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static char *
list_choices (const MatineeParamInfo *info)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i <= info->maximum; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", info->get_choice (i)->id);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static char *
describe (const MatineeParamInfo *info)
{
  g_autofree char *from = matinee_param_format (info->id, info->minimum);
  g_autofree char *to = matinee_param_format (info->id, info->maximum);
  g_autofree char *choices = NULL;

  switch (info->type)
    {
    case MATINEE_PARAM_CHOICE:
      choices = list_choices (info);
      /* Translators: what a parameter does, and what there is to choose from. */
      return g_strdup_printf (_ ("%s (one of %s)"), _ (info->tooltip), choices);
    case MATINEE_PARAM_MOMENT:
      return g_strdup_printf (_ ("%s (a date such as 2015-06-01, or seconds since 1970)"), _ (info->tooltip));
    default:
      /* Translators: what a parameter does, and its range. */
      return g_strdup_printf (_ ("%s (%s to %s)"), _ (info->tooltip), from, to);
    }
}

static const char *
get_placeholder (const MatineeParamInfo *info)
{
  switch (info->type)
    {
    case MATINEE_PARAM_CHOICE:
      return _ ("NAME");
    case MATINEE_PARAM_MOMENT:
      return _ ("DATE");
    default:
      return info->whole ? "N" : "X";
    }
}

static void
add_number (MatineeCliParams *options, GOptionContext *context, const MatineeParamInfo *info)
{
  g_autofree char *text = describe (info);
  const GOptionEntry entries[] = {
    { info->name, 0, 0, G_OPTION_ARG_STRING, &options->numbers[info->id], g_string_chunk_insert (options->texts, text),
      get_placeholder (info) },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/**
 * matinee_cli_params_new:
 * @context: options of a command
 *
 * Adds the options that decide a training to @context: the numeric ones are made
 * from matinee_param_info().
 *
 * Returns: (transfer full): where they are read to, which must outlive @context
 */
MatineeCliParams *
matinee_cli_params_new (GOptionContext *context)
{
  MatineeCliParams *options = g_new0 (MatineeCliParams, 1);
  g_autofree char *solvers = list_solvers (", ");
  g_autofree char *presets = list_presets ();
  g_autofree char *solver_text = g_strdup_printf (_ ("How to learn: %s"), solvers);
  g_autofree char *preset_text
      = g_strdup_printf (_ ("Start from a set of values: %s; other options go before it"), presets);
  GOptionEntry entries[] = {
    { "preset", 0, 0, G_OPTION_ARG_STRING, &options->preset, NULL, _ ("NAME") },
    { "solver", 0, 0, G_OPTION_ARG_STRING, &options->solver, NULL, _ ("NAME") },
    G_OPTION_ENTRY_NULL,
  };

  options->texts = g_string_chunk_new (1024);
  entries[0].description = g_string_chunk_insert (options->texts, preset_text);
  entries[1].description = g_string_chunk_insert (options->texts, solver_text);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    add_number (options, context, matinee_param_info (id));
  return options;
}

/**
 * matinee_cli_params_free:
 * @options: (transfer full): options
 *
 * Frees them.
 */
void
matinee_cli_params_free (MatineeCliParams *options)
{
  g_free (options->preset);
  g_free (options->solver);
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    g_free (options->numbers[id]);
  g_string_chunk_free (options->texts);
  g_free (options);
}

static const MatineeSolver *
find_solver (const char *id, GError **error)
{
  const MatineeSolver *solver = matinee_solver_find (id);

  if (solver == NULL)
    {
      g_autofree char *list = list_solvers (", ");

      matinee_cli_fail_usage (error, _ ("There is no solver “%s”; there are: %s"), id, list);
    }
  return solver;
}

static const MatineePreset *
find_preset (const char *name, GError **error)
{
  const MatineePreset *preset = matinee_preset_find (name);

  if (preset == NULL)
    {
      g_autofree char *list = list_presets ();

      matinee_cli_fail_usage (error, _ ("There is no preset “%s”; there are: %s"), name, list);
    }
  return preset;
}

static gboolean
parse_value (const MatineeParamInfo *info, const char *text, double *value, GError **error)
{
  g_autofree char *choices = NULL;
  gint64 moment;

  switch (info->type)
    {
    case MATINEE_PARAM_CHOICE:
      if (matinee_param_find_choice (info->id, text, value))
        return TRUE;
      choices = list_choices (info);
      return matinee_cli_fail_usage (error, _ ("--%s can’t be “%s”; there are: %s"), info->name, text, choices);
    case MATINEE_PARAM_MOMENT:
      if (!matinee_moment_parse (text, strlen (text), &moment))
        return matinee_cli_fail_usage (
            error, _ ("--%s needs a date such as 2015-06-01, or seconds since 1970, not “%s”"), info->name, text);
      *value = (double) moment;
      return TRUE;
    default:
      return matinee_cli_parse_number (info->name, text, info->whole, info->minimum, info->maximum, value, error);
    }
}

/**
 * matinee_cli_params_resolve:
 * @options: what was given
 * @params: (out): what follows from it
 * @error: return location
 *
 * Works out the parameters. A preset, or else the one that belongs to the
 * solver, gives all values; options given by name override it, whatever their
 * order. Threads default to the processors there are.
 *
 * Returns: whether all is in range; else @error is in %G_OPTION_ERROR or is
 *   %MATINEE_ERROR_PARAMS
 */
gboolean
matinee_cli_params_resolve (const MatineeCliParams *options, MatineeParams *params, GError **error)
{
  const MatineePreset *preset = NULL;
  const MatineeSolver *solver = NULL;

  matinee_params_init (params, matinee_system_n_cores ());
  if (options->solver != NULL && (solver = find_solver (options->solver, error)) == NULL)
    return FALSE;
  if (options->preset != NULL && (preset = find_preset (options->preset, error)) == NULL)
    return FALSE;
  if (preset == NULL && solver != NULL)
    preset = matinee_preset_for_solver (solver);
  if (preset != NULL)
    matinee_params_apply_preset (params, preset);
  if (solver != NULL)
    params->solver = solver;
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    {
      const MatineeParamInfo *info = matinee_param_info (id);
      double value;

      if (options->numbers[id] == NULL)
        continue;
      if (!parse_value (info, options->numbers[id], &value, error))
        return FALSE;
      matinee_params_set (params, id, value);
    }
  return matinee_params_check (params, error);
}

/**
 * matinee_cli_params_note_unused:
 * @options: what was given
 * @params: what followed from it
 *
 * Says on standard error which of the options given have no effect with the
 * solver or with the split.
 */
void
matinee_cli_params_note_unused (const MatineeCliParams *options, const MatineeParams *params)
{
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    if (options->numbers[id] == NULL || matinee_params_uses (params, id))
      continue;
    else if (matinee_param_is_of_split (id))
      matinee_cli_note (_ ("--%s has no effect with the split “%s”"), matinee_param_info (id)->name,
                        matinee_split_info (params->split)->choice.id);
    else
      matinee_cli_note (_ ("--%s has no effect with the solver “%s”"), matinee_param_info (id)->name,
                        params->solver->id);
}

/**
 * matinee_cli_params_print:
 * @params: parameters
 * @without: one of them that is not to be told, or %MATINEE_N_PARAMS for none
 *
 * Prints the solver and the parameters that have an effect, in the names of the
 * options, a few on a line.
 */
void
matinee_cli_params_print (const MatineeParams *params, MatineeParamId without)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const char *label = _ ("Parameters");

  matinee_cli_print_field (_ ("Solver"), "%s", _ (params->solver->title));
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    {
      g_autofree char *value = NULL;

      if (id == without || !matinee_params_uses (params, id))
        continue;
      if (line->len >= LINE_WIDTH)
        {
          matinee_cli_print_field (label, "%s", line->str);
          g_string_truncate (line, 0);
          label = "";
        }
      value = matinee_param_format (id, matinee_params_get (params, id));
      g_string_append_printf (line, "%s%s %s", line->len > 0 ? "  " : "", matinee_param_info (id)->name, value);
    }
  matinee_cli_print_field (label, "%s", line->str);
}
