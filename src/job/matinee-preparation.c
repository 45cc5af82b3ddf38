/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-preparation.h"

#include "matinee-solver.h"

struct _MatineePreparation
{
  gatomicrefcount ref_count;

  GMutex mutex;
  /* Guarded by the mutex. */
  MatineeDataset *dataset; /* that the split is of */
  MatineeRatings *test;    /* that were given with it, or %NULL */
  MatineeDataset *joined;  /* with those */
  MatineeSplit *split;
  MatineeParams params;    /* that it was made with */
  MatineeRatings *ratings; /* that the fingerprint is of */
  MatineeSplit *given;     /* that it is of, too, or %NULL */
  MatineeFingerprint fingerprint;
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
forget_split (MatineePreparation *self)
{
  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  g_clear_pointer (&self->test, matinee_ratings_unref);
  g_clear_pointer (&self->joined, matinee_dataset_unref);
  g_clear_pointer (&self->split, matinee_split_unref);
  g_clear_pointer (&self->baselines_split, matinee_split_unref);
}

static void
forget_fingerprint (MatineePreparation *self)
{
  g_clear_pointer (&self->ratings, matinee_ratings_unref);
  g_clear_pointer (&self->given, matinee_split_unref);
}

void
matinee_preparation_unref (MatineePreparation *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  forget_split (self);
  forget_fingerprint (self);
  g_mutex_clear (&self->mutex);
  g_free (self);
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

static gboolean
make_split (MatineePreparation *self, MatineePool *pool, MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeRatings) joined = NULL;

  if (self->test == NULL)
    {
      self->split = matinee_split_new (self->dataset->ratings, &self->params, pool, stop, error);
      return self->split != NULL;
    }
  self->split = matinee_split_new_given (self->dataset->ratings, self->test, &joined, pool, stop, error);
  if (self->split != NULL)
    self->joined = matinee_dataset_new (joined, self->dataset->titles, error);
  return self->joined != NULL;
}

/**
 * matinee_preparation_get_split:
 * @self: a preparation
 * @dataset: (inout): the data; with test ratings of their own, these join them, as they
 *   may have users and films that the others have not
 * @test: (nullable): the ratings to test on, for %MATINEE_SPLIT_GIVEN; other splits
 *   don't use them
 * @params: how to split
 * @pool: (nullable): threads
 * @stop: (nullable): honoured within 50 ms
 * @error: return location
 *
 * Splits the data, unless that is what was done last. O(ratings).
 *
 * Returns: (transfer full) (nullable): the split, or %NULL with an error
 */
MatineeSplit *
matinee_preparation_get_split (MatineePreparation *self, MatineeDataset **dataset, MatineeRatings *test,
                               const MatineeParams *params, MatineePool *pool, MatineeStop *stop, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  MatineeRatings *given = params->split == MATINEE_SPLIT_GIVEN ? test : NULL;

  if (self->dataset != *dataset || self->test != given || !split_alike (&self->params, params))
    {
      /* Before there is another: two of them may be too large. */
      forget_split (self);
      self->dataset = matinee_dataset_ref (*dataset);
      self->test = given != NULL ? matinee_ratings_ref (given) : NULL;
      self->params = *params;
      if (!make_split (self, pool, stop, error))
        {
          forget_split (self);
          return NULL;
        }
    }
  if (self->joined != NULL)
    {
      matinee_dataset_unref (*dataset);
      *dataset = matinee_dataset_ref (self->joined);
    }
  return matinee_split_ref (self->split);
}

/**
 * matinee_preparation_get_fingerprint:
 * @self: a preparation
 * @ratings: the ratings
 * @params: how they were split
 * @split: what came of it; it counts when it was given, and so follows from no parameters
 * @pool: (nullable): threads
 * @stop: (nullable): honoured within 50 ms
 * @fingerprint: (out): their fingerprint
 * @error: return location
 *
 * Reads all ratings, unless they are those that were read last. O(ratings).
 *
 * Returns: %FALSE with %MATINEE_ERROR_CANCELLED or %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_preparation_get_fingerprint (MatineePreparation *self, MatineeRatings *ratings, const MatineeParams *params,
                                     const MatineeSplit *split, MatineePool *pool, MatineeStop *stop,
                                     MatineeFingerprint *fingerprint, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  const MatineeSplit *given = params->split == MATINEE_SPLIT_GIVEN ? split : NULL;

  if (self->ratings != ratings || self->given != given)
    {
      forget_fingerprint (self);
      if (!(given != NULL ? matinee_fingerprint_split (ratings, given, pool, stop, &self->fingerprint, error)
                          : matinee_fingerprint_ratings (ratings, pool, stop, &self->fingerprint, error)))
        return FALSE;
      self->ratings = matinee_ratings_ref (ratings);
      self->given = given != NULL ? matinee_split_ref ((MatineeSplit *) given) : NULL;
    }
  *fingerprint = self->fingerprint;
  return TRUE;
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
