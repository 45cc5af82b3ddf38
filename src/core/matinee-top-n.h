/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-filter.h"

G_BEGIN_DECLS

/**
 * MatineeRecommendation:
 * @movie: index of the movie (of the user, in a list of users)
 * @score: what the list is ordered by, such as a prediction, not clipped
 */
typedef struct
{
  guint32 movie;
  float score;
} MatineeRecommendation;

/**
 * MatineeTopN:
 * @items: (array n): best first; equal scores by ascending index
 * @n: how many were found, at most what was asked for
 * @n_hidden: movies left out because the user has rated them
 * @hidden: all that was left out, and why
 * @capacity: how many were asked for
 *
 * The best of many: a heap while it is offered items, then a list.
 */
typedef struct
{
  MatineeRecommendation *items;
  guint n;
  guint n_hidden;
  MatineeHidden hidden;
  guint capacity;
} MatineeTopN;

MatineeTopN *matinee_top_n_new (guint n, guint32 n_all, GError **error);
void matinee_top_n_insert (MatineeTopN *top, MatineeRecommendation item);
void matinee_top_n_sort (MatineeTopN *top);
void matinee_top_n_free (MatineeTopN *top);

/**
 * matinee_top_n_is_worse:
 * @a: an item
 * @b: another
 *
 * Returns: whether @a belongs below @b in a list
 */
static inline gboolean
matinee_top_n_is_worse (const MatineeRecommendation *a, const MatineeRecommendation *b)
{
  return a->score < b->score || (a->score == b->score && a->movie > b->movie);
}

/**
 * matinee_top_n_offer:
 * @top: a heap
 * @index: of the item
 * @score: its score, a number
 *
 * Keeps an item if it is among the best so far. O(log n), and O(1) for most.
 */
static inline void
matinee_top_n_offer (MatineeTopN *top, guint32 index, float score)
{
  MatineeRecommendation item = { .movie = index, .score = score };

  if (top->n < top->capacity || (top->n > 0 && matinee_top_n_is_worse (&top->items[0], &item)))
    matinee_top_n_insert (top, item);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeTopN, matinee_top_n_free)

G_END_DECLS
