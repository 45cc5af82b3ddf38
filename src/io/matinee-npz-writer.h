/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-npy.h"

G_BEGIN_DECLS

/**
 * MatineeNpzWriter:
 *
 * Writes what numpy.load() reads: a zip archive of .npy files, and others.
 */
typedef struct _MatineeNpzWriter MatineeNpzWriter;

MatineeNpzWriter *matinee_npz_writer_new (const char *path, GError **error);
gboolean matinee_npz_writer_add_member (MatineeNpzWriter *writer, const char *name, gconstpointer data, gsize size,
                                        GError **error);
gboolean matinee_npz_writer_begin_array (MatineeNpzWriter *writer, const char *name, const char *type, gsize item_size,
                                         guint n_dims, const guint64 *shape, gboolean compress, GError **error);
gboolean matinee_npz_writer_write (MatineeNpzWriter *writer, gconstpointer data, gsize size, GError **error);
gboolean matinee_npz_writer_end_array (MatineeNpzWriter *writer, GError **error);
gboolean matinee_npz_writer_finish (MatineeNpzWriter *writer, GError **error);
void matinee_npz_writer_free (MatineeNpzWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeNpzWriter, matinee_npz_writer_free)

G_END_DECLS
