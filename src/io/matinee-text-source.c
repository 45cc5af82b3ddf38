/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-text-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "matinee-error.h"
#include "matinee-input-file.h"
#include "matinee-memory.h"

/* Bytes unpacked by one call, which is what there is to do for others meanwhile. */
#define STEP ((gsize) 1 << 21)

/* Bytes unpacked between two looks at the flag to stop. */
#define PIECE ((gsize) 1 << 16)

struct _MatineeTextSource
{
  char *name;
  int file; /* −1 for compressed text */
  guint64 size;
  gboolean is_complete;

  MatineeArchive *archive; /* (nullable): of compressed text */
  gboolean owns_archive;
  char *window;  /* (array MATINEE_TEXT_WINDOW): byte b of the text is at b mod its size */
  guint64 from;  /* what is before is left behind */
  guint64 ahead; /* where unpacking goes on */
  gboolean ahead_is_end;
};

static MatineeTextSource *
new_source (const char *name)
{
  MatineeTextSource *source = g_new0 (MatineeTextSource, 1);

  source->file = -1;
  source->name = g_strdup (name);
  return source;
}

/* Unpacks the head, which says what the text is. */
static gboolean
unpack_head (MatineeTextSource *source, GError **error)
{
  source->window = matinee_alloc (MATINEE_TEXT_WINDOW, 1, _ ("unpacking the file"), error);
  if (source->window == NULL || !matinee_text_source_unpack (source, error))
    return FALSE;
  matinee_text_source_advance (source, 0);
  if (!matinee_archive_probe (source->window, (gsize) MIN (source->size, MATINEE_ARCHIVE_HEAD)))
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
               _ ("%s holds another archive or compressed file: unpack it, and open what comes out"), source->name);
  return FALSE;
}

/**
 * matinee_text_source_new_member:
 * @archive: an archive, at a member; must outlive the source
 * @error: return location
 *
 * Makes the current member of an archive a source of text.
 *
 * Returns: (transfer full) (nullable): the source, or %NULL with %MATINEE_ERROR_FORMAT
 *   (damaged, an archive in an archive), %MATINEE_ERROR_DATA, %MATINEE_ERROR_MEMORY,
 *   %MATINEE_ERROR_CANCELLED or a #GFileError
 */
MatineeTextSource *
matinee_text_source_new_member (MatineeArchive *archive, GError **error)
{
  g_autoptr (MatineeTextSource) source = new_source (matinee_archive_get_name (archive));

  source->archive = archive;
  return unpack_head (source, error) ? g_steal_pointer (&source) : NULL;
}

static MatineeTextSource *
open_compressed (const char *path, const char *member, MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeArchive) archive = matinee_archive_open (path, stop, error);
  MatineeTextSource *source;

  if (archive == NULL || !matinee_archive_find (archive, member, error))
    return NULL;
  source = matinee_text_source_new_member (archive, error);
  if (source == NULL)
    return NULL;
  source->owns_archive = TRUE;
  g_steal_pointer (&archive);
  return source;
}

/**
 * matinee_text_source_open:
 * @path: the file; it may be compressed, and may be a member of an archive, as in
 *   "ml-1m.zip/ml-1m/ratings.dat"; of an archive alone the first member is opened
 * @stop: (nullable): asks to stop unpacking; must outlive the source
 * @error: return location
 *
 * Opens a file for reading. Whether it is compressed is told by its content.
 * Memory: %MATINEE_TEXT_WINDOW when it is, however large the text.
 *
 * Returns: (transfer full) (nullable): the source, or %NULL with a #GFileError whose
 *   message names the file, %MATINEE_ERROR_NOT_FOUND (no such member), or an error of
 *   matinee_text_source_new_member()
 */
MatineeTextSource *
matinee_text_source_open (const char *path, MatineeStop *stop, GError **error)
{
  g_autofree char *member = NULL;
  g_autofree char *file = matinee_archive_split_path (path, &member);
  g_autofree char *name = g_filename_display_basename (file);
  g_autoptr (MatineeTextSource) source = new_source (name);
  char head[MATINEE_ARCHIVE_HEAD];
  gsize n;

  source->file = matinee_input_file_open (file, &source->size, error);
  if (source->file < 0)
    return NULL;
  n = (gsize) MIN (source->size, sizeof head);
  if (!matinee_text_source_read (source, 0, head, n, error))
    return NULL;
  if (member != NULL || matinee_archive_probe (head, n))
    return open_compressed (file, member, stop, error);
  source->is_complete = TRUE;
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
  if (source->owns_archive)
    matinee_archive_free (source->archive);
  matinee_free (source->window);
  g_free (source->name);
  g_free (source);
}

/**
 * matinee_text_source_get_name:
 * @source: a source
 *
 * Returns: (transfer none): the name of the file, for messages, with that of the
 *   archive that it is in: "ml-1m.zip: ml-1m/ratings.dat"
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
 * Returns: where the text ends that can be read now: the size of an ordinary file
 *   when it was opened, or of what of compressed text is unpacked
 */
guint64
matinee_text_source_get_size (const MatineeTextSource *source)
{
  return source->size;
}

/**
 * matinee_text_source_is_complete:
 * @source: a source
 *
 * Returns: whether the whole text ends where matinee_text_source_get_size() says;
 *   else there may be more to unpack
 */
gboolean
matinee_text_source_is_complete (const MatineeTextSource *source)
{
  return source->is_complete;
}

/**
 * matinee_text_source_get_fraction:
 * @source: a source that nobody is unpacking
 * @offset: up to where its text is dealt with
 *
 * Returns: how much of the file that is, 0 … 1; of compressed text, whose size is not
 *   known, how much of its compressed form is unpacked
 */
double
matinee_text_source_get_fraction (const MatineeTextSource *source, guint64 offset)
{
  if (source->archive != NULL)
    return matinee_archive_get_fraction (source->archive);
  return source->size > 0 ? (double) offset / (double) source->size : 1;
}

/**
 * matinee_text_source_read:
 * @source: a source
 * @offset: from which byte; not one that is left behind
 * @buffer: (array length=n): where to
 * @n: how many bytes; @offset + @n is at most the size
 * @error: return location
 *
 * Copies a part of the text.
 *
 * Returns: %FALSE with a #GFileError, also when the file has become shorter
 */
gboolean
matinee_text_source_read (const MatineeTextSource *source, guint64 offset, char *buffer, gsize n, GError **error)
{
  if (source->archive == NULL)
    return matinee_input_file_read (source->file, source->name, offset, buffer, n, error);

  g_assert (offset >= source->from && offset + n <= source->size);
  while (n > 0)
    {
      gsize at = (gsize) (offset % MATINEE_TEXT_WINDOW);
      gsize part = MIN (n, MATINEE_TEXT_WINDOW - at);

      memcpy (buffer, source->window + at, part);
      buffer += part;
      offset += part;
      n -= part;
    }
  return TRUE;
}

/**
 * matinee_text_source_unpack:
 * @source: a source
 * @error: return location
 *
 * Unpacks some more text, as far as there is room for it: up to 2 MiB. Others may
 * read meanwhile.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT (damaged), %MATINEE_ERROR_DATA (far too
 *   much text), %MATINEE_ERROR_CANCELLED or a #GFileError
 */
gboolean
matinee_text_source_unpack (MatineeTextSource *source, GError **error)
{
  guint64 until = MIN (source->from + MATINEE_TEXT_WINDOW, source->ahead + STEP);

  while (source->archive != NULL && !source->ahead_is_end && source->ahead < until)
    {
      gsize at = (gsize) (source->ahead % MATINEE_TEXT_WINDOW);
      gsize n = MIN (MIN (PIECE, MATINEE_TEXT_WINDOW - at), (gsize) (until - source->ahead));
      gsize got;

      if (!matinee_archive_read (source->archive, source->window + at, n, &got, error))
        return FALSE;
      source->ahead += got;
      source->ahead_is_end = got < n;
    }
  return TRUE;
}

/**
 * matinee_text_source_advance:
 * @source: a source that nobody is reading or unpacking
 * @from: what is before this byte will not be read any more
 *
 * Makes what was unpacked readable, and room for more.
 */
void
matinee_text_source_advance (MatineeTextSource *source, guint64 from)
{
  if (source->archive == NULL)
    return;
  source->from = MAX (source->from, from);
  source->size = source->ahead;
  source->is_complete = source->ahead_is_end;
}
