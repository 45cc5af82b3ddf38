/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text-file.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

static char *folder;

void
text_file_begin (void)
{
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("matinee-test-XXXXXX", &error);
  g_assert_no_error (error);
}

void
text_file_end (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_clear_pointer (&folder, g_free);
}

char *
text_file_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

char *
text_file_write (const char *name, const char *text, gssize length)
{
  char *path = text_file_path (name);
  gsize n = length >= 0 ? (gsize) length : strlen (text);
  FILE *file = fopen (path, "w"); /* g_file_set_contents() would wait for the disk */

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (text, 1, n, file), ==, n);
  g_assert_cmpint (fclose (file), ==, 0);
  return path;
}
