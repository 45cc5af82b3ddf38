/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MatineeStringTable:
 *
 * Distinct strings, numbered in the order in which they came.
 */
typedef struct _MatineeStringTable MatineeStringTable;

MatineeStringTable *matinee_string_table_new (void);
void matinee_string_table_free (MatineeStringTable *table);
gboolean matinee_string_table_add (MatineeStringTable *table, const char *text, gsize length, guint32 *index,
                                   GError **error);
guint32 matinee_string_table_get_n (const MatineeStringTable *table);
const char *matinee_string_table_get (const MatineeStringTable *table, guint32 index, gsize *length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeStringTable, matinee_string_table_free)

G_END_DECLS
