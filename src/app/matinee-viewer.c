/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-viewer"

#include "config.h"

#include "matinee-viewer.h"

#include <glib/gi18n.h>

#include "matinee-solver.h"

/**
 * MatineeViewer:
 *
 * Whom the films are for: a user of the data set, or the person at the screen, "You",
 * with the model that is asked. Lists, predictions and explanations all come
 * from here, so that they agree: where the solver has a closed form, a user is solved
 * afresh once and that is what answers. Immutable.
 */
struct _MatineeViewer
{
  GObject parent_instance;

  MatineeDataset *dataset;
  MatineeModel *model;
  gboolean is_you;
  guint32 user;
  MatineePerson *person; /* NULL for a user without a closed form or without ratings */
  MatineeViewer *actual; /* of whom this is one who has not rated a film, or NULL */
  guint32 without;       /* that film */
};

G_DEFINE_FINAL_TYPE (MatineeViewer, matinee_viewer, G_TYPE_OBJECT)

static void
matinee_viewer_finalize (GObject *object)
{
  MatineeViewer *self = MATINEE_VIEWER (object);

  g_clear_pointer (&self->person, matinee_person_unref);
  g_clear_object (&self->actual);
  g_clear_pointer (&self->model, matinee_model_unref);
  g_clear_pointer (&self->dataset, matinee_dataset_unref);

  G_OBJECT_CLASS (matinee_viewer_parent_class)->finalize (object);
}

static void
matinee_viewer_class_init (MatineeViewerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_viewer_finalize;
}

static void
matinee_viewer_init (MatineeViewer *self)
{
}

static MatineeViewer *
viewer_new (MatineeDataset *dataset, MatineeModel *model)
{
  MatineeViewer *self = g_object_new (MATINEE_TYPE_VIEWER, NULL);

  self->dataset = matinee_dataset_ref (dataset);
  self->model = matinee_model_ref (model);
  return self;
}

/**
 * matinee_viewer_new_user:
 * @dataset: what is open; referenced
 * @model: a model of it; referenced
 * @user: index of a user
 * @error: return location
 *
 * O(n k² + k³) where the solver has a closed form.
 *
 * Returns: (transfer full) (nullable): that user, or %NULL with an error as
 *   matinee_person_new()
 */
MatineeViewer *
matinee_viewer_new_user (MatineeDataset *dataset, MatineeModel *model, guint32 user, GError **error)
{
  g_autoptr (MatineeViewer) self = viewer_new (dataset, model);
  const MatineeSparse *ratings = model->split != NULL ? model->split->train_by_user : dataset->ratings->by_user;

  self->user = user;
  /* A model that was saved without its ratings has nothing to solve a user from. */
  if (!matinee_solver_has_closed_form (model->params.solver) || ratings->n_entries == 0)
    return g_steal_pointer (&self);
  self->person = matinee_person_new_for_user (model, ratings, user, error);
  return self->person != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * matinee_viewer_new_you:
 * @dataset: what is open; referenced
 * @model: a model of it; referenced
 * @movies: (array length=n): what you have rated
 * @ratings: (array length=n): and how
 * @n: how many
 * @error: return location
 *
 * Folds you into the model. O(n k² + k³)
 *
 * Returns: (transfer full) (nullable): you, or %NULL with an error as
 *   matinee_person_new()
 */
MatineeViewer *
matinee_viewer_new_you (MatineeDataset *dataset, MatineeModel *model, const guint32 *movies, const float *ratings,
                        gsize n, GError **error)
{
  g_autoptr (MatineeViewer) self = viewer_new (dataset, model);

  self->is_you = TRUE;
  self->person = matinee_person_new (model, movies, ratings, n, error);
  return self->person != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * matinee_viewer_new_without:
 * @viewer: a viewer with a closed form; of one who is "without" already, the actual
 *   viewer is meant
 * @movie: index of a film that the viewer rated and the model learnt from
 * @error: return location
 *
 * Tells what would be had a film not been rated. What the viewer has rated stays the same
 * otherwise: that film too is left out where rated films are hidden. O(n k² + k³)
 *
 * Returns: (transfer full) (nullable): the viewer without that rating, or %NULL with an
 *   error as matinee_person_new_without()
 */
MatineeViewer *
matinee_viewer_new_without (MatineeViewer *viewer, guint32 movie, GError **error)
{
  MatineeViewer *actual = viewer->actual != NULL ? viewer->actual : viewer;
  g_autoptr (MatineeViewer) self = viewer_new (actual->dataset, actual->model);

  g_return_val_if_fail (actual->person != NULL, NULL);

  self->is_you = actual->is_you;
  self->user = actual->user;
  self->actual = g_object_ref (actual);
  self->without = movie;
  self->person = matinee_person_new_without (actual->person, movie, error);
  return self->person != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * matinee_viewer_get_actual:
 * @self: a viewer
 * @without: (out) (optional): the film that @self has not rated
 *
 * Returns: (transfer none) (nullable): whom matinee_viewer_new_without() was asked about, or
 *   %NULL when @self is that
 */
MatineeViewer *
matinee_viewer_get_actual (MatineeViewer *self, guint32 *without)
{
  if (self->actual != NULL && without != NULL)
    *without = self->without;
  return self->actual;
}

/* All that was rated. */
static MatineePerson *
get_rater (MatineeViewer *self)
{
  return self->actual != NULL ? self->actual->person : self->person;
}

MatineeDataset *
matinee_viewer_get_dataset (MatineeViewer *self)
{
  return self->dataset;
}

MatineeModel *
matinee_viewer_get_model (MatineeViewer *self)
{
  return self->model;
}

gboolean
matinee_viewer_is_you (MatineeViewer *self)
{
  return self->is_you;
}

/**
 * matinee_viewer_is_cold:
 * @self: a viewer
 *
 * Returns: whether the model has learnt nothing of this viewer, so that it can only
 *   predict the means
 */
gboolean
matinee_viewer_is_cold (MatineeViewer *self)
{
  return self->person != NULL ? self->person->n == 0 : matinee_recommender_is_cold (self->model, self->user);
}

/**
 * matinee_viewer_get_n_ratings:
 * @self: a viewer
 *
 * Returns: how many films the viewer has rated, in training and test together
 */
gsize
matinee_viewer_get_n_ratings (MatineeViewer *self)
{
  return self->is_you ? get_rater (self)->n : matinee_sparse_row_length (self->dataset->ratings->by_user, self->user);
}

/**
 * matinee_viewer_dup_name:
 * @self: a viewer
 *
 * Returns: (transfer full): "You" or "User 2"
 */
char *
matinee_viewer_dup_name (MatineeViewer *self)
{
  char buffer[MATINEE_ID_BUFFER];

  if (self->is_you)
    return g_strdup (C_ ("a person", "You"));
  return g_strdup_printf (_ ("User %s"), matinee_ids_format (self->dataset->ratings->users, self->user, buffer));
}

/**
 * matinee_viewer_get_person:
 * @self: a viewer
 *
 * Returns: (transfer none) (nullable): the viewer as solved for the model; %NULL for
 *   a user of a model whose solver has no closed form
 */
MatineePerson *
matinee_viewer_get_person (MatineeViewer *self)
{
  return self->person;
}

/**
 * matinee_viewer_find_rating:
 * @self: a viewer
 * @movie: a film
 * @rating: (out) (optional): the rating given
 *
 * Returns: whether the viewer has rated the film. O(log n)
 */
gboolean
matinee_viewer_find_rating (MatineeViewer *self, guint32 movie, float *rating)
{
  float found;
  gboolean is_found = self->is_you
                          ? matinee_person_find (get_rater (self), movie, &found)
                          : matinee_sparse_contains (self->dataset->ratings->by_user, self->user, movie, &found);

  if (is_found && rating != NULL)
    *rating = found;
  return is_found;
}

/**
 * matinee_viewer_predict:
 * @self: a viewer
 * @movie: a film
 *
 * Returns: the rating that the model expects, not clipped
 */
double
matinee_viewer_predict (MatineeViewer *self, guint32 movie)
{
  return self->person != NULL ? matinee_person_predict (self->person, movie)
                              : matinee_model_predict (self->model, self->user, movie);
}

/**
 * matinee_viewer_list:
 * @self: a viewer
 * @n: how many films
 * @hide_rated: whether to leave out what the viewer has rated, held out or not
 * @filter: (nullable): which films
 * @error: return location
 *
 * O(movies × (k + log n))
 *
 * Returns: (transfer full) (nullable): the films with the highest predictions, or
 *   %NULL with %MATINEE_ERROR_MEMORY
 */
MatineeTopN *
matinee_viewer_list (MatineeViewer *self, guint n, gboolean hide_rated, const MatineeFilter *filter, GError **error)
{
  MatineeQuery query = { .n = n, .filter = filter };

  if (hide_rated && self->is_you)
    matinee_query_exclude_person (&query, get_rater (self));
  else if (hide_rated)
    matinee_query_exclude_row (&query, self->dataset->ratings->by_user, self->user);
  if (self->person != NULL)
    return matinee_recommender_top_for (self->person, &query, error);
  return matinee_recommender_top_user (self->model, self->user, &query, error);
}

/**
 * matinee_viewer_explain:
 * @self: a viewer
 * @movie: a film
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the sum that makes the prediction: of the
 *   viewer's ratings where there is a closed form, else of factors; or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
MatineeExplanation *
matinee_viewer_explain (MatineeViewer *self, guint32 movie, GError **error)
{
  return self->person != NULL ? matinee_explain_person (self->person, movie, error)
                              : matinee_explain_factors (self->model, self->user, movie, error);
}

/* The ratings, with predictions that are yet to be replaced. */
static MatineeProfile *
collect_ratings (MatineeViewer *self, GError **error)
{
  g_autoptr (MatineePerson) person = NULL;

  if (self->is_you)
    return matinee_profile_new_for_person (get_rater (self), error);
  if (self->model->split != NULL)
    return matinee_profile_new (self->model, self->model->split, self->user, error);
  person = matinee_person_new_for_user (self->model, self->dataset->ratings->by_user, self->user, error);
  return person != NULL ? matinee_profile_new_for_person (person, error) : NULL;
}

/**
 * matinee_viewer_profile:
 * @self: a viewer
 * @error: return location
 *
 * Returns: (transfer full) (nullable): all ratings of the viewer with what
 *   matinee_viewer_predict() says of them, or %NULL with %MATINEE_ERROR_MEMORY
 */
MatineeProfile *
matinee_viewer_profile (MatineeViewer *self, GError **error)
{
  MatineeProfile *profile = collect_ratings (self, error);

  if (profile == NULL)
    return NULL;
  profile->train = (MatineeErrors){ 0 };
  profile->test = (MatineeErrors){ 0 };
  for (gsize i = 0; i < profile->n; i++)
    {
      MatineeProfileItem *item = &profile->items[i];

      item->prediction = matinee_viewer_predict (self, item->movie);
      matinee_errors_add (item->held_out ? &profile->test : &profile->train, (double) item->rating, item->prediction,
                          (double) self->model->low, (double) self->model->high);
    }
  return profile;
}
