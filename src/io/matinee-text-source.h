/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MatineeTextSource:
 *
 * A file that is open for reading in blocks, from any thread and in any order.
 */
typedef struct _MatineeTextSource MatineeTextSource;

MatineeTextSource *matinee_text_source_open (const char *path, GError **error);
void matinee_text_source_free (MatineeTextSource *source);
const char *matinee_text_source_get_name (const MatineeTextSource *source);
guint64 matinee_text_source_get_size (const MatineeTextSource *source);
gboolean matinee_text_source_read (const MatineeTextSource *source, guint64 offset, char *buffer, gsize n,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeTextSource, matinee_text_source_free)

G_END_DECLS
