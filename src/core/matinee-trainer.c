/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-trainer.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "matinee-error.h"

/* A model whose fit is so many times worse than at the start is on its way to
 * infinity: it is stopped while its numbers are still finite. */
#define HOPELESS 1e6

/* A trainer is iterate, test and driver: step() does one half-step, test() says
 * whether and why to stop, run() loops. */
struct _MatineeTrainer
{
  MatineeParams params;
  MatineeSplit *split;
  MatineePool *pool;
  MatineeStop *stop;
  MatineeFactors *factors;
  MatineeFactors *best;
  guint best_iteration;
  MatineeTrace *trace;
  guint n_half_steps;
  gint64 solver_time;
  double gradient_norm;
  MatineeStopReason reason;
};

static MatineeSolverRun
solver_run (MatineeTrainer *self)
{
  return (MatineeSolverRun){
    .params = &self->params,
    .split = self->split,
    .factors = self->factors,
    .pool = self->pool,
    .stop = self->stop,
  };
}

static void
set_diverged (MatineeTrainer *self, GError **error)
{
  self->reason = MATINEE_DIVERGED;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DIVERGED,
               _ ("Training diverged in iteration %u: its numbers grew without bound. To prevent it, %s"),
               self->trace->n, _ (self->params.solver->diverged_hint));
}

/* Sorts out why something below failed and words a divergence for people. */
static void
set_failed (MatineeTrainer *self, GError *failure, GError **error)
{
  if (g_error_matches (failure, MATINEE_ERROR, MATINEE_ERROR_CANCELLED))
    self->reason = MATINEE_CANCELLED;
  if (g_error_matches (failure, MATINEE_ERROR, MATINEE_ERROR_DIVERGED))
    {
      g_error_free (failure);
      set_diverged (self, error);
    }
  else
    g_propagate_error (error, failure);
}

/* Measures the model as it is and keeps a copy when it is the best so far. */
static gboolean
measure (MatineeTrainer *self, GError **error)
{
  MatineeSolverRun run = solver_run (self);
  const MatineeSplit *split = self->split;
  MatineeTracePoint point = {
    .iteration = self->n_half_steps / self->params.solver->half_steps,
    .seconds = (double) self->solver_time / G_USEC_PER_SEC,
    .gradient_norm = self->gradient_norm,
  };

  if (!matinee_evaluate (self->factors, split->train_by_user, split->low, split->high, self->pool, self->stop,
                         &point.train)
      || !matinee_evaluate (self->factors, split->test_by_user, split->low, split->high, self->pool, self->stop,
                            &point.test))
    {
      self->reason = MATINEE_CANCELLED;
      matinee_error_set_cancelled (error);
      return FALSE;
    }
  point.penalty = self->params.solver->penalty (&run);
  if (!isfinite (matinee_trace_point_objective (&point)) || !isfinite (point.test.squared)
      || (self->trace->n > 0 && point.train.squared > HOPELESS * (1 + self->trace->points[0].train.squared)))
    {
      set_diverged (self, error);
      return FALSE;
    }
  matinee_trace_append (self->trace, &point);
  if (matinee_trace_best (self->trace)->iteration == point.iteration)
    {
      matinee_factors_assign (self->best, self->factors);
      self->best_iteration = point.iteration;
    }
  return TRUE;
}

static gboolean
fits (const MatineeSplit *split, const MatineeFactors *start, guint n_factors)
{
  return start->n_users == split->train_by_user->n_rows && start->n_movies == split->train_by_movie->n_rows
         && start->n_factors == n_factors;
}

/**
 * matinee_trainer_new:
 * @params: what to do; copied
 * @split: the ratings; referenced
 * @start: (nullable): factors to start from, of as many users, movies and factors;
 *   copied. %NULL starts from random ones
 * @pool: threads to work with; must outlive the trainer
 * @stop: (nullable): raised to stop; must outlive the trainer
 * @error: return location
 *
 * Prepares a training and measures where it starts: iteration 0. O(ratings × k).
 *
 * Returns: (transfer full) (nullable): a trainer, or %NULL with an error
 */
MatineeTrainer *
matinee_trainer_new (const MatineeParams *params, MatineeSplit *split, const MatineeFactors *start, MatineePool *pool,
                     MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeTrainer) self = NULL;
  MatineeSolverRun run;

  if (!matinee_params_check (params, error))
    return NULL;
  if (split->train_by_user->n_entries == 0)
    {
      g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                           _ ("There are no ratings to learn from: make the test share smaller"));
      return NULL;
    }
  g_return_val_if_fail (start == NULL || fits (split, start, params->n_factors), NULL);

  self = g_new0 (MatineeTrainer, 1);
  self->params = *params;
  self->split = matinee_split_ref (split);
  self->pool = pool;
  self->stop = stop;
  self->trace = matinee_trace_new ();
  self->gradient_norm = NAN;
  if (start != NULL)
    self->factors = matinee_factors_copy (start, error);
  else
    self->factors
        = matinee_factors_new (split->train_by_user->n_rows, split->train_by_movie->n_rows, params->n_factors, error);
  if (self->factors == NULL)
    return NULL;
  self->best = matinee_factors_new (self->factors->n_users, self->factors->n_movies, params->n_factors, error);
  if (self->best == NULL)
    return NULL;
  run = solver_run (self);
  if (start == NULL)
    params->solver->prepare (&run);
  if (!measure (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * matinee_trainer_free:
 * @self: (nullable) (transfer full): a trainer
 *
 * Frees it.
 */
void
matinee_trainer_free (MatineeTrainer *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->split, matinee_split_unref);
  g_clear_pointer (&self->factors, matinee_factors_free);
  g_clear_pointer (&self->best, matinee_factors_free);
  g_clear_pointer (&self->trace, matinee_trace_free);
  g_free (self);
}

/**
 * matinee_trainer_step:
 * @self: a trainer
 * @error: return location
 *
 * Does one half-step and, when it ends an iteration, measures the model and adds
 * a record to the trace.
 *
 * Returns: %FALSE with an error when a number became infinite, when asked to stop
 *   or when memory ran out; the best model so far is kept
 */
gboolean
matinee_trainer_step (MatineeTrainer *self, GError **error)
{
  MatineeSolverRun run = solver_run (self);
  gint64 begin = g_get_monotonic_time ();
  GError *failure = NULL;

  if (!self->params.solver->half_step (&run, self->n_half_steps, &self->gradient_norm, &failure))
    {
      set_failed (self, failure, error);
      return FALSE;
    }
  self->solver_time += g_get_monotonic_time () - begin;
  self->n_half_steps++;
  if (self->n_half_steps % self->params.solver->half_steps == 0)
    return measure (self, error);
  return TRUE;
}

/* Whether the last iteration changed too little to go on. */
static gboolean
converged (MatineeTrainer *self)
{
  const MatineeTrace *trace = self->trace;
  double tolerance = self->params.tolerance;
  double before, now;

  if (trace->n < 2 || tolerance <= 0)
    return FALSE;
  if (self->params.solver->has_gradient)
    return self->gradient_norm < tolerance;
  before = matinee_trace_point_objective (&trace->points[trace->n - 2]);
  now = matinee_trace_point_objective (&trace->points[trace->n - 1]);
  return before - now <= tolerance * before;
}

/* Whether the test error has not improved for longer than the patience. Each
 * improvement is measured from the last one that counted, so that many small steps
 * add up to one. */
static gboolean
is_impatient (MatineeTrainer *self)
{
  const MatineeTrace *trace = self->trace;
  double reached = INFINITY;
  guint at = 0;

  if (self->params.patience == 0 || trace->points[0].test.n == 0)
    return FALSE;
  for (guint i = 0; i < trace->n; i++)
    {
      double rmse = matinee_errors_rmse (&trace->points[i].test);

      if (i == 0 || rmse < reached - self->params.improvement)
        {
          reached = rmse;
          at = i;
        }
    }
  return trace->n - 1 - at >= self->params.patience;
}

/**
 * matinee_trainer_test:
 * @self: a trainer
 *
 * Returns: whether to stop and why; %MATINEE_RUNNING to go on
 */
MatineeStopReason
matinee_trainer_test (MatineeTrainer *self)
{
  guint half_steps = self->params.solver->half_steps;

  if (self->reason != MATINEE_RUNNING)
    return self->reason;
  if (matinee_stop_requested (self->stop))
    self->reason = MATINEE_CANCELLED;
  else if (self->n_half_steps % half_steps != 0)
    return MATINEE_RUNNING;
  else if (converged (self))
    self->reason = MATINEE_CONVERGED;
  else if (is_impatient (self))
    self->reason = MATINEE_IMPATIENT;
  else if (self->n_half_steps / half_steps >= self->params.n_iterations)
    self->reason = MATINEE_ITERATIONS;
  return self->reason;
}

/**
 * matinee_trainer_run:
 * @self: a trainer
 * @func: (nullable): told of each iteration, before the first with iteration 0;
 *   may end the training
 * @data: user data for @func
 * @error: return location
 *
 * Trains until there is a reason to stop.
 *
 * Returns: the reason; @error is set when it is %MATINEE_DIVERGED, or when
 *   something else failed and it is %MATINEE_RUNNING
 */
MatineeStopReason
matinee_trainer_run (MatineeTrainer *self, MatineeTrainerFunc func, gpointer data, GError **error)
{
  guint told = 0;

  do
    {
      for (; told < self->trace->n; told++)
        if (func != NULL && !func (self, &self->trace->points[told], data))
          self->reason = MATINEE_CANCELLED;
      if (matinee_trainer_test (self) != MATINEE_RUNNING)
        break;
    }
  while (matinee_trainer_step (self, self->reason == MATINEE_RUNNING ? error : NULL));
  if (self->reason == MATINEE_CANCELLED)
    g_clear_error (error);
  return self->reason;
}

/**
 * matinee_trainer_get_trace:
 * @self: a trainer
 *
 * Returns: (transfer none): what happened so far
 */
const MatineeTrace *
matinee_trainer_get_trace (const MatineeTrainer *self)
{
  return self->trace;
}

/**
 * matinee_trainer_get_factors:
 * @self: a trainer
 *
 * Returns: (transfer none): the factors as they are now
 */
const MatineeFactors *
matinee_trainer_get_factors (const MatineeTrainer *self)
{
  return self->factors;
}

/**
 * matinee_trainer_finish:
 * @self: a trainer that has stopped; afterwards it can only be freed
 * @users: ids of the users; referenced
 * @movies: ids of the movies; referenced
 *
 * Hands over what was learnt: the last model when training ended by itself, and
 * the best on the test ratings when it was stopped, lost patience or diverged.
 *
 * Returns: (transfer full): the model
 */
MatineeModel *
matinee_trainer_finish (MatineeTrainer *self, MatineeIds *users, MatineeIds *movies)
{
  gboolean complete = self->reason == MATINEE_CONVERGED || self->reason == MATINEE_ITERATIONS;
  guint index = complete ? self->trace->n - 1 : self->best_iteration;
  const MatineeTracePoint *point = &self->trace->points[index];
  MatineeModel *model = g_new0 (MatineeModel, 1);

  g_atomic_ref_count_init (&model->ref_count);
  model->factors = complete ? g_steal_pointer (&self->factors) : g_steal_pointer (&self->best);
  model->params = self->params;
  model->users = matinee_ids_ref (users);
  model->movies = matinee_ids_ref (movies);
  model->low = self->split->low;
  model->high = self->split->high;
  model->reason = self->reason;
  model->iteration = point->iteration;
  model->train = point->train;
  model->test = point->test;
  model->trace = g_steal_pointer (&self->trace);
  model->split = matinee_split_ref (self->split);
  return model;
}
