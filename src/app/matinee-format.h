/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "matinee-evaluate.h"

#include "matinee-params.h"

G_BEGIN_DECLS

/**
 * MatineeLoss:
 *
 * Which loss people are shown.
 */
typedef enum
{
  MATINEE_LOSS_RMSE,
  MATINEE_LOSS_MSE,
  MATINEE_LOSS_MAE
} MatineeLoss;

#define MATINEE_N_LOSSES (MATINEE_LOSS_MAE + 1)

const char *matinee_loss_id (MatineeLoss loss);
const char *matinee_loss_title (MatineeLoss loss);
gboolean matinee_loss_from_id (const char *id, MatineeLoss *loss);
double matinee_loss_of (MatineeLoss loss, const MatineeErrors *errors);
double matinee_loss_of_clipped (MatineeLoss loss, const MatineeErrors *errors);
double matinee_loss_of_noise (MatineeLoss loss, double noise_floor);

char *matinee_format_duration (double seconds);
char *matinee_format_step_time (double seconds);
char *matinee_format_value (double value, guint digits);
char *matinee_format_rating (double rating);
char *matinee_format_share (double share);
char *matinee_format_signed (double value);

char *matinee_format_param (MatineeParamId id, double value);

G_END_DECLS
