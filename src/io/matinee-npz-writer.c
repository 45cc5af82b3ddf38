/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-npz-writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>

#include "matinee-save-file.h"

/* 2 January 1980: the earliest that a zip can hold in every time zone. With one
 * moment for all, equal models are equal files. */
#define MOMENT 315619200

struct _MatineeNpzWriter
{
  char *path;
  MatineeSaveFile *file;
  struct archive *archive;
  struct archive_entry *entry;
  guint64 n_left; /* bytes of the array that are still to come */
  gboolean abandoned;
  GError *failure;
};

/* Never fails: after a failure libarchive would not free all it has. What went
 * wrong is kept and looked at after each call. */
static la_ssize_t
write_cb (struct archive *archive, void *data, const void *buffer, size_t size)
{
  MatineeNpzWriter *self = data;

  if (self->failure == NULL && !self->abandoned)
    matinee_save_file_write (self->file, buffer, size, &self->failure);
  return (la_ssize_t) size;
}

/* What the disk said counts for more than what libarchive made of it. */
static void
set_error (MatineeNpzWriter *self, GError **error)
{
  g_autofree char *name = NULL;

  if (self->failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return;
    }
  name = g_filename_display_name (self->path);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _ ("\u201c%s\u201d can\u2019t be saved: %s"), name,
               archive_error_string (self->archive));
}

/**
 * matinee_npz_writer_new:
 * @path: the file to write
 * @error: return location
 *
 * Begins an archive. What has that name now is replaced by
 * matinee_npz_writer_finish(), and not before.
 *
 * Returns: (transfer full) (nullable): a writer, or %NULL with a #GFileError
 */
MatineeNpzWriter *
matinee_npz_writer_new (const char *path, GError **error)
{
  g_autoptr (MatineeNpzWriter) self = g_new0 (MatineeNpzWriter, 1);

  self->path = g_strdup (path);
  self->file = matinee_save_file_new (path, error);
  if (self->file == NULL)
    return NULL;
  self->archive = archive_write_new ();
  self->entry = archive_entry_new ();
  /* No blocks: what is written goes to the disk as it comes, without a copy. */
  if (archive_write_set_format_zip (self->archive) != ARCHIVE_OK
      || archive_write_set_format_option (self->archive, "zip", "compression-level", "1") != ARCHIVE_OK
      || archive_write_set_bytes_per_block (self->archive, 0) != ARCHIVE_OK
      || archive_write_open (self->archive, self, NULL, write_cb, NULL) != ARCHIVE_OK)
    {
      set_error (self, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

static gboolean
begin_member (MatineeNpzWriter *self, const char *name, guint64 size, gboolean compress, GError **error)
{
  int status = compress ? archive_write_zip_set_compression_deflate (self->archive)
                        : archive_write_zip_set_compression_store (self->archive);

  archive_entry_clear (self->entry);
  archive_entry_set_pathname (self->entry, name);
  archive_entry_set_filetype (self->entry, AE_IFREG);
  archive_entry_set_perm (self->entry, 0644);
  archive_entry_set_mtime (self->entry, MOMENT, 0);
  archive_entry_set_size (self->entry, (la_int64_t) size);
  if (status == ARCHIVE_OK && archive_write_header (self->archive, self->entry) == ARCHIVE_OK && self->failure == NULL)
    return TRUE;
  set_error (self, error);
  return FALSE;
}

static gboolean
write_bytes (MatineeNpzWriter *self, gconstpointer data, gsize size, GError **error)
{
  if (size == 0 || (archive_write_data (self->archive, data, size) == (la_ssize_t) size && self->failure == NULL))
    return TRUE;
  set_error (self, error);
  return FALSE;
}

/**
 * matinee_npz_writer_add_member:
 * @self: a writer
 * @name: name of the member, with its ending
 * @data: (array length=size): bytes
 * @size: how many
 * @error: return location
 *
 * Adds a file that is no array.
 *
 * Returns: %FALSE with a #GFileError
 */
gboolean
matinee_npz_writer_add_member (MatineeNpzWriter *self, const char *name, gconstpointer data, gsize size, GError **error)
{
  return begin_member (self, name, size, FALSE, error) && write_bytes (self, data, size, error);
}

/**
 * matinee_npz_writer_begin_array:
 * @self: a writer
 * @name: name of the array
 * @type: type of the elements, as in %MatineeNpyHeader
 * @item_size: bytes of one
 * @n_dims: dimensions
 * @shape: (array length=n_dims): the length of each
 * @compress: whether it is worth compressing: numbers that were learnt are not
 * @error: return location
 *
 * Begins an array, whose elements come by matinee_npz_writer_write().
 *
 * Returns: %FALSE with a #GFileError
 */
gboolean
matinee_npz_writer_begin_array (MatineeNpzWriter *self, const char *name, const char *type, gsize item_size,
                                guint n_dims, const guint64 *shape, gboolean compress, GError **error)
{
  MatineeNpyHeader header = { .type = (char *) type, .n_dims = n_dims };
  g_autofree char *member = g_strconcat (name, ".npy", NULL);
  g_autoptr (GBytes) bytes = NULL;
  gsize size;

  self->n_left = item_size;
  for (guint d = 0; d < n_dims; d++)
    {
      header.shape[d] = shape[d];
      self->n_left *= shape[d];
    }
  bytes = matinee_npy_header_write (&header);
  size = g_bytes_get_size (bytes);
  return begin_member (self, member, size + self->n_left, compress, error)
         && write_bytes (self, g_bytes_get_data (bytes, NULL), size, error);
}

/**
 * matinee_npz_writer_write:
 * @self: a writer
 * @data: (array length=size): elements in the order of C, of any part of the array
 * @size: bytes
 * @error: return location
 *
 * Writes some elements.
 *
 * Returns: %FALSE with a #GFileError
 */
gboolean
matinee_npz_writer_write (MatineeNpzWriter *self, gconstpointer data, gsize size, GError **error)
{
  g_return_val_if_fail (size <= self->n_left, FALSE);

  self->n_left -= size;
  return write_bytes (self, data, size, error);
}

/**
 * matinee_npz_writer_end_array:
 * @self: a writer that has got all elements
 * @error: return location
 *
 * Ends an array.
 *
 * Returns: %FALSE with a #GFileError
 */
gboolean
matinee_npz_writer_end_array (MatineeNpzWriter *self, GError **error)
{
  g_return_val_if_fail (self->n_left == 0, FALSE);

  if (archive_write_finish_entry (self->archive) == ARCHIVE_OK && self->failure == NULL)
    return TRUE;
  set_error (self, error);
  return FALSE;
}

/**
 * matinee_npz_writer_finish:
 * @self: a writer, to be freed afterwards
 * @error: return location
 *
 * Ends the archive, waits until it is on disk and puts it in its place.
 *
 * Returns: %FALSE with a #GFileError; what was there before is still there
 */
gboolean
matinee_npz_writer_finish (MatineeNpzWriter *self, GError **error)
{
  if (archive_write_close (self->archive) != ARCHIVE_OK || self->failure != NULL)
    {
      set_error (self, error);
      return FALSE;
    }
  return matinee_save_file_commit (self->file, error);
}

/**
 * matinee_npz_writer_free:
 * @self: (nullable) (transfer full): a writer
 *
 * Frees it. Without matinee_npz_writer_finish() nothing is left of the archive.
 */
void
matinee_npz_writer_free (MatineeNpzWriter *self)
{
  if (self == NULL)
    return;
  /* Closing would write the rest of an archive that nobody wants. */
  self->abandoned = TRUE;
  g_clear_pointer (&self->archive, archive_write_free);
  g_clear_pointer (&self->entry, archive_entry_free);
  matinee_save_file_free (self->file);
  g_clear_error (&self->failure);
  g_free (self->path);
  g_free (self);
}
