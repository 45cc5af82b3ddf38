/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-part-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define GROUP "part"
#define KEY_VERSION "version"
#define KEY_VALIDATOR "validator"

struct _MatineePartFile
{
  char *path;      /* NAME.part */
  char *info;      /* NAME.part.info */
  char *version;   /* of the whole file */
  char *validator; /* (nullable): what the server calls this version */
  int fd;
  guint64 size;
};

static void
set_error (const char *path, int code, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    g_set_error (
        error, G_FILE_ERROR, G_FILE_ERROR_NOSPC,
        _ ("There is no room for “%s”: the disk is full, or files may not be so large. Make room, and try again: "
           "the download goes on where it stopped"),
        name);
  else
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                 _ ("“%s” can’t be written: %s. See to it that files may be written there, and try again"), name,
                 g_strerror (code));
}

/* A lock that the file system does not know is no reason to stop; one that somebody
 * else has is. */
static gboolean
lock (MatineePartFile *self, GError **error)
{
  g_autofree char *name = g_filename_display_name (self->path);

  if (flock (self->fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN,
               _ ("“%s” is being downloaded by another window or command: wait until that is done, or cancel it"),
               name);
  return FALSE;
}

/* What is there counts only if it is known what it is a part of. */
static gboolean
recognize (MatineePartFile *self, GError **error)
{
  g_autoptr (GKeyFile) info = g_key_file_new ();
  g_autofree char *version = NULL;
  struct stat known;

  if (fstat (self->fd, &known) != 0)
    {
      set_error (self->path, errno, error);
      return FALSE;
    }
  if (!S_ISREG (known.st_mode))
    {
      set_error (self->path, EEXIST, error);
      return FALSE;
    }
  if (g_key_file_load_from_file (info, self->info, G_KEY_FILE_NONE, NULL))
    version = g_key_file_get_string (info, GROUP, KEY_VERSION, NULL);
  if (g_strcmp0 (version, self->version) != 0)
    return matinee_part_file_restart (self, NULL, error);
  self->validator = g_key_file_get_string (info, GROUP, KEY_VALIDATOR, NULL);
  self->size = (guint64) known.st_size;
  return TRUE;
}

/**
 * matinee_part_file_new:
 * @path: the whole file
 * @version: tells versions of the whole file apart, such as its checksum
 * @error: return location
 *
 * Opens the part of that version that is there, or begins an empty one.
 *
 * Returns: (transfer full) (nullable): the part, or %NULL with a #GFileError
 */
MatineePartFile *
matinee_part_file_new (const char *path, const char *version, GError **error)
{
  g_autoptr (MatineePartFile) self = g_new0 (MatineePartFile, 1);

  self->path = g_strconcat (path, ".part", NULL);
  self->info = g_strconcat (path, ".part.info", NULL);
  self->version = g_strdup (version);
  self->fd = g_open (self->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
  if (self->fd < 0)
    {
      set_error (self->path, errno, error);
      return NULL;
    }
  if (!lock (self, error) || !recognize (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * matinee_part_file_get_size:
 * @self: a part
 *
 * Returns: how many bytes of the file are there, from its beginning
 */
guint64
matinee_part_file_get_size (MatineePartFile *self)
{
  return self->size;
}

/**
 * matinee_part_file_get_path:
 * @self: a part
 *
 * Returns: (transfer none): where these bytes are
 */
const char *
matinee_part_file_get_path (MatineePartFile *self)
{
  return self->path;
}

/**
 * matinee_part_file_get_validator:
 * @self: a part
 *
 * Returns: (transfer none) (nullable): what the server called the version that it is a
 *   part of, to be compared by the server (RFC 9110, section 13.1.5)
 */
const char *
matinee_part_file_get_validator (MatineePartFile *self)
{
  return self->validator;
}

/**
 * matinee_part_file_restart:
 * @self: a part
 * @validator: (nullable): what the server calls the version that comes now
 * @error: return location
 *
 * Throws away what is there.
 *
 * Returns: %FALSE with a #GFileError
 */
gboolean
matinee_part_file_restart (MatineePartFile *self, const char *validator, GError **error)
{
  g_autoptr (GKeyFile) info = g_key_file_new ();

  g_free (self->validator);
  self->validator = g_strdup (validator);
  self->size = 0;
  if (ftruncate (self->fd, 0) != 0)
    {
      set_error (self->path, errno, error);
      return FALSE;
    }
  g_key_file_set_string (info, GROUP, KEY_VERSION, self->version);
  if (validator != NULL)
    g_key_file_set_string (info, GROUP, KEY_VALIDATOR, validator);
  return g_key_file_save_to_file (info, self->info, error);
}

/**
 * matinee_part_file_append:
 * @self: a part
 * @data: (array length=size): bytes
 * @size: how many
 * @error: return location
 *
 * Adds the next bytes. What was written before an error stays.
 *
 * Returns: %FALSE with a #GFileError
 */
gboolean
matinee_part_file_append (MatineePartFile *self, gconstpointer data, gsize size, GError **error)
{
  const char *next = data;

  while (size > 0)
    {
      gssize n = write (self->fd, next, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_error (self->path, errno, error);
          return FALSE;
        }
      next += n;
      size -= (gsize) n;
      self->size += (guint64) n;
    }
  return TRUE;
}

/**
 * matinee_part_file_remove:
 * @self: a part
 *
 * Removes it from the disk; nothing may be added after that.
 */
void
matinee_part_file_remove (MatineePartFile *self)
{
  g_unlink (self->info);
  g_unlink (self->path);
}

/**
 * matinee_part_file_free:
 * @self: (nullable) (transfer full): a part
 *
 * Closes it. What is there stays for another day, unless it was removed.
 */
void
matinee_part_file_free (MatineePartFile *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self->info);
  g_free (self->version);
  g_free (self->validator);
  g_free (self);
}

/**
 * matinee_part_file_peek_size:
 * @path: the whole file
 *
 * Returns: how many bytes of it have been downloaded, without opening the part
 */
guint64
matinee_part_file_peek_size (const char *path)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  GStatBuf known;

  return g_stat (part, &known) == 0 && S_ISREG (known.st_mode) ? (guint64) known.st_size : 0;
}
