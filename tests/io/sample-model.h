/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-model.h"

G_BEGIN_DECLS

/**
 * SampleModel:
 *
 * Planted ratings with a model that was trained on them.
 */
typedef struct
{
  MatineeDataset *dataset;
  MatineeModel *model;
} SampleModel;

MatineeIds *sample_ids (guint32 n, gint64 first);
MatineeIds *sample_text_ids (guint32 n, const char *prefix);
SampleModel *sample_model_new (guint n_factors);
void sample_model_free (SampleModel *sample);
char *sample_room_new (void);
void sample_room_free (char *room);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SampleModel, sample_model_free)

G_END_DECLS
