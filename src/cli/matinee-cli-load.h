/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-pool.h"
#include "matinee-ratings.h"
#include "matinee-titles.h"

G_BEGIN_DECLS

MatineeRatings *matinee_cli_read_ratings (const char *path, gboolean with_times, MatineePool *pool, MatineeStop *stop,
                                          GError **error);
MatineeTitles *matinee_cli_read_titles (const char *path, MatineeStop *stop, GError **error);
MatineeDataset *matinee_cli_read_dataset (const char *ratings_path, const char *titles_path, gboolean with_times,
                                          MatineePool *pool, MatineeStop *stop, GError **error);
void matinee_cli_print_dataset (const MatineeDataset *dataset, const char *ratings_path, const char *titles_path);

G_END_DECLS
