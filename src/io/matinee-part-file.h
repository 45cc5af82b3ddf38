/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MatineePartFile:
 *
 * The beginning of a file that is being downloaded, NAME.part, with what is needed to
 * go on some other day in NAME.part.info beside it: which version of the file it is a
 * part of. Locked against a second program that downloads the same.
 */
typedef struct _MatineePartFile MatineePartFile;

MatineePartFile *matinee_part_file_new (const char *path, const char *version, GError **error);
guint64 matinee_part_file_get_size (MatineePartFile *file);
const char *matinee_part_file_get_path (MatineePartFile *file);
const char *matinee_part_file_get_validator (MatineePartFile *file);
gboolean matinee_part_file_restart (MatineePartFile *file, const char *validator, GError **error);
gboolean matinee_part_file_append (MatineePartFile *file, gconstpointer data, gsize size, GError **error);
void matinee_part_file_remove (MatineePartFile *file);
void matinee_part_file_free (MatineePartFile *file);
guint64 matinee_part_file_peek_size (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineePartFile, matinee_part_file_free)

G_END_DECLS
