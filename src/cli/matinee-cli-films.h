/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-model.h"
#include "matinee-recommender.h"

G_BEGIN_DECLS

/**
 * MatineeCliAudience:
 * @model: the model that is asked
 * @dataset: the films
 * @user: (nullable): id of the user; %NULL for a person without one
 * @has_filters: whether there are options to loosen when nothing is left
 *
 * For whom a list of films is.
 */
typedef struct
{
  const MatineeModel *model;
  const MatineeDataset *dataset;
  const char *user;
  gboolean has_filters;
} MatineeCliAudience;

void matinee_cli_show_list (const MatineeCliAudience *audience, const MatineeTopN *top, gboolean json);
char *matinee_cli_describe_empty (const MatineeCliAudience *audience, const MatineeHidden *hidden);
gboolean matinee_cli_recommend_films (const MatineeModel *model, const MatineeDataset *dataset, guint32 user, guint n,
                                      gboolean json, GError **error);

G_END_DECLS
