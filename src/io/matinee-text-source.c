/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-text-source.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

struct _MatineeTextSource
{
  int file;
  guint64 size;
  char *name;
};

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
 * matinee_text_source_open:
 * @path: the file
 * @error: return location
 *
 * Opens a file for reading. Only ordinary files can be read in any order; pipes
 * and devices are refused without waiting for them.
 *
 * Returns: (transfer full) (nullable): the source, or %NULL with a #GFileError
 *   whose message names the file
 */
MatineeTextSource *
matinee_text_source_open (const char *path, GError **error)
{
  g_autoptr (MatineeTextSource) source = g_new0 (MatineeTextSource, 1);
  struct stat about;

  source->name = g_filename_display_basename (path);
  source->file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (source->file < 0 || fstat (source->file, &about) < 0)
    {
      set_file_error (error, source->name, errno, TRUE);
      return NULL;
    }
  if (!check_kind (&about, source->name, error))
    return NULL;
  source->size = (guint64) about.st_size;
  posix_fadvise (source->file, 0, 0, POSIX_FADV_SEQUENTIAL);
  return g_steal_pointer (&source);
}

/**
 * matinee_text_source_free:
 * @source: (transfer full) (nullable): a source
 *
 * Closes the file.
 */
void
matinee_text_source_free (MatineeTextSource *source)
{
  if (source == NULL)
    return;
  if (source->file >= 0)
    close (source->file);
  g_free (source->name);
  g_free (source);
}

/**
 * matinee_text_source_get_name:
 * @source: a source
 *
 * Returns: (transfer none): the name of the file, for messages
 */
const char *
matinee_text_source_get_name (const MatineeTextSource *source)
{
  return source->name;
}

/**
 * matinee_text_source_get_size:
 * @source: a source
 *
 * Returns: the size of the file in bytes when it was opened
 */
guint64
matinee_text_source_get_size (const MatineeTextSource *source)
{
  return source->size;
}

/**
 * matinee_text_source_read:
 * @source: a source
 * @offset: from which byte
 * @buffer: (array length=n): where to
 * @n: how many bytes; @offset + @n is at most the size
 * @error: return location
 *
 * Copies a part of the file. Pages that are read this way don't count as memory
 * of the program, as pages of a mapping would.
 *
 * Returns: %FALSE with a #GFileError, also when the file has become shorter
 */
gboolean
matinee_text_source_read (const MatineeTextSource *source, guint64 offset, char *buffer, gsize n, GError **error)
{
  while (n > 0)
    {
      gssize got = pread (source->file, buffer, n, (off_t) offset);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          set_file_error (error, source->name, errno, FALSE);
          return FALSE;
        }
      if (got == 0)
        {
          g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_IO,
                       _ ("\u201c%s\u201d became shorter while it was read: open it again when it is complete"),
                       source->name);
          return FALSE;
        }
      buffer += got;
      offset += (guint64) got;
      n -= (gsize) got;
    }
  return TRUE;
}
