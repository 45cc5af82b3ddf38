/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MatineeLatency:
 *
 * Watches how long the main loop keeps input waiting.
 */
typedef struct _MatineeLatency MatineeLatency;

MatineeLatency *matinee_latency_new (void);
void matinee_latency_free (MatineeLatency *self);
void matinee_latency_watch_start (MatineeLatency *self, GtkWidget *window);
double matinee_latency_get_first_frame (MatineeLatency *self);
void matinee_latency_set_training (MatineeLatency *self, gboolean training);
double matinee_latency_get_largest (MatineeLatency *self, gboolean training);
guint matinee_latency_get_n_late (MatineeLatency *self, gboolean training);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeLatency, matinee_latency_free)

G_END_DECLS
