/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-model-parts.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-memory.h"

/* Rows that are read between two looks at the stop flag. */
#define STOP_ROWS 65536

typedef gboolean (*LoadFunc) (MatineeModelParts *self, const MatineeNpyHeader *header, GError **error);

static gboolean
read_to_end (MatineeModelParts *self, gpointer data, gsize size, GError **error)
{
  return matinee_npz_reader_read (self->reader, data, size, error) && matinee_npz_reader_end (self->reader, error);
}

/* Whether an array is what the description says. @wanted has up to two dimensions. */
static gboolean
expect (MatineeModelParts *self, const MatineeNpyHeader *header, const MatineeNpyHeader *wanted, GError **error)
{
  g_autofree char *found_text = NULL;
  g_autofree char *wanted_text = NULL;
  gboolean same = header->n_dims == wanted->n_dims && g_str_equal (header->type, wanted->type);

  for (guint d = 0; same && d < wanted->n_dims; d++)
    same = header->shape[d] == wanted->shape[d];
  if (same && (wanted->n_dims < 2 || !header->fortran))
    return TRUE;
  found_text = matinee_npy_header_describe (header);
  wanted_text = matinee_npy_header_describe (wanted);
  if (same)
    matinee_npz_reader_set_error (self->reader, error, _ ("“%s” in it is in Fortran’s order"),
                                  matinee_npz_reader_get_name (self->reader));
  else
    matinee_npz_reader_set_error (self->reader, error, _ ("\u201c%s\u201d in it is %s, but has to be %s"),
                                  matinee_npz_reader_get_name (self->reader), found_text, wanted_text);
  return FALSE;
}

/* Whether all are finite: the exponent of infinities and NaN has all bits set. */
static gboolean
are_finite (const float *numbers, gsize n)
{
  const guint32 exponent = 0x7f800000;
  guint32 bad = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint32 bits;

      memcpy (&bits, &numbers[i], sizeof bits);
      bad |= (bits & exponent) == exponent;
    }
  return bad == 0;
}

static void
set_not_finite (MatineeModelParts *self, gsize row, GError **error)
{
  matinee_npz_reader_set_error (self->reader, error,
                                _ ("\u201c%s\u201d in it holds in row %zu a number that is not finite or out of range"),
                                matinee_npz_reader_get_name (self->reader), row);
}

static gboolean
load_mean (MatineeModelParts *self, const MatineeNpyHeader *header, GError **error)
{
  const MatineeNpyHeader wanted = { .type = (char *) MATINEE_NPY_FLOAT64 };

  if (!expect (self, header, &wanted, error)
      || !read_to_end (self, &self->factors->mean, sizeof self->factors->mean, error))
    return FALSE;
  if (isfinite (self->factors->mean))
    return TRUE;
  set_not_finite (self, 0, error);
  return FALSE;
}

static gboolean
load_ids (MatineeModelParts *self, const MatineeNpyHeader *header, MatineeIdsKind kind, guint32 n, gint64 **ids,
          MatineeTextColumn *texts, GError **error)
{
  const MatineeNpyHeader wanted = { .type = (char *) MATINEE_NPY_INT64, .n_dims = 1, .shape = { n } };

  texts->n = n;
  if (kind == MATINEE_IDS_TEXT)
    return matinee_text_column_read (texts, self->reader, header, error);
  if (!expect (self, header, &wanted, error))
    return FALSE;
  *ids = matinee_alloc (n, sizeof **ids, _ ("the ids"), error);
  return *ids != NULL && read_to_end (self, *ids, n * sizeof **ids, error);
}

static gboolean
load_user_ids (MatineeModelParts *self, const MatineeNpyHeader *header, GError **error)
{
  return load_ids (self, header, self->description.user_ids, self->description.n_users, &self->user_ids,
                   &self->user_texts, error);
}

static gboolean
load_movie_ids (MatineeModelParts *self, const MatineeNpyHeader *header, GError **error)
{
  return load_ids (self, header, self->description.movie_ids, self->description.n_movies, &self->movie_ids,
                   &self->movie_texts, error);
}

static gboolean
load_offsets (MatineeModelParts *self, const MatineeNpyHeader *header, guint32 n, MatineeTextColumn *texts,
              GError **error)
{
  texts->n = n;
  return matinee_text_column_read_offsets (texts, self->reader, header, error);
}

static gboolean
load_user_id_offsets (MatineeModelParts *self, const MatineeNpyHeader *header, GError **error)
{
  return load_offsets (self, header, self->description.n_users, &self->user_texts, error);
}

static gboolean
load_movie_id_offsets (MatineeModelParts *self, const MatineeNpyHeader *header, GError **error)
{
  return load_offsets (self, header, self->description.n_movies, &self->movie_texts, error);
}

static gboolean
load_titles (MatineeModelParts *self, const MatineeNpyHeader *header, GError **error)
{
  self->titles.n = self->description.n_movies;
  return matinee_text_column_read (&self->titles, self->reader, header, error);
}

static gboolean
load_title_offsets (MatineeModelParts *self, const MatineeNpyHeader *header, GError **error)
{
  return load_offsets (self, header, self->description.n_movies, &self->titles, error);
}

static gboolean
load_genres (MatineeModelParts *self, const MatineeNpyHeader *header, GError **error)
{
  self->genres.n = self->description.n_movies;
  return matinee_text_column_read (&self->genres, self->reader, header, error);
}

static gboolean
load_genre_offsets (MatineeModelParts *self, const MatineeNpyHeader *header, GError **error)
{
  return load_offsets (self, header, self->description.n_movies, &self->genres, error);
}

static gboolean
load_biases (MatineeModelParts *self, const MatineeNpyHeader *header, guint32 n, float *biases, GError **error)
{
  const MatineeNpyHeader wanted = { .type = (char *) MATINEE_NPY_FLOAT32, .n_dims = 1, .shape = { n } };
  guint32 row = 0;

  if (!expect (self, header, &wanted, error) || !read_to_end (self, biases, n * sizeof (float), error))
    return FALSE;
  if (are_finite (biases, n))
    return TRUE;
  while (isfinite (biases[row]))
    row++;
  set_not_finite (self, row, error);
  return FALSE;
}

static gboolean
load_user_biases (MatineeModelParts *self, const MatineeNpyHeader *header, GError **error)
{
  return load_biases (self, header, self->description.n_users, self->factors->user_biases, error);
}

static gboolean
load_movie_biases (MatineeModelParts *self, const MatineeNpyHeader *header, GError **error)
{
  return load_biases (self, header, self->description.n_movies, self->factors->movie_biases, error);
}

static gboolean
load_factors (MatineeModelParts *self, const MatineeNpyHeader *header, guint32 n, float *rows, GError **error)
{
  gsize k = self->description.n_factors;
  const MatineeNpyHeader wanted = { .type = (char *) MATINEE_NPY_FLOAT32, .n_dims = 2, .shape = { n, k } };

  if (!expect (self, header, &wanted, error))
    return FALSE;
  for (guint32 row = 0; row < n; row++, rows += self->factors->stride)
    {
      if (row % STOP_ROWS == 0 && matinee_stop_requested (self->stop))
        {
          matinee_error_set_cancelled (error);
          return FALSE;
        }
      if (!matinee_npz_reader_read (self->reader, rows, k * sizeof (float), error))
        return FALSE;
      if (!are_finite (rows, k))
        {
          set_not_finite (self, row, error);
          return FALSE;
        }
    }
  return matinee_npz_reader_end (self->reader, error);
}

static gboolean
load_user_factors (MatineeModelParts *self, const MatineeNpyHeader *header, GError **error)
{
  return load_factors (self, header, self->description.n_users, self->factors->user_factors, error);
}

static gboolean
load_movie_factors (MatineeModelParts *self, const MatineeNpyHeader *header, GError **error)
{
  return load_factors (self, header, self->description.n_movies, self->factors->movie_factors, error);
}

static gboolean
load_trace (MatineeModelParts *self, const MatineeNpyHeader *header, GError **error)
{
  guint64 n = header->n_dims == 1 ? header->shape[0] : 0;
  g_autofree char *type = matinee_trace_dup_type ();
  const MatineeNpyHeader wanted = { .type = type, .n_dims = 1, .shape = { n } };

  if (!expect (self, header, &wanted, error))
    return FALSE;
  /* Points are added as they come, so that a false number of them costs nothing. */
  self->trace = matinee_trace_new ();
  for (guint64 i = 0; i < n; i++)
    {
      double record[MATINEE_TRACE_FIELDS];
      MatineeTracePoint point;

      if (!matinee_npz_reader_read (self->reader, record, sizeof record, error))
        return FALSE;
      if (!matinee_trace_point_from_record (record, &point))
        {
          set_not_finite (self, i, error);
          return FALSE;
        }
      matinee_trace_append (self->trace, &point);
    }
  return matinee_npz_reader_end (self->reader, error);
}

static gboolean
load_rated (MatineeModelParts *self, const MatineeNpyHeader *header, GError **error)
{
  const char *member = matinee_npz_reader_get_name (self->reader);
  g_autofree char *name = g_strndup (member, strlen (member) - strlen (".npy"));

  return matinee_rated_arrays_load (&self->rated, self->reader, name, header, self->stop, error);
}

/* The arrays of a model. Others may be there and are passed over. */
static const struct
{
  const char *name;
  LoadFunc load;
  gboolean required;
} arrays[MATINEE_N_MODEL_ARRAYS] = {
  { "mean", load_mean, TRUE },
  { "user_ids", load_user_ids, TRUE },
  { "user_ids_offsets", load_user_id_offsets, FALSE },
  { "movie_ids", load_movie_ids, TRUE },
  { "movie_ids_offsets", load_movie_id_offsets, FALSE },
  { "titles", load_titles, FALSE },
  { "titles_offsets", load_title_offsets, FALSE },
  { "genres", load_genres, FALSE },
  { "genres_offsets", load_genre_offsets, FALSE },
  { "user_biases", load_user_biases, TRUE },
  { "movie_biases", load_movie_biases, TRUE },
  { "user_factors", load_user_factors, TRUE },
  { "movie_factors", load_movie_factors, TRUE },
  { "trace", load_trace, TRUE },
  { "rated_offsets", load_rated, FALSE },
  { "rated_movies", load_rated, FALSE },
  { "rated_codes", load_rated, FALSE },
  { "rated_levels", load_rated, FALSE },
  { "rated_values", load_rated, FALSE },
};

/**
 * matinee_model_parts_find:
 * @member: name of a member of an archive
 *
 * Returns: which array of a model it is, or −1
 */
int
matinee_model_parts_find (const char *member)
{
  for (int i = 0; i < MATINEE_N_MODEL_ARRAYS; i++)
    {
      gsize length = strlen (arrays[i].name);

      if (strncmp (member, arrays[i].name, length) == 0 && strcmp (member + length, ".npy") == 0)
        return i;
    }
  return -1;
}

/**
 * matinee_model_parts_get_missing:
 * @found: for each array, whether it is there
 *
 * Returns: (nullable): name of an array that can't be done without
 */
const char *
matinee_model_parts_get_missing (const gboolean found[MATINEE_N_MODEL_ARRAYS])
{
  for (guint i = 0; i < MATINEE_N_MODEL_ARRAYS; i++)
    if (arrays[i].required && !found[i])
      return arrays[i].name;
  return NULL;
}

/**
 * matinee_model_parts_prepare:
 * @self: parts with their description
 * @error: return location
 *
 * Makes room.
 *
 * Returns: %FALSE with %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_model_parts_prepare (MatineeModelParts *self, GError **error)
{
  self->factors
      = matinee_factors_new (self->description.n_users, self->description.n_movies, self->description.n_factors, error);
  return self->factors != NULL;
}

/**
 * matinee_model_parts_load:
 * @self: parts, prepared, whose reader is at an array
 * @array: which array it is
 * @error: return location
 *
 * Reads an array and checks it.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT, %MATINEE_ERROR_MEMORY or
 *   %MATINEE_ERROR_CANCELLED
 */
gboolean
matinee_model_parts_load (MatineeModelParts *self, int array, GError **error)
{
  g_auto (MatineeNpyHeader) header = { 0 };

  return matinee_npz_reader_begin_array (self->reader, &header, error) && arrays[array].load (self, &header, error);
}

/**
 * matinee_model_parts_complete:
 * @self: parts whose arrays have been read
 * @error: return location
 *
 * Puts texts together that came in two arrays.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT or %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_model_parts_complete (MatineeModelParts *self, GError **error)
{
  return matinee_text_column_complete (&self->user_texts, self->reader, "user_ids", error)
         && matinee_text_column_complete (&self->movie_texts, self->reader, "movie_ids", error)
         && matinee_text_column_complete (&self->titles, self->reader, "titles", error)
         && matinee_text_column_complete (&self->genres, self->reader, "genres", error);
}

/**
 * matinee_model_parts_make_ids:
 * @self: complete parts
 * @side: whose ids
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the ids, or %NULL with
 *   %MATINEE_ERROR_FORMAT or %MATINEE_ERROR_MEMORY
 */
MatineeIds *
matinee_model_parts_make_ids (MatineeModelParts *self, MatineeSide side, GError **error)
{
  gint64 **integers = side == MATINEE_USERS ? &self->user_ids : &self->movie_ids;
  MatineeTextColumn *texts = side == MATINEE_USERS ? &self->user_texts : &self->movie_texts;
  g_autoptr (GError) failure = NULL;
  const char **list;
  MatineeIds *ids;

  if (*integers != NULL)
    ids = matinee_ids_new_integer (g_steal_pointer (integers), texts->n, &failure);
  else
    {
      list = matinee_alloc (texts->n, sizeof *list, _ ("the ids"), error);
      if (list == NULL)
        return NULL;
      for (guint32 i = 0; i < texts->n; i++)
        list[i] = matinee_text_column_get (texts, i);
      ids = matinee_ids_new_text (list, texts->n, &failure);
      matinee_free (list);
    }
  if (g_error_matches (failure, MATINEE_ERROR, MATINEE_ERROR_DATA))
    matinee_npz_reader_set_error (self->reader, error, "%s", failure->message);
  else if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return ids;
}

/**
 * matinee_model_parts_make_titles:
 * @self: complete parts
 * @movies: ids of the movies
 *
 * Returns: (transfer full) (nullable): the titles of those that have one; %NULL
 *   when the file has no titles
 */
MatineeTitles *
matinee_model_parts_make_titles (MatineeModelParts *self, MatineeIds *movies)
{
  g_autoptr (MatineeTitlesBuilder) builder = NULL;
  char buffer[MATINEE_ID_BUFFER];

  if (self->titles.text == NULL)
    return NULL;
  builder = matinee_titles_builder_new ();
  for (guint32 i = 0; i < self->titles.n; i++)
    {
      const char *title = matinee_text_column_get (&self->titles, i);
      const char *genres = self->genres.text != NULL ? matinee_text_column_get (&self->genres, i) : "";

      if (*title != '\0')
        matinee_titles_builder_add (builder, matinee_ids_format (movies, i, buffer), title, genres);
    }
  return matinee_titles_builder_finish (g_steal_pointer (&builder));
}

/**
 * matinee_model_parts_clear:
 * @self: parts
 *
 * Frees what is left of them.
 */
void
matinee_model_parts_clear (MatineeModelParts *self)
{
  matinee_model_description_clear (&self->description);
  g_clear_pointer (&self->factors, matinee_factors_free);
  g_clear_pointer (&self->trace, matinee_trace_free);
  matinee_free (g_steal_pointer (&self->user_ids));
  matinee_free (g_steal_pointer (&self->movie_ids));
  matinee_text_column_clear (&self->user_texts);
  matinee_text_column_clear (&self->movie_texts);
  matinee_text_column_clear (&self->titles);
  matinee_text_column_clear (&self->genres);
  matinee_rated_arrays_clear (&self->rated);
}
