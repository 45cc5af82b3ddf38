/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-bars.h"
#include "matinee-catalogue.h"
#include "matinee-viewer.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_PROFILE_VIEW (matinee_profile_view_get_type ())

G_DECLARE_FINAL_TYPE (MatineeProfileView, matinee_profile_view, MATINEE, PROFILE_VIEW, AdwBin)

void matinee_profile_view_show (MatineeProfileView *self, MatineeViewer *viewer, MatineeCatalogue *catalogue);
GListModel *matinee_profile_view_get_ratings (MatineeProfileView *self);
const char *matinee_profile_view_get_figures (MatineeProfileView *self);
MatineeBars *matinee_profile_view_get_histogram (MatineeProfileView *self);

G_END_DECLS
