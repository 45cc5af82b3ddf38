/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-params.h"
#include "matinee-pool.h"
#include "matinee-ratings.h"
#include "matinee-split.h"

G_BEGIN_DECLS

/**
 * MatineeSplitWork:
 * @ratings: what is divided
 * @params: how
 * @pool: who does it
 * @stop: (nullable): asks to stop
 * @n_tasks: into how many tasks the rows are cut
 * @longest_row: ratings of the user with the most
 * @state: (nullable): what the rule found out when it prepared itself
 * @n_short_users: users of whom fewer ratings are held out than the rule says, as
 *   each keeps one to learn from
 *
 * A split in the making.
 */
typedef struct
{
  const MatineeRatings *ratings;
  const MatineeParams *params;
  MatineePool *pool;
  MatineeStop *stop;
  gsize n_tasks;
  gsize longest_row;
  gpointer state;
  guint32 n_short_users;
} MatineeSplitWork;

/**
 * MatineeSplitRule:
 * @prepare: (nullable): looks at all ratings first; sets ->state
 * @mark: sets the mark of each rating of a row to whether it is a test rating; called
 *   by several workers at a time, twice for each row
 * @clear: (nullable): frees ->state, also after a failure
 *
 * A way to say which ratings are held out. Nothing but seed, parameters, ratings and
 * times may decide it, so that it is the same for any number of threads.
 */
typedef struct
{
  gboolean (*prepare) (MatineeSplitWork *work, GError **error);
  void (*mark) (const MatineeSplitWork *work, guint worker, guint32 row, guint8 *marks);
  void (*clear) (MatineeSplitWork *work);
} MatineeSplitRule;

extern const MatineeSplitRule matinee_split_rule_order;
extern const MatineeSplitRule matinee_split_rule_user;

void matinee_split_work_get_rows (const MatineeSplitWork *work, gsize task, guint32 *first, guint32 *last);
MatineeSplit *matinee_split_rule_apply (const MatineeSplitRule *rule, MatineeSplitWork *work, GError **error);

G_END_DECLS
