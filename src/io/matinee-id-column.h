/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-string-table.h"

G_BEGIN_DECLS

/**
 * MatineeIdForm:
 * @MATINEE_ID_SMALL: integers from 0 to 2³² − 1, as they are
 * @MATINEE_ID_WIDE: other 64-bit integers among them
 * @MATINEE_ID_TEXT: numbers of strings
 *
 * How the ids of a column are held.
 */
typedef enum
{
  MATINEE_ID_SMALL,
  MATINEE_ID_WIDE,
  MATINEE_ID_TEXT
} MatineeIdForm;

/**
 * MatineeIdColumn:
 * @form: how ids are held; it widens as they come
 * @n: how many there are
 * @capacity: how many there is room for
 * @low: the smallest integer, or more when there are none
 * @high: the largest integer, or less
 * @small: (array capacity): ids, or for text the index of each in @texts
 * @wide: (nullable) (array capacity): ids, when wide
 * @texts: (nullable): the strings, when text
 *
 * The ids of one column in one block of a file.
 */
typedef struct
{
  MatineeIdForm form;
  gsize n;
  gsize capacity;
  gint64 low;
  gint64 high;
  guint32 *small;
  gint64 *wide;
  MatineeStringTable *texts;
} MatineeIdColumn;

gboolean matinee_id_column_init (MatineeIdColumn *column, gsize capacity, GError **error);
void matinee_id_column_clear (MatineeIdColumn *column);
gboolean matinee_id_column_add (MatineeIdColumn *column, const char *text, gsize length, GError **error);

G_END_DECLS
