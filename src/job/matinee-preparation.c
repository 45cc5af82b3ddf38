/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-preparation.h"

#include "matinee-solver.h"

struct _MatineePreparation
{
  gatomicrefcount ref_count;

  GMutex mutex;
  /* Guarded by the mutex. */
  MatineeRatings *ratings; /* that all of this belongs to */
  MatineeFingerprint fingerprint;
  gboolean has_fingerprint;
  MatineeSplit *split;
  MatineeParams params; /* that it was made with */
  MatineeBaselines baselines;
  MatineeSplit *baselines_split; /* the split they are of, or %NULL */
  MatineePenalty penalty;        /* and how they were fitted */
};

/**
 * matinee_preparation_new:
 *
 * Returns: (transfer full): a preparation that knows nothing yet
 */
MatineePreparation *
matinee_preparation_new (void)
{
  MatineePreparation *self = g_new0 (MatineePreparation, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  return self;
}

MatineePreparation *
matinee_preparation_ref (MatineePreparation *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
forget (MatineePreparation *self)
{
  g_clear_pointer (&self->ratings, matinee_ratings_unref);
  g_clear_pointer (&self->split, matinee_split_unref);
  g_clear_pointer (&self->baselines_split, matinee_split_unref);
  self->has_fingerprint = FALSE;
}

void
matinee_preparation_unref (MatineePreparation *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  forget (self);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static void
turn_to (MatineePreparation *self, MatineeRatings *ratings)
{
  if (self->ratings == ratings)
    return;
  forget (self);
  self->ratings = matinee_ratings_ref (ratings);
}

static gboolean
split_alike (const MatineeParams *a, const MatineeParams *b)
{
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    if ((matinee_param_is_of_split (id) || id == MATINEE_PARAM_SEED)
        && matinee_params_get (a, id) != matinee_params_get (b, id))
      return FALSE;
  return TRUE;
}

/**
 * matinee_preparation_get_split:
 * @self: a preparation
 * @ratings: the ratings
 * @params: how to split them
 * @pool: (nullable): threads
 * @stop: (nullable): honoured within 50 ms
 * @error: return location
 *
 * Splits the ratings, unless that is what was done last. O(ratings).
 *
 * Returns: (transfer full) (nullable): the split, or %NULL with an error
 */
MatineeSplit *
matinee_preparation_get_split (MatineePreparation *self, MatineeRatings *ratings, const MatineeParams *params,
                               MatineePool *pool, MatineeStop *stop, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  turn_to (self, ratings);
  if (self->split == NULL || !split_alike (&self->params, params))
    {
      /* Before there is another: two of them may be too large. */
      g_clear_pointer (&self->split, matinee_split_unref);
      g_clear_pointer (&self->baselines_split, matinee_split_unref);
      self->params = *params;
      self->split = matinee_split_new (ratings, params, pool, stop, error);
    }
  return self->split != NULL ? matinee_split_ref (self->split) : NULL;
}

/**
 * matinee_preparation_get_fingerprint:
 * @self: a preparation
 * @ratings: the ratings
 * @pool: (nullable): threads
 * @stop: (nullable): honoured within 50 ms
 * @fingerprint: (out): their fingerprint
 * @error: return location
 *
 * Reads all ratings, unless they are those that were read last. O(ratings).
 *
 * Returns: %FALSE with %MATINEE_ERROR_CANCELLED
 */
gboolean
matinee_preparation_get_fingerprint (MatineePreparation *self, MatineeRatings *ratings, MatineePool *pool,
                                     MatineeStop *stop, MatineeFingerprint *fingerprint, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  turn_to (self, ratings);
  if (!self->has_fingerprint)
    self->has_fingerprint = matinee_fingerprint_ratings (ratings, pool, stop, &self->fingerprint, error);
  *fingerprint = self->fingerprint;
  return self->has_fingerprint;
}

/**
 * matinee_preparation_get_baselines:
 * @self: a preparation
 * @split: a split
 * @params: λ_b and ν are used
 * @pool: (nullable): threads
 * @stop: (nullable): honoured within 50 ms while fitting
 * @baselines: (out caller-allocates): what models of that split are measured against
 * @error: return location
 *
 * Computes the baselines, unless they are those that were computed last. O(ratings).
 *
 * Returns: %FALSE with %MATINEE_ERROR_CANCELLED or %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_preparation_get_baselines (MatineePreparation *self, MatineeSplit *split, const MatineeParams *params,
                                   MatineePool *pool, MatineeStop *stop, MatineeBaselines *baselines, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  MatineePenalty penalty;

  matinee_solver_get_row_penalty (params, &penalty);
  if (self->baselines_split != split || self->penalty.bias_regularization != penalty.bias_regularization
      || self->penalty.count_exponent != penalty.count_exponent)
    {
      g_clear_pointer (&self->baselines_split, matinee_split_unref);
      if (!matinee_baselines_compute (&self->baselines, split, params, pool, stop, error))
        return FALSE;
      self->baselines_split = matinee_split_ref (split);
      self->penalty = penalty;
    }
  *baselines = self->baselines;
  return TRUE;
}
