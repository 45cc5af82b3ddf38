/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-rated-arrays.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-memory.h"

/* Bytes that are read between two looks at the stop flag. */
#define PART ((gsize) 1 << 22)

G_STATIC_ASSERT (sizeof (gsize) == sizeof (guint64));

static gboolean
read_parts (MatineeNpzReader *reader, gpointer data, gsize size, MatineeStop *stop, GError **error)
{
  for (gsize at = 0; at < size; at += PART)
    {
      if (matinee_stop_requested (stop))
        {
          matinee_error_set_cancelled (error);
          return FALSE;
        }
      if (!matinee_npz_reader_read (reader, (char *) data + at, MIN (PART, size - at), error))
        return FALSE;
    }
  return matinee_npz_reader_end (reader, error);
}

/**
 * matinee_rated_arrays_load:
 * @self: arrays
 * @reader: a reader at the elements of one
 * @name: which: "rated_…"
 * @header: what is in it
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Reads one of the arrays.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT, %MATINEE_ERROR_MEMORY or
 *   %MATINEE_ERROR_CANCELLED
 */
gboolean
matinee_rated_arrays_load (MatineeRatedArrays *self, MatineeNpzReader *reader, const char *name,
                           const MatineeNpyHeader *header, MatineeStop *stop, GError **error)
{
  const struct
  {
    const char *name;
    const char *type;
    gsize size;
    gpointer *data;
    guint64 *n;
  } table[] = {
    { "rated_offsets", MATINEE_NPY_UINT64, sizeof (guint64), (gpointer *) &self->offsets, &self->n_offsets },
    { "rated_movies", MATINEE_NPY_UINT32, sizeof (guint32), (gpointer *) &self->movies, &self->n_movies },
    { "rated_codes", MATINEE_NPY_UINT8, sizeof (guint8), (gpointer *) &self->codes, &self->n_codes },
    { "rated_levels", MATINEE_NPY_FLOAT32, sizeof (float), (gpointer *) &self->levels, &self->n_levels },
    { "rated_values", MATINEE_NPY_FLOAT32, sizeof (float), (gpointer *) &self->values, &self->n_values },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (!g_str_equal (table[i].name, name))
        continue;
      if (header->n_dims != 1 || !g_str_equal (header->type, table[i].type))
        {
          g_autofree char *found = matinee_npy_header_describe (header);

          matinee_npz_reader_set_error (reader, error, _ ("\u201c%s\u201d in it is %s, but has to be (n,) %s"), name,
                                        found, table[i].type);
          return FALSE;
        }
      *table[i].n = header->shape[0];
      *table[i].data = matinee_alloc (*table[i].n, table[i].size, _ ("the ratings of the model"), error);
      return *table[i].data != NULL && read_parts (reader, *table[i].data, *table[i].n * table[i].size, stop, error);
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
set_wrong (MatineeNpzReader *reader, GError **error)
{
  matinee_npz_reader_set_error (reader, error, _ ("the arrays of its ratings do not fit together"));
  return FALSE;
}

/* Whether every user's movies ascend and exist. */
static gboolean
rows_are_sound (const MatineeRatedArrays *self, guint32 n_users, guint32 n_movies)
{
  if (self->offsets[0] != 0 || self->offsets[n_users] != self->n_movies)
    return FALSE;
  for (guint32 user = 0; user < n_users; user++)
    if (self->offsets[user] > self->offsets[user + 1])
      return FALSE;
  for (guint32 user = 0; user < n_users; user++)
    {
      gsize end = self->offsets[user + 1];

      for (gsize i = self->offsets[user]; i < end; i++)
        if (self->movies[i] >= n_movies || (i > self->offsets[user] && self->movies[i] <= self->movies[i - 1]))
          return FALSE;
    }
  return TRUE;
}

static gboolean
codes_are_sound (const MatineeRatedArrays *self)
{
  guint8 highest = 0;

  if (self->n_codes != self->n_movies || self->levels == NULL || self->n_levels > MATINEE_MAX_LEVELS)
    return FALSE;
  for (guint64 i = 0; i < self->n_levels; i++)
    if (!isfinite (self->levels[i]) || (i > 0 && self->levels[i] <= self->levels[i - 1]))
      return FALSE;
  for (guint64 i = 0; i < self->n_codes; i++)
    highest = MAX (highest, self->codes[i]);
  return self->n_codes == 0 || highest < self->n_levels;
}

static gboolean
values_are_sound (const MatineeRatedArrays *self)
{
  if (self->values == NULL || self->n_values != self->n_movies || self->levels != NULL)
    return FALSE;
  for (guint64 i = 0; i < self->n_values; i++)
    if (!isfinite (self->values[i]))
      return FALSE;
  return TRUE;
}

/**
 * matinee_rated_arrays_complete:
 * @self: arrays, which are taken
 * @reader: where they came from
 * @n_users: users
 * @n_movies: movies
 * @by_user: (out) (nullable) (transfer full): the ratings, users as rows; %NULL
 *   when there are none of the arrays
 * @error: return location
 *
 * Checks what was read and makes a table of it, without copying. O(ratings).
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT
 */
gboolean
matinee_rated_arrays_complete (MatineeRatedArrays *self, MatineeNpzReader *reader, guint32 n_users, guint32 n_movies,
                               MatineeSparse **by_user, GError **error)
{
  MatineeSparse *sparse;

  *by_user = NULL;
  if (self->offsets == NULL && self->movies == NULL && self->codes == NULL && self->levels == NULL
      && self->values == NULL)
    return TRUE;
  if (self->offsets == NULL || self->movies == NULL || self->n_offsets != (guint64) n_users + 1
      || self->n_movies > G_MAXUINT32 || !rows_are_sound (self, n_users, n_movies)
      || (self->codes != NULL) == (self->values != NULL)
      || (self->codes != NULL ? !codes_are_sound (self) : !values_are_sound (self)))
    return set_wrong (reader, error);

  sparse = *by_user = g_new0 (MatineeSparse, 1);
  sparse->n_rows = n_users;
  sparse->n_columns = n_movies;
  sparse->n_entries = self->n_movies;
  sparse->offsets = g_steal_pointer (&self->offsets);
  sparse->columns = g_steal_pointer (&self->movies);
  sparse->codes = g_steal_pointer (&self->codes);
  sparse->values = g_steal_pointer (&self->values);
  if (self->levels != NULL)
    memcpy (sparse->levels, self->levels, self->n_levels * sizeof (float));
  return TRUE;
}

/**
 * matinee_rated_arrays_clear:
 * @self: arrays
 *
 * Frees them.
 */
void
matinee_rated_arrays_clear (MatineeRatedArrays *self)
{
  matinee_free (g_steal_pointer (&self->offsets));
  matinee_free (g_steal_pointer (&self->movies));
  matinee_free (g_steal_pointer (&self->codes));
  matinee_free (g_steal_pointer (&self->levels));
  matinee_free (g_steal_pointer (&self->values));
}
