/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-split-rule.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "matinee-memory.h"
#include "matinee-random.h"

/* A rating of a user on the way to the test: the later ones first, if times count,
 * and of one moment those with the lower keys. */
typedef struct
{
  gint64 time;
  guint64 key;
  gsize at;
} Candidate;

/* How many of @length ratings the rule holds out, if nobody needs one. */
static gsize
get_wanted (const MatineeParams *params, gsize length)
{
  switch (params->split)
    {
    case MATINEE_SPLIT_PER_USER:
    case MATINEE_SPLIT_LATEST_SHARE:
      return (gsize) round ((double) length * params->test_share);
    case MATINEE_SPLIT_LATEST:
      return params->test_count;
    case MATINEE_SPLIT_LEAVE_ONE_OUT:
    default:
      return 1;
    }
}

static inline gboolean
is_before (const Candidate *a, const Candidate *b)
{
  if (a->time != b->time)
    return a->time > b->time;
  if (a->key != b->key)
    return a->key < b->key;
  return a->at < b->at;
}

static void
swap (Candidate *a, Candidate *b)
{
  Candidate held = *a;

  *a = *b;
  *b = held;
}

/* Moves the @n that come before all others to the beginning, in O(length) on
 * average (Hoare: Algorithm 65: Find, CACM 4(7), 1961, DOI 10.1145/366622.366647). */
static void
select_first (Candidate *candidates, gsize length, gsize n)
{
  gsize low = 0, high = length;

  while (low < n && n < high)
    {
      gsize i = low, j = high;
      Candidate pivot;

      /* As the first one, the pivot leaves both sides smaller than the whole. */
      swap (&candidates[low], &candidates[low + matinee_random_mix (high - low) % (high - low)]);
      pivot = candidates[low];
      for (;; i++)
        {
          while (is_before (&candidates[i], &pivot))
            i++;
          do
            j--;
          while (is_before (&pivot, &candidates[j]));
          if (i >= j)
            break;
          swap (&candidates[i], &candidates[j]);
        }
      if (n <= j)
        high = j + 1;
      else
        low = j + 1;
    }
}

static gboolean
prepare (MatineeSplitWork *work, GError **error)
{
  const MatineeSparse *all = work->ratings->by_user;

  for (guint32 row = 0; row < all->n_rows; row++)
    {
      gsize length = matinee_sparse_row_length (all, row);

      work->n_short_users += length > 0 && get_wanted (work->params, length) > length - 1;
    }
  work->state = matinee_alloc (work->longest_row * matinee_pool_get_n_threads (work->pool), sizeof (Candidate),
                               _ ("splitting the ratings"), error);
  return work->state != NULL;
}

static void
mark (const MatineeSplitWork *work, guint worker, guint32 row, guint8 *marks)
{
  const MatineeSparse *all = work->ratings->by_user;
  gboolean by_time = matinee_split_info (work->params->split)->needs_times;
  Candidate *candidates = (Candidate *) work->state + worker * work->longest_row;
  gsize first = all->offsets[row], length = matinee_sparse_row_length (all, row);
  guint64 start = matinee_random_stream (work->params->seed, row);
  gsize n;

  memset (marks, 0, length);
  if (length < 2)
    return;
  for (gsize i = 0; i < length; i++)
    candidates[i] = (Candidate){ by_time ? work->ratings->times[first + i] : 0,
                                 matinee_random_at (start, all->columns[first + i]), i };
  n = MIN (get_wanted (work->params, length), length - 1);
  select_first (candidates, length, n);
  for (gsize i = 0; i < n; i++)
    marks[candidates[i].at] = 1;
}

static void
clear (MatineeSplitWork *work)
{
  matinee_free (work->state);
}

/* Some ratings of each user, drawn at random or the latest. */
const MatineeSplitRule matinee_split_rule_user = { prepare, mark, clear };
