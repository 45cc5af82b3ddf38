/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "matinee-baselines.h"
#include "matinee-format.h"
#include "matinee-plot.h"
#include "matinee-trace.h"

G_BEGIN_DECLS

/**
 * MatineeCurvesKind:
 * @MATINEE_CURVES_LOSS: errors on training and test ratings
 * @MATINEE_CURVES_OBJECTIVE: what training makes smaller, as fit and penalty
 * @MATINEE_CURVES_CONVERGENCE: what is compared with the tolerance
 *
 * What the curves of a training show.
 */
typedef enum
{
  MATINEE_CURVES_LOSS,
  MATINEE_CURVES_OBJECTIVE,
  MATINEE_CURVES_CONVERGENCE
} MatineeCurvesKind;

#define MATINEE_N_CURVES_KINDS (MATINEE_CURVES_CONVERGENCE + 1)

#define MATINEE_TYPE_CURVES (matinee_curves_get_type ())

G_DECLARE_FINAL_TYPE (MatineeCurves, matinee_curves, MATINEE, CURVES, GObject)

MatineeCurves *matinee_curves_new (MatineePlot *plot);
void matinee_curves_begin (MatineeCurves *self, const MatineeParams *params);
void matinee_curves_append (MatineeCurves *self, const MatineeTracePoint *points, guint n);
void matinee_curves_end (MatineeCurves *self);
void matinee_curves_set_loss (MatineeCurves *self, MatineeLoss loss);
void matinee_curves_set_kind (MatineeCurves *self, MatineeCurvesKind kind);
void matinee_curves_set_by_time (MatineeCurves *self, gboolean by_time);
void matinee_curves_set_baselines (MatineeCurves *self, const MatineeBaselines *baselines);
const MatineeTracePoint *matinee_curves_get_points (MatineeCurves *self);
MatineeLoss matinee_curves_get_loss (MatineeCurves *self);
void matinee_curves_set_noise_floor (MatineeCurves *self, double noise_floor);
guint matinee_curves_get_n (MatineeCurves *self);
const MatineeTracePoint *matinee_curves_get_last (MatineeCurves *self);
const MatineeTracePoint *matinee_curves_get_best (MatineeCurves *self);

G_END_DECLS
