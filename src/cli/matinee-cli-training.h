/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-model.h"
#include "matinee-params.h"
#include "matinee-split.h"

G_BEGIN_DECLS

void matinee_cli_write_data (const MatineeDataset *dataset, const MatineeSplit *split, const MatineeParams *params);
void matinee_cli_print_parts (const MatineeSplit *split, const char *test_path);
void matinee_cli_print_split (const MatineeSplit *split, const MatineeParams *params, const char *test_path);
gboolean matinee_cli_run_training (const MatineeDataset *dataset, MatineeSplit *split, const MatineeParams *params,
                                   const MatineeFactors *start, gboolean json, MatineePool *pool, MatineeStop *stop,
                                   MatineeModel **model, GError **error);

G_END_DECLS
