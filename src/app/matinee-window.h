/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-doctor-dialog.h"
#include "matinee-recommend-page.h"
#include "matinee-runs-page.h"
#include "matinee-session.h"
#include "matinee-train-page.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_WINDOW (matinee_window_get_type ())

G_DECLARE_FINAL_TYPE (MatineeWindow, matinee_window, MATINEE, WINDOW, AdwApplicationWindow)

MatineeWindow *matinee_window_new (GtkApplication *application, MatineeSettings *settings);
void matinee_window_open_files (MatineeWindow *self, GFile **files, guint n_files);
void matinee_window_restore (MatineeWindow *self);
MatineeSession *matinee_window_get_session (MatineeWindow *self);
MatineeTrainPage *matinee_window_get_train_page (MatineeWindow *self);
MatineeRecommendPage *matinee_window_get_recommend_page (MatineeWindow *self);
MatineeRunsPage *matinee_window_get_runs_page (MatineeWindow *self);
void matinee_window_show_page (MatineeWindow *self, const char *name);
AdwMessageDialog *matinee_window_get_error_dialog (MatineeWindow *self);
void matinee_window_save_model_to (MatineeWindow *self, GFile *file, gboolean with_ratings);
AdwMessageDialog *matinee_window_get_question (MatineeWindow *self);
GtkFileChooser *matinee_window_get_chooser (MatineeWindow *self);
AdwMessageDialog *matinee_window_get_choice_dialog (MatineeWindow *self);
MatineeDoctorDialog *matinee_window_get_doctor_dialog (MatineeWindow *self);

G_END_DECLS
