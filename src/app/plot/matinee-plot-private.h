/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-plot-look.h"
#include "matinee-plot.h"

G_BEGIN_DECLS

struct _MatineePlot
{
  GtkWidget parent_instance;

  MatineePlotModel *model;
  gulong changed_id;
  gulong view_changed_id;
  char *file_name;

  /* What the last snapshot drew: pointers are matched against it. */
  MatineePlotLayout layout;
  GskRenderNode *node; /* the plot without the overlay */
  guint64 node_version;
  int node_width, node_height;
  MatineePlotVariant node_variant;

  MatineePlotOverlay overlay;
  gboolean pointer_inside;
  double pointer_x, pointer_y;

  gboolean panning;
  double drag_x, drag_y; /* where a drag started, then how far it panned */
  double pinch;          /* scale so far */

  char *description;
  MatineePlotSpeech speech;

  GtkWidget *menu;
  GSimpleActionGroup *series_actions;
  GtkFileChooserNative *chooser;
  GCancellable *cancellable;
};

enum
{
  MATINEE_PLOT_EXPORTED,
  MATINEE_PLOT_EXPORT_FAILED,
  MATINEE_PLOT_N_SIGNALS
};

void _matinee_plot_emit_exported (MatineePlot *self, GFile *file);
void _matinee_plot_emit_export_failed (MatineePlot *self, const GError *error);

void _matinee_plot_add_controllers (MatineePlot *self);
void _matinee_plot_install_keys (GtkWidgetClass *klass);
void _matinee_plot_update_hover (MatineePlot *self);
void _matinee_plot_click (MatineePlot *self, int n_press, double x, double y, GdkModifierType state);
void _matinee_plot_pinch (MatineePlot *self, double x, double y, double scale);

void _matinee_plot_install_actions (GtkWidgetClass *klass);
void _matinee_plot_popup (MatineePlot *self, double x, double y);

G_END_DECLS
