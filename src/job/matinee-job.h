/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "matinee-pool.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_JOB (matinee_job_get_type ())

G_DECLARE_DERIVABLE_TYPE (MatineeJob, matinee_job, MATINEE, JOB, GObject)

/**
 * MatineeJobClass:
 * @record_size: bytes of the records that the worker posts, when it posts any
 * @keeps_done: whether what was done to the end just when somebody cancelled counts
 * @run: does the work, in the worker; the result stays in the object. Returns whether it
 *   was done
 * @deliver: (nullable): takes in the thread of the job what the worker has posted since
 *   the last time: @n records, or none when it is just further
 *
 * What a kind of job does.
 */
struct _MatineeJobClass
{
  GObjectClass parent_class;

  gsize record_size;
  gboolean keeps_done;
  gboolean (*run) (MatineeJob *self, GCancellable *cancellable, GError **error);
  void (*deliver) (MatineeJob *self, gconstpointer records, guint n);
};

/* Properties: "fraction" (0 … 1) and "running", notified on the thread that made the job
 * (the main thread). */
void matinee_job_run_async (MatineeJob *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean matinee_job_run_finish (MatineeJob *self, GAsyncResult *result, GError **error);
void matinee_job_stop (MatineeJob *self);
double matinee_job_get_fraction (MatineeJob *self);
gboolean matinee_job_get_running (MatineeJob *self);

/* For kinds of jobs. */
MatineeStop *matinee_job_get_stop (MatineeJob *self);
void matinee_job_post (MatineeJob *self, gconstpointer record, double fraction);
void matinee_job_progress_cb (double fraction, gpointer job);

G_END_DECLS
