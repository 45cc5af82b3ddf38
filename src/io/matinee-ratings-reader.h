/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-pool.h"
#include "matinee-ratings.h"
#include "matinee-text-format.h"

G_BEGIN_DECLS

/* The fraction up to which the text is parsed into arrays; then ids are mapped and
 * ratings sorted. */
#define MATINEE_RATINGS_READ_PARSED 0.6

/**
 * MatineeProgressFunc:
 * @fraction: 0 … 1
 * @data: user data
 *
 * Told from the thread that reads, at most some tens of times a second.
 */
typedef void (*MatineeProgressFunc) (double fraction, gpointer data);

/* Bad lines that a report tells one by one. */
#define MATINEE_MOST_TOLD 20

/**
 * MatineeTolerance:
 * @most: how many bad lines are left out at most
 * @share: the share of all lines that they may be, 0 … 1
 *
 * How many bad lines a file may have. With zeros the first one is an error.
 */
typedef struct
{
  gsize most;
  double share;
} MatineeTolerance;

/* A slip here and there in a large file. */
#define MATINEE_TOLERANCE_FEW ((MatineeTolerance){ 1000, 0.001 })

/* What is asked for by somebody who knows the file: all that is good in it. */
#define MATINEE_TOLERANCE_MANY ((MatineeTolerance){ 10000, 0.5 })

/**
 * MatineeTimesWanted:
 * @MATINEE_TIMES_UNWANTED: not at all
 * @MATINEE_TIMES_IF_GOOD: if every line says it; else the ratings come without them, and
 *   their ->no_times says why
 * @MATINEE_TIMES_NEEDED: a line that doesn't say it is a bad line. When the file would be
 *   refused for such lines, or has no column for it, the ratings still come without times.
 *
 * Whether to read when the ratings were given, which costs 8 bytes a rating more.
 */
typedef enum
{
  MATINEE_TIMES_UNWANTED,
  MATINEE_TIMES_IF_GOOD,
  MATINEE_TIMES_NEEDED
} MatineeTimesWanted;

/**
 * MatineeReadOptions:
 * @hints: (nullable): what somebody says about how the file is to be read
 * @tolerance: how many bad lines are left out
 * @block_size: bytes of text that one thread parses at a time; 0 for the usual
 * @times: whether to read when the ratings were given
 *
 * How ratings are to be read. Initialise with zeros.
 */
typedef struct
{
  const MatineeTextHints *hints;
  MatineeTolerance tolerance;
  gsize block_size;
  MatineeTimesWanted times;
} MatineeReadOptions;

/**
 * MatineeBadLine:
 * @line: its number in the file, from 1
 * @message: (owned): a sentence with file, line, what was found and what to do
 *
 * A line that can't be read.
 */
typedef struct
{
  guint64 line;
  char *message;
} MatineeBadLine;

/**
 * MatineeReadReport:
 * @n_bad: how many lines were left out
 * @bad_lines: (element-type MatineeBadLine): the first %MATINEE_MOST_TOLD of them, in
 *   the order of the file
 *
 * What was left out while ratings were read; the same for any number of threads.
 */
typedef struct
{
  gsize n_bad;
  GArray *bad_lines;
} MatineeReadReport;

MatineeRatings *matinee_ratings_read (const char *path, MatineePool *pool, MatineeProgressFunc progress, gpointer data,
                                      MatineeStop *stop, GError **error);
MatineeRatings *matinee_ratings_read_in_blocks (const char *path, gsize block_size, MatineePool *pool,
                                                MatineeProgressFunc progress, gpointer data, MatineeStop *stop,
                                                GError **error);
MatineeRatings *matinee_ratings_read_with (const char *path, const MatineeReadOptions *options, MatineePool *pool,
                                           MatineeProgressFunc progress, gpointer data, MatineeStop *stop,
                                           MatineeReadReport *report, GError **error);
void matinee_read_report_clear (MatineeReadReport *report);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineeReadReport, matinee_read_report_clear)

G_END_DECLS
