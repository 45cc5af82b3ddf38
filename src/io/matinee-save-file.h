/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MatineeSaveFile:
 *
 * A file on its way to disk. What had its name before stays as it was until
 * everything has arrived.
 */
typedef struct _MatineeSaveFile MatineeSaveFile;

MatineeSaveFile *matinee_save_file_new (const char *path, GError **error);
gboolean matinee_save_file_write (MatineeSaveFile *file, gconstpointer data, gsize size, GError **error);
gboolean matinee_save_file_commit (MatineeSaveFile *file, GError **error);
void matinee_save_file_free (MatineeSaveFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeSaveFile, matinee_save_file_free)

G_END_DECLS
