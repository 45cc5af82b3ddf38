/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-evaluate.h"
#include "matinee-types.h"

G_BEGIN_DECLS

/**
 * MatineeStopReason:
 * @MATINEE_RUNNING: not stopped
 * @MATINEE_CONVERGED: the tolerance was reached
 * @MATINEE_ITERATIONS: all iterations were done
 * @MATINEE_IMPATIENT: the test error had not improved for too long
 * @MATINEE_DIVERGED: a number became infinite or not a number
 * @MATINEE_CANCELLED: somebody asked to stop
 *
 * Why a training ended.
 */
typedef enum
{
  MATINEE_RUNNING,
  MATINEE_CONVERGED,
  MATINEE_ITERATIONS,
  MATINEE_IMPATIENT,
  MATINEE_DIVERGED,
  MATINEE_CANCELLED
} MatineeStopReason;

/**
 * MatineeTracePoint:
 * @iteration: 0 is the start
 * @seconds: solver time so far, evaluation excluded
 * @train: errors on the training ratings, Σ e² being the fit of the objective
 * @test: errors on the test ratings; n is 0 when there are none
 * @penalty: the rest of the objective
 * @gradient_norm: L2 norm of this iteration's gradient, or NaN
 *
 * What was measured after one iteration.
 */
typedef struct
{
  guint iteration;
  double seconds;
  MatineeErrors train;
  MatineeErrors test;
  double penalty;
  double gradient_norm;
} MatineeTracePoint;

/**
 * MatineeTrace:
 * @points: (array n): a record of each iteration, the start first
 * @n: how many
 *
 * What happened at each step of a training.
 */
struct _MatineeTrace
{
  MatineeTracePoint *points;
  guint n;
  guint n_allocated;
};

static inline double
matinee_trace_point_objective (const MatineeTracePoint *point)
{
  return point->train.squared + point->penalty;
}

const char *matinee_stop_reason_id (MatineeStopReason reason);
gboolean matinee_stop_reason_find (const char *id, MatineeStopReason *reason);
const char *matinee_stop_reason_title (MatineeStopReason reason);
MatineeTrace *matinee_trace_new (void);
void matinee_trace_append (MatineeTrace *trace, const MatineeTracePoint *point);
const MatineeTracePoint *matinee_trace_best (const MatineeTrace *trace);
const MatineeTracePoint *matinee_trace_last (const MatineeTrace *trace);
void matinee_trace_free (MatineeTrace *trace);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeTrace, matinee_trace_free)

G_END_DECLS
