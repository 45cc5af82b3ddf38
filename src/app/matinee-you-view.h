/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-catalogue.h"
#include "matinee-viewer.h"
#include "matinee-you.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_YOU_VIEW (matinee_you_view_get_type ())

G_DECLARE_FINAL_TYPE (MatineeYouView, matinee_you_view, MATINEE, YOU_VIEW, AdwBin)

void matinee_you_view_set_you (MatineeYouView *self, MatineeYou *you);
void matinee_you_view_set_catalogue (MatineeYouView *self, MatineeCatalogue *catalogue);
void matinee_you_view_show (MatineeYouView *self, MatineeViewer *viewer);
void matinee_you_view_search (MatineeYouView *self, const char *text);
GtkListBox *matinee_you_view_get_choices (MatineeYouView *self);
GListModel *matinee_you_view_get_ratings (MatineeYouView *self);

G_END_DECLS
