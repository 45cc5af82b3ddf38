/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-trace.h"

G_BEGIN_DECLS

GtkWidget *matinee_trace_window_new (GtkWindow *parent, const MatineeTracePoint *points, guint n);

G_END_DECLS
