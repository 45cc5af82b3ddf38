/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-bars.h"
#include "matinee-catalogue.h"
#include "matinee-stars.h"
#include "matinee-viewer.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_FILM_DETAILS (matinee_film_details_get_type ())

G_DECLARE_FINAL_TYPE (MatineeFilmDetails, matinee_film_details, MATINEE, FILM_DETAILS, AdwBin)

void matinee_film_details_show (MatineeFilmDetails *self, MatineeViewer *viewer, MatineeCatalogue *catalogue,
                                guint32 movie);
gboolean matinee_film_details_get_movie (MatineeFilmDetails *self, guint32 *movie);
void matinee_film_details_clear (MatineeFilmDetails *self);
const char *matinee_film_details_get_sum (MatineeFilmDetails *self);
MatineeBars *matinee_film_details_get_why (MatineeFilmDetails *self);
GtkListBox *matinee_film_details_get_contributions (MatineeFilmDetails *self);
GtkListBox *matinee_film_details_get_similar (MatineeFilmDetails *self);
GtkListBox *matinee_film_details_get_fans (MatineeFilmDetails *self);
MatineeStars *matinee_film_details_get_stars (MatineeFilmDetails *self);
void matinee_film_details_what_if (MatineeFilmDetails *self, guint32 without);
const char *matinee_film_details_get_what_if (MatineeFilmDetails *self);

G_END_DECLS
