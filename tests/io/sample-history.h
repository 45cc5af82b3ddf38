/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-history.h"

G_BEGIN_DECLS

void sample_point (guint iteration, MatineeTracePoint *point);
MatineeHistory *sample_history_open (const char *path);
gint64 sample_history_begin (MatineeHistory *history, const char *name, const char *data_name);
void sample_history_append (MatineeHistory *history, gint64 run, guint first, guint n);
void sample_history_finish (MatineeHistory *history, gint64 run, MatineeStopReason reason);
gint64 sample_history_add (MatineeHistory *history, const char *name, const char *data_name, guint n_points);
void sample_history_fill (const char *path, guint n_runs, guint n_points);
void sample_execute (const char *path, const char *sql);

G_END_DECLS
