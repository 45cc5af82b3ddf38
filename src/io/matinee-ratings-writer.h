/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-ratings.h"
#include "matinee-stop.h"
#include "matinee-titles.h"

G_BEGIN_DECLS

gboolean matinee_ratings_write (const MatineeRatings *ratings, const char *path, MatineeStop *stop, GError **error);
gboolean matinee_titles_write (const MatineeTitles *titles, const char *path, MatineeStop *stop, GError **error);

G_END_DECLS
