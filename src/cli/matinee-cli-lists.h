/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-cli-rows.h"
#include "matinee-export.h"
#include "matinee-filter.h"
#include "matinee-model-file.h"

G_BEGIN_DECLS

/**
 * MatineeCliLists:
 * @file: the model
 * @users: (nullable) (array n_users): for whom; %NULL for all
 * @n_users: how many
 * @top: how many films each
 * @include_rated: whether films may be listed that the user has rated
 * @filter: (nullable): which films may be
 * @rows: where they are written, and how
 *
 * Lists for many users, as a table for programs.
 */
typedef struct
{
  MatineeModelFile *file;
  const guint32 *users;
  gsize n_users;
  guint top;
  gboolean include_rated;
  const MatineeFilter *filter;
  const MatineeCliRows *rows;
} MatineeCliLists;

MatineeRecommendationWriter *matinee_cli_lists_open (const MatineeCliLists *lists, GError **error);
gboolean matinee_cli_write_lists (const MatineeCliLists *lists, MatineePool *pool, MatineeStop *stop, GError **error);

G_END_DECLS
