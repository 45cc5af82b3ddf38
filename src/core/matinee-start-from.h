/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-model.h"
#include "matinee-pool.h"

G_BEGIN_DECLS

/**
 * MatineeStartMatch:
 * @n_users: users that the model knows, and that begin as it has them
 * @n_movies: movies likewise
 *
 * How much of a model a training begins with.
 */
typedef struct
{
  guint32 n_users;
  guint32 n_movies;
} MatineeStartMatch;

gboolean matinee_start_from_check (const MatineeParams *params, const MatineeModel *model, GError **error);
MatineeFactors *matinee_start_from_model (const MatineeModel *model, const MatineeParams *params, MatineeSplit *split,
                                          const MatineeIds *users, const MatineeIds *movies, MatineePool *pool,
                                          MatineeStartMatch *match, GError **error);

G_END_DECLS
