/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-split-kind.h"

#include <glib/gi18n-lib.h>

#include "matinee-params.h"

#define SHARE (1 << MATINEE_PARAM_TEST_SHARE)
#define COUNT (1 << MATINEE_PARAM_TEST_COUNT)
#define MOMENT (1 << MATINEE_PARAM_TEST_AFTER)
#define FOLDS (1 << MATINEE_PARAM_FOLDS | 1 << MATINEE_PARAM_FOLD)
/* Among ratings of one moment, chance decides which are the latest. */
#define SEED (1 << MATINEE_PARAM_SEED)

static const MatineeSplitInfo infos[MATINEE_N_SPLIT_KINDS] = {
  [MATINEE_SPLIT_RANDOM]
  = { { "random", N_ ("Random Share"), N_ ("A share of all ratings is held out, drawn at random.") },
      SHARE | SEED,
      FALSE },
  [MATINEE_SPLIT_PER_USER] = { { "per-user", N_ ("Random Share of Each User"),
                                 N_ ("A share of each user\u2019s ratings is held out, drawn at random.") },
                               SHARE | SEED,
                               FALSE },
  [MATINEE_SPLIT_LEAVE_ONE_OUT]
  = { { "leave-one-out", N_ ("One of Each User"), N_ ("One rating of each user is held out, drawn at random.") },
      SEED,
      FALSE },
  [MATINEE_SPLIT_LATEST]
  = { { "latest", N_ ("Latest of Each User"), N_ ("The latest ratings of each user are held out, a number of them.") },
      COUNT | SEED,
      TRUE },
  [MATINEE_SPLIT_LATEST_SHARE] = { { "latest-share", N_ ("Latest Share of Each User"),
                                     N_ ("The latest ratings of each user are held out, a share of them.") },
                                   SHARE | SEED,
                                   TRUE },
  [MATINEE_SPLIT_AFTER] = { { "after", N_ ("From a Day On"),
                              N_ ("All ratings from a moment on are held out; the model learns from those before.") },
                            MOMENT,
                            TRUE },
  [MATINEE_SPLIT_FOLD]
  = { { "fold", N_ ("One of Several Folds"),
        N_ ("The ratings are dealt out at random into folds of equal size, and one is held out.") },
      FOLDS | SEED,
      FALSE },
  [MATINEE_SPLIT_GIVEN] = { { "given", N_ ("Ratings of a File"),
                              N_ ("The model learns from all ratings and is tested on those of another file.") },
                            0,
                            FALSE },
};

/**
 * matinee_split_info:
 * @kind: a kind of split
 *
 * Returns: all that is known about it
 */
const MatineeSplitInfo *
matinee_split_info (MatineeSplitKind kind)
{
  g_return_val_if_fail (kind < MATINEE_N_SPLIT_KINDS, NULL);

  return &infos[kind];
}

/**
 * matinee_split_choice:
 * @kind: number of a kind of split
 *
 * Returns: its names
 */
const MatineeChoice *
matinee_split_choice (guint kind)
{
  g_return_val_if_fail (kind < MATINEE_N_SPLIT_KINDS, NULL);

  return &infos[kind].choice;
}
