/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-cli-reading.h"
#include "matinee-dataset.h"
#include "matinee-pool.h"
#include "matinee-ratings.h"
#include "matinee-titles.h"

G_BEGIN_DECLS

char *matinee_cli_display_name (const char *path);
gboolean matinee_cli_find_ratings (char **path, const char *member, MatineeTable table,
                                   const MatineeCliReading *reading, MatineeStop *stop, GError **error);
MatineeRatings *matinee_cli_read_ratings (const char *path, MatineeCliReading *reading, MatineePool *pool,
                                          MatineeStop *stop, GError **error);
MatineeDataset *matinee_cli_read_dataset (const char *ratings_path, const char *titles_path, MatineeCliReading *reading,
                                          MatineePool *pool, MatineeStop *stop, GError **error);
void matinee_cli_print_dataset (const MatineeDataset *dataset, const char *ratings_path, const char *titles_path);

G_END_DECLS
