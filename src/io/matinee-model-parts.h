/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-factors.h"
#include "matinee-model-json.h"
#include "matinee-npz-text.h"
#include "matinee-rated-arrays.h"

G_BEGIN_DECLS

/**
 * MatineeModelParts:
 * @reader: the file
 * @stop: (nullable): asks to stop
 * @description: what matinee.json says, which every array is held against
 *
 * The arrays of a model on their way from a file. Initialise with zeros.
 */
typedef struct
{
  MatineeNpzReader *reader;
  MatineeStop *stop;
  MatineeModelDescription description;
  MatineeFactors *factors;
  MatineeTrace *trace;
  gint64 *user_ids;
  gint64 *movie_ids;
  MatineeTextColumn user_texts;
  MatineeTextColumn movie_texts;
  MatineeTextColumn titles;
  MatineeTextColumn genres;
  MatineeRatedArrays rated;
} MatineeModelParts;

#define MATINEE_N_MODEL_ARRAYS 19

int matinee_model_parts_find (const char *member);
const char *matinee_model_parts_get_missing (const gboolean found[MATINEE_N_MODEL_ARRAYS]);
gboolean matinee_model_parts_prepare (MatineeModelParts *parts, GError **error);
gboolean matinee_model_parts_load (MatineeModelParts *parts, int array, GError **error);
gboolean matinee_model_parts_complete (MatineeModelParts *parts, GError **error);
MatineeIds *matinee_model_parts_make_ids (MatineeModelParts *parts, MatineeSide side, GError **error);
MatineeTitles *matinee_model_parts_make_titles (MatineeModelParts *parts, MatineeIds *movies);
void matinee_model_parts_clear (MatineeModelParts *parts);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineeModelParts, matinee_model_parts_clear)

G_END_DECLS
