/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-file-name.h"

#include "matinee-data-file.h"

/**
 * matinee_file_name_dup:
 * @file: a file, perhaps in an archive
 *
 * Returns: (transfer full): what to call it: "ratings.csv", or "ml.zip: ratings.csv"
 */
char *
matinee_file_name_dup (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *name = path == NULL ? g_file_get_basename (file) : NULL;

  return path != NULL ? matinee_archive_dup_name (path) : g_filename_display_name (name);
}

/**
 * matinee_file_name_exists:
 * @file: a file, perhaps in an archive
 *
 * Returns: whether it is there, or the archive in which it was
 */
gboolean
matinee_file_name_exists (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  return g_file_query_exists (file, NULL) || (path != NULL && matinee_data_file_is_member (path));
}
