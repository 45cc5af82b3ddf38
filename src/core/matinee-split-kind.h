/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-types.h"

G_BEGIN_DECLS

/**
 * MatineeSplitKind:
 * @MATINEE_SPLIT_RANDOM: a share of all ratings, drawn at random
 * @MATINEE_SPLIT_PER_USER: a share of each user's ratings, drawn at random
 * @MATINEE_SPLIT_LEAVE_ONE_OUT: one rating of each user, drawn at random
 * @MATINEE_SPLIT_LATEST: the latest ratings of each user, a number of them
 * @MATINEE_SPLIT_LATEST_SHARE: the latest ratings of each user, a share of them
 * @MATINEE_SPLIT_AFTER: all ratings from a moment on
 * @MATINEE_SPLIT_FOLD: one of several random parts of equal size
 * @MATINEE_SPLIT_GIVEN: the ratings of another file
 *
 * Which ratings are held out. The numbers are in files and never change their
 * meaning; new kinds come at the end.
 */
typedef enum
{
  MATINEE_SPLIT_RANDOM,
  MATINEE_SPLIT_PER_USER,
  MATINEE_SPLIT_LEAVE_ONE_OUT,
  MATINEE_SPLIT_LATEST,
  MATINEE_SPLIT_LATEST_SHARE,
  MATINEE_SPLIT_AFTER,
  MATINEE_SPLIT_FOLD,
  MATINEE_SPLIT_GIVEN
} MatineeSplitKind;

#define MATINEE_N_SPLIT_KINDS (MATINEE_SPLIT_GIVEN + 1)

/**
 * MatineeSplitInfo:
 * @choice: its names
 * @uses: bit `1 << MatineeParamId` for each parameter that has an effect on
 *   which ratings are held out
 * @needs_times: whether it can be made only when the time of each rating is known
 *
 * All that is known about a kind of split before it is made.
 */
typedef struct
{
  MatineeChoice choice;
  guint64 uses;
  gboolean needs_times;
} MatineeSplitInfo;

const MatineeSplitInfo *matinee_split_info (MatineeSplitKind kind);
const MatineeChoice *matinee_split_choice (guint kind);

G_END_DECLS
