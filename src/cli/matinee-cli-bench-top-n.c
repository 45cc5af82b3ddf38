/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "matinee-batch.h"
#include "matinee-cli-bench-parts.h"
#include "matinee-cli-output.h"
#include "matinee-memory.h"
#include "matinee-recommender.h"

/* Recommending to all users of a large data set takes long: as many are asked for
 * as sgemm could score in this time, and at least so many that no thread is idle. */
#define SAMPLE_SECONDS 0.7
#define LEAST_SAMPLE 4096

/* Users that are recommended to one by one. */
#define N_SINGLE 50

static gboolean
time_one_user (MatineeCliBench *bench, MatineeFactors *factors, guint32 user, GError **error)
{
  /* All that a list of films is made from. */
  const MatineeModel model = { .factors = factors };
  gint64 start = g_get_monotonic_time ();
  g_autoptr (MatineeTopN) top
      = matinee_recommender_top (&model, user, MATINEE_CLI_BENCH_TOP, bench->split->train_by_user, error);

  if (top == NULL)
    return FALSE;
  matinee_cli_timing_add (&bench->top_n, matinee_cli_timing_since (start));
  return TRUE;
}

static guint32 *
sample_users (MatineeCliBench *bench, GError **error)
{
  double n_users = bench->plan.n_users;
  double one = 2.0 * bench->plan.n_movies * bench->params.n_factors;
  double n = CLAMP (SAMPLE_SECONDS * bench->sgemm / one, LEAST_SAMPLE, n_users);
  guint32 *users;

  bench->n_sampled = (gsize) MIN (n, n_users);
  users = matinee_alloc (bench->n_sampled, sizeof *users, _ ("measuring"), error);
  for (gsize i = 0; users != NULL && i < bench->n_sampled; i++)
    users[i] = (guint32) ((double) i * n_users / (double) bench->n_sampled);
  return users;
}

static void
ignore_cb (guint32 user, const MatineeScored *top, guint n, gpointer data)
{
}

static gboolean
time_users (MatineeCliBench *bench, const MatineeFactors *factors, const guint32 *users, GError **error)
{
  const MatineeBatch batch = {
    .factors = factors,
    .users = users,
    .n_users = bench->n_sampled,
    .n_top = MATINEE_CLI_BENCH_TOP,
    .exclude = bench->split->train_by_user,
    .kernels = bench->kernels,
  };
  gint64 start = g_get_monotonic_time ();

  if (!matinee_batch_top_n (&batch, bench->pool, bench->stop, ignore_cb, NULL, error))
    return FALSE;
  matinee_cli_timing_add (&bench->all_top_n, matinee_cli_timing_since (start));
  return TRUE;
}

static gboolean
measure (MatineeCliBench *bench, MatineeFactors *factors, const guint32 *users, GError **error)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < N_SINGLE; i++)
    if (!time_one_user (bench, factors, (guint32) ((guint64) i * bench->plan.n_users / N_SINGLE), error))
      return FALSE;
  do
    {
      matinee_cli_progress (_ ("Measuring recommendations"));
      if (!matinee_cli_bench_check_stop (bench, error) || !time_users (bench, factors, users, error))
        return FALSE;
    }
  while (matinee_cli_bench_again (bench, &bench->all_top_n, start));
  return TRUE;
}

/**
 * matinee_cli_bench_top_n:
 * @bench: a run
 * @factors: factors to recommend by
 * @error: return location
 *
 * Measures how long it takes to recommend films to one user, and to many.
 *
 * Returns: whether all went well
 */
gboolean
matinee_cli_bench_top_n (MatineeCliBench *bench, MatineeFactors *factors, GError **error)
{
  guint32 *users = sample_users (bench, error);
  gboolean done = users != NULL && measure (bench, factors, users, error);

  matinee_free (users);
  return done;
}
