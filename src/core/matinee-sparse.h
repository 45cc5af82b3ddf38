/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-types.h"

G_BEGIN_DECLS

#define MATINEE_MAX_LEVELS 256

/**
 * MatineeSparse:
 * @n_rows: rows (users, or movies when turned round)
 * @n_columns: columns
 * @n_entries: ratings stored
 * @offsets: (array n_rows+1): row r holds entries offsets[r] … offsets[r + 1] − 1
 * @columns: (array n_entries): the column of each, ascending within a row
 * @codes: (nullable) (array n_entries): an index into @levels for each, when
 *   the file has at most 256 distinct ratings; else %NULL
 * @values: (nullable) (array n_entries): the rating of each when @codes is %NULL
 * @levels: the rating that each code stands for
 *
 * Ratings in compressed sparse rows: 5 bytes a rating, or 8 without codes.
 * Read-only once made. Owns its arrays.
 */
struct _MatineeSparse
{
  guint32 n_rows;
  guint32 n_columns;
  gsize n_entries;
  gsize *offsets;
  guint32 *columns;
  guint8 *codes;
  float *values;
  float levels[MATINEE_MAX_LEVELS];
};

static inline float
matinee_sparse_value (const MatineeSparse *sparse, gsize entry)
{
  return sparse->codes != NULL ? sparse->levels[sparse->codes[entry]] : sparse->values[entry];
}

static inline gsize
matinee_sparse_row_length (const MatineeSparse *sparse, guint32 row)
{
  return sparse->offsets[row + 1] - sparse->offsets[row];
}

MatineeSparse *matinee_sparse_alloc (guint32 n_rows, guint32 n_columns, gsize n_entries, gboolean with_codes,
                                     GError **error);
void matinee_sparse_free (MatineeSparse *sparse);
gboolean matinee_sparse_contains (const MatineeSparse *sparse, guint32 row, guint32 column, float *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeSparse, matinee_sparse_free)

G_END_DECLS
