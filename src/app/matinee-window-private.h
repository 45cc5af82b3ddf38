/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-window.h"

G_BEGIN_DECLS

struct _MatineeWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwViewStack *pages;
  AdwSqueezer *squeezer;
  GtkWidget *switcher;
  AdwViewSwitcherBar *switcher_bar;
  GtkButton *train_button;
  GtkRevealer *loading_revealer;
  GtkLabel *loading_label;
  GtkProgressBar *loading_progress;
  MatineeTrainPage *train_page;
  MatineeRecommendPage *recommend_page;
  MatineeRunsPage *runs_page;

  MatineeSettings *settings;
  MatineeSession *session;
  GtkFileChooserNative *chooser;
  AdwMessageDialog *error_dialog;
  AdwMessageDialog *choice_dialog;
  guint loading_timeout;
  guint reveal_idle;
  gboolean closing;
};

void matinee_window_install_actions (GtkWidgetClass *widget_class);
void matinee_window_update_actions (MatineeWindow *self);
void matinee_window_add_drop_target (MatineeWindow *self);

G_END_DECLS
