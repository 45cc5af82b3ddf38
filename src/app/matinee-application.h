/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-settings.h"
#include "matinee-window.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_APPLICATION (matinee_application_get_type ())

G_DECLARE_FINAL_TYPE (MatineeApplication, matinee_application, MATINEE, APPLICATION, AdwApplication)

MatineeApplication *matinee_application_new (void);
MatineeWindow *matinee_application_get_window (MatineeApplication *self);
MatineeSettings *matinee_application_get_settings (MatineeApplication *self);

G_END_DECLS
