/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-diagnosis.h"
#include "matinee-ratings-reader.h"

G_BEGIN_DECLS

/**
 * MatineeCliFormat:
 * @columns: (nullable): `--columns`
 * @delimiter: (nullable): `--delimiter`
 * @encoding: (nullable): `--encoding`
 * @header: (nullable): `--header`
 *
 * The options that say how a table is written; those of titles begin with `--movies-`.
 */
typedef struct
{
  char *columns;
  char *delimiter;
  char *encoding;
  char *header;
} MatineeCliFormat;

/**
 * MatineeCliReading:
 * @format: how the ratings are written
 * @titles: how the titles are written
 * @rating_column: (nullable): `--rating-column`
 * @decimal_comma: `--decimal-comma`
 * @skip_bad_lines: `--skip-bad-lines`
 * @times: whether it matters when the ratings were given
 * @quiet: whether the caller itself tells which lines were left out
 * @hints: what follows from them for ratings
 * @titles_hints: what follows from them for titles
 * @tolerance: how many bad lines are left out
 * @diagnosis: (nullable): of the file that was read last
 * @report: what was left out of it
 *
 * The options that say how ratings and titles are to be read, and what became of the
 * ratings.
 */
typedef struct
{
  MatineeCliFormat format;
  MatineeCliFormat titles;
  char *rating_column;
  gboolean decimal_comma;
  gboolean skip_bad_lines;
  MatineeTimesWanted times;
  gboolean quiet;
  MatineeTextHints hints;
  MatineeTextHints titles_hints;
  MatineeTolerance tolerance;
  MatineeDiagnosis *diagnosis;
  MatineeReadReport report;
} MatineeCliReading;

void matinee_cli_reading_add_options (MatineeCliReading *reading, GOptionContext *context);
void matinee_cli_reading_add_titles_options (MatineeCliReading *reading, GOptionContext *context);
gboolean matinee_cli_reading_resolve (MatineeCliReading *reading, GError **error);
gboolean matinee_cli_reading_diagnose (MatineeCliReading *reading, const char *path, MatineeTable table,
                                       MatineeStop *stop, GError **error);
gboolean matinee_cli_reading_check (const MatineeCliReading *reading, GError **error);
gboolean matinee_cli_reading_speaks_of_titles (const MatineeCliReading *reading);
void matinee_cli_reading_clear (MatineeCliReading *reading);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineeCliReading, matinee_cli_reading_clear)

G_END_DECLS
