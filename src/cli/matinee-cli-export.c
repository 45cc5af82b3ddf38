/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "matinee-cli-actions.h"
#include "matinee-cli-event.h"
#include "matinee-cli-model.h"
#include "matinee-cli-rows.h"
#include "matinee-cli-save.h"
#include "matinee-cli-signals.h"
#include "matinee-cli-text.h"
#include "matinee-export.h"
#include "matinee-system.h"

/* The tables that a model can be written as. */
typedef enum
{
  TABLE_USERS,
  TABLE_MOVIES,
  TABLE_TRACE,
  N_TABLES
} Table;

/**
 * Options:
 * @model: the model file
 * @outputs: (array N_TABLES): (element nullable): where each table goes
 * @format_text: (nullable): `--format`
 * @json: `--json`
 * @formats: (array N_TABLES): how each is written
 *
 * What the command was asked to do.
 */
typedef struct
{
  const char *model;
  char *outputs[N_TABLES];
  char *format_text;
  gboolean json;
  MatineeExportFormat formats[N_TABLES];
} Options;

static void
options_clear (gpointer data)
{
  Options *options = data;

  for (guint i = 0; i < N_TABLES; i++)
    g_free (options->outputs[i]);
  g_free (options->format_text);
}

static gboolean
write_table (const Options *options, Table table, const MatineeModelFile *file, MatineeStop *stop, GError **error)
{
  const char *path = options->outputs[table];
  MatineeExportFormat format = options->formats[table];
  MatineeTitles *titles = file->dataset->titles;

  switch (table)
    {
    case TABLE_USERS:
      return matinee_export_factors (path, format, file->model, MATINEE_USERS, titles, stop, error);
    case TABLE_MOVIES:
      return matinee_export_factors (path, format, file->model, MATINEE_MOVIES, titles, stop, error);
    case TABLE_TRACE:
    default:
      return matinee_export_trace (path, format, file->model->trace, error);
    }
}

static guint32
count_rows (const MatineeModel *model, Table table)
{
  if (table == TABLE_TRACE)
    return model->trace->n;
  return table == TABLE_USERS ? model->factors->n_users : model->factors->n_movies;
}

static void
tell (const Options *options, Table table, const MatineeModel *model)
{
  static const char *const names[N_TABLES] = { "user-factors", "movie-factors", "trace" };
  g_autofree char *name = g_filename_display_name (options->outputs[table]);
  guint32 n = count_rows (model, table);

  if (options->json)
    {
      JsonBuilder *event = matinee_cli_event_new ("exported");

      matinee_cli_event_add_string (event, "table", names[table]);
      matinee_cli_event_add_string (event, "file", name);
      matinee_cli_event_add_count (event, "rows", n);
      matinee_cli_event_write (event);
    }
  else
    {
      g_autofree char *clean = matinee_cli_text_clean (name);
      g_autofree char *count = matinee_cli_format_count (n);

      matinee_cli_print_field (_ ("Saved"), _ ("%s: rows %s"), clean, count);
    }
}

static gboolean
export_tables (const Options *options, GError **error)
{
  MatineeStop *stop = matinee_cli_stop_on_signals ();
  g_autoptr (MatineePool) pool = matinee_pool_new (matinee_system_n_cores ());
  g_autoptr (MatineeModelFile) file = NULL;

  for (guint i = 0; i < N_TABLES; i++)
    if (!matinee_cli_check_output (options->outputs[i], &options->model, 1, error))
      return FALSE;
  file = matinee_cli_open_model (options->model, pool, stop, error);
  if (file == NULL)
    return FALSE;
  for (guint i = 0; i < N_TABLES; i++)
    {
      if (options->outputs[i] == NULL)
        continue;
      if (!write_table (options, (Table) i, file, stop, error))
        return FALSE;
      tell (options, (Table) i, file->model);
    }
  return TRUE;
}

static gboolean
resolve (Options *options, GError **error)
{
  gboolean any = FALSE;

  for (guint i = 0; i < N_TABLES; i++)
    {
      if (!matinee_cli_parse_format (options->format_text, options->outputs[i], &options->formats[i], error))
        return FALSE;
      any = any || options->outputs[i] != NULL;
      for (guint j = 0; j < i; j++)
        if (options->outputs[i] != NULL && g_strcmp0 (options->outputs[i], options->outputs[j]) == 0)
          return matinee_cli_fail_usage (error, _ ("Two tables can’t go to one file: give each a name of its own"));
    }
  if (!any)
    matinee_cli_fail_usage (error, _ ("“export” needs --user-factors FILE, --movie-factors FILE or --trace FILE"));
  return any;
}

static void
add_options (gpointer data, GOptionContext *context)
{
  Options *options = data;
  const GOptionEntry entries[] = {
    { "user-factors", 0, 0, G_OPTION_ARG_FILENAME, &options->outputs[TABLE_USERS],
      N_ ("Write the biases and factors of the users"), N_ ("FILE") },
    { "movie-factors", 0, 0, G_OPTION_ARG_FILENAME, &options->outputs[TABLE_MOVIES],
      N_ ("Write the biases and factors of the films"), N_ ("FILE") },
    { "trace", 0, 0, G_OPTION_ARG_FILENAME, &options->outputs[TABLE_TRACE],
      N_ ("Write what was measured at each iteration"), N_ ("FILE") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options->format_text, N_ ("How: csv or json"), N_ ("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print JSON, one object a line"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static gboolean
run (gpointer data, const MatineeCliCall *call, GError **error)
{
  Options *options = data;

  options->model = matinee_cli_call_get_argument (call);
  return resolve (options, error) && export_tables (options, error);
}

/**
 * matinee_cli_export:
 *
 * The factors of a saved model and its loss trace, as tables.
 */
const MatineeCliAction matinee_cli_export = { sizeof (Options), add_options, run, options_clear };
