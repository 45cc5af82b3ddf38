/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-ratings.h"

#include <glib/gi18n-lib.h>

#include "matinee-memory.h"

/**
 * matinee_triples_alloc:
 * @triples: (out caller-allocates): triples
 * @n: how many
 * @with_codes: whether to have codes, or else values
 * @error: return location
 *
 * Allocates room for triples, without times.
 *
 * Returns: %FALSE with %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_triples_alloc (MatineeTriples *triples, gsize n, gboolean with_codes, GError **error)
{
  *triples = (MatineeTriples){ .n = n };
  triples->users = matinee_alloc (n, sizeof (guint32), _ ("reading the ratings"), error);
  if (triples->users == NULL)
    return FALSE;
  triples->movies = matinee_alloc (n, sizeof (guint32), _ ("reading the ratings"), error);
  if (triples->movies != NULL && with_codes)
    triples->codes = matinee_alloc (n, 1, _ ("reading the ratings"), error);
  else if (triples->movies != NULL)
    triples->values = matinee_alloc (n, sizeof (float), _ ("reading the ratings"), error);
  if (triples->codes != NULL || triples->values != NULL)
    return TRUE;
  matinee_triples_clear (triples);
  return FALSE;
}

/**
 * matinee_triples_clear:
 * @triples: triples
 *
 * Frees the arrays and leaves none.
 */
void
matinee_triples_clear (MatineeTriples *triples)
{
  triples->n = 0;
  matinee_free (g_steal_pointer (&triples->users));
  matinee_free (g_steal_pointer (&triples->movies));
  matinee_free (g_steal_pointer (&triples->codes));
  matinee_free (g_steal_pointer (&triples->values));
  matinee_free (g_steal_pointer (&triples->times));
}

/**
 * matinee_ratings_ref:
 * @ratings: ratings
 *
 * Returns: (transfer full): @ratings
 */
MatineeRatings *
matinee_ratings_ref (MatineeRatings *ratings)
{
  g_atomic_ref_count_inc (&ratings->ref_count);
  return ratings;
}

/**
 * matinee_ratings_unref:
 * @ratings: (transfer full) (nullable): ratings
 *
 * Gives up a reference.
 */
void
matinee_ratings_unref (MatineeRatings *ratings)
{
  if (ratings == NULL || !g_atomic_ref_count_dec (&ratings->ref_count))
    return;
  matinee_ids_unref (ratings->users);
  matinee_ids_unref (ratings->movies);
  matinee_sparse_free (ratings->by_user);
  matinee_free (ratings->times);
  g_free (ratings->no_times);
  g_free (ratings);
}

/**
 * matinee_ratings_get_n_users:
 * @ratings: ratings
 *
 * Returns: how many users there are
 */
guint32
matinee_ratings_get_n_users (const MatineeRatings *ratings)
{
  return matinee_ids_get_n (ratings->users);
}

/**
 * matinee_ratings_get_n_movies:
 * @ratings: ratings
 *
 * Returns: how many movies there are
 */
guint32
matinee_ratings_get_n_movies (const MatineeRatings *ratings)
{
  return matinee_ids_get_n (ratings->movies);
}

/**
 * matinee_ratings_get_n:
 * @ratings: ratings
 *
 * Returns: how many ratings there are, no pair of user and movie twice
 */
gsize
matinee_ratings_get_n (const MatineeRatings *ratings)
{
  return ratings->by_user->n_entries;
}
