/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-catalogue.h"
#include "matinee-filter.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_FILM_FILTER (matinee_film_filter_get_type ())

G_DECLARE_FINAL_TYPE (MatineeFilmFilter, matinee_film_filter, MATINEE, FILM_FILTER, AdwBin)

void matinee_film_filter_set_catalogue (MatineeFilmFilter *self, MatineeCatalogue *catalogue, guint minimum);
const MatineeFilter *matinee_film_filter_get_filter (MatineeFilmFilter *self, GError **error);
guint matinee_film_filter_get_minimum (MatineeFilmFilter *self);
void matinee_film_filter_set_minimum (MatineeFilmFilter *self, guint minimum);
void matinee_film_filter_set_genre (MatineeFilmFilter *self, const char *genre);
void matinee_film_filter_set_years (MatineeFilmFilter *self, int from, int to);
void matinee_film_filter_reset (MatineeFilmFilter *self);
void matinee_film_filter_loosen (MatineeFilmFilter *self, MatineeHiddenReason reason);
char *matinee_film_filter_describe_hidden (MatineeFilmFilter *self, const MatineeHidden *hidden);
char *matinee_film_filter_describe_loosening (MatineeFilmFilter *self, const MatineeHidden *hidden,
                                              MatineeHiddenReason reason);

G_END_DECLS
