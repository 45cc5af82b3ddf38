/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-text-format.h"
#include "matinee-text-source.h"

G_BEGIN_DECLS

/**
 * MatineeDataChoice:
 * @path: the path that opens it
 * @name: its name in the archive
 * @size: its bytes, as the archive says
 *
 * A file in an archive that may be the one that is meant.
 */
typedef struct
{
  char *path;
  char *name;
  guint64 size;
} MatineeDataChoice;

char *matinee_data_file_find (const char *path, MatineeTable table, const MatineeTextHints *hints, GPtrArray **choices,
                              MatineeStop *stop, GError **error);
char *matinee_data_file_find_titles (const char *ratings, MatineeStop *stop);
gboolean matinee_data_file_affords_times (const char *path);
gboolean matinee_data_file_is_member (const char *path);
MatineeTextSource *matinee_data_file_open (const char *path, MatineeTable table, const MatineeTextHints *hints,
                                           MatineeStop *stop, GError **error);

G_END_DECLS
