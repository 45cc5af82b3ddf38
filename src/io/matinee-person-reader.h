/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-stop.h"
#include "matinee-text-format.h"

G_BEGIN_DECLS

/* Larger files are refused: nobody has rated so much. */
#define MATINEE_PERSON_LARGEST_FILE ((guint64) 1 << 26)

/**
 * MatineePersonRating:
 * @movie: id of the movie
 * @title: its title, or "" where the file has none
 * @rating: what was given
 */
typedef struct
{
  char *movie;
  char *title;
  float rating;
} MatineePersonRating;

/**
 * MatineePersonRatings:
 * @user: (nullable): the id that the file gives the person
 * @items: (array n): the ratings, in the order of the file, no movie twice
 * @n: how many
 * @n_duplicates: how many were replaced by a later one of the same movie
 *
 * The ratings of one person, who need not be known to any model.
 */
typedef struct
{
  char *user;
  MatineePersonRating *items;
  guint n;
  guint n_duplicates;
} MatineePersonRatings;

MatineePersonRatings *matinee_person_ratings_read (const char *path, const MatineeTextHints *hints, MatineeStop *stop,
                                                   GError **error);
void matinee_person_ratings_free (MatineePersonRatings *ratings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineePersonRatings, matinee_person_ratings_free)

G_END_DECLS
