/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-fingerprint.h"
#include "matinee-model.h"
#include "matinee-ratings-reader.h"

G_BEGIN_DECLS

/* The version of the format, see docs/model-format.md: larger for what older
 * programs must not try to read. */
#define MATINEE_MODEL_FORMAT 1

/**
 * MatineeModelFile:
 * @model: the model; when opened, its split is %NULL
 * @dataset: (nullable): the titles, and the ratings when @has_ratings. When opened
 *   it is always there: without titles if the file has none, and with an empty
 *   table of ratings if it has no ratings
 * @has_ratings: whether the ratings of @dataset are in the file, so that what a
 *   user has rated can be hidden; they have to have the model's users and movies
 * @fingerprint: of the ratings it was trained and tested on, or all zero
 * @data_name: (nullable): name of the ratings file
 * @split: (nullable): how train and test were split, "random", "per-user", …
 * @program: (nullable): the version of Matinee that saved it; ignored when saving
 *
 * All that travels with a model. To save, fill in one that borrows everything;
 * what matinee_model_file_open() returns owns everything.
 */
typedef struct
{
  MatineeModel *model;
  MatineeDataset *dataset;
  gboolean has_ratings;
  MatineeFingerprint fingerprint;
  char *data_name;
  char *split;
  char *program;
} MatineeModelFile;

gboolean matinee_model_file_save_watched (const MatineeModelFile *file, const char *path, MatineeProgressFunc progress,
                                          gpointer data, MatineeStop *stop, GError **error);
gboolean matinee_model_file_save (const MatineeModelFile *file, const char *path, MatineeStop *stop, GError **error);
gboolean matinee_model_file_adopt (MatineeModelFile *file, MatineeDataset *dataset, MatineePool *pool,
                                   MatineeStop *stop, gboolean *same, GError **error);
gboolean matinee_model_file_restore_split (MatineeModelFile *file, MatineePool *pool, MatineeStop *stop,
                                           GError **error);
MatineeModelFile *matinee_model_file_open_watched (const char *path, guint64 available, MatineePool *pool,
                                                   MatineeProgressFunc progress, gpointer data, MatineeStop *stop,
                                                   GError **error);
MatineeModelFile *matinee_model_file_open (const char *path, guint64 available, MatineePool *pool, MatineeStop *stop,
                                           GError **error);
gboolean matinee_model_file_probe (const char *path);
MatineeModelFile *matinee_model_file_copy (const MatineeModelFile *file);
void matinee_model_file_free (MatineeModelFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeModelFile, matinee_model_file_free)

G_END_DECLS
