/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "matinee-cg.h"
#include "matinee-cli-bench-parts.h"
#include "matinee-cli-output.h"
#include "matinee-error.h"
#include "matinee-evaluate.h"
#include "matinee-exact.h"
#include "matinee-solver.h"
#include "matinee-yardstick.h"

/* How long each measurement of sgemm may take; it is done at least once. */
#define SGEMM_SECONDS 0.2

/* OpenBLAS's threads look for more work for a while before they sleep. */
#define SGEMM_AFTERMATH (G_USEC_PER_SEC / 15)

#define COPY_BYTES ((gsize) 256 << 20)

static MatineeFactors *
start_factors (const MatineeCliBench *bench, GError **error)
{
  const MatineeSplit *split = bench->split;
  MatineeFactors *factors = matinee_factors_new (split->train_by_user->n_rows, split->train_by_movie->n_rows,
                                                 bench->params.n_factors, error);
  MatineeSolverRun run
      = { .params = &bench->params, .split = split, .factors = factors, .pool = bench->pool, .stop = bench->stop };

  if (factors != NULL)
    bench->params.solver->prepare (&run);
  return factors;
}

/* Each part takes some tenths of a second that nothing interrupts. */
static gboolean
measure_sgemm (MatineeCliBench *bench, GError **error)
{
  double rate;

  if (!matinee_cli_bench_check_stop (bench, error))
    return FALSE;
  rate = matinee_yardstick_sgemm (bench->params.n_threads, SGEMM_SECONDS, error);
  bench->sgemm = MAX (bench->sgemm, rate);
  g_usleep (SGEMM_AFTERMATH);
  return rate > 0;
}

static gboolean
measure_fma (MatineeCliBench *bench, GError **error)
{
  bench->fma = MAX (bench->fma, matinee_yardstick_fma (bench->kernels, bench->pool));
  return matinee_cli_bench_check_stop (bench, error);
}

static gboolean
measure_copy (MatineeCliBench *bench, GError **error)
{
  double rate = matinee_yardstick_copy (bench->pool, COPY_BYTES, error);

  bench->copy = MAX (bench->copy, rate);
  return rate > 0;
}

static gboolean
time_half_step (MatineeCliBench *bench, MatineeFactors *factors, MatineeSide side, gboolean exact, GError **error)
{
  const MatineeParams *params = &bench->params;
  MatineeHalfStep step = {
    .ratings = side == MATINEE_USERS ? bench->split->train_by_user : bench->split->train_by_movie,
    .factors = factors,
    .side = side,
    .regularization = params->regularization,
    .bias_regularization = params->bias_regularization,
    .count_exponent = params->count_exponent,
    .kernels = bench->kernels,
  };
  gint64 start = g_get_monotonic_time ();

  if (!(exact ? matinee_exact_half_step (&step, bench->pool, bench->stop, error)
              : matinee_cg_half_step (&step, MATINEE_CG_DEFAULT_INNER, bench->pool, bench->stop, error)))
    return FALSE;
  matinee_cli_timing_add (exact ? &bench->exact[side] : &bench->cg[side], matinee_cli_timing_since (start));
  return TRUE;
}

static gboolean
time_evaluation (MatineeCliBench *bench, const MatineeFactors *factors, GError **error)
{
  MatineeErrors errors;
  gint64 start = g_get_monotonic_time ();

  if (!matinee_evaluate (factors, bench->split->train_by_user, (double) bench->split->low, (double) bench->split->high,
                         bench->pool, bench->stop, &errors))
    {
      matinee_error_set_cancelled (error);
      return FALSE;
    }
  matinee_cli_timing_add (&bench->evaluate, matinee_cli_timing_since (start));
  return TRUE;
}

static gboolean
measure_round (MatineeCliBench *bench, MatineeFactors *exact, MatineeFactors *cg, GError **error)
{
  matinee_cli_progress (_ ("Measuring the solvers"));
  /* These two take long beside short half-steps, and a few times are enough. */
  if (bench->evaluate.n < bench->rounds && (!measure_fma (bench, error) || !measure_copy (bench, error)))
    return FALSE;
  return measure_sgemm (bench, error) && time_half_step (bench, exact, MATINEE_USERS, TRUE, error)
         && time_half_step (bench, exact, MATINEE_MOVIES, TRUE, error)
         && time_half_step (bench, cg, MATINEE_USERS, FALSE, error)
         && time_half_step (bench, cg, MATINEE_MOVIES, FALSE, error) && time_evaluation (bench, exact, error);
}

/**
 * matinee_cli_bench_solvers:
 * @bench: a run whose ratings are ready to train
 * @error: return location
 *
 * Measures the machine, the half-steps of the solvers, evaluation and
 * recommending in turn, several times.
 *
 * Returns: whether all went well
 */
gboolean
matinee_cli_bench_solvers (MatineeCliBench *bench, GError **error)
{
  g_autoptr (MatineeFactors) exact = start_factors (bench, error);
  g_autoptr (MatineeFactors) cg = exact != NULL ? start_factors (bench, error) : NULL;
  gint64 start = g_get_monotonic_time ();

  if (cg == NULL)
    return FALSE;
  do
    if (!measure_round (bench, exact, cg, error))
      return FALSE;
  while (matinee_cli_bench_again (bench, &bench->evaluate, start));
  return matinee_cli_bench_top_n (bench, exact, error);
}
