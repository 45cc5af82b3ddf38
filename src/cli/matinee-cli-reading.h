/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-diagnosis.h"
#include "matinee-ratings-reader.h"

G_BEGIN_DECLS

/**
 * MatineeCliReading:
 * @columns: (nullable): `--columns`
 * @rating_column: (nullable): `--rating-column`
 * @delimiter: (nullable): `--delimiter`
 * @encoding: (nullable): `--encoding`
 * @header: (nullable): `--header`
 * @decimal_comma: `--decimal-comma`
 * @skip_bad_lines: `--skip-bad-lines`
 * @with_times: whether it matters when the ratings were given
 * @quiet: whether the caller itself tells which lines were left out
 * @hints: what follows from them
 * @tolerance: how many bad lines are left out
 * @diagnosis: (nullable): of the file that was read last
 * @report: what was left out of it
 *
 * The options that say how a ratings file is to be read, and what became of it.
 */
typedef struct
{
  char *columns;
  char *rating_column;
  char *delimiter;
  char *encoding;
  char *header;
  gboolean decimal_comma;
  gboolean skip_bad_lines;
  gboolean with_times;
  gboolean quiet;
  MatineeTextHints hints;
  MatineeTolerance tolerance;
  MatineeDiagnosis *diagnosis;
  MatineeReadReport report;
} MatineeCliReading;

void matinee_cli_reading_add_options (MatineeCliReading *reading, GOptionContext *context);
gboolean matinee_cli_reading_resolve (MatineeCliReading *reading, GError **error);
gboolean matinee_cli_reading_diagnose (MatineeCliReading *reading, const char *path, MatineeTable table,
                                       MatineeStop *stop, GError **error);
gboolean matinee_cli_reading_check (const MatineeCliReading *reading, GError **error);
void matinee_cli_reading_clear (MatineeCliReading *reading);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineeCliReading, matinee_cli_reading_clear)

G_END_DECLS
