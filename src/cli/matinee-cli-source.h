/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-cli-params.h"
#include "matinee-cli-reading.h"
#include "matinee-dataset.h"
#include "matinee-params.h"
#include "matinee-pool.h"
#include "matinee-split.h"

G_BEGIN_DECLS

/**
 * MatineeCliSource:
 * @ratings: the ratings file; once loaded, perhaps a file in an archive
 * @member: (nullable): `--member`
 * @titles: (nullable): `--movies`
 * @test: (nullable): `--test`
 * @reading: how @ratings and @test are to be read
 *
 * The files that a training takes its data from.
 */
typedef struct
{
  char *ratings;
  char *member;
  char *titles;
  char *test;
  MatineeCliReading reading;
} MatineeCliSource;

void matinee_cli_source_add_options (MatineeCliSource *source, GOptionContext *context);
void matinee_cli_source_clear (MatineeCliSource *source);
gboolean matinee_cli_source_find (MatineeCliSource *source, MatineeStop *stop, GError **error);
MatineeDataset *matinee_cli_read_source (MatineeCliSource *source, const MatineeParams *params, MatineePool *pool,
                                         MatineeStop *stop, GError **error);
MatineeDataset *matinee_cli_load_source (MatineeCliSource *source, const MatineeParams *params, MatineePool *pool,
                                         MatineeStop *stop, MatineeSplit **split, GError **error);
gboolean matinee_cli_source_resolve (const MatineeCliSource *source, const MatineeCliParams *options,
                                     MatineeParams *params, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineeCliSource, matinee_cli_source_clear)

G_END_DECLS
