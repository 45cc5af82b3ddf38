/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-pool.h"

G_BEGIN_DECLS

/**
 * MatineeCompareFunc:
 * @a: an element
 * @b: another
 *
 * Returns: negative, zero or positive, like strcmp(). Called from any thread
 */
typedef int (*MatineeCompareFunc) (const void *a, const void *b);

gboolean matinee_sort (gpointer array, gsize n, gsize size, MatineeCompareFunc compare, MatineePool *pool,
                       MatineeStop *stop, GError **error);
int matinee_sort_compare_integers (const void *a, const void *b);

G_END_DECLS
