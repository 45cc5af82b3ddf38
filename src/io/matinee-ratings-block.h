/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-csv.h"
#include "matinee-id-column.h"
#include "matinee-levels.h"
#include "matinee-ratings-problem.h"
#include "matinee-ratings.h"
#include "matinee-text-format.h"
#include "matinee-text-source.h"

G_BEGIN_DECLS

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
 * @problem: what is wrong in it
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
  MatineeRatingsProblem problem;
  MatineeRatingsProblem time_problem;
  GError *error;
} MatineeRatingsBlock;

/**
 * MatineeBlockParser:
 *
 * What one worker needs to parse blocks, one after the other.
 */
typedef struct _MatineeBlockParser MatineeBlockParser;

MatineeBlockParser *matinee_block_parser_new (const MatineeTextSource *source, const MatineeTextFormat *format,
                                              gboolean with_times);
void matinee_block_parser_free (MatineeBlockParser *parser);
void matinee_block_parser_parse (MatineeBlockParser *parser, MatineeRatingsBlock *block);
void matinee_ratings_block_clear (MatineeRatingsBlock *block);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeBlockParser, matinee_block_parser_free)

G_END_DECLS
