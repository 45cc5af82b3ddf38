/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cross-validation.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "matinee-error.h"
#include "matinee-trainer.h"

/* A fold at work. */
typedef struct
{
  const MatineeFoldWatch *watch;
  guint number;
} Work;

static gboolean
point_cb (MatineeTrainer *trainer, const MatineeTracePoint *point, gpointer data)
{
  const Work *work = data;

  return work->watch->point == NULL || work->watch->point (work->number, point, work->watch->data);
}

static void
describe (MatineeFold *fold, const MatineeModel *model, const MatineeSplit *split)
{
  const MatineeTracePoint *last = matinee_trace_last (model->trace);

  fold->n_train = split->train_by_user->n_entries;
  fold->n_test = split->test_by_user->n_entries;
  fold->n_cold_users = split->n_cold_users;
  fold->n_cold_movies = split->n_cold_movies;
  fold->train_period = split->train_period;
  fold->test_period = split->test_period;
  fold->reason = model->reason;
  fold->iterations = last->iteration;
  fold->seconds = last->seconds;
  fold->train = model->train;
  fold->test = model->test;
}

/* Trains without one fold. What diverged is a failure, with what was kept told. */
static gboolean
do_fold (MatineeRatings *ratings, const MatineeParams *params, const MatineeFoldWatch *watch, MatineePool *pool,
         MatineeStop *stop, MatineeFold *fold, GError **error)
{
  Work work = { watch, params->fold };
  g_autoptr (MatineeSplit) split = matinee_split_new (ratings, params, pool, stop, error);
  g_autoptr (MatineeTrainer) trainer = NULL;
  g_autoptr (MatineeModel) model = NULL;
  g_autoptr (GError) failure = NULL;

  if (split == NULL)
    return FALSE;
  if (watch->begin != NULL)
    watch->begin (params->fold, params, split, watch->data);
  trainer = matinee_trainer_new (params, split, NULL, pool, stop, error);
  if (trainer == NULL)
    return FALSE;
  fold->number = params->fold;
  if (matinee_trainer_run (trainer, point_cb, &work, &failure) == MATINEE_RUNNING)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  model = matinee_trainer_finish (trainer, ratings->users, ratings->movies);
  describe (fold, model, split);
  if (watch->end != NULL)
    watch->end (fold, model, failure != NULL ? failure->message : NULL, watch->data);
  if (failure == NULL)
    return TRUE;
  g_set_error (error, failure->domain, failure->code, _ ("Fold %u of %u: %s"), params->fold, params->folds,
               failure->message);
  return FALSE;
}

/**
 * matinee_cross_validate:
 * @ratings: all ratings
 * @params: how to train; ->folds says into how many folds the ratings are dealt out,
 *   ->seed how; its split is not used
 * @watch: somebody to be told
 * @pool: who does it
 * @stop: (nullable): asks to stop
 * @folds: (out) (array length=params.folds): what came of each fold
 * @n_done: (out): how many of them were done: less than all when it was stopped
 * @error: return location
 *
 * Trains once for each fold on all others and tests on it, so that each rating is
 * tested exactly once: k-fold cross-validation (Stone 1974, DOI
 * 10.1111/j.2517-6161.1974.tb00994.x). Each fold's training is the same as one with
 * %MATINEE_SPLIT_FOLD, to the last bit. A stop is no error: the folds done so far
 * count.
 * Cost: that of ->folds trainings; memory: that of one.
 *
 * Returns: %FALSE with %MATINEE_ERROR_DIVERGED, which names the fold and what to
 *   change, or with another error of a split or a training
 */
gboolean
matinee_cross_validate (MatineeRatings *ratings, const MatineeParams *params, const MatineeFoldWatch *watch,
                        MatineePool *pool, MatineeStop *stop, MatineeFold *folds, guint *n_done, GError **error)
{
  MatineeParams own = *params;

  *n_done = 0;
  own.split = MATINEE_SPLIT_FOLD;
  for (own.fold = 1; own.fold <= own.folds && !matinee_stop_requested (stop); own.fold++)
    {
      g_autoptr (GError) failure = NULL;
      MatineeFold *fold = &folds[*n_done];

      if (!do_fold (ratings, &own, watch, pool, stop, fold, &failure))
        {
          if (g_error_matches (failure, MATINEE_ERROR, MATINEE_ERROR_CANCELLED))
            return TRUE;
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (fold->reason == MATINEE_CANCELLED)
        return TRUE;
      (*n_done)++;
    }
  return TRUE;
}

/**
 * matinee_folds_get_spread:
 * @folds: (array length=n): what came of folds
 * @n: how many
 * @measure: an error of predictions
 * @spread: (out): its mean over the tests of the folds, and how far it varies
 *
 * The folds share most of what they learn from, so that the deviation says how much
 * chance is in the error of one test, and not how sure the mean is.
 */
void
matinee_folds_get_spread (const MatineeFold *folds, guint n, double (*measure) (const MatineeErrors *errors),
                          MatineeSpread *spread)
{
  double sum = 0, squares = 0;

  for (guint i = 0; i < n; i++)
    sum += measure (&folds[i].test);
  spread->mean = n > 0 ? sum / n : (double) NAN;
  for (guint i = 0; i < n; i++)
    {
      double distance = measure (&folds[i].test) - spread->mean;

      squares += distance * distance;
    }
  spread->deviation = n > 1 ? sqrt (squares / (n - 1)) : (double) NAN;
}
