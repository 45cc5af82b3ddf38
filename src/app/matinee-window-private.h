/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-opening.h"
#include "matinee-window.h"

G_BEGIN_DECLS

/**
 * MatineeWindowFunc:
 * @self: a window
 * @data: user data
 *
 * Something that the window does later.
 */
typedef void (*MatineeWindowFunc) (MatineeWindow *self, gpointer data);

typedef struct _MatineePending MatineePending;

struct _MatineeWindow
{
  AdwApplicationWindow parent_instance;

  GtkWidget *open_button;
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
  AdwMessageDialog *question;
  GMenu *recent_menu;
  MatineePending *pending; /* (nullable): what waits for the model to be saved */
  GFile *pairs;            /* (nullable): chosen, while it is asked where predictions go */
  AdwMessageDialog *choice_dialog;
  MatineeDoctorDialog *doctor_dialog;
  guint loading_timeout;
  guint reveal_idle;
  gboolean closing;
};

void matinee_window_install_actions (GtkWidgetClass *widget_class);
void matinee_window_update_actions (MatineeWindow *self);
void matinee_window_add_drop_target (MatineeWindow *self);

/* matinee-window-choose.c */
GtkFileChooser *matinee_window_make_chooser (MatineeWindow *self, GtkFileChooserAction action, const char *title,
                                             GFile *beside, GCallback callback);
void matinee_window_add_filter (GtkFileChooser *chooser, const char *name, const char *const *suffixes);
void matinee_window_show_chooser (MatineeWindow *self);
GFile *matinee_window_take_chosen (MatineeWindow *self, GtkNativeDialog *chooser, int response);

/* matinee-window-doctor.c */
void matinee_window_open_with_options (MatineeWindow *self, GFile *ratings, GFile *titles,
                                       const MatineeTextHints *hints);
void matinee_window_ask_how_to_open (MatineeWindow *self, MatineeOpening *opening);

/* matinee-window-files.c */
void matinee_window_open_chosen (MatineeWindow *self, GFile *file);
void matinee_window_open_set (MatineeWindow *self, GFile *file, GFile *titles);
void matinee_window_open_sample (MatineeWindow *self);

/* matinee-window-models.c */
void matinee_window_install_model_actions (GtkWidgetClass *widget_class);
void matinee_window_update_model_actions (MatineeWindow *self);
void matinee_window_ask_other_data (MatineeWindow *self, const char *name, const char *own);
void matinee_window_choose_model_file (MatineeWindow *self);

/* matinee-window-recent.c */
void matinee_window_install_recent_actions (GtkWidgetClass *widget_class);
void matinee_window_fill_recent (MatineeWindow *self);

/* matinee-window-unsaved.c */
AdwMessageDialog *matinee_window_ask (MatineeWindow *self, const char *heading, const char *body);
void matinee_window_unless_unsaved (MatineeWindow *self, MatineeWindowFunc func, gpointer data, GDestroyNotify destroy);
void matinee_window_pending_waits (MatineeWindow *self);
void matinee_window_saving_ended (MatineeWindow *self);
void matinee_window_drop_pending (MatineeWindow *self);
void matinee_window_show_title (MatineeWindow *self);

G_END_DECLS
