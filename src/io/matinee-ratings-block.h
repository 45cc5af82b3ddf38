/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-csv.h"
#include "matinee-id-column.h"
#include "matinee-levels.h"
#include "matinee-table-problem.h"
#include "matinee-ratings-reader.h"
#include "matinee-text-format.h"
#include "matinee-text-source.h"

G_BEGIN_DECLS

/* Bytes behind a block that parsing it may read, for the end of its last record: a
 * line that is too long is known by one record of the longest kind, and a record that
 * goes on over ends of lines is read in steps of its own length. */
#define MATINEE_BLOCK_LOOKAHEAD (3 * MATINEE_CSV_LONGEST_RECORD)
/* Bad lines that are told one by one. */
#define MATINEE_BLOCK_PROBLEMS 20

/**
 * MatineeRatingsBlock:
 * @low: the records that begin from this byte on …
 * @high: … and before this one are those of the block
 * @exact: whether a record begins at @low; else it begins with the first line
 * @is_empty: whether no record begins in it
 * @begin: where its first record begins
 * @end: where its last record ends
 * @n_lines: lines of its records
 * @users: the users' ids
 * @movies: the movies' ids
 * @triples: the ratings, as codes with levels of the block, or as values
 * @n_carried: ratings before its first line that names a movie, where such lines
 *   do: their movie is the last one of the blocks before
 * @names_movie: whether it has such a line
 * @last_movie: the movie of the last of them
 * @problems: (nullable) (array MATINEE_BLOCK_PROBLEMS): what is wrong in it
 * @n_bad: how many lines are wrong; only the first are in @problems
 * @is_broken: whether reading ended at the last of @problems
 * @time_problem: what is wrong with the times in it, which leaves them out
 * @error: why it could not be read at all
 *
 * A part of a file of ratings, parsed.
 */
typedef struct
{
  guint64 low;
  guint64 high;
  gboolean exact;
  gboolean is_empty;
  guint64 begin;
  guint64 end;
  guint64 n_lines;
  MatineeIdColumn users;
  MatineeIdColumn movies;
  MatineeTriples triples;
  gsize n_carried;
  gboolean names_movie;
  guint32 last_movie;
  MatineeTableProblem *problems;
  gsize n_bad;
  gboolean is_broken;
  MatineeTableProblem time_problem;
  GError *error;
} MatineeRatingsBlock;

/**
 * MatineeBlockParser:
 *
 * What one worker needs to parse blocks, one after the other.
 */
typedef struct _MatineeBlockParser MatineeBlockParser;

MatineeBlockParser *matinee_block_parser_new (const MatineeTextSource *source, const MatineeTextFormat *format,
                                              gsize most_bad, MatineeTimesWanted times);
void matinee_block_parser_free (MatineeBlockParser *parser);
void matinee_block_parser_parse (MatineeBlockParser *parser, MatineeRatingsBlock *block);
void matinee_ratings_block_clear (MatineeRatingsBlock *block);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeBlockParser, matinee_block_parser_free)

G_END_DECLS
