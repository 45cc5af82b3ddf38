/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-film.h"

G_BEGIN_DECLS

/**
 * MatineeFilmsLayout:
 * @MATINEE_FILMS_WIDE: a column for everything
 * @MATINEE_FILMS_MEDIUM: year and genres are below the title, and there is no mean
 * @MATINEE_FILMS_COMPACT: rank, title and prediction only
 *
 * How much room there is for the table.
 */
typedef enum
{
  MATINEE_FILMS_WIDE,
  MATINEE_FILMS_MEDIUM,
  MATINEE_FILMS_COMPACT
} MatineeFilmsLayout;

#define MATINEE_TYPE_FILMS_VIEW (matinee_films_view_get_type ())

G_DECLARE_FINAL_TYPE (MatineeFilmsView, matinee_films_view, MATINEE, FILMS_VIEW, AdwBin)

void matinee_films_view_set_films (MatineeFilmsView *self, MatineeFilm **films, guint n);
GListModel *matinee_films_view_get_films (MatineeFilmsView *self);
GListModel *matinee_films_view_get_shown (MatineeFilmsView *self);
GtkColumnView *matinee_films_view_get_table (MatineeFilmsView *self);
MatineeFilm *matinee_films_view_get_selected (MatineeFilmsView *self);
void matinee_films_view_select (MatineeFilmsView *self, guint32 movie);
void matinee_films_view_sort_by (MatineeFilmsView *self, guint column);
void matinee_films_view_set_layout (MatineeFilmsView *self, MatineeFilmsLayout layout);

G_END_DECLS
