/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-pool.h"
#include "matinee-ratings.h"

G_BEGIN_DECLS

/* The fraction up to which the text is parsed into arrays; then ids are mapped and
 * ratings sorted. */
#define MATINEE_RATINGS_READ_PARSED 0.6

/**
 * MatineeProgressFunc:
 * @fraction: 0 … 1
 * @data: user data
 *
 * Told from the thread that reads, at most some tens of times a second.
 */
typedef void (*MatineeProgressFunc) (double fraction, gpointer data);

MatineeRatings *matinee_ratings_read (const char *path, MatineePool *pool, MatineeProgressFunc progress, gpointer data,
                                      MatineeStop *stop, GError **error);
MatineeRatings *matinee_ratings_read_with_times (const char *path, MatineePool *pool, MatineeProgressFunc progress,
                                                 gpointer data, MatineeStop *stop, GError **error);
MatineeRatings *matinee_ratings_read_in_blocks (const char *path, gsize block_size, gboolean with_times,
                                                MatineePool *pool, MatineeProgressFunc progress, gpointer data,
                                                MatineeStop *stop, GError **error);

G_END_DECLS
