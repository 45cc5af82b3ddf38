/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-string-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-memory.h"
#include "matinee-random.h"

struct _MatineeStringTable
{
  guint32 n;
  gsize n_slots;  /* a power of two, at least twice n */
  guint32 *slots; /* (array n_slots): index + 1, or 0 */
  gsize *offsets; /* (array n_slots/2+1): where each string begins, and the end */
  char *text;     /* (array text_capacity): strings, each with a NUL */
  gsize text_capacity;
};

/**
 * matinee_string_table_new:
 *
 * Returns: (transfer full): an empty table
 */
MatineeStringTable *
matinee_string_table_new (void)
{
  return g_new0 (MatineeStringTable, 1);
}

/**
 * matinee_string_table_free:
 * @table: (transfer full) (nullable): a table
 *
 * Frees it.
 */
void
matinee_string_table_free (MatineeStringTable *table)
{
  if (table == NULL)
    return;
  matinee_free (table->slots);
  matinee_free (table->offsets);
  matinee_free (table->text);
  g_free (table);
}

/* At most seven bytes as one number, which differs when they do (or the length). */
static guint64
load_tail (const char *text, gsize length)
{
  guint32 first, last;

  if (length == 0)
    return 0;
  if (length < 4)
    return (guint64) (guchar) text[0] | (guint64) (guchar) text[length / 2] << 8
           | (guint64) (guchar) text[length - 1] << 16;
  memcpy (&first, text, sizeof first);
  memcpy (&last, text + length - sizeof last, sizeof last);
  return (guint64) last << 32 | first;
}

static guint64
hash_text (const char *text, gsize length)
{
  guint64 hash = length * MATINEE_RANDOM_STEP;

  for (; length >= 8; text += 8, length -= 8)
    {
      guint64 word;

      memcpy (&word, text, sizeof word);
      hash = matinee_random_mix (hash ^ word);
    }
  return matinee_random_mix (hash ^ load_tail (text, length));
}

/* Puts a larger array in the place of an array. */
static gboolean
grow (gpointer *array, gsize used, gsize capacity, GError **error)
{
  gpointer larger = matinee_alloc (capacity, 1, _ ("the ids"), error);

  if (larger == NULL)
    return FALSE;
  if (used > 0)
    memcpy (larger, *array, used);
  matinee_free (*array);
  *array = larger;
  return TRUE;
}

static gboolean
grow_slots (MatineeStringTable *table, GError **error)
{
  gsize n_slots = MAX (64, table->n_slots * 2);
  guint32 *slots;

  if (!grow ((gpointer *) &table->offsets, table->n_slots > 0 ? (table->n + 1) * sizeof (gsize) : 0,
             (n_slots / 2 + 1) * sizeof (gsize), error))
    return FALSE;
  if (table->n_slots == 0)
    table->offsets[0] = 0;
  slots = matinee_alloc0 (n_slots, sizeof (guint32), _ ("the ids"), error);
  if (slots == NULL)
    return FALSE;
  for (guint32 i = 0; i < table->n; i++)
    {
      gsize length, slot;
      const char *text = matinee_string_table_get (table, i, &length);

      for (slot = hash_text (text, length) & (n_slots - 1); slots[slot] != 0;)
        slot = (slot + 1) & (n_slots - 1);
      slots[slot] = i + 1;
    }
  matinee_free (table->slots);
  table->slots = slots;
  table->n_slots = n_slots;
  return TRUE;
}

/**
 * matinee_string_table_add:
 * @table: a table
 * @text: (array length=length): a string
 * @length: its bytes
 * @index: (out): its number
 * @error: return location
 *
 * Finds a string, or adds it. Cost: O(length).
 *
 * Returns: %FALSE with %MATINEE_ERROR_MEMORY, or %MATINEE_ERROR_DATA when it
 *   would be one too many for an index
 */
gboolean
matinee_string_table_add (MatineeStringTable *table, const char *text, gsize length, guint32 *index, GError **error)
{
  gsize slot, end;

  if (table->n * (gsize) 2 >= table->n_slots && !grow_slots (table, error))
    return FALSE;
  for (slot = hash_text (text, length) & (table->n_slots - 1); table->slots[slot] != 0;
       slot = (slot + 1) & (table->n_slots - 1))
    {
      gsize known_length;
      const char *known = matinee_string_table_get (table, table->slots[slot] - 1, &known_length);

      if (known_length == length && memcmp (known, text, length) == 0)
        {
          *index = table->slots[slot] - 1;
          return TRUE;
        }
    }

  if (table->n >= G_MAXUINT32 - 1)
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA, _ ("There are too many ids: at most %u can be used"),
                   G_MAXUINT32 - 1);
      return FALSE;
    }
  end = table->offsets[table->n];
  if (end + length + 1 > table->text_capacity)
    {
      gsize capacity = MAX (2 * table->text_capacity, end + length + 1024);

      if (!grow ((gpointer *) &table->text, end, capacity, error))
        return FALSE;
      table->text_capacity = capacity;
    }
  memcpy (table->text + end, text, length);
  table->text[end + length] = '\0';
  *index = table->n++;
  table->offsets[table->n] = end + length + 1;
  table->slots[slot] = table->n;
  return TRUE;
}

/**
 * matinee_string_table_get_n:
 * @table: a table
 *
 * Returns: how many strings it has
 */
guint32
matinee_string_table_get_n (const MatineeStringTable *table)
{
  return table->n;
}

/**
 * matinee_string_table_get:
 * @table: a table
 * @index: 0 … n − 1
 * @length: (out) (optional): bytes of the string
 *
 * Returns: (transfer none): the string, ended by a NUL, valid until another is
 *   added
 */
const char *
matinee_string_table_get (const MatineeStringTable *table, guint32 index, gsize *length)
{
  if (length != NULL)
    *length = table->offsets[index + 1] - table->offsets[index] - 1;
  return table->text + table->offsets[index];
}
