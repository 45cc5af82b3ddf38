/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-held-out.h"

#include <glib/gi18n.h>

#include "matinee-cli-model.h"
#include "matinee-error.h"
#include "matinee-memory.h"

#define UNKNOWN G_MAXUINT32

/* Where each id of @from stands among those of the model, or UNKNOWN. */
static guint32 *
map_ids (const MatineeIds *from, const MatineeIds *to, GError **error)
{
  guint32 n = matinee_ids_get_n (from);
  guint32 *map = matinee_alloc (n, sizeof *map, _ ("the ids"), error);

  for (guint32 i = 0; map != NULL && i < n; i++)
    {
      char buffer[MATINEE_ID_BUFFER];

      if (!matinee_ids_find (to, matinee_ids_format (from, i, buffer), &map[i]))
        map[i] = UNKNOWN;
    }
  return map;
}

/* Counts the ratings, and writes those that the model knows to @known, if it is
 * there. */
static gsize
sift (MatineeCliHeldOut *held_out, const MatineeSparse *by_user, const guint32 *users, const guint32 *movies,
      MatineeTriples *known)
{
  gsize n = 0;

  held_out->n = by_user->n_entries;
  held_out->n_unknown_users = held_out->n_unknown_movies = 0;
  for (guint32 row = 0; row < by_user->n_rows; row++)
    for (gsize entry = by_user->offsets[row]; entry < by_user->offsets[row + 1]; entry++)
      if (users[row] == UNKNOWN)
        held_out->n_unknown_users++;
      else if (movies[by_user->columns[entry]] == UNKNOWN)
        held_out->n_unknown_movies++;
      else
        {
          if (known != NULL)
            {
              known->users[n] = users[row];
              known->movies[n] = movies[by_user->columns[entry]];
              known->values[n] = matinee_sparse_value (by_user, entry);
            }
          n++;
        }
  return n;
}

static gboolean
take_known (MatineeCliHeldOut *held_out, const MatineeModelFile *file, const MatineeRatings *ratings,
            const guint32 *users, const guint32 *movies, const char *path, MatineePool *pool, MatineeStop *stop,
            GError **error)
{
  gsize n = sift (held_out, ratings->by_user, users, movies, NULL);
  MatineeTriples triples = { 0 };
  g_autoptr (MatineeRatings) known = NULL;

  if (n == 0)
    {
      g_autofree char *name = g_filename_display_basename (path);

      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                   _ ("No rating in %s is of a user and a film that the model knows: is it another data set?"), name);
      return FALSE;
    }
  if (!matinee_triples_alloc (&triples, n, FALSE, error))
    return FALSE;
  sift (held_out, ratings->by_user, users, movies, &triples);
  known = matinee_ratings_new (file->model->users, file->model->movies, &triples, pool, stop, error);
  if (known == NULL)
    return FALSE;
  held_out->test = g_steal_pointer (&known->by_user);
  return TRUE;
}

/* What the model learnt from, less what it is judged by. */
static MatineeSparse *
subtract (const MatineeSparse *train, const MatineeSparse *test, gsize *n_common, GError **error)
{
  MatineeSparse *left = matinee_sparse_alloc (train->n_rows, train->n_columns, train->n_entries, FALSE, error);
  gsize n = 0;

  if (left == NULL)
    return NULL;
  for (guint32 row = 0; row < train->n_rows; row++)
    {
      for (gsize entry = train->offsets[row]; entry < train->offsets[row + 1]; entry++)
        if (!matinee_sparse_contains (test, row, train->columns[entry], NULL))
          {
            left->columns[n] = train->columns[entry];
            left->values[n++] = matinee_sparse_value (train, entry);
          }
      left->offsets[row + 1] = n;
    }
  left->n_entries = n;
  *n_common = train->n_entries - n;
  return left;
}

static gboolean
make_split (MatineeCliHeldOut *held_out, const MatineeModelFile *file, MatineePool *pool, MatineeStop *stop,
            GError **error)
{
  MatineeSparse *train;
  gsize n_common = 0;

  if (!file->has_ratings)
    return TRUE;
  train = subtract (matinee_cli_get_train (file), held_out->test, &n_common, error);
  if (train == NULL)
    return FALSE;
  /* Without its split, a model's ratings are those of its test too. */
  held_out->n_learnt = file->model->split != NULL ? n_common : 0;
  if (train->n_entries == 0)
    {
      matinee_sparse_free (train);
      return TRUE;
    }
  held_out->split = matinee_split_new_parts (train, g_steal_pointer (&held_out->test), pool, stop, error);
  return held_out->split != NULL;
}

/**
 * matinee_cli_hold_out:
 * @held_out: (out caller-allocates): the ratings to judge by; zeros
 * @file: a model
 * @ratings: ratings of any users and movies
 * @path: where they come from
 * @pool: threads
 * @stop: (nullable): when to give up
 * @error: return location
 *
 * Takes from @ratings those whose user and movie the model knows, to judge it by
 * them. O(ratings of both).
 *
 * Returns: %FALSE with an error, %MATINEE_ERROR_DATA when there are none
 */
gboolean
matinee_cli_hold_out (MatineeCliHeldOut *held_out, const MatineeModelFile *file, const MatineeRatings *ratings,
                      const char *path, MatineePool *pool, MatineeStop *stop, GError **error)
{
  guint32 *users = map_ids (ratings->users, file->model->users, error);
  guint32 *movies = users != NULL ? map_ids (ratings->movies, file->model->movies, error) : NULL;
  gboolean good = movies != NULL && take_known (held_out, file, ratings, users, movies, path, pool, stop, error)
                  && make_split (held_out, file, pool, stop, error);

  matinee_free (users);
  matinee_free (movies);
  return good;
}

/**
 * matinee_cli_hold_out_again:
 * @held_out: (out caller-allocates): the ratings to judge by; zeros
 * @file: a model, with its split if it could be made again
 * @path: where it comes from
 * @error: return location
 *
 * Takes the ratings that were held out when the model was trained.
 *
 * Returns: %FALSE with %MATINEE_ERROR_DATA when they are not known
 */
gboolean
matinee_cli_hold_out_again (MatineeCliHeldOut *held_out, const MatineeModelFile *file, const char *path, GError **error)
{
  MatineeSplit *split = file->model->split;
  g_autofree char *name = g_filename_display_basename (path);

  if (split == NULL || split->test_by_user->n_entries == 0)
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                   file->model->params.split == MATINEE_SPLIT_GIVEN
                       ? _ ("Which ratings %s was tested on is not known: name a file of them with --test")
                       : _ ("Which ratings %s was tested on is not known: name the file that it was trained on with "
                            "--ratings, or one of other ratings with --test"),
                   name);
      return FALSE;
    }
  held_out->split = matinee_split_ref (split);
  held_out->n = split->test_by_user->n_entries;
  return TRUE;
}

/**
 * matinee_cli_held_out_get_test:
 * @held_out: ratings to judge by
 *
 * Returns: (transfer none): them, users as rows
 */
const MatineeSparse *
matinee_cli_held_out_get_test (const MatineeCliHeldOut *held_out)
{
  return held_out->split != NULL ? held_out->split->test_by_user : held_out->test;
}

/**
 * matinee_cli_held_out_clear:
 * @held_out: ratings
 *
 * Frees what it has.
 */
void
matinee_cli_held_out_clear (MatineeCliHeldOut *held_out)
{
  g_clear_pointer (&held_out->split, matinee_split_unref);
  g_clear_pointer (&held_out->test, matinee_sparse_free);
}
