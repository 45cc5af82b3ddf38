/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-id-column.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-ids.h"
#include "matinee-memory.h"

/**
 * matinee_id_column_init:
 * @column: (out caller-allocates): a column
 * @capacity: how many ids it has room for
 * @error: return location
 *
 * Returns: %FALSE with %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_id_column_init (MatineeIdColumn *column, gsize capacity, GError **error)
{
  *column = (MatineeIdColumn){ .form = MATINEE_ID_SMALL, .capacity = capacity, .low = G_MAXINT64, .high = G_MININT64 };
  column->small = matinee_alloc (capacity, sizeof (guint32), _ ("reading the ratings"), error);
  return column->small != NULL;
}

/**
 * matinee_id_column_clear:
 * @column: a column
 *
 * Frees what it holds and leaves it empty.
 */
void
matinee_id_column_clear (MatineeIdColumn *column)
{
  matinee_free (column->small);
  matinee_free (column->wide);
  matinee_string_table_free (column->texts);
  *column = (MatineeIdColumn){ .form = MATINEE_ID_SMALL };
}

static gboolean
make_wide (MatineeIdColumn *column, GError **error)
{
  column->wide = matinee_alloc (column->capacity, sizeof (gint64), _ ("reading the ratings"), error);
  if (column->wide == NULL)
    return FALSE;
  for (gsize i = 0; i < column->n; i++)
    column->wide[i] = column->small[i];
  matinee_free (g_steal_pointer (&column->small));
  column->form = MATINEE_ID_WIDE;
  return TRUE;
}

/* Integers that were read before an id that is none become text again: their
 * usual form is the one that the file had. */
static gboolean
make_text (MatineeIdColumn *column, GError **error)
{
  g_autoptr (MatineeStringTable) texts = matinee_string_table_new ();

  if (column->form == MATINEE_ID_WIDE)
    {
      column->small = matinee_alloc (column->capacity, sizeof (guint32), _ ("reading the ratings"), error);
      if (column->small == NULL)
        return FALSE;
    }
  for (gsize i = 0; i < column->n; i++)
    {
      gint64 id = column->form == MATINEE_ID_WIDE ? column->wide[i] : column->small[i];
      char buffer[MATINEE_ID_BUFFER];

      g_snprintf (buffer, sizeof buffer, "%" G_GINT64_FORMAT, id);
      if (!matinee_string_table_add (texts, buffer, strlen (buffer), &column->small[i], error))
        return FALSE;
    }
  matinee_free (g_steal_pointer (&column->wide));
  column->texts = g_steal_pointer (&texts);
  column->form = MATINEE_ID_TEXT;
  return TRUE;
}

/* Adds a string; one that comes again and again, as in a file in the order of its
 * users, is not looked for. */
static gboolean
add_text (MatineeIdColumn *column, const char *text, gsize length, GError **error)
{
  if (column->n > 0)
    {
      guint32 last = column->small[column->n - 1];
      gsize last_length;
      const char *last_text = matinee_string_table_get (column->texts, last, &last_length);

      if (last_length == length && memcmp (last_text, text, length) == 0)
        {
          column->small[column->n] = last;
          return TRUE;
        }
    }
  return matinee_string_table_add (column->texts, text, length, &column->small[column->n], error);
}

/**
 * matinee_id_column_add:
 * @column: a column with room for one more
 * @text: (array length=length): an id
 * @length: its bytes
 * @error: return location
 *
 * Adds an id of any kind.
 *
 * Returns: %FALSE with %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_id_column_add (MatineeIdColumn *column, const char *text, gsize length, GError **error)
{
  gint64 value = 0;

  g_assert (column->n < column->capacity);
  if (column->form != MATINEE_ID_TEXT)
    {
      gboolean integer = matinee_ids_parse_integer (text, length, &value);

      if (!integer && !make_text (column, error))
        return FALSE;
      if (column->form == MATINEE_ID_SMALL && (value < 0 || value > G_MAXUINT32) && !make_wide (column, error))
        return FALSE;
    }
  if (column->form == MATINEE_ID_TEXT && !add_text (column, text, length, error))
    return FALSE;
  if (column->form == MATINEE_ID_SMALL)
    column->small[column->n] = (guint32) value;
  else if (column->form == MATINEE_ID_WIDE)
    column->wide[column->n] = value;
  if (column->form != MATINEE_ID_TEXT)
    {
      column->low = MIN (column->low, value);
      column->high = MAX (column->high, value);
    }
  column->n++;
  return TRUE;
}
