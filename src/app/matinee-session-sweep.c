/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-session"

#include "config.h"

#include "matinee-session-private.h"

#include <glib/gi18n.h>

#include "matinee-error.h"

static void
cells_cb (MatineeSession *self, const MatineeSweepCell *cells, guint n)
{
  if (!self->shut_down)
    g_signal_emit_by_name (self, "sweep-cells", cells, n);
}

static void
swept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineeSession) self = data;
  MatineeSweepJob *job = MATINEE_SWEEP_JOB (source);
  g_autoptr (GError) error = NULL;
  gboolean complete = matinee_job_run_finish (MATINEE_JOB (job), result, &error);

  g_signal_handlers_disconnect_by_data (job, self);
  g_clear_object (&self->sweep);
  matinee_session_notify_state (self, "sweeping");
  if (self->shut_down)
    return;
  g_signal_emit_by_name (self, "swept", complete);
  if (!complete && !g_error_matches (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "failed", _ ("Could Not Go On with the Sweep"), error->message);
}

/**
 * matinee_session_sweep:
 * @self: a session
 * @grid: what to train with, checked; copied
 *
 * Begins to train models of the data, one after another. Told by sweep-cells, then
 * swept. The model that is open stays.
 */
void
matinee_session_sweep (MatineeSession *self, const MatineeGrid *grid)
{
  g_autofree char *name = matinee_session_dup_data_name (self);

  if (!matinee_session_can_train (self))
    return;
  self->sweep = matinee_sweep_job_new (self->dataset, grid);
  matinee_sweep_job_set_preparation (self->sweep, self->preparation);
  if (matinee_test_file_get_ratings (self->test_file) != NULL)
    matinee_sweep_job_set_test (self->sweep, matinee_test_file_get_ratings (self->test_file));
  matinee_sweep_job_set_store (self->sweep, self->runs, name);
  g_signal_connect_object (self->sweep, "cells", G_CALLBACK (cells_cb), self, G_CONNECT_SWAPPED);
  matinee_session_follow (self, self->sweep, "sweeping");
  matinee_job_run_async (MATINEE_JOB (self->sweep), NULL, swept_cb, g_object_ref (self));
}

/**
 * matinee_session_stop_sweep:
 * @self: a session
 *
 * Ends the sweep soon. It can be gone on with: what is done is in the history.
 */
void
matinee_session_stop_sweep (MatineeSession *self)
{
  if (self->sweep != NULL)
    matinee_job_stop (MATINEE_JOB (self->sweep));
}

gboolean
matinee_session_get_sweeping (MatineeSession *self)
{
  return self->sweep != NULL;
}
