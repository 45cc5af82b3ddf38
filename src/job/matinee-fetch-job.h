/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-job.h"
#include "matinee-movielens.h"

G_BEGIN_DECLS

/**
 * MatineeFetchPhase:
 * @MATINEE_FETCH_CONNECTING: asks the server
 * @MATINEE_FETCH_DOWNLOADING: bytes come
 * @MATINEE_FETCH_CHECKING: all has come; its checksum is worked out
 * @MATINEE_FETCH_UNPACKING: files are taken out
 *
 * What is being done.
 */
typedef enum
{
  MATINEE_FETCH_CONNECTING,
  MATINEE_FETCH_DOWNLOADING,
  MATINEE_FETCH_CHECKING,
  MATINEE_FETCH_UNPACKING
} MatineeFetchPhase;

/**
 * MatineeFetchProgress:
 * @phase: what is being done
 * @done: bytes of the archive that are there, in %MATINEE_FETCH_DOWNLOADING
 * @total: bytes of the archive; about, until the server has said
 * @resumed: of @done, bytes that were there from another day
 * @speed: bytes a second of late, or 0 while that is not known
 *
 * How far it is.
 */
typedef struct
{
  MatineeFetchPhase phase;
  guint64 done;
  guint64 total;
  guint64 resumed;
  double speed;
} MatineeFetchProgress;

#define MATINEE_TYPE_FETCH_JOB (matinee_fetch_job_get_type ())

G_DECLARE_FINAL_TYPE (MatineeFetchJob, matinee_fetch_job, MATINEE, FETCH_JOB, MatineeJob)

MatineeFetchJob *matinee_fetch_job_new (const MatineeMovieLensSet *set, const char *base, const char *root);
const MatineeFetchProgress *matinee_fetch_job_get_progress (MatineeFetchJob *self);
char *matinee_fetch_job_dup_text (MatineeFetchJob *self);

G_END_DECLS
