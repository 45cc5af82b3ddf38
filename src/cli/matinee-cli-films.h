/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-model.h"
#include "matinee-recommender.h"

G_BEGIN_DECLS

gboolean matinee_cli_recommend (const MatineeModel *model, const MatineeDataset *dataset, guint32 user, guint n,
                                gboolean json, GError **error);

G_END_DECLS
