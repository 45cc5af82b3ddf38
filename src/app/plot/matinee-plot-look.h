/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-plot-style.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MatineePlotSpeech:
 * @text: what is to be told
 * @source: waits until it may be told, or 0
 * @time: when something was told last, or 0
 *
 * What a drawing tells screen readers, at most once a second. Begins as zeros.
 */
typedef struct
{
  char *text;
  guint source;
  gint64 time;
} MatineePlotSpeech;

void matinee_plot_style_init_for_widget (MatineePlotStyle *style, GtkWidget *widget);
void matinee_plot_snapshot_focus (GtkSnapshot *snapshot, const MatineePlotStyle *style, int width, int height);
void matinee_plot_speech_say (MatineePlotSpeech *self, GtkWidget *widget, const char *text);
void matinee_plot_speech_clear (MatineePlotSpeech *self);

G_END_DECLS
