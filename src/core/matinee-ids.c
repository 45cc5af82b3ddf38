/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-ids.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-memory.h"

struct _MatineeIds
{
  gatomicrefcount ref_count;
  MatineeIdsKind kind;
  guint32 n;
  gint64 *integers; /* (array n), ascending, when integers */
  gsize *offsets;   /* (array n), into text, when text */
  char *text;       /* each id with its end, ascending, when text */
};

static MatineeIds *
ids_new (MatineeIdsKind kind, guint32 n)
{
  MatineeIds *ids = g_new0 (MatineeIds, 1);

  g_atomic_ref_count_init (&ids->ref_count);
  ids->kind = kind;
  ids->n = n;
  return ids;
}

/**
 * matinee_ids_new_integer:
 * @sorted: (array length=n) (transfer full): the ids, ascending, none twice,
 *   from matinee_alloc()
 * @n: how many
 * @error: return location
 *
 * Makes a table of integer ids, which owns @sorted from now on, also when this
 * fails. Memory: 8 bytes an id.
 *
 * Returns: (transfer full) (nullable): the table, or %NULL with
 *   %MATINEE_ERROR_DATA when the ids are not ascending
 */
MatineeIds *
matinee_ids_new_integer (gint64 *sorted, guint32 n, GError **error)
{
  g_autoptr (MatineeIds) ids = ids_new (MATINEE_IDS_INTEGER, n);

  ids->integers = sorted;
  for (guint32 i = 1; i < n; i++)
    if (sorted[i - 1] >= sorted[i])
      {
        g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                     _ ("The ids are not in ascending order: %" PRId64 " comes after %" PRId64), sorted[i],
                     sorted[i - 1]);
        return NULL;
      }
  return g_steal_pointer (&ids);
}

/**
 * matinee_ids_new_text:
 * @sorted: (array length=n): the ids, ascending by strcmp(), none twice
 * @n: how many
 * @error: return location
 *
 * Makes a table of text ids. They are copied.
 *
 * Returns: (transfer full) (nullable): the table, or %NULL with
 *   %MATINEE_ERROR_MEMORY, or %MATINEE_ERROR_DATA when they are not ascending
 */
MatineeIds *
matinee_ids_new_text (const char *const *sorted, guint32 n, GError **error)
{
  g_autoptr (MatineeIds) ids = ids_new (MATINEE_IDS_TEXT, n);
  gsize size = 0;

  for (guint32 i = 0; i < n; i++)
    {
      if (i > 0 && strcmp (sorted[i - 1], sorted[i]) >= 0)
        {
          g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                       _ ("The ids are not in ascending order: \u201c%s\u201d comes after \u201c%s\u201d"), sorted[i],
                       sorted[i - 1]);
          return NULL;
        }
      size += strlen (sorted[i]) + 1;
    }
  ids->offsets = matinee_alloc (n, sizeof (gsize), _ ("the ids"), error);
  if (ids->offsets == NULL)
    return NULL;
  ids->text = matinee_alloc (size, 1, _ ("the ids"), error);
  if (ids->text == NULL)
    return NULL;

  size = 0;
  for (guint32 i = 0; i < n; i++)
    {
      gsize length = strlen (sorted[i]) + 1;

      ids->offsets[i] = size;
      memcpy (ids->text + size, sorted[i], length);
      size += length;
    }
  return g_steal_pointer (&ids);
}

/**
 * matinee_ids_ref:
 * @ids: a table
 *
 * Returns: (transfer full): @ids
 */
MatineeIds *
matinee_ids_ref (MatineeIds *ids)
{
  g_atomic_ref_count_inc (&ids->ref_count);
  return ids;
}

/**
 * matinee_ids_unref:
 * @ids: (transfer full) (nullable): a table
 *
 * Gives up a reference.
 */
void
matinee_ids_unref (MatineeIds *ids)
{
  if (ids == NULL || !g_atomic_ref_count_dec (&ids->ref_count))
    return;
  matinee_free (ids->integers);
  matinee_free (ids->offsets);
  matinee_free (ids->text);
  g_free (ids);
}

/**
 * matinee_ids_get_n:
 * @ids: a table
 *
 * Returns: how many ids there are
 */
guint32
matinee_ids_get_n (const MatineeIds *ids)
{
  return ids->n;
}

/**
 * matinee_ids_get_kind:
 * @ids: a table
 *
 * Returns: what the ids look like
 */
MatineeIdsKind
matinee_ids_get_kind (const MatineeIds *ids)
{
  return ids->kind;
}

/**
 * matinee_ids_parse_integer:
 * @text: (array length=length): an id
 * @length: its bytes
 * @value: (out): its value
 *
 * Reads an id that is a 64-bit integer in its usual decimal form: digits without
 * a leading zero, perhaps after a minus sign. What is accepted comes out the
 * same when printed again, so nothing is lost by keeping the number alone.
 *
 * Returns: whether @text is one
 */
gboolean
matinee_ids_parse_integer (const char *text, gsize length, gint64 *value)
{
  gboolean negative = length > 0 && text[0] == '-';
  gsize first = negative ? 1 : 0;
  guint64 limit = (guint64) G_MAXINT64 + (negative ? 1 : 0);
  guint64 magnitude = 0;

  if (length == first || length - first > 19 || (text[first] == '0' && length > 1))
    return FALSE;
  for (gsize i = first; i < length; i++)
    {
      if (text[i] < '0' || text[i] > '9')
        return FALSE;
      magnitude = magnitude * 10 + (guint64) (text[i] - '0');
    }
  if (magnitude > limit)
    return FALSE;
  *value = (gint64) (negative ? 0 - magnitude : magnitude);
  return TRUE;
}

/**
 * matinee_ids_find:
 * @ids: a table
 * @id: an id as the file shows it
 * @index: (out): its index
 *
 * Finds an id. Cost: O(log n).
 *
 * Returns: whether it is there
 */
gboolean
matinee_ids_find (const MatineeIds *ids, const char *id, guint32 *index)
{
  guint32 low = 0, high = ids->n;
  gint64 value;

  if (ids->kind == MATINEE_IDS_INTEGER)
    return matinee_ids_parse_integer (id, strlen (id), &value) && matinee_ids_find_integer (ids, value, index);

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      int order = strcmp (ids->text + ids->offsets[middle], id);

      if (order == 0)
        {
          *index = middle;
          return TRUE;
        }
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

/**
 * matinee_ids_find_integer:
 * @ids: a table of either kind
 * @id: an id
 * @index: (out): its index
 *
 * Finds an id that is an integer. Cost: O(log n).
 *
 * Returns: whether it is there
 */
gboolean
matinee_ids_find_integer (const MatineeIds *ids, gint64 id, guint32 *index)
{
  guint32 low = 0, high = ids->n;

  if (ids->kind == MATINEE_IDS_TEXT)
    {
      char buffer[MATINEE_ID_BUFFER];

      g_snprintf (buffer, sizeof buffer, "%" G_GINT64_FORMAT, id);
      return matinee_ids_find (ids, buffer, index);
    }

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (ids->integers[middle] < id)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == ids->n || ids->integers[low] != id)
    return FALSE;
  *index = low;
  return TRUE;
}

/**
 * matinee_ids_get_integer:
 * @ids: a table of integer ids
 * @index: 0 … n − 1
 *
 * Returns: the id
 */
gint64
matinee_ids_get_integer (const MatineeIds *ids, guint32 index)
{
  g_return_val_if_fail (ids->kind == MATINEE_IDS_INTEGER && index < ids->n, 0);
  return ids->integers[index];
}

/**
 * matinee_ids_format:
 * @ids: a table
 * @index: 0 … n − 1
 * @buffer: where integers are written
 *
 * Returns: (transfer none): the id as the file shows it: @buffer, or text that
 *   lives as long as @ids
 */
const char *
matinee_ids_format (const MatineeIds *ids, guint32 index, char buffer[MATINEE_ID_BUFFER])
{
  g_return_val_if_fail (index < ids->n, "");
  if (ids->kind == MATINEE_IDS_TEXT)
    return ids->text + ids->offsets[index];
  g_snprintf (buffer, MATINEE_ID_BUFFER, "%" G_GINT64_FORMAT, ids->integers[index]);
  return buffer;
}
