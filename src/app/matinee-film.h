/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "matinee-dataset.h"
#include "matinee-film-stats.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_FILM (matinee_film_get_type ())

G_DECLARE_FINAL_TYPE (MatineeFilm, matinee_film, MATINEE, FILM, GObject)

MatineeFilm *matinee_film_new (MatineeDataset *dataset, const MatineeFilmStats *stats, guint32 movie, guint rank,
                               double prediction);
guint32 matinee_film_get_movie (MatineeFilm *self);
guint matinee_film_get_rank (MatineeFilm *self);
double matinee_film_get_prediction (MatineeFilm *self);
guint matinee_film_get_n_ratings (MatineeFilm *self);
double matinee_film_get_mean (MatineeFilm *self);
int matinee_film_get_year (MatineeFilm *self);
const char *matinee_film_get_title (MatineeFilm *self);
const char *matinee_film_get_genres (MatineeFilm *self);
char *matinee_film_dup_year (MatineeFilm *self);
char *matinee_film_dup_prediction (MatineeFilm *self);
char *matinee_film_dup_n_ratings (MatineeFilm *self);
char *matinee_film_dup_mean (MatineeFilm *self);
char *matinee_film_dup_details (MatineeFilm *self);

G_END_DECLS
