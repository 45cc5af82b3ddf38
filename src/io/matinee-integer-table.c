/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-integer-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-memory.h"
#include "matinee-random.h"

#define FREE_SLOT G_MAXUINT32

static gsize
find_slot (const MatineeIntegerTable *table, gint64 key)
{
  gsize slot = matinee_random_mix ((guint64) key) & (table->n_slots - 1);

  while (table->indices[slot] != FREE_SLOT && table->keys[slot] != key)
    slot = (slot + 1) & (table->n_slots - 1);
  return slot;
}

static gboolean
grow (MatineeIntegerTable *table, GError **error)
{
  MatineeIntegerTable larger = { .n = table->n, .n_slots = MAX (64, 2 * table->n_slots) };

  larger.keys = matinee_alloc (larger.n_slots, sizeof (gint64), _ ("the ids"), error);
  if (larger.keys == NULL)
    return FALSE;
  larger.indices = matinee_alloc (larger.n_slots, sizeof (guint32), _ ("the ids"), error);
  if (larger.indices == NULL)
    {
      matinee_free (larger.keys);
      return FALSE;
    }
  memset (larger.indices, 0xff, larger.n_slots * sizeof (guint32));
  for (gsize s = 0; s < table->n_slots; s++)
    if (table->indices[s] != FREE_SLOT)
      {
        gsize slot = find_slot (&larger, table->keys[s]);

        larger.keys[slot] = table->keys[s];
        larger.indices[slot] = table->indices[s];
      }
  matinee_integer_table_clear (table);
  *table = larger;
  return TRUE;
}

/**
 * matinee_integer_table_add:
 * @table: a table
 * @key: an integer
 * @index: its index, if it is new
 * @error: return location
 *
 * Adds an integer, if it is not there. Cost: O(1).
 *
 * Returns: %FALSE with %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_integer_table_add (MatineeIntegerTable *table, gint64 key, guint32 index, GError **error)
{
  gsize slot;

  if (table->n * 2 >= table->n_slots && !grow (table, error))
    return FALSE;
  slot = find_slot (table, key);
  if (table->indices[slot] == FREE_SLOT)
    {
      table->keys[slot] = key;
      table->indices[slot] = index;
      table->n++;
    }
  return TRUE;
}

/**
 * matinee_integer_table_find:
 * @table: a table that is not empty
 * @key: an integer that is there
 *
 * Returns: its index. Cost: O(1)
 */
guint32
matinee_integer_table_find (const MatineeIntegerTable *table, gint64 key)
{
  return table->indices[find_slot (table, key)];
}

/**
 * matinee_integer_table_clear:
 * @table: a table
 *
 * Frees what it holds and leaves it empty.
 */
void
matinee_integer_table_clear (MatineeIntegerTable *table)
{
  matinee_free (table->keys);
  matinee_free (table->indices);
  *table = (MatineeIntegerTable){ 0 };
}
