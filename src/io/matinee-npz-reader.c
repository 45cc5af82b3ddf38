/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-npz-reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "matinee-error.h"

#define BLOCK ((size_t) 1 << 20)

struct _MatineeNpzReader
{
  char *path;
  int fd;
  guint64 file_size;
  struct archive *archive;
  char *name;          /* (nullable): of the current member */
  guint64 size;        /* of the current member */
  const guint8 *block; /* what libarchive has unpacked and nobody has taken */
  gsize block_size;
  gboolean at_end; /* of the current member */
};

/**
 * matinee_npz_reader_set_error:
 * @self: a reader
 * @error: return location
 * @format: what is wrong, translated: a clause, "it holds no ids"
 * @...: for @format
 *
 * Sets a %MATINEE_ERROR_FORMAT that names the file.
 */
void
matinee_npz_reader_set_error (MatineeNpzReader *self, GError **error, const char *format, ...)
{
  g_autofree char *name = g_filename_display_name (self->path);
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT, _ ("\u201c%s\u201d can\u2019t be opened as a model: %s"),
               name, what);
}

static void
set_damaged (MatineeNpzReader *self, GError **error)
{
  const char *why = archive_error_string (self->archive);

  if (self->name != NULL)
    matinee_npz_reader_set_error (self, error,
                                  _ ("it is cut off or damaged in \u201c%s\u201d (%s); copy or save it again"),
                                  self->name, why != NULL ? why : "zip");
  else
    matinee_npz_reader_set_error (self, error, _ ("it is cut off or damaged (%s); copy or save it again"),
                                  why != NULL ? why : "zip");
}

static void
set_file_error (MatineeNpzReader *self, int code, GError **error)
{
  g_autofree char *name = g_filename_display_name (self->path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _ ("\u201c%s\u201d can\u2019t be opened: %s"), name,
               g_strerror (code));
}

static gboolean
looks_like_zip (MatineeNpzReader *self, GError **error)
{
  guint8 start[4];
  gssize n = pread (self->fd, start, sizeof start, 0);

  if (n < 0)
    {
      set_file_error (self, errno, error);
      return FALSE;
    }
  if (n == sizeof start && (memcmp (start, "PK\x03\x04", 4) == 0 || memcmp (start, "PK\x05\x06", 4) == 0))
    return TRUE;
  if (n == 0)
    matinee_npz_reader_set_error (self, error, _ ("it is empty"));
  else
    matinee_npz_reader_set_error (self, error, _ ("it is not an .npz file such as Matinee and NumPy save"));
  return FALSE;
}

static gboolean
open_file (MatineeNpzReader *self, GError **error)
{
  struct stat known;

  /* Not waiting for a writer, should it be a pipe. */
  self->fd = g_open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (self->fd < 0 || fstat (self->fd, &known) != 0)
    {
      set_file_error (self, errno, error);
      return FALSE;
    }
  if (!S_ISREG (known.st_mode))
    {
      matinee_npz_reader_set_error (self, error,
                                    S_ISDIR (known.st_mode) ? _ ("it is a folder") : _ ("it is not a regular file"));
      return FALSE;
    }
  self->file_size = (guint64) known.st_size;
  return looks_like_zip (self, error);
}

/**
 * matinee_npz_reader_new:
 * @path: the file to read
 * @error: return location
 *
 * Opens an archive, before its first member.
 *
 * Returns: (transfer full) (nullable): a reader, or %NULL with a #GFileError or
 *   %MATINEE_ERROR_FORMAT
 */
MatineeNpzReader *
matinee_npz_reader_new (const char *path, GError **error)
{
  g_autoptr (MatineeNpzReader) self = g_new0 (MatineeNpzReader, 1);

  self->path = g_strdup (path);
  self->fd = -1;
  if (!open_file (self, error) || !matinee_npz_reader_rewind (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * matinee_npz_reader_rewind:
 * @self: a reader
 * @error: return location
 *
 * Goes back to before the first member.
 *
 * Returns: %FALSE with an error
 */
gboolean
matinee_npz_reader_rewind (MatineeNpzReader *self, GError **error)
{
  g_clear_pointer (&self->archive, archive_read_free);
  g_clear_pointer (&self->name, g_free);
  self->block_size = 0;
  self->archive = archive_read_new ();
  if (lseek (self->fd, 0, SEEK_SET) != 0)
    {
      set_file_error (self, errno, error);
      return FALSE;
    }
  /* By its directory, which is at the end: a file that was cut off has none. */
  if (archive_read_support_format_zip_seekable (self->archive) == ARCHIVE_OK
      && archive_read_open_fd (self->archive, self->fd, BLOCK) == ARCHIVE_OK)
    return TRUE;
  set_damaged (self, error);
  return FALSE;
}

/**
 * matinee_npz_reader_next:
 * @self: a reader
 * @error: return location
 *
 * Goes to the next member. After the last one its name is %NULL.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT
 */
gboolean
matinee_npz_reader_next (MatineeNpzReader *self, GError **error)
{
  struct archive_entry *entry;
  int status;

  g_clear_pointer (&self->name, g_free);
  self->block_size = 0;
  self->at_end = FALSE;
  status = archive_read_next_header (self->archive, &entry);
  if (status == ARCHIVE_EOF)
    return TRUE;
  if (status != ARCHIVE_OK)
    {
      set_damaged (self, error);
      return FALSE;
    }
  self->name = g_strdup (archive_entry_pathname (entry) != NULL ? archive_entry_pathname (entry) : "");
  self->size = (guint64) archive_entry_size (entry);
  if (archive_entry_is_encrypted (entry))
    {
      matinee_npz_reader_set_error (self, error, _ ("\u201c%s\u201d in it is encrypted"), self->name);
      return FALSE;
    }
  return TRUE;
}

/**
 * matinee_npz_reader_get_name:
 * @self: a reader
 *
 * Returns: (nullable) (transfer none): name of the current member, with its
 *   ending; %NULL after the last
 */
const char *
matinee_npz_reader_get_name (MatineeNpzReader *self)
{
  return self->name;
}

/**
 * matinee_npz_reader_get_size:
 * @self: a reader
 *
 * Returns: bytes of the current member, unpacked, as the archive says: it may lie
 */
guint64
matinee_npz_reader_get_size (MatineeNpzReader *self)
{
  return self->size;
}

/**
 * matinee_npz_reader_get_file_size:
 * @self: a reader
 *
 * Returns: bytes of the whole file
 */
guint64
matinee_npz_reader_get_file_size (MatineeNpzReader *self)
{
  return self->file_size;
}

/* Unpacks some more. The checksum is looked at where the member ends. */
static gboolean
fill (MatineeNpzReader *self, GError **error)
{
  const void *block;
  la_int64_t offset;
  size_t size = 0;
  int status = archive_read_data_block (self->archive, &block, &size, &offset);

  if (status == ARCHIVE_EOF)
    self->at_end = TRUE;
  else if (status != ARCHIVE_OK)
    {
      set_damaged (self, error);
      return FALSE;
    }
  self->block = block;
  self->block_size = status == ARCHIVE_OK ? size : 0;
  return TRUE;
}

/**
 * matinee_npz_reader_read:
 * @self: a reader
 * @data: (out) (array length=size): where to put the bytes
 * @size: how many
 * @error: return location
 *
 * Reads the next bytes of the current member.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT, also when it ends before
 */
gboolean
matinee_npz_reader_read (MatineeNpzReader *self, gpointer data, gsize size, GError **error)
{
  guint8 *to = data;

  while (size > 0)
    {
      gsize n = MIN (size, self->block_size);

      if (n == 0)
        {
          if (!self->at_end && !fill (self, error))
            return FALSE;
          if (!self->at_end)
            continue;
          matinee_npz_reader_set_error (self, error, _ ("\u201c%s\u201d in it is too short"), self->name);
          return FALSE;
        }
      memcpy (to, self->block, n);
      self->block += n;
      self->block_size -= n;
      to += n;
      size -= n;
    }
  return TRUE;
}

/* Whether there can be so many elements in the bytes that there are. */
static gboolean
fits (MatineeNpzReader *self, const MatineeNpyHeader *header)
{
  guint64 n = 1;

  for (guint d = 0; d < header->n_dims; d++)
    if (!g_uint64_checked_mul (&n, n, header->shape[d]))
      return FALSE;
  return n <= self->size;
}

/**
 * matinee_npz_reader_begin_array:
 * @self: a reader whose current member is an .npy file
 * @header: (out): what is in it, to be cleared
 * @error: return location
 *
 * Reads the header of an array; its elements come next.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT
 */
gboolean
matinee_npz_reader_begin_array (MatineeNpzReader *self, MatineeNpyHeader *header, GError **error)
{
  guint8 data[MATINEE_NPY_MAX_HEADER];
  gsize size;

  *header = (MatineeNpyHeader){ 0 };
  if (!matinee_npz_reader_read (self, data, MATINEE_NPY_PREFIX, error))
    return FALSE;
  size = matinee_npy_header_size (data);
  if (size > 0 && !matinee_npz_reader_read (self, data + MATINEE_NPY_PREFIX, size - MATINEE_NPY_PREFIX, error))
    return FALSE;
  if (size == 0 || !matinee_npy_header_parse (data, size, header))
    matinee_npz_reader_set_error (self, error, _ ("“%s” in it is not a NumPy array"), self->name);
  else if (!fits (self, header))
    matinee_npz_reader_set_error (self, error, _ ("\u201c%s\u201d in it is too short"), self->name);
  else
    return TRUE;
  return FALSE;
}

/**
 * matinee_npz_reader_end:
 * @self: a reader
 * @error: return location
 *
 * Makes sure that the current member has been read to its end and was whole: all
 * bytes are checked by their checksum only here.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT
 */
gboolean
matinee_npz_reader_end (MatineeNpzReader *self, GError **error)
{
  while (!self->at_end && self->block_size == 0)
    if (!fill (self, error))
      return FALSE;
  if (self->block_size == 0)
    return TRUE;
  matinee_npz_reader_set_error (self, error, _ ("\u201c%s\u201d in it is too long"), self->name);
  return FALSE;
}

/**
 * matinee_npz_reader_free:
 * @self: (nullable) (transfer full): a reader
 *
 * Frees it.
 */
void
matinee_npz_reader_free (MatineeNpzReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->archive, archive_read_free);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}
