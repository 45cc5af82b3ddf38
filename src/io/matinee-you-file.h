/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-stop.h"

G_BEGIN_DECLS

/**
 * MatineeYouRating:
 * @id: the film's id in the data in which it was rated
 * @title: its title there, or "" when it had none
 * @rating: the rating, a finite number
 *
 * A rating of the person at the screen, which outlives the data set.
 */
typedef struct
{
  char *id;
  char *title;
  double rating;
} MatineeYouRating;

MatineeYouRating *matinee_you_rating_new (const char *id, const char *title, double rating);
void matinee_you_rating_free (MatineeYouRating *rating);
GPtrArray *matinee_you_ratings_copy (const GPtrArray *ratings);

GPtrArray *matinee_you_file_read (const char *path, GError **error);
gboolean matinee_you_file_write (const char *path, const GPtrArray *ratings, GError **error);
GPtrArray *matinee_you_file_import (const char *path, MatineeStop *stop, GError **error);
gboolean matinee_you_file_export (const char *path, const GPtrArray *ratings, GError **error);

G_END_DECLS
