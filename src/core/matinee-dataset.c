/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-dataset.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-memory.h"

#define NO_TITLE G_MAXUINT32

/* Finds the title of each movie and counts what is missing on either side. */
static gboolean
join_titles (MatineeDataset *self, GError **error)
{
  const MatineeSparse *by_user = self->ratings->by_user;
  guint32 n_movies = by_user->n_columns;
  guint32 n_titled = 0;
  char buffer[MATINEE_ID_BUFFER];

  self->title_rows = matinee_alloc (n_movies, sizeof *self->title_rows, _ ("the titles"), error);
  if (self->title_rows == NULL)
    return FALSE;
  for (guint32 movie = 0; movie < n_movies; movie++)
    {
      const char *id = matinee_ids_format (self->ratings->movies, movie, buffer);

      if (matinee_titles_find (self->titles, id, &self->title_rows[movie]))
        n_titled++;
      else
        self->title_rows[movie] = NO_TITLE;
    }
  self->n_untitled_movies = n_movies - n_titled;
  self->n_unrated_titles = matinee_titles_get_n (self->titles) - n_titled;
  for (gsize j = 0; self->n_untitled_movies > 0 && j < by_user->n_entries; j++)
    self->n_untitled_ratings += self->title_rows[by_user->columns[j]] == NO_TITLE;
  return TRUE;
}

/**
 * matinee_dataset_new:
 * @ratings: the ratings; referenced
 * @titles: (nullable): the films; referenced
 * @error: return location
 *
 * Joins ratings and titles by their ids. O(movies + ratings).
 *
 * Returns: (transfer full) (nullable): the data set, or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
MatineeDataset *
matinee_dataset_new (MatineeRatings *ratings, MatineeTitles *titles, GError **error)
{
  g_autoptr (MatineeDataset) self = g_new0 (MatineeDataset, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->ratings = matinee_ratings_ref (ratings);
  self->noise_floor = NAN;
  if (titles != NULL)
    {
      self->titles = matinee_titles_ref (titles);
      if (!join_titles (self, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * matinee_dataset_new_planted:
 * @ratings: synthetic ratings; referenced
 * @titles: the films; referenced
 * @noise_floor: the RMSE that the known noise leaves
 * @error: return location
 *
 * Like matinee_dataset_new(), for data that were made.
 *
 * Returns: (transfer full) (nullable): the data set, or %NULL with an error
 */
MatineeDataset *
matinee_dataset_new_planted (MatineeRatings *ratings, MatineeTitles *titles, double noise_floor, GError **error)
{
  MatineeDataset *self = matinee_dataset_new (ratings, titles, error);

  if (self != NULL)
    {
      self->noise_floor = noise_floor;
      self->synthetic = TRUE;
    }
  return self;
}

/**
 * matinee_dataset_ref:
 * @self: a data set
 *
 * Returns: (transfer full): @self with one more reference
 */
MatineeDataset *
matinee_dataset_ref (MatineeDataset *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * matinee_dataset_unref:
 * @self: (transfer full): a data set
 *
 * Drops a reference; the last one frees it.
 */
void
matinee_dataset_unref (MatineeDataset *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->ratings, matinee_ratings_unref);
  g_clear_pointer (&self->titles, matinee_titles_unref);
  g_clear_pointer (&self->title_rows, matinee_free);
  g_free (self);
}

static gboolean
find_row (const MatineeDataset *self, guint32 movie, guint32 *row)
{
  if (self->title_rows == NULL || self->title_rows[movie] == NO_TITLE)
    return FALSE;
  *row = self->title_rows[movie];
  return TRUE;
}

/**
 * matinee_dataset_dup_title:
 * @self: a data set
 * @movie: index of a movie
 *
 * Returns: (transfer full): its title as the file has it, year and all, or
 *   "Movie 123" for a movie without one
 */
char *
matinee_dataset_dup_title (const MatineeDataset *self, guint32 movie)
{
  char buffer[MATINEE_ID_BUFFER];
  guint32 row;

  if (find_row (self, movie, &row))
    return g_strdup (matinee_titles_get_title (self->titles, row));
  return g_strdup_printf (_ ("Movie %s"), matinee_ids_format (self->ratings->movies, movie, buffer));
}

/**
 * matinee_dataset_dup_name:
 * @self: a data set
 * @movie: index of a movie
 *
 * Returns: (transfer full): its title without the year at its end, to be shown
 *   where the year stands beside it
 */
char *
matinee_dataset_dup_name (const MatineeDataset *self, guint32 movie)
{
  char *title = matinee_dataset_dup_title (self, movie);
  char *bracket;

  if (matinee_dataset_get_year (self, movie) != 0 && (bracket = strrchr (title, '(')) != NULL && bracket > title)
    {
      *bracket = '\0';
      g_strchomp (title);
    }
  return title;
}

/**
 * matinee_dataset_get_year:
 * @self: a data set
 * @movie: index of a movie
 *
 * Returns: the year that its title ends in, or 0
 */
int
matinee_dataset_get_year (const MatineeDataset *self, guint32 movie)
{
  guint32 row;

  return find_row (self, movie, &row) ? matinee_titles_get_year (self->titles, row) : 0;
}

/**
 * matinee_dataset_get_genres:
 * @self: a data set
 * @movie: index of a movie
 *
 * Returns: its genres, joined with '|', or ""
 */
const char *
matinee_dataset_get_genres (const MatineeDataset *self, guint32 movie)
{
  guint32 row;

  return find_row (self, movie, &row) ? matinee_titles_get_genres (self->titles, row) : "";
}

/**
 * matinee_dataset_get_density:
 * @self: a data set
 *
 * Returns: the share of all pairs of user and movie that have a rating, 0 … 1
 */
double
matinee_dataset_get_density (const MatineeDataset *self)
{
  const MatineeSparse *by_user = self->ratings->by_user;

  return (double) by_user->n_entries / ((double) by_user->n_rows * by_user->n_columns);
}
