/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-npz-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-memory.h"

/* Padded text may take this much before it is compressed, which makes it small. */
#define MAX_PADDED ((guint64) 256 << 20)

/* Elements are handed on in parts of about this many bytes. */
#define PART ((gsize) 1 << 18)

typedef struct
{
  gboolean valid; /* all are UTF-8 */
  gsize longest;  /* characters */
  guint64 n_bytes;
} Survey;

static Survey
survey (guint32 n, MatineeTextFunc func, gpointer data)
{
  Survey result = { .valid = TRUE };

  for (guint32 i = 0; i < n; i++)
    {
      const char *text = func (i, data);

      result.n_bytes += strlen (text);
      result.valid = result.valid && g_utf8_validate (text, -1, NULL);
      if (result.valid)
        result.longest = MAX (result.longest, (gsize) g_utf8_strlen (text, -1));
    }
  return result;
}

static gboolean
add_padded (MatineeNpzWriter *writer, const char *name, guint32 n, gsize width, MatineeTextFunc func, gpointer data,
            GError **error)
{
  g_autofree char *type = g_strdup_printf (MATINEE_NPY_TEXT "%" G_GSIZE_FORMAT, width);
  gsize rows = MAX (PART / (width * sizeof (gunichar)), 1);
  g_autofree gunichar *part = g_new (gunichar, rows * width);
  guint64 shape[] = { n };

  if (!matinee_npz_writer_begin_array (writer, name, type, width * sizeof (gunichar), 1, shape, TRUE, error))
    return FALSE;
  for (guint32 begin = 0; begin < n;)
    {
      guint32 end = (guint32) MIN (begin + rows, n);
      gsize size = (end - begin) * width * sizeof (gunichar);

      memset (part, 0, size);
      for (gunichar *row = part; begin < end; begin++, row += width)
        {
          const char *c = func (begin, data);

          for (gsize i = 0; *c != '\0'; c = g_utf8_next_char (c))
            row[i++] = g_utf8_get_char (c);
        }
      if (!matinee_npz_writer_write (writer, part, size, error))
        return FALSE;
    }
  return matinee_npz_writer_end_array (writer, error);
}

static gboolean
add_bytes (MatineeNpzWriter *writer, const char *name, guint32 n, guint64 n_bytes, MatineeTextFunc func, gpointer data,
           GError **error)
{
  g_autofree char *offsets_name = g_strconcat (name, "_offsets", NULL);
  guint64 n_offsets = (guint64) n + 1;
  guint64 offset = 0;

  if (!matinee_npz_writer_begin_array (writer, name, MATINEE_NPY_UINT8, 1, 1, &n_bytes, TRUE, error))
    return FALSE;
  for (guint32 i = 0; i < n; i++)
    {
      const char *text = func (i, data);

      if (!matinee_npz_writer_write (writer, text, strlen (text), error))
        return FALSE;
    }
  if (!matinee_npz_writer_end_array (writer, error)
      || !matinee_npz_writer_begin_array (writer, offsets_name, MATINEE_NPY_UINT64, 8, 1, &n_offsets, TRUE, error))
    return FALSE;
  for (guint32 i = 0; i < n; i++)
    {
      if (!matinee_npz_writer_write (writer, &offset, sizeof offset, error))
        return FALSE;
      offset += strlen (func (i, data));
    }
  return matinee_npz_writer_write (writer, &offset, sizeof offset, error)
         && matinee_npz_writer_end_array (writer, error);
}

/**
 * matinee_npz_writer_add_texts:
 * @writer: a writer
 * @name: name of the array
 * @n: how many texts
 * @func: (scope call): tells each, several times
 * @data: for @func
 * @error: return location
 *
 * Adds texts. Nothing of them is lost, whatever bytes they have.
 *
 * Returns: %FALSE with a #GFileError
 */
gboolean
matinee_npz_writer_add_texts (MatineeNpzWriter *writer, const char *name, guint32 n, MatineeTextFunc func,
                              gpointer data, GError **error)
{
  Survey found = survey (n, func, data);
  gsize width = MAX (found.longest, 1);

  if (found.valid && width <= MAX_PADDED / sizeof (gunichar) / MAX (n, 1))
    return add_padded (writer, name, n, width, func, data, error);
  return add_bytes (writer, name, n, found.n_bytes, func, data, error);
}

static void
set_wrong_type (MatineeNpzReader *reader, const MatineeNpyHeader *header, guint64 n, GError **error)
{
  g_autofree char *found = matinee_npy_header_describe (header);

  matinee_npz_reader_set_error (reader, error, _ ("\u201c%s\u201d in it is %s, but has to be %zu texts"),
                                matinee_npz_reader_get_name (reader), found, (gsize) n);
}

static void
set_no_text (MatineeNpzReader *reader, const char *name, gsize index, GError **error)
{
  matinee_npz_reader_set_error (reader, error, _ ("“%s” in it holds something other than text at %zu"), name, index);
}

/* Turns one padded text to UTF-8; returns its bytes, or −1 when it is none. */
static gssize
unpad (const gunichar *row, gsize width, char *to)
{
  gsize n = 0;
  gsize i = 0;

  for (; i < width && row[i] != 0; i++)
    {
      if (!g_unichar_validate (row[i]))
        return -1;
      n += (gsize) g_unichar_to_utf8 (row[i], to + n);
    }
  for (; i < width; i++)
    if (row[i] != 0)
      return -1;
  to[n] = '\0';
  return (gssize) n;
}

static gboolean
read_padded (MatineeTextColumn *self, MatineeNpzReader *reader, gsize width, GError **error)
{
  gsize row_size = width * sizeof (gunichar);
  gsize rows = CLAMP (PART / row_size, 1, MAX (self->n, 1));
  gunichar *part = matinee_alloc (rows, row_size, _ ("the texts of the model"), error);
  gsize at = 0;
  gboolean done = FALSE;

  if (part == NULL)
    return FALSE;
  /* Room for the longest there could be: pages that aren't used cost nothing. */
  self->text = matinee_alloc (self->n, row_size + 1, _ ("the texts of the model"), error);
  self->offsets
      = self->text != NULL ? matinee_alloc (self->n, sizeof *self->offsets, _ ("the texts of the model"), error) : NULL;
  if (self->offsets == NULL)
    goto out;
  for (guint32 i = 0; i < self->n; i++)
    {
      gsize row = i % rows;
      gssize length;

      if (row == 0 && !matinee_npz_reader_read (reader, part, MIN (rows, self->n - i) * row_size, error))
        goto out;
      self->offsets[i] = at;
      length = unpad (part + row * width, width, self->text + at);
      if (length < 0)
        {
          set_no_text (reader, matinee_npz_reader_get_name (reader), i, error);
          goto out;
        }
      at += (gsize) length + 1;
    }
  done = matinee_npz_reader_end (reader, error);
out:
  matinee_free (part);
  return done;
}

/**
 * matinee_text_column_read:
 * @self: where to put the texts
 * @reader: a reader at the elements of an array
 * @header: the array's
 * @error: return location
 *
 * Reads NAME, of either kind.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT or %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_text_column_read (MatineeTextColumn *self, MatineeNpzReader *reader, const MatineeNpyHeader *header,
                          GError **error)
{
  if (header->n_dims == 1 && g_str_equal (header->type, MATINEE_NPY_UINT8) && self->bytes == NULL)
    {
      self->n_bytes = header->shape[0];
      self->bytes = matinee_alloc (self->n_bytes, 1, _ ("the texts of the model"), error);
      return self->bytes != NULL && matinee_npz_reader_read (reader, self->bytes, self->n_bytes, error)
             && matinee_npz_reader_end (reader, error);
    }
  if (header->n_dims == 1 && header->shape[0] == self->n && g_str_has_prefix (header->type, MATINEE_NPY_TEXT)
      && self->text == NULL)
    {
      guint64 width;

      if (g_ascii_string_to_unsigned (header->type + strlen (MATINEE_NPY_TEXT), 10, 1, 1 << 28, &width, NULL))
        return read_padded (self, reader, width, error);
    }
  set_wrong_type (reader, header, self->n, error);
  return FALSE;
}

/**
 * matinee_text_column_read_offsets:
 * @self: where to put the texts
 * @reader: a reader at the elements of an array
 * @header: the array's
 * @error: return location
 *
 * Reads NAME_offsets.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT or %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_text_column_read_offsets (MatineeTextColumn *self, MatineeNpzReader *reader, const MatineeNpyHeader *header,
                                  GError **error)
{
  gsize n = (gsize) self->n + 1;

  if (header->n_dims != 1 || header->shape[0] != n || !g_str_equal (header->type, MATINEE_NPY_UINT64)
      || self->ends != NULL)
    {
      set_wrong_type (reader, header, self->n, error);
      return FALSE;
    }
  self->ends = matinee_alloc (n, sizeof *self->ends, _ ("the texts of the model"), error);
  return self->ends != NULL && matinee_npz_reader_read (reader, self->ends, n * sizeof *self->ends, error)
         && matinee_npz_reader_end (reader, error);
}

/* Gives each of the bytes' texts its end. */
static gboolean
split_bytes (MatineeTextColumn *self, MatineeNpzReader *reader, const char *name, GError **error)
{
  self->offsets = matinee_alloc (self->n, sizeof *self->offsets, _ ("the texts of the model"), error);
  if (self->offsets == NULL)
    return FALSE;
  self->text = matinee_alloc (self->n_bytes + self->n, 1, _ ("the texts of the model"), error);
  if (self->text == NULL)
    return FALSE;
  for (guint32 i = 0; i < self->n; i++)
    {
      guint64 begin = self->ends[i];
      guint64 end = self->ends[i + 1];
      gsize at = begin + i;

      if ((i == 0 && begin != 0) || begin > end || end > self->n_bytes
          || memchr (self->bytes + begin, '\0', end - begin) != NULL)
        {
          set_no_text (reader, name, i, error);
          return FALSE;
        }
      self->offsets[i] = at;
      memcpy (self->text + at, self->bytes + begin, end - begin);
      self->text[at + (end - begin)] = '\0';
    }
  return TRUE;
}

/**
 * matinee_text_column_complete:
 * @self: texts
 * @reader: where they came from
 * @name: name of the array, for messages
 * @error: return location
 *
 * Puts together what was read. @self has no texts afterwards when there was
 * nothing of that name.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT or %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_text_column_complete (MatineeTextColumn *self, MatineeNpzReader *reader, const char *name, GError **error)
{
  if (self->text != NULL || (self->bytes == NULL && self->ends == NULL))
    return TRUE;
  if (self->bytes != NULL && self->ends != NULL)
    return split_bytes (self, reader, name, error);
  matinee_npz_reader_set_error (reader, error, _ ("only a part of “%s” in it is there"), name);
  return FALSE;
}

/**
 * matinee_text_column_get:
 * @self: texts that are complete and there
 * @index: 0 … n − 1
 *
 * Returns: (transfer none): the text
 */
const char *
matinee_text_column_get (const MatineeTextColumn *self, guint32 index)
{
  return self->text + self->offsets[index];
}

/**
 * matinee_text_column_clear:
 * @self: texts
 *
 * Frees them.
 */
void
matinee_text_column_clear (MatineeTextColumn *self)
{
  matinee_free (g_steal_pointer (&self->text));
  matinee_free (g_steal_pointer (&self->offsets));
  matinee_free (g_steal_pointer (&self->bytes));
  matinee_free (g_steal_pointer (&self->ends));
}
