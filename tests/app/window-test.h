/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-application.h"

G_BEGIN_DECLS

typedef gboolean (*WindowTestFunc) (gpointer data);

MatineeApplication *window_test_application (void);
MatineeWindow *window_test_open (MatineeApplication *application);
void window_test_answer (MatineeWindow *window, const char *answer);
void window_test_close (MatineeWindow *window);
void window_test_wait (WindowTestFunc condition, gpointer data);
void window_test_settle (void);
gboolean window_test_shows (GtkWidget *widget, const char *text);
void window_test_wait_idle (MatineeWindow *window);
void window_test_train (MatineeWindow *window);
void window_test_set (MatineeWindow *window, MatineeParamId id, double value);
void window_test_type (MatineeWindow *window, MatineeParamId id, const char *text);
void window_test_remove_folder (const char *folder);
void window_test_forget_history (const char *path);
GFile *window_test_write (const char *folder, const char *name, const char *contents, gssize length);

G_END_DECLS
