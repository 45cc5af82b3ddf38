/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-npy.h"

G_BEGIN_DECLS

/**
 * MatineeNpzReader:
 *
 * Reads zip archives of .npy files, and others, member by member in the order of
 * the file.
 */
typedef struct _MatineeNpzReader MatineeNpzReader;

MatineeNpzReader *matinee_npz_reader_new (const char *path, GError **error);
gboolean matinee_npz_reader_next (MatineeNpzReader *reader, GError **error);
gboolean matinee_npz_reader_rewind (MatineeNpzReader *reader, GError **error);
const char *matinee_npz_reader_get_name (MatineeNpzReader *reader);
guint64 matinee_npz_reader_get_size (MatineeNpzReader *reader);
guint64 matinee_npz_reader_get_file_size (MatineeNpzReader *reader);
gboolean matinee_npz_reader_begin_array (MatineeNpzReader *reader, MatineeNpyHeader *header, GError **error);
gboolean matinee_npz_reader_read (MatineeNpzReader *reader, gpointer data, gsize size, GError **error);
gboolean matinee_npz_reader_end (MatineeNpzReader *reader, GError **error);
void matinee_npz_reader_set_error (MatineeNpzReader *reader, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void matinee_npz_reader_free (MatineeNpzReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeNpzReader, matinee_npz_reader_free)

G_END_DECLS
