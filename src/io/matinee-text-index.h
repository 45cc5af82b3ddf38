/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes behind the text that can be read, and places behind the last position
 * that can be written. */
#define MATINEE_TEXT_INDEX_PADDING 64

gsize matinee_text_index (const char *text, gsize start, gsize end, char delimiter, guint32 *positions, gsize *n_lines);

G_END_DECLS
