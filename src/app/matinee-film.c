/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-film"

#include "config.h"

#include "matinee-film.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/**
 * MatineeFilm:
 *
 * A film in a list of recommendations: its place there, what is known about it, and
 * the rating that is predicted. Immutable.
 */
struct _MatineeFilm
{
  GObject parent_instance;

  guint32 movie;
  guint rank;
  double prediction;
  guint n_ratings;
  gboolean counted;
  double mean;
  int year;
  char *title;
  char *genres;
};

G_DEFINE_FINAL_TYPE (MatineeFilm, matinee_film, G_TYPE_OBJECT)

static void
matinee_film_finalize (GObject *object)
{
  MatineeFilm *self = MATINEE_FILM (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->genres, g_free);

  G_OBJECT_CLASS (matinee_film_parent_class)->finalize (object);
}

static void
matinee_film_class_init (MatineeFilmClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_film_finalize;
}

static void
matinee_film_init (MatineeFilm *self)
{
}

/* "Comedy|Drama" as people would write it. */
static char *
list_genres (const char *genres)
{
  g_auto (GStrv) parts = g_strsplit (genres, "|", -1);

  return g_strjoinv (C_ ("between two genres", ", "), parts);
}

/**
 * matinee_film_new:
 * @dataset: what is open
 * @stats: (nullable): how well its films are known
 * @movie: index of a movie in it
 * @rank: place in the list, from 1
 * @prediction: the predicted rating, clipped to the scale
 *
 * Returns: (transfer full): that film
 */
MatineeFilm *
matinee_film_new (MatineeDataset *dataset, const MatineeFilmStats *stats, guint32 movie, guint rank, double prediction)
{
  MatineeFilm *self = g_object_new (MATINEE_TYPE_FILM, NULL);

  self->movie = movie;
  self->rank = rank;
  self->prediction = prediction;
  self->n_ratings = stats != NULL ? stats->counts[movie] : 0;
  self->counted = matinee_ratings_get_n (dataset->ratings) > 0;
  self->mean = stats != NULL ? (double) stats->means[movie] : NAN;
  self->year = matinee_dataset_get_year (dataset, movie);
  self->title = matinee_dataset_dup_name (dataset, movie);
  self->genres = list_genres (matinee_dataset_get_genres (dataset, movie));
  return self;
}

guint32
matinee_film_get_movie (MatineeFilm *self)
{
  return self->movie;
}

guint
matinee_film_get_rank (MatineeFilm *self)
{
  return self->rank;
}

double
matinee_film_get_prediction (MatineeFilm *self)
{
  return self->prediction;
}

guint
matinee_film_get_n_ratings (MatineeFilm *self)
{
  return self->n_ratings;
}

/**
 * matinee_film_get_mean:
 * @self: a film
 *
 * Returns: the mean of its ratings, or not a number without any
 */
double
matinee_film_get_mean (MatineeFilm *self)
{
  return self->mean;
}

/**
 * matinee_film_get_year:
 * @self: a film
 *
 * Returns: the year, or 0 when it is not known
 */
int
matinee_film_get_year (MatineeFilm *self)
{
  return self->year;
}

const char *
matinee_film_get_title (MatineeFilm *self)
{
  return self->title;
}

const char *
matinee_film_get_genres (MatineeFilm *self)
{
  return self->genres;
}

/**
 * matinee_film_dup_year:
 * @self: a film
 *
 * Returns: (transfer full): the year, or "" when it is not known
 */
char *
matinee_film_dup_year (MatineeFilm *self)
{
  return self->year != 0 ? g_strdup_printf ("%d", self->year) : g_strdup ("");
}

/**
 * matinee_film_dup_prediction:
 * @self: a film
 *
 * Returns: (transfer full): the prediction, for people
 */
char *
matinee_film_dup_prediction (MatineeFilm *self)
{
  /* Translators: a predicted rating, "4.52 ★". */
  return g_strdup_printf (_ ("%.2f ★"), self->prediction);
}

/**
 * matinee_film_dup_n_ratings:
 * @self: a film
 *
 * Returns: (transfer full): how many ratings it has, for people
 */
char *
matinee_film_dup_n_ratings (MatineeFilm *self)
{
  return self->counted ? g_strdup_printf ("%'u", self->n_ratings) : g_strdup ("–");
}

/**
 * matinee_film_dup_mean:
 * @self: a film
 *
 * Returns: (transfer full): the mean of its ratings, for people
 */
char *
matinee_film_dup_mean (MatineeFilm *self)
{
  return isfinite (self->mean) ? g_strdup_printf ("%.2f", self->mean) : g_strdup ("");
}

/**
 * matinee_film_dup_details:
 * @self: a film
 *
 * Returns: (transfer full): year and genres in one line, as far as they are known
 */
char *
matinee_film_dup_details (MatineeFilm *self)
{
  g_autofree char *year = matinee_film_dup_year (self);

  if (*year != '\0' && *self->genres != '\0')
    return g_strdup_printf ("%s · %s", year, self->genres);
  return g_strdup (*year != '\0' ? year : self->genres);
}
