/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-save.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "matinee-archive.h"
#include "matinee-cli-event.h"
#include "matinee-cli-output.h"
#include "matinee-cli-text.h"
#include "matinee-model-file.h"
#include "matinee-save-file.h"

static gboolean
is_same_file (const char *a, const char *b)
{
  GStatBuf x, y;

  return g_stat (a, &x) == 0 && g_stat (b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/**
 * matinee_cli_check_output:
 * @path: (nullable): `--output`
 * @inputs: (array length=n_inputs): (element nullable): files that are read
 * @n_inputs: how many
 * @error: return location
 *
 * Checks that the result can be written and replaces nothing that it is made from:
 * before any work, so that none is lost.
 *
 * Returns: %FALSE with %G_OPTION_ERROR, or a #GFileError
 */
gboolean
matinee_cli_check_output (const char *path, const char *const *inputs, guint n_inputs, GError **error)
{
  g_autoptr (MatineeSaveFile) probe = NULL;
  GStatBuf known;

  if (path == NULL)
    return TRUE;
  for (guint i = 0; i < n_inputs; i++)
    {
      g_autofree char *member = NULL;
      g_autofree char *input = inputs[i] != NULL ? matinee_archive_split_path (inputs[i], &member) : NULL;

      if (input != NULL && is_same_file (path, input))
        {
          g_autofree char *name = g_filename_display_name (path);

          return matinee_cli_fail_usage (error, _ ("--output %s would replace a file that is read: give another name"),
                                         name);
        }
    }
  /* Who reads from a pipe would take the end of a trial for the end of all. */
  if (g_stat (path, &known) == 0 && S_ISFIFO (known.st_mode))
    return TRUE;
  probe = matinee_save_file_new (path, error);
  return probe != NULL;
}

static void
tell (const MatineeCliSave *save, const MatineeModel *model)
{
  g_autofree char *name = g_filename_display_name (save->path);
  g_autofree char *clean = matinee_cli_text_clean (name);
  GStatBuf known;
  guint64 bytes = g_stat (save->path, &known) == 0 ? (guint64) known.st_size : 0;

  if (save->json)
    {
      JsonBuilder *event = matinee_cli_event_new ("saved");

      matinee_cli_event_add_string (event, "model", name);
      matinee_cli_event_add_count (event, "iteration", model->iteration);
      matinee_cli_event_add_count (event, "bytes", bytes);
      matinee_cli_event_write (event);
    }
  else
    {
      g_autofree char *size = g_format_size (bytes);

      matinee_cli_print_field (_ ("Saved"), _ ("%s, %s, the model of iteration %u"), clean, size, model->iteration);
    }
}

/**
 * matinee_cli_save_model:
 * @save: how
 * @model: a model
 * @dataset: what it was trained and tested on
 * @pool: threads
 * @error: return location
 *
 * Saves a model with its ratings and titles, and says so. It is not stopped by
 * Ctrl+C, which ended the training: what was learnt is to be kept.
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_cli_save_model (const MatineeCliSave *save, MatineeModel *model, MatineeDataset *dataset, MatineePool *pool,
                        GError **error)
{
  g_autofree char *name = matinee_archive_dup_name (save->ratings_path);
  MatineeModelFile file
      = { .model = model, .dataset = dataset, .has_ratings = TRUE, .data_name = name, .split = (char *) save->split };

  if (!matinee_fingerprint_ratings (dataset->ratings, pool, NULL, &file.fingerprint, error)
      || !matinee_model_file_save (&file, save->path, NULL, error))
    return FALSE;
  tell (save, model);
  return TRUE;
}
