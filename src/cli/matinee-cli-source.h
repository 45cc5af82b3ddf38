/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-cli-reading.h"
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
 * @reading: how @ratings and @test are to be read
 *
 * The files that a training takes its data from.
 */
typedef struct
{
  const char *ratings;
  char *titles;
  char *test;
  MatineeCliReading reading;
} MatineeCliSource;

MatineeDataset *matinee_cli_load_source (MatineeCliSource *source, const MatineeParams *params, MatineePool *pool,
                                         MatineeStop *stop, MatineeSplit **split, GError **error);
const char *matinee_cli_source_get_split (const MatineeCliSource *source);

G_END_DECLS
