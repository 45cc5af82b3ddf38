/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-input-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Says what went wrong with a file, in the system's words. */
static void
set_file_error (GError **error, const char *name, int code, gboolean opening)
{
  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (code),
               opening ? _ ("\u201c%s\u201d can\u2019t be opened: %s") : _ ("\u201c%s\u201d can\u2019t be read: %s"),
               name, g_strerror (code));
}

static gboolean
check_kind (const struct stat *about, const char *name, GError **error)
{
  if (S_ISREG (about->st_mode))
    return TRUE;
  if (S_ISDIR (about->st_mode))
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR, _ ("\u201c%s\u201d is a folder: open a file inside it"),
                 name);
  else
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                 _ ("\u201c%s\u201d is not an ordinary file but a device or a pipe: save its contents in a file first"),
                 name);
  return FALSE;
}

/**
 * matinee_input_file_open:
 * @path: the file
 * @size: (out): its size in bytes
 * @error: return location
 *
 * Opens a file for reading. Only ordinary files can be read in any order; pipes
 * and devices are refused without waiting for them.
 *
 * Returns: the file, to be closed; or −1 with a #GFileError whose message names it
 */
int
matinee_input_file_open (const char *path, guint64 *size, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat about;

  if (file < 0 || fstat (file, &about) < 0)
    set_file_error (error, name, errno, TRUE);
  else if (check_kind (&about, name, error))
    {
      *size = (guint64) about.st_size;
      posix_fadvise (file, 0, 0, POSIX_FADV_SEQUENTIAL);
      return file;
    }
  if (file >= 0)
    close (file);
  return -1;
}

/**
 * matinee_input_file_read:
 * @file: a file
 * @name: its name, for messages
 * @offset: from which byte
 * @buffer: (array length=n): where to
 * @n: how many bytes; @offset + @n is at most the size
 * @error: return location
 *
 * Copies a part of a file, from any thread. Pages that are read this way don't
 * count as memory of the program, as pages of a mapping would.
 *
 * Returns: %FALSE with a #GFileError, also when the file has become shorter
 */
gboolean
matinee_input_file_read (int file, const char *name, guint64 offset, char *buffer, gsize n, GError **error)
{
  while (n > 0)
    {
      gssize got = pread (file, buffer, n, (off_t) offset);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          set_file_error (error, name, errno, FALSE);
          return FALSE;
        }
      if (got == 0)
        {
          g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_IO,
                       _ ("\u201c%s\u201d became shorter while it was read: open it again when it is complete"), name);
          return FALSE;
        }
      buffer += got;
      offset += (guint64) got;
      n -= (gsize) got;
    }
  return TRUE;
}
