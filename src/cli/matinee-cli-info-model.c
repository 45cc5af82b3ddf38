/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-info-model.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>

#include "matinee-cli-event.h"
#include "matinee-cli-model.h"
#include "matinee-cli-output.h"
#include "matinee-cli-params.h"
#include "matinee-cli-text.h"
#include "matinee-solver.h"

static GDateTime *
get_date (const char *path)
{
  GStatBuf known;

  return g_stat (path, &known) == 0 ? g_date_time_new_from_unix_utc (known.st_mtime) : NULL;
}

static void
add_errors (JsonBuilder *event, const char *part, const MatineeErrors *errors)
{
  const struct
  {
    const char *name;
    double value;
  } members[] = {
    { "rmse", errors->n > 0 ? matinee_errors_rmse (errors) : NAN },
    { "rmse_clipped", errors->n > 0 ? matinee_errors_rmse_clipped (errors) : NAN },
    { "mae", errors->n > 0 ? matinee_errors_mae (errors) : NAN },
  };
  g_autofree char *count = g_strconcat (part, "_ratings", NULL);

  matinee_cli_event_add_count (event, count, errors->n);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *name = g_strconcat (part, "_", members[i].name, NULL);

      matinee_cli_event_add_number (event, name, members[i].value);
    }
}

static void
add_params (JsonBuilder *event, const MatineeParams *params)
{
  json_builder_set_member_name (event, "parameters");
  json_builder_begin_object (event);
  matinee_cli_event_add_string (event, "solver", params->solver->id);
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    {
      const MatineeParamInfo *info = matinee_param_info (id);

      if (!matinee_params_uses (params, id))
        continue;
      if (info->type == MATINEE_PARAM_CHOICE || info->type == MATINEE_PARAM_MOMENT)
        {
          g_autofree char *text = matinee_param_format (id, matinee_params_get (params, id));

          matinee_cli_event_add_string (event, info->name, text);
        }
      else if (info->whole)
        matinee_cli_event_add_count (event, info->name, (guint64) matinee_params_get (params, id));
      else
        matinee_cli_event_add_number (event, info->name, matinee_params_get (params, id));
    }
  json_builder_end_object (event);
}

static void
write_model (const MatineeModelFile *file, const char *path)
{
  const MatineeModel *model = file->model;
  const MatineeTitles *titles = file->dataset->titles;
  g_autoptr (GDateTime) date = get_date (path);
  g_autofree char *saved = date != NULL ? g_date_time_format_iso8601 (date) : NULL;
  char buffer[MATINEE_FINGERPRINT_BUFFER];
  JsonBuilder *event = matinee_cli_event_new ("model");

  matinee_cli_event_add_count (event, "users", model->factors->n_users);
  matinee_cli_event_add_count (event, "movies", model->factors->n_movies);
  matinee_cli_event_add_count (event, "factors", model->factors->n_factors);
  if (file->has_ratings)
    matinee_cli_event_add_count (event, "ratings", matinee_ratings_get_n (file->dataset->ratings));
  else
    matinee_cli_event_add_string (event, "ratings", NULL);
  matinee_cli_event_add_count (event, "titles", titles != NULL ? matinee_titles_get_n (titles) : 0);
  matinee_cli_event_add_number (event, "mean", model->factors->mean);
  matinee_cli_event_add_number (event, "low", model->low);
  matinee_cli_event_add_number (event, "high", model->high);
  matinee_cli_event_add_string (event, "reason", matinee_stop_reason_id (model->reason));
  matinee_cli_event_add_count (event, "iterations", matinee_trace_last (model->trace)->iteration);
  matinee_cli_event_add_count (event, "iteration", model->iteration);
  add_errors (event, "train", &model->train);
  add_errors (event, "test", &model->test);
  matinee_cli_event_add_string (event, "data", file->data_name);
  matinee_cli_event_add_string (event, "split", file->split);
  matinee_cli_event_add_string (event, "fingerprint", matinee_fingerprint_format (&file->fingerprint, buffer));
  matinee_cli_event_add_string (event, "program", file->program);
  matinee_cli_event_add_string (event, "saved", saved);
  add_params (event, &model->params);
  matinee_cli_event_write (event);
}

static void
print_errors (const char *label, const MatineeErrors *errors)
{
  g_autofree char *n = matinee_cli_format_count (errors->n);

  if (errors->n > 0)
    matinee_cli_print_field (label, _ ("RMSE %.5f (%.5f clipped), MAE %.5f on %s ratings"),
                             matinee_errors_rmse (errors), matinee_errors_rmse_clipped (errors),
                             matinee_errors_mae (errors), n);
}

static void
print_contents (const MatineeModelFile *file)
{
  const MatineeModel *model = file->model;
  g_autofree char *users = matinee_cli_format_count (model->factors->n_users);
  g_autofree char *movies = matinee_cli_format_count (model->factors->n_movies);
  g_autofree char *low = matinee_cli_format_number (model->low);
  g_autofree char *high = matinee_cli_format_number (model->high);

  matinee_cli_print_field (_ ("Users"), "%s", users);
  matinee_cli_print_field (_ ("Movies"), "%s", movies);
  if (file->has_ratings)
    {
      g_autofree char *n = matinee_cli_format_count (matinee_ratings_get_n (file->dataset->ratings));

      matinee_cli_print_field (_ ("Ratings"), _ ("%s, kept in the model"), n);
    }
  else
    matinee_cli_print_field (_ ("Ratings"), _ ("not kept in the model"));
  matinee_cli_print_field (_ ("Scale"), _ ("%s to %s"), low, high);
  matinee_cli_print_field (_ ("Titles"), "%s", file->dataset->titles != NULL ? _ ("kept in the model") : _ ("none"));
}

static void
print_origin (const MatineeModelFile *file, const char *path)
{
  g_autoptr (GDateTime) date = get_date (path);
  g_autoptr (GDateTime) local = date != NULL ? g_date_time_to_local (date) : NULL;
  g_autofree char *saved = local != NULL ? g_date_time_format (local, "%F %R") : g_strdup ("–");
  g_autofree char *data = matinee_cli_text_clean (file->data_name != NULL ? file->data_name : "–");
  g_autofree char *split = matinee_cli_text_clean (file->split != NULL ? file->split : "–");
  g_autofree char *program = matinee_cli_text_clean (file->program != NULL ? file->program : "–");

  matinee_cli_print_field (_ ("Data"), _ ("%s, split: %s"), data, split);
  matinee_cli_print_field (_ ("Saved"), _ ("%s, by %s"), saved, program);
}

static void
print_model (const MatineeModelFile *file, const char *path)
{
  const MatineeModel *model = file->model;
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *clean = matinee_cli_text_clean (name);

  matinee_cli_print_field (_ ("Model"), "%s", clean);
  print_contents (file);
  matinee_cli_params_print (&model->params, MATINEE_N_PARAMS);
  matinee_cli_print_field (_ ("Ended"), _ ("%s, after iteration %u; the model is of iteration %u"),
                           matinee_stop_reason_title (model->reason), matinee_trace_last (model->trace)->iteration,
                           model->iteration);
  print_errors (_ ("Train"), &model->train);
  print_errors (_ ("Test"), &model->test);
  print_origin (file, path);
}

/**
 * matinee_cli_info_model:
 * @path: a model file
 * @json: whether to write an event rather than lines for people
 * @pool: threads
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Says what a model knows, how it was trained and how well it does.
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_cli_info_model (const char *path, gboolean json, MatineePool *pool, MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeModelFile) file = matinee_cli_open_model (path, pool, stop, error);

  if (file == NULL)
    return FALSE;
  if (json)
    write_model (file, path);
  else
    print_model (file, path);
  return TRUE;
}
