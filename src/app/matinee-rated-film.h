/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "matinee-dataset.h"
#include "matinee-profile.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_RATED_FILM (matinee_rated_film_get_type ())

G_DECLARE_FINAL_TYPE (MatineeRatedFilm, matinee_rated_film, MATINEE, RATED_FILM, GObject)

MatineeRatedFilm *matinee_rated_film_new (MatineeDataset *dataset, const MatineeProfileItem *item);
const MatineeProfileItem *matinee_rated_film_get_item (MatineeRatedFilm *self);
char *matinee_rated_film_dup_title (MatineeRatedFilm *self);

G_END_DECLS
