/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-pool.h"
#include "matinee-sparse.h"
#include "matinee-types.h"

G_BEGIN_DECLS

/* Ratings that are worked through between two looks at the stop flag: about a
 * millisecond. */
#define MATINEE_STOP_EVERY ((gsize) 1 << 17)

/**
 * MatineeCounting:
 * @n_parts: parts into which the input is cut, each counted and moved by one task
 * @n_keys: keys
 * @cursors: (array n_parts*n_keys): row p counts the keys of part p, then says
 *   where its next entry of each key goes
 *
 * A stable counting sort whose parts can be counted, and then moved, at the
 * same time: what comes out does not depend on how many parts there are.
 */
typedef struct
{
  guint n_parts;
  guint32 n_keys;
  guint32 *cursors;
} MatineeCounting;

/**
 * MatineeSparseSummary:
 * @mean: mean of all ratings, or 0 when there are none
 * @low: the smallest, or +∞
 * @high: the largest, or −∞
 * @counts: how many ratings have each code, when there are codes
 *
 * What can be said about ratings in one pass.
 */
typedef struct
{
  double mean;
  float low;
  float high;
  guint64 counts[MATINEE_MAX_LEVELS];
} MatineeSparseSummary;

gboolean matinee_counting_init (MatineeCounting *counting, guint32 n_keys, gsize n_entries, MatineePool *pool,
                                GError **error);
void matinee_counting_clear (MatineeCounting *counting);
guint32 *matinee_counting_get_part (MatineeCounting *counting, gsize part);
void matinee_counting_accumulate (MatineeCounting *counting, gsize *offsets);

guint32 matinee_sparse_row_at (const MatineeSparse *sparse, gsize entry);
MatineeSparse *matinee_sparse_transpose (const MatineeSparse *sparse, MatineePool *pool, MatineeStop *stop,
                                         GError **error);
gboolean matinee_sparse_summarize (const MatineeSparse *sparse, MatineePool *pool, MatineeStop *stop,
                                   MatineeSparseSummary *summary, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineeCounting, matinee_counting_clear)

G_END_DECLS
