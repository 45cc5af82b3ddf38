/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-sparse.h"

#include <glib/gi18n-lib.h>

#include "matinee-memory.h"

/**
 * matinee_sparse_alloc:
 * @n_rows: rows
 * @n_columns: columns
 * @n_entries: ratings
 * @with_codes: one byte for each rating instead of a float
 * @error: return location
 *
 * Makes room for ratings. The offsets are zero, entries are for the caller to
 * fill in.
 *
 * Returns: (transfer full) (nullable): ratings to be freed with
 *   matinee_sparse_free(), or %NULL with %MATINEE_ERROR_MEMORY
 */
MatineeSparse *
matinee_sparse_alloc (guint32 n_rows, guint32 n_columns, gsize n_entries, gboolean with_codes, GError **error)
{
  g_autoptr (MatineeSparse) sparse = g_new0 (MatineeSparse, 1);
  const char *what = _ ("the ratings");

  sparse->n_rows = n_rows;
  sparse->n_columns = n_columns;
  sparse->n_entries = n_entries;
  sparse->offsets = matinee_alloc0 ((gsize) n_rows + 1, sizeof *sparse->offsets, what, error);
  if (sparse->offsets == NULL)
    return NULL;
  sparse->columns = matinee_alloc (n_entries, sizeof *sparse->columns, what, error);
  if (sparse->columns == NULL)
    return NULL;
  if (with_codes)
    sparse->codes = matinee_alloc (n_entries, sizeof *sparse->codes, what, error);
  else
    sparse->values = matinee_alloc (n_entries, sizeof *sparse->values, what, error);
  if (sparse->codes == NULL && sparse->values == NULL)
    return NULL;
  return g_steal_pointer (&sparse);
}

/**
 * matinee_sparse_free:
 * @sparse: (nullable) (transfer full): ratings
 *
 * Frees them.
 */
void
matinee_sparse_free (MatineeSparse *sparse)
{
  if (sparse == NULL)
    return;
  matinee_free (sparse->offsets);
  matinee_free (sparse->columns);
  matinee_free (sparse->codes);
  matinee_free (sparse->values);
  g_free (sparse);
}

/**
 * matinee_sparse_contains:
 * @sparse: ratings
 * @row: a row
 * @column: a column
 * @value: (out) (optional): the rating, if there is one
 *
 * Looks for one rating by bisection, O(log n) in the row's length.
 *
 * Returns: %TRUE if it is there
 */
gboolean
matinee_sparse_contains (const MatineeSparse *sparse, guint32 row, guint32 column, float *value)
{
  gsize low, high, end;

  if (row >= sparse->n_rows)
    return FALSE;
  low = sparse->offsets[row];
  high = end = sparse->offsets[row + 1];
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (sparse->columns[middle] < column)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == end || sparse->columns[low] != column)
    return FALSE;
  if (value != NULL)
    *value = matinee_sparse_value (sparse, low);
  return TRUE;
}
