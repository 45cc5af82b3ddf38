/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MatineeIntegerTable:
 * @n: how many integers it has
 * @n_slots: a power of two, at least twice @n
 * @keys: (array n_slots): the integers
 * @indices: (array n_slots): the index of each, or %G_MAXUINT32 for a free slot
 *
 * Distinct integers with an index each. Initialise with zeros.
 */
typedef struct
{
  gsize n;
  gsize n_slots;
  gint64 *keys;
  guint32 *indices;
} MatineeIntegerTable;

gboolean matinee_integer_table_add (MatineeIntegerTable *table, gint64 key, guint32 index, GError **error);
guint32 matinee_integer_table_find (const MatineeIntegerTable *table, gint64 key);
void matinee_integer_table_clear (MatineeIntegerTable *table);

G_END_DECLS
