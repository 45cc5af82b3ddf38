/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-types.h"

G_BEGIN_DECLS

/* Room for any 64-bit integer as text, its sign and the end. */
#define MATINEE_ID_BUFFER 24

/**
 * MatineeIdsKind:
 * @MATINEE_IDS_INTEGER: every id is a 64-bit integer in its usual decimal form
 * @MATINEE_IDS_TEXT: at least one is not (a leading zero, a letter, …), so all
 *   are kept as the text the file has
 *
 * What the ids of a file look like.
 */
typedef enum
{
  MATINEE_IDS_INTEGER,
  MATINEE_IDS_TEXT
} MatineeIdsKind;

/* An immutable, counted table: external ids ↔ dense indices 0 … n − 1. The
 * indices follow the order of the ids (numbers by value, text by bytes), so that
 * they do not depend on the order of the file's lines. */

MatineeIds *matinee_ids_new_integer (gint64 *sorted, guint32 n, GError **error);
MatineeIds *matinee_ids_new_text (const char *const *sorted, guint32 n, GError **error);
MatineeIds *matinee_ids_ref (MatineeIds *ids);
void matinee_ids_unref (MatineeIds *ids);

guint32 matinee_ids_get_n (const MatineeIds *ids);
MatineeIdsKind matinee_ids_get_kind (const MatineeIds *ids);
gboolean matinee_ids_parse_integer (const char *text, gsize length, gint64 *value);
gboolean matinee_ids_find (const MatineeIds *ids, const char *id, guint32 *index);
gboolean matinee_ids_find_integer (const MatineeIds *ids, gint64 id, guint32 *index);
gint64 matinee_ids_get_integer (const MatineeIds *ids, guint32 index);
const char *matinee_ids_format (const MatineeIds *ids, guint32 index, char buffer[MATINEE_ID_BUFFER]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeIds, matinee_ids_unref)

G_END_DECLS
