/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-runs.h"

G_BEGIN_DECLS

GtkWidget *matinee_run_dialog_new (GtkWindow *parent, MatineeRuns *runs, const MatineeRun *run);

G_END_DECLS
