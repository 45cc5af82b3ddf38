/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-cli-params.h"
#include "matinee-dataset.h"
#include "matinee-params.h"
#include "matinee-pool.h"
#include "matinee-split.h"

G_BEGIN_DECLS

/**
 * MatineeCliSource:
 * @ratings: the ratings file
 * @titles: (nullable): `--movies`
 * @test: (nullable): `--test`
 *
 * The files that a training takes its data from.
 */
typedef struct
{
  const char *ratings;
  char *titles;
  char *test;
} MatineeCliSource;

MatineeDataset *matinee_cli_read_source (const MatineeCliSource *source, const MatineeParams *params, MatineePool *pool,
                                         MatineeStop *stop, GError **error);
MatineeDataset *matinee_cli_load_source (const MatineeCliSource *source, const MatineeParams *params, MatineePool *pool,
                                         MatineeStop *stop, MatineeSplit **split, GError **error);
gboolean matinee_cli_source_resolve (const MatineeCliSource *source, const MatineeCliParams *options,
                                     MatineeParams *params, GError **error);

G_END_DECLS
