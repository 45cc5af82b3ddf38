/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-run.h"

#include <glib/gi18n-lib.h>

/**
 * matinee_run_get_state_id:
 * @run: a run
 *
 * Returns: its state, or the reason why it ended, as in files
 */
const char *
matinee_run_get_state_id (const MatineeRun *run)
{
  switch (run->state)
    {
    case MATINEE_RUN_RUNNING:
      return "running";
    case MATINEE_RUN_INTERRUPTED:
      return "interrupted";
    case MATINEE_RUN_FAILED:
      return "failed";
    case MATINEE_RUN_FINISHED:
    default:
      return matinee_stop_reason_id (run->reason);
    }
}

/**
 * matinee_run_get_state_title:
 * @run: a run
 *
 * Returns: its state, or the reason why it ended, for people
 */
const char *
matinee_run_get_state_title (const MatineeRun *run)
{
  switch (run->state)
    {
    case MATINEE_RUN_RUNNING:
      return _ ("Running");
    case MATINEE_RUN_INTERRUPTED:
      return _ ("Interrupted");
    case MATINEE_RUN_FAILED:
      return _ ("Failed");
    case MATINEE_RUN_FINISHED:
    default:
      return matinee_stop_reason_title (run->reason);
    }
}

/**
 * matinee_runs_have_same_data:
 * @runs: (array length=n): runs
 * @n: how many
 *
 * Returns: whether all were of the same ratings
 */
gboolean
matinee_runs_have_same_data (const MatineeRun *const *runs, guint n)
{
  for (guint i = 1; i < n; i++)
    if (!matinee_fingerprint_equal (&runs[0]->fingerprint, &runs[i]->fingerprint))
      return FALSE;
  return TRUE;
}

static gboolean
have_same_split (const MatineeRun *a, const MatineeRun *b)
{
  gboolean drawn = matinee_split_info (a->params.split)->uses & G_GUINT64_CONSTANT (1) << MATINEE_PARAM_SEED;

  if (!g_str_equal (a->split, b->split) || (drawn && a->split_seed != b->split_seed) || a->n_train != b->n_train
      || a->n_test != b->n_test)
    return FALSE;
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    if (matinee_param_is_of_split (id) && matinee_params_uses (&a->params, id)
        && matinee_params_get (&a->params, id) != matinee_params_get (&b->params, id))
      return FALSE;
  return TRUE;
}

/**
 * matinee_runs_have_same_split:
 * @runs: (array length=n): runs
 * @n: how many
 *
 * Returns: whether all were trained and tested on the same ratings: only then are
 *   their errors comparable
 */
gboolean
matinee_runs_have_same_split (const MatineeRun *const *runs, guint n)
{
  if (!matinee_runs_have_same_data (runs, n))
    return FALSE;
  for (guint i = 1; i < n; i++)
    if (!have_same_split (runs[0], runs[i]))
      return FALSE;
  return TRUE;
}

/**
 * matinee_runs_get_differing_params:
 * @runs: (array length=n): runs
 * @n: how many
 *
 * Finds what to show when runs are compared. A parameter that the solver of none
 * of them uses doesn't count.
 *
 * Returns: bit `1 << MatineeParamId` for each parameter that is not the same in all
 */
guint64
matinee_runs_get_differing_params (const MatineeRun *const *runs, guint n)
{
  guint64 differing = 0;

  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    {
      gboolean used = FALSE;
      gboolean differs = FALSE;

      for (guint i = 0; i < n; i++)
        {
          used = used || id == MATINEE_PARAM_THREADS || matinee_params_uses (&runs[i]->params, id);
          differs = differs || matinee_params_get (&runs[0]->params, id) != matinee_params_get (&runs[i]->params, id);
        }
      if (used && differs)
        differing |= (guint64) 1 << id;
    }
  return differing;
}

/**
 * matinee_run_free:
 * @run: (nullable) (transfer full): a run
 *
 * Frees it.
 */
void
matinee_run_free (MatineeRun *run)
{
  if (run == NULL)
    return;
  g_free (run->name);
  g_free (run->note);
  g_free (run->data_name);
  g_free (run->split);
  g_free (run->solver);
  g_free (run->preset);
  g_free (run->version);
  g_free (run->machine);
  g_free (run->message);
  g_free (run);
}
