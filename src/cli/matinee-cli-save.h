/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-model.h"
#include "matinee-pool.h"

G_BEGIN_DECLS

/**
 * MatineeCliSave:
 * @path: where to
 * @ratings_path: where the ratings come from
 * @split: how they were split, as the model file calls it
 * @json: whether to write an event rather than a line
 *
 * How a model is saved.
 */
typedef struct
{
  const char *path;
  const char *ratings_path;
  const char *split;
  gboolean json;
} MatineeCliSave;

gboolean matinee_cli_check_output (const char *path, const char *const *inputs, guint n_inputs, GError **error);
gboolean matinee_cli_save_model (const MatineeCliSave *save, MatineeModel *model, MatineeDataset *dataset,
                                 MatineePool *pool, GError **error);

G_END_DECLS
