/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-batch.h"
#include "matinee-export.h"
#include "matinee-ratings-reader.h"

G_BEGIN_DECLS

/**
 * MatineeRecommendationCounts:
 * @n_rows: films listed
 * @n_empty: users without any
 *
 * What was recommended.
 */
typedef struct
{
  guint64 n_rows;
  gsize n_empty;
} MatineeRecommendationCounts;

gboolean matinee_recommendations_write (const MatineeBatch *batch, MatineeRecommendationWriter *writer,
                                        MatineePool *pool, MatineeProgressFunc progress, gpointer data,
                                        MatineeStop *stop, MatineeRecommendationCounts *counts, GError **error);

G_END_DECLS
