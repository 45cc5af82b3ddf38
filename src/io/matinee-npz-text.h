/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-npz-reader.h"
#include "matinee-npz-writer.h"

G_BEGIN_DECLS

/* Texts in an .npz file are an array of NumPy's own text type (`<U40`), padded
 * to the longest; unless that would be too large, or they are not all UTF-8.
 * Then NAME holds their bytes one after the other (`|u1`), and NAME_offsets
 * (`<u8`, one more than there are texts) where each begins and the last ends. */

/**
 * MatineeTextFunc:
 * @index: which text
 * @data: user data
 *
 * Returns: the text, which has to live until the next call
 */
typedef const char *(*MatineeTextFunc) (guint32 index, gpointer data);

/**
 * MatineeTextColumn:
 * @n: how many texts there have to be
 * @text: (nullable): each with its end, one after the other
 * @offsets: (nullable) (array n): where in @text each begins
 *
 * Texts that come from a file. Initialise with zeros and @n.
 */
typedef struct
{
  guint32 n;
  char *text;
  gsize *offsets;
  /*< private >*/
  guint8 *bytes;
  gsize n_bytes;
  guint64 *ends;
} MatineeTextColumn;

gboolean matinee_npz_writer_add_texts (MatineeNpzWriter *writer, const char *name, guint32 n, MatineeTextFunc func,
                                       gpointer data, GError **error);

gboolean matinee_text_column_read (MatineeTextColumn *column, MatineeNpzReader *reader, const MatineeNpyHeader *header,
                                   GError **error);
gboolean matinee_text_column_read_offsets (MatineeTextColumn *column, MatineeNpzReader *reader,
                                           const MatineeNpyHeader *header, GError **error);
gboolean matinee_text_column_complete (MatineeTextColumn *column, MatineeNpzReader *reader, const char *name,
                                       GError **error);
const char *matinee_text_column_get (const MatineeTextColumn *column, guint32 index);
void matinee_text_column_clear (MatineeTextColumn *column);

G_END_DECLS
