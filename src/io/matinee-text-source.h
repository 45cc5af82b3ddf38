/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-archive.h"

G_BEGIN_DECLS

/* Bytes of compressed text that can be read at a time: what was unpacked and was not
 * yet left behind. */
#define MATINEE_TEXT_WINDOW ((gsize) 1 << 23)

/**
 * MatineeTextSource:
 *
 * Text that is open for reading in blocks, from any thread. That of an ordinary file
 * can be read in any order. Compressed text is unpacked as it goes, into a window
 * that moves on:
 *
 *     … left behind │ can be read             │ unpacked ahead  │ not yet unpacked …
 *                   └ matinee_text_source_    └ matinee_text_source_get_size ()
 *                     advance (from)
 *
 * While some threads read, one may call matinee_text_source_unpack(); what that
 * unpacks can be read after matinee_text_source_advance(), which nothing else may be
 * going on beside. For an ordinary file both do nothing.
 */
typedef struct _MatineeTextSource MatineeTextSource;

MatineeTextSource *matinee_text_source_open (const char *path, MatineeStop *stop, GError **error);
MatineeTextSource *matinee_text_source_new_member (MatineeArchive *archive, GError **error);
void matinee_text_source_free (MatineeTextSource *source);
const char *matinee_text_source_get_name (const MatineeTextSource *source);
guint64 matinee_text_source_get_size (const MatineeTextSource *source);
gboolean matinee_text_source_is_complete (const MatineeTextSource *source);
double matinee_text_source_get_fraction (const MatineeTextSource *source, guint64 offset);
gboolean matinee_text_source_read (const MatineeTextSource *source, guint64 offset, char *buffer, gsize n,
                                   GError **error);
gboolean matinee_text_source_unpack (MatineeTextSource *source, GError **error);
void matinee_text_source_advance (MatineeTextSource *source, guint64 from);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeTextSource, matinee_text_source_free)

G_END_DECLS
