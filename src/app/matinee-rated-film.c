/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-rated-film"

#include "config.h"

#include "matinee-rated-film.h"

/**
 * MatineeRatedFilm:
 *
 * A film with the rating that somebody gave and the one that is predicted. Immutable;
 * looks its title up when that is shown.
 */
struct _MatineeRatedFilm
{
  GObject parent_instance;

  MatineeDataset *dataset;
  MatineeProfileItem item;
};

G_DEFINE_FINAL_TYPE (MatineeRatedFilm, matinee_rated_film, G_TYPE_OBJECT)

static void
matinee_rated_film_finalize (GObject *object)
{
  MatineeRatedFilm *self = MATINEE_RATED_FILM (object);

  g_clear_pointer (&self->dataset, matinee_dataset_unref);

  G_OBJECT_CLASS (matinee_rated_film_parent_class)->finalize (object);
}

static void
matinee_rated_film_class_init (MatineeRatedFilmClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_rated_film_finalize;
}

static void
matinee_rated_film_init (MatineeRatedFilm *self)
{
}

/**
 * matinee_rated_film_new:
 * @dataset: what is open; referenced
 * @item: the rating and the prediction; copied
 *
 * Returns: (transfer full): them, as an item of a list
 */
MatineeRatedFilm *
matinee_rated_film_new (MatineeDataset *dataset, const MatineeProfileItem *item)
{
  MatineeRatedFilm *self = g_object_new (MATINEE_TYPE_RATED_FILM, NULL);

  self->dataset = matinee_dataset_ref (dataset);
  self->item = *item;
  return self;
}

const MatineeProfileItem *
matinee_rated_film_get_item (MatineeRatedFilm *self)
{
  return &self->item;
}

/**
 * matinee_rated_film_dup_title:
 * @self: a rated film
 *
 * Returns: (transfer full): its title, or what else it is known by
 */
char *
matinee_rated_film_dup_title (MatineeRatedFilm *self)
{
  return matinee_dataset_dup_name (self->dataset, self->item.movie);
}
