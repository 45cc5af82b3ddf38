/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-film.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_FILMS_VIEW (matinee_films_view_get_type ())

G_DECLARE_FINAL_TYPE (MatineeFilmsView, matinee_films_view, MATINEE, FILMS_VIEW, AdwBin)

void matinee_films_view_set_films (MatineeFilmsView *self, MatineeFilm **films, guint n);
GListModel *matinee_films_view_get_films (MatineeFilmsView *self);
void matinee_films_view_set_compact (MatineeFilmsView *self, gboolean compact);

G_END_DECLS
