/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-save-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct _MatineeSaveFile
{
  char *path;      /* as people know it, for messages */
  char *target;    /* without symbolic links */
  char *temporary; /* (nullable): where it is written to; %NULL writes to the target itself */
  int fd;
};

static void
set_error (const MatineeSaveFile *self, int code, GError **error)
{
  g_autofree char *name = g_filename_display_name (self->path);

  if (code == ENOSPC || code == EDQUOT)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC,
                 _ ("\u201c%s\u201d can\u2019t be saved: the disk is full. Make room, or save somewhere else"), name);
  else
    g_set_error (
        error, G_FILE_ERROR, g_file_error_from_errno (code),
        _ ("\u201c%s\u201d can\u2019t be saved: %s. Save somewhere else, or see to it that this file may be written"),
        name, g_strerror (code));
}

/* A symbolic link stays one: it is the file it leads to that is replaced. */
static char *
resolve (const char *path)
{
  char *real = realpath (path, NULL);
  char *copy = g_strdup (real != NULL ? real : path);

  free (real);
  return copy;
}

/* Beside the target: only within one file system can it be renamed. A file that
 * may not be written is not replaced either. */
static gboolean
open_temporary (MatineeSaveFile *self, const struct stat *known)
{
  g_autofree char *folder = g_path_get_dirname (self->target);
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (".matinee-", unique, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (known != NULL && access (self->target, W_OK) != 0)
    return FALSE;
  self->fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (self->fd < 0)
    return FALSE;
  self->temporary = g_steal_pointer (&path);
  return known == NULL || fchmod (self->fd, known->st_mode & 0777) == 0;
}

/**
 * matinee_save_file_new:
 * @path: the file to write
 * @error: return location
 *
 * Begins to write a file, beside what has its name now. What is not a regular
 * file (a pipe, /dev/stdout) is written to as it is.
 *
 * Returns: (transfer full) (nullable): the file, or %NULL with a #GFileError
 */
MatineeSaveFile *
matinee_save_file_new (const char *path, GError **error)
{
  g_autoptr (MatineeSaveFile) self = g_new0 (MatineeSaveFile, 1);
  struct stat known;
  gboolean exists, opened;

  self->path = g_strdup (path);
  self->target = resolve (path);
  self->fd = -1;
  exists = stat (self->target, &known) == 0;
  if (exists && !S_ISREG (known.st_mode))
    {
      self->fd = g_open (self->target, O_WRONLY | O_CLOEXEC, 0);
      opened = self->fd >= 0;
    }
  else
    opened = open_temporary (self, exists ? &known : NULL);
  if (!opened)
    {
      set_error (self, errno, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * matinee_save_file_write:
 * @self: a file
 * @data: (array length=size): bytes
 * @size: how many
 * @error: return location
 *
 * Adds bytes to the end.
 *
 * Returns: %FALSE with a #GFileError
 */
gboolean
matinee_save_file_write (MatineeSaveFile *self, gconstpointer data, gsize size, GError **error)
{
  const char *next = data;

  while (size > 0)
    {
      gssize n = write (self->fd, next, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_error (self, errno, error);
          return FALSE;
        }
      next += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* The new name is in the folder's own data, which has to reach the disk too. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  /* Not all file systems can; the file itself is safe by now. */
  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
}

/**
 * matinee_save_file_commit:
 * @self: a file
 * @error: return location
 *
 * Waits until all bytes are on disk, then gives the file its name in one step:
 * there is always either the whole old one or the whole new one.
 *
 * Returns: %FALSE with a #GFileError; the old file is still there
 */
gboolean
matinee_save_file_commit (MatineeSaveFile *self, GError **error)
{
  gboolean done = self->temporary == NULL || fsync (self->fd) == 0;
  int code = errno;

  if (close (self->fd) != 0 && done)
    {
      done = FALSE;
      code = errno;
    }
  self->fd = -1;
  if (done && self->temporary != NULL && g_rename (self->temporary, self->target) != 0)
    {
      done = FALSE;
      code = errno;
    }
  if (!done)
    {
      set_error (self, code, error);
      return FALSE;
    }
  if (self->temporary != NULL)
    sync_folder (self->target);
  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}

/**
 * matinee_save_file_free:
 * @self: (nullable) (transfer full): a file
 *
 * Frees it. What was not committed is removed.
 */
void
matinee_save_file_free (MatineeSaveFile *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->target);
  g_free (self->path);
  g_free (self);
}
