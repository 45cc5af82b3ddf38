/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-history-lock.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Locks that belong to an open file, not to a process: closing another file, as
 * SQLite or a library may do, takes none of them away. */
#ifdef F_OFD_SETLK
#  define SET_LOCK F_OFD_SETLK
#  define GET_LOCK F_OFD_GETLK
#else
#  define SET_LOCK F_SETLK
#  define GET_LOCK F_GETLK
#endif

struct _MatineeHistoryLock
{
  int fd;
};

/**
 * matinee_history_lock_new:
 * @path: the file, which is made if it isn't there
 * @read_only: whether nothing can be locked, only looked at
 *
 * Returns: (transfer full): a lock; without a file, nothing is ever held
 */
MatineeHistoryLock *
matinee_history_lock_new (const char *path, gboolean read_only)
{
  MatineeHistoryLock *self = g_new0 (MatineeHistoryLock, 1);

  self->fd = g_open (path, (read_only ? O_RDONLY : O_RDWR | O_CREAT) | O_CLOEXEC, 0600);
  return self;
}

/**
 * matinee_history_lock_free:
 * @self: (nullable) (transfer full): a lock
 *
 * Gives up all that it holds.
 */
void
matinee_history_lock_free (MatineeHistoryLock *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

static struct flock
byte_range (short type, gint64 byte)
{
  return (struct flock){ .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };
}

/**
 * matinee_history_lock_take:
 * @self: a lock
 * @byte: which byte
 *
 * Returns: whether it was free, and now is held
 */
gboolean
matinee_history_lock_take (MatineeHistoryLock *self, gint64 byte)
{
  struct flock range = byte_range (F_WRLCK, byte);

  return self->fd >= 0 && fcntl (self->fd, SET_LOCK, &range) == 0;
}

/**
 * matinee_history_lock_release:
 * @self: a lock
 * @byte: a byte that it holds
 *
 * Gives it up.
 */
void
matinee_history_lock_release (MatineeHistoryLock *self, gint64 byte)
{
  struct flock range = byte_range (F_UNLCK, byte);

  if (self->fd >= 0)
    fcntl (self->fd, SET_LOCK, &range);
}

/**
 * matinee_history_lock_is_held:
 * @self: a lock
 * @byte: which byte
 *
 * Returns: whether somebody else holds it
 */
gboolean
matinee_history_lock_is_held (MatineeHistoryLock *self, gint64 byte)
{
  struct flock range = byte_range (F_RDLCK, byte);

  return self->fd >= 0 && fcntl (self->fd, GET_LOCK, &range) == 0 && range.l_type != F_UNLCK;
}
