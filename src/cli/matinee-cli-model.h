/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-film-stats.h"
#include "matinee-model-file.h"
#include "matinee-pool.h"

G_BEGIN_DECLS

MatineeModelFile *matinee_cli_open_model (const char *path, MatineePool *pool, MatineeStop *stop, GError **error);
const MatineeSparse *matinee_cli_get_train (const MatineeModelFile *file);
gboolean matinee_cli_find_user (const MatineeIds *users, const char *id, const char *path, guint32 *user,
                                GError **error);
gboolean matinee_cli_find_movie (const MatineeModelFile *file, const MatineeFilmStats *stats, const char *text,
                                 const char *path, guint32 *movie, GError **error);

G_END_DECLS
