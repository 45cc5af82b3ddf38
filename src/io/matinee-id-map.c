/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-id-map.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-integer-table.h"
#include "matinee-memory.h"
#include "matinee-sort.h"

/* Ranges of ids up to this size always get a table with a place for each. */
#define SMALL_RANGE ((guint64) 1 << 20)

/* The ids of one column of a file, block by block, on their way to indices. */
typedef struct
{
  MatineeIdColumn **columns;
  gsize n_columns;
  gint64 low;                  /* smallest id */
  gint64 high;                 /* largest id */
  guint32 *table;              /* (nullable): for integers (array high−low+1): marks, then indices; or for strings */
  MatineeIntegerTable *sets;   /* (nullable) (array n_workers): ids that each worker saw */
  MatineeIntegerTable indices; /* id → index, without @table */
  GError **worker_errors;
} IdMap;

static inline gint64
get_id (const MatineeIdColumn *column, gsize i)
{
  return column->form == MATINEE_ID_WIDE ? column->wide[i] : (gint64) column->small[i];
}

/* Several threads may mark one id: they all write the same, atomically. */
static void
mark_ids (gsize task, guint worker, gpointer data)
{
  IdMap *self = data;
  const MatineeIdColumn *column = self->columns[task];

  for (gsize i = 0; i < column->n; i++)
    {
      guint32 *mark = &self->table[(guint64) get_id (column, i) - (guint64) self->low];

      if (__atomic_load_n (mark, __ATOMIC_RELAXED) == 0)
        __atomic_store_n (mark, 1, __ATOMIC_RELAXED);
    }
}

static void
collect_ids (gsize task, guint worker, gpointer data)
{
  IdMap *self = data;
  const MatineeIdColumn *column = self->columns[task];

  for (gsize i = 0; i < column->n && self->worker_errors[worker] == NULL; i++)
    if (i == 0 || get_id (column, i) != get_id (column, i - 1))
      matinee_integer_table_add (&self->sets[worker], get_id (column, i), 0, &self->worker_errors[worker]);
}

static void
number_ids (gsize task, guint worker, gpointer data)
{
  IdMap *self = data;
  MatineeIdColumn *column = self->columns[task];

  if (column->form == MATINEE_ID_WIDE)
    {
      /* The indices take the place of the ids: what is written lies before what
       * is still to be read. */
      guint32 *indices = (guint32 *) column->wide;

      for (gsize i = 0; i < column->n; i++)
        {
          gint64 id = column->wide[i];

          indices[i] = self->table != NULL ? self->table[(guint64) id - (guint64) self->low]
                                           : matinee_integer_table_find (&self->indices, id);
        }
      column->small = indices;
      column->wide = NULL;
      column->form = MATINEE_ID_SMALL;
    }
  else if (self->table != NULL)
    for (gsize i = 0; i < column->n; i++)
      column->small[i] = self->table[(guint64) column->small[i] - (guint64) self->low];
  else
    for (gsize i = 0; i < column->n; i++)
      column->small[i] = matinee_integer_table_find (&self->indices, column->small[i]);
}

static gboolean
run (IdMap *self, MatineePoolFunc func, MatineePool *pool, MatineeStop *stop, GError **error)
{
  if (matinee_pool_run (pool, self->n_columns, func, self, stop))
    return TRUE;
  matinee_error_set_cancelled (error);
  return FALSE;
}

static void
set_range (IdMap *self)
{
  self->low = G_MAXINT64;
  self->high = G_MININT64;
  for (gsize c = 0; c < self->n_columns; c++)
    {
      self->low = MIN (self->low, self->columns[c]->low);
      self->high = MAX (self->high, self->columns[c]->high);
    }
}

static gboolean
check_number (gsize n, GError **error)
{
  if (n < G_MAXUINT32)
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA, _ ("There are too many ids: at most %u can be used"),
               G_MAXUINT32 - 1);
  return FALSE;
}

/* Ids in a small range: a table with a place for each of them. */
static gint64 *
list_dense (IdMap *self, gsize range, MatineePool *pool, MatineeStop *stop, guint32 *n, GError **error)
{
  gint64 *sorted;
  gsize count = 0;

  self->table = matinee_alloc0 (range, sizeof (guint32), _ ("the ids"), error);
  if (self->table == NULL || !run (self, mark_ids, pool, stop, error))
    return NULL;
  for (gsize i = 0; i < range; i++)
    count += self->table[i];
  if (!check_number (count, error))
    return NULL;
  sorted = matinee_alloc (count, sizeof (gint64), _ ("the ids"), error);
  if (sorted == NULL)
    return NULL;
  *n = 0;
  for (gsize i = 0; i < range; i++)
    if (self->table[i] != 0)
      {
        sorted[*n] = (gint64) ((guint64) self->low + i);
        self->table[i] = (*n)++;
      }
  return sorted;
}

/* Copies the ids of all sets into one array, unsorted, some perhaps twice. */
static gint64 *
gather (const IdMap *self, guint n_workers, gsize *n, GError **error)
{
  gint64 *all;
  gsize total = 0;

  for (guint w = 0; w < n_workers; w++)
    total += self->sets[w].n;
  all = matinee_alloc (total, sizeof (gint64), _ ("the ids"), error);
  *n = 0;
  for (guint w = 0; all != NULL && w < n_workers; w++)
    for (gsize s = 0; s < self->sets[w].n_slots; s++)
      if (self->sets[w].indices[s] != G_MAXUINT32)
        all[(*n)++] = self->sets[w].keys[s];
  return all;
}

/* Ids all over the place: a hash set for each worker, then all in order. */
static gint64 *
list_hashed (IdMap *self, MatineePool *pool, MatineeStop *stop, guint32 *n, GError **error)
{
  guint n_workers = matinee_pool_get_n_threads (pool);
  gboolean done;
  gint64 *sorted = NULL;
  gsize total = 0, kept = 0;

  self->sets = g_new0 (MatineeIntegerTable, n_workers);
  self->worker_errors = g_new0 (GError *, n_workers);
  done = run (self, collect_ids, pool, stop, error);
  for (guint w = 0; w < n_workers; w++)
    {
      GError *failure = g_steal_pointer (&self->worker_errors[w]);

      if (failure != NULL && done)
        g_propagate_error (error, failure);
      else
        g_clear_error (&failure);
      done = done && failure == NULL;
    }
  if (done)
    sorted = gather (self, n_workers, &total, error);
  for (guint w = 0; w < n_workers; w++)
    matinee_integer_table_clear (&self->sets[w]);
  if (sorted == NULL)
    return NULL;

  if (!matinee_sort (sorted, total, sizeof (gint64), matinee_sort_compare_integers, pool, stop, error))
    {
      matinee_free (sorted);
      return NULL;
    }
  for (gsize i = 0; i < total; i++)
    if (kept == 0 || sorted[kept - 1] != sorted[i])
      sorted[kept++] = sorted[i];
  for (gsize i = 0; i < kept; i++)
    if (!check_number (kept, error) || !matinee_integer_table_add (&self->indices, sorted[i], (guint32) i, error))
      {
        matinee_free (sorted);
        return NULL;
      }
  *n = (guint32) kept;
  return sorted;
}

static MatineeIds *
finish_integers (IdMap *self, MatineePool *pool, MatineeStop *stop, GError **error)
{
  gsize n_ids = 0;
  guint64 range;
  gint64 *sorted;
  guint32 n = 0;

  set_range (self);
  for (gsize c = 0; c < self->n_columns; c++)
    n_ids += self->columns[c]->n;
  range = n_ids == 0 ? 0 : (guint64) self->high - (guint64) self->low;
  if (range < MAX (SMALL_RANGE, n_ids / 2))
    sorted = list_dense (self, n_ids == 0 ? 0 : (gsize) range + 1, pool, stop, &n, error);
  else
    sorted = list_hashed (self, pool, stop, &n, error);
  if (sorted == NULL)
    return NULL;
  if (!run (self, number_ids, pool, stop, error))
    {
      matinee_free (sorted);
      return NULL;
    }
  return matinee_ids_new_integer (sorted, n, error);
}

typedef struct
{
  const char *text;
  guint32 index;
} NamedIndex;

static int
compare_names (const void *a, const void *b)
{
  return strcmp (((const NamedIndex *) a)->text, ((const NamedIndex *) b)->text);
}

/* Sorts the strings, and finds the place of each in the sorted order. */
static MatineeIds *
sort_texts (const MatineeStringTable *texts, guint32 *places, MatineePool *pool, MatineeStop *stop, GError **error)
{
  guint32 n = matinee_string_table_get_n (texts);
  NamedIndex *named = matinee_alloc (n, sizeof (NamedIndex), _ ("the ids"), error);
  const char **sorted = named != NULL ? matinee_alloc (n, sizeof (char *), _ ("the ids"), error) : NULL;
  MatineeIds *ids = NULL;

  if (sorted != NULL)
    {
      for (guint32 i = 0; i < n; i++)
        named[i] = (NamedIndex){ matinee_string_table_get (texts, i, NULL), i };
      if (matinee_sort (named, n, sizeof (NamedIndex), compare_names, pool, stop, error))
        {
          for (guint32 i = 0; i < n; i++)
            {
              sorted[i] = named[i].text;
              places[named[i].index] = i;
            }
          ids = matinee_ids_new_text (sorted, n, error);
        }
    }
  matinee_free (sorted);
  matinee_free (named);
  return ids;
}

/* Some blocks had integers only: they become text with the others. */
static gboolean
take_integers (MatineeStringTable *texts, MatineeIdColumn *column, GError **error)
{
  gint64 last = 0;
  guint32 index = 0;

  if (column->form == MATINEE_ID_WIDE)
    {
      column->small = matinee_alloc (column->n, sizeof (guint32), _ ("the ids"), error);
      if (column->small == NULL)
        return FALSE;
    }
  for (gsize i = 0; i < column->n; i++)
    {
      gint64 id = get_id (column, i);

      if (i == 0 || id != last)
        {
          char buffer[MATINEE_ID_BUFFER];

          g_snprintf (buffer, sizeof buffer, "%" G_GINT64_FORMAT, id);
          if (!matinee_string_table_add (texts, buffer, strlen (buffer), &index, error))
            return FALSE;
          last = id;
        }
      column->small[i] = index;
    }
  matinee_free (g_steal_pointer (&column->wide));
  column->form = MATINEE_ID_TEXT;
  return TRUE;
}

/* Puts the place of each string into the place of its number. */
static void
place_texts (gsize task, guint worker, gpointer data)
{
  IdMap *self = data;
  MatineeIdColumn *column = self->columns[task];

  for (gsize i = 0; i < column->n; i++)
    column->small[i] = self->table[column->small[i]];
}

static MatineeIds *
finish_texts (IdMap *self, MatineeStringTable *texts, MatineePool *pool, MatineeStop *stop, GError **error)
{
  MatineeIds *ids;

  for (gsize c = 0; c < self->n_columns; c++)
    {
      if (matinee_stop_requested (stop))
        {
          matinee_error_set_cancelled (error);
          return NULL;
        }
      if (self->columns[c]->form != MATINEE_ID_TEXT && !take_integers (texts, self->columns[c], error))
        return NULL;
    }
  self->table = matinee_alloc (matinee_string_table_get_n (texts), sizeof (guint32), _ ("the ids"), error);
  if (self->table == NULL)
    return NULL;
  ids = sort_texts (texts, self->table, pool, stop, error);
  if (ids != NULL && !run (self, place_texts, pool, stop, error))
    g_clear_pointer (&ids, matinee_ids_unref);
  return ids;
}

/**
 * matinee_id_map_take_texts:
 * @texts: the strings of all blocks so far
 * @column: the column in the next block
 * @error: return location
 *
 * Moves the strings of a block, if it has any, to those of all.
 *
 * Returns: %FALSE with %MATINEE_ERROR_MEMORY or %MATINEE_ERROR_DATA (too many)
 */
gboolean
matinee_id_map_take_texts (MatineeStringTable *texts, MatineeIdColumn *column, GError **error)
{
  guint32 n, *places;
  gboolean done = TRUE;

  if (column->form != MATINEE_ID_TEXT)
    return TRUE;
  n = matinee_string_table_get_n (column->texts);
  places = matinee_alloc (n, sizeof (guint32), _ ("the ids"), error);
  if (places == NULL)
    return FALSE;
  for (guint32 i = 0; i < n && done; i++)
    {
      gsize length;
      const char *text = matinee_string_table_get (column->texts, i, &length);

      done = matinee_string_table_add (texts, text, length, &places[i], error);
    }
  for (gsize i = 0; i < column->n && done; i++)
    column->small[i] = places[column->small[i]];
  g_clear_pointer (&column->texts, matinee_string_table_free);
  matinee_free (places);
  return done;
}

/**
 * matinee_id_map_finish:
 * @texts: the strings of all blocks, each of which was given to
 *   matinee_id_map_take_texts()
 * @columns: (array length=n_columns): the column in each block; on success its
 *   ids have become indices, in ->small
 * @n_columns: how many blocks
 * @pool: who does it
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Gives every id its index. When there is a string in any block, all ids are
 * text. Integers in a small range are looked up in a table with a place for
 * each, others in a hash table. Cost: O(n) and O(d log d) for d distinct ids.
 *
 * Returns: (transfer full) (nullable): the ids, or %NULL with
 *   %MATINEE_ERROR_MEMORY, %MATINEE_ERROR_CANCELLED or %MATINEE_ERROR_DATA
 */
MatineeIds *
matinee_id_map_finish (MatineeStringTable *texts, MatineeIdColumn **columns, gsize n_columns, MatineePool *pool,
                       MatineeStop *stop, GError **error)
{
  IdMap self = { .columns = columns, .n_columns = n_columns };
  MatineeIds *ids;

  if (matinee_string_table_get_n (texts) > 0)
    ids = finish_texts (&self, texts, pool, stop, error);
  else
    ids = finish_integers (&self, pool, stop, error);
  matinee_free (self.table);
  matinee_integer_table_clear (&self.indices);
  g_free (self.sets);
  g_free (self.worker_errors);
  return ids;
}
