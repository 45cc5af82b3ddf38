/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-npy.h"

#include <string.h>

/* The format of NumPy's own files: eight bytes of magic and version, the length
 * of the header in two bytes (in four from version 2 on), little-endian, and the
 * header: the source text of a Python dictionary, padded with spaces.
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
static const char magic[6] = "\x93NUMPY";

#define ALIGN 64
#define PREFIX_1 10
#define PREFIX_2 12

/**
 * matinee_npy_header_clear:
 * @header: a header
 *
 * Frees what it holds and leaves zeros.
 */
void
matinee_npy_header_clear (MatineeNpyHeader *header)
{
  g_free (header->type);
  *header = (MatineeNpyHeader){ 0 };
}

static void
append_shape (GString *text, const MatineeNpyHeader *header)
{
  g_string_append_c (text, '(');
  for (guint d = 0; d < header->n_dims; d++)
    g_string_append_printf (text, d == 0 ? "%" G_GUINT64_FORMAT : ", %" G_GUINT64_FORMAT, header->shape[d]);
  g_string_append (text, header->n_dims == 1 ? ",)" : ")");
}

/**
 * matinee_npy_header_write:
 * @header: a header of less than 64 KB
 *
 * Returns: (transfer full): the bytes that come before the elements, a multiple
 *   of 64
 */
GBytes *
matinee_npy_header_write (const MatineeNpyHeader *header)
{
  GString *text = g_string_new (NULL);
  gboolean simple = header->type[0] != '[';
  gsize length;

  g_string_append_len (text, magic, sizeof magic);
  g_string_append_len (text, "\x01\x00\x00\x00", 4);
  g_string_append_printf (text, simple ? "{'descr': '%s'" : "{'descr': %s", header->type);
  g_string_append_printf (text, ", 'fortran_order': %s, 'shape': ", header->fortran ? "True" : "False");
  append_shape (text, header);
  g_string_append (text, ", }");
  while ((text->len + 1) % ALIGN != 0)
    g_string_append_c (text, ' ');
  g_string_append_c (text, '\n');
  length = text->len - PREFIX_1;
  g_assert (length <= G_MAXUINT16);
  text->str[8] = (char) (length & 0xff);
  text->str[9] = (char) (length >> 8);
  return g_string_free_to_bytes (text);
}

/**
 * matinee_npy_header_size:
 * @prefix: the first bytes of a file
 *
 * Returns: where the elements begin, at most %MATINEE_NPY_MAX_HEADER; 0 when this
 *   is no .npy file
 */
gsize
matinee_npy_header_size (const guint8 prefix[MATINEE_NPY_PREFIX])
{
  guint64 size;

  if (memcmp (prefix, magic, sizeof magic) != 0 || prefix[6] < 1 || prefix[6] > 3)
    return 0;
  size = prefix[8] | (guint64) prefix[9] << 8;
  if (prefix[6] == 1)
    size += PREFIX_1;
  else
    size += ((guint64) prefix[10] << 16 | (guint64) prefix[11] << 24) + PREFIX_2;
  return size >= MATINEE_NPY_PREFIX && size <= MATINEE_NPY_MAX_HEADER ? size : 0;
}

/* The text after a key of the dictionary and its colon. */
static const char *
find_value (const char *text, const char *key)
{
  const char *value = strstr (text, key);

  if (value == NULL)
    return NULL;
  value += strlen (key);
  while (*value == ' ')
    value++;
  return *value == ':' ? value + 1 + strspn (value + 1, " ") : NULL;
}

static char *
parse_type (const char *value)
{
  const char *end;
  int depth = 0;

  if (*value == '\'' || *value == '"')
    {
      end = strchr (value + 1, *value);
      return end != NULL ? g_strndup (value + 1, (gsize) (end - value - 1)) : NULL;
    }
  if (*value != '[')
    return NULL;
  for (end = value; *end != '\0'; end++)
    {
      depth += *end == '[' ? 1 : *end == ']' ? -1 : 0;
      if (depth == 0)
        return g_strndup (value, (gsize) (end - value + 1));
    }
  return NULL;
}

static gboolean
parse_shape (const char *value, MatineeNpyHeader *header)
{
  if (*value++ != '(')
    return FALSE;
  for (;;)
    {
      char *end;

      value += strspn (value, " ");
      if (*value == ')')
        return TRUE;
      if (!g_ascii_isdigit (*value) || header->n_dims == MATINEE_NPY_MAX_DIMS)
        return FALSE;
      header->shape[header->n_dims++] = g_ascii_strtoull (value, &end, 10);
      value = end + strspn (end, "L ");
      if (*value == ',')
        value++;
      else if (*value != ')')
        return FALSE;
    }
}

/**
 * matinee_npy_header_parse:
 * @data: (array length=size): all that comes before the elements
 * @size: as matinee_npy_header_size() tells
 * @header: (out): the header
 *
 * Returns: whether it could be understood
 */
gboolean
matinee_npy_header_parse (const guint8 *data, gsize size, MatineeNpyHeader *header)
{
  gsize begin = data[6] == 1 ? PREFIX_1 : PREFIX_2;
  g_autofree char *text = g_strndup ((const char *) data + begin, size - begin);
  const char *type = find_value (text, "'descr'");
  const char *order = find_value (text, "'fortran_order'");
  const char *shape = find_value (text, "'shape'");

  *header = (MatineeNpyHeader){ 0 };
  if (type == NULL || order == NULL || shape == NULL)
    return FALSE;
  header->type = parse_type (type);
  header->fortran = g_str_has_prefix (order, "True");
  if (header->type != NULL && parse_shape (shape, header) && (header->fortran || g_str_has_prefix (order, "False")))
    return TRUE;
  matinee_npy_header_clear (header);
  return FALSE;
}

/**
 * matinee_npy_header_describe:
 * @header: a header
 *
 * Returns: (transfer full): shape and type as NumPy shows them: "(610, 50) <f4"
 */
char *
matinee_npy_header_describe (const MatineeNpyHeader *header)
{
  GString *text = g_string_new (NULL);

  append_shape (text, header);
  g_string_append_printf (text, " %s", header->type);
  return g_string_free (text, FALSE);
}
