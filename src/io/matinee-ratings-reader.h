/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-pool.h"
#include "matinee-ratings.h"

G_BEGIN_DECLS

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
MatineeRatings *matinee_ratings_read_in_blocks (const char *path, gsize block_size, MatineePool *pool,
                                                MatineeProgressFunc progress, gpointer data, MatineeStop *stop,
                                                GError **error);

G_END_DECLS
