/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-split-rule.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "matinee-error.h"
#include "matinee-moment.h"

/* Enough to tell a share within about a percent. */
#define MOST_SAMPLED 8192
#define SECONDS_A_DAY 86400

static void
mark_moment (const MatineeSplitWork *work, guint worker, guint32 row, guint8 *marks)
{
  const MatineeSparse *all = work->ratings->by_user;
  const gint64 *times = work->ratings->times + all->offsets[row];
  gsize length = matinee_sparse_row_length (all, row);

  for (gsize i = 0; i < length; i++)
    marks[i] = times[i] >= work->params->test_after;
}

static const MatineeSplitRule moment_rule = { .mark = mark_moment };

static const MatineeSplitRule *const rules[MATINEE_N_SPLIT_KINDS] = {
  [MATINEE_SPLIT_RANDOM] = &matinee_split_rule_order,       [MATINEE_SPLIT_PER_USER] = &matinee_split_rule_user,
  [MATINEE_SPLIT_LEAVE_ONE_OUT] = &matinee_split_rule_user, [MATINEE_SPLIT_LATEST] = &matinee_split_rule_user,
  [MATINEE_SPLIT_LATEST_SHARE] = &matinee_split_rule_user,  [MATINEE_SPLIT_AFTER] = &moment_rule,
  [MATINEE_SPLIT_FOLD] = &matinee_split_rule_order,
};

static gboolean
check_times (const MatineeRatings *ratings, const MatineeSplitInfo *info, GError **error)
{
  if (!info->needs_times || ratings->times != NULL)
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
               /* Translators: the name of a split, and why the times are not known. */
               _ ("The split \u201c%s\u201d needs the time of each rating: %s"), _ (info->choice.title),
               ratings->no_times != NULL ? ratings->no_times : _ ("these ratings have none"));
  return FALSE;
}

static void
set_empty_moment (const MatineeRatings *ratings, gint64 moment, GError **error)
{
  g_autofree char *first = matinee_moment_format (ratings->period.first);
  g_autofree char *last = matinee_moment_format (ratings->period.last);
  g_autofree char *text = matinee_moment_format (moment);

  if (moment > ratings->period.last)
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                 _ ("No rating is left to test with: none is from %s or later. The ratings are from %s to %s: choose a "
                    "day between"),
                 text, first, last);
  else
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                 _ ("No rating is left to learn from: none is from before %s. The ratings are from %s to %s: choose a "
                    "day between"),
                 text, first, last);
}

/* A share may be zero, and that of few ratings may be none of them; every other
 * split is asked for to have a test. */
static gboolean
check_test (const MatineeSplit *split, const MatineeParams *params, const MatineeSplitInfo *info, GError **error)
{
  if (split->test_by_user->n_entries > 0 || params->split == MATINEE_SPLIT_RANDOM
      || ((info->uses >> MATINEE_PARAM_TEST_SHARE & 1) != 0 && params->test_share == 0))
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
               _ ("The split \u201c%s\u201d leaves no rating to test with: there are too few. Choose another split"),
               _ (info->choice.title));
  return FALSE;
}

/**
 * matinee_split_new:
 * @ratings: all ratings
 * @params: which of them are held out: ->split and what it uses
 * @pool: who does it
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Divides ratings in those to learn from and those to test with. The nearest whole
 * number to a share is held out, of all ratings or of each user's, but never all;
 * users whose ratings are too few for what the split asks keep one to learn from, and
 * are counted (->n_short_users). Which ratings are drawn depends on the ratings, the
 * parameters and the seed alone: not on the order of the file's lines, nor on the
 * number of threads. Each rating has a random key, a function of seed, user and movie
 * (see matinee_random_u64()); a random draw takes the lowest keys, folds are parts of
 * their order, and of ratings of one moment those with lower keys count as later.
 * Cost: O(n); memory: see matinee_split_rule_apply(), and 24 bytes for each rating of
 * the user with the most, for each thread.
 *
 * Returns: (transfer full) (nullable): the split; or %NULL with
 *   %MATINEE_ERROR_PARAMS, %MATINEE_ERROR_DATA (times are not known, a part would be
 *   empty, or the test ratings are to be given), %MATINEE_ERROR_MEMORY or
 *   %MATINEE_ERROR_CANCELLED
 */
MatineeSplit *
matinee_split_new (MatineeRatings *ratings, const MatineeParams *params, MatineePool *pool, MatineeStop *stop,
                   GError **error)
{
  MatineeSplitWork work = { .ratings = ratings, .params = params, .pool = pool, .stop = stop };
  g_autoptr (MatineeSplit) split = NULL;
  const MatineeSplitInfo *info;

  if (!matinee_params_check (params, error))
    return NULL;
  info = matinee_split_info (params->split);
  if (rules[params->split] == NULL)
    {
      g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                           _ ("There are no test ratings: choose a file of them, or another split"));
      return NULL;
    }
  if (!check_times (ratings, info, error))
    return NULL;
  if (params->split == MATINEE_SPLIT_AFTER
      && (params->test_after > ratings->period.last || params->test_after <= ratings->period.first))
    {
      set_empty_moment (ratings, params->test_after, error);
      return NULL;
    }
  split = matinee_split_rule_apply (rules[params->split], &work, error);
  return split != NULL && check_test (split, params, info, error) ? g_steal_pointer (&split) : NULL;
}

static int
compare_moments (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/**
 * matinee_split_propose_moment:
 * @ratings: ratings
 * @params: parameters whose ->test_after is set, unless it divides the ratings or their
 *   times are not known
 *
 * Finds a moment from which on about a share ->test_share of the ratings were given: the
 * beginning of a day, if there is one. Looks at some thousand ratings, O(1).
 */
void
matinee_split_propose_moment (const MatineeRatings *ratings, MatineeParams *params)
{
  gint64 sample[MOST_SAMPLED];
  gsize n = matinee_ratings_get_n (ratings), n_sampled = MIN (n, MOST_SAMPLED);
  gint64 moment;

  if (ratings->times == NULL
      || (params->test_after > ratings->period.first && params->test_after <= ratings->period.last))
    return;
  for (gsize i = 0; i < n_sampled; i++)
    sample[i] = ratings->times[n * i / n_sampled];
  qsort (sample, n_sampled, sizeof *sample, compare_moments);
  moment = sample[MIN ((gsize) ((1 - params->test_share) * (double) n_sampled), n_sampled - 1)];
  params->test_after = MAX (moment, ratings->period.first + 1);
  moment -= ((moment % SECONDS_A_DAY) + SECONDS_A_DAY) % SECONDS_A_DAY;
  if (moment > ratings->period.first)
    params->test_after = moment;
}

/**
 * matinee_split_new_random:
 * @ratings: all ratings
 * @test_share: the share held out for testing, 0 … 0.95
 * @seed: the same seed gives the same split
 * @pool: who does it
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Holds out a random share of all ratings: matinee_split_new() with
 * %MATINEE_SPLIT_RANDOM.
 *
 * Returns: (transfer full) (nullable): the split, or %NULL with an error
 */
MatineeSplit *
matinee_split_new_random (MatineeRatings *ratings, double test_share, guint64 seed, MatineePool *pool,
                          MatineeStop *stop, GError **error)
{
  MatineeParams params;

  matinee_params_init (&params, 1);
  params.test_share = test_share;
  params.seed = seed;
  return matinee_split_new (ratings, &params, pool, stop, error);
}
