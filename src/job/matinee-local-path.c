/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-local-path.h"

#include <glib/gi18n-lib.h>

#include "matinee-error.h"

/**
 * matinee_local_path:
 * @file: a file
 * @error: return location
 *
 * Returns: (transfer full) (nullable): where it is on this computer, or %NULL with
 *   %MATINEE_ERROR_DATA
 */
char *
matinee_local_path (GFile *file, GError **error)
{
  char *path = g_file_get_path (file);

  if (path == NULL)
    {
      g_autofree char *name = g_file_get_parse_name (file);

      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                   _ ("“%s” is not a file on this computer: copy it here first"), name);
    }
  return path;
}
