/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MATINEE_CLI_MAX_RUNS 64

/**
 * MatineeCliTiming:
 * @n: how often it was done
 * @seconds: (array n): how long each time took
 *
 * How long something takes. Initialise with zeros.
 */
typedef struct
{
  guint n;
  double seconds[MATINEE_CLI_MAX_RUNS];
} MatineeCliTiming;

double matinee_cli_timing_since (gint64 start);
void matinee_cli_timing_add (MatineeCliTiming *timing, double seconds);
double matinee_cli_timing_best (const MatineeCliTiming *timing);
double matinee_cli_timing_median (const MatineeCliTiming *timing);

G_END_DECLS
