/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-sparse.h"

G_BEGIN_DECLS

/**
 * MatineeRowSorter:
 * @sparse: whose rows are put in order
 * @times: (nullable) (array n_entries): moved along
 * @capacity: entries that the scratch memory has room for
 * @keys: (array 2*capacity): scratch
 * @payload: (array capacity): scratch, room for 8 bytes each
 *
 * What one worker needs to put the rows of ratings in order. Initialise with
 * @sparse and @times, the rest zeros.
 */
typedef struct
{
  MatineeSparse *sparse;
  gint64 *times;
  gsize capacity;
  guint64 *keys;
  guint64 *payload;
} MatineeRowSorter;

gboolean matinee_row_sorter_sort (MatineeRowSorter *sorter, guint32 row, gsize *length, GError **error);
void matinee_row_sorter_clear (MatineeRowSorter *sorter);

G_END_DECLS
